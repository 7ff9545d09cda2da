#!/bin/sh
# percollate 4.3.0 (npm), November 2026.
# Expected: an e-book holds each picture once, in the largest of the sizes that its page offers, or in one that fits the screen.
# Seen: of a picture with five sizes in srcset the smallest, which stands in src for browsers of long ago, is fetched and packed; of the
# same sizes in the sources of a picture element all are, each packed as a file of its own.
set -eu
cd "$(mktemp -d)"
PUPPETEER_SKIP_DOWNLOAD=1 npm install --silent --no-audit --no-fund --ignore-scripts --prefix . percollate@4.3.0 >/dev/null
cat > serve.py <<'PY'
import http.server
import struct
import sys
import zlib

SIZES = (320, 640, 960, 1280, 1920)


def picture(width):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(width // 2)))
    head = struct.pack(">IIBBBBB", width, width // 2, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def page(form):
    prose = "<p>" + "The harbour was quiet that morning, and nobody spoke before the second boat came in. " * 8
    sizes = ", ".join(f"/{each}.png {each}w" for each in SIZES)
    img = "<img src='/320.png' alt='The pier'>"
    shown = f"<img src='/320.png' srcset='{sizes}' sizes='100vw' alt='The pier'>"
    if form == "sources":
        shown = "<picture>" + "".join(f"<source media='(min-width: {each}px)' srcset='/{each}.png'>" for each in SIZES[::-1]) + img + "</picture>"
    return f"<!DOCTYPE html><html lang=en><title>A talk</title><body><article><h1>A talk</h1>{prose}<figure>{shown}</figure>{prose}</article>"


class Request(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/").partition(".")[0]
        body = picture(int(name)) if name.isdigit() else page(name).encode()
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if name.isdigit() else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Request)
print(server.server_port, flush=True)
server.serve_forever()
PY
python3 serve.py >port &
trap 'kill $!' EXIT
until [ -s port ]; do sleep 1; done
for form in srcset sources; do
  node_modules/.bin/percollate epub "http://127.0.0.1:$(cat port)/$form" -o "$form.epub" >/dev/null 2>&1
  python3 - "$form" <<'PY'
import struct
import sys
import zipfile

book = zipfile.ZipFile(f"{sys.argv[1]}.epub")
packed = [book.read(name) for name in book.namelist()]
widths = sorted(struct.unpack(">I", content[16:20])[0] for content in packed if content.startswith(b"\x89PNG"))
print(f"{sys.argv[1]}: {widths}")
PY
done >seen
cat seen
[ "$(cat seen)" = "srcset: [320]
sources: [320, 640, 960, 1280, 1920]" ]
