#!/bin/sh
# budoux 0.10.1 (PyPI), November 2026.
# Expected: a breaker of Japanese lines that is made for HTML knows ruby, which is HTML for Japanese: no break in a reading, and the words
# around one part as if it were not there.
# Seen: the reading is text like other text. A break stands in its midst (と|うきょう), another one before and behind the brackets for
# programs without ruby, and behind the word the phrase is parted at another place than without its reading: の|灯台は, "of | the lighthouse".
# Ask the parser for the breaks of the bare text, and put them in yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet budoux==0.10.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import re

import budoux

parser = budoux.load_default_japanese_parser()
for page in (
    "東京の灯台は今日も元気です。",
    "<ruby>東京<rt>とうきょう</rt></ruby>の灯台は今日も元気です。",
    "<ruby>灯台<rp>(</rp><rt>とうだい</rt><rp>)</rp></ruby>に行きました。",
):
    print(re.sub("</?span[^>]*>", "", parser.translate_html_string(page)).replace("\u200b", "|"))
PY
)
echo "$seen"
[ "$seen" = "東京の|灯台は|今日も|元気です。
<ruby>東京<rt>と|うきょう</rt></ruby>の|灯台は|今日も|元気です。
<ruby>灯台<rp>|(</rp><rt>とうだい</rt><rp>|)</rp></ruby>に|行きました。" ]
