"""Where a page's pictures may stand in its folder, whatever program saved it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit


def spelled_places(reference: str, companions: Sequence[str]) -> Iterator[str]:
    """Paths relative to the page's folder, the likeliest first.

    The path as written, then ever shorter ends of it (a page saved without its pictures' folders), then the file name in
    the folders that a browser makes beside the page: NAME_files, NAME-Dateien, NAME_fichiers, in whatever language.
    """
    path = urlsplit(reference).path
    for each in dict.fromkeys((unquote(path), path, unquote(reference))):
        segments = [segment for segment in re.split(r"[/\\]", each) if segment not in {"", "."}]
        for start in range(len(segments)):
            yield from _forms("/".join(segments[start:]))
        for folder in companions:
            yield from _forms("/".join([folder, *segments[-1:]]))


def leads_outside(reference: str) -> bool:
    """Whether the path leads out of its folder (``..``)."""
    return ".." in re.split(r"[/\\]", unquote(urlsplit(reference).path))


def _forms(relative: str) -> Iterator[str]:
    """The path with accented letters as one character and as two: file systems differ in that."""
    forms = (relative, unicodedata.normalize("NFC", relative), unicodedata.normalize("NFD", relative))
    return (form for form in dict.fromkeys(forms) if form)
