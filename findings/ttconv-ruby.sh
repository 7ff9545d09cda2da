#!/bin/sh
# ttconv 1.2.3 (PyPI), November 2026.
# Expected: from TTML, which has ruby, to WebVTT, which has it, too, a word keeps its reading; to SubRip the word stays and the reading goes.
# Seen: in both the word goes with its reading, and nothing tells. In WebVTT ampersands and brackets are not escaped besides: the
# comparison "5 < 6" opens a tag there. Take ruby out, and escape, on either side of it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet ttconv==1.2.3 2>/dev/null
cat > talk.ttml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="en"><body><div>
<p begin="00:00:01.000" end="00:00:03.000">Of <span tts:ruby="container"><span tts:ruby="base">灯</span><span tts:ruby="text">ひ</span></span>
&amp; tides, 5 &lt; 6</p></div></body></tt>
XML
for format in srt vtt; do
  tools/bin/tt convert -i talk.ttml -o "talk.$format" >/dev/null 2>said
  echo "$format: $(sed -n '/-->/,$p' "talk.$format" | tail -n +2 | tr -s '\n' ' ')warned: $(grep -ci ruby said || true)"
done >seen
cat seen
[ "$(cat seen)" = "srt: Of & tides, 5 < 6 warned: 0
vtt: Of & tides, 5 < 6 warned: 0" ]
