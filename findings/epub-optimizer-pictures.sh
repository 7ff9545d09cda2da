#!/bin/sh
# epub-optimizer 0.6.0 (PyPI), November 2026.
# Expected: a smaller e-book that is still one, with the same pictures in less.
# Seen: each PNG becomes a grey JPEG in which the clear ground of a drawing is black, so that black lines on it are seen no more. The pages name the
# new file, the package document the old one, which is gone: what the book shows is in no manifest, what is in the manifest is missing, the cover
# too. The archive no longer begins with the mimetype, and packs it: by the standard no e-book. Exit code 0, and a line with the bytes that were
# saved. Only books with the folders OEBPS/xhtml and OEBPS/images meet this. Check the result as if you had written it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet epub-optimizer==0.6.0 2>/dev/null
cat > write.py <<'PY'
import io
import zipfile

from PIL import Image

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ENTRY = '<item id="{0}" href="{1}/{0}.{2}" media-type="{3}" properties="{4}"/>'.format
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:identifier id="id">urn:uuid:4f0a8c2e-7d6c-4c4e-9c83-0d5a3f1b2c10</dc:identifier><dc:title>A talk</dc:title><dc:language>en</dc:language>'
    '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata><manifest>'
    + ENTRY("nav", "xhtml", "xhtml", "application/xhtml+xml", "nav")
    + ENTRY("cover", "images", "png", "image/png", "cover-image")
    + ENTRY("lamp", "images", "png", "image/png", "").replace(' properties=""', "")
    + '<item id="style" href="style.css" media-type="text/css"/></manifest><spine><itemref idref="nav"/></spine></package>'
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>T</title></head><body>'
    '<nav epub:type="toc"><ol><li><a href="nav.xhtml">One</a></li></ol></nav><p><img src="../images/lamp.png" alt="A lamp"/></p></body></html>'
)
picture = io.BytesIO()
Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(picture, "PNG")
with zipfile.ZipFile("talk.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    for name, inside in {"META-INF/container.xml": CONTAINER, "OEBPS/package.opf": PACKAGE, "OEBPS/xhtml/nav.xhtml": PAGE}.items():
        book.writestr(name, inside)
    book.writestr("OEBPS/style.css", "p { margin: 0 }")
    for name in ("cover", "lamp"):
        book.writestr(f"OEBPS/images/{name}.png", picture.getvalue())
PY
tools/bin/python write.py
seen=$(
  tools/bin/epub-optimizer -i talk.epub small.epub >/dev/null; echo "exit code $?"
  tools/bin/python - <<'PY'
import re
import zipfile

from PIL import Image

with zipfile.ZipFile("small.epub") as book:
    files = [each for each in book.infolist() if not each.is_dir()]
    kind = book.getinfo("mimetype")
    print("mimetype first:", files[0].filename == "mimetype" and kind.header_offset == 0, "stored:", kind.compress_type == zipfile.ZIP_STORED)
    named = re.findall(r'images/[\w.]+', book.read("OEBPS/package.opf").decode())
    print("named:", *named, "there:", *sorted(each.filename for each in files if "images" in each.filename))
    print(Image.open(book.open("OEBPS/images/lamp.jpg")).getpixel((4, 4)), "of 255")
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'exit code 0
mimetype first: False stored: False
named: images/cover.png images/lamp.png there: OEBPS/images/cover.jpg OEBPS/images/lamp.jpg
0 of 255' ]
