#!/bin/sh
# WeasyPrint 70.0 read by pypdfium2 5.15.2 (PDFium) and PyMuPDF 2.0 (MuPDF 1.28.5), November 2026.
# Expected: readers of PDF join a word that hyphenation parted, and leave the hyphen that belongs to a word.
# Seen: PDFium does it the wrong way round. WeasyPrint parts words with U+2010, which it leaves, line end and all; the word's own
# hyphen (U+002D) at a line's end it takes for hyphenation and gives as U+FFFE. MuPDF with its flag, and its search without being asked,
# join all: "left-handedness" is found as "lefthandedness" alone, the years 1914-18 as 191418. Compare text that was read from a PDF
# only after the hyphens at line ends are taken out on both sides.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet weasyprint==70.0 pypdfium2==5.15.2 pymupdf==2.0 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import pymupdf
import pypdfium2
from weasyprint import HTML

sheet = "@page { size: 100px 300px; margin: 0 } body { font: 12px monospace; margin: 0; hyphens: auto }"
HTML(
    string=f"<html lang=en><style>{sheet}</style><p>a left-handedness<p>some photographs<p>so 1914-<br>18"
).write_pdf("talk.pdf")
print(ascii(pypdfium2.PdfDocument("talk.pdf")[0].get_textpage().get_text_range()))
page = pymupdf.open("talk.pdf")[0]
print(ascii(page.get_text(flags=pymupdf.TEXTFLAGS_TEXT | pymupdf.TEXT_DEHYPHENATE)))
print(*(word for word in ("left-handedness", "lefthandedness", "photographs", "1914-18", "191418") if page.search_for(word)))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "'a left\ufffehandedness\r\nsome photo\u2010\r\ngraphs\r\nso 1914-\r\n18'
'a lefthandedness\nsome photographs\nso 191418\n'
lefthandedness photographs 191418" ]
