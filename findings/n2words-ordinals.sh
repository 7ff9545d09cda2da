#!/bin/sh
# n2words 4.0.0 (npm), November 2026.
# Expected: a library whose version 4 has ordinals for some sixty languages spells the hundredth, the twenty-first and the millionth as the language does.
# Seen: outside a few languages the ordinal is the number with an ending at it. Swedish "tjugo-ettde" (tjugoförsta), Norwegian "tjue-ende" (tjueførste), Danish
# "halvtredsde" (halvtredsindstyvende), German "eine Millionste" (einmillionste), Polish "dwa tysięczny" (dwutysięczny). Spanish thousands are wrong even in cardinals:
# "veintiuno mil" (veintiún mil), and Norwegian and Swedish put a hyphen where no dictionary has one. Nothing tells a language that was looked after
# from one that was not. Have chapter numbers in words read by somebody of the language, or print figures.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . n2words@4.0.0 >/dev/null 2>&1
cat > say.mjs <<'JS'
for (const [language, number] of Object.entries({ "sv-SE": 21, "nb-NO": 21, "da-DK": 50, "de-DE": 1e6, "pl-PL": 2000, "es-ES": 21000, "en-US": 21 })) {
  const { toCardinal, toOrdinal } = await import(`n2words/${language}`);
  console.log(`${language}: ${toCardinal(number)}, ${toOrdinal(number)}`);
}
JS
seen=$(node say.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'sv-SE: tjugo-ett, tjugo-ettde
nb-NO: tjue-en, tjue-ende
da-DK: halvtreds, halvtredsde
de-DE: eine Million, eine Millionste
pl-PL: dwa tysiące, dwa tysięczny
es-ES: veintiuno mil, vigésimo primero milésimo
en-US: twenty-one, twenty-first' ]
