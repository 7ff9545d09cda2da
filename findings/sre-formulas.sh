#!/bin/sh
# speech-rule-engine 4.1.5 (npm; MathJax speaks with it), November 2026.
# Expected: a number whose thousands a thin space parts, as print has it, is read as a number; H2O as a formula of chemistry or letter by
# letter; A = a so that the two can be told apart; upright m as a unit or a letter.
# Seen, in ClearSpeak: "1 times 000" in English, German and Norwegian, though not in Catalan; "H sub 2 of O", as if H were a
# function; "A equals a", where only Catalan says which is the capital; "5 normal m". A reader who hears it gets another formula. Write
# the number in one mn, chemistry as mtext, and give your own words (alttext) where they matter.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . speech-rule-engine@4.1.5 >/dev/null
cat > say.js <<'JS'
process.env.SRE_JSON_PATH = require("path").resolve("node_modules/speech-rule-engine/lib/mathmaps");
const engine = require("speech-rule-engine");
const formulas = [
  '<mn>1</mn><mspace width=".167em"/><mn>000</mn>',
  "<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>",
  "<mi>A</mi><mo>=</mo><mi>a</mi>",
  '<mn>5</mn><mi mathvariant="normal">m</mi>',
];
(async () => {
  for (const locale of ["en", "ca"]) {
    await engine.setupEngine({ locale, domain: "clearspeak", modality: "speech" });
    await engine.engineReady();
    const said = formulas.map((each) => engine.toSpeech(`<math xmlns="http://www.w3.org/1998/Math/MathML">${each}</math>`));
    console.log(said.join("; "));
  }
})();
JS
seen=$(node say.js)
echo "$seen"
[ "$seen" = "1 times 000; H sub 2 of O; A equals a; 5 normal m
1 000; majúscula H subíndex 2 línia base majúscula O; majúscula A igual a; 5 normal m" ]
