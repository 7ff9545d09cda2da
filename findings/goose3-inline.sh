#!/bin/sh
# goose3 3.1.22 (PyPI), November 2026.
# Expected: words in inline elements stay in their sentence.
# Seen: the contents of sub, q, abbr, code and mark vanish from the midst of it, those of sup and small stay: H2O becomes "H O".
# Answers of one word vanish, too, while their questions stay, so that a question seems to be answered by the next one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet goose3==3.1.22 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
from goose3 import Goose

LONG = "My mother kept one, and her mother before her, and I was given the can when I was six and nobody asked for it back. "
ANSWER = "It takes H<sub>2</sub>O, 10<sup>3</sup> of <small>them</small>, <q>now</q>, <abbr>e.g.</abbr>, <code>x</code>, <mark>y</mark>."
TURNS = f"<p>{LONG}{ANSWER}</p><p>{LONG}</p><p>Not even in winter, when nobody was there?</p><p>No.</p><p>{LONG}</p>"
text = Goose().extract(raw_html=f"<html><head><title>T</title></head><body><article>{TURNS}</article></body></html>").cleaned_text
print(text.split("asked for it back. ")[1].split("\n")[0], "winter" in text, "No." in text, sep=" | ")
PY
)
echo "$seen"
[ "$seen" = "It takes H O, 103 of them, , , , . | True | False" ]
