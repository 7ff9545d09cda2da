#!/bin/sh
# citation-js 0.7.22 with @citation-js/plugin-ris 0.8.2 (npm), November 2026.
# Expected: an interview in CSL becomes "misc" in BibTeX and something general in RIS, its interviewer perhaps a note; what is read back
# is an interview, or a document at worst.
# Seen: BibLaTeX has it as "audio", and that read back is a "song". The interviewer is in none of the three formats, in no field
# and no note, though the person is given in the reference that the same library sets in APA. Write interviews as CSL JSON.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . citation-js@0.7.22 @citation-js/plugin-ris@0.8.2 >/dev/null 2>&1
cat > cite.js <<'JS'
const Cite = require("citation-js");
require("@citation-js/plugin-ris");
const talk = new Cite({
  id: "talk",
  type: "interview",
  title: "A talk of lamps",
  author: [{ family: "Answerer", given: "Ann" }],
  interviewer: [{ family: "Asker", given: "Al" }],
  issued: { "date-parts": [[2026, 1]] },
});
for (const format of ["biblatex", "bibtex", "ris"]) {
  const written = talk.format(format);
  const [read] = new Cite(written).data;
  console.log(format, written.split("{")[0].split("\n")[0].trim(), "|", read.type, written.includes("Asker"));
}
console.log(talk.format("bibliography", { template: "apa" }).trim());
JS
seen=$(node cite.js)
printf '%s\n' "$seen"
[ "$seen" = 'biblatex @audio | song false
bibtex @misc | document false
ris TY  - GEN | document false
Answerer, A. (2026, January). A talk of lamps (A. Asker, Interviewer) [Personal communication].' ]
