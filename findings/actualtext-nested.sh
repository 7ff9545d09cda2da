#!/bin/sh
# PDFium (pypdfium2 5.15.2), MuPDF 1.28.5 (PyMuPDF 2.0), pdfminer.six 20260107, pypdf 7.1.1, pdf.js 5.6.205, November 2026.
# Expected: ActualText stands in place of all that it marks, marks inside it included (ISO 32000-2, 14.9.4), and what has an empty
# one says nothing; a reader either knows it or does not.
# Seen: three libraries do not know it at all. The two that do differ: for an outer mark around an inner one, PDFium gives both texts,
# MuPDF as well, with the inner one torn apart; where the text is empty, MuPDF is silent and PDFium reads the glyphs. A mark over two
# lines has a break in the midst of a word in MuPDF. Mark words one by one, never nested, never empty (use an artifact).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet pikepdf==9.11.0 pypdfium2==5.15.2 pymupdf==2.0 pdfminer.six==20260107 pypdf==7.1.1 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . pdfjs-dist@5.6.205 >/dev/null
cat > write.py <<'PY'
import pikepdf

pdf = pikepdf.new()
page = pdf.add_blank_page(page_size=(300, 200))
font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))


def meaning(text):
    letters = f"\ufeff{text}".encode("utf-16-be").hex()
    return f"/Span <</ActualText <{letters}>>> BDC"


page.Contents = pdf.make_stream(
    f"""BT /F1 12 Tf 20 150 Td {meaning("Drucker")} (Druk) Tj EMC ET
BT /F1 12 Tf 20 130 Td {meaning("")} (ornament) Tj EMC ET
{meaning("two lines here")} BT /F1 12 Tf 20 110 Td (two li-) Tj ET BT /F1 12 Tf 20 95 Td (nes here) Tj ET EMC
BT /F1 12 Tf 20 70 Td {meaning("outer")} (ou) Tj {meaning("inner")} (ter) Tj EMC EMC ET""".encode()
)
pdf.save("marked.pdf")
PY
tools/bin/python write.py
cat > read.py <<'PY'
import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text

for text in (
    pypdfium2.PdfDocument("marked.pdf")[0].get_textpage().get_text_range(),
    pymupdf.open("marked.pdf")[0].get_text(),
    extract_text("marked.pdf"),
    pypdf.PdfReader("marked.pdf").pages[0].extract_text(),
):
    print(" / ".join(text.split("\f")[0].split("\n")).replace("\r", "").replace("/  /", "/").strip(" /"))
PY
cat > read.mjs <<'JS'
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
const page = await (await getDocument({ url: "marked.pdf", useSystemFonts: true }).promise).getPage(1);
console.log((await page.getTextContent()).items.map((each) => each.str).filter((each) => each).join(" / "));
JS
seen=$(tools/bin/python read.py && node read.mjs 2>/dev/null | tail -1)
echo "$seen"
[ "$seen" = "Drucker / ornament / two lines here / outerinner
Drucker / two lin / es here / outer inn er
Druk / ornament / two li- / nes here / outer
Druk / ornament / two li- / nes here / outer
Druk / ornament / two li- / nes here / ou / ter" ]
