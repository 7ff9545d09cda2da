#!/bin/sh
# FastWARC 2.0.1 and warcio 1.8.1 (PyPI), November 2026.
# Expected: an archive whose last packed record was cut off (a crawl that was stopped, a download that broke) ends with an error or a
# warning, so that one knows that a page is missing.
# Seen: both come to a clean end. The cut record is given like the others, with as much of its body as there is, no exception, and
# nothing tells that the rest is lost, though the record's own Content-Length does not agree. Look at the last gzip member yourself
# (zlib: eof), or count the bytes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet fastwarc==2.0.1 warcio==1.8.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import hashlib
import io

from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as Iterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

file = io.BytesIO()
writer = WARCWriter(file, gzip=True)
for number in range(3):
    words = b" ".join(hashlib.sha256(bytes([number, count % 256, count // 256])).hexdigest().encode() for count in range(500))
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    address = f"https://example.org/{number}"
    writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(words), http_headers=head))
cut = file.getvalue()[:-8000]
fast = [len(record.reader.read()) for record in ArchiveIterator(io.BytesIO(cut))]
slow = [len(record.content_stream().read()) for record in Iterator(io.BytesIO(cut))]
for name, lengths in ("FastWARC", fast), ("warcio", slow):
    print(name, [length == fast[0] for length in lengths])
PY
)
echo "$seen"
[ "$seen" = "FastWARC [True, True, False]
warcio [True, True, False]" ]
