#!/bin/sh
# bibtex-tidy 1.14.0 (npm), November 2026.
# Expected: a tidied bibliography means what it meant: an abbreviation (@string) is defined before it is used, an entry that inherits (crossref) stands
# before the one it inherits from, both of which BibTeX demands, and still names it.
# Seen: sort: true takes the abbreviation along with the entry that follows it, so that it is defined behind its users, and puts a parent before its child
# wherever the alphabet does; for BibTeX the publisher is empty and the child has no book. generateKeys: true gives the parent a new key, and its children
# go on asking for the old one. Nothing warns. Keep abbreviations in a file of their own, and neither sort nor rename where crossref is used.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . bibtex-tidy@1.14.0 >/dev/null 2>&1
cat > talks.bib <<'BIB'
@string{pier = {The Pier}}
@inbook{zoe, title = {Salt}, crossref = {volume}}
@book{lamp, title = {Lamps}, publisher = pier}
@book{volume, title = {Talks}, author = {Keeper, Kay}, year = 1999}
BIB
cat > tidy.cjs <<'JS'
const { tidy } = require("bibtex-tidy");
const talks = require("fs").readFileSync("talks.bib", "utf8");
for (const options of [{ sort: true }, { generateKeys: true }]) {
  const { bibtex, warnings } = tidy(talks, options);
  console.log(bibtex.replace(/ += /g, " = ").match(/@\w+\{\w+|crossref\s*= \{\w+|publisher\s*= \w+/g).join(" "), warnings.length);
}
JS
seen=$(node tidy.cjs)
printf '%s\n' "$seen"
[ "$seen" = '@book{lamp publisher = pier @book{volume @string{pier @inbook{zoe crossref = {volume 0
@string{pier @inbook{zoe crossref = {volume @book{lamp publisher = pier @book{keeper1999talks 0' ]
