#!/bin/sh
# rcssmin 1.3.0, tinycss2 1.5.1 as the judge (PyPI), November 2026.
# Expected: a minifier of style sheets that works by patterns keeps what it does not know; sheets for print have functions in functions, such
# as target-counter(attr(href url), page), the page number of a contents line.
# Seen: it takes the end of that very expression for the end of an address and drops a bracket: "attr(href url,page)". The bracket stays
# open, and with it all that follows belongs to this one value: of four rules one is left whole, no error. Write attr(href), or leave sheets for
# print as they are.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet rcssmin==1.3.0 tinycss2==1.5.1 2>/dev/null
cat > shrink.py <<'PY'
import rcssmin
import tinycss2

sheet = """h1 { color: teal }
.contents a::after { content: target-counter(attr(href url), page) }
.note { float: footnote }
p { orphans: 2 }
"""
shrunk = rcssmin.cssmin(sheet)
print(shrunk)
for each in (sheet, shrunk, rcssmin.cssmin(sheet.replace("href url", "href"))):
    print(len(tinycss2.parse_stylesheet(each, skip_whitespace=True)), "rules")
PY
seen=$(tools/bin/python shrink.py)
echo "$seen"
[ "$seen" = "h1{color:teal}.contents a::after{content:target-counter(attr(href url,page)}.note{float:footnote}p{orphans:2}
4 rules
2 rules
4 rules" ]
