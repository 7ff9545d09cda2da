#!/bin/sh
# FastWARC 2.0.1, November 2026.
# Expected: ArchiveIterator with auto_decode="all" unpacks each record and gives all of them.
# Seen: behind a record whose body is chunked and packed it ends without a word, and later records are lost. With
# auto_decode="none" all are there: take bodies as they are, and undo chunks and packing yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet FastWARC==2.0.1 warcio==1.8.1 brotli==1.2.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import io

import brotli
from fastwarc.warc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

packed = brotli.compress(b"<p>A page that is packed.</p>" * 50)
chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
file = io.BytesIO()
writer = WARCWriter(file, gzip=True)
for number in range(3):
    fields = [("Content-Type", "text/html")]
    body = b"<p>A page.</p>"
    if number == 0:
        fields, body = [*fields, ("Content-Encoding", "br"), ("Transfer-Encoding", "chunked")], chunked
    head = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
    address = f"https://example.org/{number}"
    writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=head))


def count(mode: str) -> str:
    try:
        return str(sum(1 for _ in ArchiveIterator(io.BytesIO(file.getvalue()), auto_decode=mode)))
    except Exception as fault:
        return type(fault).__name__


print(f"records with all: {count('all')}; with none: {count('none')}")
PY
)
echo "$seen"
[ "$seen" = "records with all: 1; with none: 3" ]
