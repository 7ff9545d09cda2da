"""The kinds of pictures: how each is recognised, which are accepted and why the others are not, what they are called."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/tiff": ".tif",
}

FORMATS = {media_type: media_type.removeprefix("image/").upper() for media_type in SUFFIXES}

_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
}

WHY_NOT = {
    "": "it is no picture",
    "image/svg+xml": "SVG can hold programs and is not accepted",
    "image/heic": "HEIC is not accepted; save it as JPEG",
    "image/bmp": "BMP is not accepted; save it as PNG",
}


def sniff(content: bytes) -> str:
    """The media type of ``content`` by its first bytes; ``""`` when it is no kind of picture known here."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:4] in {b"II*\0", b"MM\0*"}:
        return "image/tiff"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "")
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return "image/svg+xml" if b"<svg" in content[:1024].lower() else ""


def key_of(content: bytes, media_type: str) -> str:
    """A file name made of the content alone, so that a picture used twice stands once."""
    return name_of(hashlib.sha256(content).hexdigest(), media_type)


def name_of(digest: str, media_type: str) -> str:
    """The file name of a picture whose content has this digest."""
    return digest[:16] + SUFFIXES[media_type]
