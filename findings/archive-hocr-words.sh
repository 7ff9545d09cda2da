#!/bin/sh
# archive-hocr-tools 1.1.70 (PyPI; the Internet Archive's), November 2026.
# Expected: the text of a scanned page has each recognised word, whether a part of it is italic or not.
# Seen: of a word whose end is in an element of its own, as a word with italic letters or a stop of another font is, that end alone is
# left: "ends." is ".", "1st" is "st". A word that is marked as a whole is there. The text for the full-text search and the e-book come from
# the same function. A word parted at a line's end stays two words, "inter- view". Flatten words before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet archive-hocr-tools==1.1.70 2>/dev/null
word() { printf '<span class="ocrx_word" title="bbox 10 10 60 50; x_wconf 90">%s</span> ' "$1"; }
cat > page.hocr <<XML
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title><meta name="ocr-system" content="none"/>
<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word"/></head>
<body><div class="ocr_page" title='image "page.png"; bbox 0 0 800 900; ppageno 0'><div class="ocr_carea" title="bbox 10 10 790 890">
<p class="ocr_par" title="bbox 10 10 790 890"><span class="ocr_line" title="bbox 10 10 790 50">\
$(word 'The')$(word '1<sup>st</sup>')$(word '<em>inter-</em>')</span>
<span class="ocr_line" title="bbox 10 60 790 90">$(word 'view')$(word 'ends<em>.</em>')</span></p></div></div></body></html>
XML
seen=$(tools/bin/hocr-text -f page.hocr)
printf '%s\n' "$seen"
[ "$seen" = 'The st inter- view .' ]
