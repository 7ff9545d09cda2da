#!/bin/sh
# mathml-to-omml 1.1.1 (PyPI), November 2026.
# Expected: to_braille gives braille, or says that it cannot without the engine (MathCAT) that it names as optional.
# Seen: without the engine it gives the English words of speak, with no error and no warning, whatever the language: a line for an embosser
# that holds "fraction with numerator 1 over denominator 2". And the words are not the formula's: what is struck out is read as
# if it stood, of uranium-238 the mass number, which stands first, comes last, and "In 1986 I was 5" is a formula of chemistry. Ask
# is_mathcat_available() first.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet mathml-to-omml==1.1.1 2>/dev/null
seen=$(tools/bin/python -W error - <<'PY'
import mathml_to_omml

ISOTOPE = "<mmultiscripts><mi>U</mi><mn>92</mn><none/><mprescripts/><mn>238</mn><none/></mmultiscripts>"
for part in ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", '<menclose notation="updiagonalstrike"><mi>x</mi></menclose>', ISOTOPE):
    print(mathml_to_omml.to_braille(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{part}</math>'))
print(mathml_to_omml.is_chemical_formula("In 1986 I was 5"))
PY
)
printf '%s\n' "$seen"
[ "$seen" = "fraction with numerator 1 over denominator 2
x
U 92 238
True" ]
