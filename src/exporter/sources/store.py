"""Pages in stores that fsspec knows, such as ``s3://bucket/talks/one.html``, with the pictures beside them.

What a page refers to is looked for below its own folder only, as on this machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from exporter.errors import SourceError, UsageError
from exporter.images import Refused
from exporter.sources.kinds import HEAD, room_for
from exporter.sources.places import leads_outside, spelled_places
from exporter.sources.policy import MIB, Limits, ReadOptions
from exporter.sources.resources import is_remote
from exporter.sources.source import Source
from exporter.sources.urls import is_address

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")
_NO_STORES = frozenset({"ftp", "ftps", "gopher", "data"})
"""What asks any host of the network: only web addresses do, through the door that checks where they lead."""
_PAGES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht", ".eml"})


def is_store(argument: str) -> bool:
    """Whether an argument is a place in a store: it begins with a scheme that is none of the web's."""
    return _SCHEME.match(argument) is not None and not is_address(argument)


def filesystem(place: str) -> tuple[Any, str]:
    """The store of a place, and the place in it. Raises :class:`UsageError` for a store that is not known or not there.

    Raises :class:`SourceError` for what is no store: an address of another kind, one store inside of another.
    """
    if place.startswith("memory:"):  # each worker would have one of its own, gone with it
        raise UsageError(
            f"{place} is in the memory of one program.", "Name a folder, or a store that all workers reach."
        )
    if "::" in place or place.partition(":")[0] in _NO_STORES:
        raise SourceError(f"This is no web address: {place}.", "Give one that begins with https://")
    try:
        import fsspec

        # Without its listings: what another process has just written would not be there.
        store, path = fsspec.core.url_to_fs(place, use_listings_cache=False)
    except (ImportError, ValueError) as fault:
        advice = "Install what knows it: pip install 'interview-exporter[cluster]', for S3 also s3fs."
        raise UsageError(f"There is no way to {place}: {fault}.", advice) from fault
    return store, path


class StoreResources(Struct, frozen=True):
    """The files below the folder of one page."""

    folder: str
    limits: Limits = Limits()

    def get(self, reference: str) -> bytes | Refused:
        """The file that ``reference`` means: by its path, or by ever shorter ends of it."""
        if leads_outside(reference):
            return Refused("it points outside the folder of the page")
        store, home = filesystem(self.folder)
        for place in spelled_places(reference, ()):
            try:
                found = store.cat_file(f"{home}/{place}", start=0, end=self.limits.picture + 1)
            except (OSError, ValueError):
                continue
            if len(found) > self.limits.picture:
                return Refused(f"it is larger than {self.limits.picture // MIB} MB")
            return bytes(found)
        remote = is_remote(reference)
        return Refused("no such file beside the page", "picture-not-local" if remote else "picture-missing")

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Does nothing: files are fetched when they are asked for."""


def at_store(place: str, options: ReadOptions) -> Source:
    """The page at a place. Raises :class:`SourceError`."""
    store, path = filesystem(place)
    try:
        head = store.cat_file(path, start=0, end=HEAD)
        room = room_for(head, options.limits)
        content = head if len(head) < HEAD else store.cat_file(path, start=0, end=room + 1)
    except OSError as fault:
        raise SourceError(f"{place} cannot be read: {fault.strerror or fault}.", "Check its name.") from fault
    if len(content) > room:
        raise SourceError(f"The source is larger than {room // MIB} MB: {place}.", "Save its pictures beside it.")
    named = PurePosixPath(path)
    return Source(
        *(named.stem, bytes(content), place, named.suffix.lower()),
        resources=StoreResources(place.rpartition("/")[0], options.limits),
        base_url=options.base_url,
        limits=options.limits,
    )


def listed(place: str) -> list[str]:
    """The pages of a pattern, or of a place that ends with a slash and the places below it; else the place itself."""
    if not place.endswith("/") and not any(sign in place for sign in "*?["):
        return [place]
    store, path = filesystem(place)
    try:
        found = store.find(path) if place.endswith("/") else store.glob(path)
    except OSError as fault:
        raise SourceError(f"{place} cannot be read: {fault.strerror or fault}.", "Check its name.") from fault
    pages = (each for each in found if not place.endswith("/") or PurePosixPath(each).suffix.lower() in _PAGES)
    return sorted(str(store.unstrip_protocol(each)) for each in pages)
