#!/bin/sh
# docx2daisy 0.2.0 with python-docx 1.2.0 (PyPI), November 2026.
# Expected: a Word file becomes a talking book of DAISY 3 that a player takes: its text in the elements of DTBook, its tables with their words, one
# identifier for book and contents, by which a player knows that they belong together (dtb:uid).
# Seen: book and contents have two identifiers, each made anew. The words of a table are nowhere. A list is made of "item", for which DTBook has
# "li", and its kind is called "ordered" for "ol"; the text has no namespace; the reading order names the text, where the format wants its SMIL.
# What checks the file before (check_docx_preparation) asks for a table's description alone. Make DAISY of EPUB by DAISY's own Pipeline.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet docx2daisy==0.2.0 python-docx==1.2.0 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
import re
import zipfile

import docx
import docx2daisy

talk = docx.Document()
talk.core_properties.title = "Salt & Light"
talk.add_heading("A talk", 1)
talk.add_paragraph("5 < 6.")
talk.add_paragraph("Numbered", style="List Number")
talk.add_table(1, 1).cell(0, 0).text = "Cell"
talk.save("talk.docx")
docx2daisy.docx_to_daisy("talk.docx", "talk.zip")
with zipfile.ZipFile("talk.zip") as book:
    text, package, contents = (book.read(f"book.{kind}").decode() for kind in ("xml", "opf", "ncx"))
print(re.search("<bodymatter>.*</bodymatter>", text)[0])
uids = [re.search('name="dtb:uid" content="(.*?)"', each)[1] for each in (package, contents)]
print("one identifier" if uids[0] == uids[1] else "two identifiers", *re.findall('idref="(.*?)"', package), "xmlns" in text)
PY
)
printf '%s\n' "$seen"
[ "$seen" = '<bodymatter><level1 id="nav1"><h1>A talk</h1><p>5 &lt; 6.</p><list type="ordered"><item><p>Numbered</p></item></list></level1></bodymatter>
two identifiers dtbook False' ]
