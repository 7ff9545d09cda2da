#!/bin/sh
# html-to-rtf 2.1.0 (npm), November 2026.
# Expected: a page becomes a document of RTF with the same words; characters beyond ASCII and a backslash are escaped, as the format demands.
# Seen: a word whose colour its style gives by name begins with "undefined": "red" becomes "undefinedred". A backslash stays as it is, so
# that it makes what follows a control word: of "C:\parlour" the reader sees "C:". A dash is written as bytes of UTF-8, which readers of RTF take
# for Windows-1252, and a list that starts at 7 starts at 1. No error. Give colours as rgb(), and escape backslashes and dashes before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . html-to-rtf@2.1.0 >/dev/null 2>&1
python3 -m venv tools && tools/bin/pip install --quiet striprtf==0.0.35 2>/dev/null
cat > write.cjs <<'JS'
const writer = require("html-to-rtf");
const page = '<p>The lamp is <span style="color: red">red</span>.</p><p>C:\\parlour \u2014 it said</p><ol start="7"><li>Seven</li></ol>';
require("fs").writeFileSync("talk.rtf", writer.convertHtmlToRtf(page));
JS
node write.cjs
seen=$(grep -o 'pnstart[0-9]*' talk.rtf; tools/bin/python - <<'PY'
from pathlib import Path

from striprtf.striprtf import rtf_to_text

print(*(line.strip() for line in rtf_to_text(Path("talk.rtf").read_text("cp1252")).split("\n") if line.strip()), sep="\n")
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'pnstart1
The lamp is undefinedred.
C:â€” it said
Seven' ]
