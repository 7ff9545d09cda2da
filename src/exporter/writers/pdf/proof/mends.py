"""What may be done about a finding: one table, finding → the mends to be tried, the mildest first.

Nothing here touches a word or the order of the text. Figures and pull quotes go to another gap of the text nearby,
pictures become smaller down to a floor, one paragraph's type is set half a per cent smaller or larger, a break is asked for
or forbidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, pairwise, zip_longest
from typing import Any

from exporter.writers.pdf.pictures import LEAST_DPI
from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.galley import PIXELS_AN_INCH, Block, Extent
from exporter.writers.pdf.proof.judges import FAR, LEAST_ANSWER, LEAST_LAST_PAGE, MOST_EMPTY, Proof, spread
from exporter.writers.pdf.proof.manuscript import Change, Gap, classes, is_float, split

TIGHT = "font-size:99.5%;word-spacing:-.012em"
LOOSE = "font-size:100.5%;word-spacing:.012em"
"""Half a per cent: nobody sees it, and the lines of a paragraph break anew."""

LEAST_PICTURE = 0.75
"""The smallest that a picture becomes for the sake of the last page, in parts of its width."""

MOST_MOVES = 4
"""Places tried for one figure or pull quote."""

NEAR = 3
"""Pages that a pull quote may stand from where the page had it: it repeats what is said, and can be met before or after."""

MOST_QUOTES, MOST_WAYS = 12, 60
"""Pull quotes that are apportioned together, and ways to do so that are kept in sight."""

FAULT = 20.0
"""What a pull quote that keeps a fault costs against pages between it and its place."""

_FREELY = "hyphenate-limit-zone:0;hyphenate-limit-chars:5 2 3"
"""Words of five letters are divided, two of them before the hyphen."""

MOST_STRETCHED, MOST_SHRUNK = 0.06, 0.03
"""The part of its length that each line of a paragraph gives at most so that there is a line more, or less."""

LEAST_LAST_LINE = 0.15
"""How much of its length the line is filled that a paragraph gets."""

MOST_SUNK = 0.3
"""The part of its page by which an opening may stand lower."""

_LINE = 20.0
"""Pixels that a line of text takes, where nothing better is known."""

Mend = tuple[Change, ...]


def mends_of(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """What may be done about a finding, the mildest first; nothing for one that nobody can mend."""
    return MENDS[finding.kind](finding, proof) if finding.kind in MENDS else iter(())


# -------------------------------------------------------------------------------------------------------------- the line


def _reset(finding: Finding, _: Proof) -> Iterator[Mend]:
    """Half a per cent smaller, half a per cent larger."""
    yield (_styled(finding.subject, TIGHT),)
    yield (_styled(finding.subject, LOOSE),)


def _weighed(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """All its lines are weighed together, as those of justified text are from the first; or it gets a line more or less."""
    block = proof.galley.block(finding.subject)
    for more in ("1", "-1") if block is not None and block.justified else ("0", "1", "-1"):
        yield (Change("lines", finding.subject, style=more),)


def _short_line(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """Another word goes down to the last, which changes no number of lines; or the last comes up."""
    block = proof.galley.block(finding.subject)
    divided = block is not None and len(block.lines) > 1 and block.lines[-2].hyphenated
    yield (Change("whole" if divided else "bind", finding.subject),)
    yield from _weighed(finding, proof)
    yield from _reset(finding, proof)


def _ladder(finding: Finding, proof: Proof) -> Iterator[Mend]:
    yield from _weighed(finding, proof)
    yield (_styled(finding.subject, "hyphenate-limit-zone:16%"),)
    yield from _reset(finding, proof)
    yield (_styled(finding.subject, "hyphens:manual"),)


def _spacing(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """Its lines are weighed, words are divided more freely, a word of the line before comes down."""
    yield from _weighed(finding, proof)
    yield (_styled(finding.subject, _FREELY),)
    yield from _reset(finding, proof)
    for joined in _joined(finding, proof):
        yield (joined,)
        yield (_styled(finding.subject, _FREELY), joined)


def _joined(finding: Finding, proof: Proof) -> Iterator[Change]:
    """The line's first word takes the word before it along."""
    block = proof.galley.block(finding.subject)
    words = proof.script.words(finding.subject)
    before = 0
    for line, following in pairwise(block.lines if block else ()):
        before += len(split(line.text)) - line.hyphenated
        known = 0 < before < len(words) and not line.hyphenated and words[before - 1] == split(line.text)[-1]
        if known and following.text == finding.line:
            yield Change("join", finding.subject, style=str(before))


def _overfull(finding: Finding, _: Proof) -> Iterator[Mend]:
    yield (_styled(finding.subject, "overflow-wrap:anywhere;hyphens:auto;hyphenate-limit-chars:5 2 2"),)
    for size in (90, 80):
        yield (_styled(finding.subject, f"font-size:{size}%;overflow-wrap:anywhere"),)


def _single_word(finding: Finding, _: Proof) -> Iterator[Mend]:
    yield (Change("bind", finding.subject),)
    yield (_styled(finding.subject, "max-width:none"),)
    yield (_styled(finding.subject, "max-width:none"), Change("bind", finding.subject))


def _lone_line(finding: Finding, proof: Proof) -> Iterator[Mend]:
    yield (_styled(finding.subject, "orphans:3;widows:3"),)
    yield from _reset(finding, proof)


# -------------------------------------------------------------------------------------------------------------- the page


def _parted(finding: Finding, _: Proof) -> Iterator[Mend]:
    """The question goes over to its answer."""
    yield (_styled(finding.subject, "break-before:page"),)


def _empty(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """The figure that did not fit goes on, or back, and text takes the empty place; or a later one comes forward."""
    page = finding.page - 1
    after = _first_on(proof, page + 1)
    if after is not None and is_float(after):
        yield from _alternating(_later(after, page, proof), _earlier(after, page, proof))
        return
    yield from islice(_forward(page, proof), MOST_MOVES)
    yield from islice(_out_of_the_way(page, proof), MOST_MOVES)
    yield from _parted_within(page, proof)
    yield from _feathered(page, proof)
    yield from _lengthened(page, proof)
    yield from _sunk(page, proof) if page == 0 else _nudged(page, proof)


def _sunk(page: int, proof: Proof) -> Iterator[Mend]:
    """The opening stands lower on its page, as openings do, unless a picture is above it."""
    leaf = proof.galley.leaves[page]
    header = next((each for each in proof.script.root.iter("header") if "opening" in classes(each)), None)
    bleeds = "bleed-lead" in classes(proof.script.root)
    if header is None or bleeds or leaf.empty > MOST_SUNK:
        return
    yield (_styled(header, f"margin-top:{leaf.bottom - leaf.filled - _LINE:.1f}px"),)


def _feathered(page: int, proof: Proof) -> Iterator[Mend]:
    """The turns of the page stand a little farther apart, by half a line at most."""
    leaf = proof.galley.leaves[page]
    turns = [each for each in proof.script.root.iter("section") if "turn" in classes(each)]
    those = [each for each in turns if _begins(each, page, proof)]
    missing = (leaf.empty - MOST_EMPTY + 0.005) * (leaf.bottom - leaf.top)
    if those and missing / len(those) <= _LINE / 2:
        yield tuple(_styled(each, f"padding-top:{missing / len(those):.1f}px") for each in those)


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
            yield tuple(_styled(element, f"widows:{there + lines}") for element, there in breaks)


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
        yield tuple(_styled(each, "break-inside:auto;orphans:2;widows:2") for each in dict.fromkeys(parts))


def _lengthened(page: int, proof: Proof) -> Iterator[Mend]:
    """The longest paragraphs of the page are set a line longer, as many of them as there are lines missing."""
    leaf = proof.galley.leaves[page]
    missing = int(-(-(leaf.empty - MOST_EMPTY + 0.005) * (leaf.bottom - leaf.top) // _LINE))
    ways = _giving((block for block in proof.running if block.lines[-1].page == page), 1)
    for number in dict.fromkeys((missing, missing + 1)):
        if len(ways) >= number:
            yield tuple(Change("lines", each.element, style="1") for each in ways[:number])


def _giving(blocks: Iterable[Block], more: int) -> list[Block]:
    """Those paragraphs that can be set a line longer or shorter, the ones whose lines need give least for it first."""

    def give(block: Block) -> float:
        last = block.lines[-1]
        filled = last.width / last.measure
        return (1 - filled + LEAST_LAST_LINE if more > 0 else filled) / len(block.lines)

    most = MOST_STRETCHED if more > 0 else MOST_SHRUNK
    return sorted((each for each in blocks if give(each) <= most), key=give)


def _later(element: Any, page: int, proof: Proof) -> Iterator[Mend]:
    """After so much of the text as fills the page before it, and a little more, and a little less."""
    leaf = proof.galley.leaves[page]
    hole = leaf.bottom - leaf.filled
    own, end, place = _order(element, proof), _next_figure(element, proof), proof.place(element)
    ways = []
    for gap in proof.script.gaps():
        passed = _height(proof, own, gap.number) if own <= gap.number < end else 0.0
        falls = page + (passed > hole) + int(max(0.0, passed - hole) / (leaf.bottom - leaf.top))
        if passed and falls - place <= FAR:
            ways.append((abs(passed - hole) if passed >= hole - 2 * _LINE else 2 * (hole - passed), gap))
    for _, gap in sorted(ways, key=lambda way: way[0])[:MOST_MOVES]:
        yield (Change("move", element, gap.after),)


def _earlier(element: Any, page: int, proof: Proof) -> Iterator[Mend]:
    """On the page before it, where it fits and the text that stood there follows it."""
    own = _order(element, proof)
    leaf = proof.galley.leaves[page]
    tall = _tall(proof.galley.extents[id(element)])
    found = [gap for gap in _gaps(element, proof, _last_figure(element, proof), own) if _end(proof, gap)[0] == page]
    fitting = [gap for gap in found if _end(proof, gap)[1] + tall <= leaf.bottom]
    for gap in list(reversed(fitting))[:MOST_MOVES]:
        yield (Change("move", element, gap.after),)


def _forward(page: int, proof: Proof) -> Iterator[Mend]:
    """A figure or a pull quote of the next two pages that fits into the empty place."""
    leaf = proof.galley.leaves[page]
    hole = leaf.bottom - leaf.filled
    for element in proof.script.floats:
        extent = proof.galley.extents.get(id(element))
        if extent is None or not page < extent.first <= page + 1 + FAR or _tall(extent) > hole:
            continue
        own = _order(element, proof)
        found = [gap for gap in _gaps(element, proof, _last_figure(element, proof), own) if _end(proof, gap)[0] == page]
        for gap in found[-1:]:
            yield (Change("move", element, gap.after),)


def _out_of_the_way(page: int, proof: Proof) -> Iterator[Mend]:
    """A figure of this page goes on to the next, so that what did not fit has room."""
    for element in reversed(proof.script.floats):
        extent = proof.galley.extents.get(id(element))
        if extent is None or extent.first != page:
            continue
        own = _order(element, proof)
        found = [gap for gap in _gaps(element, proof, own, _next_figure(element, proof)) if _end(proof, gap)[0] > page]
        for gap in found[:2]:
            yield (Change("move", element, gap.after),)


def _lonely(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """A picture before it gives way, or the last one comes to it; else the last paragraphs are set tighter."""
    page = finding.page - 1
    leaf = proof.galley.leaves[page]
    lines = leaf.filled - leaf.top + _LINE
    for picture in reversed(proof.galley.pictures):
        tall = picture.bottom - picture.top
        factor = 1 - lines / tall if tall else 0
        if picture.page in range(page - 3, page) and factor >= LEAST_PICTURE and not _bleeds(picture.element, proof):
            yield (_styled(picture.element, f"width:{picture.width * factor:.1f}px;height:auto"),)
    yield from _accompanied(page, proof)
    yield from _pushed(page, proof)
    yield from _company(page, proof)
    for footer in proof.script.root.iter("footer"):
        yield (_styled(footer, "margin-top:.75rlh;padding-top:.25rlh"),)
    for element in list(reversed(proof.script.floats))[:1]:
        own = _order(element, proof)
        for gap in list(reversed(list(_gaps(element, proof, own, len(proof.script.text)))))[:2]:
            yield (Change("move", element, gap.after),)
    yield from _shortened(page, proof)
    for style in (TIGHT, LOOSE):
        last = (each.element for each in proof.running if page - 3 <= each.lines[-1].page)
        yield tuple(_styled(element, style) for element in last)


def _accompanied(page: int, proof: Proof) -> Iterator[Mend]:
    """The last paragraph brings so many of its lines to the last page that they are enough, and the colophon stays with it."""
    lines = [line for block in proof.galley.blocks for line in block.lines if line.page == page]
    last = next((block for block in reversed(proof.running) if len(block.lines) > LEAST_ANSWER), None)
    if last is None:
        return
    there = sum(line.page == page for line in last.lines)
    wanted = max(LEAST_ANSWER, there + LEAST_LAST_PAGE - len(lines))
    footers = [] if there else [each for each in proof.script.root.iter("footer") if "colophon" in classes(each)]
    for number in (wanted, wanted + 2):
        style = f"widows:{number}"
        yield (_styled(last.element, style), *(_styled(each, "break-before:avoid") for each in footers))


def _pushed(page: int, proof: Proof) -> Iterator[Mend]:
    """Paragraphs of the pages before it are set a line longer, so that more comes over."""
    lines = sum(line.page == page for block in proof.galley.blocks for line in block.lines)
    ways = _giving((each for each in proof.running if page - 3 <= each.lines[0].page), 1)
    for missing in (LEAST_LAST_PAGE - lines, LEAST_LAST_PAGE - lines + 2):
        if len(ways) >= missing:
            yield tuple(Change("lines", each.element, style="1") for each in ways[:missing])


def _shortened(page: int, proof: Proof) -> Iterator[Mend]:
    """Paragraphs of the last pages are set a line shorter, so that all fits on the page before."""
    ways = _giving((each for each in proof.running if page - 3 <= each.lines[-1].page), -1)
    for count in dict.fromkeys((len(ways[:3]), len(ways[:8]))):
        if count:
            yield tuple(Change("lines", each.element, style="-1") for each in ways[:count])


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
        yield (_styled(found, "break-before:page"),)


def _bleeds(picture: Any, proof: Proof) -> bool:
    figure = proof.script.parents.get(id(picture))
    return figure is None or bool({"lead", "gallery"} & set((figure.get("class") or "").split()))


def _quote(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """All pull quotes to spreads of their own, near their places, where their words do not stand; else this one alone."""
    together = _apportioned(proof)
    if len(together) > 1:
        yield together
    element = finding.subject
    taken = {spread(proof.galley.extents[id(each)].first) for each in proof.quotes if each is not element}
    for page, gap in islice(_places_for(element, proof), MOST_MOVES):
        if spread(page) not in taken:
            yield (Change("move", element, gap.after),)


def _places_for(element: Any, proof: Proof) -> Iterator[tuple[int, Gap]]:
    """The pages on which a pull quote may stand, the nearest to its place first, each with the gap nearest to its middle."""
    said = {spread(page) for page in proof.echoes[id(element)]}
    tall, place = _tall(proof.galley.extents[id(element)]), proof.place(element)
    ways: dict[int, tuple[float, Gap]] = {}
    for gap in proof.script.gaps():
        page, bottom = _end(proof, gap)
        leaf = proof.galley.leaves[page]
        if spread(page) in said or abs(page - place) > NEAR or bottom + tall > leaf.bottom or page == 0:
            continue
        middle = abs(bottom + tall / 2 - (leaf.top + leaf.bottom) / 2) / (leaf.bottom - leaf.top)
        if page not in ways or middle < ways[page][0]:
            ways[page] = middle, gap
    for page in sorted(ways, key=lambda each: (abs(each - place), each)):
        yield page, ways[page][1]


def _apportioned(proof: Proof) -> Mend:
    """The moves that give as many pull quotes as can be a spread of their own, with the fewest pages between."""
    ways: list[tuple[float, frozenset[int], Mend]] = [(0.0, frozenset(), ())]
    for quote in proof.quotes[:MOST_QUOTES]:
        page, place = proof.galley.extents[id(quote)].first, proof.place(quote)
        here = spread(page) in map(spread, proof.echoes[id(quote)])
        more = []
        for cost, taken, moves in ways:
            crowded = spread(page) in taken
            more.append((cost + FAULT * (here + crowded), taken | {spread(page)}, moves))
            for other, gap in _places_for(quote, proof):
                if spread(other) not in taken:
                    move = Change("move", quote, gap.after)
                    more.append((cost + 0.1 + abs(other - place), taken | {spread(other)}, (*moves, move)))
        ways = sorted(more, key=lambda way: way[0])[:MOST_WAYS]
    return ways[0][2]


def _far(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """Back towards its place."""
    place = proof.place(finding.subject)
    near = sorted(proof.script.gaps(), key=lambda gap: abs(_end(proof, gap)[0] - place))
    for gap in near[:MOST_MOVES]:
        yield (Change("move", finding.subject, gap.after),)


def _cut(finding: Finding, _: Proof) -> Iterator[Mend]:
    yield (_styled(finding.subject, "font-size:80%"),)


def _coarse(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """As small as its dots ask for."""
    for picture in proof.galley.pictures:
        if picture.element is finding.subject:
            width = picture.dots / LEAST_DPI * PIXELS_AN_INCH
            yield (_styled(picture.element, f"width:{width:.1f}px;max-width:{width:.1f}px;height:auto"),)


def _astray(finding: Finding, proof: Proof) -> Iterator[Mend]:
    """The paragraph of the mark breaks elsewhere."""
    note = finding.subject
    if note is None:
        return
    paragraph = proof.script.parents.get(id(note))
    while paragraph is not None and paragraph.tag not in {"p", "li", "dd", "td"}:
        paragraph = proof.script.parents.get(id(paragraph))
    if paragraph is None:
        return
    yield (_styled(note, "footnote-policy:line"),)
    yield (_styled(paragraph, "orphans:1;widows:1"),)
    yield (_styled(paragraph, "break-inside:avoid"),)
    yield (_styled(paragraph, "break-before:page"),)


# ---------------------------------------------------------------------------------------------------------------- places


def _styled(element: Any, style: str) -> Change:
    return Change("style", element, style=style)


def _alternating(*ways: Iterator[Mend]) -> Iterator[Mend]:
    mixed = chain.from_iterable(zip_longest(*ways))
    return islice((mend for mend in mixed if mend is not None), 2 * MOST_MOVES)


def _first_on(proof: Proof, page: int) -> Any:
    """The first block of the article that begins on a page, unless one goes over to it from the page before."""
    for element in proof.script.flow():
        extent = proof.galley.extents.get(id(element))
        if extent is not None and extent.last >= page:
            return element if extent.first == page else None
    return None


def _order(element: Any, proof: Proof) -> int:
    """How many blocks of text stand before a figure or a pull quote now."""
    count = 0
    for each in proof.script.flow():
        if each is element:
            return count
        count += not is_float(each)
    return count


def _gaps(element: Any, proof: Proof, first: int, end: int) -> Iterator[Gap]:
    """The legal places after block number ``first`` and before ``end``, none of them far from the element's own place."""
    place = proof.place(element)
    for gap in proof.script.gaps():
        inside = first <= gap.number < end and gap.number != _order(element, proof) - 1
        if inside and abs(_end(proof, gap)[0] - place) <= FAR:
            yield gap


def _next_figure(element: Any, proof: Proof) -> int:
    """The number of the block of text before which the next figure stands: figures stay in their order."""
    flow = proof.script.flow()
    following = flow[flow.index(element) + 1 :]
    return next((_order(each, proof) for each in following if each.tag == "figure"), len(proof.script.text))


def _last_figure(element: Any, proof: Proof) -> int:
    flow = proof.script.flow()
    before = flow[: flow.index(element)]
    return next((_order(each, proof) for each in reversed(before) if each.tag == "figure"), 0)


def _end(proof: Proof, gap: Gap) -> tuple[int, float]:
    """The page and the height at which the block before a gap ends."""
    extent = proof.galley.extents.get(id(gap.after))
    return (extent.last, extent.bottom) if extent else (-99, 0.0)


def _height(proof: Proof, first: int, last: int) -> float:
    """How much room the blocks of text from one number to another take, their margins included as far as they are known."""
    total = 0.0
    for element in proof.script.text[first : last + 1]:
        extent = proof.galley.extents.get(id(element))
        if extent is None:
            continue
        for page in range(extent.first, extent.last + 1):
            leaf = proof.galley.leaves[page]
            top = extent.top if page == extent.first else leaf.top
            bottom = extent.bottom if page == extent.last else leaf.filled
            total += max(0.0, bottom - top)
    return total


def _tall(extent: Extent) -> float:
    return extent.bottom - extent.top if extent.first == extent.last else 9e9


MENDS: dict[str, Callable[[Finding, Proof], Iterator[Mend]]] = {
    "parted-question": _parted,
    "note-astray": _astray,
    "empty-page": _empty,
    "widow": _lone_line,
    "orphan": _lone_line,
    "quote-cut": _cut,
    "lonely-page": _lonely,
    "overfull-line": _overfull,
    "figure-far": _far,
    "single-word": _single_word,
    "coarse-picture": _coarse,
    "hyphen-ladder": _ladder,
    "quote-echo": _quote,
    "quotes-crowded": _quote,
    "short-line": _short_line,
    "bad-spacing": _spacing,
}
"""Finding → what may be done about it."""

LOCAL = frozenset({"short-line", "bad-spacing", "hyphen-ladder", "single-word", "overfull-line", "coarse-picture"})
"""Findings that are mended inside one block, all in one pass; of the others one a pass, since each moves what follows."""
