"""A catalogue of a folder of e-books and PDFs, as files that any web server serves: OPDS 1.2 and OPDS 2.0.

Everything in it is told by the files themselves, so that the same folder gives the same bytes. Rules: OPDS Catalog 1.2,
OPDS 2.0, RFC 4287.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from exporter.catalogue import atom, opds2
from exporter.catalogue.feeds import START, Feed, feeds
from exporter.catalogue.gathering import form_of, publications
from exporter.catalogue.publication import Publication, legal, with_identity
from exporter.catalogue.shelf import FOLDER, Shelf
from exporter.errors import SourceError
from exporter.notices import Notice

WRITTEN_AS: tuple[tuple[str, Callable[[Feed], bytes]], ...] = (
    (atom.SUFFIX, atom.render),
    (opds2.SUFFIX, opds2.render),
)
"""Each feed is written in all of these."""


class CatalogueReport(Struct, frozen=True, omit_defaults=True):
    """What came of a catalogue: where it starts, how many publications it holds, and what it left out."""

    target: str
    publications: int
    notices: tuple[Notice, ...] = ()


def catalogue(folder: str | os.PathLike[str], *, title: str = "", language: str = "en") -> CatalogueReport:
    """Writes the catalogue of a folder into its folder ``opds``; what an earlier one put there is replaced.

    ``title`` is the folder's name where none is given; ``language`` that of the headings. Raises :class:`SourceError`
    where there is no folder or nothing for a catalogue in it, :class:`UsageError` where ``opds`` holds somebody else's
    files, :class:`WriteError`.
    """
    home = Path(folder)
    _check(home)
    shelf = Shelf(home)
    found: list[Publication] = []
    left_out: list[Notice] = []
    taken: set[str] = set()
    for each in publications(home, shelf):
        if isinstance(each, Notice):
            left_out.append(each)
        else:
            found.append(with_identity(each, taken))
    for feed in feeds(found, legal(title) or legal(home.resolve().name) or FOLDER, language):
        for suffix, render in WRITTEN_AS:
            shelf.put(f"{feed.name}{suffix}", render(feed))
    shelf.close()
    return CatalogueReport(str(home / FOLDER / f"{START}{atom.SUFFIX}"), len(found), tuple(left_out))


def _check(home: Path) -> None:
    """Sees that the folder holds anything, before anything is made."""
    if not home.is_dir():
        raise SourceError(f"There is no folder {home}.", "Name the folder that your exports stand in.")
    if not any(form_of(name) for _, _, names in os.walk(home) for name in names):
        raise SourceError(f"The folder {home} holds no EPUB and no PDF.", "Export something into it first.")
