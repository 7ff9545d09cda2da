#!/bin/sh
# wacz 0.6.0 and warcio 1.8.1 (PyPI), November 2026.
# Expected: "wacz create --detect-pages" lists the one HTML page of a crawl, and "wacz validate" wants the list that players open first.
# Seen: what no other request named as its Referer is no page ("Num Pages Detected: 0"): an article without pictures, or whatever a
# fetcher without that header saved. There is then no pages/pages.jsonl at all, as without the option, and the archive is valid. Read
# the records, not the list.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet wacz==0.6.0 warcio==1.8.1 setuptools 2>/dev/null
tools/bin/python - <<'PY'
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

with open("crawl.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    body = io.BytesIO(b"<!DOCTYPE html><title>A talk</title><p>The tide waits for nobody.</p>")
    writer.write_record(writer.create_warc_record("https://example.org/", "response", payload=body, http_headers=head))
PY
for pages in "" --detect-pages; do
  tools/bin/wacz create $pages -f crawl.warc.gz -o "talk$pages.wacz" >said 2>&1
  tools/bin/wacz validate -f "talk$pages.wacz" >valid 2>&1 && valid=valid || valid=invalid
  echo "${pages:-plain}: $valid, $(tools/bin/python -m zipfile -l "talk$pages.wacz" | grep -c '^pages/') page lists"
done >seen
cat seen
[ "$(cat seen)" = "plain: valid, 0 page lists
--detect-pages: valid, 0 page lists" ]
