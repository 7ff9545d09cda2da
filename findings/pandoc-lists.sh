#!/bin/sh
# pandoc 3.9 (pypandoc_binary 1.17), docutils 0.23 (PyPI), @djot/djot 0.3.2, @asciidoctor/core 4.1.0 (npm), November 2026.
# Expected: pandoc writes no markup that it was not asked for: a paragraph that looks like an entry of a list is escaped, as in Markdown, and
# comes out as a paragraph.
# Seen: in reStructuredText and Djot it is not. "1986. It was a storm." is a list that begins with 1986, "M. Dupont came." the entry M of one
# (in Djot the thousandth, a Roman number), "p. 7" the sixteenth, an answer that begins with a hyphen has none. In AsciiDoc the hyphen
# and the letters are the same, "Ann:: Yes." is a definition, and a paragraph with two slashes before it is a comment, that is nothing. Write
# Markdown or typst, which come back whole, or look for such beginnings.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pypandoc_binary==1.17 docutils==0.23 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @djot/djot@0.3.2 @asciidoctor/core@4.1.0 >/dev/null 2>&1
cat > render.mjs <<'JS'
import { readFileSync } from "fs";
import { convert } from "@asciidoctor/core";
import djot from "@djot/djot";
const source = readFileSync(0, "utf8");
console.log(process.argv[2] === "djot" ? djot.renderHTML(djot.parse(source)) : await convert(source));
JS
cat > lists.py <<'PY'
import re
import subprocess

import docutils.core
import pypandoc

LINES = ("1986. It was a storm.", "M. Dupont came.", "p. 7 says so.", "- No.", "Ann:: Yes.", "// Never.")


def rendered(source, format_):
    if format_ == "rst":
        return docutils.core.publish_parts(source, writer="html5")["body"]
    if format_ in ("commonmark", "typst"):
        return pypandoc.convert_text(source, "html", format=format_)
    return subprocess.run(["node", "render.mjs", format_], input=source, capture_output=True, text=True, check=True).stdout


for format_ in ("rst", "djot", "asciidoc", "commonmark", "typst"):
    lost = []
    for line in LINES:
        source = pypandoc.convert_text(f"<p>Before.</p><p>{line}</p>", format_, format="html")
        if line not in re.sub("<[^>]*>", "", rendered(source, format_)):
            lost.append(line.split()[0])
    print(format_, *lost or ["none"])
PY
seen=$(tools/bin/python lists.py)
echo "$seen"
[ "$seen" = "rst 1986. M. p. -
djot 1986. M. p. -
asciidoc M. - Ann:: //
commonmark none
typst none" ]
