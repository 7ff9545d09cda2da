#!/bin/sh
# beautifulsoup4 4.15.0 with lxml 6.1.3 and html5lib 1.1 (PyPI), November 2026.
# Expected: get_text() of an element gives the words of all that is in it, whichever parser read the page, as textContent does; a shadow
# root that was saved as a template is an element like others.
# Seen: with lxml and html.parser the words under a template are of a class of their own, which get_text() leaves out, asked of the
# paragraph itself, too, and even after the template is unwrapped: a paragraph with words that says nothing. With html5lib they are there.
# Put new strings in their place, or read with html5lib.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet beautifulsoup4==4.15.0 lxml==6.1.3 html5lib==1.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
from bs4 import BeautifulSoup

page = '<talk-turn><template shadowrootmode="open"><p>The tide waits for <em>nobody</em>.</p></template></talk-turn>'
for parser in ("lxml", "html.parser", "html5lib"):
    tree = BeautifulSoup(page, parser)
    words = [repr(tree.p.get_text())]
    tree.template.unwrap()
    print(parser, *words, repr(tree.p.get_text()), tree.p)
PY
)
echo "$seen"
[ "$seen" = "lxml '' '' <p>The tide waits for <em>nobody</em>.</p>
html.parser '' '' <p>The tide waits for <em>nobody</em>.</p>
html5lib 'The tide waits for nobody.' 'The tide waits for nobody.' <p>The tide waits for <em>nobody</em>.</p>" ]
