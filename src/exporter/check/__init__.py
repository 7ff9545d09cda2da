"""Is a finished file sound? An e-book by our own rules and by epubcheck, a PDF by what print and screen readers need."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Protocol, cast

from msgspec import Struct

from exporter.errors import SourceError
from exporter.notices import SEVERITIES, Notice
from exporter.runtime.files import content_of

MAX_BYTES = 512 * 1024 * 1024
"""A file larger than this is not checked."""


class Examine(Protocol):
    """What every module of :data:`KINDS` offers as ``examine``."""

    def __call__(self, content: bytes) -> tuple[Notice, ...]:
        """What is wrong with a file of these bytes."""


class Kind(Struct, frozen=True):
    """A kind of file: the bytes that it begins with, and the module that knows it."""

    name: str
    magic: bytes
    module: str


KINDS: tuple[Kind, ...] = (
    Kind("EPUB", b"PK\x03\x04", "exporter.check.epub"),
    Kind("PDF", b"%PDF-", "exporter.check.pdf"),
)


def check(path: str | os.PathLike[str]) -> tuple[Notice, ...]:
    """What is wrong with an EPUB or a PDF, the gravest first; nothing when all is well.

    Raises :class:`SourceError` when there is no such file or it is neither, :class:`UsageError` when the package that
    reads it is not installed.
    """
    content = _read(path)
    kind = next((each for each in KINDS if content.startswith(each.magic)), None)
    if kind is None:
        raise SourceError(
            f"{os.fspath(path)} is neither an EPUB nor a PDF.", "Name one that exporter made, or another."
        )
    found = cast(Examine, import_module(kind.module).examine)(content)
    return tuple(sorted(found, key=lambda each: -SEVERITIES.index(each.severity)))


def _read(path: str | os.PathLike[str]) -> bytes:
    try:
        content = content_of(path, MAX_BYTES)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise SourceError(f"The file {os.fspath(path)} cannot be read: {reason}.", "Check its name.") from fault
    if len(content) > MAX_BYTES:
        raise SourceError(f"The file {os.fspath(path)} is larger than {MAX_BYTES // 2**20} MB.", "Check a smaller one.")
    return content
