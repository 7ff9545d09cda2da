"""An e-book's own structure: container, package document, contents, links, pictures (EPUB 3.3).

These checks need nothing installed and take a moment. They find what readers stumble over first; epubcheck, where it is at
hand, knows the whole standard.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from msgspec import Struct

from exporter.check.archive import MAX_TEXT, Archive, Unsound, wrong
from exporter.check.validator import asked
from exporter.notices import Notice, notice

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


class _Listed(Struct, frozen=True):
    """A file that the package document lists; ``name`` is its place in the archive."""

    key: str
    name: str
    media_type: str
    properties: tuple[str, ...]


class _Book(Struct, frozen=True):
    """An opened book: its files, its package document, what that lists, and every document that is XML."""

    files: Archive
    place: str
    package: Element
    listed: tuple[_Listed, ...]
    trees: dict[str, Element]


def examine(content: bytes) -> tuple[Notice, ...]:
    """What our own checks find, then what epubcheck finds; that one is not asked about a book that unfolds without end."""
    try:
        return (*_own(content, Archive(content)), *asked(content))
    except Unsound as fault:
        return (fault.told,) if fault.heavy else (fault.told, *asked(content))


def _own(content: bytes, files: Archive) -> Iterator[Notice]:
    try:
        yield from _container(content, files)
        place = package_place(files)
        package = files.tree(place)
    except Unsound as fault:
        if fault.heavy:
            raise
        yield fault.told
        return
    listed = tuple(_listed(place, package))
    names = dict.fromkeys(each.name for each in listed if each.media_type in _XML_TYPES and each.name in files)
    if sum(files.size(name) for name in names) > MAX_TEXT:
        raise Unsound(wrong(f"its documents unfold to more than {MAX_TEXT // 10**6} MB"), heavy=True)
    trees: dict[str, Element] = {}
    for name in names:
        try:
            trees[name] = files.tree(name)
        except Unsound as fault:
            yield fault.told
    book = _Book(files, place, package, listed, trees)
    for look in (_metadata, _files, _spine, _ways, _ids, _links, _pictures):
        yield from look(book)


def _container(content: bytes, files: Archive) -> Iterator[Notice]:
    if content[30:38] != b"mimetype" or content[38 : 38 + len(_MIMETYPE)] != _MIMETYPE:
        yield wrong("mimetype is not its first file, stored as it is")
    for name in files.names:
        if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/"):
            yield wrong(f"{name} would be unpacked outside of the book's own folder")
    if _CONTAINER not in files:
        raise Unsound(wrong(f"{_CONTAINER} is missing"))
    yield from _encryption(files)


def _encryption(files: Archive) -> Iterator[Notice]:
    """Files locked for one seller's programs; fonts that are only made unfit for other uses are none (EPUB 3.3, 4.4)."""
    if _ENCRYPTION not in files:
        return
    methods = [each.get("Algorithm") or "" for each in files.tree(_ENCRYPTION).iter(_METHOD)]
    locked = [method for method in methods if method not in _OBFUSCATIONS]
    if locked:
        yield wrong(f"{len(locked)} of its files are encrypted ({locked[0]})")


def package_place(files: Archive) -> str:
    """The name of the package document. Raises :class:`Unsound` where there is none."""
    root = files.tree(_CONTAINER)
    place = next((each.get("full-path") or "" for each in root.iter(f"{_OCF}rootfile")), "")
    if place not in files:
        raise Unsound(wrong(f"it names the package document {place or '(none)'}, which is not there"))
    return place


def _listed(place: str, package: Element) -> Iterator[_Listed]:
    for each in package.iter(f"{_OPF}item"):
        address = each.get("href") or ""
        if not _scheme(address):
            properties = tuple((each.get("properties") or "").split())
            yield _Listed(each.get("id") or "", _resolved(place, address), each.get("media-type") or "", properties)


def _scheme(address: str) -> str:
    """``https`` and the like; ``""`` of a relative address, and of a malformed one, which leads nowhere in the book."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


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
    names = Counter(each.name for each in book.listed)
    for name in names:
        if name not in book.files:
            yield notice("book-file-missing", book.place, name=name)
    for name in sorted(set(book.files.names) - set(names) - {"mimetype", book.place}):
        if not name.startswith("META-INF/"):
            yield notice("book-file-unlisted", book.place, name=name)
    for name in sorted(name for name, count in names.items() if count > 1):
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
            if address and _scheme(address) in ("", "file") and not address.startswith("//"):
                yield address


def _pictures(book: _Book) -> Iterator[Notice]:
    for name, tree in book.trees.items():
        silent = sum(each.get("alt") is None for each in tree.iter(f"{_XHTML}img"))
        if silent:
            yield notice("book-picture-silent", name, count=silent, name=name)
