#!/bin/sh
# mhtml-to-html 2.1.0 (npm), November 2026.
# Expected: one page without the network, in which the pictures that the saved page holds are seen, and the words as its character set has them.
# Seen: an image in a drawing keeps its address on the web, although the file holds it, and so does a source of a picture element that the browser
# did not show and so did not save; but the page forbids itself, by a policy of its own, to fetch any. A browser takes the first source that fits, so
# that the picture is not seen, online either, while the img below it is whole. Quotation marks of Windows-1252 become control characters
# that nobody sees. Take such sources off before you convert, and look for U+0080 to U+009F.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . mhtml-to-html@2.1.0 >/dev/null 2>&1
cat > convert.mjs <<'JS'
import { convert } from "mhtml-to-html";
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg==";
const part = (kind, address, encoding, body) =>
  ["--B", `Content-Type: ${kind}`, `Content-Location: ${address}`, `Content-Transfer-Encoding: ${encoding}`, "", body, ""].join("\r\n");
const body = '<p>=93Why?=94</p><picture><source srcset=3D"https://example.org/b.png"><img src=3D"https://example.org/a.png" alt=3D"A"></picture>' +
  '<svg><image href=3D"https://example.org/a.png"/></svg>';
const page = `<html><head><meta charset=3D"windows-1252"></head><body>${body}</body></html>`;
const saved = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n' +
  part("text/html", "https://example.org/", "quoted-printable", page) + part("image/png", "https://example.org/a.png", "base64", PICTURE) + "--B--\r\n";
const made = (await convert(Buffer.from(saved, "latin1"))).data;
console.log(made.match(/img-src [^;]*/)[0]);
for (const name of ["source", "img", "image"]) console.log(made.match(new RegExp(`<${name} [^>]*`))[0].replaceAll(PICTURE, "…"));
console.log(JSON.stringify(made.match(/<p>(.*?)<\/p>/)[1]).replace(/[\u0080-\u009f]/g, (each) => `[U+${each.charCodeAt(0).toString(16)}]`));
JS
seen=$(node convert.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'img-src '\''self'\'' data:
<source srcset="https://example.org/b.png"
<img src="data:image/png;base64,…" alt="A" data-original-src="https://example.org/a.png"
<image href="https://example.org/a.png"
"[U+93]Why?[U+94]"' ]
