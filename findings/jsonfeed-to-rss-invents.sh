#!/bin/sh
# jsonfeed-to-rss 3.0.8, jsonfeed-to-atom 1.2.5 (npm), November 2026.
# Expected: a feed in JSON becomes one in RSS or Atom that says the same, and both versions of JSON Feed are read.
# Seen: version 1.1, in force since 2020, is refused. In RSS each feed is in American English, which nobody said, and both writers claim rights for
# the author, of the year in which they run: a copy of an old feed changes every January. Of two files of an entry RSS has the first only (the format
# has one), without a word; an entry's "2" becomes an identifier of Atom, which has to be
# an address. Set language and copyright yourself, and compare two runs without that line.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . jsonfeed-to-rss@3.0.8 jsonfeed-to-atom@1.2.5 >/dev/null 2>&1
cat > write.cjs <<'JS'
const writers = { rss: require("jsonfeed-to-rss"), atom: require("jsonfeed-to-atom") };
const file = (name, kind) => ({ url: `https://example.org/${name}`, mime_type: kind, size_in_bytes: 5 });
const feed = {
  version: "https://jsonfeed.org/version/1", title: "Gespräche", home_page_url: "https://example.org/", author: { name: "Ann" },
  feed_url: "https://example.org/feed.json",
  items: [{ id: "2", url: "https://example.org/2", content_text: "Salz", date_published: "2019-01-02T03:04:05Z",
    attachments: [file("talk.mp3", "audio/mpeg"), file("talk.pdf", "application/pdf")] }],
};
for (const [name, write] of Object.entries(writers)) {
  const made = write(feed);
  const [rights] = made.match(/©[^<]*/);
  console.log(`${name}:`, made.match(/<language>.*?>/)?.[0], rights.replace(new Date().getFullYear(), "THIS YEAR"),
    made.match(/enclosure/g).length, made.match(/<id>[^h].*?>/)?.[0]);
  try {
    write({ ...feed, version: "https://jsonfeed.org/version/1.1" });
  } catch (error) {
    console.log(error.message);
  }
}
JS
seen=$(node write.cjs)
printf '%s\n' "$seen"
[ "$seen" = 'rss: <language>en-us</language> © THIS YEAR Ann 1 undefined
jsonfeed-to-atom: JSON feed version 1 required
atom: undefined © THIS YEAR Ann 2 <id>2</id>
jsonfeed-to-atom: JSON feed version 1 required' ]
