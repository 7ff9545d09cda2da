#!/bin/sh
# edtf 5.0.2 (PyPI), edtf 4.11.1, @edtf-ts/core 0.4.2 (npm), November 2026.
# Expected: three libraries of the Extended Date/Time Format (ISO 8601-2) agree on the days that a date covers, or say that it is uncertain.
# Seen: spring 1702 is January to March, or March to May; its winter is October to December, December alone, or December to February of the
# next year: three libraries, three winters. Of the set [1667,1668,1670..1672] the one in JavaScript ends with 1670. Read in
# words by the one in Python, 44 BC, the year -0043 of ISO 8601, is -0044, the first century 00XX, and "between 1702 and 1705" nothing.
# Keep the words of old dates beside the dates, and sort by the year.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet edtf==5.0.2 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . edtf@4.11.1 @edtf-ts/core@0.4.2 >/dev/null 2>&1
cat > days.mjs <<'JS'
import edtf from "edtf";
import * as typed from "@edtf-ts/core";
const day = (time) => new Date(Number(time)).toISOString().slice(0, 10);
for (const text of ["1702-21", "1702-24", "[1667,1668,1670..1672]"]) {
  const [one, other] = [edtf(text), typed.parse(text).value];
  console.log(text, day(one.min), day(one.max), "or", day(other.min), day(other.max));
}
JS
seen=$(
  tools/bin/python - <<'PY'
from edtf import parse_edtf, text_to_edtf

for text in ["1702-21", "1702-24", "[1667,1668,1670..1672]"]:
    date = parse_edtf(text)
    print(text, *("%d-%02d-%02d" % bound[:3] for bound in (date.lower_strict(), date.upper_strict())))
print(*map(text_to_edtf, ["44 BC", "1st century", "between 1702 and 1705"]))
PY
  node days.mjs
)
printf '%s\n' "$seen"
[ "$seen" = '1702-21 1702-03-01 1702-05-31
1702-24 1702-12-01 1702-12-31
[1667,1668,1670..1672] 1667-01-01 1672-12-31
-0044 00XX None
1702-21 1702-01-01 1702-03-31 or 1702-03-01 1702-05-31
1702-24 1702-10-01 1702-12-31 or 1702-12-01 1703-02-28
[1667,1668,1670..1672] 1667-01-01 1670-12-31 or 1667-01-01 1672-12-31' ]
