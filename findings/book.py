"""Writes small valid EPUBs for the findings: ``python book.py TARGET METADATA BODY``, the last two of XML."""

import sys
import zipfile

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
    ' unique-identifier="id" xml:lang="en"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:identifier id="id">urn:uuid:4f0a8c2e-7d6c-4c4e-9c83-0d5a3f1b2c10</dc:identifier>'
    "<dc:title>A talk</dc:title><dc:language>en</dc:language>"
    '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>{}</metadata><manifest>'
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="text"/></spine></package>'
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A talk</title></head>'
    "<body>{}</body></html>"
)
NAV = '<nav epub:type="toc"><ol><li><a href="text.xhtml">One</a></li></ol></nav>'

target, metadata, body = sys.argv[1:4]
with zipfile.ZipFile(target, "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", CONTAINER)
    book.writestr("EPUB/package.opf", PACKAGE.format(metadata))
    book.writestr("EPUB/nav.xhtml", PAGE.format(NAV))
    book.writestr("EPUB/text.xhtml", PAGE.format(body))
