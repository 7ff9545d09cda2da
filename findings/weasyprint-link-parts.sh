#!/bin/sh
# WeasyPrint 70.0, November 2026.
# Expected: a link with an emphasised word in it is one link of the PDF, with one annotation a line, tagged as Link; so the tagged PDF
# (pdf/ua-1) says what the page says.
# Seen: each element inside the link is a link once more. Its annotation lies on top of the first, and belongs to no Link but to a
# NonStruct or Span below it, which PDF/UA-1 (7.18.5) forbids; a screen reader meets the address twice. No property of CSS switches
# it off: put the emphasis around the link, not inside it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet weasyprint==70.0 pikepdf==9.11.0 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import io

import pikepdf
from weasyprint import HTML


def tags(words):
    page = f'<html lang="en"><title>A talk</title><p>See <a href="https://example.org/">{words}</a>.</p>'
    pdf = pikepdf.open(io.BytesIO(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")))
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(number): owner for number, owner in zip(numbers[::2], numbers[1::2])}
    links = [each for each in pdf.pages[0].Annots if each.Subtype == "/Link"]
    return [str(owners[int(each.StructParent)].S) for each in links]


print(*tags("the whole book"), "|", *tags("the <em>whole</em> book"), "|", *tags("<b>the <em>whole</em></b> book"))
PY
)
echo "$seen"
[ "$seen" = "/Link | /Link /NonStruct | /Link /NonStruct /NonStruct" ]
