#!/bin/sh
# docx2everything 1.1.0 (PyPI), November 2026.
# Expected: in its Markdown each note of a Word file has a label of its own; what a field shows is in the text; lists have the numbers that Word shows.
# Seen: footnotes and endnotes are labelled with the number of their part of the file, so that the first footnote and the first endnote are both
# [^2], and a reader of Markdown gives both calls the words of one. The number that a field of one element (PAGE, SEQ: "Figure 7") shows is gone,
# in the text it is there. A list that starts at c, or at 7, starts at 1. Rename the labels of one kind before you render.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet docx2everything==1.1.0 markdown-it-py==4.0.0 mdit-py-plugins==0.5.0 2>/dev/null
run() { printf '<w:r><w:t xml:space="preserve">%s</w:t></w:r>' "$1"; }
listed='<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
python3 "$here/word.py" talk.docx "<w:p>$(run Salt)<w:r><w:footnoteReference w:id=\"2\"/></w:r>$(run ' and light')<w:r><w:endnoteReference w:id=\"2\"/></w:r></w:p>\
<w:p>$(run 'Figure ')<w:fldSimple w:instr=\" SEQ Figure \">$(run 7)</w:fldSimple>$(run ': lamps')</w:p><w:p>$listed$(run Listed)</w:p>" \
  '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
seen=$(tools/bin/docx2everything talk.docx | sed '/^ *$/d'; echo ---; tools/bin/docx2everything -m talk.docx > talk.md; sed '/^ *$/d' talk.md
tools/bin/python - <<'PY'
import re
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

page = MarkdownIt().use(footnote_plugin).render(Path("talk.md").read_text())
print("---", re.findall(r'id="fn\d+"[^>]*>\s*<p>([^<]+)', page), page.count("footnote-ref\""))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "Salt and light
Figure 7: lamps
Listed---
Salt[^2] and light[^2]
Figure : lamps
1. Listed
[^2]: A footnote.
[^2]: An endnote.--- ['An endnote. '] 2" ]
