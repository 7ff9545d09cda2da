#!/bin/sh
# WeasyPrint 70.0, fpdf2 2.8.9, reportlab 5.1.0, borb 3.0.9, typst 0.15.2, img2pdf 0.6.3 (PyPI, with Pillow 13.0.0), November 2026.
# Expected: a grey PNG of 16 bits, as scanners and darkroom programs write it, is in the PDF as it is on the screen, a little coarser.
# Seen: the middle grey (128 of 255) is black with WeasyPrint, the whole picture is; it is white with fpdf2, reportlab and borb, as is all but
# the deepest shadow. Only typst and img2pdf have it right. No error, at most a line in WeasyPrint's log ("Unknown image mode"). Such a picture with
# colours is no trouble. Bring grey PNGs to 8 bits before (in Pillow not by convert("L"), which makes them white).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet weasyprint==70.0 fpdf2==2.8.9 reportlab==5.1.0 borb==3.0.9 typst==0.15.2 img2pdf==0.6.3 pypdfium2==5.15.2 \
  pillow==13.0.0 2>/dev/null
cat > print.py <<'PY'
import pathlib
import struct
import zlib

import borb.pdf
import fpdf
import img2pdf
import pypdfium2
import reportlab.pdfgen.canvas
import typst
import weasyprint


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


rows = (b"\0" + struct.pack(">H", 0x8080) * 60) * 60
picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 60, 16, 0, 0, 0, 0))
pathlib.Path("lamp.png").write_bytes(picture + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))

weasyprint.HTML(string="<style>@page { size: 60pt; margin: 0 }</style><img src=lamp.png>", base_url=".").write_pdf("WeasyPrint.pdf")
sheet = fpdf.FPDF(unit="pt", format=(60, 60))
sheet.add_page()
sheet.image("lamp.png", 0, 0, w=60)
sheet.output("fpdf2.pdf")
canvas = reportlab.pdfgen.canvas.Canvas("reportlab.pdf", pagesize=(60, 60))
canvas.drawImage("lamp.png", 0, 0, 60, 60)
canvas.save()
book = borb.pdf.Document()
page = borb.pdf.Page(width_in_points=60, height_in_points=60)
book.append_page(page)
borb.pdf.Image(bytes_path_pil_image_or_url=pathlib.Path("lamp.png"), size=(60, 60)).paint(available_space=(0, 0, 60, 60), page=page)
borb.pdf.PDF.write(what=book, where_to="borb.pdf")
pathlib.Path("page.typ").write_text('#set page(width: 60pt, height: 60pt, margin: 0pt)\n#image("lamp.png", width: 60pt)')
typst.compile("page.typ", output="typst.pdf")
pathlib.Path("img2pdf.pdf").write_bytes(img2pdf.convert("lamp.png"))
for writer in ("WeasyPrint", "fpdf2", "reportlab", "borb", "typst", "img2pdf"):
    drawn = pypdfium2.PdfDocument(f"{writer}.pdf")[0].render().to_pil().convert("L")
    print(writer, drawn.getpixel((20, 20)))
PY
seen=$(tools/bin/python print.py 2>/dev/null)
echo "$seen"
[ "$seen" = "WeasyPrint 0
fpdf2 255
reportlab 255
borb 255
typst 128
img2pdf 127" ]
