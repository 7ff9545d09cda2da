#!/bin/sh
# docx-to-markdown 2.32.0, docx2python 3.7.1, docx2everything 1.1.0, betteroffice-docx 0.2.1 (PyPI), November 2026.
# Expected: the words that a Word file shows are in what its readers give: a character with its reading above it, a half, what stands in a content
# control, what an editor added under tracking.
# Seen: the character with a reading is right in none: docx-to-markdown ("Word-faithful") and betteroffice give neither character nor reading, the
# other two the reading first, unmarked. A half is 12, 12, nothing and nothing. betteroffice's text lacks what stands in a control inside a
# paragraph and what was added under tracking, though a control around a paragraph is there. Nobody warns, but of fonts for page breaks. Count
# the characters of such files yourself.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet docx-to-markdown==2.32.0 docx2python==3.7.1 docx2everything==1.1.0 betteroffice-docx==0.2.1 2>/dev/null
run() { printf '<w:r><w:t xml:space="preserve">%s</w:t></w:r>' "$1"; }
ruby="<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val=\"center\"/><w:hps w:val=\"10\"/><w:hpsRaise w:val=\"18\"/><w:hpsBaseText w:val=\"21\"/><w:lid w:val=\"ja-JP\"/>\
</w:rubyPr><w:rt>$(run かん)</w:rt><w:rubyBase>$(run 漢)</w:rubyBase></w:ruby></w:r>"
half='<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>'
control="<w:sdt><w:sdtContent>$(run control)</w:sdtContent></w:sdt>"
added="<w:ins w:id=\"9\" w:author=\"Ann\" w:date=\"2026-01-01T00:00:00Z\">$(run added)</w:ins>"
python3 "$here/word.py" talk.docx "<w:p>$ruby$(run ' reads')</w:p><w:p>$half$(run ' half')</w:p><w:p>$control$(run ' in line, ')$added</w:p>\
<w:sdt><w:sdtContent><w:p>$(run 'around')</w:p></w:sdtContent></w:sdt>"
seen=$(
  tools/bin/python - <<'PY'
import subprocess
from pathlib import Path

from betteroffice_docx import Document
from docx2python import docx2python

document = Document.open(Path("talk.docx").read_bytes())
told = [subprocess.run([f"tools/bin/{name}", "talk.docx"], capture_output=True, text=True) for name in ("docx-to-markdown", "docx2everything")]
texts = {
    "docx-to-markdown": told[0].stdout,
    "docx2everything": told[1].stdout,
    "docx2python": docx2python("talk.docx").text,
    "betteroffice": document.text() if callable(document.text) else document.text,
}
for name, text in texts.items():
    print(f"{name}:", " | ".join(line.strip() for line in text.splitlines() if line.strip()))
print({line.split(":")[1].strip() for each in told for line in each.stderr.splitlines()}, document.warnings)
PY
)
printf '%s\n' "$seen"
[ "$seen" = "docx-to-markdown: reads | 12 half | control in line, added | around
docx2everything: かん漢 reads | half | control in line, added | around
docx2python: かん漢 reads | <latex>12</latex> half | control in line, added | around | footnote2)	A footnote. | endnote2)	An endnote.
betteroffice: reads | half | in line, | around
{'incomplete-font'} []" ]
