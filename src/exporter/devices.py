"""Reading devices: what their screens show and what their makers accept, from ``devices.toml``. And sizes of files."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from exporter.errors import UsageError
from exporter.runtime.compiled import table


class Device(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of device. ``longest`` and ``pixels`` bound each picture; ``greys`` is 0 for colour.

    ``quality`` is that of JPEG; ``pack`` says whether photos that could stay are packed anew with it. ``budget`` is the size
    of the whole book, as :func:`size_of` reads it; ``""`` sets no limit. ``cover_page``: the cover has a page of its own in the
    book; ``begins`` is where the book is opened first.
    """

    summary: str
    longest: int
    pixels: int
    greys: int = 0
    quality: int = 85
    pack: bool = False
    budget: str = ""
    cover_page: bool = True
    begins: Literal["text", "titlepage"] = "text"


@cache
def devices() -> dict[str, Device]:
    """Every device by its name, in the order of the file."""
    return msgspec.convert(table("exporter", "devices.toml"), dict[str, Device])


def device_named(name: str) -> Device:
    """The device of that name. Raises :class:`UsageError` naming those there are."""
    found = devices().get(name)
    if found is None:
        raise UsageError(f"There is no device {name!r}.", f"Choose one of: {', '.join(devices())}.")
    return found


_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*(b|kb|mb|gb|kib|mib|gib|)", re.IGNORECASE)
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}


def size_of(stated: str) -> int:
    """Bytes of ``50MB``, ``300 kB`` or ``2MiB``; 0 of ``""``, which is no limit. Raises :class:`UsageError` for no size."""
    if not stated:
        return 0
    found = _SIZE.fullmatch(stated.strip())
    size = round(float(found[1]) * _UNITS[found[2].lower()]) if found else 0
    if size < 1:
        raise UsageError(f"There is no size {stated!r}.", "Give one such as 50MB or 800kB.")
    return size
