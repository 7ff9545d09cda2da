"""An e-book's own structure: container, package document, contents, links, pictures (EPUB 3.3).

These checks need nothing installed and take a moment. They find what readers stumble over first; epubcheck, where it is at
hand, knows the whole standard.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring

from msgspec import Struct

from exporter.check.validator import asked
from exporter.notices import Notice, notice

MAX_UNPACKED = 1024 * 1024 * 1024
"""A book that unfolds to more bytes than this is not opened."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_METHOD = "{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"
_OBFUSCATIONS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_MIMETYPE = b"application/epub+zip"
_XML_TYPES = frozenset({"application/xhtml+xml", "application/x-dtbncx+xml", "image/svg+xml"})


class _Unsound(Exception):
    """The book cannot be looked at any further; the notice says why."""

    def __init__(self, told: Notice) -> None:
        self.told = told
        super().__init__(told.message)


class _Listed(Struct, frozen=True):
    """A file that the package document lists; ``name`` is its place in the archive."""

    key: str
    name: str
    media_type: str
    properties: tuple[str, ...]


class _Book(Struct, frozen=True):
    """An opened book: its files, its package document, what that lists, and every document that is XML."""

    files: dict[str, bytes]
    place: str
    package: Element
    listed: tuple[_Listed, ...]
    trees: dict[str, Element]


def examine(content: bytes) -> tuple[Notice, ...]:
    """What our own checks find, then what epubcheck finds."""
    return (*_own(content), *asked(content))


def _own(content: bytes) -> Iterator[Notice]:
    try:
        files = _opened(content)
        yield from _container(content, files)
        place = _package_place(files)
        package = _parsed(place, files[place])
    except _Unsound as fault:
        yield fault.told
        return
    listed = tuple(_listed(place, package))
    trees: dict[str, Element] = {}
    for each in listed:
        if each.media_type in _XML_TYPES and each.name in files:
            try:
                trees[each.name] = _parsed(each.name, files[each.name])
            except _Unsound as fault:
                yield fault.told
    book = _Book(files, place, package, listed, trees)
    for look in (_metadata, _files, _spine, _ways, _ids, _links, _pictures):
        yield from look(book)


def _opened(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise _Unsound(_container_notice("it unfolds to more than a gigabyte"))
            return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as fault:
        raise _Unsound(_container_notice(f"the archive is damaged ({fault})")) from fault


def _container_notice(reason: str) -> Notice:
    return notice("book-container", reason=reason)


def _container(content: bytes, files: dict[str, bytes]) -> Iterator[Notice]:
    if content[30:38] != b"mimetype" or content[38 : 38 + len(_MIMETYPE)] != _MIMETYPE:
        yield _container_notice("mimetype is not its first file, stored as it is")
    for name in files:
        if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/"):
            yield _container_notice(f"{name} would be unpacked outside of the book's own folder")
    if _CONTAINER not in files:
        raise _Unsound(_container_notice(f"{_CONTAINER} is missing"))
    yield from _encryption(files)


def _encryption(files: dict[str, bytes]) -> Iterator[Notice]:
    """Files locked for one seller's programs; fonts that are only made unfit for other uses are none (EPUB 3.3, 4.4)."""
    if _ENCRYPTION not in files:
        return
    methods = [each.get("Algorithm") or "" for each in _parsed(_ENCRYPTION, files[_ENCRYPTION]).iter(_METHOD)]
    locked = [method for method in methods if method not in _OBFUSCATIONS]
    if locked:
        yield _container_notice(f"{len(locked)} of its files are encrypted ({locked[0]})")


def _package_place(files: dict[str, bytes]) -> str:
    root = _parsed(_CONTAINER, files[_CONTAINER])
    place = next((each.get("full-path") or "" for each in root.iter(f"{_OCF}rootfile")), "")
    if place not in files:
        raise _Unsound(_container_notice(f"it names the package document {place or '(none)'}, which is not there"))
    return place


def _parsed(name: str, content: bytes) -> Element:
    try:
        return fromstring(content)  # noqa: S314 - expat 2.4 and later refuses entities that grow without end
    except (ParseError, ValueError, LookupError) as fault:
        raise _Unsound(notice("book-malformed", name, name=name, reason=str(fault))) from fault


def _listed(place: str, package: Element) -> Iterator[_Listed]:
    for each in package.iter(f"{_OPF}item"):
        address = each.get("href") or ""
        if not urlsplit(address).scheme:
            properties = tuple((each.get("properties") or "").split())
            yield _Listed(each.get("id") or "", _resolved(place, address), each.get("media-type") or "", properties)


def _resolved(home: str, address: str) -> str:
    """The place in the archive that an address in the file ``home`` leads to."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(home), path)) if path else home


def _metadata(book: _Book) -> Iterator[Notice]:
    for name in ("identifier", "title", "language"):
        if not any((each.text or "").strip() for each in book.package.iter(f"{_DC}{name}")):
            yield notice("book-package", book.place, reason=f"it states no {name}")
    changed = [each for each in book.package.iter(f"{_OPF}meta") if each.get("property") == "dcterms:modified"]
    if (book.package.get("version") or "").startswith("3") and len(changed) != 1:
        yield notice("book-package", book.place, reason="it does not state once when the book was last changed")


def _files(book: _Book) -> Iterator[Notice]:
    names = [each.name for each in book.listed]
    for name in dict.fromkeys(names):
        if name not in book.files:
            yield notice("book-file-missing", book.place, name=name)
    for name in sorted(set(book.files) - set(names) - {"mimetype", book.place}):
        if not name.startswith("META-INF/"):
            yield notice("book-file-unlisted", book.place, name=name)
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield notice("book-package", book.place, reason=f"it lists {name} twice")


def _spine(book: _Book) -> Iterator[Notice]:
    keys = {each.key for each in book.listed}
    order = [each.get("idref") for each in book.package.iter(f"{_OPF}itemref")]
    if not order:
        yield notice("book-package", book.place, reason="it has no reading order")
    for key in order:
        if key not in keys:
            yield notice("book-package", book.place, reason=f"its reading order names {key}, which it does not list")


def _ways(book: _Book) -> Iterator[Notice]:
    """Contents and cover."""
    if (book.package.get("version") or "").startswith("3") and not any(
        "nav" in each.properties for each in book.listed
    ):
        yield notice("book-package", book.place, reason="it lists no table of contents (nav)")
    named = any(each.get("name") == "cover" for each in book.package.iter(f"{_OPF}meta"))
    if not named and not any("cover-image" in each.properties for each in book.listed):
        yield notice("book-without-cover", book.place)


def _links(book: _Book) -> Iterator[Notice]:
    anchors = {name: {each.get("id") for each in tree.iter()} for name, tree in book.trees.items()}
    for name, tree in book.trees.items():
        for address in dict.fromkeys(_addresses(tree)):
            target, anchor = _resolved(name, address), unquote(address.partition("#")[2])
            here = target in book.files and (not anchor or target not in anchors or anchor in anchors[target])
            if not here:
                yield notice("book-link-broken", name, name=name, target=address)


def _ids(book: _Book) -> Iterator[Notice]:
    for name, tree in book.trees.items():
        stated = Counter(each.get("id") for each in tree.iter() if each.get("id"))
        for anchor in (anchor for anchor, count in stated.items() if count > 1):
            yield notice("book-malformed", name, name=name, reason=f"it states the id {anchor} more than once")


def _addresses(tree: Element) -> Iterator[str]:
    for each in tree.iter():
        for address in (each.get("href"), each.get("src")):
            if address and urlsplit(address).scheme in ("", "file") and not address.startswith("//"):
                yield address


def _pictures(book: _Book) -> Iterator[Notice]:
    for name, tree in book.trees.items():
        silent = sum(each.get("alt") is None for each in tree.iter(f"{_XHTML}img"))
        if silent:
            yield notice("book-picture-silent", name, count=silent, name=name)
