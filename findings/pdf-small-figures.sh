#!/bin/sh
# pdf_oxide 0.3.78, edgeparse 0.3.2 (PyPI) on PDFs by WeasyPrint 70.0, pypdf 7.1.1 for comparison, November 2026.
# Expected: new readers of PDF that make Markdown for other programs keep the raised and lowered figures of a line in their words, as
# readers of the last twenty years do: H2O, 103 at worst.
# Seen: edgeparse gives no lowered one, tags or no tags: "A talk about H", "CO", and "O there." in a paragraph below. pdf_oxide gathers
# them in lines of their own ("**2**", "3"), out of which nobody gets them back; its plain text is right, and its Markdown of a tagged
# file but for gaps. Read text from pdf_oxide, not Markdown, unless the file is tagged.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pdf_oxide==0.3.78 edgeparse==0.3.2 weasyprint==70.0 pypdf==7.1.1 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
import io

import edgeparse
import pdf_oxide
import pypdf
from weasyprint import HTML

PAGE = """<html lang="en"><title>A talk</title><style>body { font: 10pt serif } h1 { font-size: 14pt }</style>
<h1>A talk about H<sub>2</sub>O</h1><p>It was 10<sup>3</sup> and CO<sub>2</sub> there.</p>"""
for variant in (None, "pdf/ua-1"):
    made = HTML(string=PAGE).write_pdf(pdf_variant=variant)
    with open("talk.pdf", "wb") as file:
        file.write(made)
    oxide = pdf_oxide.PdfDocument.from_bytes(made)
    texts = {
        "pypdf": pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text(),
        "pdf_oxide": oxide.extract_text(0),
        "pdf_oxide Markdown": oxide.to_markdown(0),
        "edgeparse": edgeparse.convert("talk.pdf", format="markdown"),
    }
    for name, text in texts.items():
        print(f"{name}, {variant or 'no tags'}:", " / ".join(line for line in text.splitlines() if line))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'pypdf, no tags: A talk about H2O / It was 103 and CO2 there.
pdf_oxide, no tags: A talk about H2O / It was 103 and CO2 there.
pdf_oxide Markdown, no tags: ### A talk about H O / **2** / 3 / It was 10 and CO there. 2
edgeparse, no tags: # A talk about H / It was 103 and CO / O there.
pypdf, pdf/ua-1: A talk about H2O / It was 103 and CO2 there.
pdf_oxide, pdf/ua-1: A talk about H2O / It was 103 and CO2 there.
pdf_oxide Markdown, pdf/ua-1: # A talk about H 2O / It was 10 3 and CO 2 there.
edgeparse, pdf/ua-1: # A talk about H / It was 103 and CO / O there.' ]
