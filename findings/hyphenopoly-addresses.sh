#!/bin/sh
# hyphenopoly 6.0.0 (npm), November 2026.
# Expected: addresses of pages and of mail are left alone; a compound that has its own hyphen is parted there, or in its parts as well.
# Seen: addresses get soft hyphens like words, in their host and path, so that whoever copies one from the page or the book gets another one,
# and a word with a number at its end is parted too. Behind a hyphen of its own a word gets a zero width space, which stays in what is copied, and
# neither part of it is parted. Mark addresses up and leave their text out, and take the spaces out of what you search.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . hyphenopoly@6.0.0 >/dev/null 2>&1
cat > part.mjs <<'JS'
import { readFileSync } from "node:fs";
import hyphenopoly from "hyphenopoly";
const parts = hyphenopoly.config({
  require: ["en-us", "de"],
  sync: true,
  loaderSync: (file) => readFileSync(`node_modules/hyphenopoly/patterns/${file}`),
});
const show = (language, text) => console.log(parts.get(language)(text).replaceAll("\u00ad", "|").replaceAll("\u200b", "[0]"));
show("en-us", "https://example.org/documentation, reader@documentation.example, documentation2026");
show("en-us", "well-documented");
show("de", "Zucker-Ersatz");
JS
seen=$(node part.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'https://ex|am|ple.org/doc|u|men|ta|tion, reader@doc|u|men|ta|tion.ex|am|ple, doc|u|men|ta|tion2026
well-[0]documented
Zucker-[0]Ersatz' ]
