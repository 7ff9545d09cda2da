"""Papers: the sizes that pages are printed on."""

from __future__ import annotations

import re

from msgspec import Struct

from exporter.errors import UsageError

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4}
_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*[x×]\s*(\d{1,4}(?:\.\d{1,3})?)\s*(mm|cm|in)", re.IGNORECASE)
_SMALLEST, _LARGEST = 80.0, 1200.0
_LONGEST = 3  # times as long as the other side: the margins grow with the width, and would leave a low page no text


class Paper(Struct, frozen=True):
    """A page's size in millimetres, upright."""

    name: str
    width: float
    height: float


PAPERS: tuple[Paper, ...] = (
    Paper("a4", 210, 297),
    Paper("a5", 148, 210),
    Paper("b5", 176, 250),
    Paper("letter", 215.9, 279.4),
    Paper("legal", 215.9, 355.6),
    Paper("6x9in", 152.4, 228.6),
)
"""ISO 216, the office papers and the trade book of the United States. Others are given as ``WIDTHxHEIGHTmm`` (or cm, in)."""


def paper_named(name: str) -> Paper:
    """The paper of that name or size. Raises :class:`UsageError` for a name or a size that no page can have."""
    wanted = name.strip().lower()
    for paper in PAPERS:
        if paper.name == wanted:
            return paper
    size = _SIZE.fullmatch(wanted)
    if not size:
        names = ", ".join(paper.name for paper in PAPERS)
        raise UsageError(f"There is no paper {name!r}.", f"Choose one of: {names}, or a size such as 200x260mm.")
    width, height = (float(size[side]) * _MILLIMETRES[size[3]] for side in (1, 2))
    if not all(_SMALLEST <= side <= _LARGEST for side in (width, height)):
        raise UsageError(f"No page is {name}.", f"Each side is between {_SMALLEST:g} and {_LARGEST:g} mm.")
    if max(width, height) > _LONGEST * min(width, height):
        raise UsageError(f"No page is {name}.", f"One side is at most {_LONGEST} times as long as the other.")
    return Paper(wanted, width, height)
