#!/bin/sh
# asciidoctrine 0.2.0a8 with asciidoctype 0.1.0a7 (PyPI), @asciidoctor/core 4.1.0 (npm), November 2026.
# Expected: two processors of AsciiDoc give a valid text the same meaning: curved quotation marks, a list that starts at 7, questions and answers.
# Seen: the marks that AsciiDoc writes as "`…`" become straight ones around code: all that somebody says is set in a typewriter's face, and the
# apostrophe stays straight. The list starts at 1, and questions and answers are a list of definitions like any other, so that no style tells them apart.
# strict=True finds nothing. Write the curved characters themselves.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet asciidoctrine==0.2.0a8 asciidoctype==0.1.0a7 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @asciidoctor/core@4.1.0 >/dev/null 2>&1
cat > talk.adoc <<'ADOC'
She said "`Why?`" and it is Ann's.

[start=7]
. Seven

[qanda]
Why?:: Salt.
ADOC
cat > ours.py <<'PY'
from pathlib import Path

import asciidoctrine
import asciidoctype

tree = asciidoctrine.resolve_to_ast(asciidoctrine.parse_to_ast(Path("talk.adoc").read_text(), strict=True))
print(asciidoctype.render(tree.to_dict(), strict=True).partition('<div id="content">')[2].partition("</body>")[0])
PY
cat > theirs.mjs <<'JS'
import { readFileSync } from "node:fs";
import * as core from "@asciidoctor/core";
const processor = core.default ? core.default() : core;
console.log(await processor.convert(readFileSync("talk.adoc", "utf8")));
JS
short() { tr '\n' ' ' | sed 's/> *</></g; s/  */ /g; s/^ //; s/ $//'; echo; }
seen=$(tools/bin/python ours.py | short; node theirs.mjs | short)
printf '%s\n' "$seen"
[ "$seen" = '<p>She said "<code>Why?</code>" and it is Ann'\''s.</p><ol class="olist"><li>Seven</li></ol><dl class="dlist"><dt>Why?</dt><dd><p>Salt.</p></dd></dl></div>
<div class="paragraph"><p>She said &#8220;Why?&#8221; and it is Ann&#8217;s.</p></div><div class="olist arabic"><ol class="arabic" start="7"><li><p>Seven</p></li></ol></div><div class="qlist qanda"><ol><li><p><em>Why?</em></p><p>Salt.</p></li></ol></div>' ]
