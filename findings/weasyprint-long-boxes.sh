#!/bin/sh
# WeasyPrint 70.0, read by pypdf 7.1.1 (PyPI), November 2026.
# Expected: what is longer than a page goes on with the next one, as CSS has it for blocks, floats, footnotes and tables (css-break-3, 2); where a renderer
# cannot part a box, a warning tells how much is lost.
# Seen: blocks and flex go on. A float, an inline-block, the head of a table and a footnote stay on one page, and what does not fit is beyond
# the paper's edge or nowhere; nothing is logged. A caption goes on, but takes more than twenty pages for what a block has on a few.
# Float nothing long, cut long notes, keep what is long out of heads and captions, and look for each box's words on the pages.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet weasyprint==70.0 pypdf==7.1.1 2>/dev/null
seen=$(tools/bin/python - 2>&1 <<'PY'
import io

import pypdf
from weasyprint import HTML

WORDS = " ".join(f"word{number}" for number in range(1500))
BOXES = {
    "block": "<div>{}</div><p>end",
    "flex": '<div style="display: flex"><p>{}</div><p>end',
    "float": '<div style="float: left; width: 60%">{}</div><p>end',
    "inline-block": '<div style="display: inline-block">{}</div><p>end',
    "footnote": '<p>call<span style="float: footnote">{}</span><p>end',
    "table head": "<table><thead><tr><th>{}</thead><tbody><tr><td>end</table>",
    "caption": "<table><caption>{}</caption><tr><td>end</table>",
}


def shown(page):
    """The words that stand on the paper."""
    found = []

    def visit(text, matrix, text_matrix, font, size):
        if 0 <= text_matrix[5] * matrix[3] + matrix[5] <= page.mediabox.height:
            found.extend(text.split())

    page.extract_text(visitor_text=visit)
    return found


for name, box in BOXES.items():
    pages = pypdf.PdfReader(io.BytesIO(HTML(string=f"<style>@page {{ size: A5 }}</style>{box.format(WORDS)}").write_pdf())).pages
    words = {word for page in pages for word in shown(page)}
    whole = "all" if words.issuperset(WORDS.split()) else "cut"
    print(f"{name}: {whole}, {'end' if 'end' in words else 'no end'}, {'many pages' if len(pages) > 20 else 'few pages'}")
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'block: all, end, few pages
flex: all, end, few pages
float: cut, end, few pages
inline-block: cut, end, few pages
footnote: cut, end, few pages
table head: cut, end, few pages
caption: all, end, many pages' ]
