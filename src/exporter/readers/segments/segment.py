"""A page as a flat list of segments in reading order: what both the HTML and the text reader decide over.

A segment is one block as it stands on the page, with what is known of its place and dress. Rules turn segments into parts of
the article by giving each a *fate*: what it became and by which rule. No segment is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from bs4 import Tag
from msgspec import Struct, field

from exporter.model import (
    Block,
    Direction,
    Emphasis,
    Inline,
    Link,
    Paragraph,
    Ruby,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
)
from exporter.model.walk import plain
from exporter.readers.lexicon.folding import fold, unspaced, weigh
from exporter.readers.lexicon.vocabulary import named
from exporter.results import Fate

Kind = Literal[
    "paragraph",
    "heading",
    "figure",
    "quote",
    "list",
    "table",
    "preformatted",
    "rule",
    "embed",
    "box",
    "furniture",
    "anchor",
    "note",
]

LEFT_OUT = "left out"
NATURAL = {"heading": "crosshead", "quote": "block-quote", "box": "sidebar", "rule": "ornament"}
"""Kind of a segment → what it becomes when it is said to be kept, where that is not its kind."""


class Dress(NamedTuple):
    """How the page styles a segment: segments of one dress look alike. False where nothing is known of it.

    ``own`` is its element's name with its classes and styles; ``inner`` the same of the elements around all of its words, None
    for words that were never in an element.
    """

    own: tuple[str, ...] = ()
    inner: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        return self.own != ()

    def __str__(self) -> str:
        """The dress as one word, as hypotheses are named by it and weights know it."""
        return "|".join(self.own if self.inner is None else (*self.own, "<", *self.inner))

    def emphasised(self, emphasis: str) -> Dress:
        """The dress of a part of the segment that is emphasised so."""
        if self.inner is None:
            return Dress((*(self.own or ("",)), emphasis))
        return Dress(self.own, (*self.inner, emphasis))

    def holds(self, word: str) -> bool:
        """Whether an element, a class or a style of that name is part of it."""
        return word in self.own or word in (self.inner or ())


class Segment(Struct, eq=False):
    """One block of the page.

    ``text`` is all its visible text with white space folded; ``inlines`` its words as model nodes (paragraphs and headings);
    ``block`` the model node of the compound kinds; ``dress`` how the page styles it; ``names`` the words of
    its class and id attributes and of those near above, which :meth:`is_named` knows how to read; ``links`` the
    number of its characters inside links; ``language`` and ``direction`` those that the page
    gives it; ``readings`` what stands above its words; ``became`` and ``rule`` its fate, empty while undecided;
    ``identity`` the name that it has in every reading.
    """

    kind: Kind
    text: str
    inlines: tuple[Inline, ...] = ()
    block: Block | None = None
    element: Tag | None = None
    language: str = ""
    direction: Direction | None = None
    readings: str = ""
    where: str = ""
    level: int = 0
    dress: Dress = Dress()
    names: str = ""
    links: int = 0
    became: str = ""
    rule: str = ""
    label: str = ""
    speaker: str | None = None
    identity: str = ""
    segments: list[Segment] = field(default_factory=list)

    def is_named(self, kind: str) -> bool:
        """Whether the page names the segment, or an element near above it, by a word of that kind of the vocabulary."""
        return named(self.names, kind)

    def has_name(self, words: str) -> bool:
        """Whether these very words, one or several in a row, are among its names."""
        return f" {words} " in f" {self.names} "

    @property
    def open(self) -> bool:
        """Whether nothing was decided about the segment yet."""
        return not self.became

    def settle(self, became: str, rule: str) -> None:
        """Decides what the segment becomes; the first decision stands."""
        if not self.became:
            self.became, self.rule = became, rule

    def leave_out(self, rule: str) -> None:
        """Decides that the segment is no part of the article."""
        self.settle(LEFT_OUT, rule)

    def overrule(self, became: str, rule: str) -> None:
        """Decides anew what the segment becomes: for a site's rules, for what an article's end tells, for corrections."""
        self.became, self.rule = became, rule

    def reopen(self) -> None:
        """Takes back what was decided."""
        self.became = self.rule = ""

    @property
    def word_count(self) -> int:
        """How many words stand in the segment; where a script writes none apart, two characters count as one."""
        return _words_in(self.text)

    @property
    def length(self) -> int:
        """How long the segment is in characters, of which those of scripts without spaces count three times: they say more."""
        return weigh(self.text)

    @property
    def link_density(self) -> float:
        """Share of the characters that stand in links, 0 to 1."""
        return self.links / len(self.text) if self.text else 0.0


def paragraph_of(segment: Segment) -> Block:
    """The model block that the segment is when no rule found more in it."""
    return segment.block if segment.block is not None else Paragraph(inlines_of(segment))


def inlines_of(segment: Segment) -> tuple[Inline, ...]:
    """The words of a paragraph or heading; in a span where its language or direction differs from the article's."""
    if not segment.inlines or not (segment.language or segment.direction):
        return segment.inlines
    return (Span(segment.inlines, segment.language or None, segment.direction),)


def fates(segments: Iterable[Segment], became: str = "", rule: str = "") -> Iterator[Fate]:
    """What became of each segment, in page order; what stands in a box shares the box's fate unless it has its own.

    Every segment outside of boxes must be decided by now, if only by being left over.
    """
    for segment in segments:
        own, own_rule = segment.became or became, segment.rule or rule
        if segment.segments and not segment.inlines:
            if became != LEFT_OUT and segment.became == LEFT_OUT:
                yield Fate(segment.where, _told(segment) or _pictured(segment), LEFT_OUT, own_rule, segment.identity)
            else:
                yield from fates(segment.segments, own, own_rule)
        elif segment.text or segment.kind == "anchor":
            yield Fate(segment.where, _told(segment) or _pictured(segment), own, own_rule, segment.identity)


def _told(segment: Segment) -> str:
    """All words of a segment in the order of the page, each reading behind what it stands above."""
    if segment.segments and any(each.readings for each in every(segment.segments)):
        return " ".join(filter(None, (_told(each) for each in segment.segments)))
    return fold(_with_readings(segment.inlines)) if segment.readings else segment.text


def _with_readings(inlines: tuple[Inline, ...]) -> str:
    return "".join(
        f"{plain(node.children)} {plain(node.reading)} "
        if isinstance(node, Ruby)
        else _with_readings(node.children)
        if isinstance(node, Emphasis | Strong | Superscript | Subscript | SmallCaps | Link | Span)
        else plain((node,))
        for node in inlines
    )


def every(segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments and all that stand in them, each before what it holds."""
    for segment in segments:
        yield segment
        yield from every(segment.segments)


def _pictured(segment: Segment) -> str:
    """A picture without words, by the file that the page names."""
    anchors = [segment, *segment.segments]
    named = [
        str(each.element.get("src") or each.element.get("data-src") or "")
        for each in anchors
        if each.element is not None
    ]
    return f"[picture {next(filter(None, named), '')[:120]}]"


def text_of(inlines: tuple[Inline, ...]) -> str:
    """The words of inline nodes with white space folded."""
    return fold(plain(inlines))


@lru_cache(maxsize=512)
def _words_in(text: str) -> int:
    return len(text.split()) + unspaced(text) // 2
