#!/bin/sh
# typograf 7.8.0, smartquotes 2.3.2 (npm), smartypants 2.0.2 (PyPI), November 2026.
# Expected: what makes straight quotation marks curly knows a speech within a speech, a speech that begins with an emphasised word or stands in a
# link, and a dash between two speeches; it changes marks, no spaces.
# Seen: typograf puts a space into "'Why? '" and leaves that speech's marks straight, knows no second speech behind a dash, and takes the marks
# of a link's words out of the link. smartquotes begins a speech whose first word is a speech itself with the sign for inches (″). With
# smartypants the answer right behind a dash begins with a closing mark. Search what comes out for ″, for spaces before marks, and for
# closing marks at the beginning of words.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet smartypants==2.0.2 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . typograf@7.8.0 smartquotes@2.3.2 >/dev/null 2>&1
cat > talk.txt <<'TXT'
"'Why?' she said."
"Why?"--"Because."
<a href="a.html">"Salt"</a>
TXT
cat > quote.mjs <<'JS'
import { readFileSync } from "fs";
import smartquotes from "smartquotes";
import Typograf from "typograf";
const lines = readFileSync("talk.txt", "utf8").trim().split("\n");
const typograf = new Typograf({ locale: ["en-US"] });
console.log("typograf: " + lines.map((line) => typograf.execute(line)).join(" | "));
console.log("smartquotes: " + lines.slice(0, 2).map((line) => smartquotes.string(line)).join(" | "));
JS
seen=$(
  node quote.mjs
  tools/bin/python -c 'import smartypants as s; print("smartypants:", " | ".join(s.smartypants(line.strip(), s.Attr.set1 | s.Attr.u) for line in open("talk.txt")))'
)
printf '%s\n' "$seen"
expected=$(cat <<'TXT'
typograf: “'Why? ' she said.” | “Why?"--"Because.” | “<a href="a.html">Salt</a>”
smartquotes: ″‘Why?’ she said.” | “Why?”--“Because.”
smartypants: “‘Why?’ she said.” | “Why?”—”Because.” | <a href="a.html">“Salt”</a>
TXT
)
[ "$seen" = "$expected" ]
