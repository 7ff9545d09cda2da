"""A publication of a catalogue: what its files say about themselves, and where they stand."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

UNDATED = "1980-01-01T00:00:00Z"
"""When a publication was changed that does not say so: the first moment that a ZIP archive can name."""

SUMMARY_LENGTH = 600
"""Letters of a summary; what is longer is cut, so that a large catalogue stays small in memory."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, production 2
_DATE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


class Undescribed(Exception):
    """The file cannot be read; the message is the reason, part of a sentence."""


class Person(Struct, frozen=True):
    """Somebody who wrote, and the form of the name that shelves are sorted by."""

    name: str
    sort_name: str


class Edition(Struct, frozen=True):
    """A file of the publication, by its place below the folder."""

    place: str
    media_type: str


class Images(Struct, frozen=True):
    """A cover and its thumbnail, by their places in the catalogue's folder and their media types."""

    cover: str
    cover_type: str
    thumbnail: str
    thumbnail_type: str


class Publication(Struct, frozen=True):
    """All that a catalogue says of one. Dates are as ISO 8601 writes them; ``updated`` is a moment in UTC, ``…Z``."""

    title: str
    identifier: str = ""
    language: str = ""
    authors: tuple[Person, ...] = ()
    publisher: str = ""
    published: str = ""
    updated: str = UNDATED
    summary: str = ""
    rights: str = ""
    series: str = ""
    position: str = ""
    editions: tuple[Edition, ...] = ()
    images: Images | None = None


class Description(Struct, frozen=True):
    """What a file says of itself, with the bytes of its cover, ``b""`` without one."""

    publication: Publication
    cover: bytes = b""


class Describe(Protocol):
    """What the module of each form of file offers as ``describe``."""

    def __call__(self, content: bytes, with_cover: bool) -> Description:
        """The description. Raises :class:`Undescribed`."""


def legal(text: object) -> str:
    """The text on one line, without what XML forbids; ``""`` of None."""
    return " ".join(_NOT_XML.sub("", str(text or "")).split())


def moment(*stated: str) -> str:
    """The first of the dates that is one, as a moment in UTC; :data:`UNDATED` where none is."""
    for each in stated:
        try:
            found = datetime.fromisoformat(each.strip())
            in_utc = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        return in_utc.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    return UNDATED


def date(stated: str) -> str:
    """The day, month or year that a date begins with; ``""`` of anything else."""
    found = _DATE.match(stated.strip())
    return found[0] if found else ""


def with_identity(publication: Publication, taken: set[str]) -> Publication:
    """The publication with an identifier that is an address and nobody else's: its own, else one made of it and its place."""
    stated = publication.identifier
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+$", stated) or stated in taken:
        place = PurePosixPath(publication.editions[0].place).as_posix()
        name = f"{stated} {place}".encode("utf-8", "surrogateescape")
        stated = uuid.uuid5(uuid.NAMESPACE_URL, name.hex()).urn
    taken.add(stated)
    return replace(publication, identifier=stated)
