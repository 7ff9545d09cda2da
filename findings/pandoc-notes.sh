#!/bin/sh
# Pandoc 3.9 (pypandoc_binary 1.17, PyPI), November 2026.
# Expected: from an EPUB whose notes stand as asides in a document of their own at the end, Pandoc makes notes, or keeps their words where
# they stand.
# Seen: the words of the notes are in none of its output: what is marked as a footnote is taken out of the text for the calls to fetch, and
# a call fetches from its own document alone. The call stays as a link to nowhere, without a warning; the same aside beside its call
# becomes a note. Mark notes in a document of their own as endnotes, or keep each with its call, if a book is to pass through Pandoc.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pypandoc_binary==1.17 2>/dev/null
note='<aside epub:type="footnote" id="n1"><p>Seen from the pier.</p></aside>'
call() { printf '<p>It rained<a epub:type="noteref" href="%s">1</a>.</p>' "$1"; }
python3 "$here/book.py" beside.epub "" "$(call '#n1')$note"
python3 "$here/book.py" apart.epub "" "$(call 'notes.xhtml#n1')"
NOTE="$note" python3 - <<'PY'
import os
import zipfile

with zipfile.ZipFile("apart.epub") as book:
    files = {name: book.read(name).decode() for name in book.namelist()}
package = files["EPUB/package.opf"]
package = package.replace("</manifest>", '<item id="notes" href="notes.xhtml" media-type="application/xhtml+xml"/></manifest>')
files["EPUB/package.opf"] = package.replace("</spine>", '<itemref idref="notes"/></spine>')
head = files["EPUB/text.xhtml"].partition("<body>")[0]
files["EPUB/notes.xhtml"] = f'{head}<body><h1>Notes</h1>{os.environ["NOTE"]}</body></html>'
with zipfile.ZipFile("apart.epub", "w") as book:
    for name, text in files.items():
        book.writestr(name, text)
PY
seen=$(tools/bin/python - 2>&1 <<'PY'
import pypandoc

for name in ("beside", "apart"):
    text = pypandoc.convert_file(f"{name}.epub", "markdown-link_attributes-raw_html-native_spans", format="epub")
    print(" ".join(text.split()))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "[]{#text.xhtml} It rained[^1]. [^1]: Seen from the pier.
[]{#text.xhtml} It rained[1](#notes.xhtml_n1). []{#notes.xhtml} # Notes" ]
