"""Where things are: what the fixes ask about the pages before they move something."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from xml.etree.ElementTree import Element

from exporter.writers.pdf.proof.checks.floats import FAR
from exporter.writers.pdf.proof.layout import Extent, Picture
from exporter.writers.pdf.proof.markup import Change, Fix, Gap, figure_of, is_float
from exporter.writers.pdf.proof.page_proof import PageProof

MOST_MOVES = 4
"""Places tried for one figure or pull quote."""


def styled(element: Element, style: str) -> Change:
    """CSS declarations for one element."""
    return Change("style", element, style=style)


def alternating(*ways: Iterator[Fix]) -> Iterator[Fix]:
    """One of each in turn, not too many in all."""
    mixed = chain.from_iterable(zip_longest(*ways))
    return islice((fix for fix in mixed if fix is not None), 2 * MOST_MOVES)


def first_on(proof: PageProof, page: int) -> Element | None:
    """The first block of the article that begins on a page, unless one goes over to it from the page before."""
    for element in proof.script.flow():
        extent = proof.layout.extents.get(id(element))
        if extent is not None and extent.last >= page:
            return element if extent.first == page else None
    return None


def order_of(element: Element, proof: PageProof) -> int:
    """How many blocks of text stand before a figure or a pull quote now."""
    count = 0
    for each in proof.script.flow():
        if each is element:
            return count
        count += not is_float(each)
    return count


def gaps_near(element: Element, proof: PageProof, first: int, end: int) -> Iterator[Gap]:
    """The legal places after block number ``first`` and before ``end``, none of them far from the element's own place."""
    place = proof.place(element)
    for gap in proof.script.gaps():
        inside = first <= gap.number < end and gap.number != order_of(element, proof) - 1
        if inside and abs(end_of(proof, gap)[0] - place) <= FAR:
            yield gap


def passed_by(element: Element, gap: Gap, proof: PageProof) -> list[Element]:
    """A figure, and after it the figures between it and a later gap, in their order; pull quotes go by themselves."""
    if element.tag != "figure":
        return [element]
    flow = proof.script.flow()
    way = flow[flow.index(element) + 1 : flow.index(gap.after) + 1]
    return [element, *(each for each in way if each.tag == "figure")]


def next_figure(element: Element, proof: PageProof) -> int:
    """The number of the block of text before which the next figure stands: figures stay in their order."""
    flow = proof.script.flow()
    following = flow[flow.index(element) + 1 :]
    return next((order_of(each, proof) for each in following if each.tag == "figure"), len(proof.script.text))


def last_figure(element: Element, proof: PageProof) -> int:
    """The number of the block of text after which the figure before it stands."""
    flow = proof.script.flow()
    before = flow[: flow.index(element)]
    return next((order_of(each, proof) for each in reversed(before) if each.tag == "figure"), 0)


def end_of(proof: PageProof, gap: Gap) -> tuple[int, float]:
    """The page and the height at which the block before a gap ends."""
    extent = proof.layout.extents.get(id(gap.after))
    return (extent.last, extent.bottom) if extent else (-99, 0.0)


def height_of(proof: PageProof, first: int, last: int) -> float:
    """How much room the blocks of text from one number to another take, their margins included as far as they are known."""
    total = 0.0
    for element in proof.script.text[first : last + 1]:
        extent = proof.layout.extents.get(id(element))
        if extent is None:
            continue
        for page in range(extent.first, extent.last + 1):
            area = proof.layout.areas[page]
            top = extent.top if page == extent.first else area.top
            bottom = extent.bottom if page == extent.last else area.filled
            total += max(0.0, bottom - top)
    return total


def tallness(extent: Extent) -> float:
    """How much of a page an element takes; too much when it takes more than one."""
    return extent.bottom - extent.top if extent.first == extent.last else 9e9


def measure_of(proof: PageProof) -> float:
    """How wide the column is."""
    return max((block.lines[-1].measure for block in proof.running), default=1.0)


def leading_of(proof: PageProof) -> float:
    """How far the lines of running text stand apart."""
    return proof.leading


def resized(picture: Picture, part: float) -> Change:
    """A picture at a part of its width, or at more than all of it."""
    return styled(picture.element, f"width:{picture.width * part:.1f}px;height:auto;max-height:none")


def shown_with(picture: Picture, proof: PageProof) -> list[Picture]:
    """The pictures of one figure, or of one row of figures, on one page."""
    figure = figure_of(picture.element, proof.script)
    on_page = (each for each in proof.layout.pictures if each.page == picture.page)
    return [each for each in on_page if figure_of(each.element, proof.script) is figure]


def width_of(pictures: list[Picture]) -> float:
    """How wide the pictures of the widest row are together."""
    rows: dict[float, float] = {}
    for each in pictures:
        rows[round(each.top)] = rows.get(round(each.top), 0.0) + each.width
    return max(rows.values())
