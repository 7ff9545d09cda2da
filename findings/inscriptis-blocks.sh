#!/bin/sh
# inscriptis 2.7.6 (PyPI), November 2026.
# Expected: a converter that is known for the layout of its text begins a line for each block, and follows the numbers of lists.
# Seen: div, p and li are blocks; dt, dd and section are not: an interview that is marked as a list of definitions
# becomes "AskerWhy?AnswererBecause." Of lists a number of one's own (value) is followed, but neither start nor type: 5 is 1, A is 1.
# Give it a sheet (ParserConfig) in which they are blocks.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet inscriptis==2.7.6 2>/dev/null
seen=$(tools/bin/python - <<'PY'
from inscriptis import get_text

print(repr(get_text("<dl><dt>Asker</dt><dd>Why?</dd><dt>Answerer</dt><dd>Because.</dd></dl>")))
print(repr(get_text("<section>Why?</section><section>Because.</section>")), repr(get_text("<div>Why?</div><div>Because.</div>")))
print(repr(get_text('<ol start="5"><li>a</li></ol><ol type="A"><li>b</li><li value="7">c</li></ol>')))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "'AskerWhy?AnswererBecause.'
'Why?Because.' '  Why?\n  Because.'
' 1. a\n 1. b\n 7. c'" ]
