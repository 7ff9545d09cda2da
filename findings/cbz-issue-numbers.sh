#!/bin/sh
# cbz 4.0.0 with Pillow 13.0.0 (PyPI), November 2026.
# Expected: the number of an issue is a string in ComicInfo.xml, for there are issues 1.5, 1A and ½; a library that reads such an archive and
# saves it keeps it.
# Seen: the number is read as a whole one; what is none is dropped with a line on stderr, and the archive that is saved has no number, which
# shelves then file under nothing. "001" comes back as "1", and pages get new names, page-001 and on. Keep the old ComicInfo.xml beside it,
# or set the number again in the file that is made.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet cbz==4.0.0 pillow==13.0.0 2>/dev/null
seen=$(tools/bin/python - 2>/dev/null <<'PY'
import io
import re
import zipfile

from cbz.comic import ComicInfo
from PIL import Image

page = io.BytesIO()
Image.new("RGB", (10, 10)).save(page, "PNG")
for number in ("1", "001", "1.5", "1A", "½"):
    with zipfile.ZipFile("old.cbz", "w") as archive:
        archive.writestr("lamp 1.png", page.getvalue())
        archive.writestr("ComicInfo.xml", f"<ComicInfo><Series>Lamps</Series><Number>{number}</Number></ComicInfo>")
    ComicInfo.from_cbz("old.cbz").save("new.cbz")
    with zipfile.ZipFile("new.cbz") as archive:
        kept = re.search("<Number>(.*)</Number>", archive.read("ComicInfo.xml").decode())
    print(number, "is", kept[1] if kept else "nothing")
PY
)
printf '%s\n' "$seen"
[ "$seen" = '1 is 1
001 is 1
1.5 is nothing
1A is nothing
½ is nothing' ]
