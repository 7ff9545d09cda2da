#!/bin/sh
# fonteditor-core 2.6.3, fontmin 2.0.3, subset-font 2.9.0 (npm) on Lora 0.4.2, shaped by uharfbuzz 0.57.0 (PyPI), November 2026.
# Expected: the part of a font that is made for one book keeps the kerning of its letters, or drops it; an option named kerning keeps it.
# Seen: with that option fonteditor-core copies the kerning as it stands, which goes by the letters' places in the font, and the letters have new
# ones: "AV" is 46 units wider than without, where the font has it 39 closer, and so is "TT"; "To" and "We" are not kerned. fontmin, which is
# built on it, does so unasked. The ligature of "fi" is gone with both. subset-font, which is HarfBuzz, has all of it. Look at a line
# of capitals in the result.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet uharfbuzz==0.57.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . fonteditor-core@2.6.3 fontmin@2.0.3 subset-font@2.9.0 \
  @expo-google-fonts/lora@0.4.2 >/dev/null 2>&1
cat > subset.mjs <<'JS'
import { readFileSync, writeFileSync } from "fs";
import fonteditor from "fonteditor-core";
import Fontmin from "fontmin";
import subset from "subset-font";
const source = "node_modules/@expo-google-fonts/lora/400Regular/Lora_400Regular.ttf";
const text = "AVToWave fi.,";
const font = readFileSync(source);
writeFileSync("whole.ttf", font);
const kept = { type: "ttf", hinting: true, kerning: true, subset: [...text].map((letter) => letter.codePointAt(0)) };
writeFileSync("fonteditor-core.ttf", fonteditor.createFont(font, kept).write(kept));
const small = new Fontmin().src(source).use(Fontmin.glyph({ text }));
writeFileSync("fontmin.ttf", (await small.runAsync())[0].contents);
writeFileSync("subset-font.ttf", await subset(font, text, { targetFormat: "truetype" }));
JS
cat > shape.py <<'PY'
import uharfbuzz


def shaped(font, text, **features):
    line = uharfbuzz.Buffer()
    line.add_str(text)
    line.guess_segment_properties()
    uharfbuzz.shape(font, line, features)
    return [each.x_advance for each in line.glyph_positions]


for name in ("whole", "fonteditor-core", "fontmin", "subset-font"):
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(f"{name}.ttf")))
    kerning = {pair: sum(shaped(font, pair, kern=True)) - sum(shaped(font, pair, kern=False)) for pair in ("AV", "To", "We", "TT")}
    print(name, *(f"{pair} {units}" for pair, units in kerning.items()), *["fi"] * (len(shaped(font, "fi")) == 1))
PY
node subset.mjs >/dev/null
seen=$(tools/bin/python shape.py)
echo "$seen"
[ "$seen" = "whole AV -39 To -49 We -39 TT 0 fi
fonteditor-core AV 46 To 0 We 0 TT 46
fontmin AV 46 To 0 We 0 TT 46
subset-font AV -39 To -49 We -39 TT 0 fi" ]
