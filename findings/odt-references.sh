#!/bin/sh
# odfdo 3.27.3, odfpy 1.4.1, pandoc 3.9 (pypandoc_binary 1.17) (PyPI), officeparser 7.8.0 (npm), November 2026.
# Expected: the text of an OpenDocument file has what its reader sees: the words that a cross-reference and a field show are in it, what
# was deleted under tracking is not.
# Seen: "see Chapter 3" is "see" with odfdo's formatted text and officeparser, which drop each reference; with pandoc what a field shows and a
# sentence that carries RDF (text:meta) are gone. odfdo's formatted text drops the element for more spaces as well, so that words run together.
# odfpy, odfdo's paragraphs and officeparser begin with "old words", which an editor struck out. Of the five ways none is right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet odfdo==3.27.3 odfpy==1.4.1 pypandoc_binary==1.17 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . officeparser@7.8.0 >/dev/null 2>&1
tools/bin/python - <<'PY'
import zipfile

NAMES = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style"))
NAMES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
BODY = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info><dc:creator>Ann</dc:creator>'
    "<dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>old words</text:p></text:deletion></text:changed-region>"
    '</text:tracked-changes><text:p>see <text:bookmark-ref text:reference-format="text" text:ref-name="b">Chapter 3</text:bookmark-ref>,</text:p>'
    "<text:p>page <text:page-number>7</text:page-number>,</text:p><text:p><text:meta>with meaning</text:meta>,</text:p>"
    '<text:p>far<text:s text:c="3"/>apart<text:change text:change-id="c"/>.</text:p>'
)
FILES = {
    "content": f"<office:document-content{NAMES}><office:body><office:text>{BODY}</office:text></office:body></office:document-content>",
    "styles": f"<office:document-styles{NAMES}><office:styles/></office:document-styles>",
    "meta": f"<office:document-meta{NAMES}><office:meta/></office:document-meta>",
}
ENTRY = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'.format
with zipfile.ZipFile("talk.odt", "w") as file:
    file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    entries = ENTRY("/", "application/vnd.oasis.opendocument.text") + "".join(ENTRY(f"{name}.xml", "text/xml") for name in FILES)
    names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"'
    file.writestr("META-INF/manifest.xml", f"<manifest:manifest {names}>{entries}</manifest:manifest>")
    for name, text in FILES.items():
        file.writestr(f"{name}.xml", f'<?xml version="1.0" encoding="UTF-8"?>{text}')
PY
seen=$(
  tools/bin/python - <<'PY'
import odfdo
import pypandoc
from odf import opendocument, teletype, text

file = odfdo.Document("talk.odt")
texts = {
    "odfdo": file.get_formatted_text(),
    "odfdo's paragraphs": "\n".join(paragraph.inner_text for paragraph in file.body.paragraphs),
    "odfpy": "\n".join(map(teletype.extractText, opendocument.load("talk.odt").getElementsByType(text.P))),
    "pandoc": pypandoc.convert_file("talk.odt", "plain"),
}
for name, words in texts.items():
    print(f"{name}:", " / ".join(line for line in words.splitlines() if line.strip()))
PY
  node -e 'import("officeparser").then(async (m) => console.log("officeparser:", (await m.parseOffice("talk.odt")).toText().trim().replace(/\n+/g, " / ")))'
)
printf '%s\n' "$seen"
[ "$seen" = 'odfdo: see , / page , / , / farapart.
odfdo'\''s paragraphs: old words / see Chapter 3, / page 7, / with meaning, / far   apart.
odfpy: old words / see Chapter 3, / page 7, / with meaning, / far   apart.
pandoc: see Chapter 3, / page , / , / far apart.
officeparser: old words / see , / page , / , / far   apart.' ]
