#!/bin/sh
# foliate-js 1.0.1 (npm; the engine of the reader Foliate) and r2-shared-js 1.0.82 (npm; Readium's parser for desktops), November 2026.
# Expected: the lengths of a read-aloud book may stand in each of the forms that EPUB takes over from SMIL: 0:02:30, 02:30, 150s, 2.5min, 0.5h, 150000ms.
# Seen: Readium's parser knows them all. Foliate splits the unit letter by letter and compares its first one, so that hours are hours and
# minutes and thousandths are seconds: a chapter of two minutes and a half lasts 2.5 seconds, one in thousandths two days. The places
# in the recording go the same way, so that another sentence is read than the one that lights up. Write h:mm:ss.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . foliate-js@1.0.1 jsdom@26.1.0 r2-shared-js@1.0.82 >/dev/null 2>&1
cat > read.mjs <<'JS'
import { JSDOM } from "jsdom";
import overlays from "r2-shared-js/dist/es8-es2017/src/models/media-overlay.js";
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
const book = (length) => ({
  "META-INF/container.xml":
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
  "package.opf": `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:4f0a8c2e-7d6c-4c4e-9c83-0d5a3f1b2c10</dc:identifier><dc:title>A talk</dc:title><dc:language>en</dc:language><meta property="media:duration">${length}</meta></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest><spine><itemref idref="nav"/></spine></package>`,
  "nav.xhtml":
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol><li><a href="nav.xhtml">One</a></li></ol></nav></body></html>',
});
for (const length of ["0:02:30", "02:30", "150s", "0.5h", "2.5min", "150000ms"]) {
  const files = book(length);
  const read = new EPUB({ loadText: async (name) => files[name] ?? null, loadBlob: async () => null, getSize: () => 0, sha1: async () => "" });
  console.log(length, (await read.init()).media.duration, overlays.timeStrToSeconds(length));
}
JS
seen=$(node read.mjs)
printf '%s\n' "$seen"
[ "$seen" = '0:02:30 150 150
02:30 150 150
150s 150 150
0.5h 1800 1800
2.5min 2.5 150
150000ms 150000 150' ]
