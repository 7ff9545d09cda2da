#!/bin/sh
# pikepdf 10.18.0, pypdf 7.1.1, PyMuPDF 2.0 (PyPI), @cantoo/pdf-lib 2.11.1, coherentpdf 2.5.5 (npm); files of WeasyPrint 70.0, November 2026.
# Expected: where two PDFs that both have a destination "note-1" are made one, the names are kept apart, and each link leads to the note of
# its own text; tags stay, or the file no longer says that it is tagged.
# Seen: of six ways one has the links right, pikepdf's add_pages_from. pypdf leads both to the first text's note, coherentpdf both to the
# second's; PyMuPDF takes the links out, pikepdf's pages.extend and pdf-lib leave them leading nowhere. coherentpdf keeps the tags of one text
# and the claim for both, all others none. Put a prefix before the names of each text, and tag what was merged anew.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pikepdf==10.18.0 pypdf==7.1.1 pymupdf==2.0 weasyprint==70.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @cantoo/pdf-lib@2.11.1 coherentpdf@2.5.5 >/dev/null 2>&1
cat > merge.py <<'PY'
import pikepdf
import pymupdf
import pypdf
import weasyprint

page = "<html lang=en><title>{0}</title><p>See <a href='#note-1'>the note</a></p><p style='break-before: page' id=note-1>Note of {0}"
joined, extended, added, inserted = pypdf.PdfWriter(), pikepdf.new(), pikepdf.new(), pymupdf.open()
for name in ("a", "b"):
    weasyprint.HTML(string=page.format(name)).write_pdf(f"{name}.pdf", pdf_variant="pdf/ua-1")
    joined.append(f"{name}.pdf")
    extended.pages.extend(pikepdf.open(f"{name}.pdf").pages)
    added.add_pages_from(pikepdf.open(f"{name}.pdf"))
    inserted.insert_pdf(pymupdf.open(f"{name}.pdf"))
joined.write("pypdf.pdf")
extended.save("extend.pdf")
added.save("add_pages_from.pdf")
inserted.save("PyMuPDF.pdf")
PY
cat > merge.mjs <<'JS'
import { readFileSync, writeFileSync } from "fs";
import { PDFDocument } from "@cantoo/pdf-lib";
import coherentpdf from "coherentpdf";
const joined = await PDFDocument.create();
for (const name of ["a.pdf", "b.pdf"]) {
  const read = await PDFDocument.load(readFileSync(name));
  for (const page of await joined.copyPages(read, read.getPageIndices())) joined.addPage(page);
}
writeFileSync("pdf-lib.pdf", await joined.save());
coherentpdf.toFile(coherentpdf.mergeSimple(["a.pdf", "b.pdf"].map((name) => coherentpdf.fromFile(name, ""))), "coherentpdf.pdf", false, false);
JS
cat > follow.py <<'PY'
import pikepdf
import pymupdf

for way in ("pypdf", "coherentpdf", "PyMuPDF", "extend", "pdf-lib", "add_pages_from"):
    pages = [link.get("page") for page in pymupdf.open(f"{way}.pdf") for link in page.get_links()]
    file = pikepdf.open(f"{way}.pdf")
    print(way, *(page and page + 1 for page in pages), *["tagged"] * ("/StructTreeRoot" in file.Root))
PY
tools/bin/python merge.py 2>/dev/null && node merge.mjs >/dev/null
seen=$(tools/bin/python follow.py)
echo "$seen"
[ "$seen" = "pypdf 2 2
coherentpdf 4 4 tagged
PyMuPDF
extend None None
pdf-lib None None
add_pages_from 2 4" ]
