#!/bin/sh
# mathml2omml 0.5.0 (npm), November 2026.
# Expected: mfenced, which Word and old pages write, becomes the delimiters of OMML, or an error; a letter in double-struck style
# keeps it; of an maction one child is taken; what an mphantom holds is not shown.
# Seen: the half-open interval [a, b) becomes "ab", the set of reals the letter R, an maction both of its children, a phantom is
# shown. The result is valid, and nothing but a line on the console tells. Expand mfenced to mo, and write ℝ, not R in a style.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . mathml2omml@0.5.0 >/dev/null
cat > convert.js <<'JS'
const { mml2omml } = require("mathml2omml");
console.warn = console.error = () => {};
const say = console.log;
console.log = () => {};
const shown = (formula) => mml2omml(`<math xmlns="http://www.w3.org/1998/Math/MathML">${formula}</math>`).replace(/<[^>]+>/g, "");
const seen = [
  shown('<mfenced open="[" close=")"><mi>a</mi><mi>b</mi></mfenced>'),
  shown('<mi mathvariant="double-struck">R</mi>'),
  shown('<maction actiontype="toggle"><mi>a</mi><mi>b</mi></maction>'),
  shown("<mrow><mi>a</mi><mphantom><mi>b</mi></mphantom></mrow>"),
];
say(seen.join(" "));
JS
seen=$(node convert.js)
echo "$seen"
[ "$seen" = "ab R ab ab" ]
