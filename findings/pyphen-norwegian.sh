#!/bin/sh
# pyphen 0.18.1 and WeasyPrint 70.0 (PyPI), November 2026.
# Expected: where nothing is known of a language's form its nearest kin serves, as en-AU is hyphenated as en: "no", which is what most
# Norwegian pages call themselves, is one of the two written forms (nb, nn) or the commoner one.
# Seen: "no" is no language for it, though nb and nn are: a Norwegian page is set without hyphens by WeasyPrint, and nothing is logged. The same
# holds for the old codes of others: sh (sr), mo (ro), in (id). Put the code that the dictionaries know in their place.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pyphen==0.18.1 weasyprint==70.0 pypdfium2==5.15.2 2>/dev/null
seen=$(tools/bin/python - 2>&1 <<'PY'
import pyphen
import pypdfium2
from weasyprint import HTML

print(*(f"{code}={pyphen.language_fallback(code)}" for code in ("en-AU", "nb-NO", "nn", "no", "no-NO", "sh", "mo", "in")))
sheet = "@page { size: 90px 200px; margin: 0 } body { font: 12px monospace; margin: 0; hyphens: auto }"
for code in ("nb", "no"):
    pdf = HTML(string=f"<html lang={code}><style>{sheet}</style><p>samarbeidspartnerne").write_pdf()
    print(code, ascii(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "en-AU=en nb-NO=nb_NO nn=nn no=None no-NO=None sh=None mo=None in=None
nb 'samarbeids\u2010\r\npartnerne'
no 'samarbeidspartnerne'" ]
