#!/bin/sh
# minify-html 0.18.1 (PyPI), html-minifier-next 6.2.11 (npm), November 2026.
# Expected: a minifier that folds white space leaves one space between two words that stand in inline elements.
# Seen: minify-html, as it comes, takes all of it where the words stand right in a div, blockquote, section, aside, header, footer or
# figure, and there alone: "Asker: Why?" becomes "Asker:Why?". html-minifier-next with collapseWhitespace takes the spaces around data,
# picture, audio, map, slot and every element with a hyphen in its name (MathJax's, too), in the midst of a paragraph. A page that went
# through either has words run together that no reader can part. Compare the words before and after.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet minify-html==0.18.1 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . html-minifier-next@6.2.11 >/dev/null 2>&1
cat > shrink.py <<'PY'
import minify_html

joined, parted = [], []
for name in ("div", "blockquote", "section", "aside", "header", "footer", "figure", "p", "dd", "li", "figcaption", "details"):
    spoken = minify_html.minify(f"<{name}><b>Asker:</b> <em>Why?</em></{name}>")
    (parted if "</b> <em>" in spoken else joined).append(name)
print("joined in", *joined, "| parted in", *parted)
PY
cat > shrink.mjs <<'JS'
import { minify } from "html-minifier-next";
const joined = [];
const parted = [];
for (const name of ["data", "picture", "audio", "map", "slot", "mjx-container", "time", "math", "ruby", "bdi", "output", "img"]) {
  const end = name === "img" ? "" : `</${name}>`;
  const shrunk = await minify(`<p>since <${name}>${end} then</p>`, { collapseWhitespace: true });
  (shrunk.includes("since <") ? parted : joined).push(name);
}
console.log("joined around", ...joined, "| parted around", ...parted);
JS
seen=$(tools/bin/python shrink.py && node shrink.mjs)
echo "$seen"
[ "$seen" = "joined in div blockquote section aside header footer figure | parted in p dd li figcaption details
joined around data picture audio map slot mjx-container | parted around time math ruby bdi output img" ]
