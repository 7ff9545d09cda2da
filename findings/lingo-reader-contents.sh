#!/bin/sh
# @lingo-reader/epub-parser 0.4.6, November 2026.
# Expected: the contents of an EPUB 3 come from its navigation document, the NCX being what EPUB 2 had; of a property that stands
# several times, as those of accessibility do, all are kept.
# Seen: without an NCX the contents are empty, whatever the navigation document holds, and of repeated properties the last one alone
# is there. A book for such readers needs the NCX that EPUB 3 calls legacy.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @lingo-reader/epub-parser@0.4.6 >/dev/null
features='<meta property="schema:accessMode">textual</meta><meta property="schema:accessMode">visual</meta>'
python3 "$here/book.py" talk.epub "$features" "<p>Text.</p>"
cat > read.mjs <<'JS'
import { initEpubFile } from "@lingo-reader/epub-parser";
const book = await initEpubFile("talk.epub", "parts");
console.log(`contents: ${book.getToc().length} entries; access modes: ${book.getMetadata().metas["schema:accessMode"]}`);
book.destroy();
JS
seen=$(node read.mjs)
echo "$seen"
[ "$seen" = "contents: 0 entries; access modes: visual" ]
