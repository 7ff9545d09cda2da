#!/bin/sh
# FB2 0.3.3 (PyPI), November 2026.
# Expected: a paragraph that is made of a list of texts and marked words holds all of them; prettify adds white space between elements only.
# Seen: of two texts in a row the first is gone, at the beginning and behind a marked word alike, without an error. prettify=True (and str()) puts
# line breaks and tabs around marked words inside a paragraph, so that "not?" is "not ?". Join neighbouring texts yourself, and write without it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet FB2==0.3.3 2>/dev/null
seen=$(tools/bin/python - <<'PY'
from xml.etree import ElementTree

from FB2 import FictionBook2, Paragraph, SimpleChapter, Strong

book = FictionBook2()
book.titleInfo.title = "A talk"
book.chapters = [SimpleChapter(title="One", content=[Paragraph(text=["Why ", "not", Strong(text="?"), " Because", " of salt."])])]
for pretty in (False, True):
    root = ElementTree.fromstring(book.tostring(prettify=pretty))
    paragraph = root.findall(".//{*}section/{*}p")[-1]
    print(" ".join("".join(paragraph.itertext()).split()))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'not? of salt.
not ? of salt.' ]
