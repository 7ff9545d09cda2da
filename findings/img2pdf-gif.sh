#!/bin/sh
# img2pdf 0.6.3 with Pillow 13.0.0, drawn by pypdfium2 5.15.2 (PyPI), November 2026.
# Expected: a GIF with a transparent colour, a drawing on a clear ground as old pages have them, is in the PDF as a PNG of the same pixels is: with
# a mask that leaves the ground out, or it is refused, as pictures with an alpha channel once were.
# Seen: the mask leaves everything out, and the page is white, whatever the number of colours; the PNG with the same palette is right. There is
# one line on stderr, the same for both ("computing a separate soft mask"), and exit code 0. Make a PNG of such a GIF, or lay it on white.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet img2pdf==0.6.3 pypdfium2==5.15.2 pillow==13.0.0 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
import img2pdf
import pypdfium2
from PIL import Image, ImageDraw

for colours in (2, 16, 256):
    drawing = Image.new("P", (60, 60), 0)
    drawing.putpalette([255, 255, 255] + [40, 40, 40] * (colours - 1) + [0] * 3 * (256 - colours))
    ImageDraw.Draw(drawing).rectangle((20, 20, 40, 40), fill=colours - 1)
    shades = []
    for name in ("seal.gif", "seal.png"):
        drawing.save(name, transparency=0)
        page = pypdfium2.PdfDocument(img2pdf.convert(name))[0].render().to_pil().convert("L")
        shades.append(page.getpixel((page.width // 2, page.height // 2)))
    print(colours, *shades)
PY
)
printf '%s\n' "$seen"
[ "$seen" = '2 255 40
16 255 40
256 255 40' ]
