#!/bin/sh
# docx2shelf 2.2.5 with pandoc 3.9 (pypandoc_binary 1.17) (PyPI), November 2026.
# Expected: a manuscript in Word becomes an e-book with its parts in their order, and the contents have the headings.
# Seen: a table is taken from its place and stands at the chapter's end, behind the notes, with a number that nobody gave it; a table that a heading
# introduces in the midst is read after everything else. A half is shown as TeX, "$\frac{1}{2}$". The contents say "Chapter 1" for the heading "A talk", and
# a page of rights, of the year in which the tool runs, is added without being asked for. It needs psutil, which its package does not ask for. Compare
# the order with the manuscript's, and write formulas as pictures or words.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet docx2shelf==2.2.5 pypandoc_binary==1.17 psutil==7.0.0 pillow==13.0.0 2>/dev/null
run() { printf '<w:r><w:t xml:space="preserve">%s</w:t></w:r>' "$1"; }
python3 "$here/word.py" talk.docx "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>$(run 'A talk')</w:p><w:p>$(run First)<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"900\"/></w:tblGrid><w:tr><w:tc><w:p>$(run Table)</w:p></w:tc></w:tr></w:tbl>\
<w:p>$(run 'Then ')<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>"
tools/bin/python -c 'from PIL import Image; Image.new("RGB", (600, 800)).save("cover.png")'
HOME="$folder" tools/bin/docx2shelf build --input talk.docx --title T --author Ann --cover cover.png --no-prompt --epubcheck off --quiet \
  --no-install-tools --output talk.epub >/dev/null 2>&1
seen=$(tools/bin/python - <<'PY'
import datetime
import re
import zipfile

with zipfile.ZipFile("talk.epub") as book:
    pages = {name.rpartition("/")[2]: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")}
for name in ("chap_001.xhtml", "nav.xhtml", "copyright.xhtml"):
    words = " ".join(re.sub("<[^>]*>", " ", pages[name].partition("<body")[2].partition(">")[2]).split())
    print(f"{name}:", words.replace(str(datetime.date.today().year), "THIS YEAR"))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'chap_001.xhtml: A talk First 1 Then $\frac{1}{2}$ A footnote. ↩︎ Table 1 Table
nav.xhtml: T Title Page Copyright List of Tables Chapter 1
copyright.xhtml: Copyright © THIS YEAR Ann. All rights reserved.' ]
