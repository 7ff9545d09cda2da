#!/bin/sh
# ebook-rs 0.17.3 (PyPI), November 2026.
# Expected: in the web publication manifest that it makes of an EPUB, the addresses of contents and of reading order have one base, so
# that each line of the contents leads to a document of the reading order.
# Seen: the reading order is relative to the archive (EPUB/text.xhtml), the contents to the package's folder (text.xhtml): none leads
# anywhere. Look contents up by the end of the address, or take them from the navigation document.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet ebook-rs==0.17.3 2>/dev/null
python3 "$here/book.py" talk.epub "" "<p>Text.</p>"
cat > read.py <<'PY'
import json
import ebook_rs

manifest = json.loads(ebook_rs.Book.open("talk.epub").to_webpub_manifest_json())
order, contents = ([each["href"] for each in manifest[part]] for part in ("readingOrder", "toc"))
print(f"reading order: {', '.join(order)}; contents: {', '.join(contents)}")
PY
seen=$(tools/bin/python read.py)
echo "$seen"
[ "$seen" = "reading order: EPUB/text.xhtml; contents: text.xhtml" ]
