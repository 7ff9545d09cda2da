#!/bin/sh
# pdfkit 0.20.2, @react-pdf/renderer 4.9.0, jspdf 4.2.1 (npm), read by pypdf 7.1.1 (PyPI), November 2026.
# Expected: in a font of PDF's own fourteen a sign that the font has not (the narrow space that does not break, by which French parts "?" from its
# word and print the thousands) is an error, a box, or a gap.
# Seen: it is two other signs, the halves of its number. "Pourquoi ?" is "Pourquoi /?", 10 000 is "10 /000", x₂ is "x ‚"; no error. With
# react-pdf, which parts words by itself, the second half alone is left ("10/000"), and a web address that is parted at a line's end has a
# hyphen more. Embed a font, and look for slashes between figures.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pypdf==7.1.1 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . pdfkit@0.20.2 jspdf@4.2.1 @react-pdf/renderer@4.9.0 react@19.3.1 >/dev/null 2>&1
cat > write.mjs <<'JS'
import { createWriteStream, writeFileSync } from "fs";
import { jsPDF } from "jspdf";
import PDFDocument from "pdfkit";
import React from "react";
import { Document, Page, renderToFile, Text } from "@react-pdf/renderer";
const text = "Pourquoi\u202f? 10\u202f000 x\u2082";
const page = new PDFDocument();
const done = new Promise((resolve) => page.pipe(createWriteStream("pdfkit.pdf")).on("finish", resolve));
page.text(text);
page.end();
await done;
const drawn = new jsPDF();
drawn.text(text, 20, 20);
writeFileSync("jspdf.pdf", Buffer.from(drawn.output("arraybuffer")));
const e = React.createElement;
const sentence = `${text} and later on in the text at http://example.org/lamps`;
await renderToFile(e(Document, null, e(Page, { size: "A6", style: { padding: 30 } }, e(Text, null, sentence))), "react-pdf.pdf");
JS
seen=$(
  node write.mjs
  for name in pdfkit jspdf react-pdf; do
    tools/bin/python -c 'import pypdf, sys; print(*pypdf.PdfReader(sys.argv[1]).pages[0].extract_text().split())' "$name.pdf"
  done
)
printf '%s\n' "$seen"
[ "$seen" = 'Pourquoi /? 10 /000 x ‚
Pourquoi /? 10 /000 x ‚
Pourquoi/? 10/000 x‚ and later on in the text at http://exam- ple.org/lamps' ]
