"""What an e-book says of itself, in EPUB 3's manner, in EPUB 2's and in calibre's."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from exporter.catalogue.publication import (
    SUMMARY_LENGTH,
    Description,
    Person,
    Publication,
    Undescribed,
    date,
    legal,
    moment,
)
from exporter.check.archive import Archive, Unsound
from exporter.check.epub import package_place
from exporter.notices import excerpt

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def describe(content: bytes, with_cover: bool) -> Description:
    """The description of an EPUB. Raises :class:`Undescribed` when it is damaged."""
    try:
        files = Archive(content)
        place = package_place(files)
        package = files.tree(place)
    except Unsound as fault:
        raise Undescribed(fault.told.message) from fault
    return Description(_publication(package), _cover(files, place, package) if with_cover else b"")


def _publication(package: Element) -> Publication:
    series, position = _series(package)
    dates = [(each.get(f"{_OPF}event"), each.text or "") for each in package.iter(f"{_DC}date")]
    changed = [text for event, text in dates if event == "modification"]
    published = [text for event, text in dates if event in (None, "publication")]
    return Publication(
        title=_first(package, "title"),
        identifier=_identifier(package),
        language=_first(package, "language"),
        authors=_authors(package),
        publisher=_first(package, "publisher"),
        published=date((published or [""])[0]),
        updated=moment(*_properties(package, "dcterms:modified"), *changed, *published),
        summary=excerpt(_first(package, "description"), SUMMARY_LENGTH),
        rights=_first(package, "rights"),
        series=series,
        position=position,
    )


def _first(package: Element, name: str) -> str:
    return next((words for each in package.iter(f"{_DC}{name}") if (words := legal(each.text))), "")


def _identifier(package: Element) -> str:
    """The identifier that the package names as its own."""
    own = package.get("unique-identifier")
    stated = [(each.get("id") == own, legal(each.text)) for each in package.iter(f"{_DC}identifier")]
    return next((text for is_own, text in sorted(stated, key=lambda each: not each[0]) if text), "")


def _authors(package: Element) -> tuple[Person, ...]:
    found = []
    for each in package.iter(f"{_DC}creator"):
        sort_name = each.get(f"{_OPF}file-as") or _refined(package, each, "file-as")
        if name := legal(each.text):
            found.append(Person(name, legal(sort_name) or name))
    return tuple(dict.fromkeys(found))


def _series(package: Element) -> tuple[str, str]:
    """The series and the place in it: EPUB 3's collection, else calibre's."""
    for each in package.iter(f"{_OPF}meta"):
        if each.get("property") == "belongs-to-collection" and legal(each.text):
            return legal(each.text), legal(_refined(package, each, "group-position"))
    return _named(package, "calibre:series"), _named(package, "calibre:series_index")


def _refined(package: Element, element: Element, name: str) -> str:
    """What a ``meta`` says about an element by its id."""
    about = f"#{element.get('id')}"
    found = (each for each in package.iter(f"{_OPF}meta") if each.get("refines") == about)
    return next((each.text or "" for each in found if each.get("property") == name), "")


def _properties(package: Element, name: str) -> list[str]:
    return [each.text or "" for each in package.iter(f"{_OPF}meta") if each.get("property") == name]


def _named(package: Element, name: str) -> str:
    found = (each for each in package.iter(f"{_OPF}meta") if each.get("name") == name)
    return next((legal(each.get("content")) for each in found), "")


def _cover(files: Archive, place: str, package: Element) -> bytes:
    """The picture that the book names as its cover; ``b""`` where there is none."""
    listed = list(package.iter(f"{_OPF}item"))
    named = _named(package, "cover")
    by_property = [each for each in listed if "cover-image" in (each.get("properties") or "").split()]
    for each in (*by_property, *(each for each in listed if named and each.get("id") == named)):
        address = unquote(each.get("href") or "")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), address))
        if name in files:
            return files.content(name)
    return b""
