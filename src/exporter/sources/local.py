"""Pages on this machine: a file, a saved folder, standard input; and the pictures beside a page.

What a page refers to is looked for in its own folder only, under whatever name; nothing outside that folder is opened (links
are followed to their end before that is decided), no device and no pipe.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from exporter.errors import SourceError
from exporter.images import Refused
from exporter.runtime.files import NotAFile, content_of
from exporter.sources.kinds import HEAD, is_streamed, room_for
from exporter.sources.places import leads_outside, spelled_places
from exporter.sources.policy import MIB, Limits, ReadOptions
from exporter.sources.resources import NoResources, is_remote
from exporter.sources.source import Source

STANDARD_INPUT = "-"
"""The source that means standard input."""

SAVE_IT = 'Open the page in a browser, save it ("Save page as", "Web page, complete") and give the saved file.'

_PART = 2**20
_LIKE_ADDRESS = re.compile(r"(?:https?:/|/(?=/)|)/?((?:[\w-]+\.)+[a-z]{2,12}/.*)")
"""A path that begins as an address does: with a host, before it perhaps a scheme with too few slashes."""
_PAGES = {".html", ".htm", ".xhtml"}


class FolderResources(Struct, frozen=True):
    """The files of one folder. ``page`` is the page's name without suffix, ``from_web`` whether its address is known."""

    folder: Path
    page: str
    from_web: bool = False
    limits: Limits = Limits()

    def get(self, reference: str) -> bytes | Refused:
        """The file that ``reference`` means: by its path, by ever shorter ends of it, or in the page's companion folder."""
        if leads_outside(reference):
            return Refused("it points outside the folder of the page")
        for place in spelled_places(reference, _companions(self.folder, self.page)):
            found = _file_at(f"{self.folder}{os.sep}{place}", self.folder, self.limits.picture)
            if found is not None:
                return found
        remote = self.from_web or is_remote(reference)
        return Refused("no such file beside the page", "picture-not-local" if remote else "picture-missing")

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Does nothing: files are there already."""


def at_path(place: Path, options: ReadOptions) -> Source:
    """The page in a file, or the one page in a folder. Raises :class:`SourceError` when there is none or several."""
    path = _page_of(place)
    content = _content_of(path, options.limits)
    resources = FolderResources(path.parent, path.stem, bool(options.base_url), options.limits)
    folder = place.resolve().name if path != place else ""
    return Source(
        *(path.stem, content, str(path), path.suffix.lower(), resources, options.base_url),
        asked_for=folder,
        path=path,
        limits=options.limits,
    )


def piped(options: ReadOptions) -> Source:
    """The page on standard input; an empty one where that is closed."""
    try:
        content = _bounded_read(sys.stdin.buffer, "standard input", options.limits) if sys.stdin else b""
    except OSError as fault:
        raise SourceError(f"Standard input cannot be read: {fault.strerror}.", SAVE_IT) from fault
    return alone(content, "standard input", options)


def alone(content: bytes, origin: str, options: ReadOptions) -> Source:
    """The page of these bytes, which came without a name and without pictures."""
    return Source(
        *("page", _bounded_read(io.BytesIO(content), origin, options.limits), origin),
        resources=NoResources(bool(options.base_url)),
        base_url=options.base_url,
        limits=options.limits,
    )


def _bounded_read(stream: BinaryIO, origin: str, limits: Limits, *, streamed: bool = False) -> bytes:
    """What the stream holds, if it is no larger than a source of its kind may be; its head, where its kind is streamed."""
    head = stream.read(HEAD)
    room = room_for(head, limits)
    if streamed and is_streamed(head):
        return head
    return _within(head + _read(stream, max(0, room - len(head)) + 1), room, origin)


def _read(stream: BinaryIO, most: int) -> bytes:
    """What is left of the stream, at most so many bytes. A pipe that is asked for all at once takes room for all at once."""
    content = bytearray()
    while len(content) < most and (part := stream.read(min(_PART, most - len(content)))):
        content += part
    return bytes(content)


def _within(content: bytes, room: int, origin: str) -> bytes:
    """The content, if it is no larger than that."""
    if len(content) > room:
        raise SourceError(
            f"The source is larger than {room // MIB} MB: {origin}.",
            "Save the page with its pictures beside it, not inside it.",
        )
    return content


# ------------------------------------------------------------------------------------------------------------ the page


def _page_of(path: Path) -> Path:
    """The page itself: the path, or the one page that a folder holds."""
    try:
        if not path.is_dir():
            return path
        pages = sorted(each for each in path.iterdir() if each.suffix.lower() in _PAGES and each.is_file())
    except (OSError, ValueError) as fault:
        raise _unreadable(path, fault) from fault
    if not pages:
        raise SourceError(f"The folder {path} holds no page.", "Give the .html file, or a folder with one in it.")
    if len(pages) > 1:
        names = ", ".join(each.name for each in pages[:5]) + (", …" if len(pages) > 5 else "")
        raise SourceError(f"The folder {path} holds {len(pages)} pages: {names}.", f"Choose one, as in {pages[0]}.")
    return pages[0]


def _content_of(path: Path, limits: Limits) -> bytes:
    """What the file holds; its head, where it is of a kind that is streamed."""
    try:
        head = content_of(path, HEAD - 1)
        if is_streamed(head):
            return head
        room = room_for(head, limits)
        return _within(content_of(path, room), room, str(path))
    except (OSError, ValueError) as fault:
        raise _unreadable(path, fault) from fault


def _unreadable(path: Path, fault: OSError | ValueError) -> SourceError:
    if isinstance(fault, FileNotFoundError):
        return SourceError(f"There is no file {path}.", _where_else(path))
    if isinstance(fault, PermissionError):
        return SourceError(f"The file {path} may not be read.", f"Give yourself the right: chmod u+r {path}.")
    reason = fault.strerror if isinstance(fault, OSError) else str(fault)
    if isinstance(fault, NotAFile):
        return SourceError(
            f"{path} cannot be read: {reason}.", f"Pass its content on: cat {path} | exporter pdf - -o NAME.pdf"
        )
    return SourceError(f"The file {path} cannot be read: {reason}.", "Check the name and the disk.")


def _where_else(path: Path) -> str:
    """What to do where there is no such file: perhaps its name was meant for an address."""
    named = _LIKE_ADDRESS.fullmatch(path.as_posix())
    return f"If it is a web address, give it as https://{named[1]}." if named else "Check the name and the folder."


# -------------------------------------------------------------------------------------------------------- its pictures


def _companions(home: Path, name: str) -> list[str]:
    try:
        status = home.stat()
        beside = _folders_in(home, status.st_mtime_ns, status.st_nlink)
    except OSError:
        return []
    begins = tuple(name + sign for sign in "-_.")
    return [each for each in beside if each.startswith(begins)]


@lru_cache(maxsize=8)
def _folders_in(home: Path, changed: int, links: int) -> tuple[str, ...]:
    """The names of the folders in ``home``, sorted, as long as its time of change and its count of links are these.

    Each picture of each page asks: without a memory, the pages of one folder would cost the square of their number.
    """
    return tuple(sorted(each.name for each in home.iterdir() if each.is_dir()))


def _file_at(place: str, home: Path, limit: int) -> bytes | Refused | None:
    """The regular file at ``place``; None where there is none."""
    try:
        os.stat(place)  # noqa: PTH116 - most of the places that are tried hold nothing, and a path for each would cost more
        real = Path(place).resolve(strict=True)
        if not real.is_relative_to(home.resolve()):
            return Refused("it points outside the folder of the page")
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size > limit:
            return Refused(f"it is larger than {limit // MIB} MB")
        return real.read_bytes()
    except PermissionError:
        return Refused("its file may not be read", "picture-missing")
    except (OSError, ValueError, RuntimeError):  # not there; a NUL in the name; a ring of links
        return None
