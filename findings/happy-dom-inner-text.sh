#!/bin/sh
# happy-dom 21.0.4 (npm), November 2026.
# Expected: innerText is what a browser gives: a new line for br and for each entry of a list, nothing for what is hidden. That is why
# it is asked instead of textContent.
# Seen: paragraphs and definitions are apart, but br is nothing, entries are one word, and what has the attribute hidden is told:
# "Why?Because." An extractor that is tested with it gets other words than in a browser. Take another document model,
# or put the line breaks in yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . happy-dom@21.0.4 >/dev/null 2>&1
cat > read.mjs <<'JS'
import { Window } from "happy-dom";
const told = (markup) => {
  const page = new Window();
  page.document.body.innerHTML = markup;
  return JSON.stringify(page.document.body.innerText);
};
console.log(told("<p>One</p><p>Two</p>"), told("<p>Why?<br>Because.</p>"), told("<ul><li>a</li><li>b</li></ul>"), told("<p hidden>gone</p>"));
JS
seen=$(node read.mjs)
printf '%s\n' "$seen"
[ "$seen" = '"One\nTwo" "Why?Because." "ab" "gone"' ]
