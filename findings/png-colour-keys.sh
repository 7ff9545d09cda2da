#!/bin/sh
# WeasyPrint 70.0, fpdf2 2.8.9, reportlab 5.1.0, img2pdf 0.6.3, typst 0.15.2, PyMuPDF 2.0 (PyPI, with Pillow 13.0.0), drawn by pypdfium2 5.15.2,
# November 2026.
# Expected: a grey drawing in PNG that names one shade as clear (tRNS), as small drawings were made for the web, is clear there in each of
# them, or in none.
# Seen: it depends on how many shades the file has. With 256, fpdf2 and reportlab (mask="auto") paint the ground, the other four leave it out.
# With 4 or 16, for which a file has no more bits, WeasyPrint and img2pdf paint it as well: Pillow spreads the shades over 256 and keeps
# the number of the clear one as it was. On a tinted page the drawing stands in a box. Bring such drawings to an alpha channel before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet weasyprint==70.0 fpdf2==2.8.9 reportlab==5.1.0 img2pdf==0.6.3 typst==0.15.2 pymupdf==2.0 pillow==13.0.0 pypdfium2==5.15.2 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
import io
import os
import struct
import zlib

import fpdf
import img2pdf
import pymupdf
import pypdfium2
import typst
import weasyprint
from reportlab.pdfgen.canvas import Canvas


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def drawing(bits):
    """64 pixels square, all of one shade, the second darkest but one, which is declared clear."""
    shade = 1 << (bits - 2)
    row = int("".join(format(shade, f"0{bits}b") * 64), 2).to_bytes(8 * bits, "big")
    parts = [
        chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, bits, 0, 0, 0, 0)),
        chunk(b"tRNS", struct.pack(">H", shade)),
        chunk(b"IDAT", zlib.compress((b"\0" + row) * 64)),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def by_weasyprint():
    page = '<style>@page { size: 64px; margin: 0 } img { display: block }</style><img src="seal.png">'
    return weasyprint.HTML(string=page, base_url=os.getcwd() + "/").write_pdf()


def by_fpdf2():
    pdf = fpdf.FPDF(unit="pt", format=(64, 64))
    pdf.add_page()
    pdf.image("seal.png", 0, 0, 64, 64)
    return bytes(pdf.output())


def by_reportlab():
    target = io.BytesIO()
    canvas = Canvas(target, (64, 64))
    canvas.drawImage(f"{os.getcwd()}/seal.png", 0, 0, 64, 64, mask="auto")
    canvas.save()
    return target.getvalue()


def by_typst():
    with open("seal.typ", "w") as source:
        source.write('#set page(width: 64pt, height: 64pt, margin: 0pt)\n#image("seal.png", width: 64pt)')
    return typst.compile("seal.typ")


def by_pymupdf():
    pdf = pymupdf.open()
    pdf.new_page(width=64, height=64).insert_image((0, 0, 64, 64), filename="seal.png")
    return pdf.tobytes()


WAYS = [by_weasyprint, by_fpdf2, by_reportlab, lambda: img2pdf.convert("seal.png"), by_typst, by_pymupdf]
for bits in (8, 4, 2):
    with open("seal.png", "wb") as file:
        file.write(drawing(bits))
    shades = []
    for way in WAYS:
        page = pypdfium2.PdfDocument(way())[0].render().to_pil().convert("L")
        shades.append("clear" if page.getpixel((page.width // 2, page.height // 2)) == 255 else "painted")
    print(1 << bits, "shades:", *shades)
PY
)
printf '%s\n' "$seen"
[ "$seen" = '256 shades: clear painted painted clear clear clear
16 shades: painted painted painted painted clear clear
4 shades: painted painted painted painted clear clear' ]
