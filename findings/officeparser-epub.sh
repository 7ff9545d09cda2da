#!/bin/sh
# officeparser 7.8.0 (npm; the newest for Node.js 20), November 2026.
# Expected: the text of a page of an EPUB, which is XML, has letters where the page has character references, in either notation.
# Seen: the five names of XML are read, numbers are not: "caf&#233;", "&#x201C;quoted&#x201D;", "inter&#xAD;view" are in the text as they stand in
# the file, so that no word with such a letter is found. Many writers of e-books put all but ASCII down that way. Write UTF-8, or read
# the pages with a parser of XML.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . officeparser@7.8.0 >/dev/null 2>&1
python3 "$here/book.py" talk.epub "" '<p>caf&#233; at 5 &lt; 6 &amp; more, &#x201C;inter&#xAD;view&#x201D;</p>'
cat > read.mjs <<'JS'
import { parseOffice } from "officeparser";
console.log((await parseOffice("talk.epub")).toText());
JS
seen=$(node read.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'caf&#233; at 5 < 6 & more, &#x201C;inter&#xAD;view&#x201D;' ]
