"""A sheet of the user's own, which follows the theme's: ``--style FILE.css``.

What it refers to (a font, a picture for an ornament) must lie in its own folder or below, and is read here and now: no
writer opens a file or an address on its behalf. Everything else that it refers to is a mistake of the call.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from exporter.errors import UsageError
from exporter.runtime.files import content_of

MEDIA_TYPES = {
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
}
"""What a sheet may refer to, by suffix."""

_LARGEST = 16_000_000  # bytes, of the sheet and of each file it names

_TOKENS = re.compile(
    r"""/\*.*?(?:\*/|\Z)                                    # a comment
      | url\(\s*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^"'()\s]*))\s*\)
      | (?P<wrong>url\(|@import\b|</|(?:-webkit-)?image-set\(|src\()
      | "(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'                 # a string
      | (?P<escape>\\)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


class OwnStyle(Struct, frozen=True):
    """The sheet's text, and the files that its ``url()`` name, each under a plain name of its own (``1.otf``)."""

    text: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    names: tuple[str, ...] = ()

    def with_addresses(self, root: str) -> str:
        """The sheet with the files under addresses that begin so: ``asset:/style/``."""
        known = {name: file for name, (file, _) in zip(self.names, self.files, strict=True)}
        return rewritten(self.text, lambda name: f'url("{root}{known[name]}")')

    def with_contents(self) -> str:
        """The sheet with the files inside, as ``data:`` addresses: for what must need nothing beside it."""
        known = {name: embedded_address(*file) for name, file in zip(self.names, self.files, strict=True)}
        return rewritten(self.text, lambda name: f'url("{known[name]}")')


EMPTY = OwnStyle()


def style_in(file: Path) -> OwnStyle:
    """The sheet in a file. Raises :class:`UsageError` when it, or what it refers to, cannot be read or may not be."""
    try:
        content = _bounded(file)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UsageError(f"The style sheet {file} is not UTF-8.", "Store it as UTF-8.") from fault
    found: dict[str, bytes] = {}

    def collect(name: str) -> str:
        found[name] = _within(file, name)
        return ""

    rewritten(text, collect, str(file))
    numbered = enumerate(sorted(found.items()), 1)
    files = tuple((f"{number}{_suffix(name)}", content) for number, (name, content) in numbered)
    return OwnStyle(text, files, tuple(sorted(found)))


def rewritten(text: str, address_of: Callable[[str], str], place: str = "") -> str:
    """The sheet with each ``url()`` put anew. Raises :class:`UsageError` for what could refer to something unseen."""

    def put(match: re.Match[str]) -> str:
        if match["wrong"] or match["escape"]:
            raise UsageError(
                f"The style sheet {place} holds {match[0]!r}, which may hide an address.",
                'Write all rules into one sheet, addresses as url("name"), and no backslash outside quotation marks.',
            )
        names = (match["double"], match["single"], match["bare"])
        name = next((each for each in names if each is not None), None)
        return match[0] if name is None else address_of(name)

    return _TOKENS.sub(put, text)


def _within(sheet: Path, name: str) -> bytes:
    """The bytes of a file in the sheet's folder or below it, links followed first."""
    folder = sheet.resolve().parent
    try:
        wanted = (folder / unquote(name)).resolve()
        inside = wanted.is_relative_to(folder)
    except (ValueError, OSError):
        inside = False
    plain = name and not re.search(r"[\\\x00-\x1f]|^[a-z][a-z0-9+.-]*:|^/", name, re.IGNORECASE)
    if not plain or not inside or wanted.suffix.lower() not in MEDIA_TYPES:
        raise UsageError(
            f"The style sheet {sheet} refers to {name!r}, which is not read.",
            "A sheet may name fonts and pictures in its own folder only: url(fonts/face.otf).",
        )
    return _bounded(wanted)


def _bounded(file: Path) -> bytes:
    try:
        content = content_of(file, _LARGEST)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        raise UsageError(f"The style sheet's file {file} cannot be read: {reason}.", "Look at its name.") from fault
    if len(content) > _LARGEST:
        raise UsageError(f"{file} is larger than {_LARGEST // 1_000_000} MB.", "Take a smaller one.")
    return content


def embedded_address(name: str, content: bytes) -> str:
    """The file as a ``data:`` address; its suffix tells its type."""
    return f"data:{MEDIA_TYPES[_suffix(name)]};base64,{base64.b64encode(content).decode()}"


def _suffix(name: str) -> str:
    return Path(unquote(name)).suffix.lower()
