#!/bin/sh
# pymarc 5.4.0 (PyPI), marcjs 3.0.2 (npm), November 2026.
# Expected: a note of a catalogue's record that is longer than MARC's exchange format can count (9,999 bytes a field, ISO 2709) is refused by
# the writer, cut, or kept by a reader that goes by the marks at the field's end.
# Seen: pymarc writes the record without a word, its number of five digits pushing all that follows one place to the right, and reads None
# where the record was: title and persons are gone with the note. marcjs reads the same bytes as a record of empty fields that nobody wrote
# (a field "170"), and what it writes itself it cannot read either. A transcript or a long abstract does that. Write MARCXML, or
# count bytes, not letters.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pymarc==5.4.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . marcjs@3.0.2 >/dev/null 2>&1
cat > read.mjs <<'JS'
import { readFileSync } from "fs";
import { Marc } from "marcjs";
const show = (record) => record.fields.map((field) => `${field[0]}:${String(field.at(-1)).length}`).join(" ").replace(/[\x1e\x1f]/g, "?");
console.log("marcjs", show(Marc.parse(readFileSync("long.mrc"), "iso2709")));
const own = Marc.parse(readFileSync("short.mrc"), "iso2709");
own.fields[1][3] = "word ".repeat(2500);
console.log("marcjs of its own", show(Marc.parse(Buffer.from(Marc.format(own, "iso2709")), "iso2709")));
JS
seen=$(
  tools/bin/python - <<'PY'
from pymarc import Field, MARCReader, Record, Subfield

for name, words in (("short", 100), ("long", 2500)):
    record = Record(force_utf8=True)
    record.add_field(Field("245", ["0", "0"], [Subfield("a", "A talk")]))
    record.add_field(Field("520", [" ", " "], [Subfield("a", "word " * words)]))
    record.add_field(Field("700", ["1", " "], [Subfield("a", "Keeper, Ann")]))
    with open(f"{name}.mrc", "wb") as target:
        target.write(record.as_marc())
    with open(f"{name}.mrc", "rb") as source:
        print("pymarc", *(back and " ".join(field.tag for field in back) for back in MARCReader(source)))
PY
  node read.mjs
)
printf '%s\n' "$seen"
[ "$seen" = 'pymarc 245 520 700
pymarc None
marcjs 245:6 520:0 170:0 6?0:0
marcjs of its own 245:5 520:0 170:0' ]
