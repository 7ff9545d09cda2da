#!/bin/sh
# reportlab 5.1.0, read by pypdf 7.1.1 (PyPI), November 2026.
# Expected: a paragraph, whose text is markup, takes "Q&A" as HTML does (an ampersand that begins no known name is one), or raises an
# error, as it does for "x<y".
# Seen: it takes any letters behind an ampersand for a name, does not know it, and prints it with the semicolon that it misses: "Q&A; with
# Ann", "AT&T;". In an address that is printed parameters become signs, "?a=1&b=2&copy=3" is "?a=1&b;=2©=3". With a space behind it an
# ampersand stays, so that "Salt & Light" proves nothing. Escape each text before it becomes a paragraph.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet reportlab==5.1.0 pypdf==7.1.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import pypdf
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

texts = ["Salt & Light", "Q&A with Ann", "AT&T", "https://example.org/?a=1&b=2&copy=3", "AT&amp;T"]
SimpleDocTemplate("talk.pdf").build([Paragraph(text, getSampleStyleSheet()["Normal"]) for text in texts])
print(pypdf.PdfReader("talk.pdf").pages[0].extract_text())
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'Salt & Light
Q&A; with Ann
AT&T;
https://example.org/?a=1&b;=2©=3
AT&T' ]
