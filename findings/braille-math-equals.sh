#!/bin/sh
# accessible-math-reader 0.4.1 (PyPI), speech-rule-engine 4.1.5 (npm), November 2026.
# Expected: two writers of Nemeth braille, the code for mathematics that readers learn at school, write an equation with the same cells.
# Seen: accessible-math-reader writes "equals" as one full cell (⠿, in Nemeth two cells, ⠨⠅) and less-or-equal as ⠪⠿, puts number signs within a
# fraction, where Nemeth has none. A comma stays a comma of print among the cells, and in UEB
# (--notation ueb) so does a Greek letter, which no embosser can emboss. Exit code 0. Have braille read by a reader of it, and look for what is not U+28xx.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet accessible-math-reader==0.4.1 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . speech-rule-engine@4.1.5 >/dev/null
cat > write.cjs <<'JS'
process.env.SRE_JSON_PATH = require("path").resolve("node_modules/speech-rule-engine/lib/mathmaps");
const engine = require("speech-rule-engine");
(async () => {
  await engine.setupEngine({ locale: "nemeth", modality: "braille" });
  await engine.engineReady();
  for (const each of process.argv.slice(2)) console.log(engine.toSpeech(each));
})();
JS
math() { printf '<math xmlns="http://www.w3.org/1998/Math/MathML">%s</math>' "$1"; }
equation=$(math '<mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>')
bound=$(math '<mi>α</mi><mo>≤</mo><mn>1,000</mn>')
seen=$(
  for each in "$equation" "$bound"; do tools/bin/amr -b "$each"; done
  tools/bin/amr -b --notation ueb "$bound"
  node write.cjs "$equation" "$bound"
)
printf '%s\n' "$seen"
[ "$seen" = '⠭⠀⠿⠀⠹⠼⠂⠌⠼⠆⠼
⠨⠁⠀⠪⠿⠀⠼⠂,⠴⠴⠴
α⠐⠪⠶⠼⠁,⠚⠚⠚
⠭⠀⠨⠅⠀⠹⠂⠌⠆⠼
⠨⠁⠀⠐⠅⠱⠀⠼⠂⠠⠴⠴⠴' ]
