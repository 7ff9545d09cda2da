#!/bin/sh
# foliate-js 1.0.1, @prose-reader/cfi 1.286.0 (npm), November 2026.
# Expected: two readers of EPUB that write canonical fragment identifiers write the same one for the same place, since the standard has
# one way to count (elements even, all text between two of them one odd number, comments counting nothing), and each finds the other's.
# Seen: behind a comment prose-reader counts the text anew, as if the comment were an element, and foliate finds nothing at its place.
# What foliate writes there leads prose-reader to an offset past the end of the text, and of a range, with or without a comment, it finds
# the paragraph's rest, not the words. A bookmark or an annotation does not travel. Leave no comments in the body of a book.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . foliate-js@1.0.1 @prose-reader/cfi@1.286.0 jsdom@26.1.0 >/dev/null 2>&1
cat > point.mjs <<'JS'
import { JSDOM } from "jsdom";
const body = "<p>Why <ruby>a<rt>b</rt></ruby> here<!-- remark --> and now</p>";
const page = new JSDOM(`<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>${body}</body></html>`, {
  contentType: "application/xhtml+xml",
});
for (const name of ["Node", "NodeFilter", "Range", "Document", "Element", "Text"]) globalThis[name] = page.window[name];
const foliate = await import("foliate-js/epubcfi.js");
const prose = await import("@prose-reader/cfi");
const document = page.window.document;
const [, , before, , behind] = document.querySelector("p").childNodes;
for (const node of [before, behind]) {
  const range = document.createRange();
  range.setStart(node, 1);
  range.collapse(true);
  const place = foliate.fromRange(range);
  const found = prose.resolve(place, document);
  console.log(place, prose.generate({ node, offset: 1 }), `${found.offset} of ${JSON.stringify(found.node.nodeValue)}`);
}
const range = document.createRange();
range.setStart(before, 1);
range.setEnd(before, 5);
const words = foliate.fromRange(range);
console.log(words, `${range}`, "|", `${prose.resolve(words, document, { asRange: true }).node}`);
JS
seen=$(node point.mjs)
echo "$seen"
[ "$seen" = 'epubcfi(/4/2/3:1) epubcfi(/4/2/3:1) 1 of " here"
epubcfi(/4/2/3:6) epubcfi(/4/2/5:1) 6 of " here"
epubcfi(/4/2,/3:1,/3:5) here | ab here and now' ]
