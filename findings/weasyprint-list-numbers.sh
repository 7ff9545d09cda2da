#!/bin/sh
# WeasyPrint 70.0, read by pypdf 7.1.1 (PyPI), November 2026.
# Expected: the numbers of a list are the page's: start, value and type say what an entry is called, as its words do; presentational hints, which
# are off by default, are about looks (align, bgcolor).
# Seen: the three count as looks. Point 7 is point 1, point C is point 3, the year 1986 before its entry is 1, and the text that speaks of "point
# 7" leads astray. With presentational_hints=True all are right. Nothing is logged. Give the option, or
# write the numbers as style (counter-set, list-style-type).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet weasyprint==70.0 pypdf==7.1.1 2>/dev/null
seen=$(tools/bin/python - 2>&1 <<'PY'
import io

import pypdf
from weasyprint import HTML

PAGE = """<title>A talk</title><ol start="7"><li>seven</ol><ol type="A" start="3"><li>letter</ol><ol><li value="1986">year</ol>"""
for hints in (False, True):
    made = HTML(string=PAGE).write_pdf(presentational_hints=hints)
    words = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text().split()
    print(*sorted(word for word in words if word.endswith(".")))
PY
)
printf '%s\n' "$seen"
[ "$seen" = '1. 1. 1.
1986. 7. C.' ]
