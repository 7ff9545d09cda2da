#!/bin/sh
# @mizchi/readability 0.7.7 (npm), markdown-it 14.1.0 as the reader, November 2026.
# Expected: a reader view that makes Markdown makes a table that programs for Markdown read as one, and headings that begin a line.
# Seen: the rule under the heads comes before them, so that there is no table for anybody, only lines with strokes. A heading behind a
# list of definitions stands in that list's line, "Keeper Yes. ## The storm", and is none; a figure is parted from its word, "H 2 O". Make
# HTML with it (toHTML), and Markdown with something else.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @mizchi/readability@0.7.7 markdown-it@14.1.0 >/dev/null 2>&1
cat > read.mjs <<'JS'
import { extract, toMarkdown } from "@mizchi/readability";
import MarkdownIt from "markdown-it";
const answer = "<p>Because I wanted to see the sea, and nobody else would go there, as far as I know, in that year or in the next one.</p>";
const page = `<html><head><title>A talk</title></head><body><article><h1>A talk</h1>${answer.repeat(4)}
<dl><dt>Asker</dt><dd>Was it H<sub>2</sub>O?</dd><dt>Keeper</dt><dd>Yes.</dd></dl><h2>The storm</h2>${answer.repeat(2)}
<table><tr><th>Year</th><th>Lamps</th></tr><tr><td>1702</td><td>three</td></tr></table>${answer.repeat(2)}</article></body></html>`;
const made = toMarkdown(extract(page, { charThreshold: 100 }).root);
console.log(made.split("\n").filter((line) => line && !line.startsWith("Because")).join("\n"));
const html = new MarkdownIt().render(made);
console.log("tables:", html.split("<table").length - 1, "headings:", html.split("<h2").length - 1);
JS
seen=$(node read.mjs)
printf '%s\n' "$seen"
[ "$seen" = '# A talk
Asker Was it H 2 O? Keeper Yes. ## The storm
| --- | --- |
| Year | Lamps |
| 1702 | three |
tables: 0 headings: 0' ]
