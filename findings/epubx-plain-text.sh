#!/bin/sh
# epub-extended 0.2.2 (PyPI, module epubx), November 2026.
# Expected: plain_text of a chapter holds the words of the chapter.
# Seen: it holds paragraphs, headings and captions alone. Lists, tables and lists of definitions (what many interviews are marked up as) have
# no line in it, for their words lie in items and rows below the block. A quotation in a figure is in no block at all: of the figure the
# caption is left. The page's title element is its first paragraph, so that a heading of the same words is there twice. Compare the length
# with the page's before you search or count, and walk items and rows.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet epub-extended==0.2.2 2>/dev/null
python3 "$here/book.py" talk.epub "" "<h1>A talk</h1><dl><dt>Asker</dt><dd>Why?</dd></dl><ol><li>Salt</li></ol><table><tr><td>Light</td></tr></table>\
<figure><blockquote><p>Never again.</p></blockquote><figcaption>Ann Keeper</figcaption></figure><p>The end.</p>"
seen=$(tools/bin/python - <<'PY'
from epubx.package import open_book

chapter = open_book("talk.epub").chapters[0]
print(" / ".join(chapter.plain_text.split("\n\n")))
print(*(block.kind for block in chapter.blocks))
print("Why?" in repr(chapter.blocks), "Never again." in repr(chapter.blocks))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'A talk / A talk / Ann Keeper / The end.
paragraph heading definition_list list table figure paragraph
True False' ]
