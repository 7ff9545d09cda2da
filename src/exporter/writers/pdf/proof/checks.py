"""The proof-reader: one function a kind of mark, each of which goes through the layout once.

Measures are those of composition manuals: two lines at least on either side of a page break, no more than two divided
words in a row, no last line of one short word, spaces that are not stretched to twice their width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from exporter.notices import excerpt
from exporter.writers.pdf.pictures import LEAST_DPI
from exporter.writers.pdf.proof.findings import Finding
from exporter.writers.pdf.proof.layout import PIXELS_AN_INCH, Block, Extent, Layout, Line, Outer
from exporter.writers.pdf.proof.markup import IN_MARGIN, QUICK, SMALL, EditableMarkup, classes, is_float

LEAST_ANSWER = 2
"""Lines of an answer that stand on its question's page."""

MOST_EMPTY = 0.15
"""The part of a page before the last that may stay empty."""

MOST_APART = 1.3
"""Lines by which two pages that face one another may end apart."""

LEAST_LAST_PAGE = 5
"""Lines of the article on a last page below which it is lonely."""

MOST_STRETCH = 2.0
"""A justified line's spaces in parts of their natural width, beyond which it has holes."""

MOST_RAGGED = 0.25
"""The empty part of a line that is not justified, beyond which it has a hole: its last line and forced breaks apart."""

MOST_HYPHENS = 2
"""Divided words at the ends of successive lines."""

SHORT_WORD = 6
"""Letters of a word that is short, alone on a last line."""

FACING = 0.5
"""How bad it is when a pull quote's words stand on the page that faces it, in parts of their standing on its own."""

FAR = 1
"""Pages that a figure may stand from its place."""

_OVER = 0.75
"""Pixels by which a line is longer than its measure before anybody sees it."""

_BELOW = frozenset({"footnote", "colophon", "notes"})
"""Roles of what stands below the article's text."""

_OUTSIDE = _BELOW | {"pull-quote"}
"""Roles of what is not the article's text."""

LINE = 20.0
"""Pixels that a line of text takes, where nothing better is known."""

_JOINER = "\u2060"

_SYLLABLES = re.compile("[\u3040-\u30ff\u3400-\u9fff]")

_LEAST_ECHO = 20
"""Letters of a pull quote that must stand in the text for it to be an echo of it: the first so many."""


class PageProof:
    """A layout beside the markup that it was set from, and what several checks ask of both."""

    def __init__(self, layout: Layout, script: EditableMarkup) -> None:
        self.layout, self.script = layout, script

    @cached_property
    def running(self) -> list[Block]:
        """Paragraphs of running text: no captions, pull quotes, headings or notes."""
        return [block for block in self.layout.blocks if prose(block) and self.script.role(block.element) == "text"]

    @property
    def lines(self) -> int:
        """How many lines of running text there are."""
        return sum(len(block.lines) for block in self.running)

    def lines_on(self, page: int) -> int:
        """Lines on a page that are the article's own: no colophon, and no notes."""
        blocks = (block for block in self.layout.blocks if self.script.role(block.element) not in _BELOW)
        return sum(line.page == page for block in blocks for line in block.lines)

    @property
    def leading(self) -> float:
        """How far the lines of running text stand apart, in pixels."""
        return next((block.lines[0].bottom - block.lines[0].top for block in self.running), LINE)

    @cached_property
    def echoes(self) -> dict[int, set[int]]:
        """For each pull quote, by identity: the pages on which its words are said in the text."""
        places: list[int] = []
        letters: list[str] = []
        for block in self.running:
            for line in block.lines:
                plain = _letters(line.text)
                letters.append(plain)
                places.extend([line.page] * len(plain))
        whole = "".join(letters)
        return {id(each): _said(each, whole, places) for each in self.quotes}

    @cached_property
    def quotes(self) -> list[Any]:
        """The pull quotes in the order in which they stand now."""
        return [each for each in self.script.floats if each.tag != "figure" and id(each) in self.layout.extents]

    @cached_property
    def pages_of_text(self) -> list[int]:
        """The page on which each block of text ends, in reading order."""
        pages, last = [], 0
        for element in self.script.text:
            extent = self.layout.extents.get(id(element))
            last = extent.last if extent else last
            pages.append(last)
        return pages

    def place(self, element: Any) -> int:
        """The page on which a figure or a pull quote would stand, had nobody moved it: that of the text before it.

        Of figures in a row, each has its place behind the one before it: no page holds them all.
        """
        before = self.script.anchors.get(id(element), 0)
        own = self.pages_of_text[before - 1] if before and self.pages_of_text else 0
        leader = self.layout.extents.get(id(self.script.leaders.get(id(element))))
        return max(own, leader.last) if leader else own


def prose(block: Block) -> bool:
    """Whether the block is a paragraph, an entry of a list or a definition, or an exchange, set as running text is."""
    return (block.element.tag in {"p", "li", "dd"} and not block.element.get("class")) or QUICK in classes(
        block.element
    )


def spread(page: int) -> int:
    """The spread of a page that counts from 0: the first page stands alone, as a magazine opens."""
    return (page + 1) // 2


def findings_of(proof: PageProof) -> tuple[Finding, ...]:
    """What all checks find, page by page."""
    found = [finding for check in CHECKS for finding in check(proof)]
    return tuple(sorted(found, key=lambda each: each.page))


def _marked(kind: str, page: int, reason: str, words: str, subject: Any, weight: float = 1.0) -> Finding:
    return Finding(kind, page + 1, reason, excerpt(words, 40), weight, subject)


# --------------------------------------------------------------------------------------------------------------- the page


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
            yield _marked("parted-question", page, f"{here} lines of the answer stand with it", block.text, turn)


def _pictured(proof: PageProof, turn: Any, page: int) -> bool:
    """Whether a figure of a turn stands on this page."""
    extents = (proof.layout.extents.get(id(figure)) for figure in turn.iter("figure"))
    return any(extent is not None and extent.first == page for extent in extents)


def _answers(proof: PageProof, block: Block, turn: Any) -> bool:
    return proof.script.role(block.element) == "text" and proof.script.turn_of(block.element) is turn


def empty_pages(proof: PageProof) -> Iterator[Finding]:
    """No page is more than 15 % empty before the article's end."""
    for page, area in enumerate(proof.layout.areas[:-1]):
        if area.empty > MOST_EMPTY:
            yield _marked(
                "empty-page", page, f"{area.empty:.0%} of the page is empty", "", None, area.empty / MOST_EMPTY
            )


def lonely_pages(proof: PageProof) -> Iterator[Finding]:
    """The last page holds more than a few lines of the article: its colophon is none of them."""
    last = len(proof.layout.areas) - 1
    lines = proof.lines_on(last)
    if last > 0 and lines < LEAST_LAST_PAGE and not any(each.page == last for each in proof.layout.pictures):
        yield _marked("lonely-page", last, f"{lines} lines stand on the last page", "", None)


def feet_apart(proof: PageProof) -> Iterator[Finding]:
    """Pages that face one another end on one line, or one apart where a paragraph's last lines stay together."""
    areas, leading = proof.layout.areas, proof.leading
    for left in range(1, len(areas) - 2, 2):
        pair = areas[left : left + 2]
        short = 0 if pair[0].filled < pair[1].filled else 1
        apart = (pair[1 - short].filled - pair[short].filled) / leading
        if apart > MOST_APART and pair[short].empty <= MOST_EMPTY and pair[1 - short].bottom == pair[short].bottom:
            reason = f"it ends {apart:.1f} lines above the page that faces it"
            yield _marked("feet-apart", left + short, reason, "", None)


def widows(proof: PageProof) -> Iterator[Finding]:
    """A paragraph's last line does not stand alone at the head of a page."""
    for block in proof.running:
        if len(block.lines) > 1 and block.lines[-1].page != block.lines[-2].page:
            reason = "one line of the paragraph stands on the next page"
            yield _marked("widow", block.lines[-1].page, reason, block.text, block.element)


def orphans(proof: PageProof) -> Iterator[Finding]:
    """A paragraph's first line does not stand alone at the foot of a page; nor does one line under a picture there."""
    for block in proof.running:
        if len(block.lines) > 1 and block.lines[0].page != block.lines[1].page:
            yield _marked(
                "orphan", block.lines[0].page, "one line of the paragraph stands here", block.text, block.element
            )


def opening_splits(proof: PageProof) -> Iterator[Finding]:
    """Headline, deck and byline stand on the first page."""
    for block in proof.layout.blocks:
        if proof.script.role(block.element) == "opening" and block.lines[-1].page > 0:
            yield _marked("opening-split", 0, "it goes on on page 2", block.text, block.element)
            return


# --------------------------------------------------------------------------------------------- figures, quotes and notes


def quotes_cut(proof: PageProof) -> Iterator[Finding]:
    """A pull quote stands on one page."""
    for quote in proof.quotes:
        extent = proof.layout.extents[id(quote)]
        if extent.first != extent.last:
            yield _marked("quote-cut", extent.first, "it runs over its page", words_of(quote), quote)


def quote_echoes(proof: PageProof) -> Iterator[Finding]:
    """A pull quote does not stand beside the words that it repeats."""
    for quote in proof.quotes:
        page = proof.layout.extents[id(quote)].first
        said = sorted(proof.echoes[id(quote)])
        near = [each for each in said if spread(each) == spread(page)]
        if near:
            weight = 1.0 if page in near else FACING
            reason = f"its words are said on page {(page if page in near else near[0]) + 1}"
            yield _marked("quote-echo", page, reason, words_of(quote), quote, weight)


def crowded_quotes(proof: PageProof) -> Iterator[Finding]:
    """A spread has one large pull quote at most."""
    seen: set[int] = set()
    for quote in proof.quotes:
        if SMALL in classes(quote):
            continue
        page = proof.layout.extents[id(quote)].first
        if spread(page) in seen:
            yield _marked("quotes-crowded", page, "another stands on the same spread", words_of(quote), quote)
        seen.add(spread(page))


def quotes_last(proof: PageProof) -> Iterator[Finding]:
    """Something to read follows a pull quote on its page: it is nobody's last word."""
    for quote in proof.quotes:
        extent = proof.layout.extents[id(quote)]
        if IN_MARGIN not in classes(quote) and not _followed(extent, proof):
            yield _marked("quote-last", extent.last, "nothing of the text follows it there", words_of(quote), quote)


def _followed(extent: Extent, proof: PageProof) -> bool:
    """Whether text or a picture stands below something on its page."""
    blocks = (each for each in proof.layout.blocks if proof.script.role(each.element) not in _OUTSIDE)
    lines = ((line.page, line.top) for block in blocks for line in block.lines)
    shown = ((each.page, each.top) for each in proof.layout.pictures)
    return any(page == extent.last and top >= extent.bottom - 2 for page, top in (*lines, *shown))


def margins_crowded(proof: PageProof) -> Iterator[Finding]:
    """Of what stands in the margin nothing lies on anything else, and captions keep a distance from what is not theirs."""
    parts: dict[int, list[tuple[Any, Outer]]] = {}
    for each in proof.layout.outer:
        owner = next((above for above in proof.script.above(each.element) if is_float(above)), None)
        if owner is not None and "lead" not in classes(owner):
            parts.setdefault(each.page, []).append((owner, each))
    for page, there in parts.items():
        for number, (owner, one) in enumerate(there):
            for other, two in there[number + 1 :]:
                if owner is not other and one.top < two.bottom - 1 and two.top < one.bottom - 1:
                    mover = other if other.tag != "figure" else owner
                    yield _marked("margin-crowded", page, "it lies on another in the margin", words_of(mover), mover)


def far_figures(proof: PageProof) -> Iterator[Finding]:
    """A figure stands where the text speaks of it, or on the page next to it."""
    for figure in proof.script.floats:
        extent = proof.layout.extents.get(id(figure))
        if figure.tag == "figure" and extent and abs(extent.first - proof.place(figure)) > FAR:
            reason = f"its place is on page {proof.place(figure) + 1}"
            yield _marked("figure-far", extent.first, reason, words_of(figure), figure)


def coarse_pictures(proof: PageProof) -> Iterator[Finding]:
    """A picture has 150 dots an inch at least as it is printed."""
    for picture in proof.layout.pictures:
        dots = picture.dots / (picture.width / PIXELS_AN_INCH) if picture.width else LEAST_DPI
        if picture.dots and dots < LEAST_DPI - 1:
            reason = f"{dots:.0f} dots an inch"
            yield _marked("coarse-picture", picture.page, reason, picture.element.get("alt") or "", picture.element)


def notes_astray(proof: PageProof) -> Iterator[Finding]:
    """A footnote begins on the page of its mark."""
    for mark, page in proof.layout.calls.items():
        found = proof.layout.notes.get(mark)
        if found != page:
            where = f"stands on page {found + 1}" if found is not None else "stands on no page"
            note = next((each for each in proof.script.root.iter() if id(each) == mark), None)
            yield _marked("note-astray", page, f"it {where}", words_of(note) if note is not None else "", note)


# -------------------------------------------------------------------------------------------------------------- the line


def short_lines(proof: PageProof) -> Iterator[Finding]:
    """A paragraph does not end in a line of one short word, or of the rest of a divided one."""
    for block in proof.running:
        if len(block.lines) < 2 or block.lines[-2].forced:
            continue
        words = block.lines[-1].text.split()
        if len(words) == 1 and (len(_letters(words[0])) <= _short(words[0]) or block.lines[-2].hyphenated):
            reason = f"it ends in {words[0].strip(_JOINER)!r}"
            yield _marked("short-line", block.lines[-1].page, reason, block.text, block.element)


def _short(word: str) -> int:
    """Letters of a last line that is short: where each is a syllable or a word, it is one alone."""
    return 1 if _SYLLABLES.search(word) else SHORT_WORD


def single_words(proof: PageProof) -> Iterator[Finding]:
    """A headline of several lines has no line of one word, unless the word fills half of it."""
    for block in proof.layout.blocks:
        if "headline" not in (block.element.get("class") or "") or len(block.lines) < 2:
            continue
        widest = max(line.width for line in block.lines)
        for line in block.lines:
            if len(line.text.split()) == 1 and line.width < widest / 2:
                yield _marked(
                    "single-word", line.page, f"{line.text.strip()!r} stands alone", block.text, block.element
                )


def ladders(proof: PageProof) -> Iterator[Finding]:
    """No more than two successive lines end in a divided word."""
    for block in proof.running:
        length = longest = 0
        for line in block.lines:
            length = length + 1 if line.hyphenated else 0
            longest = max(longest, length)
        if longest > MOST_HYPHENS:
            reason = f"{longest} lines in a row are divided"
            yield _marked("hyphen-ladder", block.lines[0].page, reason, block.text, block.element)


def overfull_lines(proof: PageProof) -> Iterator[Finding]:
    """No line is longer than its measure, and no table wider than its page."""
    for each in proof.layout.excesses:
        if each.over > _OVER:
            yield _marked(
                "overfull-line", each.page, f"{each.over:.0f} pixels over", words_of(each.element), each.element
            )
    for block in proof.layout.blocks:
        for line in block.lines:
            if line.width > line.measure + _OVER and proof.script.role(block.element) != "pre":
                reason = f"{line.width - line.measure:.0f} pixels over"
                yield _marked("overfull-line", line.page, reason, line.text, block.element)
                break


def bad_spacing(proof: PageProof) -> Iterator[Finding]:
    """No line of running text has holes."""
    for block in proof.running:
        for line in block.lines[:-1]:
            reason = _hole(line)
            if reason:
                finding = _marked("bad-spacing", line.page, reason, line.text, block.element)
                yield replace(finding, line=line.text)


def _hole(line: Line) -> str:
    if line.forced:
        return ""
    if line.stretch > MOST_STRETCH:
        return f"its spaces are stretched to {line.stretch:.1f} of their width"
    ragged = 1 - line.width / line.measure
    return f"{ragged:.0%} of it is empty" if ragged > MOST_RAGGED else ""


# ------------------------------------------------------------------------------------------------------------------ words


def words_of(element: Any) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _said(quote: Any, whole: str, places: list[int]) -> set[int]:
    """The pages on which the words of a pull quote are said: of its beginning, or where that was changed, of its end."""
    paragraph = next((each for each in quote if "attribution" not in (each.get("class") or "")), quote)
    words = _letters("".join(paragraph.itertext()))
    for part in (words, words[:_LEAST_ECHO], words[-_LEAST_ECHO:]):
        found = whole.find(part) if len(part) >= min(_LEAST_ECHO, len(words)) and part else -1
        if found >= 0:
            return set(places[found : found + len(part)])
    return set()


Check = Callable[[PageProof], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    parted_questions,
    notes_astray,
    opening_splits,
    empty_pages,
    feet_apart,
    widows,
    orphans,
    quotes_cut,
    lonely_pages,
    overfull_lines,
    far_figures,
    single_words,
    coarse_pictures,
    ladders,
    quote_echoes,
    crowded_quotes,
    quotes_last,
    margins_crowded,
    short_lines,
    bad_spacing,
)
"""All of them, one a kind."""
