#!/bin/sh
# officeparser 7.8.0 (npm; the newest for Node.js 20), November 2026.
# Expected: the text of a Word file has a space or a line end where the page has a tab or a break, a hyphen where it has one that does not
# break, and what was moved at its new place only, as what was struck out is not there.
# Seen: tab, break and that hyphen are nothing, so that words run together; what was moved stands in both places, though what was deleted
# is gone; of a word with its reading (ruby) neither is there. Read the runs yourself where words count.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . officeparser@7.8.0 >/dev/null 2>&1
cat > write.py <<'PY'
import zipfile

FORMATS = "http://schemas.openxmlformats.org"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{FORMATS}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{FORMATS}/package/2006/relationships"><Relationship Id="r1"'
    f' Type="{FORMATS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def marked(name, runs):
    return f'<w:{name} w:id="1" w:author="Desk" w:date="2026-01-01T00:00:00Z">{runs}</w:{name}>'


ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('toki')}</w:rt><w:rubyBase>{run('time')}</w:rubyBase></w:ruby></w:r>"
struck = marked("del", "<w:r><w:delText>old</w:delText></w:r>") + marked("ins", run("new"))
lines = (
    "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>",
    run("left") + "<w:r><w:noBreakHyphen/></w:r>" + run("handed"),
    run("Of ") + ruby + run(" we spoke."),
    struck,
    marked("moveFrom", run("moved ")) + run("here ") + marked("moveTo", run("moved")),
)
body = "".join(f"<w:p>{line}</w:p>" for line in lines)
with zipfile.ZipFile("talk.docx", "w") as file:
    file.writestr("[Content_Types].xml", TYPES)
    file.writestr("_rels/.rels", RELATIONS)
    space = f'xmlns:w="{FORMATS}/wordprocessingml/2006/main"'
    file.writestr("word/document.xml", f'<?xml version="1.0"?><w:document {space}><w:body>{body}</w:body></w:document>')
PY
python3 write.py
cat > read.js <<'JS'
require("officeparser")
  .parseOffice("talk.docx")
  .then((read) => console.log(read.toText().trim().split("\n").join(" / ")));
JS
seen=$(node read.js)
printf '%s\n' "$seen"
[ "$seen" = "onetwothree / lefthanded / Of  we spoke. / new / moved here moved" ]
