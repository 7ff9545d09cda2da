#!/bin/sh
# epub-gen-memory 1.1.2 (npm), November 2026.
# Expected: the generator keeps what XHTML and EPUB allow of the HTML that it is given, or says what it takes out; two authors are two
# creators.
# Seen: start, reversed and value of lists go without a word, so that "iii, ii" becomes "i, ii" and a text that refers to point 7 leads
# astray; the scope of a table's heads goes, too; a formula is put in without the namespace of MathML, which makes the book invalid;
# two authors are one creator, "Asker,Answerer".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . epub-gen-memory@1.1.2 >/dev/null
cat > write.js <<'JS'
const made = require("epub-gen-memory");
const list = '<ol type="i" reversed start="3"><li>Three</li><li value="7">Seven</li></ol>';
const table = '<table><thead><tr><th scope="col">Head</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>';
const content = `${list}${table}<p>So <math><mi>x</mi></math>.</p>`;
(made.default || made)({ title: "A talk", author: ["Asker", "Answerer"], lang: "en" }, [{ title: "One", content }]).then((book) =>
  require("fs").writeFileSync("talk.epub", book),
);
JS
node write.js
seen=$(python3 - <<'PY'
import re
import zipfile

book = zipfile.ZipFile("talk.epub")
(name,) = (each for each in book.namelist() if each.endswith("One.xhtml"))
page, package = (book.read(each).decode() for each in (name, "OEBPS/content.opf"))
print(*re.findall(r"<(?:ol|li|th|math)\b[^>]*>", page), *re.findall(r"<dc:creator[^>]*>([^<]*)", package))
PY
)
echo "$seen"
[ "$seen" = '<ol type="i"> <li> <li> <th> <math> Asker,Answerer' ]
