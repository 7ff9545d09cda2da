#!/bin/sh
# python-bidi 0.6.12 (PyPI), November 2026.
# Expected: get_display, by which programs that cannot write from right to left put Hebrew and Arabic text into the order of the eye, is
# one function, and turns brackets round, as the algorithm says (UAX 9, L4).
# Seen: there are two of that name. The one of the package, written anew in Rust, leaves brackets and guillemets as they are, so that
# "(1914–18)" stands there as ")1914–18("; the one of bidi.algorithm, which older programs import, turns them. Nothing says that they
# differ. Take the second where what draws the text knows nothing of direction.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet python-bidi==0.6.12 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import bidi
import bidi.algorithm

for text in ("(1914–18) שלום", "«שלום»"):
    print(*(module.get_display(text, base_dir="R").replace("םולש", "word") for module in (bidi, bidi.algorithm)), sep=" | ")
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'word )18–1914( | word (18–1914)
»word« | «word»' ]
