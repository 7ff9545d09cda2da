"""Writes small valid Word files for the findings: ``python word.py TARGET BODY [NUMBERING]``, the last two of WordprocessingML.

The notes 2 are a footnote and an endnote, "A footnote." and "An endnote."; Heading1 is a style.
"""

import sys
import zipfile

LINKED = ("styles", "footnotes", "endnotes", "numbering")
PARTS = {"document": "document.main", **{part: part for part in LINKED}}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math"'
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
NOTES = (
    '<w:{0} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{0}>'
    '<w:{0} w:id="2"><w:p><w:r><w:t>{1}.</w:t></w:r></w:p></w:{0}>'
)

target, body, *numbering = sys.argv[1:]
texts = {
    "document": f"<w:body>{body}<w:sectPr/></w:body>",
    "styles": STYLES,
    "footnotes": NOTES.format("footnote", "A footnote"),
    "endnotes": NOTES.format("endnote", "An endnote"),
    "numbering": "".join(numbering),
}
kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
types = "".join(
    f'<Override PartName="/word/{part}.xml" ContentType="{kind}.{name}+xml"/>' for part, name in PARTS.items()
)
links = [f'<Relationship Id="r{part}" Type="{OFFICE}/relationships/{part}" Target="{part}.xml"/>' for part in LINKED]
with zipfile.ZipFile(target, "w") as file:
    file.writestr(
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
    )
    first = f'<Relationship Id="r" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    for name, inside in (("_rels/.rels", first), ("word/_rels/document.xml.rels", "".join(links))):
        file.writestr(name, f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>')
    for name, text in texts.items():
        file.writestr(f"word/{name}.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {MAIN}>{text}</w:{name}>')
