"""The container: finished documents in, the bytes of an EPUB 3.3 file out.

EbookLib writes the package document and the archive; everything it would make up itself (dates, random ids, page lists,
landmarks) is given or switched off, and what it cannot set (the package's language, the archive's order and dates) is set
in one last step. Nothing else in this project knows EbookLib, and only its public names are used.

Rules: EPUB 3.3, "OCF ZIP container" (mimetype first, stored, without extra field) and "package document".
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Literal

from markupsafe import escape
from msgspec import Struct

from exporter.errors import WriteError

Namespace = Literal["DC", ""]

MIMETYPE = "application/epub+zip"
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
CSS = "text/css"

UNPACKED_TYPES = frozenset({"image/jpeg", "image/png"})
"""Media types that are compressed already: deflating them again costs time and gains nothing."""

_UNUSED = re.compile(rb'(?<=[^<>]) prefix="rendition:[^"<>]*"')

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name."""


class Part(Struct, frozen=True):
    """One file of the book. ``name`` is relative to the package document; ``key`` is its id in the manifest.

    Parts in the spine are read in the order of the parts. A part ``beside`` it is reached by links only.
    """

    key: str
    name: str
    media_type: str
    content: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False
    beside: bool = False


class Statement(Struct, frozen=True):
    """One line of the package's metadata: ``DC`` for a Dublin Core element, ``""`` for a ``meta`` element."""

    namespace: Namespace
    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


class Landmark(Struct, frozen=True):
    """A place that old readers look for in the package's guide."""

    kind: str
    title: str
    href: str


class Package(Struct, frozen=True):
    """All that stands in the file. ``moment`` is in UTC; the parts' order is the archive's, and the spine's."""

    identifier: str
    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    moment: datetime
    statements: tuple[Statement, ...]
    parts: tuple[Part, ...]
    guide: tuple[Landmark, ...] = ()


def bind(package: Package) -> bytes:
    """The EPUB file. Raises :class:`WriteError` when EbookLib fails or leaves a part out."""
    return _finish(_packed(package), package)


def _packed(package: Package) -> bytes:
    from ebooklib import epub

    target = BytesIO()
    options = {
        "raise_exceptions": True,
        "epub3_pages": False,
        "epub3_landmark": False,
        "mtime": package.moment,
        "compresslevel": 0,  # the last step packs, once
    }
    try:
        epub.write_epub(target, _book(package), options)
    except Exception as fault:
        raise WriteError(f"The EPUB could not be packed: {fault}.", "Please report this document.") from fault
    return target.getvalue()


def _book(package: Package) -> object:
    from ebooklib import epub

    book = epub.EpubBook()
    book.metadata = {}  # drops the generator's name and the random identifier
    book.set_identifier(package.identifier)
    book.set_title(package.title)
    book.set_language(package.language)
    book.set_direction(package.direction)
    for each in package.statements:
        book.add_metadata(each.namespace or None, each.name, each.text, dict(each.attributes))
    for part in package.parts:
        entry = epub.EpubItem(part.key, part.name, part.media_type)  # its content is packed by the last step alone
        mathml = ["mathml"] if part.media_type == "application/xhtml+xml" and b"<math" in part.content else []
        entry.properties = [*part.properties, *mathml]
        book.add_item(entry)
    book.spine = [part.key for part in package.parts if part.in_spine]
    book.spine += [(part.key, "no") for part in package.parts if part.beside]
    book.guide = [{"type": each.kind, "title": each.title, "href": each.href} for each in package.guide]
    return book


def _finish(packed: bytes, package: Package) -> bytes:
    """The archive again, with its contents, in the order and with the dates that we want, and the package's language set."""
    target = BytesIO()
    contents = {part.name: part.content for part in package.parts}
    with zipfile.ZipFile(BytesIO(packed)) as given, zipfile.ZipFile(target, "w") as made:
        for name in _ordered(given.namelist()):
            own = contents.get(name.partition("/")[2])
            content = given.read(name) if own is None else own
            if name.endswith(".opf"):
                content = _with_own_root(content, package)
            made.writestr(_entry(name, package), content)
        _check(made, package)
    return target.getvalue()


def _ordered(names: Iterable[str]) -> Iterator[str]:
    # Readers find the type in the first bytes; EbookLib keeps the rest in the order it was given.
    yield "mimetype"
    yield from (name for name in names if name != "mimetype")


def _entry(name: str, package: Package) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, max(EARLIEST, package.moment.timetuple()[:6]))
    packed_already = {part.name for part in package.parts if part.media_type in UNPACKED_TYPES}
    stored = name == "mimetype" or name.partition("/")[2] in packed_already
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same on every system
    entry.external_attr = 0o644 << 16
    return entry


def _with_own_root(content: bytes, package: Package) -> bytes:
    """The package document with its language and direction, without the vocabulary that EbookLib names and nothing uses."""
    root = f'<package xml:lang="{escape(package.language)}" dir="{package.direction}" '.encode()
    if content.count(b"<package ") != 1:
        raise WriteError("EbookLib wrote a package document of an unknown form.", "Install EbookLib 0.20.")
    return _UNUSED.sub(b"", content, count=1).replace(b"<package ", root, 1)


def _check(made: zipfile.ZipFile, package: Package) -> None:
    found = {entry.filename.partition("/")[2]: entry.file_size for entry in made.infolist()}
    for part in package.parts:
        if found.get(part.name) != len(part.content):
            raise WriteError(f"{part.name} did not reach the EPUB whole.", "Please report this document.")
