"""Mends of pages: what is on them goes on or comes back, or takes a little more or less room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from exporter.writers.pdf.lines import ATTRIBUTE
from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.galley import Block
from exporter.writers.pdf.proof.judges import FAR, LEAST_ANSWER, LEAST_LAST_PAGE, MOST_EMPTY, Proof
from exporter.writers.pdf.proof.manuscript import Change, Mend, classes, is_float
from exporter.writers.pdf.proof.mending_lines import LOOSE, TIGHT
from exporter.writers.pdf.proof.places import (
    MOST_MOVES,
    alternating,
    end_of,
    first_on,
    gaps_near,
    height_of,
    last_figure,
    next_figure,
    order_of,
    styled,
    tallness,
)

LEAST_PICTURE = 0.75
"""The smallest that a picture becomes for the sake of the last page, in parts of its width."""

MOST_STRETCHED, MOST_SHRUNK = 0.06, 0.03
"""The part of its length that each line of a paragraph gives at most so that there is a line more, or less."""

MOST_RESIZED = 2
"""Lines more or less that one paragraph gets."""

LEAST_LAST_LINE = 0.15
"""How much of its length the line is filled that a paragraph gets."""

MOST_SUNK = 0.3
"""The part of its page by which an opening may stand lower."""

MOST_APART = 0.6
"""Lines by which turns stand farther apart."""

MOST_FOLLOWERS = 6
"""Blocks after the last long paragraph that may stay with its last lines."""

_LINE = 20.0
"""Pixels that a line of text takes, where nothing better is known."""


def parted(finding: Finding, _: Proof) -> Iterator[Mend]:
    """The question goes over to its answer."""
    yield (styled(finding.subject, "break-before:page"),)


def empty(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """The figure that did not fit goes on, or back, and text takes the empty place; or a later one comes forward."""
    page = finding.page - 1
    yield from _sunk(page, proof)
    after = first_on(proof, page + 1)
    if after is not None and is_float(after):
        yield from alternating(_later(after, page, proof), _earlier(after, page, proof))
        return
    yield from islice(_forward(page, proof), MOST_MOVES)
    yield from islice(_out_of_the_way(page, proof), MOST_MOVES)
    yield from _noted_by_line(page, proof)
    yield from _parted_within(page, proof)
    yield from _feathered(page, proof)
    yield from _lengthened(page, proof)
    yield from _nudged(page, proof)


def _sunk(page: int, proof: Proof) -> Iterator[Mend]:
    """The opening stands lower on its page, as openings do, unless a picture is above it."""
    leaf = proof.galley.leaves[page]
    header = next((each for each in proof.script.root.iter("header") if "opening" in classes(each)), None)
    bleeds = "bleed-lead" in classes(proof.script.root)
    if page or header is None or bleeds or leaf.empty > MOST_SUNK:
        return
    yield (styled(header, f"margin-top:{leaf.bottom - leaf.filled - _LINE:.1f}px"),)


def _feathered(page: int, proof: Proof) -> Iterator[Mend]:
    """The turns of the page stand a little farther apart, by some half a line at most, and their answers by half of that."""
    leaf = proof.galley.leaves[page]
    parts = {name: [each for each in _named(name, proof) if _begins(each, page, proof)] for name in ("turn", "answer")}
    shares = len(parts["turn"]) + len(parts["answer"]) / 2
    missing = (leaf.empty - MOST_EMPTY + 0.005) * (leaf.bottom - leaf.top)
    if shares and missing / shares <= MOST_APART * _LINE:
        share = {"turn": missing / shares, "answer": missing / shares / 2}
        yield tuple(styled(each, f"padding-top:{share[name]:.1f}px") for name in parts for each in parts[name])


def _named(name: str, proof: Proof) -> Iterator[Any]:
    """The elements of a class, in reading order."""
    return (each for each in proof.script.root.iter() if name in classes(each))


def _begins(element: Any, page: int, proof: Proof) -> bool:
    """Whether an element begins on a page, below its head."""
    extent = proof.galley.extents.get(id(element))
    return extent is not None and extent.first == page and extent.top > proof.galley.leaves[page].top + _LINE


def _nudged(page: int, proof: Proof) -> Iterator[Mend]:
    """Pages before this one end a line or two earlier, so that this one is so many lines fuller."""
    leaf = proof.galley.leaves[page]
    missing = -(-(leaf.empty - MOST_EMPTY + 0.005) * (leaf.bottom - leaf.top) // _LINE)
    for lines in dict.fromkeys((1, 2, 3)):
        breaks = list(islice(_crossing(page, proof), int(-(-missing // lines)) or 1))
        if breaks:
            yield tuple(styled(element, f"widows:{there + lines}") for element, there in breaks)


def _crossing(page: int, proof: Proof) -> Iterator[tuple[Any, int]]:
    """The paragraphs that go over to this page and to the ones before it, with the lines that they have there."""
    for number in range(page, 0, -1):
        for block in proof.running:
            there = sum(line.page == number for line in block.lines)
            if there and block.lines[0].page == number - 1 and len(block.lines) - there > LEAST_ANSWER:
                yield block.element, there


def _parted_within(page: int, proof: Proof) -> Iterator[Mend]:
    """Long questions go over a page as paragraphs do, two lines at least on either, if one of them made the hole."""
    questions = [each for each in proof.galley.blocks if proof.script.role(each.element) == "question"]
    long = [each for each in questions if len(each.lines) >= 2 * LEAST_ANSWER]
    if any(each.lines[0].page == page + 1 for each in long):
        elements = (each for block in long for each in proof.script.above(block.element))
        parts = (each for each in elements if proof.script.role(each) == "question")
        yield tuple(styled(each, "break-inside:auto;orphans:2;widows:2") for each in dict.fromkeys(parts))


def _noted_by_line(page: int, proof: Proof) -> Iterator[Mend]:
    """A paragraph whose note did not fit begins here none the less, and goes over from the line with the mark on."""
    for block in proof.running:
        if block.lines[0].page == page + 1:
            notes = [each for each in block.element.iter() if "footnote" in classes(each)]
            if notes:
                yield tuple(styled(each, "footnote-policy:line") for each in notes)
            return


def _lengthened(page: int, proof: Proof) -> Iterator[Mend]:
    """The longest paragraphs of the page are set a line longer, as many of them as there are lines missing."""
    leaf = proof.galley.leaves[page]
    missing = int(-(-(leaf.empty - MOST_EMPTY + 0.005) * (leaf.bottom - leaf.top) // _LINE))
    ways = _giving((block for block in proof.running if block.lines[-1].page == page), 1)
    for number in dict.fromkeys(min(each, len(ways)) for each in (missing, missing + 1)):
        if number:
            yield tuple(_resized(each, 1) for each in ways[:number])


def _resized(block: Block, more: int) -> Change:
    """A line more or less than a paragraph has now."""
    return Change("lines", block.element, style=str(_already(block) + more))


def _already(block: Block) -> int:
    """How many lines more than are best a paragraph has been given."""
    return int(block.element.get(ATTRIBUTE) or 0)


def _giving(blocks: Iterable[Block], more: int) -> list[Block]:
    """Those paragraphs that can be set a line longer or shorter, the ones whose lines need give least for it first."""

    def give(block: Block) -> float:
        last = block.lines[-1]
        filled = last.width / last.measure
        return (1 - filled + LEAST_LAST_LINE if more > 0 else filled) / len(block.lines)

    most = MOST_STRETCHED if more > 0 else MOST_SHRUNK
    open_to = (each for each in blocks if abs(_already(each) + more) <= MOST_RESIZED)
    return sorted((each for each in open_to if give(each) <= most), key=give)


def _later(element: Any, page: int, proof: Proof) -> Iterator[Mend]:
    """After so much of the text as fills the page before it, and a little more, and a little less."""
    leaf = proof.galley.leaves[page]
    hole = leaf.bottom - leaf.filled
    own, end, place = order_of(element, proof), next_figure(element, proof), proof.place(element)
    ways = []
    for gap in proof.script.gaps():
        passed = height_of(proof, own, gap.number) if own <= gap.number < end else 0.0
        falls = page + (passed > hole) + int(max(0.0, passed - hole) / leaf.tall)
        if passed and falls - place <= FAR:
            ways.append((abs(passed - hole) if passed >= hole - 2 * _LINE else 2 * (hole - passed), gap))
    for _, gap in sorted(ways, key=lambda way: way[0])[:MOST_MOVES]:
        yield (Change("move", element, gap.after),)


def _earlier(element: Any, page: int, proof: Proof) -> Iterator[Mend]:
    """On the page before it, where it fits and the text that stood there follows it."""
    own = order_of(element, proof)
    leaf = proof.galley.leaves[page]
    tall = tallness(proof.galley.extents[id(element)])
    found = [
        gap for gap in gaps_near(element, proof, last_figure(element, proof), own) if end_of(proof, gap)[0] == page
    ]
    fitting = [gap for gap in found if end_of(proof, gap)[1] + tall <= leaf.bottom]
    for gap in list(reversed(fitting))[:MOST_MOVES]:
        yield (Change("move", element, gap.after),)


def _forward(page: int, proof: Proof) -> Iterator[Mend]:
    """A figure or a pull quote of the next two pages that fits into the empty place."""
    leaf = proof.galley.leaves[page]
    hole = leaf.bottom - leaf.filled
    for element in proof.script.floats:
        extent = proof.galley.extents.get(id(element))
        if extent is None or not page < extent.first <= page + 1 + FAR or tallness(extent) > hole:
            continue
        own = order_of(element, proof)
        found = [
            gap for gap in gaps_near(element, proof, last_figure(element, proof), own) if end_of(proof, gap)[0] == page
        ]
        for gap in found[-1:]:
            yield (Change("move", element, gap.after),)


def _out_of_the_way(page: int, proof: Proof) -> Iterator[Mend]:
    """A figure of this page goes on to the next, so that what did not fit has room."""
    for element in reversed(proof.script.floats):
        extent = proof.galley.extents.get(id(element))
        if extent is None or extent.first != page:
            continue
        own = order_of(element, proof)
        found = [
            gap for gap in gaps_near(element, proof, own, next_figure(element, proof)) if end_of(proof, gap)[0] > page
        ]
        for gap in found[:2]:
            yield (Change("move", element, gap.after),)


def lonely(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """A picture before it gives way, or the last one comes to it; else the last paragraphs are set tighter."""
    page = finding.page - 1
    leaf = proof.galley.leaves[page]
    lines = leaf.filled - leaf.top + _LINE
    for picture in reversed(proof.galley.pictures):
        tall = picture.bottom - picture.top
        factor = 1 - lines / tall if tall else 0
        if picture.page in range(page - 3, page) and factor >= LEAST_PICTURE and not _bleeds(picture.element, proof):
            yield (styled(picture.element, f"width:{picture.width * factor:.1f}px;height:auto"),)
    yield from _accompanied(page, proof)
    yield from _pushed(page, proof)
    yield from _company(page, proof)
    for footer in proof.script.root.iter("footer"):
        yield (styled(footer, "margin-top:.75rlh;padding-top:.25rlh"),)
    for element in list(reversed(proof.script.floats))[:1]:
        own = order_of(element, proof)
        for gap in list(reversed(list(gaps_near(element, proof, own, len(proof.script.text)))))[:2]:
            yield (Change("move", element, gap.after),)
    yield from _shortened(page, proof)
    for style in (TIGHT, LOOSE):
        last = (each.element for each in proof.running if page - 3 <= each.lines[-1].page)
        yield tuple(styled(element, style) for element in last)


def _accompanied(page: int, proof: Proof) -> Iterator[Mend]:
    """The last long paragraph brings so many lines to the last page that they are enough; what follows stays with it."""
    lines = [line for block in proof.galley.blocks for line in block.lines if line.page == page]
    flow = proof.script.flow()
    long = [block for block in proof.running if len(block.lines) > 2 * LEAST_ANSWER and block.element in flow]
    if not long:
        return
    last = long[-1]
    there = sum(line.page == page for line in last.lines)
    wanted = max(LEAST_ANSWER, there + LEAST_LAST_PAGE - len(lines))
    after = [*flow[flow.index(last.element) + 1 :], *proof.script.root.iter("footer")]
    for number in (wanted, wanted + 2) if len(after) <= MOST_FOLLOWERS else ():
        together = (styled(each, "break-before:avoid") for each in after)
        yield (styled(last.element, f"widows:{number}"), *together)


def _pushed(page: int, proof: Proof) -> Iterator[Mend]:
    """Paragraphs of the pages before it are set a line longer, so that more comes over."""
    lines = sum(line.page == page for block in proof.galley.blocks for line in block.lines)
    ways = _giving((each for each in proof.running if page - 3 <= each.lines[0].page), 1)
    for missing in (LEAST_LAST_PAGE - lines, LEAST_LAST_PAGE - lines + 2):
        if len(ways) >= missing:
            yield tuple(_resized(each, 1) for each in ways[:missing])


def _shortened(page: int, proof: Proof) -> Iterator[Mend]:
    """Paragraphs of the last pages are set a line shorter, so that all fits on the page before."""
    ways = _giving((each for each in proof.running if page - 3 <= each.lines[-1].page), -1)
    for count in dict.fromkeys((len(ways[:3]), len(ways[:8]))):
        if count:
            yield tuple(_resized(each, -1) for each in ways[:count])


def _company(page: int, proof: Proof) -> Iterator[Mend]:
    """The last blocks of the page before it come over, as many as leave that page full enough."""
    leaf = proof.galley.leaves[page - 1]
    most = MOST_EMPTY * (leaf.bottom - leaf.top)
    found = None
    for element in reversed(proof.script.flow()):
        extent = proof.galley.extents.get(id(element))
        if extent is None or extent.first > page - 1:
            continue
        if extent.first < page - 1 or leaf.bottom - extent.top > most:
            break
        parent = proof.script.parents[id(element)]
        found = proof.script.turn_of(element) if "answer" in classes(parent) and parent[0] is element else element
    if found is not None:
        yield (styled(found, "break-before:page"),)


def _bleeds(picture: Any, proof: Proof) -> bool:
    figure = proof.script.parents.get(id(picture))
    return figure is None or bool({"lead", "gallery"} & set((figure.get("class") or "").split()))
