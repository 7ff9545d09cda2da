#!/bin/sh
# WeasyPrint 70.0 (PyPI) with Pango 1.50.12 (Debian 12), November 2026.
# Expected: letters that no font has take the room of a box each, always the same.
# Seen: in a page whose language is Japanese they take none once the first thing that was set in that font is underlined, and are drawn one upon
# another; where anything was set in it before, the same underlined words are as wide as boxes. Pages that share a FontConfiguration, as a server or a
# batch would have it, look as the order wants it. Pango measures a font in words of the page's language, comes to ask itself how wide a missing letter
# is while it does, answers 0, and keeps that.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet weasyprint==70.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @expo-google-fonts/lora@0.4.2 >/dev/null 2>&1
cat > fonts.conf <<XML
<fontconfig><dir>$PWD/none</dir><cachedir>$PWD/cache</cachedir></fontconfig>
XML
export FONTCONFIG_FILE="$PWD/fonts.conf"
cat > set.py <<'PY'
import weasyprint
from weasyprint.text.fonts import FontConfiguration

FONT = "@font-face { font-family: Lora; src: url(node_modules/@expo-google-fonts/lora/400Regular/Lora_400Regular.ttf) }"


def width(fonts, words, look=""):
    """The width of a line of words, in pixels."""
    sheet = weasyprint.CSS(string=FONT, base_url=".", font_config=fonts)
    page = f'<html lang="ja"><p style="font: 20px Lora; {look}">{words}</p></html>'
    box = weasyprint.HTML(string=page).render(stylesheets=[sheet], font_config=fonts).pages[0]._page_box
    while type(box).__name__ != "TextBox":
        box = box.children[0]
    return round(box.width)


MISSING, LINE = "\u6a4b\u306e\u97f3", "text-decoration: underline"
first, later = FontConfiguration(), FontConfiguration()
print("underlined, first:", width(first, MISSING, LINE), "then plain:", width(first, MISSING))
print("plain, first:", width(later, MISSING), "then underlined:", width(later, MISSING, LINE))
PY
seen=$(tools/bin/python set.py 2>/dev/null)
echo "$seen"
[ "$seen" = "underlined, first: 0 then plain: 0
plain, first: 29 then underlined: 29" ]
