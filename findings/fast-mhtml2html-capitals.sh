#!/bin/sh
# fast-mhtml2html 1.0.2 (npm), November 2026.
# Expected: a page that Chromium saved as MHTML, in UTF-8 and with a meta element that says so, becomes one file that holds its pictures.
# Seen: it is read as Chinese (GBK) unless it says "UTF-8" in capitals, as most pages do not; of the pictures none is put in. In srcset
# the address of the picture loses its slashes ("https!example.org!pier.png"), and the size behind it becomes an address. Read
# the parts with a library for mail, by the charset that the page names.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . fast-mhtml2html@1.0.2 >/dev/null 2>&1
cat > write.py <<'PY'
import base64
import struct
import zlib


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


picture = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + picture).decode()
pier = "https://example.org/pier.png"
for name, charset in (("small", "utf-8"), ("capitals", "UTF-8")):
    page = f"<html><head><meta charset='{charset}'></head><body><p>Caf=C3=A9</p><img src='{pier}' srcset='{pier} 2x'></body></html>"
    page = page.replace("charset='", "charset=3D'").replace("src='", "src=3D'").replace("srcset='", "srcset=3D'")
    lines = (
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://example.org/",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="part"',
        "",
        "--part",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://example.org/",
        "",
        page,
        "--part",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        f"Content-Location: {pier}",
        "",
        picture,
        "--part--",
        "",
    )
    with open(f"{name}.mhtml", "w", newline="") as file:
        file.write("\r\n".join(lines))
PY
python3 write.py
cat > convert.js <<'JS'
const { readFileSync } = require("fs");
const { convert } = require("fast-mhtml2html");
for (const name of ["small", "capitals"]) console.log(convert(readFileSync(`${name}.mhtml`)).split("<body>")[1].split("</body>")[0]);
JS
seen=$(node convert.js)
printf '%s\n' "$seen"
[ "$seen" = "<p>Caf茅</p><img src='https://example.org/pier.png' srcset='https!example.org!pier.png https://example.org/2x'>
<p>Café</p><img src='https://example.org/pier.png' srcset='https!example.org!pier.png https://example.org/2x'>" ]
