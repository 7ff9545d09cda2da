#!/bin/sh
# Pandoc 3.9 (pypandoc_binary 1.17), docutils 0.23 (PyPI), November 2026.
# Expected: what Pandoc writes as TEI has a table's caption (head) and its joined cells (rows, cols); what it writes as reStructuredText shows struck and underlined
# words struck and underlined, or as plain words.
# Seen: in TEI the caption is nowhere, and a cell of two rows is one cell with an empty one below it. In reStructuredText struck words become
# "[STRIKEOUT:old]", which is plain text there and is printed so; an underlined word is emphasised. No warning. Write captions as paragraphs, and
# decide on struck words before you go there.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pypandoc_binary==1.17 docutils==0.23 2>/dev/null
cat > convert.py <<'PY'
import pypandoc
from docutils.core import publish_parts

TABLE = "<table><caption>Of salt</caption><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
print("".join(line.strip() for line in pypandoc.convert_text(TABLE, "tei", format="html").splitlines()))
text = pypandoc.convert_text("<p>An <s>old</s> and <u>new</u> lamp.</p>", "rst", format="html")
print(publish_parts(text, writer="html5")["body"].strip())
PY
seen=$(tools/bin/python convert.py)
printf '%s\n' "$seen"
[ "$seen" = '<table><row><cell><p>a</p></cell><cell><p>b</p></cell></row><row><cell></cell><cell><p>c</p></cell></row></table>
<p>An [STRIKEOUT:old] and <em>new</em> lamp.</p>' ]
