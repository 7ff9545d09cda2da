#!/bin/sh
# WeasyPrint 70.0, read by pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0 (MuPDF 1.28.5), pypdfium2 5.15.2 (PyPI), November 2026.
# Expected: the line of capitals above a headline, a tenth of their size apart as printers set them, is read as its words; from a fifth on
# some readers see letters.
# Seen: at a tenth pdfminer reads "I NTERVIEW", at three twentieths it, MuPDF and PDFium read letters; pypdf holds out at a fifth. Who looks for
# "interview" in such a file does not find it. Stay at a twentieth, or give the words as ActualText.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet weasyprint==70.0 pypdf==7.1.1 pdfminer.six==20260107 pymupdf==2.0 pypdfium2==5.15.2 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @expo-google-fonts/lora@0.4.2 >/dev/null 2>&1
cat > read.py <<'PY'
import pymupdf
import pypdf
import pypdfium2
import weasyprint
from pdfminer.high_level import extract_text

FONT = "@font-face { font-family: Lora; src: url(node_modules/@expo-google-fonts/lora/400Regular/Lora_400Regular.ttf) }"
for spacing in ("0.05em", "0.1em", "0.15em", "0.2em"):
    page = f"<style>{FONT} p {{ font: 8pt Lora; letter-spacing: {spacing} }}</style><p>INTERVIEW WITH AVA</p>"
    weasyprint.HTML(string=page, base_url=".").write_pdf("talk.pdf")
    texts = {
        "pypdf": pypdf.PdfReader("talk.pdf").pages[0].extract_text(),
        "pdfminer": extract_text("talk.pdf"),
        "MuPDF": pymupdf.open("talk.pdf")[0].get_text(),
        "PDFium": pypdfium2.PdfDocument("talk.pdf")[0].get_textpage().get_text_range(),
    }
    print(spacing, *(reader for reader, text in texts.items() if "INTERVIEW" in text), "|", texts["pdfminer"].strip())
PY
seen=$(tools/bin/python read.py 2>/dev/null)
echo "$seen"
[ "$seen" = "0.05em pypdf pdfminer MuPDF PDFium | INTERVIEW WITH AVA
0.1em pypdf MuPDF PDFium | I NTERVIEW WITH AVA
0.15em pypdf | I N T E R V I E W   W I T H   A V A
0.2em pypdf | I N T E R V I E W   W I T H   A V A" ]
