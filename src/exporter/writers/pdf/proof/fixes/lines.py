"""Mends inside one block: its lines break elsewhere."""

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
    """Half a per cent smaller, half a per cent larger."""
    yield (styled(finding.subject, TIGHT),)
    yield (styled(finding.subject, LOOSE),)


def weighed(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """All its lines are weighed together, as those of justified text are from the first."""
    block = proof.layout.block(finding.subject)
    if block is None or not block.justified:
        yield (Change("lines", finding.subject, style="0"),)


def resized(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """It gets a line more or less."""
    for more in ("1", "-1"):
        yield (Change("lines", finding.subject, style=more),)


def short_line(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Another word goes down to the last, which changes no number of lines; or the last comes up."""
    block = proof.layout.block(finding.subject)
    divided = block is not None and len(block.lines) > 1 and block.lines[-2].hyphenated
    yield (Change("whole" if divided else "bind", finding.subject),)
    yield from weighed(finding, proof)
    yield from resized(finding, proof)
    yield from reset(finding, proof)


def ladder(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Its lines are weighed, fewer words divided, and at last none."""
    yield from weighed(finding, proof)
    yield (styled(finding.subject, "hyphenate-limit-zone:16%"),)
    yield from resized(finding, proof)
    yield (styled(finding.subject, "hyphens:manual"),)


def spacing(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Its lines are weighed, words are divided more freely, a word of the line before comes down."""
    yield from weighed(finding, proof)
    yield from resized(finding, proof)
    yield (styled(finding.subject, _FREELY),)
    yield from reset(finding, proof)
    for joined in _joined(finding, proof):
        yield (joined,)
        yield (styled(finding.subject, _FREELY), joined)


def _joined(finding: Finding, proof: PageProof) -> Iterator[Change]:
    """The line's first word takes the word before it along."""
    block = proof.layout.block(finding.subject)
    words = proof.script.words(finding.subject)
    before = 0
    for line, following in pairwise(block.lines if block else ()):
        before += len(split(line.text)) - line.hyphenated
        known = 0 < before < len(words) and not line.hyphenated and words[before - 1] == split(line.text)[-1]
        if known and following.text == finding.line:
            yield Change("join", finding.subject, style=str(before))


def overfull(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """Words are divided wherever that is possible, endless ones anywhere; and set smaller."""
    yield (styled(finding.subject, "overflow-wrap:anywhere;hyphens:auto;hyphenate-limit-chars:5 2 2"),)
    yield (Change("divide", finding.subject),)
    for size in (90, 80):
        yield (styled(finding.subject, f"font-size:{size}%;overflow-wrap:anywhere"),)


def single_word(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """The last two words stay together, or the headline takes all its column."""
    yield (Change("bind", finding.subject),)
    yield (styled(finding.subject, "max-width:none"),)
    yield (styled(finding.subject, "max-width:none"), Change("bind", finding.subject))


def lone_line(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Three lines stay together, or the paragraph is set anew."""
    yield (styled(finding.subject, "orphans:3;widows:3"),)
    yield from reset(finding, proof)
