#!/bin/sh
# ebook-rs 0.17.3 (PyPI), November 2026.
# Expected: the parts of a book that are made for a search by machines (to_rag_chunks_json) have all words of the book, whatever stands around them.
# Seen: they have paragraphs and entries of lists, and nothing else. What stands in a list of definitions is not there, which is where an
# interview may have its questions and answers, nor tables, captions, verse in pre, or what a fold is called; a hidden paragraph is. Figures are parted
# from their words, "H 2 O", a half is "1 2". Count the words of the parts against the book's, or take the section's plain_text.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet ebook-rs==0.17.3 2>/dev/null
python3 "$here/book.py" talk.epub "" '<h1>A talk</h1><p>Because I wanted to see the sea, and nobody else would go there in that year: H<sub>2</sub>O, <math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>.</p>
<dl><dt>Asker</dt><dd>Why?</dd><dt>Keeper</dt><dd>Because.</dd></dl><ul><li>entry</li></ul><table><tr><td>cell</td></tr></table>
<figure><figcaption>caption</figcaption></figure><pre>verse</pre><details><summary>fold</summary><p>inside</p></details><p hidden="hidden">hidden</p>'
seen=$(tools/bin/python - <<'PY'
import json

import ebook_rs

book = ebook_rs.Book.open("talk.epub")
print("parts:", *(part["text"].replace("\n", " / ") for part in json.loads(book.to_rag_chunks_json())))
print("plain text:", *book.get_section(0).plain_text.split())
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'parts: Because I wanted to see the sea, and nobody else would go there in that year: H 2 O, 1 2 . / entry / inside / hidden
plain text: A talk Because I wanted to see the sea, and nobody else would go there in that year: H 2 O, 1 2 . Asker Why? Keeper Because. entry cell caption verse fold inside hidden' ]
