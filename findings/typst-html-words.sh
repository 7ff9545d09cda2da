#!/bin/sh
# typst 0.15.2 (PyPI), November 2026.
# Expected: the HTML that typst writes (still called incomplete) leaves out what HTML cannot have, the look of a place, a column or a
# turn, and keeps the words; what cannot be kept is an error.
# Seen: what only arranges words is left out with its words: align, pad, columns, grid, rotate (stack and place, too). A centred poem, a box
# of two columns is nowhere. compile() says nothing; the warnings, by which "align was ignored", come from compile_with_warnings() alone.
# The numbers of a list go, too, "(c)" becomes "3", and who said a quotation stands outside it. Write #html.elem for these in HTML, by
# target().
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet typst==0.15.2 2>/dev/null
cat > talk.typ <<'TYP'
#align(center)[centred]
#pad(left: 1em)[indented]
#columns(2)[in columns]
#grid(columns: 2)[left][right]
#rotate(90deg)[turned]
#enum(numbering: "(a)", start: 3)[entry]
#quote(block: true, attribution: [Keeper])[quoted]
#block[in a block] #box[in a box]
TYP
seen=$(tools/bin/python - <<'PY'
import re

import typst

made, warnings = typst.compile_with_warnings("talk.typ", format="html")
assert made == typst.compile("talk.typ", format="html")
print(re.search("<body>(.*)</body>", made.decode(), re.DOTALL)[1])
print(*(warning.message.split()[0] for warning in warnings if "ignored" in warning.message))
PY
)
printf '%s\n' "$seen"
[ "$seen" = '<ol start="3"><li>entry</li></ol><blockquote>quoted</blockquote><p>— Keeper</p><div>in a block</div><p><span style="display: inline-block">in a box</span></p>
align pad columns grid rotate' ]
