#!/bin/sh
# pysubs2 1.8.1, webvtt-py 0.6.0 (PyPI), subsrt-ts 2.1.2 (npm), November 2026.
# Expected: the words of a cue without its markup are what a viewer reads: tags gone, character references written out, so that a
# transcript says "tides & lamps"; who speaks may be lost.
# Seen: all three take the tags away and leave the references, in their own text as in the SubRip that they write, a format that has
# none: viewers see "tides &amp; lamps, 5 &lt; 6". pysubs2 leaves the times inside a cue, too. The other way, from SubRip, pysubs2 and
# subsrt escape nothing, so that their WebVTT holds an ampersand and a bracket that are none. Unescape and escape yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pysubs2==1.8.1 webvtt-py==0.6.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . subsrt-ts@2.1.2 >/dev/null
cat > talk.vtt <<'VTT'
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Asker>Tides &amp; <i>lamps</i>, <00:00:02.000>5 &lt; 6</v>
VTT
cat > read.py <<'PY'
import io

import pysubs2
import webvtt

(cue,) = pysubs2.load("talk.vtt")
print("pysubs2:", cue.plaintext)
(cue,) = read = webvtt.read("talk.vtt")
written = io.StringIO()
read.write(written, format="srt")
print("webvtt-py:", cue.text, "| SubRip:", written.getvalue().split("\n")[2])
back = pysubs2.SSAFile.from_string("1\n00:00:01,000 --> 00:00:04,000\nTides & lamps, a<b\n").to_string("vtt")
print("pysubs2, to WebVTT:", back.strip().split("\n")[-1])
PY
cat > read.mjs <<'JS'
import { readFileSync } from "fs";
import * as module from "subsrt-ts";
const { convert } = module.default || module;
console.log("subsrt, to SubRip:", convert(readFileSync("talk.vtt", "utf8"), { format: "srt" }).trim().split(/\r?\n/).pop());
const back = convert("1\n00:00:01,000 --> 00:00:04,000\nTides & lamps, a<b\n", { format: "vtt", from: "srt" });
console.log("subsrt, to WebVTT:", back.trim().split(/\r?\n/).pop());
JS
seen=$(tools/bin/python read.py && node read.mjs)
echo "$seen"
[ "$seen" = "pysubs2: Tides &amp; lamps, <00:00:02.000>5 &lt; 6
webvtt-py: Tides &amp; lamps, 5 &lt; 6 | SubRip: Tides &amp; lamps, 5 &lt; 6
pysubs2, to WebVTT: Tides & lamps, a<b
subsrt, to SubRip: Tides &amp; lamps, 5 &lt; 6
subsrt, to WebVTT: Tides & lamps, a<b" ]
