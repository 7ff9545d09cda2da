"""What a PDF says of itself: its XMP, and the older dictionary where that is silent."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

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
from exporter.errors import ExporterError
from exporter.notices import excerpt
from exporter.preview import first_page
from exporter.runtime.threads import alone

_COVER_HEIGHT = 1200
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([-+Z])?(\d\d)?'?(\d\d)?")  # ISO 32000-2, 7.9.4


def describe(content: bytes, with_cover: bool) -> Description:
    """The description of a PDF; its cover is its first page. Raises :class:`Undescribed` when it is damaged or locked."""
    try:
        import pikepdf
    except ImportError as fault:
        raise Undescribed("reading a PDF needs pikepdf: pip install 'interview-exporter[opds]'") from fault
    try:
        with pikepdf.open(io.BytesIO(content)) as document, _unwarned():
            publication = _publication(document)
    except pikepdf.PasswordError as fault:
        raise Undescribed("it is locked with a password") from fault
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError) as fault:
        raise Undescribed("it is damaged") from fault
    return Description(publication, _cover(content) if with_cover else b"")


@contextmanager
def _unwarned() -> Iterator[None]:
    """Silences warnings of malformed metadata, of which whatever can be read is taken.

    Filters of warnings are shared by all threads: beside others they stay as they are.
    """
    if not alone():
        yield
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _publication(document: Any) -> Publication:
    stated = document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    older = {str(name): str(words) for name, words in document.docinfo.items() if not isinstance(words, bytes)}
    created = _either(stated, "xmp:CreateDate", _iso(older.get("/CreationDate", "")))
    published = _either(stated, "dc:date", created)
    changed = _either(stated, "xmp:ModifyDate", _iso(older.get("/ModDate", "")))
    return Publication(
        title=_either(stated, "dc:title", older.get("/Title", "")),
        identifier=_either(stated, "dc:identifier", ""),
        language=legal(document.Root.get("/Lang", "")) or _either(stated, "dc:language", ""),
        authors=tuple(Person(name, name) for name in _authors(stated, older)),
        publisher=_either(stated, "dc:publisher", ""),
        published=date(published),
        updated=moment(changed, published),
        summary=excerpt(_either(stated, "dc:description", older.get("/Subject", "")), SUMMARY_LENGTH),
        rights=_either(stated, "dc:rights", ""),
    )


def _several(stated: Mapping[str, Any], name: str) -> list[str]:
    """The words of a property, which may be one text, a list, or a bag without order."""
    found = stated.get(name)
    several = [found] if isinstance(found, str) else sorted(found) if isinstance(found, set) else list(found or ())
    return [words for each in several if (words := legal(each))]


def _either(stated: Mapping[str, Any], name: str, older: str) -> str:
    return next(iter(_several(stated, name)), "") or legal(older)


def _authors(stated: Mapping[str, Any], older: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(_several(stated, "dc:creator") or filter(None, [legal(older.get("/Author"))])))


def _iso(stated: str) -> str:
    """A PDF's own form of a date as ISO 8601 writes it; ``""`` of anything else."""
    found = _PDF_DATE.match(stated)
    if not found:
        return ""
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    zone = f"{sign}{hours or '00'}:{minutes or '00'}" if sign in {"+", "-"} else "+00:00"
    return f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"


def _cover(content: bytes) -> bytes:
    try:
        return first_page(content, _COVER_HEIGHT).png()
    except ExporterError:  # without pypdfium2 there is no cover
        return b""
