#!/bin/sh
# rss-parser 3.13.0, feedme 2.0.2, @extractus/feed-extractor 8.0.3, @rowanmanning/feed-parser 2.1.5 (npm), November 2026.
# Expected: an entry of Atom whose content is XHTML (RFC 4287, 3.1.1.3) loses its markup at worst; the words stay, in their order.
# Seen: in two of four the words in inline elements leave their sentence. rss-parser, which gives HTML, puts them at the paragraph's end:
# H2O becomes "HO … 2", feedme keeps the sentence with holes and the words as a table beside it. feed-extractor gives no content, and of a
# summary in plain text, "Is 5 < 6?", what stands between the sign and the next ">" is gone. The fourth keeps order and markup and writes & and <
# as they are, so that its HTML is another one. Publish content as escaped HTML (type="html"), and read it with a parser of XML.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . rss-parser@3.13.0 feedme@2.0.2 @extractus/feed-extractor@8.0.3 @rowanmanning/feed-parser@2.1.5 >/dev/null 2>&1
cat > feed.xml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Talks</title><id>urn:uuid:4f0a8c2e-7d6c-4c4e-9c83-0d5a3f1b2c10</id>
<updated>2026-01-02T00:00:00Z</updated><author><name>Asker</name></author>
<entry><title>Salt</title><id>urn:uuid:4f0a8c2e-7d6c-4c4e-9c83-0d5a3f1b2c11</id><updated>2026-01-02T00:00:00Z</updated>
<link href="https://example.org/salt"/><summary type="text">Is 5 &lt; 6? Use &lt;b&gt; for bold.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>H<sub>2</sub>O &amp; <em>salt</em>, 5 &lt; 6.</p></div></content></entry></feed>
XML
cat > read.mjs <<'JS'
import { readFileSync } from "fs";
import Parser from "rss-parser";
import FeedMe from "feedme";
import { extractFromXml } from "@extractus/feed-extractor";
import { parseFeed } from "@rowanmanning/feed-parser";
const xml = readFileSync("feed.xml", "utf8");
const entry = (await new Parser().parseString(xml)).items[0];
console.log("rss-parser", entry.content.match(/<p>.*<\/p>/)[0]);
const feed = new FeedMe(true);
feed.write(xml);
feed.end();
console.log("feedme", JSON.stringify(feed.done().items[0].content.div.p));
const { published, link, id, title, ...rest } = extractFromXml(xml).entries[0];
console.log("feed-extractor", JSON.stringify(rest));
console.log("feed-parser", parseFeed(xml).items[0].content);
JS
seen=$(node read.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'rss-parser <p>HO &amp; , 5 &lt; 6.<sub>2</sub><em>salt</em></p>
feedme {"text":"HO & , 5 < 6.","sub":"2","em":"salt"}
feed-extractor {"description":"Is 5  for bold."}
feed-parser <p>H<sub>2</sub>O & <em>salt</em>, 5 < 6.</p>' ]
