#!/bin/sh
# CairoSVG 2.9.1, svglib 2.3.2, resvg_py 0.5.0, PyMuPDF 2.0 (MuPDF 1.28.5), WeasyPrint 70.0 (PyPI), November 2026.
# Expected: of a drawing with labels in several languages (switch and systemLanguage, as Wikimedia's maps and diagrams have them) each
# renderer shows one label: that of a wanted language, else the last one, which has none.
# Seen: WeasyPrint paints all of them, one above the other; MuPDF none, the place stays empty. The others show one: svglib and resvg the last,
# CairoSVG that of the locale it runs in. Take out all but the wanted child of a switch before a drawing goes into a book.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet CairoSVG==2.9.1 svglib==2.3.2 resvg_py==0.5.0 pymupdf==2.0 weasyprint==70.0 pillow 2>/dev/null
cat > map.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30"><switch>
<rect systemLanguage="de" width="30" height="30"/><rect systemLanguage="en" x="30" width="30" height="30"/><rect x="60" width="30" height="30"/>
</switch></svg>
SVG
cat > draw.py <<'PY'
import io

import cairosvg
import pymupdf
import resvg_py
import weasyprint
from PIL import Image
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg


def shown(name, picture):
    over_white = Image.new("RGBA", (90, 30), "white")
    over_white.alpha_composite(Image.open(io.BytesIO(picture)).convert("RGBA").resize((90, 30)))
    names = zip(("German", "English", "other"), (15, 45, 75))
    print(name, *(label for label, x in names if over_white.getpixel((x, 15))[0] < 128))


def drawn(file):
    return pymupdf.open(file)[0].get_pixmap().tobytes("png")


shown("CairoSVG", cairosvg.svg2png(url="map.svg"))
renderPDF.drawToFile(svg2rlg("map.svg"), "svglib.pdf")
shown("svglib", drawn("svglib.pdf"))
shown("resvg", bytes(resvg_py.svg_to_bytes(svg_path="map.svg")))
shown("MuPDF", drawn("map.svg"))
page = "<style>@page { size: 90px 30px; margin: 0 } img { display: block }</style><img src=map.svg>"
weasyprint.HTML(string=page, base_url=".").write_pdf("page.pdf")
shown("WeasyPrint", drawn("page.pdf"))
PY
seen=$(LC_ALL=C.UTF-8 tools/bin/python draw.py 2>/dev/null)
echo "$seen"
[ "$seen" = "CairoSVG English
svglib other
resvg other
MuPDF
WeasyPrint German English other" ]
