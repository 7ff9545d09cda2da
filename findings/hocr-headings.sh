#!/bin/sh
# hocr-tools-lib 1.3.0 with Pillow 13.0.0, read by pypdf 7.1.1 (PyPI), November 2026.
# Expected: the invisible text that is laid under a scan has all words of the page that recognition found; a line is a line, whether Tesseract calls
# it ocr_line or, as it does with large, small and lone ones, ocr_header, ocr_caption or ocr_textfloat.
# Seen: only lines of the first name are in the PDF, and only they in the text. Headings, captions and what stands in the margin cannot
# be searched or copied; nothing tells. Rename the classes before: Tesseract means lines by all of them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet hocr-tools-lib==1.3.0 pypdf==7.1.1 pillow==13.0.0 2>/dev/null
mkdir scans
tools/bin/python - <<'PY'
from PIL import Image

Image.new("RGB", (800, 900), "white").save("scans/page.jpg", dpi=(300, 300))
LINE = '<span class="{}" title="bbox 10 {} 700 {}; baseline 0 -5"><span class="ocrx_word" title="bbox 10 {} 300 {}">{}</span></span>'
NAMES = ["ocr_header", "ocr_line", "ocr_textfloat", "ocr_caption"]
lines = [LINE.format(name, y, y + 40, y, y + 40, name[4:]) for y, name in zip(range(100, 900, 200), NAMES)]
with open("scans/page.hocr", "w") as page:
    page.write(
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title></title></head><body>'
        '<div class="ocr_page" title="image page.jpg; bbox 0 0 800 900">{}</div></body></html>'.format(
            "".join(f'<div class="ocr_carea"><p class="ocr_par">{line}</p></div>' for line in lines)
        )
    )
PY
seen=$(
  tools/bin/hocr-lines scans/page.hocr
  tools/bin/hocr-pdf --savefile scans.pdf scans
  tools/bin/python -c 'import pypdf; print("pdf:", *pypdf.PdfReader("scans.pdf").pages[0].extract_text().split())'
)
printf '%s\n' "$seen"
[ "$seen" = 'line
pdf: line' ]
