"""Fixes for whole pages: content moves to the next page or back, or takes a little more or less room."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from exporter.writers.pdf.pictures import LEAST_DPI
from exporter.writers.pdf.proof.checks.floats import FAR
from exporter.writers.pdf.proof.checks.pages import LEAST_ANSWER, MOST_EMPTY
from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.geometry import (
    MOST_MOVES,
    alternating,
    end_of,
    first_on,
    gaps_near,
    height_of,
    last_figure,
    measure_of,
    next_figure,
    order_of,
    passed_by,
    resized,
    shown_with,
    styled,
    tallness,
    width_of,
)
from exporter.writers.pdf.proof.layout import PIXELS_AN_INCH, Block, Picture
from exporter.writers.pdf.proof.markup import Change, Fix, classes, figure_of, is_float
from exporter.writers.pdf.proof.page_proof import LINE, PageProof
from exporter.writers.pdf.weasyprint.patches.paragraphs import ATTRIBUTE

LEAST_PICTURE = 0.13
"""The smallest that a picture becomes so that it fits into a hole: its area in parts of the column's width squared."""

MOST_GROWN = 1.5
"""The largest that a picture becomes so that its page is full, in parts of its width."""

MOST_STRETCHED, MOST_SHRUNK = 0.06, 0.03
"""The part of its length that each line of a paragraph gives at most so that there is a line more, or less."""

NEAR = range(-9, FAR + 1)
"""Pages by which a figure that is moved may stand after its place."""

MOST_RESIZED = 2
"""Lines more or less that one paragraph gets."""

LEAST_LASTLINE = 0.15
"""How much of its length the line is filled that a paragraph gets."""

MOST_SUNK = 0.3
"""The part of its page by which an opening may stand lower."""

MOST_APART = 0.9
"""Lines by which turns stand farther apart."""

MOST_BEFORE = 8
"""Lines at the head of a page between which and its foot a picture may be what left the hole before it."""


def parted(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Moves on, or makes smaller, the figure that parts an answer from its question; or moves the question to its answer."""
    page = finding.page - 1
    after = first_on(proof, page + 1)
    if after is not None and is_float(after):
        yield from _later(after, page, proof)
    yield from _yielding(finding.subject, page, proof)
    yield (styled(_headed(finding.subject, proof), "break-before:page"),)


def _yielding(turn: Element, page: int, proof: PageProof) -> Iterator[Fix]:
    """Makes a picture of the turn smaller, for the lines of the answer that are missing; or moves it before the turn."""
    within = {id(each) for each in turn.iter()}
    for picture in (each for each in proof.layout.pictures if each.page == page and id(each.element) in within):
        part = 1 - (LEAST_ANSWER + 0.5) * LINE / (picture.bottom - picture.top)
        if _large_enough([picture], part, proof) and len(shown_with(picture, proof)) == 1:
            yield (resized(picture, part),)
    for figure in (each for each in proof.script.floats if id(each) in within):
        extent, own = proof.layout.extents.get(id(figure)), order_of(figure, proof)
        if extent is not None and extent.first == page:
            before = list(gaps_near(figure, proof, last_figure(figure, proof), own))
            yield from ((Change("move", figure, gap.after),) for gap in reversed(before[-2:]))


def _headed(turn: Element, proof: PageProof) -> Element:
    """The crosshead above a turn, or else the turn: a page is broken before it."""
    siblings = list(proof.script.parents[id(turn)])
    number = siblings.index(turn)
    return siblings[number - 1] if number and "crosshead" in classes(siblings[number - 1]) else turn


def empty(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Moves the figure that did not fit on, or back, so that text fills the empty place; or moves a later one forward."""
    page = finding.page - 1
    yield from _sunk(page, proof)
    yield from islice(_larger(page, proof), 1)
    after = first_on(proof, page + 1)
    if after is not None and is_float(after):
        yield from alternating(_later(after, page, proof), _earlier(after, page, proof), _smaller(page, proof))
        yield from _feathered(page, proof)
        yield from _later(after, page, proof, (FAR + 1,))  # a hole is worse
        return
    near = _near_head(page + 1, proof)
    yield from alternating(_later(near, page, proof) if near is not None else iter(()), _smaller(page, proof))
    yield from islice(_forward(page, proof), MOST_MOVES)
    yield from islice(_out_of_the_way(page, proof), MOST_MOVES)
    yield from _noted_by_line(page, proof)
    yield from _parted_within(page, proof)
    yield from _feathered(page, proof)
    yield from _lengthened(page, proof)
    yield from _nudged(page, proof)


def _sunk(page: int, proof: PageProof) -> Iterator[Fix]:
    """Moves the opening down on its page, unless a picture stands above it."""
    area, opening = proof.layout.areas[page], proof.script.opening
    if page or opening is None or proof.script.bleeds or area.empty > MOST_SUNK:
        return
    yield (styled(opening, f"--sunk:{area.bottom - area.filled - LINE:.1f}px"),)


def _feathered(page: int, proof: PageProof) -> Iterator[Fix]:
    """Sets what is on the page a little farther apart: turns, figures and pull quotes, and answers by half as much."""
    area = proof.layout.areas[page]
    apart = [*named("turn", proof), *proof.script.floats]
    parts = [[each for each in those if _begins(each, page, proof)] for those in (apart, named("answer", proof))]
    shares = len(parts[0]) + len(parts[1]) / 2
    missing = (area.empty - MOST_EMPTY + 0.005) * area.tall
    if shares and missing / shares <= MOST_APART * LINE:
        share = missing / shares
        yield tuple(
            styled(each, f"padding-top:{room:.1f}px")
            for those, room in zip(parts, (share, share / 2), strict=True)
            for each in those
        )


def named(name: str, proof: PageProof) -> Iterator[Element]:
    """The elements of a class, in reading order."""
    return (each for each in proof.script.root.iter() if name in classes(each))


def _begins(element: Element, page: int, proof: PageProof) -> bool:
    """Whether an element begins on a page, below its head."""
    extent = proof.layout.extents.get(id(element))
    return extent is not None and extent.first == page and extent.top > proof.layout.areas[page].top + LINE


def _nudged(page: int, proof: PageProof) -> Iterator[Fix]:
    """Ends the pages before this one a line or two earlier, so that this one is that much fuller."""
    area = proof.layout.areas[page]
    missing = -(-(area.empty - MOST_EMPTY + 0.005) * area.tall // LINE)
    for lines in dict.fromkeys((1, 2, 3)):
        breaks = list(islice(_crossing(page, proof), int(-(-missing // lines)) or 1))
        if breaks:
            yield tuple(styled(element, f"widows:{there + lines}") for element, there in breaks)


def _crossing(page: int, proof: PageProof) -> Iterator[tuple[Element, int]]:
    """The paragraphs that go over to this page and to the ones before it, with the lines that they have there."""
    for number in range(page, 0, -1):
        for block in proof.running:
            there = sum(line.page == number for line in block.lines)
            if there and block.lines[0].page == number - 1 and len(block.lines) - there > LEAST_ANSWER:
                yield block.element, there


def _parted_within(page: int, proof: PageProof) -> Iterator[Fix]:
    """Lets long questions break across pages, with two lines on either, if one of them made the hole."""
    questions = [each for each in proof.layout.blocks if proof.script.role(each.element) == "question"]
    long = [each for each in questions if len(each.lines) >= 2 * LEAST_ANSWER]
    if any(each.lines[0].page == page + 1 for each in long):
        elements = (each for block in long for each in proof.script.above(block.element))
        parts = (each for each in elements if proof.script.role(each) == "question")
        yield tuple(styled(each, "break-inside:auto;orphans:2;widows:2") for each in dict.fromkeys(parts))


def _noted_by_line(page: int, proof: PageProof) -> Iterator[Fix]:
    """Begins a paragraph here although its note does not fit: it goes over from the line with the mark on."""
    for block in proof.running:
        if block.lines[0].page == page + 1:
            notes = [each for each in block.element.iter() if "footnote" in classes(each)]
            if notes:
                yield tuple(styled(each, "footnote-policy:line") for each in notes)
            return


def _lengthened(page: int, proof: PageProof) -> Iterator[Fix]:
    """Sets the longest paragraphs of the page a line longer, one for each line that is missing."""
    area = proof.layout.areas[page]
    missing = int(-(-(area.empty - MOST_EMPTY + 0.005) * area.tall // LINE))
    ways = giving((block for block in proof.running if block.lines[-1].page == page), 1)
    for number in dict.fromkeys(min(each, len(ways)) for each in (missing, missing + 1)):
        if number:
            yield tuple(relined(each, 1) for each in ways[:number])


def level(finding: Finding, proof: PageProof) -> Iterator[Fix]:
    """Sets paragraphs of the page that ends higher a line longer; or lets the facing page give lines to the next one.

    What is left of the difference, the space above turns and pictures takes up.
    """
    page = finding.page - 1
    other = page + 1 if page % 2 else page - 1
    apart = abs(proof.layout.areas[other].filled - proof.layout.areas[page].filled)
    lines = max(1, round(apart / proof.leading))
    ways = giving((block for block in proof.running if {line.page for line in block.lines} == {page}), 1)
    for count in dict.fromkeys((min(lines, 2), 1, lines)):
        if len(ways) >= count:
            yield tuple(relined(each, 1) for each in ways[:count])
    for element, there in islice(_crossing(other + 1, proof), 1):
        for count in dict.fromkeys((1, min(lines, 3))):
            yield (styled(element, f"widows:{there + count}"),)


def relined(block: Block, more: int) -> Change:
    """Sets a paragraph in one line more, or less, than it has now."""
    return Change("lines", block.element, style=str(_already(block) + more))


def _already(block: Block) -> int:
    """By how many lines a paragraph is longer than its best breaks would make it."""
    return int(block.element.get(ATTRIBUTE) or 0)


def giving(blocks: Iterable[Block], more: int) -> list[Block]:
    """The paragraphs that can be set a line longer or shorter, first those whose spaces need to give least for it."""

    def give(block: Block) -> float:
        last = block.lines[-1]
        filled = last.width / last.measure
        return (1 - filled + LEAST_LASTLINE if more > 0 else filled) / len(block.lines)

    most = MOST_STRETCHED if more > 0 else MOST_SHRUNK
    open_to = (each for each in blocks if abs(_already(each) + more) <= MOST_RESIZED)
    return sorted((each for each in open_to if give(each) <= most), key=give)


def _larger(page: int, proof: PageProof) -> Iterator[Fix]:
    """Enlarges a picture that is narrower than its column into the empty place, as far as its pixels allow."""
    area, column = proof.layout.areas[page], measure_of(proof)
    hole = area.bottom - area.filled - LINE / 2
    for picture in proof.layout.pictures:
        part = 1 + hole / (picture.bottom - picture.top) if picture.page == page else 0.0
        most = min(column, picture.dots / LEAST_DPI * PIXELS_AN_INCH) if len(shown_with(picture, proof)) == 1 else 0.0
        if 1 < part <= MOST_GROWN and picture.width * part <= most:
            yield (resized(picture, part),)


def _smaller(page: int, proof: PageProof) -> Iterator[Fix]:
    """Makes the picture that did not fit so much smaller that it fits; or it and those of the page, each by less."""
    area, following = proof.layout.areas[page], proof.layout.areas[page + 1]
    first = next((each for each in proof.layout.pictures if each.page == page + 1), None)
    figure = figure_of(first.element, proof.script) if first else None
    extent = proof.layout.extents.get(id(figure))
    if (
        first is None
        or figure is None
        or extent is None
        or extent.first != page + 1
        or extent.top > following.top + MOST_BEFORE * LINE
    ):
        return
    missing = extent.bottom - following.top + 1.5 * LINE - (area.bottom - area.filled)
    shown = shown_with(first, proof)
    others = [each for each in proof.layout.pictures if each.page == page and len(shown_with(each, proof)) == 1]
    if len(shown) > 1:
        part = 1 - missing / (shown[-1].bottom - shown[0].top)
        if _large_enough(shown, part, proof):
            yield (styled(figure, f"width:{part * width_of(shown):.1f}px"),)
    alone = ([first], [first, *others]) if len(shown) == 1 else ()
    for pictures in filter(None, (*alone, others)):
        part = 1 - missing / sum(each.bottom - each.top for each in pictures)
        if all(_large_enough([each], part, proof) for each in pictures):
            yield tuple(resized(each, part) for each in pictures)


def _large_enough(pictures: list[Picture], part: float, proof: PageProof) -> bool:
    """Whether pictures are still worth showing at this part of their width."""
    area = sum((each.bottom - each.top) * each.width for each in pictures) * part**2
    return 0 < part < 1 and area >= LEAST_PICTURE * measure_of(proof) ** 2


def _later(element: Element, page: int, proof: PageProof, pages: Container[int] = NEAR) -> Iterator[Fix]:
    """After so much of the text as fills the page before it, and a little more, and a little less.

    The figures on the way go along, since their order stays.
    """
    area = proof.layout.areas[page]
    hole = area.bottom - area.filled - _above(element, page, proof)
    own = order_of(element, proof)
    ways = []
    for gap in proof.script.gaps():
        passed = height_of(proof, own, gap.number) if own <= gap.number else 0.0
        along = passed_by(element, gap, proof)
        if passed and max(_distances(along, page, passed, proof)) in pages:
            bad = abs(passed - hole) if passed >= hole - 2 * LINE else 2 * (hole - passed)
            ways.append((bad + LINE * len(along), gap, along))
    for _, gap, along in sorted(ways, key=lambda way: way[0])[:MOST_MOVES]:
        yield tuple(Change("move", each, gap.after) for each in reversed(along))


def _above(element: Element, page: int, proof: PageProof) -> float:
    """How much room what stands above a figure takes on the page after this one."""
    extent = proof.layout.extents.get(id(element))
    return max(0.0, extent.top - proof.layout.areas[page + 1].top) if extent and extent.first == page + 1 else 0.0


def _near_head(page: int, proof: PageProof) -> Element | None:
    """The first figure or pull quote that stands near the head of a page, or None."""
    for element in proof.script.floats:
        extent = proof.layout.extents.get(id(element))
        if extent is not None and extent.first == page:
            return element if extent.top <= proof.layout.areas[page].top + MOST_BEFORE * LINE else None
    return None


def _distances(along: list[Element], page: int, passed: float, proof: PageProof) -> Iterator[int]:
    """By how many pages figures come to stand from their places, one after the other, each behind a page of text."""
    area, own = proof.layout.areas[page], order_of(along[0], proof)
    hole, used = area.bottom - area.filled, passed
    for number, each in enumerate(along):
        place = proof.place(each)
        if number:
            # A figure without caption whose picture is missing stands nowhere.
            extent = proof.layout.extents.get(id(each))
            used += tallness(extent) if extent else 0.0
            place = page + (height_of(proof, own, proof.script.anchors[id(each)] - 1) > hole)
        yield page + (used > hole) + int(max(0.0, used - hole) / area.tall) - place


def _earlier(element: Element, page: int, proof: PageProof) -> Iterator[Fix]:
    """Moves the figure to the page before, where it fits and the text that stood there can follow it."""
    own = order_of(element, proof)
    area = proof.layout.areas[page]
    tall = tallness(proof.layout.extents[id(element)])
    head = first_on(proof, page)
    fitting = []
    for gap in gaps_near(element, proof, last_figure(element, proof), own):
        where, height = end_of(proof, gap)
        if where < page and proof.script.follows(gap.after, head):
            where, height = page, area.top
        if where == page and height + tall <= area.bottom:
            fitting.append(gap)
    for gap in list(reversed(fitting))[:MOST_MOVES]:
        yield (Change("move", element, gap.after),)


def _forward(page: int, proof: PageProof) -> Iterator[Fix]:
    """Moves a figure or a pull quote of the next two pages into the empty place."""
    area = proof.layout.areas[page]
    hole = area.bottom - area.filled
    for element in proof.script.floats:
        extent = proof.layout.extents.get(id(element))
        if extent is None or not page < extent.first <= page + 1 + FAR or tallness(extent) > hole:
            continue
        own = order_of(element, proof)
        found = [
            gap for gap in gaps_near(element, proof, last_figure(element, proof), own) if end_of(proof, gap)[0] == page
        ]
        for gap in found[-1:]:
            yield (Change("move", element, gap.after),)


def _out_of_the_way(page: int, proof: PageProof) -> Iterator[Fix]:
    """Moves a figure of this page to the next, so that there is room for what did not fit."""
    for element in reversed(proof.script.floats):
        extent = proof.layout.extents.get(id(element))
        if extent is None or extent.first != page:
            continue
        own = order_of(element, proof)
        found = [
            gap for gap in gaps_near(element, proof, own, next_figure(element, proof)) if end_of(proof, gap)[0] > page
        ]
        for gap in found[:2]:
            yield (Change("move", element, gap.after),)
