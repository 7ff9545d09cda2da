#!/bin/sh
# fast-ebook 0.2.0 (PyPI), November 2026.
# Expected: the address of a chapter in the package document is an address, so that "one%20talk.xhtml" is the file "one talk.xhtml" in the
# archive; what cannot be found is an error, or validate() says so.
# Seen: the file is sought under the name with the percent sign, is not found, and the chapter is missing from the Markdown, with no
# error; validate() finds nothing wrong. The title is the first that stands there, though the book says which one is the main one.
# Count the chapters that you get against the spine.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet fast-ebook==0.2.0 2>/dev/null
cat > write.py <<'PY'
import zipfile

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:identifier id="id">urn:uuid:4f0a8c2e-7d6c-4c4e-9c83-0d5a3f1b2c10</dc:identifier>'
    '<dc:title id="t2">Of lamps</dc:title><dc:title id="t1">A talk</dc:title>'
    '<meta refines="#t1" property="title-type">main</meta><meta refines="#t2" property="title-type">subtitle</meta>'
    '<dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
    '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="a" href="one%20talk.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>T</title></head>'
    "<body>{}</body></html>"
)
NAV = '<nav epub:type="toc"><ol><li><a href="one%20talk.xhtml">One</a></li><li><a href="two.xhtml">Two</a></li></ol></nav>'
with zipfile.ZipFile("talk.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", CONTAINER)
    book.writestr("EPUB/package.opf", PACKAGE)
    book.writestr("EPUB/nav.xhtml", PAGE.format(NAV))
    book.writestr("EPUB/one talk.xhtml", PAGE.format("<p>The first part.</p>"))
    book.writestr("EPUB/two.xhtml", PAGE.format("<p>The second part.</p>"))
PY
python3 write.py
seen=$(tools/bin/python - <<'PY'
from fast_ebook import epub

book = epub.read_epub("talk.epub")
print(book.validate(), " ".join(book.to_markdown().split()))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "[] # Of lamps **Unknown** --- The second part." ]
