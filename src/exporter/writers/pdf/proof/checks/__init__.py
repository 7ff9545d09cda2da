"""The proof-reader: one function a kind of mark, each of which goes through the layout once.

Measures are those of composition manuals: two lines at least on either side of a page break, no more than two divided
words in a row, no last line of one short word, spaces that are not stretched to twice their width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exporter.writers.pdf.proof.checks import floats, lines, pages
from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.page_proof import PageProof


def findings_of(proof: PageProof) -> tuple[Finding, ...]:
    """What all checks find, page by page."""
    found = [finding for check in CHECKS for finding in check(proof)]
    return tuple(sorted(found, key=lambda each: each.page))


Check = Callable[[PageProof], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    pages.parted_questions,
    floats.notes_astray,
    pages.opening_splits,
    pages.empty_pages,
    pages.feet_apart,
    pages.widows,
    pages.orphans,
    floats.quotes_cut,
    pages.lonely_pages,
    lines.overfull_lines,
    floats.far_figures,
    lines.single_words,
    floats.coarse_pictures,
    lines.ladders,
    floats.quote_echoes,
    floats.crowded_quotes,
    floats.quotes_last,
    floats.margins_crowded,
    lines.short_lines,
    lines.bad_spacing,
)
"""All of them, one a kind."""
