#!/bin/sh
# DOMPurify 3.4.18, sanitize-html 2.17.5 (npm), nh3 0.3.8, lxml_html_clean 0.4.6 (PyPI), November 2026.
# Expected: a cleaner of HTML keeps a formula (MathML is in the standard, and runs nothing), or takes it out whole; the TeX that stands
# beside it for copying (annotation, as KaTeX, MathJax and Wikipedia write it) is never shown.
# Seen, of a half with its TeX: DOMPurify keeps the fraction, takes the elements around it away and leaves their words, so that the TeX is
# shown behind the formula. lxml_html_clean keeps math and empties it of elements, so that a half is 12 and its TeX besides;
# sanitize-html has the same digits as words of the sentence; with nh3 nothing is left. Take annotations out before you clean, and let
# the cleaner know semantics and the elements of MathML.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet nh3==0.3.8 lxml_html_clean==0.4.6 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . dompurify@3.4.18 jsdom@26.1.0 sanitize-html@2.17.5 >/dev/null 2>&1
half='<mfrac><mn>1</mn><mn>2</mn></mfrac>'
tex='<annotation encoding="application/x-tex">\frac12</annotation>'
printf '%s\n' "<p>A <math><semantics>$half$tex</semantics></math> cup</p>" >page.html
cat > clean.py <<'PY'
import nh3
from lxml_html_clean import clean_html

page = open("page.html").read().strip()
print("lxml", clean_html(page).strip())
print("nh3", nh3.clean(page))
PY
cat > clean.cjs <<'JS'
const page = require("fs").readFileSync("page.html", "utf8").trim();
const { JSDOM } = require("jsdom");
console.log("DOMPurify", require("dompurify")(new JSDOM("").window).sanitize(page));
console.log("sanitize-html", require("sanitize-html")(page));
JS
seen=$(tools/bin/python clean.py && node clean.cjs)
printf '%s\n' "$seen"
[ "$seen" = 'lxml <p>A <math>12\frac12</math> cup</p>
nh3 <p>A  cup</p>
DOMPurify <p>A <math><mfrac><mn>1</mn><mn>2</mn></mfrac>\frac12</math> cup</p>
sanitize-html <p>A 12\frac12 cup</p>' ]
