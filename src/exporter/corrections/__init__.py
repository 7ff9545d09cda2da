"""What an editor knows better than the rules, block by block: the file of corrections. docs/correcting.md tells how.

A block is named by a digest of its own words (``identity``), so that a correction finds it again in every reading; what it may
be said to be stands in ``roles``. ``form`` reads the file, ``skeleton`` writes it.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from exporter.corrections.roles import Role
from exporter.sources.corrections import beside
from exporter.sources.policy import Stated
from exporter.sources.source import CorrectionsFile, Source


class Correction(Struct, frozen=True):
    """What one block is. ``of`` is who asks or answers, ``attribution`` whose words a pull quote holds."""

    identity: str
    role: Role
    of: str = ""
    attribution: str = ""


class Corrections(Struct, frozen=True):
    """All that a file says: of the blocks, and of the article. ``origin`` is what messages call the file."""

    blocks: tuple[Correction, ...] = ()
    stated: Stated = Stated()
    origin: str = ""


def corrections_of(source: Source) -> Corrections:
    """The corrections that came with the source; none where it has no such file. Raises :class:`UsageError`."""
    return corrections_in(source.corrections) if source.corrections is not None else Corrections()


def corrections_in(file: CorrectionsFile) -> Corrections:
    """The corrections in a file. Raises :class:`UsageError`, in one line that names the file, the line and what there is."""
    from exporter.corrections.form import parsed  # most pages have none

    return parsed(file)


def place_for(source: Source) -> Path:
    """Where the corrections of the source belong: beside its file, else in the current folder under its name."""
    return beside(source.path or Path(source.title))


def with_precedence(first: Stated, second: Stated) -> Stated:
    """What is stated in the first place, and of the rest what is in the second."""
    return Stated(*(getattr(first, name) or getattr(second, name) for name in Stated.__struct_fields__))
