#!/bin/sh
# boko-python 0.1.3 (PyPI), November 2026.
# Expected: a valid e-book becomes Markdown with its words in their order, and lists, captions and notes stay what they are.
# Seen: the caption of a table is gone. Before s, del and ins the line is broken, and what was struck out reads on like the rest; a quotation loses
# its marks. An entry whose value is 3 is entry 1. A note, though marked as one, is a box "Sidebar" in the text, with its
# address glued to the table before it; what is hidden shows. The same reader makes AZW3 with all of it. Convert from the book's pages themselves.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet boko-python==0.1.3 2>/dev/null
python3 "$here/book.py" talk.epub "" '<p>Why<a epub:type="noteref" href="#n1">1</a>? She said <q>never</q> and <s>always</s> once.</p>
<ol><li value="3">Three</li></ol><figure><p>Lamp</p><figcaption>By Ann</figcaption></figure><p>Next.</p>
<table><caption>Of salt</caption><tr><th>a</th><td>b</td></tr></table><aside epub:type="footnote" id="n1"><p>A note.</p></aside><p hidden="">Gone</p>'
tools/bin/python -c 'import boko_python; boko_python.convert("talk.epub", "talk.md")'
seen=$(cat -s talk.md)
printf '%s\n' "$seen"
[ "$seen" = 'Why[1](#c0n30)? She said never and \
always once.

1. Three

Lamp

*By Ann*

Next.

| a | b |
| --- | --- |
<a id="c0n30"></a>

> **Sidebar**
A note.

Gone' ]
