"""Fixes for what stands beside the text: pull quotes, figures, pictures, notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from exporter.writers.pdf.pictures import LEAST_DPI
from exporter.writers.pdf.proof.checks.floats import FACING
from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.geometry import (
    MOST_MOVES,
    end_of,
    gaps_near,
    last_figure,
    next_figure,
    order_of,
    shown_with,
    styled,
    tallness,
    width_of,
)
from exporter.writers.pdf.proof.layout import PIXELS_AN_INCH
from exporter.writers.pdf.proof.markup import IN_TEXT, SMALL, STACKED, Change, Fix, Gap, classes, figure_of
from exporter.writers.pdf.proof.page_proof import PageProof

NEAR = 3
"""Pages that a pull quote may stand from where the page had it: it repeats what is said, and can be met before or after."""

MOST_QUOTES, MOST_WAYS = 24, 60
"""Pull quotes that are apportioned together, and ways to do so that are kept in sight."""

ECHO, CROWDED = 20.0, 13.0
"""What a pull quote costs beside its words, and beside another, against pages between it and its place."""


def quote(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Moves all pull quotes to spreads of their own, near their places and away from their words; else this one alone."""
    together = apportioned(proof)
    if len(together) > 1:
        yield together
    element = finding.subject
    taken = {proof.spread(proof.layout.extents[id(each)].first) for each in proof.quotes if each is not element}
    for page, gap in islice(_places_for(element, proof), MOST_MOVES):
        if proof.spread(page) not in taken:
            yield (Change("move", element, gap.after),)


def crowded(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Sets the pull quote small, or moves it to a spread of its own."""
    yield (Change("class", finding.subject, style=SMALL),)
    yield from quote(finding, proof)


def last_word(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Moves the pull quote up on its page, past as little text as may be; else to the middle of a page nearby, or forward."""
    element, page = finding.subject, finding.page - 1
    own = order_of(element, proof)
    above = [gap for gap in proof.script.gaps() if gap.number < own - 1 and end_of(proof, gap)[0] == page]
    for gap in above[: -MOST_MOVES - 1 : -1]:
        yield (Change("move", element, gap.after),)
    for _, gap in islice(_places_for(element, proof), MOST_MOVES):
        yield (Change("move", element, gap.after),)
    for gap in islice(reversed(list(gaps_near(element, proof, max(0, own - 6), own))), MOST_MOVES):
        yield (Change("move", element, gap.after),)


def out_of_the_margin(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Sets a pull quote into the text, or elsewhere; sets a figure's caption below it."""
    element = finding.subject
    if element.tag == "figure":
        yield (Change("class", element, style=STACKED),)
        return
    yield (Change("class", element, style=f"{SMALL} {IN_TEXT}"),)
    yield from last_word(finding, proof)


def _places_for(element: Element, proof: PageProof) -> Iterator[tuple[int, Gap]]:
    """The pages on which a pull quote may stand, the nearest to its place first, each with the gap nearest to its middle."""
    said = {proof.spread(page) for page in proof.echoes[id(element)]}
    tall, place = tallness(proof.layout.extents[id(element)]), proof.place(element)
    ways: dict[int, tuple[float, Gap]] = {}
    for gap in proof.script.gaps():
        page, bottom = end_of(proof, gap)
        area = proof.layout.areas[page]
        if proof.spread(page) in said or abs(page - place) > NEAR or bottom + tall > area.bottom or page == 0:
            continue
        middle = abs(bottom + tall / 2 - (area.top + area.bottom) / 2) / area.tall
        if page not in ways or middle < ways[page][0]:
            ways[page] = middle, gap
    for page in sorted(ways, key=lambda each: (abs(each - place), each)):
        yield page, ways[page][1]


def apportioned(proof: PageProof) -> Fix:
    """The moves that leave the fewest pull quotes beside their words or beside one another, with the fewest pages between."""
    ways: list[tuple[float, frozenset[int], Fix]] = [(0.0, frozenset(), ())]
    for quote in proof.quotes[:MOST_QUOTES]:
        options, large = list(_options(quote, proof)), SMALL not in classes(quote)
        more = []
        for cost, taken, moves in ways:
            used = {move.place for move in moves}
            for page, fault, move in options:
                if not move or move[0].place not in used:
                    beside = CROWDED if large and proof.spread(page) in taken else 0.0
                    now = taken | {proof.spread(page)} if large else taken
                    more.append((cost + fault + beside, now, (*moves, *move)))
        ways = sorted(more, key=lambda way: way[0])[:MOST_WAYS]
    return ways[0][2]


def _options(quote: Element, proof: PageProof) -> Iterator[tuple[int, float, Fix]]:
    """Where a pull quote may stand: the page, what that costs, and the move to it; first where it stands now."""
    page, place = proof.layout.extents[id(quote)].first, proof.place(quote)
    said = proof.echoes[id(quote)]
    near = proof.spread(page) in map(proof.spread, said)
    yield page, ECHO * (1.0 if page in said else FACING) if near else 0.0, ()
    for other, gap in _places_for(quote, proof):
        yield other, 0.1 + abs(other - place), (Change("move", quote, gap.after),)


def far(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Moves a figure back towards its place, as far as the figures before and after it allow."""
    figure = finding.subject
    place, first, end = proof.place(figure), last_figure(figure, proof), next_figure(figure, proof)
    legal = (gap for gap in proof.script.gaps() if first <= gap.number < end)
    for gap in sorted(legal, key=lambda gap: abs(end_of(proof, gap)[0] - place))[:MOST_MOVES]:
        yield (Change("move", figure, gap.after),)


def cut(finding: Finding, _: PageProof) -> Iterator[Fix]:
    """It is set smaller."""
    yield (styled(finding.subject, "font-size:80%"),)


def coarse(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Makes a picture as small as its pixels require, together with those in the same row."""
    for picture in proof.layout.pictures:
        if picture.element is not finding.subject:
            continue
        width, shown = picture.dots / LEAST_DPI * PIXELS_AN_INCH, shown_with(picture, proof)
        figure = figure_of(picture.element, proof.script)
        if len(shown) > 1 and figure is not None:
            yield (styled(figure, f"width:{width / picture.width * width_of(shown):.1f}px"),)
        else:
            yield (styled(picture.element, f"width:{width:.1f}px;max-width:{width:.1f}px;height:auto"),)


def astray(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Breaks the paragraph of the note's mark elsewhere."""
    note = finding.subject
    if note is None:
        return
    paragraph = proof.script.parents.get(id(note))
    while paragraph is not None and paragraph.tag not in {"p", "li", "dd", "td"}:
        paragraph = proof.script.parents.get(id(paragraph))
    if paragraph is None:
        return
    yield (styled(note, "footnote-policy:line"),)
    yield (styled(paragraph, "orphans:1;widows:1"),)
    yield (styled(paragraph, "break-inside:avoid"),)
    yield (styled(paragraph, "break-before:page"),)
