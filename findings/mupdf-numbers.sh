#!/bin/sh
# PyMuPDF 2.0 (MuPDF 1.28.5), November 2026.
# Expected: an engine that follows start, and list-style-type in a sheet, follows the attributes that say the same; where it knows no
# formulas, it shows nothing or the words that stand for them; a picture that it cannot show has its own words.
# Seen: numbers change without a word. Point C is point 3, "7" is "2", a list that counts down counts up; a half is 12, and ten times
# two to the third 10·23; a missing picture is "[image]", whatever its words. Give lists their style in the sheet, write formulas in
# a line of text, and number by hand what a text refers to.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pymupdf==2.0 2>/dev/null
cat > talk.xhtml <<'XHTML'
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A talk</title></head><body>
<ol type="A"><li>a</li><li>b</li><li>c</li></ol>
<ol style="list-style-type: upper-alpha"><li>d</li></ol>
<ol start="5"><li>e</li></ol>
<ol><li>f</li><li value="7">g</li></ol>
<ol reversed="reversed"><li>h</li><li>i</li></ol>
<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mn>2</mn></mfrac></math> cup</p>
<p>10·<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mn>2</mn><mn>3</mn></msup></math></p>
<p><img src="gone.png" alt="a seal"/></p>
</body></html>
XHTML
seen=$(tools/bin/python - <<'PY'
import pymupdf

text = "".join(page.get_text() for page in pymupdf.open("talk.xhtml"))
print("; ".join(line.strip() for line in text.splitlines() if line.strip()))
PY
)
echo "$seen"
[ "$seen" = "1. a; 2. b; 3. c; A. d; 5. e; 1. f; 2. g; 1. h; 2. i; 12 cup; 10·23; [image]" ]
