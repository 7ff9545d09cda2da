"""The fixes: one table, kind of finding → the fixes to try, the mildest first.

Nothing here touches a word or the order of the text. Figures and pull quotes go to another gap of the text nearby,
pictures become smaller down to a floor, one paragraph's type is set half a per cent smaller or larger, a break is asked for
or forbidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.fixes.floats import (
    astray,
    coarse,
    crowded,
    cut,
    far,
    last_word,
    out_of_the_margin,
    quote,
)
from exporter.writers.pdf.proof.fixes.last_page import lonely
from exporter.writers.pdf.proof.fixes.lines import ladder, lone_line, overfull, short_line, single_word, spacing
from exporter.writers.pdf.proof.fixes.pages import empty, level, parted
from exporter.writers.pdf.proof.markup import Fix
from exporter.writers.pdf.proof.page_proof import PageProof


def fixes_of(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """The fixes for a finding, the mildest first; none for one that nobody can fix."""
    return FIXES[finding.kind](finding, proof) if finding.kind in FIXES else iter(())


FIXES: dict[str, Callable[[Finding, PageProof], Iterator[Fix]]] = {
    "parted-question": parted,
    "note-astray": astray,
    "empty-page": empty,
    "feet-apart": level,
    "widow": lone_line,
    "orphan": lone_line,
    "quote-cut": cut,
    "lonely-page": lonely,
    "overfull-line": overfull,
    "figure-far": far,
    "single-word": single_word,
    "coarse-picture": coarse,
    "hyphen-ladder": ladder,
    "quote-echo": quote,
    "quotes-crowded": crowded,
    "quote-last": last_word,
    "margin-crowded": out_of_the_margin,
    "short-line": short_line,
    "bad-spacing": spacing,
}
"""Finding → what may be done about it."""

LOCAL = frozenset({"short-line", "bad-spacing", "hyphen-ladder", "single-word", "overfull-line", "coarse-picture"})
"""Findings that are fixed inside one block, all in one pass; of the others one a pass, since each moves what follows."""
