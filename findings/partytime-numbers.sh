#!/bin/sh
# podcast-partytime 5.0.0 (npm), November 2026.
# Expected: the title of an episode, its identifier and the author of a podcast are text, as the format has them.
# Seen: what looks like a number is taken for one. The episode "1984" has no title, and where it has no description either it is not in the
# result at all; the podcast's author "2000" is an empty text. The identifier 0012 becomes 12, and 1e3 becomes 1000: whoever keeps episodes
# by their identifiers has them twice, or two of them in one place. Prefix such titles with a word, and let no identifier look like a number.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . podcast-partytime@5.0.0 >/dev/null 2>&1
cat > read.cjs <<'JS'
const { parseFeed } = require("podcast-partytime");
const episode = (title, description, identifier) =>
  `<item><title>${title}</title>${description && `<description>${description}</description>`}<guid isPermaLink="false">${identifier}</guid>` +
  '<enclosure url="https://example.org/talk.mp3" length="1000" type="audio/mpeg"/></item>';
const feed = parseFeed(
  '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Talks</title><description>Of salt.</description>' +
    "<link>https://example.org/</link><language>en</language><itunes:author>2000</itunes:author>" +
    episode("1984", "", "one") + episode("1984", "Of a novel.", "two") + episode("Salt", "Of salt.", "0012") + episode("Light", "", "1e3") +
    "</channel></rss>",
);
console.log(JSON.stringify(feed.author));
for (const each of feed.items) console.log(JSON.stringify([each.guid, each.title, each.description]));
JS
seen=$(node read.cjs 2>/dev/null | grep -v '"level"')
printf '%s\n' "$seen"
[ "$seen" = '""
["two",null,"Of a novel."]
["12","Salt","Of salt."]
["1000","Light",null]' ]
