#!/bin/sh
# feedparser 6.0.14 (PyPI), November 2026.
# Expected: its cleaning of an entry's HTML, on by default, takes out what is dangerous; elements of HTML that it does not know lose
# their tags and keep their words as a reader would still understand them.
# Seen: ruby, rt and rp are not known, and the reading of a word runs into it: 漢字 with its reading comes out as 漢かん字じ. Of a picture
# element the source stays without its address, the img loses srcset and with it every size but the smallest. With
# sanitize_html=False all of it is there: clean with something that knows the HTML of this century.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet feedparser==6.0.14 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import feedparser

content = (
    "<p><ruby>漢<rt>かん</rt></ruby><ruby>字<rt>じ</rt></ruby> H<sub>2</sub>O <mark>here</mark></p>"
    "<picture><source srcset='large.webp 1600w'><img src='small.jpg' srcset='small.jpg 200w, large.jpg 1600w'></picture>"
)
feed = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    f"<item><title>A talk</title><content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>"
)
for clean in (True, False):
    print(feedparser.parse(feed.encode(), sanitize_html=clean).entries[0].content[0].value)
PY
)
echo "$seen"
[ "$seen" = '<p>漢かん字じ H<sub>2</sub>O here</p><source /><img src="small.jpg" />
<p><ruby>漢<rt>かん</rt></ruby><ruby>字<rt>じ</rt></ruby> H<sub>2</sub>O <mark>here</mark></p><picture><source srcset="large.webp 1600w" /><img src="small.jpg" srcset="small.jpg 200w, large.jpg 1600w" /></picture>' ]
