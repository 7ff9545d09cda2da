#!/bin/sh
# @iarna/rtf-to-html 1.1.0 (npm), November 2026.
# Expected: an RTF manuscript becomes a page with its words; a note stands somewhere apart; a character that has a substitute for old readers shows once.
# Seen: behind a hyphen that must not break and behind one that may, the rest of the word is gone ("well‑known" is "well‑", "co-op" is "co"), and a
# dash and quotation marks are nowhere. A typographers' apostrophe comes with its substitute ("It’?s"). A footnote stands in the midst of
# its sentence, hidden and deleted words show, the cells of a table and the paragraph behind it are one word. The callback's error is null. Use
# another reader, or count letters.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @iarna/rtf-to-html@1.1.0 >/dev/null 2>&1
cat > talk.rtf <<'RTF'
{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}\uc1
\pard Why{\super\chftn}{\footnote\pard\plain{\super\chftn} A note.}? It\u8217?s well\_known, a co\-op \endash  or caf\'e9 \ldblquote here\rdblquote .\par
\pard {\v hidden}{\deleted gone}\par
\trowd\cellx1000\cellx2000\pard\intbl salt\cell light\cell\row
\pard The end.\par}
RTF
cat > read.cjs <<'JS'
const { fromString } = require("@iarna/rtf-to-html");
fromString(require("fs").readFileSync("talk.rtf", "latin1"), (error, page) => {
  const words = page.slice(page.indexOf("<body")).replace(/<\/p>/g, "\n").replace(/<[^>]*>/g, "");
  console.log(error, words.split("\n").map((line) => line.trim()).filter(Boolean).join(" | "));
});
JS
seen=$(node read.cjs)
printf '%s\n' "$seen"
[ "$seen" = 'null Why A note.? It’?s well‑, a co­ or café here. | hiddengone | saltlightThe end.' ]
