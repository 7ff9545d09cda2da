#!/bin/sh
# bibtexparser 2.1.0, citerra 0.4.0 (PyPI), November 2026.
# Expected: two readers of BibTeX resolve an abbreviation (@string) wherever it stands, and the order of the reader's steps does not change who wrote.
# Seen: bibtexparser resolves pier, but not pier # " Weekly", the way BibTeX joins texts: the value is that piece of syntax, quotation marks and all, and
# nothing is among failed_blocks; month = jan # "~10" is no month either. If LaTeX is decoded before names are split, as the steps are
# mostly written down, the braces are gone and the publisher {Barnes and Noble} is two authors. citerra joins. Split names first, and look for #.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet bibtexparser==2.1.0 citerra==0.4.0 2>/dev/null
cat > talks.bib <<'BIB'
@string{pier = {The Pier}}
@article{why, title = {Why}, author = {Ann Keeper and {Barnes and Noble}}, journal = pier, note = pier # " Weekly", month = jan # "~10"}
BIB
seen=$(tools/bin/python - <<'PY'
from pathlib import Path

import bibtexparser
import citerra
from bibtexparser import middlewares

text = Path("talks.bib").read_text()
latex, people, names = middlewares.LatexDecodingMiddleware(), middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()
for steps in ([middlewares.MonthIntMiddleware(), latex, people, names], [people, names, latex]):
    library = bibtexparser.parse_string(text, append_middleware=steps)
    entry = library.entries[0]
    values = {name: entry[name] for name in ("journal", "note", "month")}
    print(library.failed_blocks, values, [" ".join(name.first + name.last) for name in entry["author"]])
print(citerra.Parser(expand_values=True, latex_to_unicode=True).parse(text).to_dicts())
PY
)
printf '%s\n' "$seen"
[ "$seen" = "[] {'journal': 'The Pier', 'note': 'pier # \" Weekly\"', 'month': 'jan # \"\\xa010\"'} ['Ann Keeper', 'Barnes', 'Noble']
[] {'journal': 'The Pier', 'note': 'pier # \" Weekly\"', 'month': 'jan # \"\\xa010\"'} ['Ann Keeper', '{Barnes and Noble}']
[{'ENTRYTYPE': 'article', 'ID': 'why', 'title': 'Why', 'author': 'Ann Keeper and {Barnes and Noble}', 'journal': 'The Pier', 'note': 'The Pier Weekly', 'month': 'January 10'}]" ]
