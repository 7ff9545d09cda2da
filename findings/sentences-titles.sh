#!/bin/sh
# pysbd 0.3.4, sentencex 1.0.32, choppa-srx 1.0.0 with the rules of LanguageTool (PyPI), sentence-splitter 5.0.1 (npm), November 2026.
# Expected: what parts text into sentences in twenty languages knows that a sentence does not end behind Mr: in French M., in Spanish Sr.,
# in Italian Sig., in Dutch Dhr.; and that a closing quotation mark belongs to the sentence before.
# Seen: each knows some of the gentlemen. sentencex, Wikipedia's, ends a sentence behind "M." in French, where every man is one, and behind the 19. of a
# German century; pysbd behind "Sr." and "Dhr."; the rules of LanguageTool behind "sig.". sentence-splitter, for English, begins a
# sentence with the closing mark of the one before, if it is a curly one. Try each on a page of names before you trust it with a language.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pysbd==0.3.4 sentencex==1.0.32 choppa-srx==1.0.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . sentence-splitter@5.0.1 >/dev/null 2>&1
cat > split.mjs <<'JS'
import { split } from "sentence-splitter";
const said = split("I asked, “Why?” “Because,” he said.").filter((node) => node.type === "Sentence");
console.log("sentence-splitter", said.map((node) => node.raw).join(" | "));
JS
seen=$(
  tools/bin/python -W ignore - <<'PY'
import pysbd
import sentencex
from choppa import DEFAULT_SRX_RULESET, SrxDocument, SrxTextIterator

rules = SrxDocument(ruleset=DEFAULT_SRX_RULESET)
TALKS = {
    "fr": "M. Dupont est venu. Il parla.",
    "es": "El Sr. López vino. Habló.",
    "it": "Il sig. Rossi venne. Fine.",
    "nl": "Dhr. Jansen kwam. Hij sprak.",
    "de": "Im 19. Jahrhundert war das so. Ja.",
}
for lang, text in TALKS.items():
    ways = {
        "pysbd": pysbd.Segmenter(language=lang, clean=False).segment(text),
        "sentencex": sentencex.segment(lang, text),
        "choppa": SrxTextIterator(rules, f"{lang}_one", text),
    }
    parts = {name: [each.strip() for each in found] for name, found in ways.items()}
    print(lang, *(f"{name}: {' | '.join(found[:2])};" for name, found in parts.items() if len(found) > 2))
PY
  node split.mjs
)
printf '%s\n' "$seen"
[ "$seen" = 'fr sentencex: M. | Dupont est venu.;
es pysbd: El Sr. | López vino.;
it choppa: Il sig. | Rossi venne.;
nl pysbd: Dhr. | Jansen kwam.;
de sentencex: Im 19. | Jahrhundert war das so.;
sentence-splitter I asked, “Why? | ” “Because,” he said.' ]
