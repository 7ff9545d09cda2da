"""What programs that save pages do to them, undone: pictures kept once, in the style sheet."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from exporter.readers.dom.search import every

_VARIABLE = re.compile(r"(--sf-img-\d+)\s*:\s*url\(\s*[\"']?(data:[^\"')]*)")
_USE = re.compile(r"background-image\s*:\s*var\(\s*(--sf-img-\d+)")


def put_back_shared_pictures(soup: BeautifulSoup) -> None:
    """Puts pictures back that SingleFile keeps once, as a variable of the style sheet, with an empty drawing at each place."""
    pictures = [img for img in every(soup, frozenset({"img"})) if "--sf-img-" in str(img.get("style", ""))]
    if not pictures:
        return
    sheets = "".join(sheet.get_text() for sheet in every(soup, frozenset({"style"})))
    kept = dict(_VARIABLE.findall(sheets))
    for img in pictures:
        used = _USE.search(str(img.get("style", "")))
        if used and used[1] in kept:
            img["src"] = kept[used[1]]
