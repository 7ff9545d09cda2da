#!/bin/sh
# pandoc 3.9 (pypandoc_binary 1.17, PyPI), mammoth 1.13.0 (npm) for comparison, November 2026.
# Expected: of a paragraph of a Word file at which a text box hangs (a pull quote, a margin note) the words stay, and those of the box stand somewhere,
# or not.
# Seen: the words of the box stand in place of the paragraph, which is gone. That is so wherever the box is written as Word writes it since
# 2010, in two forms of which a reader takes one; with either form alone it is the other way round, the paragraph stays and the box goes.
# No warning, not even with --verbose. mammoth has both. With both of them, words that are turned from right to left for once (w:bdo) and what a
# simple field shows are gone. Look for text boxes before you convert, and take another way for such files.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pypandoc_binary==1.17 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . mammoth@1.13.0 >/dev/null 2>&1
tools/bin/python - <<'PY'
import zipfile

NAMES = "".join(
    f' xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
TYPES = "application/vnd.openxmlformats-"
words = "<w:r><w:t>{}</w:t></w:r>".format
box = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>".format(words("boxed"))
new = (
    '<w:drawing><wp:inline><wp:extent cx="900000" cy="500000"/><wp:docPr id="1" name="Box"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
    f"<wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
old = f'<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>'
both = f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
paragraphs = [
    *(words(f"{name} before,") + f"<w:r>{kind}</w:r>" + words(" after.") for name, kind in (("Both", both), ("New", new), ("Old", old))),
    words("Right") + f'<w:bdo w:val="rtl">{words("to left")}</w:bdo><w:fldSimple w:instr=" PAGE ">{words(" page 7")}</w:fldSimple>' + words("."),
]
with zipfile.ZipFile("talk.docx", "w") as file:
    file.writestr(
        "[Content_Types].xml",
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{TYPES}package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPES}officedocument.wordprocessingml.document.main+xml"/></Types>',
    )
    file.writestr(
        "_rels/.rels",
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    )
    body = "".join(f"<w:p>{each}</w:p>" for each in paragraphs)
    file.writestr("word/document.xml", f"<w:document{NAMES}><w:body>{body}</w:body></w:document>")
PY
seen=$(
  echo pandoc && tools/bin/python -c 'import pypandoc; print(pypandoc.convert_file("talk.docx", "plain", extra_args=["--wrap=none"]))' | grep .
  echo mammoth && node -e 'require("mammoth").extractRawText({ path: "talk.docx" }).then((read) => console.log(read.value))' | grep .
)
printf '%s\n' "$seen"
[ "$seen" = 'pandoc
boxed
New before, after.
Old before, after.
Right.
mammoth
Both before, after.
boxed
New before, after.
Old before, after.
boxed
Right.' ]
