#!/bin/sh
# WeasyPrint 70.0, November 2026.
# Expected: a footnote (float: footnote) stands at the foot of the page on which its call is; where it cannot, because its box is taken out
# of the flow, it is shown in the text or a warning tells.
# Seen: in a box that is positioned absolutely or fixed, and in a running element, the call is printed and counted and the note is on no
# page; nothing is logged. Beside a call at the end of a page's last column the note is one page late. Look for each note's words in the
# finished pages, and place what stands aside by float instead of position.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet weasyprint==70.0 pypdfium2==5.15.2 2>/dev/null
seen=$(tools/bin/python - 2>&1 <<'PY'
import pypdfium2
from weasyprint import HTML

SHEET = (
    "@page { size: 200px; margin: 20px; @top-left { content: element(head) } } .head { position: running(head) }"
    "body { margin: 0; font: 10px/12px monospace } p { margin: 0 } span { float: footnote }"
)
CALL = "<p>call<span>The note.</span></p>"
cases = {
    "floated": f"<aside style='float: right'>{CALL}</aside><p>Text.</p>",
    "absolute": f"<aside style='position: absolute; top: 40px'>{CALL}</aside><p>Text.</p>",
    "fixed": f"<aside style='position: fixed; top: 40px'>{CALL}</aside><p>Text.</p>",
    "running": f"<div class='head'>{CALL}</div><p>Text.</p>",
    "last column": f"<div style='columns: 2'>{'<p>l</p>' * 22}{CALL}{'<p>m</p>' * 20}</div>",
}
for name, body in cases.items():
    pdf = HTML(string=f"<html lang=en><title>T</title><style>{SHEET}</style>{body}").write_pdf()
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    print(name, *([number for number, text in enumerate(texts, 1) if word in text] for word in ("call", "The note.")))
PY
)
echo "$seen"
[ "$seen" = "floated [1] [1]
absolute [1] []
fixed [1] []
running [1] []
last column [1] [2]" ]
