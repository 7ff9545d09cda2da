"""Fixes inside one block: its lines break elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.geometry import styled
from exporter.writers.pdf.proof.markup import Change, Fix, split
from exporter.writers.pdf.proof.page_proof import PageProof

TIGHT = "font-size:99.5%;word-spacing:-.012em"
LOOSE = "font-size:100.5%;word-spacing:.012em"
"""Half a per cent: nobody sees it, and the lines of a paragraph break anew."""

_FREELY = "hyphenate-limit-zone:0;hyphenate-limit-chars:5 2 3"
"""Words of five letters are divided, two of them before the hyphen."""


def reset(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """Sets the block half a per cent smaller, or larger."""
    yield (styled(finding.subject, TIGHT),)
    yield (styled(finding.subject, LOOSE),)


def weighed(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Weighs all lines of the block together, as those of justified text always are."""
    block = proof.layout.block(finding.subject)
    if block is None or not block.justified:
        yield (Change("lines", finding.subject, style="0"),)


def resized(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """Sets the paragraph in a line more, or less."""
    for more in ("1", "-1"):
        yield (Change("lines", finding.subject, style=more),)


def short_line(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Takes another word down to the last line, which keeps the number of lines; or takes the last line up."""
    block = proof.layout.block(finding.subject)
    divided = block is not None and len(block.lines) > 1 and block.lines[-2].hyphenated
    yield (Change("whole" if divided else "bind", finding.subject),)
    yield from weighed(finding, proof)
    yield from resized(finding, proof)
    yield from reset(finding, proof)


def ladder(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Weighs the lines together; divides fewer words, at last none."""
    yield from weighed(finding, proof)
    yield (styled(finding.subject, "hyphenate-limit-zone:16%"),)
    yield from resized(finding, proof)
    yield (styled(finding.subject, "hyphens:manual"),)


def spacing(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Weighs the lines together; divides words more freely; takes down a word of the line before."""
    yield from weighed(finding, proof)
    yield from resized(finding, proof)
    yield (styled(finding.subject, _FREELY),)
    yield from reset(finding, proof)
    for joined in _joined(finding, proof):
        yield (joined,)
        yield (styled(finding.subject, _FREELY), joined)


def _joined(finding: Finding, proof: PageProof) -> Iterator[Change]:
    """Keeps the line's first word together with the word before it."""
    block = proof.layout.block(finding.subject)
    words = proof.script.words(finding.subject)
    before = 0
    for line, following in pairwise(block.lines if block else ()):
        before += len(split(line.text)) - line.hyphenated
        known = 0 < before < len(words) and not line.hyphenated and words[before - 1] == split(line.text)[-1]
        if known and following.text == finding.line:
            yield Change("join", finding.subject, style=str(before))


def overfull(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """Divides words wherever possible, endless ones anywhere; then sets the block smaller."""
    yield (styled(finding.subject, "overflow-wrap:anywhere;hyphens:auto;hyphenate-limit-chars:5 2 2"),)
    yield (Change("divide", finding.subject),)
    for size in (90, 80):
        yield (styled(finding.subject, f"font-size:{size}%;overflow-wrap:anywhere"),)


def single_word(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """Keeps the last two words together, or gives the headline its whole column."""
    yield (Change("bind", finding.subject),)
    yield (styled(finding.subject, "max-width:none"),)
    yield (styled(finding.subject, "max-width:none"), Change("bind", finding.subject))


def lone_line(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Keeps three lines together, or breaks the paragraph anew."""
    yield (styled(finding.subject, "orphans:3;widows:3"),)
    yield from reset(finding, proof)
