#!/bin/sh
# pikepdf 10.18.0, pypdf 7.1.1, pypdfium2 5.15.2, PyMuPDF 2.0, pdfminer.six 20260107 (PyPI), November 2026.
# Expected: page labels are counted alike by all readers; the standard has roman numbers and letters (a to z, then aa to zz: ISO 32000,
# 12.4.2).
# Seen: up to z they agree. The 28th page is "bb" for pypdf and PDFium, as the standard has it, and "ab" for pikepdf, MuPDF and pdfminer, as
# columns of a spreadsheet have it. A reference that says "page bb" is not found in the half of them. No letters for more than 26 pages.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet pikepdf==10.18.0 pypdf==7.1.1 pypdfium2==5.15.2 pymupdf==2.0 pdfminer.six==20260107 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import pikepdf
import pymupdf
import pypdf
import pypdfium2
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdfdocument import PDFDocument

made = pikepdf.new()
for _ in range(28):
    made.add_blank_page(page_size=(100, 100))
made.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.a)]))
made.save("talk.pdf")
with open("talk.pdf", "rb") as file:
    pages = PDFPage.create_pages(PDFDocument(PDFParser(file)))
    labels = {
        "pikepdf": [page.label for page in pikepdf.open("talk.pdf").pages],
        "pypdf": pypdf.PdfReader("talk.pdf").page_labels,
        "PDFium": [pypdfium2.PdfDocument("talk.pdf").get_page_label(number) for number in range(28)],
        "MuPDF": [page.get_label() for page in pymupdf.open("talk.pdf")],
        "pdfminer": [page.label for page in pages],
    }
for reader, each in labels.items():
    print(reader, each[25], each[27])
PY
)
printf '%s\n' "$seen"
[ "$seen" = "pikepdf z ab
pypdf z bb
PDFium z bb
MuPDF z ab
pdfminer z ab" ]
