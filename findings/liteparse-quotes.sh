#!/bin/sh
# liteparse 2.18.0 (PyPI) on a PDF by WeasyPrint 70.0, pypdf 7.1.1 for comparison, November 2026.
# Expected: the text of a PDF has the signs of the page; a reader that is made for machines may change spaces.
# Seen: quotation marks of all languages, apostrophes, dashes, the minus and the hyphen that does not break come out as those of a typewriter:
# 1914–18 is 1914-18, “Why?” — „Ja“ is "Why?" - "Ja", while «guillemets» and the ellipsis stay. No option turns it off that the class
# lists, and nothing is said. A quotation is not found by its words, and what opens and what closes cannot be told. Compare after the same
# replacement on the other side.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet liteparse==2.18.0 weasyprint==70.0 pypdf==7.1.1 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
import io

import liteparse
import pypdf
from weasyprint import HTML

HTML(string="<title>A talk</title><p>“Why?” — „Ja“ in 1914–18, it’s 5 − 3 … «oui»").write_pdf("talk.pdf")
print(pypdf.PdfReader("talk.pdf").pages[0].extract_text())
print(liteparse.LiteParse(ocr_enabled=False, quiet=True).parse("talk.pdf").text.strip())
PY
)
printf '%s\n' "$seen"
[ "$seen" = "“Why?” — „Ja“ in 1914–18, it’s 5 − 3 … «oui»
\"Why?\" - \"Ja\" in 1914-18, it's 5 - 3 … «oui»" ]
