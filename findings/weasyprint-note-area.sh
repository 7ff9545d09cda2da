#!/bin/sh
# WeasyPrint 70.0, whose CSS Notes are new, November 2026.
# Expected: @note-area behaves like the area of footnotes: a note stands on the page of its call, and one that is too long goes on
# with the next page.
# Seen: the area takes its room after the page is filled. If that pushes the call to the next page, the note stays behind on the page
# before it. A note that is longer than its page ends at the page's foot; the rest is in no page, and nothing is logged. In a tagged
# PDF the notes are neither Note nor FENote. Float the area and keep notes short; footnotes that long are cut as well.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet weasyprint==70.0 pypdfium2==5.15.2 pikepdf==9.11.0 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import io

import pikepdf
import pypdfium2
from weasyprint import HTML

SHEET = (
    "@page { size: 300px 160px; margin: 10px; @note-area { content: element(side, all-once); %s } }"
    "body { font: 10px/14px sans-serif; margin: 0 } span { position: note(side); display: block }"
)


def pages(body, area=""):
    page = f"<html lang=en><title>T</title><style>{SHEET % area}</style>{body}"
    pdf = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return pdf, [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


lines = "".join(f"<p>Line {number}.</p>" for number in range(9))
pdf, texts = pages(f"<p>First<span>Note A</span></p>{lines}<p>Second<span>Note B</span></p>")
where = {word: next(number for number, text in enumerate(texts, 1) if word in text) for word in ("Second", "Note B")}
words = " ".join(f"w{number}" for number in range(200))
_, long = pages(f"<p>First<span>{words}</span></p><p>After</p>", "float: right; width: 80px")
tree = pikepdf.open(io.BytesIO(pdf)).objects
kinds = {str(each.S) for each in tree if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/K" in each}
print(where, len(long), "w199" in "".join(long), sorted(kinds & {"/Note", "/FENote"}))
PY
)
echo "$seen"
[ "$seen" = "{'Second': 3, 'Note B': 2} 1 False []" ]
