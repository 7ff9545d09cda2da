"""What is wrong with a page: questions parted from their answers, empty pages, lines that stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from exporter.writers.pdf.proof.findings import Finding, marked
from exporter.writers.pdf.proof.layout import Block
from exporter.writers.pdf.proof.page_proof import PageProof

LEAST_ANSWER = 2
"""Lines of an answer that stand on its question's page."""

MOST_EMPTY = 0.15
"""The part of a page before the last that may stay empty."""

MOST_APART = 1.3
"""Lines by which two pages that face one another may end apart."""

LEAST_LAST_PAGE = 5
"""Lines of the article on a last page below which it is lonely."""


def parted_questions(proof: PageProof) -> Iterator[Finding]:
    """A question stays with two lines of its answer at least, or with all of it that stands before a picture below."""
    blocks = [block for block in proof.layout.blocks if proof.script.role(block.element) in {"question", "text"}]
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        turn = proof.script.turn_of(block.element)
        asked = proof.script.role(block.element) == "question"
        if not asked or following is None or turn is None or proof.script.role(following.element) == "question":
            continue
        if proof.script.turn_of(following.element) is not turn:
            continue
        lines = [line for each in blocks[number + 1 :] if _answers(proof, each, turn) for line in each.lines]
        page = block.lines[-1].page
        here = sum(line.page == page for line in lines[:LEAST_ANSWER])
        if here < min(LEAST_ANSWER, len(lines)) and not (here and _pictured(proof, turn, page)):
            yield marked("parted-question", page, f"{here} lines of the answer stand with it", block.text, turn)


def _pictured(proof: PageProof, turn: Element, page: int) -> bool:
    """Whether a figure of a turn stands on this page."""
    extents = (proof.layout.extents.get(id(figure)) for figure in turn.iter("figure"))
    return any(extent is not None and extent.first == page for extent in extents)


def _answers(proof: PageProof, block: Block, turn: Element) -> bool:
    return proof.script.role(block.element) == "text" and proof.script.turn_of(block.element) is turn


def empty_pages(proof: PageProof) -> Iterator[Finding]:
    """No page is more than 15 % empty before the article's end."""
    for page, area in enumerate(proof.layout.areas[:-1]):
        if area.empty > MOST_EMPTY:
            yield marked(
                "empty-page", page, f"{area.empty:.0%} of the page is empty", "", None, area.empty / MOST_EMPTY
            )


def lonely_pages(proof: PageProof) -> Iterator[Finding]:
    """The last page holds more than a few lines of the article: its colophon is none of them."""
    last = len(proof.layout.areas) - 1
    lines = proof.lines_on(last)
    if last > 0 and lines < LEAST_LAST_PAGE and not any(each.page == last for each in proof.layout.pictures):
        yield marked("lonely-page", last, f"{lines} lines stand on the last page", "", None)


def feet_apart(proof: PageProof) -> Iterator[Finding]:
    """Pages that face one another end on one line, or one apart where a paragraph's last lines stay together."""
    areas, leading = proof.layout.areas, proof.leading
    for left in range(0 if proof.layout.facing else 1, len(areas) - 2, 2):
        pair = areas[left : left + 2]
        short = 0 if pair[0].filled < pair[1].filled else 1
        apart = (pair[1 - short].filled - pair[short].filled) / leading
        if apart > MOST_APART and pair[short].empty <= MOST_EMPTY and pair[1 - short].bottom == pair[short].bottom:
            reason = f"it ends {apart:.1f} lines above the page that faces it"
            yield marked("feet-apart", left + short, reason, "", None)


def widows(proof: PageProof) -> Iterator[Finding]:
    """A paragraph's last line does not stand alone at the head of a page."""
    for block in proof.running:
        if len(block.lines) > 1 and block.lines[-1].page != block.lines[-2].page:
            reason = "one line of the paragraph stands on the next page"
            yield marked("widow", block.lines[-1].page, reason, block.text, block.element)


def orphans(proof: PageProof) -> Iterator[Finding]:
    """A paragraph's first line does not stand alone at the foot of a page; nor does one line under a picture there."""
    for block in proof.running:
        if len(block.lines) > 1 and block.lines[0].page != block.lines[1].page:
            yield marked(
                "orphan", block.lines[0].page, "one line of the paragraph stands here", block.text, block.element
            )


def opening_splits(proof: PageProof) -> Iterator[Finding]:
    """Headline, deck and byline stand on the first page."""
    for block in proof.layout.blocks:
        if proof.script.role(block.element) == "opening" and block.lines[-1].page > 0:
            yield marked("opening-split", 0, "it goes on on page 2", block.text, block.element)
            return
