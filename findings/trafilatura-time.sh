#!/bin/sh
# trafilatura 2.3.1 (PyPI), November 2026.
# Expected: the words of an article's sentences stay in their sentences; dates at its head may go, for they are given as metadata.
# Seen: a date in the midst of the text is gone if the page says that it is one: "in 1986" is "in", when the year stands in a time element. A word in q
# is a quotation of its own: the sentence ends before it and goes on in a new paragraph, in the text as in Markdown. Below a quotation who said it
# (footer) is missing. Unwrap time and q before, and look for prepositions before commas.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet trafilatura==2.3.1 lxml_html_clean 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import trafilatura

LONG = "My mother kept one, and her mother before her, and I was given the can when I was six and nobody asked for it back. "
page = f"""<html lang="en"><head><title>The keeper</title></head><body><article><h1>The keeper</h1><p>{LONG}</p>
<p>I came in <time datetime="1986">1986</time>, in a storm. {LONG}</p>
<p>She said <q>never</q> to me. {LONG}</p>
<blockquote><p>Light is a habit. {LONG}</p><footer>Ann Asker</footer></blockquote><p>{LONG}</p></article></body></html>"""
text = trafilatura.extract(page, output_format="txt")
print(*(line for line in text.replace(LONG.strip(), "").splitlines() if line.strip()), sep="\n")
PY
)
echo "$seen"
[ "$(echo "$seen" | sed 's/ *$//')" = "The keeper
I came in , in a storm.
She said never
to me.
Light is a habit." ]
