#!/bin/sh
# EbookLib 0.20 (PyPI), November 2026.
# Expected: the page list that it writes into the navigation document (EPUB 3, for print's page numbers) holds what is marked as a page
# break; without one there is no such list.
# Seen: everything that has both an epub:type and an id is a page, so that a book with footnotes has pages "Seen from the pier." and
# "Notes", and a reader's "go to page 1" finds nothing. Write your own navigation document, or switch the list off (epub3_pages False).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet ebooklib==0.20 2>/dev/null
python3 "$here/book.py" talk.epub "" '<p>Text<a epub:type="noteref" href="#n1">1</a>.</p>
<section epub:type="endnotes" id="notes"><h2>Notes</h2><aside epub:type="footnote" id="n1">Seen from the pier.</aside></section>'
seen=$(tools/bin/python -W ignore - <<'PY'
import re
import zipfile

from ebooklib import epub

book = epub.read_epub("talk.epub")
for name, options in (("back.epub", {}), ("none.epub", {"epub3_pages": False})):
    epub.write_epub(name, book, options)
    pages = zipfile.ZipFile(name).read("EPUB/nav.xhtml").decode().partition("page-list")[2]
    print(re.findall(r"<a href=\"([^\"]*)\">([^<]*)", pages))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "[('text.xhtml#notes', 'Notes'), ('text.xhtml#n1', 'Seen from the pier.')]
[]" ]
