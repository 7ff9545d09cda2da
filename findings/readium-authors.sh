#!/bin/sh
# r2-shared-js 1.0.85 (the parser of Readium's desktop reader), November 2026.
# Expected: every dc:creator is an author, every dc:contributor a contributor; the role says what kind.
# Seen: the role alone decides. A creator who is an interviewer (ivr) or an interviewee (ive) is no author but a contributor, a
# contributor with the role aut is an author and stands before the creators, and a creator with several roles goes by the first
# of them. So an interview whose people have only these two roles has no author on the shelf: give each "aut" first.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . r2-shared-js@1.0.85 >/dev/null
person() { echo "<dc:$1 id=\"$2\">$3</dc:$1>"; shift 3; for role; do echo "<meta refines=\"#$id\" property=\"role\" scheme=\"marc:relators\">$role</meta>"; done; }
id=p1 && people=$(person creator p1 Asker ivr)
id=p2 && people=$people$(person creator p2 Answerer ive)
id=p3 && people=$people$(person creator p3 Both aut ivr)
id=p4 && people=$people$(person creator p4 Reversed ivr aut)
id=p5 && people=$people$(person contributor p5 Contributed aut)
python3 "$here/book.py" talk.epub "$people" "<p>Text.</p>"
cat > read.js <<'JS'
const { EpubParsePromise } = require("r2-shared-js/dist/es8-es2017/src/parser/epub");
EpubParsePromise("talk.epub").then((book) => {
  const names = (kind) => (book.Metadata[kind] || []).map((each) => each.Name).join(", ");
  console.log(`authors: ${names("Author")}; contributors: ${names("Contributor")}`);
});
JS
seen=$(node read.js)
echo "$seen"
[ "$seen" = "authors: Contributed, Both; contributors: Asker, Answerer, Reversed" ]
