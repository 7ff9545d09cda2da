#!/bin/sh
# pandoc 3.9 (pypandoc_binary 1.17, PyPI), foliate-js 1.0.1 (npm; the engine of the reader Foliate), November 2026.
# Expected: a reader of FB2 shows all the text that the format has elements for; pandoc reads at least what it writes itself.
# Seen: a table is gone with its words, though pandoc writes tables into FB2, and though it was told to be verbose: nothing is said. Foliate loses the
# title of a poem (the one of a verse stays) and runs a title of two paragraphs into one word in its contents. Between other programs take EPUB,
# and tables as text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pypandoc_binary==1.17 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . foliate-js@1.0.1 jsdom@26.1.0 >/dev/null 2>&1
pandoc=$(tools/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
echo '<table><tr><th>Light</th></tr><tr><td>seen</td></tr></table><p>Text.</p>' | "$pandoc" -f html -t fb2 -s --metadata title=Talk >table.fb2
cat > poem.fb2 <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><genre>nonfiction</genre><author><nickname>Ann</nickname>
</author><book-title>A talk</book-title><lang>en</lang></title-info><document-info><author><nickname>Ann</nickname></author><date>2026</date>
<id>1</id><version>1.0</version></document-info></description><body><section><title><p>The</p><p>keeper</p></title><poem><title><p>Song</p></title>
<stanza><title><p>First</p></title><v>Light.</v></stanza></poem></section></body></FictionBook>
XML
cat > read.mjs <<'JS'
import { readFileSync } from "fs";
import { JSDOM } from "jsdom";
const { window } = new JSDOM("");
for (const name of ["DOMParser", "XMLSerializer", "Node", "Document", "NodeFilter"]) globalThis[name] = window[name];
globalThis.document = window.document;
URL.createObjectURL = () => "blob:1";
const { makeFB2 } = await import("foliate-js/fb2.js");
const book = await makeFB2(new Blob([readFileSync("poem.fb2")]));
console.log("contents:", ...book.toc.map((line) => line.label));
const parts = await Promise.all(book.sections.map((section) => section.createDocument()));
console.log("text:", parts.map((part) => part.querySelector("body").textContent).join(" ").replace(/\s+/g, " ").trim());
JS
seen=$(
  grep -c "<td[^>]*>seen</td>" table.fb2
  "$pandoc" --verbose -f fb2 -t plain table.fb2 2>&1 | tr -s '\n' ' '
  echo
  node read.mjs
)
echo "$seen"
[ "$seen" = "1
Talk Text.$(printf ' ')
contents: Thekeeper
text: Thekeeper FirstLight." ]
