#!/bin/sh
# warcio 1.8.1 with brotli 1.2.1, November 2026.
# Expected: record.content_stream() unpacks a response whose Content-Encoding is br, as it does for gzip, when brotli is installed.
# Seen: AttributeError, since the current brotli has no unused_data, which warcio asks of every decompressor. Read raw_stream and
# unpack it yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet warcio==1.8.1 brotli==1.2.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import io

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

file = io.BytesIO()
writer = WARCWriter(file, gzip=True)
head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "br")], protocol="HTTP/1.1")
body = io.BytesIO(brotli.compress(b"<p>A page.</p>"))
writer.write_record(writer.create_warc_record("https://example.org/", "response", payload=body, http_headers=head))
file.seek(0)
(record,) = ArchiveIterator(file)
try:
    print(record.content_stream().read())
except AttributeError as fault:
    print(f"AttributeError: {fault}")
PY
)
echo "$seen"
case "$seen" in "AttributeError:"*unused_data*) ;; *) exit 1 ;; esac
