#!/bin/sh
# typst 0.15.2, read by pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0 (MuPDF 1.28.5), pypdfium2 5.15.2 (PyPI), November 2026.
# Expected: the hyphen that typst puts at a line's end is a soft one to who reads the PDF, and the hyphen of "well-known" is a hyphen.
# Seen: the font has one picture for both, and of the sign that is written beside it for readers (ToUnicode) there is one for the whole file:
# the sign that came first. Where a word is parted before, pypdf and pdfminer give every own hyphen that follows as a soft one, so that
# 1914-18 becomes 191418 for who drops these; where an own one came first, the parted words keep a hyphen. MuPDF and PDFium know
# better in both. Read such files with one of these two.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet typst==0.15.2 pypdf==7.1.1 pdfminer.six==20260107 pymupdf==2.0 pypdfium2==5.15.2 2>/dev/null
cat > read.py <<'PY'
import pathlib
import re

import pymupdf
import pypdf
import pypdfium2
import typst
from pdfminer.high_level import extract_text

LOOK = '#set page(width: 150pt, height: 200pt, margin: 20pt)\n#set par(justify: true)\n#set text(lang: "en", hyphenate: true)\n'
FIRST_PARTED = "An interview about extraordinary lighthouses and their internationalisation, the well-known keeper of 1914-18."
FIRST_OWN = "The well-known keeper of 1914-18 saw extraordinary lighthouses in their internationalisation."
for text in (FIRST_PARTED, FIRST_OWN):
    pathlib.Path("talk.typ").write_text(LOOK + text)
    typst.compile("talk.typ", output="talk.pdf")
    texts = {
        "pypdf": pypdf.PdfReader("talk.pdf").pages[0].extract_text(),
        "pdfminer": extract_text("talk.pdf"),
        "MuPDF": pymupdf.open("talk.pdf")[0].get_text(),
        "PDFium": pypdfium2.PdfDocument("talk.pdf")[0].get_textpage().get_text_range(),
    }
    for reader, read in texts.items():
        signs = (re.search(pattern, read)[1] for pattern in ("1914(.)18", r"\bex(\W)"))
        print(reader, *(f"U+{ord(sign):04X}" for sign in signs))
PY
seen=$(tools/bin/python read.py)
echo "$seen"
[ "$seen" = "pypdf U+00AD U+00AD
pdfminer U+00AD U+00AD
MuPDF U+002D U+00AD
PDFium U+002D U+FFFE
pypdf U+002D U+002D
pdfminer U+002D U+002D
MuPDF U+002D U+00AD
PDFium U+002D U+FFFE" ]
