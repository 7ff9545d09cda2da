#!/bin/sh
# mathml-to-latex 1.8.0 (npm), November 2026.
# Expected: of an maction, the child that is shown (the first, or the one its selection names) is written, as MathML 3 has it and
# as browsers draw it.
# Seen: both children with an arrow between them that means "implies". A formula on a page that folds its steps away comes out as a
# statement that nobody made. No error. Take the selected child before you convert.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . mathml-to-latex@1.8.0 >/dev/null
cat > convert.js <<'JS'
const { MathMLToLaTeX } = require("mathml-to-latex");
const action = '<maction actiontype="toggle" selection="1"><mi>a</mi><mi>b</mi></maction>';
console.log(MathMLToLaTeX.convert(`<math xmlns="http://www.w3.org/1998/Math/MathML">${action}</math>`));
JS
seen=$(node convert.js)
echo "$seen"
[ "$seen" = 'a \Longrightarrow b' ]
