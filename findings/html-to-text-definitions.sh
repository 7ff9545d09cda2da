#!/bin/sh
# html-to-text 10.0.1 (npm), November 2026.
# Expected: what a browser shows on lines of its own is on lines of its own in the plain text, too; entries of lists have the numbers that
# the page gives them.
# Seen: dl, dt, dd and figcaption are no blocks for it: an interview that is marked as a list of definitions is one word,
# "AskerWhy?AnswererBecause.", and a caption hangs on the address of its picture. start and type are followed, value and reversed
# are not: point 7 is point D. Give it the block formatter for these elements (selectors), and number by hand.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . html-to-text@10.0.1 >/dev/null 2>&1
cat > convert.mjs <<'JS'
import { convert } from "html-to-text";
for (const markup of [
  "<dl><dt>Asker</dt><dd>Why?</dd><dt>Answerer</dt><dd>Because.</dd></dl>",
  '<figure><img src="pier.jpg" alt="A pier"><figcaption>Low tide</figcaption></figure>',
  '<ol type="A" start="3"><li>c</li><li value="7">g</li></ol><ol reversed><li>x</li><li>y</li></ol>',
])
  console.log(convert(markup).split(/\n+/).map((line) => line.trim()).join(" / "));
JS
seen=$(node convert.mjs)
printf '%s\n' "$seen"
[ "$seen" = "AskerWhy?AnswererBecause.
A pier [pier.jpg]Low tide
C. c / D. g / 1. x / 2. y" ]
