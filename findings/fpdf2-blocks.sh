#!/bin/sh
# fpdf2 2.8.9 (PyPI), November 2026.
# Expected: write_html knows a few elements; of the others it keeps the words as paragraphs, since blocks of HTML begin a new line.
# Seen: div, section and figcaption are no blocks: a question and its answer run into one word, "stop?Never."
# The number that an entry brings along (value) is not followed, though start and type are: point 7 is point D. Make paragraphs of
# blocks before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet fpdf2==2.8.9 pypdfium2==5.15.2 2>/dev/null
seen=$(tools/bin/python -W ignore - 2>/dev/null <<'PY'
import fpdf
import pypdfium2

turns = "<p>Asked:</p><div>Did you stop?</div><div>Never.</div><section>And now?</section><figure><figcaption>The pier</figcaption></figure>"
points = '<ol type="A" start="3"><li>three</li><li value="7">seven</li></ol>'
pdf = fpdf.FPDF()
pdf.add_page()
pdf.set_font("Helvetica")
pdf.write_html(turns + points)
pdf.output("talk.pdf")
print(" / ".join(pypdfium2.PdfDocument("talk.pdf")[0].get_textpage().get_text_range().split("\r\n")))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "Asked: / Did you stop?Never.And now?The pier / C. three / D. seven" ]
