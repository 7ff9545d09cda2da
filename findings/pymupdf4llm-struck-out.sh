#!/bin/sh
# pymupdf4llm of PyMuPDF 2.0 (PyPI) on a PDF by WeasyPrint 70.0, November 2026.
# Expected: Markdown made of a PDF has the words of a line in their order, with their emphasis; a note's number is raised, or a number.
# Seen: the words on both sides of a note's call are struck out, "H2 ~~O~~", and the line's end comes before its beginning, for the
# underline of the raised link crosses the middle of its neighbours. Without underline all is in place. And the package of that name is
# empty since 2.0: the module comes with PyMuPDF, so that who pins pymupdf4llm alone cannot import it. Draw no line below raised links.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pymupdf4llm==2.0 2>/dev/null
tools/bin/python -c "import pymupdf4llm" 2>/dev/null && exit 1
tools/bin/pip install --quiet pymupdf==2.0 weasyprint==70.0 2>/dev/null
cat > write.py <<'PY'
from weasyprint import HTML

CALL = "<a href='#n1'><sup>1</sup></a>"
for name, sheet in (("lined", ""), ("plain", "a { text-decoration: none }")):
    told = f"<p>So much H<sub>2</sub>O{CALL}. It was cold.</p><p id='n1'>1. Seen from the pier.</p>"
    HTML(string=f"<html lang=en><title>T</title><style>{sheet}</style><h1>A talk</h1>{told}").write_pdf(f"{name}.pdf")
PY
tools/bin/python write.py
cat > read.py <<'PY'
import pymupdf4llm

for name in ("lined", "plain"):
    print("SEEN", name, pymupdf4llm.to_markdown(f"{name}.pdf").split("\n\n")[1].strip())
PY
seen=$(tools/bin/python read.py 2>/dev/null | grep SEEN)
printf '%s\n' "$seen"
[ "$seen" = "SEEN lined <u>1</u> ~~.~~ It was cold. So much H2 ~~O~~
SEEN plain So much H2O<sup>1</sup> . It was cold." ]
