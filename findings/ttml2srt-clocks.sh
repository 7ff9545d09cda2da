#!/bin/sh
# ttml2srt 1.2.4, node-webvtt 1.9.4 (npm), November 2026.
# Expected: a transcript in TTML or WebVTT, both of them valid, is read with the times that its author meant.
# Seen: in TTML times count from the begin of what encloses them; ttml2srt does not add that of the division, so that a talk in parts has all parts at
# its beginning, and words of two parts that have the same time are one entry. An entry with a duration (dur) in place of an end is a TypeError of undefined. A
# reference stays: "salt &amp; light". node-webvtt takes the style block of a file for a cue and refuses the whole transcript; told not to be strict it
# reads the cues and calls the file invalid, so that it cannot write it again. Resolve times before you convert, take style blocks out before you read.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . ttml2srt@1.2.4 node-webvtt@1.9.4 >/dev/null 2>&1
cat > read.cjs <<'JS'
const { ttml2srt } = require("ttml2srt");
const vtt = require("node-webvtt");
const talk = (entries) => `<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body>${entries}</body></tt>`;
const attempt = (read) => {
  try {
    return read();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const parts = '<div><p begin="00:00:01.000" end="00:00:02.000">Why salt &amp; light?</p></div>' +
  '<div begin="00:01:40.000"><p begin="00:00:01.000" end="00:00:02.000">The second part.</p></div>';
const lasting = '<div><p begin="00:00:01.000" dur="00:00:01.000">Because.</p></div>';
const styled = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nWhy?\n";
const seen = [
  JSON.stringify(ttml2srt(talk(parts))).replace("\ufeff", "[BOM]"),
  attempt(() => ttml2srt(talk(lasting))),
  attempt(() => vtt.parse(styled)),
  attempt(() => vtt.compile(vtt.parse(styled, { strict: false }))),
];
for (const line of seen) process.stdout.write(`SEEN ${line}\n`);
JS
seen=$(node read.cjs 2>/dev/null | sed -n 's/^SEEN //p')
printf '%s\n' "$seen"
[ "$seen" = '"[BOM]1\r\n00:00:01,000 --> 00:00:02,000\r\nWhy salt &amp; light?\r\nThe second part.\r\n\r\n"
TypeError: Cannot read properties of undefined (reading '\''match'\'')
Error: Cue identifier needs to be followed by timestamp (cue #0)
Error: Input must be valid' ]
