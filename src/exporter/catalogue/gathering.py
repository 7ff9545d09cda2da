"""The publications of a folder: its e-books and PDFs, those of one name together, with their covers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from exporter.catalogue.publication import Describe, Description, Edition, Images, Publication, Undescribed, legal
from exporter.catalogue.shelf import FOLDER, Shelf
from exporter.check import MAX_BYTES
from exporter.errors import WriteError
from exporter.images import Refused, admit, rendition
from exporter.notices import Notice, notice
from exporter.runtime.files import content_of

COVER_PIXELS, THUMBNAIL_PIXELS = 1200, 300
"""The longest side of each picture."""


class Form(Struct, frozen=True):
    """A form of file that catalogues hold, and the module that reads what it says of itself."""

    suffix: str
    media_type: str
    module: str


FORMS: tuple[Form, ...] = (
    Form(".kepub.epub", "application/kepub+zip", "exporter.catalogue.epub"),
    Form(".epub", "application/epub+zip", "exporter.catalogue.epub"),
    Form(".pdf", "application/pdf", "exporter.catalogue.pdf"),
)
"""The first whose suffix fits is a file's; of several files of one name, the first tells what the publication is."""


def form_of(name: str) -> Form | None:
    """The form of the file; None of one that no catalogue holds."""
    return next((form for form in FORMS if name.lower().endswith(form.suffix) and name[0] != "."), None)


def publications(folder: Path, shelf: Shelf) -> Iterator[Publication | Notice]:
    """Each publication in the order of places, its pictures put on the shelf; a notice for each file that is left out."""
    for places in _groups(folder):
        found: list[tuple[str, Description]] = []
        for place in places:
            try:
                found.append((place, _described(folder, place, not any(each.cover for _, each in found))))
            except Undescribed as fault:
                yield notice("publication-left-out", place, source=legal(place), reason=fault)
        if found:
            images = _images(next((each.cover for _, each in found if each.cover), b""), shelf)
            if images is None:
                yield notice("publication-without-cover", found[0][0], source=legal(found[0][0]))
            yield replace(_united(found), images=images)


def _groups(folder: Path) -> Iterator[list[str]]:
    """Places below the folder, those together that differ in their suffix only, in the order of :data:`FORMS`."""
    for home, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if each[0] != "." and Path(home, each) != folder / FOLDER)
        groups: dict[str, list[tuple[int, str]]] = {}
        for name in sorted(names):
            if form := form_of(name):
                place = Path(home, name).relative_to(folder).as_posix()
                groups.setdefault(name[: -len(form.suffix)], []).append((FORMS.index(form), place))
        yield from ([place for _, place in sorted(groups[stem])] for stem in sorted(groups))


def _described(folder: Path, place: str, with_cover: bool) -> Description:
    try:
        content = content_of(folder / place, MAX_BYTES)
    except (OSError, ValueError) as fault:
        raise Undescribed(getattr(fault, "strerror", None) or str(fault)) from fault
    if len(content) > MAX_BYTES:
        raise Undescribed(f"it is larger than {MAX_BYTES // 2**20} MB")
    form = form_of(Path(place).name)
    assert form is not None  # noqa: S101 - _groups takes no other
    return cast(Describe, import_module(form.module).describe)(content, with_cover)


def _united(found: list[tuple[str, Description]]) -> Publication:
    """One publication of several files: what the first says, and all of them as its editions."""
    editions = []
    for place, _ in found:
        form = form_of(Path(place).name)
        editions.append(Edition(place, form.media_type if form else ""))
    first = found[0][1].publication
    stem = Path(found[0][0]).name.partition(".")[0]
    return replace(first, title=first.title or legal(stem) or "?", editions=tuple(editions))


def _images(cover: bytes, shelf: Shelf) -> Images | None:
    """The cover and its thumbnail, put on the shelf unless they stand there; None where there is none that can be shown."""
    if not cover:
        return None
    key = hashlib.sha256(cover).hexdigest()[:16]
    kept = [shelf.standing(f"{kind}/{key}{suffix}") for kind in ("covers", "thumbnails") for suffix in (".jpg", ".png")]
    there = [each for each in kept if each]
    if len(there) == 2:
        return Images(there[0], _media_type(there[0]), there[1], _media_type(there[1]))
    asset = admit(cover)
    if isinstance(asset, Refused):
        return None
    try:
        large, small = rendition(asset, longest=COVER_PIXELS), rendition(asset, longest=THUMBNAIL_PIXELS)
    except WriteError:
        return None
    names = [f"{kind}/{key}{_SUFFIXES[each.media_type]}" for kind, each in (("covers", large), ("thumbnails", small))]
    shelf.put(names[0], large.content)
    shelf.put(names[1], small.content)
    return Images(names[0], large.media_type, names[1], small.media_type)


_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png"}


def _media_type(name: str) -> str:
    return next(media_type for media_type, suffix in _SUFFIXES.items() if name.endswith(suffix))
