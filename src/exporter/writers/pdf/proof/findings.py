"""What a proof-reader marks on a page: the kinds of findings, what each costs, and how bad it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from exporter.notices import Notice, excerpt, notice


class Kind(Struct, frozen=True):
    """A kind of finding. ``cost`` is what one of it weighs when two passes are compared; it has a notice ``proof-NAME``."""

    cost: float
    summary: str


KINDS: dict[str, Kind] = {
    "parted-question": Kind(100, "a question with fewer than two lines of its answer on its page"),
    "note-astray": Kind(60, "a footnote that does not begin on the page of its mark"),
    "opening-split": Kind(60, "an opening that runs over its page"),
    "empty-page": Kind(40, "a page before the last that is more than 15 % empty"),
    "widow": Kind(30, "the last line of a paragraph alone at the head of a page"),
    "orphan": Kind(30, "the first line of a paragraph alone at the foot of a page"),
    "quote-cut": Kind(30, "a pull quote that runs over its page"),
    "lonely-page": Kind(25, "a last page of a few lines"),
    "overfull-line": Kind(20, "a line longer than its measure"),
    "margin-crowded": Kind(20, "two things in the margin that lie on one another"),
    "figure-far": Kind(15, "a figure more than a page from its place in the text"),
    "single-word": Kind(10, "a headline with one word alone on a line"),
    "coarse-picture": Kind(8, "a picture printed with fewer than 150 dots an inch"),
    "quote-last": Kind(8, "a pull quote with none of the text below it on its page"),
    "hyphen-ladder": Kind(6, "three or more lines in a row that end in a divided word"),
    "quote-echo": Kind(6, "a pull quote on the spread on which its words are said"),
    "quotes-crowded": Kind(4, "two large pull quotes on one spread"),
    "feet-apart": Kind(3, "two facing pages that end more than a line apart"),
    "short-line": Kind(3, "a paragraph whose last line is one short word"),
    "bad-spacing": Kind(2, "a line with holes: stretched to double its spaces, or a quarter of it empty"),
}
"""Name → kind, the gravest first."""


class Finding(Struct, frozen=True):
    """One mark of the proof-reader.

    ``page`` counts from 1; ``reason`` is what was measured, in words; ``words`` is the beginning of what it is about;
    ``weight`` is how bad it is in parts of its kind's cost; ``subject`` is the element of the page that a fix starts from,
    ``line`` the whole line in it.
    """

    kind: str
    page: int
    reason: str
    words: str = ""
    weight: float = 1.0
    subject: Any = None  # an element; None where a page is all there is to name
    line: str = ""

    @property
    def cost(self) -> float:
        """What it adds to the cost of a pass."""
        return KINDS[self.kind].cost * self.weight

    @property
    def notice(self) -> Notice:
        """The finding as it is reported."""
        return notice(f"proof-{self.kind}", where=f"page {self.page}", reason=self.reason, excerpt=self.words)


def cost_of(findings: Iterable[Finding]) -> float:
    """What a pass with these findings costs: 0 is a clean page."""
    return sum(each.cost for each in findings)


def marked(kind: str, page: int, reason: str, words: str, subject: Any, weight: float = 1.0) -> Finding:
    """A finding on ``page``, which counts from 0, with an excerpt of ``words``."""
    return Finding(kind, page + 1, reason, excerpt(words, 40), weight, subject)
