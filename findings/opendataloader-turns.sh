#!/bin/sh
# opendataloader-pdf 2.5.16 (PyPI, Java) on a tagged PDF by WeasyPrint 70.0, November 2026.
# Expected: a reader of PDF that is made for other programs parts an interview's paragraphs, which have a space between them, and keeps an
# entry's number with its words; whether the file is tagged should not matter that much.
# Seen: questions and answers of a line each are one paragraph. Of a list the numbers are a list of bullets by themselves, the entries a
# paragraph below; three paragraphs that begin with years in a row are a list. Told to use the file's tags (use_struct_tree) it has all of
# it right. Tag the file, and tell it, which it does not do by itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet opendataloader-pdf==2.5.16 weasyprint==70.0 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
import opendataloader_pdf
from weasyprint import HTML

PAGE = """<html lang="en"><title>A talk</title><style>body { font: 11pt serif }</style>
<p><b>Asker:</b> Why?</p><p><b>Keeper:</b> Because.</p><p><b>Asker:</b> And then?</p><p><b>Keeper:</b> Then the storm came.</p>
<ol><li>The light was good in the evening.<li>The sea was near.</ol>
<p>1986 was the year of the storm.</p><p>1987 was the year of the calm.</p><p>1988 was the year of the fish.</p>"""
HTML(string=PAGE).write_pdf("talk.pdf", pdf_variant="pdf/ua-1")
for tags in (False, True):
    opendataloader_pdf.convert(input_path=["talk.pdf"], output_dir=".", format="markdown", quiet=True, use_struct_tree=tags)
    with open("talk.md") as made:
        print("tags:" if tags else "by itself:", " / ".join(line for line in made.read().splitlines() if line.strip()))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'by itself: Asker: Why? Keeper: Because. Asker: And then? Keeper: Then the storm came. / - 1. / - 2. / The light was good in the evening. The sea was near. / - 1986 was the year of the storm. / - 1987 was the year of the calm. / - 1988 was the year of the fish.
tags: Asker: Why? / Keeper: Because. / Asker: And then? / Keeper: Then the storm came. / - 1. The light was good in the evening. / - 2. The sea was near. / 1986 was the year of the storm. / 1987 was the year of the calm. / 1988 was the year of the fish.' ]
