#!/bin/sh
# fastfeedparser 0.6.5 (PyPI), November 2026.
# Expected: an entry without a date has none. Of an entry's links, the one without a rel is the alternate one (RFC 4287), and the page in
# another language (hreflang) is not the entry's address.
# Seen: where no date is given, the identifier is read as one: a guid of 2019 makes the entry one of 2019, on today's day and
# month, a number such as 42 one of the year 2042. The link that has rel="alternate" written out wins over the one that leaves it out,
# so that the German page is the address of the English entry, and hreflang, by which one could tell, is not given. Take a date only
# if the feed has an element for it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet fastfeedparser==0.6.5 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import fastfeedparser

CHANNEL = "<title>T</title><link>https://example.org/</link><description>d</description>"
for guid in ("2019", "42", "talk"):
    entry = f'<item><title>One</title><guid isPermaLink="false">{guid}</guid></item>'
    read = fastfeedparser.parse(f'<?xml version="1.0"?><rss version="2.0"><channel>{CHANNEL}{entry}</channel></rss>'.encode())
    print(guid, (read.entries[0].get("published") or "no date")[:7].split("-")[0])
HEAD = "<id>urn:uuid:1</id><title>T</title><updated>2026-01-01T00:00:00Z</updated>"
LINKS = '<link href="https://example.org/one"/><link rel="alternate" hreflang="de" href="https://example.org/eins"/>'
feed = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">{HEAD}<entry>{HEAD}{LINKS}</entry></feed>'
entry = fastfeedparser.parse(feed.encode()).entries[0]
print(entry["link"], any("hreflang" in link for link in entry["links"]))
PY
)
echo "$seen"
[ "$seen" = "2019 2019
42 2042
talk no date
https://example.org/eins False" ]
