#!/bin/sh
# Resiliparse 2.0.1 (PyPI), November 2026.
# Expected: a word with its reading above it is kept, or at worst the reading goes.
# Seen: with main_content=True the word and its reading both go where the page gives brackets for engines without ruby (rp), and the
# brackets stay: an article's "灯" becomes "()". Without main_content all is there. Take rp and rt out before you extract.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet resiliparse==2.0.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
from resiliparse.extract.html2text import extract_plain_text

ruby = "<ruby>灯<rp>(</rp><rt>ひ</rt><rp>)</rp></ruby>"
page = f"<html><body><main><p>What is {ruby} to you, after so many years?</p></main></body></html>"
for main in (False, True):
    print(extract_plain_text(page, main_content=main))
PY
)
echo "$seen"
[ "$seen" = "What is 灯(ひ) to you, after so many years?
What is () to you, after so many years?" ]
