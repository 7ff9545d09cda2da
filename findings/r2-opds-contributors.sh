#!/bin/sh
# r2-opds-js 1.0.47 (Readium's catalogue parser for desktops), November 2026.
# Expected: an Atom catalogue made to the JSON of OPDS 2 keeps what both can say: contributors, every language, which facet is on.
# Seen: contributors are lost, of two languages the first is kept, the active facet is not marked. The form that the client works
# with knows no photographer and one language.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . r2-opds-js@1.0.47 >/dev/null
cat > read.js <<'JS'
const base = "r2-opds-js/dist/es8-es2017/src/opds/";
require(base + "init-globals").initGlobalConverters_OPDS();
require("r2-shared-js/dist/es8-es2017/src/init-globals").initGlobalConverters_GENERIC();
const { XML } = require("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
const { OPDS } = require(base + "opds1/opds");
const { convertOpds1ToOpds2 } = require(base + "converter");
const { TaJsonSerialize } = require("r2-lcp-js/dist/es8-es2017/src/serializable");
const head = "<id>urn:uuid:1</id><title>A talk</title><updated>2026-01-01T00:00:00Z</updated>";
const people = "<author><name>Asker</name></author><contributor><name>Photographer</name></contributor>";
const spoken = "<dc:language>en</dc:language><dc:language>de</dc:language>";
const book = '<link rel="http://opds-spec.org/acquisition" href="talk.epub" type="application/epub+zip"/>';
const facet =
  '<link rel="http://opds-spec.org/facet" href="en.xml" title="English" opds:facetGroup="Language" opds:activeFacet="true"/>';
const spaces =
  'xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/" xmlns:opds="http://opds-spec.org/2010/catalog"';
const text = `<feed ${spaces}>${head}${facet}<entry>${head}${people}${spoken}${book}</entry></feed>`;
const document = new (require("@xmldom/xmldom").DOMParser)().parseFromString(text, "application/xml");
const made = TaJsonSerialize(convertOpds1ToOpds2(XML.deserialize(document, OPDS)));
const { author, contributor, language } = made.publications[0].metadata;
console.log(author, contributor, language, made.facets[0].links[0].rel);
JS
seen=$(node read.js 2>/dev/null)
echo "$seen"
[ "$seen" = "Asker undefined en http://opds-spec.org/facet" ]
