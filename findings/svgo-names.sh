#!/bin/sh
# svgo 4.1.0 (npm) with its default plugins; names computed by dom-accessibility-api 0.7.1 and jsdom 26.1.0, November 2026.
# Expected: what makes a drawing smaller leaves what is said instead of it: aria-labelledby with the ids of title and desc is the way that
# guides to accessible SVG give, and the file uses these ids.
# Seen: the ids go and the attribute stays, pointing at nothing, so that the description is said no more and the title only by luck; the role (img),
# without which readers of screens walk through the drawing's parts, goes, too. A link inside it, to one of its own parts, has lost its
# address. Write aria-label, or switch cleanupIds and removeUnknownsAndDefaults off.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . svgo@4.1.0 dom-accessibility-api@0.7.1 jsdom@26.1.0 >/dev/null 2>&1
cat > name.mjs <<'JS'
import { computeAccessibleName } from "dom-accessibility-api";
import { JSDOM } from "jsdom";
import { optimize } from "svgo";
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" role="img" aria-labelledby="t d"><title id="t">A lamp</title>' +
  '<desc id="d">Seen from the pier</desc><a href="#ray"><path d="M0 0h9v9z"/></a><g id="ray" role="list"><path d="M0 9h9"/></g></svg>';
for (const each of [drawing, optimize(drawing).data]) {
  const svg = new JSDOM(each, { contentType: "image/svg+xml" }).window.document.documentElement;
  const link = svg.querySelector("a").getAttribute("href");
  console.log(`name: ${computeAccessibleName(svg)}; role: ${svg.getAttribute("role")}; link: ${link}; ${svg.getAttribute("aria-labelledby")}`);
}
JS
seen=$(node name.mjs)
echo "$seen"
[ "$seen" = "name: A lamp Seen from the pier; role: img; link: #ray; t d
name: A lamp; role: null; link: null; t d" ]
