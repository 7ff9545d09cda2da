"""What is wrong with figures, pull quotes and footnotes: where they stand, and beside what."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from exporter.writers.pdf.pictures import LEAST_DPI
from exporter.writers.pdf.proof.findings import Finding, marked
from exporter.writers.pdf.proof.layout import PIXELS_AN_INCH, Extent, Outer
from exporter.writers.pdf.proof.markup import IN_MARGIN, SMALL, classes, is_float
from exporter.writers.pdf.proof.page_proof import BELOW, PageProof, words_of

FACING = 0.5
"""How bad it is when a pull quote's words stand on the page that faces it, in parts of their standing on its own."""

FAR = 1
"""Pages that a figure may stand from its place."""

_OUTSIDE = BELOW | {"pull-quote"}
"""Roles of what is not the article's text."""


def quotes_cut(proof: PageProof) -> Iterator[Finding]:
    """A pull quote stands on one page."""
    for quote in proof.quotes:
        extent = proof.layout.extents[id(quote)]
        if extent.first != extent.last:
            yield marked("quote-cut", extent.first, "it runs over its page", words_of(quote), quote)


def quote_echoes(proof: PageProof) -> Iterator[Finding]:
    """A pull quote does not stand beside the words that it repeats."""
    for quote in proof.quotes:
        page = proof.layout.extents[id(quote)].first
        said = sorted(proof.echoes[id(quote)])
        near = [each for each in said if proof.spread(each) == proof.spread(page)]
        if near:
            weight = 1.0 if page in near else FACING
            reason = f"its words are said on page {(page if page in near else near[0]) + 1}"
            yield marked("quote-echo", page, reason, words_of(quote), quote, weight)


def crowded_quotes(proof: PageProof) -> Iterator[Finding]:
    """A spread has one large pull quote at most."""
    seen: set[int] = set()
    for quote in proof.quotes:
        if SMALL in classes(quote):
            continue
        page = proof.layout.extents[id(quote)].first
        if proof.spread(page) in seen:
            yield marked("quotes-crowded", page, "another stands on the same spread", words_of(quote), quote)
        seen.add(proof.spread(page))


def quotes_last(proof: PageProof) -> Iterator[Finding]:
    """Something to read follows a pull quote on its page: it is nobody's last word."""
    for quote in proof.quotes:
        extent = proof.layout.extents[id(quote)]
        if IN_MARGIN not in classes(quote) and not _followed(extent, proof):
            yield marked("quote-last", extent.last, "nothing of the text follows it there", words_of(quote), quote)


def _followed(extent: Extent, proof: PageProof) -> bool:
    """Whether text or a picture stands below something on its page."""
    blocks = (each for each in proof.layout.blocks if proof.script.role(each.element) not in _OUTSIDE)
    lines = ((line.page, line.top) for block in blocks for line in block.lines)
    shown = ((each.page, each.top) for each in proof.layout.pictures)
    return any(page == extent.last and top >= extent.bottom - 2 for page, top in (*lines, *shown))


def margins_crowded(proof: PageProof) -> Iterator[Finding]:
    """Of what stands in the margin nothing lies on anything else, and captions keep a distance from what is not theirs."""
    parts: dict[int, list[tuple[Element, Outer]]] = {}
    for each in proof.layout.outer:
        owner = next((above for above in proof.script.above(each.element) if is_float(above)), None)
        if owner is not None and "lead" not in classes(owner):
            parts.setdefault(each.page, []).append((owner, each))
    for page, there in parts.items():
        for number, (owner, one) in enumerate(there):
            for other, two in there[number + 1 :]:
                if owner is not other and one.top < two.bottom - 1 and two.top < one.bottom - 1:
                    mover = other if other.tag != "figure" else owner
                    yield marked("margin-crowded", page, "it lies on another in the margin", words_of(mover), mover)


def far_figures(proof: PageProof) -> Iterator[Finding]:
    """A figure stands where the text speaks of it, or on the page next to it."""
    for figure in proof.script.floats:
        extent = proof.layout.extents.get(id(figure))
        if figure.tag == "figure" and extent and abs(extent.first - proof.place(figure)) > FAR:
            reason = f"its place is on page {proof.place(figure) + 1}"
            yield marked("figure-far", extent.first, reason, words_of(figure), figure)


def coarse_pictures(proof: PageProof) -> Iterator[Finding]:
    """A picture has 150 dots an inch at least as it is printed."""
    for picture in proof.layout.pictures:
        dots = picture.dots / (picture.width / PIXELS_AN_INCH) if picture.width else LEAST_DPI
        if picture.dots and dots < LEAST_DPI - 1:
            reason = f"{dots:.0f} dots an inch"
            yield marked("coarse-picture", picture.page, reason, picture.element.get("alt") or "", picture.element)


def notes_astray(proof: PageProof) -> Iterator[Finding]:
    """A footnote begins on the page of its mark."""
    for mark, page in proof.layout.calls.items():
        found = proof.layout.notes.get(mark)
        if found != page:
            where = f"stands on page {found + 1}" if found is not None else "stands on no page"
            note = next((each for each in proof.script.root.iter() if id(each) == mark), None)
            yield marked("note-astray", page, f"it {where}", words_of(note) if note is not None else "", note)
