"""Where a page comes from: a file, a saved folder, standard input, bytes; and the pictures beside it.

A page is untrusted. What it refers to is looked for in its own folder only, under whatever name; nothing outside that folder
is opened (links are followed to their end before that is decided), no device, no pipe, and nothing on the network.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from msgspec import Struct

from exporter import images as assets
from exporter.errors import SourceError, UsageError
from exporter.images import Refused
from exporter.sources.encoding import decode, looks_binary
from exporter.sources.urls import host_of

__all__ = ["MAX_BYTES", "STANDARD_INPUT", "Source", "decode", "open_source"]

MAX_BYTES = 32 * 1024 * 1024
"""A page larger than this is refused; the largest real ones, with all pictures inside, stay under it."""

STANDARD_INPUT = "-"
"""The source that means standard input."""

_PAGES = {".html", ".htm", ".xhtml"}
_SAVE_IT = 'Open the page in a browser, save it ("Save page as", "Web page, complete") and give the saved file.'

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or an EPUB or office file)"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"bplist", "a Safari web archive"),
    (b"{\\rtf", "an RTF file"),
    (b"From: <Saved by", "an MHTML archive"),
    (b"MIME-Version:", "an MHTML archive"),
)


class Source(Struct, frozen=True):
    """A page to read.

    ``name`` is the file's name without suffix, ``origin`` what messages call it, ``suffix`` the file's suffix in lower case
    or ``""``, ``folder`` the one folder in which its pictures may stand (None: it came without any), ``base_url`` the web
    address it was saved from, if known. ``asked_for`` is the name of the folder that was named in place of the page.
    """

    name: str
    content: bytes
    origin: str = "standard input"
    suffix: str = ""
    folder: Path | None = None
    base_url: str = ""
    asked_for: str = ""

    @property
    def title(self) -> str:
        """What results are called: after the folder or the file, whichever was asked for."""
        return self.asked_for or self.name

    def picture(self, reference: str) -> bytes | Refused:
        """The bytes of the picture that the page calls ``reference``, or why there are none.

        Understands ``data:`` addresses, paths relative to the page (percent-encoded or not, query dropped), and web
        addresses whose file was saved with the page. The bytes are as found: :func:`exporter.assets.admit` checks them.
        """
        reference = reference.strip()
        if reference[:5].lower() == "data:":
            return _embedded(reference)
        try:
            parts = urlsplit(reference)
        except ValueError:
            return Refused("its address is malformed", "picture-missing")
        remote = parts.scheme in {"http", "https"} or (not parts.scheme and bool(parts.netloc))
        if parts.scheme and not remote:
            return Refused("it points outside the folder of the page")
        if not parts.path.strip("/"):
            return Refused("the page names no file", "picture-missing")
        return self._beside(reference, parts.path, remote or bool(self.base_url))

    def _beside(self, reference: str, path: str, remote: bool) -> bytes | Refused:
        missing = Refused("no such file beside the page", "picture-not-local" if remote else "picture-missing")
        if self.folder is None:
            return missing if remote else Refused("the page came without its folder", "picture-missing")
        if ".." in re.split(r"[/\\]", unquote(path)):
            return Refused("it points outside the folder of the page")
        home = self.folder.resolve()
        for place in _places(home, self.name, reference, path):
            found = _picture_at(place, home)
            if found is not None:
                return found
        return missing


def open_source(source: str | os.PathLike[str] | bytes, *, base_url: str = "") -> Source:
    """The page at a path, in a saved folder, on standard input (``"-"``), or in bytes.

    Raises :class:`SourceError` when there is none, when it is empty, unreadable, larger than :data:`MAX_BYTES`, or no text;
    :class:`UsageError` when ``base_url`` is no web address.
    """
    if base_url and not host_of(base_url):
        raise UsageError(f"No page was saved from {base_url!r}.", "Give its web address: https://example.org/talk.")
    if isinstance(source, bytes):
        return _checked(Source("page", _bounded(source, "the page"), "the page", base_url=base_url))
    if source == STANDARD_INPUT:
        content = _bounded(_piped(), "standard input")
        return _checked(Source("page", content, base_url=base_url))
    text = os.fspath(source)
    if re.match(r"(?i)(https?://|www\.)", text):
        raise SourceError(f"Web addresses are not fetched: {text}.", _SAVE_IT)
    path = _page_of(Path(text))
    content = _bounded(_content_of(path), str(path))
    folder = Path(text).resolve().name if path != Path(text) else ""
    return _checked(Source(path.stem, content, str(path), path.suffix.lower(), path.parent, base_url, folder))


# ------------------------------------------------------------------------------------------------------------ the page


def _piped() -> bytes:
    """What stands on standard input; nothing where that is closed, or is a folder."""
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    except OSError as fault:
        raise SourceError(f"Standard input cannot be read: {fault.strerror}.", _SAVE_IT) from fault


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


def _content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise _unreadable(path, fault) from fault


def _unreadable(path: Path, fault: OSError | ValueError) -> SourceError:
    if isinstance(fault, FileNotFoundError):
        return SourceError(f"There is no file {path}.", "Check the name and the folder.")
    if isinstance(fault, PermissionError):
        return SourceError(f"The file {path} may not be read.", f"Give yourself the right: chmod u+r {path}.")
    reason = fault.strerror if isinstance(fault, OSError) else str(fault)
    return SourceError(f"The file {path} cannot be read: {reason}.", "Check the name and the disk.")


def _bounded(content: bytes, origin: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise SourceError(
            f"The source is larger than {MAX_BYTES // 2**20} MB: {origin}.",
            "Save the page with its pictures beside it, not inside it.",
        )
    return content


def _checked(source: Source) -> Source:
    """The source, if it is text of some kind."""
    if not source.content.strip():
        raise SourceError(f"The source is empty: {source.origin}.", _SAVE_IT)
    kind = _other_kind(source.content)
    if kind:
        raise SourceError(f"This is no page but {kind}: {source.origin}.", _SAVE_IT)
    return source


def _other_kind(content: bytes) -> str:
    """What the content is instead of text; ``""`` when it is text."""
    for beginning, kind in _OTHER_KINDS:
        if content.startswith(beginning):
            return kind
    media_type = assets.sniff(content)
    if media_type and media_type != "image/svg+xml":  # a page may well begin with a drawing
        return f"a picture ({media_type})"
    return "a binary file" if looks_binary(content) else ""


# -------------------------------------------------------------------------------------------------------- its pictures


def _places(home: Path, name: str, reference: str, path: str) -> Iterator[Path]:
    """Where a picture may stand in the page's folder, the likeliest place first.

    The path as written, then ever shorter ends of it (a page saved without its pictures' folders), then the file name in
    the folder that a browser makes beside the page: NAME_files, NAME-Dateien, NAME_fichiers, in whatever language.
    """
    written = [unquote(path), path, unquote(reference)]
    for each in dict.fromkeys(written):
        segments = [segment for segment in re.split(r"[/\\]", each) if segment not in {"", "."}]
        for start in range(len(segments)):
            yield from _spellings(home, segments[start:])
        for folder in _companions(home, name):
            yield from _spellings(folder, segments[-1:])


def _spellings(folder: Path, segments: list[str]) -> Iterator[Path]:
    """File systems differ in how they write an accented letter: as one character or as two."""
    relative = "/".join(segments)
    forms = (relative, unicodedata.normalize("NFC", relative), unicodedata.normalize("NFD", relative))
    return (folder / form for form in dict.fromkeys(forms) if form)


def _companions(home: Path, name: str) -> list[Path]:
    try:
        beside = sorted(home.iterdir())
    except OSError:
        return []
    return [each for each in beside if re.match(re.escape(name) + "[-_.]", each.name) and each.is_dir()]


def _picture_at(place: Path, home: Path) -> bytes | Refused | None:
    """The regular file at ``place``; None where there is none."""
    try:
        real = place.resolve(strict=True)
        if not real.is_relative_to(home):
            return Refused("it points outside the folder of the page")
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size > assets.MAX_BYTES:
            return Refused(f"it is larger than {assets.MAX_BYTES // 2**20} MB")
        return real.read_bytes()
    except PermissionError:
        return Refused("its file may not be read", "picture-missing")
    except (OSError, ValueError, RuntimeError):  # not there; a NUL in the name; a ring of links
        return None


def _embedded(reference: str) -> bytes | Refused:
    """The bytes inside a ``data:`` address (RFC 2397)."""
    header, comma, body = reference[5:].partition(",")
    if not comma:
        return Refused("its address is malformed", "picture-missing")
    if len(body) > assets.MAX_BYTES * 4 // 3 + 4:
        return Refused(f"it is larger than {assets.MAX_BYTES // 2**20} MB")
    if not header.lower().rstrip().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"\s", "", unquote(body)) + "==")
    except (binascii.Error, ValueError):
        return Refused("its address is malformed", "picture-missing")
