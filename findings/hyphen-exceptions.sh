#!/bin/sh
# hyphen 1.14.1 (npm), with hyphenation.en-us 0.2.1 for comparison, November 2026.
# Expected: the words that English patterns list by hand are the ones that are surely right: dec-li-na-tion, as-so-ciate.
# Seen: they are the ones that are wrong. The first break is right, and each later one is one letter further to the right than the one
# before: "dec-lin-ati-on", "as-soc-iate", "phil-ant-hropic". Words that only the patterns know are right. Give the listed words' breaks
# yourself, or take another engine for American English.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . hyphen@1.14.1 hypher@0.2.5 hyphenation.en-us@0.2.1 >/dev/null
cat > part.js <<'JS'
const { hyphenateSync } = require("hyphen/en-us");
const other = new (require("hypher"))(require("hyphenation.en-us"));
const shown = (text) => text.replaceAll("\u00ad", "-");
for (const word of ["associate", "declination", "philanthropic", "reformation", "information"])
  console.log(shown(hyphenateSync(word)), shown(other.hyphenateText(word)));
JS
seen=$(node part.js)
echo "$seen"
[ "$seen" = "as-soc-iate as-so-ci-ate
dec-lin-ati-on dec-li-na-tion
phil-ant-hropic phil-an-thropic
ref-orm-ati-on re-for-ma-tion
in-for-ma-tion in-for-ma-tion" ]
