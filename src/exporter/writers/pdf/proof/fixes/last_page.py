"""Fixes for a nearly empty last page: more text comes over, or what is on it goes back to the page before."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from xml.etree.ElementTree import Element

from exporter.writers.pdf.proof.checks.pages import LEAST_ANSWER, LEAST_LAST_PAGE, MOST_EMPTY
from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.fixes.lines import LOOSE, TIGHT
from exporter.writers.pdf.proof.fixes.pages import giving, named, relined
from exporter.writers.pdf.proof.geometry import gaps_near, leading_of, order_of, resized, styled
from exporter.writers.pdf.proof.markup import Change, Fix, classes, figure_of
from exporter.writers.pdf.proof.page_proof import PageProof

LEAST_PICTURE = 0.65
"""The smallest that a picture becomes for the sake of the last page, in parts of its width."""

MOST_FOLLOWERS = 6
"""Blocks after the last long paragraph that may stay with its last lines."""

MOST_RAISED = 4
"""Lines by which an opening may stand higher."""

MOST_CLOSER = 0.4
"""Lines by which turns stand nearer to each other."""

CLOSE = "margin-top:.75rlh;padding-top:.25rlh"
"""How near the colophon may come."""


def lonely(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Makes room on the page before (a nearer colophon, a smaller picture, shorter paragraphs), or brings more text over."""
    page = finding.page - 1
    close = tuple(styled(each, CLOSE) for each in proof.script.root.iter("footer"))
    missing = _missing(page, proof)
    if missing <= leading_of(proof):  # it is reckoned no better than that
        yield close
    for picture in reversed(proof.layout.pictures):
        tall = picture.bottom - picture.top
        part = 1 - (max(missing, 0.0) + 2) / tall if tall else 0
        if picture.page in range(page - 2, page) and part >= LEAST_PICTURE and not _bleeds(picture.element, proof):
            yield (resized(picture, part), *close)
    yield from _shortened(page, missing, close, proof)
    yield from _closer(page, missing, close, proof)
    yield from _raised(missing, close, proof)
    yield from _accompanied(page, proof)
    yield from _pushed(page, proof)
    yield from _company(page, proof)
    for element in list(reversed(proof.script.floats))[:1]:
        own = order_of(element, proof)
        for gap in list(reversed(list(gaps_near(element, proof, own, len(proof.script.text)))))[:2]:
            yield (Change("move", element, gap.after),)
    for style in (TIGHT, LOOSE):
        last = (each.element for each in proof.running if page - 3 <= each.lines[-1].page)
        yield tuple(styled(element, style) for element in last)


def _missing(page: int, proof: PageProof) -> float:
    """The room that the page before lacks for the last page's content, with the colophon set near, in pixels."""
    area, before = proof.layout.areas[page], proof.layout.areas[page - 1]
    return area.filled - area.top + 0.6 * leading_of(proof) - (before.bottom - before.filled)


def _accompanied(page: int, proof: PageProof) -> Iterator[Fix]:
    """Breaks the last long paragraph earlier, so that enough lines come to the last page; what follows stays with it."""
    lines = proof.lines_on(page)
    flow = proof.script.flow()
    long = [block for block in proof.running if len(block.lines) > 2 * LEAST_ANSWER and block.element in flow]
    if not long:
        return
    last = long[-1]
    there = sum(line.page == page for line in last.lines)
    wanted = max(LEAST_ANSWER, there + LEAST_LAST_PAGE - lines)
    after = [*flow[flow.index(last.element) + 1 :], *proof.script.root.iter("footer")]
    for number in (wanted, wanted + 2) if len(after) <= MOST_FOLLOWERS else ():
        together = (styled(each, "break-before:avoid") for each in after)
        yield (styled(last.element, f"widows:{number}"), *together)


def _pushed(page: int, proof: PageProof) -> Iterator[Fix]:
    """Sets paragraphs of the pages before a line longer, so that more text comes over."""
    lines = proof.lines_on(page)
    ways = giving((each for each in proof.running if page - 3 <= each.lines[0].page), 1)
    for missing in (LEAST_LAST_PAGE - lines, LEAST_LAST_PAGE - lines + 2):
        if len(ways) >= missing:
            yield tuple(relined(each, 1) for each in ways[:missing])


def _shortened(page: int, missing: float, close: Fix, proof: PageProof) -> Iterator[Fix]:
    """Sets paragraphs of the last pages a line shorter, so that all fits on the page before."""
    ways = giving((each for each in proof.running if page - 3 <= each.lines[-1].page < page), -1)
    least = max(1, ceil(missing / leading_of(proof)))
    for count in dict.fromkeys((least, min(least + 2, len(ways)))):
        if least <= count <= len(ways):
            yield (*(relined(each, -1) for each in ways[:count]), *close)


def _closer(page: int, missing: float, close: Fix, proof: PageProof) -> Iterator[Fix]:
    """Sets the turns of the page before, or of two pages, a little nearer to each other, so that all fits there."""
    extents = ((each, proof.layout.extents.get(id(each))) for each in named("turn", proof))
    ends = [(each, extent.last) for each, extent in extents if extent is not None and page - 2 <= extent.last < page]
    for first in (page - 1, page - 2):
        turns = [each for each, last in ends if last >= first]
        if turns and 0 < missing / len(turns) <= MOST_CLOSER * leading_of(proof):
            share = f"margin-bottom:-{missing / len(turns) + 0.1:.1f}px"
            yield (*(styled(each, share) for each in turns), *close)


def _raised(missing: float, close: Fix, proof: PageProof) -> Iterator[Fix]:
    """Moves the opening up on its page, so that all that follows comes up."""
    opening, lines = proof.script.opening, max(1, ceil(missing / leading_of(proof)))
    if opening is None or proof.script.bleeds or lines > MOST_RAISED:
        return
    for number in dict.fromkeys((lines, min(lines + 1, MOST_RAISED))):
        yield (styled(opening, f"margin-top:-{number * leading_of(proof):.1f}px"), *close)


def _company(page: int, proof: PageProof) -> Iterator[Fix]:
    """Brings the last blocks of the page before over, as many as leave that page full enough."""
    area = proof.layout.areas[page - 1]
    most = MOST_EMPTY * area.tall
    found = None
    for element in reversed(proof.script.flow()):
        extent = proof.layout.extents.get(id(element))
        if extent is None or extent.first > page - 1:
            continue
        if extent.first < page - 1 or area.bottom - extent.top > most:
            break
        parent = proof.script.parents[id(element)]
        found = proof.script.turn_of(element) if "answer" in classes(parent) and parent[0] is element else element
    if found is not None:
        yield (styled(found, "break-before:page"),)


def _bleeds(picture: Element, proof: PageProof) -> bool:
    figure = figure_of(picture, proof.script)
    return figure is None or bool({"lead", "gallery", "row"} & classes(figure))
