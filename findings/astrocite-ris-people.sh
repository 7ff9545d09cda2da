#!/bin/sh
# astrocite-ris 0.16.4 (npm), November 2026.
# Expected: a reference in RIS becomes an entry of CSL with the same people, date and notes.
# Seen: of a name in three parts ("Keeper, Kay, Jr.", as the format has it) the given name becomes the suffix and the suffix the given name; who edited
# or asked (A2) is a second author behind the first, and no editor. Of several notes the last is left. The parts of a date are texts, "01", where CSL
# and its processors reckon with numbers. The identifier is another one in every run, so that no citation finds its entry again. Compare the people
# with the file's, and give identifiers yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . astrocite-ris@0.16.4 >/dev/null 2>&1
cat > read.cjs <<'JS'
const { parse } = require("astrocite-ris");
const lines = ["TY  - NEWS", "AU  - Keeper, Kay, Jr.", "A2  - Asker, Tom", "TI  - Salt", "PY  - 2026", "DA  - 2026/01/02/", "N1  - One.", "N1  - Two.", "ER  - "];
const [entry] = parse(`${lines.join("\n")}\n`);
console.log(JSON.stringify([entry.author, entry.editor, entry.issued, entry.note]), parse(`${lines.join("\n")}\n`)[0].id === entry.id);
JS
seen=$(node read.cjs)
printf '%s\n' "$seen"
[ "$seen" = '[[{"family":"Keeper","given":"Jr.","suffix":"Kay"},{"family":"Asker","given":"Tom"}],null,{"date-parts":[["2026","01","02"]]},"Two."] false' ]
