#!/bin/sh
# foliate-js 1.0.1 (npm; the engine of the reader Foliate), November 2026.
# Expected: a series that is named as EPUB 3 has it (belongs-to-collection with the type series, group-position) is shown with name and
# number; calibre's old meta elements are read besides, or where the first is missing.
# Seen: a collection of another kind, or of none, is there with its name. Of a series there is a record without a name and without a number,
# whatever the package says; with calibre's elements beside them the series has its name. Who reads books in Foliate needs these two, though
# EPUB 3 has no use for them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . foliate-js@1.0.1 jsdom@26.1.0 >/dev/null 2>&1
collection() { printf '<meta property="belongs-to-collection" id="c">Talks</meta><meta refines="#c" property="collection-type">%s</meta>' "$1"; }
position='<meta refines="#c" property="group-position">2</meta>'
old='<meta name="calibre:series" content="Talks"/><meta name="calibre:series_index" content="2"/>'
python3 "$here/book.py" set.epub "$(collection set)$position" "<p>Text.</p>"
python3 "$here/book.py" series.epub "$(collection series)$position" "<p>Text.</p>"
python3 "$here/book.py" both.epub "$(collection series)$position$old" "<p>Text.</p>"
for book in set series both; do python3 -m zipfile -e "$book.epub" "$book"; done
cat > read.mjs <<'JS'
import { existsSync, readFileSync } from "fs";
import { JSDOM } from "jsdom";
const { window } = new JSDOM("");
for (const name of ["DOMParser", "XMLSerializer", "Node", "Document"]) globalThis[name] = window[name];
globalThis.document = window.document;
globalThis.CSS = { escape: (text) => text };
const group = (entries, key) => {
  const made = new Map();
  for (const each of entries) made.set(key(each), [...(made.get(key(each)) ?? []), each]);
  return made;
};
Map.groupBy ??= group; // Node.js 20 has neither yet
Object.groupBy ??= (entries, key) => Object.fromEntries(group(entries, key));
const { EPUB } = await import("foliate-js/epub.js");
for (const book of ["set", "series", "both"]) {
  const loadText = async (name) => (existsSync(`${book}/${name}`) ? readFileSync(`${book}/${name}`, "utf8") : null);
  const read = new EPUB({ loadText, loadBlob: async () => null, getSize: () => 0, sha1: async () => "" });
  console.log(book, JSON.stringify((await read.init()).metadata.belongsTo));
}
JS
seen=$(node read.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'set {"collection":{"name":"Talks","position":"2"}}
series {"series":{"position":null}}
both {"series":{"name":"Talks","position":2}}' ]
