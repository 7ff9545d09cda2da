#!/bin/sh
# @turbodocx/html-to-docx 1.23.1 (npm), November 2026.
# Expected: of an inline element that it does not know, the writer of Word files keeps the words, as every browser has since the first.
# Seen: it keeps the element's place as an empty run and loses the words: what is in q, cite, abbr, time, small, kbd, ruby, bdi, label or
# math is gone from the midst of the sentence, without an error, while mark, sub and code stay. Two paragraphs in a block quote are one,
# their words run together. Unwrap all but the few known elements first.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @turbodocx/html-to-docx@1.23.1 >/dev/null 2>&1
cat > write.cjs <<'JS'
const names = "q cite abbr dfn time small kbd samp var data ruby bdi bdo label math em strong mark sub sup code ins span".split(" ");
const lines = names.map((name) => `<p>${name}:<${name}>word</${name}></p>`).join("");
const module_ = require("@turbodocx/html-to-docx");
(module_.default || module_)(`<html><body>${lines}<blockquote><p>One.</p><p>Two.</p></blockquote></body></html>`).then((file) =>
  require("fs").writeFileSync("talk.docx", Buffer.from(file)),
);
JS
node write.cjs
seen=$(python3 - <<'PY'
import re
import zipfile

document = zipfile.ZipFile("talk.docx").read("word/document.xml").decode()
lines = ["".join(re.findall(r"<w:t\b[^>]*>([^<]*)", each)) for each in re.findall(r"<w:p>.*?</w:p>|<w:p [^>]*>.*?</w:p>", document, re.S)]
print("lost in", *(line[:-1] for line in lines if line.endswith(":")))
print("kept in", *(line[:-5] for line in lines if line.endswith(":word")), "|", lines[-1])
PY
)
echo "$seen"
[ "$seen" = "lost in q cite abbr dfn time small kbd samp var data ruby bdi bdo label math
kept in em strong mark sub sup code ins span | One.Two." ]
