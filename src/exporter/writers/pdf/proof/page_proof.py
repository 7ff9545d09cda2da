"""A layout beside the markup that it was set from, and what the checks and the fixes ask of both."""

from __future__ import annotations

import re
from functools import cached_property
from xml.etree.ElementTree import Element

from exporter.writers.pdf.proof.layout import Block, Layout
from exporter.writers.pdf.proof.markup import QUICK, EditableMarkup, classes

BELOW = frozenset({"footnote", "colophon", "notes"})
"""Roles of what stands below the article's text."""

LINE = 20.0
"""Pixels that a line of text takes, where nothing better is known."""

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

    def spread(self, page: int) -> int:
        """The spread of a page that counts from 0: the first page stands alone, as a magazine opens, or faces the second."""
        return (page + (not self.layout.facing)) // 2

    def lines_on(self, page: int) -> int:
        """Lines on a page that are the article's own: no colophon, and no notes."""
        blocks = (block for block in self.layout.blocks if self.script.role(block.element) not in BELOW)
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
                plain = letters_of(line.text)
                letters.append(plain)
                places.extend([line.page] * len(plain))
        whole = "".join(letters)
        return {id(each): _said(each, whole, places) for each in self.quotes}

    @cached_property
    def quotes(self) -> list[Element]:
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

    def place(self, element: Element) -> int:
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


def words_of(element: Element) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def letters_of(text: str) -> str:
    """The letters and digits of a text alone, in small letters: so words are compared however they are set."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _said(quote: Element, whole: str, places: list[int]) -> set[int]:
    """The pages on which the words of a pull quote are said: of its beginning, or where that was changed, of its end."""
    paragraph = next((each for each in quote if "attribution" not in (each.get("class") or "")), quote)
    words = letters_of("".join(paragraph.itertext()))
    for part in (words, words[:_LEAST_ECHO], words[-_LEAST_ECHO:]):
        found = whole.find(part) if len(part) >= min(_LEAST_ECHO, len(words)) and part else -1
        if found >= 0:
            return set(places[found : found + len(part)])
    return set()
