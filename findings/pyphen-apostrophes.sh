#!/bin/sh
# pyphen 0.18.1 (PyPI; the dictionaries of LibreOffice), November 2026.
# Expected: no word is parted right before or right after its apostrophe; the contractions of English, of which an interview is full, are
# short and stay whole.
# Seen: they are parted where nobody would: can-’t, was-n’t, could-n’t, o’c-lock; with a straight apostrophe as well. "they’re" stays
# whole, and so does the possessive; French, Italian and Dutch words are right, whose patterns know the sign. Who puts soft hyphens into English
# text asks for the letters on both sides of an apostrophe apart, or leaves words with one alone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pyphen==0.18.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
from pyphen import Pyphen

WORDS = {
    "en": "can’t can't wasn’t couldn’t o’clock they’re interview’s",
    "fr": "l’interview aujourd’hui",
    "it": "dell’isola",
    "nl": "foto’s",
}
for language, words in WORDS.items():
    print(language, *(Pyphen(lang=language).inserted(word) for word in words.split()))
PY
)
echo "$seen"
[ "$seen" = "en can-’t can-'t was-n’t could-n’t o’c-lock they’re in-ter-view’s
fr l’in-ter-view au-jour-d’hui
it del-l’i-so-la
nl fo-to’s" ]
