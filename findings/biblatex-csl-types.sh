#!/bin/sh
# biblatex-csl-converter 3.2.2 (npm; the newest for Node.js 20), November 2026.
# Expected: from BibLaTeX to CSL a collection of talks becomes a book, a data set a data set, spring 1702 a season; letters become letters.
# Seen: the collection is a data set, and a data set an article. The season stands in the date as the month 21. Of Swedish å the one that is
# written \r{a} comes out as ring and letter beside one another, {\aa} as å; an accented i in the oldest notation has its accent before it, in
# Sanskrit the dot below is lost. "and others" is a person named "others". No error. Look at collections and at "others"
# in what comes out, and write accents as Unicode.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . biblatex-csl-converter@3.2.2 >/dev/null 2>&1
cat > read.mjs <<'JS'
import { BibLatexParser, CSLExporter } from "biblatex-csl-converter";
const source = String.raw`
@collection{a, title = {Talks}, editor = {Keeper, Ann and others}, date = {1702-21}}
@dataset{b, title = {\r{a}, {\aa}, \'{\i}, \d{h}}}
`;
const { entries, errors } = new BibLatexParser(source).parse();
for (const { type, title, editor, issued } of Object.values(new CSLExporter(entries).parse()))
  console.log(type, JSON.stringify(title), JSON.stringify(editor), JSON.stringify(issued));
console.log(errors.length);
JS
seen=$(node read.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'dataset "Talks" [{"given":"Ann","family":"Keeper"},{"literal":"others"}] {"date-parts":[[1702,21]]}
article "˚a, å, ́ı, h" undefined undefined
0' ]
