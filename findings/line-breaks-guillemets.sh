#!/bin/sh
# linebreak 1.1.0 (npm; PDFKit sets its lines by it), css-line-break 2.1.0 (npm), uniseg 0.10.1 (PyPI), November 2026.
# Expected: libraries that follow Unicode's rules for the ends of lines (UAX 14) give the same ends, whatever year they are of; a line ends neither
# behind « nor before ».
# Seen: where French has plain spaces inside its guillemets, as most pages have, the two in JavaScript let a line end behind « and begin with »:
# their rules are of before Unicode 15.1, which forbade it. One more lets "p.12" be parted. With the space that does not break all agree. Put
# that space in before you set French by them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet uniseg==0.10.1 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . linebreak@1.1.0 css-line-break@2.1.0 >/dev/null 2>&1
cat > break.cjs <<'JS'
const LineBreak = require("linebreak");
const { LineBreaker } = require("css-line-break");
for (const text of ["dit « Pourquoi ? » bas", "dit «\u00a0Pourquoi\u00a0?\u00a0» bas", "see p.12"]) {
  const one = [];
  const breaks = new LineBreak(text);
  for (let from = 0, next; (next = breaks.nextBreak()); from = next.position) one.push(text.slice(from, next.position));
  const other = [];
  const lines = LineBreaker(text, { lineBreak: "strict", wordBreak: "normal" });
  for (let line = lines.next(); !line.done; line = lines.next()) other.push(line.value.slice());
  console.log(`linebreak: ${one.join("|")}; css-line-break: ${other.join("|")}`);
}
JS
seen=$(
  node break.cjs
  tools/bin/python -c 'from uniseg.linebreak import line_break_units as units; print("uniseg:", "|".join(units("dit « Pourquoi ? » bas")))'
)
seen=$(printf '%s' "$seen" | sed "s/$(printf '\302\240')/_/g")
printf '%s\n' "$seen"
[ "$seen" = 'linebreak: dit |« |Pourquoi ? |» |bas; css-line-break: dit |« |Pourquoi ? |» |bas
linebreak: dit |«_Pourquoi_?_» |bas; css-line-break: dit |«_Pourquoi_?_» |bas
linebreak: see |p.12; css-line-break: see |p.|12
uniseg: dit |« Pourquoi ? » |bas' ]
