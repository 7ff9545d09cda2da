#!/bin/sh
# num2words 0.5.14 (PyPI), November 2026.
# Expected: a year before our era is read with its number, and with words for the era or with "minus"; ordinals are words of the language.
# Seen: the year 44 before our era is minus 156 in German, Dutch, Danish and Norwegian (a hundred is taken off and given back), "forty-four
# BC" in English, a ValueError in Polish. In Norwegian the thirteenth is "trettførste", as if "first" were in it, a letter from the
# thirty-first, "trettiførste". A text to be read aloud says that Caesar died before he was born. Put the era into words yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet num2words==0.5.14 2>/dev/null
seen=$(tools/bin/python - <<'PY'
from num2words import num2words

for lang in ("en", "fr", "de", "nl", "da", "no"):
    print(lang, num2words(-44, lang=lang, to="year"))
try:
    num2words(-44, lang="pl", to="year")
except ValueError:
    print("pl ValueError")
print(num2words(13, lang="no", to="ordinal"), num2words(31, lang="no", to="ordinal"))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'en forty-four BC
fr moins quarante-quatre
de minuseinshundertsechsundfünfzig
nl min één honderd zesenvijftig
da minus et hundrede seksoghalvtreds
no minus en hundre og femtiseks
pl ValueError
trettførste trettiførste' ]
