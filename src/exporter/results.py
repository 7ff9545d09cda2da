"""What the public functions give back: a reading, an export's report, what the proof-reader found."""

from __future__ import annotations

from msgspec import Struct

from exporter.model import Document
from exporter.notices import Notice


class Fate(Struct, frozen=True, omit_defaults=True):
    """What one block of the page became.

    ``became`` is a node kind of the model (``"question"``, ``"caption"``), a field (``"headline"``), or ``"left out"``;
    ``rule`` is the rule that decided; ``text`` is the block's visible text, white space folded; ``identity`` names the block
    in every reading of the page (docs/correcting.md).
    """

    where: str
    text: str
    became: str
    rule: str
    identity: str = ""


class Reading(Struct, frozen=True):
    """What a reader returns: the document, the remarks made on the way, and what became of each block of the source."""

    document: Document
    notices: tuple[Notice, ...] = ()
    fates: tuple[Fate, ...] = ()


class Proofs(Struct, frozen=True):
    """What the proof-reader found: on the pages as they fell, and on those that are printed.

    ``pages`` is how many are printed, ``passes`` how often they were laid out, ``lines`` the lines of running text.
    """

    before: tuple[Notice, ...]
    after: tuple[Notice, ...]
    pages: int
    passes: int
    lines: int


class Report(Struct, frozen=True, omit_defaults=True):
    """What came of one export. ``exit_code`` is 0 when a result was made; else ``failure`` and ``advice`` say why not."""

    source: str
    target: str
    notices: tuple[Notice, ...] = ()
    seconds: float = 0.0
    exit_code: int = 0
    failure: str = ""
    advice: str = ""
