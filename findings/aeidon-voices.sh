#!/bin/sh
# aeidon 2.0.1 (PyPI; Gaupol's library), November 2026.
# Expected: a transcript in WebVTT that is saved as SubRip says who speaks as before, in words if the format has nothing for it, and "&amp;" as "&".
# Seen: the names of the speakers are in no line of the result, for they are taken off as markup, and of a conversation in turns nobody can tell who
# asks; references stay as they are, so that the viewer reads "salt &amp; light". A word runs into its reading. What is saved as WebVTT keeps all.
# Write the names into the words before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet aeidon==2.0.1 2>/dev/null
cat > talk.vtt <<'VTT'
WEBVTT

00:01.000 --> 00:02.500
<v Ann Asker>Why salt &amp; light?

00:03.000 --> 00:04.000
<v Kay Keeper>Because of <ruby>salt<rt>sea</rt></ruby>.
VTT
cat > convert.py <<'PY'
import aeidon

project = aeidon.Project()
project.open_main("talk.vtt", "utf_8")
project.save_main(aeidon.files.new(aeidon.formats.SUBRIP, "talk.srt", "utf_8"))
print(open("talk.srt", encoding="utf-8").read().strip())
PY
seen=$(tools/bin/python convert.py)
printf '%s\n' "$seen"
[ "$seen" = '1
00:00:01,000 --> 00:00:02,500
Why salt &amp; light?

2
00:00:03,000 --> 00:00:04,000
Because of saltsea.' ]
