#!/bin/sh
# opds-ts 2.1.1 (npm), November 2026.
# Expected: a catalogue's entry with two authors is read with two, or with the first.
# Seen: with one author and one language both are read; with two of each there is none of either, without an error, and written out
# again the entry has no author at all. Interviews have two people: name them in one author element as well if such readers matter.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . opds-ts@2.1.1 >/dev/null
cat > read.mjs <<'JS'
import { Feed } from "opds-ts/v1.2";
const head = "<id>urn:uuid:1</id><title>A shelf</title><updated>2026-01-01T00:00:00Z</updated>";
const link = '<link rel="http://opds-spec.org/acquisition" href="talk.epub" type="application/epub+zip"/>';
const read = (people, languages) => {
  const said = people.map((each) => `<author><name>${each}</name></author>`).join("");
  const spoken = languages.map((each) => `<dc:language>${each}</dc:language>`).join("");
  const space = 'xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/"';
  const feed = Feed.fromXml(`<feed ${space}>${head}<entry>${head}${said}${spoken}${link}</entry></feed>`);
  const { author, dcMetadata } = feed.entries[0].options;
  return `${people.length}: ${author} ${dcMetadata?.language}`;
};
console.log([read(["Asker"], ["en"]), read(["Asker", "Answerer"], ["en", "de"])].join("; "));
JS
seen=$(node read.mjs)
echo "$seen"
[ "$seen" = "1: Asker en; 2: undefined undefined" ]
