"""Captions and credits that stand beside a figure, in a box with it, or away from it: each is found by a search of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice, takewhile

from bs4 import Tag
from msgspec import Struct

from exporter.model import Block, Figure, Inline, Text
from exporter.readers.article.byline.line import names_makers
from exporter.readers.article.captions import cut, in_figcaption, own_names, parted, texts_of
from exporter.readers.article.captions_by_type import TYPE_WORDS, is_caption_by_place, is_caption_by_type
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import stands_in
from exporter.readers.lexicon.credits import is_credit, like_name, strip_lead
from exporter.readers.lexicon.credits import split as split_credit
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.names import only_people
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, named
from exporter.readers.segments.elements import names_of
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import Segment, text_of
from exporter.readers.segments.type_sizes import is_small

CAPTION_WORDS = 70
"""A paragraph with more words is no caption, whatever stands above it."""

MOST_IN_SLIDE = 3
"""Texts beside the title of a slide."""
_HOMES = frozenset({"body", "article", "main", "html"})
"""Such an element is around the whole article: sharing it tells nothing."""

_ALL_BY = Cue("all_pictures", rf"(?:^|(?<=[.!?…] ))\W*{WORDS}\s*:?\s+(?P<who>[^\W\d_][^.!?;:()]{{2,50}}?)\s*(?:[.)]|$)")
CLOSING_PIECES = 6
"""Paragraphs at the end of an article in which the pictures' credit is looked for."""
_REMOTE = Cue("remote_credit", rf"^\W*{WORDS}s?\s*[:：]")


class Beside(Struct, dict=True):
    """A figure at its place among the segments; ``near`` is the first text behind it before anything there was decided."""

    segments: list[Segment]
    index: int
    near: Segment | None

    @property
    def segment(self) -> Segment:
        """The figure's own segment."""
        return self.segments[self.index]

    @property
    def figure(self) -> Figure:
        """What the picture shows, and what is said of it so far."""
        block = self.segment.block
        return block if isinstance(block, Figure) else Figure(())

    @property
    def wants_caption(self) -> bool:
        """Whether the figure is part of the article and nothing was found yet that tells what it shows."""
        return self.segment.open and not self.figure.caption

    @property
    def following(self) -> Segment | None:
        """The first text behind the figure that is still open."""
        return following(self.segments, self.index)

    @cached_property
    def module(self) -> list[Segment]:
        """The few short texts, ``near`` among them, that share a box of the page with the picture alone."""
        return _module(self.segments, self.index, self.near) if self.near is not None else []

    @cached_property
    def is_boxed(self) -> bool:
        """Whether ``near`` shares a box with the picture, or is all of a list."""
        return self.near is not None and bool(self.module or _is_lone_entry(self.near))


def _face_beside(beside: Beside) -> Iterator[Segment]:
    """The picture of who wrote the article, which shares a box with the byline."""
    near = beside.near
    if beside.segment.open and near is not None and near.word_count <= 12 and names_makers(near) and beside.module:
        yield beside.segment


def _of_module(beside: Beside) -> Iterator[tuple[Segment, str]]:
    """What shares a box with the picture alone: the first is caption and credit, the others go on with the caption."""
    if beside.near is None or not beside.wants_caption or not beside.is_boxed or _runs_on(beside.near):
        return
    yield from _adopted(beside.segment, beside.near, in_module=True)
    for more in beside.module:
        figure = beside.figure
        if more.open:
            credit = strip_lead(more.text) if figure.caption and _names_maker(more.text) else ""
            told = () if credit else more.inlines
            caption = (*figure.caption, Text(" "), *told) if figure.caption and told else figure.caption or told
            beside.segment.block = Figure(figure.images, caption, (Text(credit),) if credit else figure.credit)
            yield more, "caption" if told else "credit"


def _runs_on(near: Segment) -> bool:
    """Whether a text that shares a box with a picture is the article's own, set beside it in a column or upon it."""
    if near.is_named("running_text"):
        return True
    named_so = near.is_named("picture") or near.is_named("caption") or in_figcaption(near)
    return near.word_count > TYPE_WORDS // 2 and not named_so and not split_credit(near.text)[1] and not is_small(near)


def _in_box(beside: Beside) -> Iterator[Segment]:
    """A box right behind the picture that is called a caption, or holds a few words and a credit."""
    box = next(
        (each for each in beside.segments[beside.index + 1 : beside.index + 4] if each.kind != "furniture"), None
    )
    if box is None or not box.open or box.kind != "box" or not beside.wants_caption or box.word_count > CAPTION_WORDS:
        return
    told = [each for each in box.segments if each.open]
    worded = bool(told) and all(each.kind == "paragraph" and each.inlines for each in told)
    called = named(attribute(box.element, "class"), "caption") if box.element is not None else False
    if worded and (called or (len(told) > 1 and _is_credit_line(told[-1]))):
        figure = beside.figure
        caption, credit = texts_of(box, "")
        beside.segment.block = Figure(figure.images, caption, credit or figure.credit)
        yield box


def _is_credit_line(segment: Segment) -> bool:
    return named(own_names(segment), "credit") or (is_credit(segment.text) and segment.word_count <= TYPE_WORDS // 3)


def _names_maker(text: str) -> bool:
    """Whether a text below a caption is a credit, or the name of a person in two or three words and nothing else."""
    return is_credit(text) or (2 <= len(text.split()) <= 3 and only_people(text))


def _by_type(beside: Beside) -> Iterator[tuple[Segment, str]]:
    """A few words right below the picture that only their type tells from the paragraphs around."""
    near = beside.near
    if near is None or not near.open or near.kind != "paragraph" or not beside.wants_caption:
        return
    if not _runs_on(near) and is_caption_by_type(beside.segments, beside.index, near):
        yield from _adopted(beside.segment, near, in_module=True)


def _by_place(beside: Beside) -> Iterator[tuple[Segment, str]]:
    """A few words right below the picture in an element as no text has that does not stand below a picture, twice or more."""
    near = beside.near
    if near is None or not near.open or near.kind != "paragraph" or not beside.wants_caption:
        return
    if not _runs_on(near) and is_caption_by_place(beside.segments, near):
        yield from _adopted(beside.segment, near, in_module=True)


def _after(beside: Beside) -> Iterator[tuple[Segment, str]]:
    if beside.near is not None and beside.wants_caption and not beside.is_boxed:
        yield from _adopted(beside.segment, beside.near)


def _before(beside: Beside) -> Iterator[tuple[Segment, str]]:
    near = _preceding(beside.segments, beside.index)
    if beside.wants_caption and not beside.figure.credit and near is not None:
        yield from _adopted(beside.segment, near, only_marked=True)


def _credit_after(beside: Beside) -> Iterator[Segment]:
    near, figure = beside.following, beside.figure
    if not beside.segment.open or not figure.caption or figure.credit or near is None:
        return
    if is_credit(near.text) and near.word_count <= 12:
        beside.segment.block = Figure(figure.images, figure.caption, (Text(strip_lead(near.text)),))
        yield near


def _copy(beside: Beside) -> Iterator[Segment]:
    """The caption that is said once more behind the picture, for another kind of screen."""
    near = beside.following
    caption, credit = fold_name(text_of(beside.figure.caption)), fold_name(text_of(beside.figure.credit))
    copy = fold_name(near.text) if near is not None and caption else ""
    if near is not None and copy and copy in (caption, f"{caption} {credit}".strip()):
        yield near


BESIDE: tuple[Search[Beside], ...] = (
    Search("author-box", _face_beside),
    Search("caption-in-module", _of_module),
    Search("caption-in-box", _in_box, "figure"),
    Search("caption-after-picture", _after),
    Search("caption-by-its-type", _by_type),
    Search("caption-by-its-place", _by_place),
    Search("caption-before-picture", _before),
    Search("credit-after-picture", _credit_after, "credit"),
    Search("repeated-caption", _copy),
)
"""What stands beside a figure and belongs to it, looked for in this order around one figure after the other."""


def _is_alternative(near: Segment, figure: Figure) -> bool:
    """Whether the text repeats what the page says of the picture for those who cannot see it."""
    said = fold_name(near.text)
    alternatives = [fold_name(image.alt) for image in figure.images if image.alt]
    # The caption may go on behind those words, with a credit.
    return len(said) > 20 and any(
        said in each or (len(each) > 20 and said.startswith(each[:-1])) for each in alternatives
    )


def _slide_titles(segments: list[Segment]) -> Iterator[Segment]:
    """The headings of slides that hold a picture and a caption: each stands between the two in the slide's box."""
    for index, segment in enumerate(segments):
        near = following(segments, index) if isinstance(segment.block, Figure) and segment.open else None
        if near is None or near.kind != "heading" or segment.element is None or near.element is None:
            continue
        around = {id(each) for each in near.element.parents}
        box = next((each for each in segment.element.parents if id(each) in around), None)
        if box is None or box.name in _HOMES or not named(names_of(box), "picture"):
            continue
        texts = [
            each for each in _inside(box, segments, index) if each.open and each is not segment and each is not near
        ]
        brief = len(texts) <= MOST_IN_SLIDE and sum(each.word_count for each in texts) <= CAPTION_WORDS
        if brief and any(named(own_names(each), "caption") for each in texts):
            yield near


SLIDES: Search[list[Segment]] = Search("slide-title", _slide_titles)
"""By which the headings of slides are no crossheads and no captions."""


def _module(segments: list[Segment], index: int, near: Segment) -> list[Segment]:
    """The few short texts that share a box of the page with the picture alone: its caption."""
    figure = segments[index]
    if figure.element is None or near.element is None:
        return []
    around = {id(each) for each in near.element.parents}
    box = next((each for each in figure.element.parents if id(each) in around), None)
    if box is None or box.name in _HOMES:
        return []
    if box.name == "section" and not named(names_of(box), "picture"):
        return []
    texts = [segment for segment in _inside(box, segments, index) if segment.open and segment is not segments[index]]
    short = len(texts) <= 3 and sum(segment.word_count for segment in texts) <= CAPTION_WORDS
    small = named(names_of(box), "picture")
    fit = all(
        each.kind == "paragraph"
        or (each.kind == "heading" and ((small and each.level > 4) or _names_picture(each, figure.block)))
        for each in texts
    )
    return texts if short and fit and near in texts else []


def _names_picture(heading: Segment, figure: Block | None) -> bool:
    """Whether a heading is, word for word, what the page says of the picture for those who cannot see it."""
    images = figure.images if isinstance(figure, Figure) else ()
    return any(fold_name(image.alt) == fold_name(heading.text) for image in images if image.alt)


def _inside(box: Tag, segments: list[Segment], index: int) -> list[Segment]:
    """The segments in the box, which holds the one at ``index``: they stand in a row, so that looking ends beside it."""

    def is_inside(segment: Segment) -> bool:
        return segment.element is None or stands_in(segment.element, box)

    before = (segments[place] for place in range(index - 1, -1, -1))
    return [
        segment
        for row in (reversed([*takewhile(is_inside, before)]), takewhile(is_inside, islice(segments, index, None)))
        for segment in row
        if segment.element is not None
    ]


def _is_lone_entry(near: Segment) -> bool:
    """A list of one entry under a picture lists nothing: it is a caption."""
    return near.kind == "list" and near.element is not None and len(near.element.find_all("li", limit=2)) == 1


def following(segments: list[Segment], index: int) -> Segment | None:
    """The first open text behind a place among the segments, when nothing but boilerplate stands between."""
    # Share buttons and advertisements stand between a picture and its caption.
    for later in segments[index + 1 : index + 5]:
        if later.kind in ("paragraph", "heading", "list") and later.open:
            return later
        if later.open and later.kind != "furniture":
            return None
    return None


def _preceding(segments: list[Segment], index: int) -> Segment | None:
    before = segments[index - 1] if index else None
    return before if before is not None and before.open and before.kind == "paragraph" else None


def _adopted(
    figure: Segment, near: Segment, *, in_module: bool = False, only_marked: bool = False
) -> Iterator[tuple[Segment, str]]:
    """Takes a text for the figure's caption and credit where its names, its words or its place say so."""
    if near.word_count > CAPTION_WORDS or not isinstance(figure.block, Figure):
        return
    own = own_names(near)
    called = (named(own, "caption") or named(own, "credit")) and not named(own, "running_text")
    marked = called or in_module or in_figcaption(near)
    marked = marked or _is_alternative(near, figure.block)
    caption, credit = parted(near, [], "") if marked and near.inlines else _unmarked(near)
    # Without a name that says so, only a credit within the text tells a caption from a paragraph.
    if not marked and (only_marked or not (credit and (not caption or len(text_of(caption).split()) <= 45))):
        return
    if not caption and figure.block.credit:
        return  # it has one, and this is another's
    figure.block = Figure(
        figure.block.images, caption or figure.block.caption, (Text(credit),) if credit else figure.block.credit
    )
    yield near, "caption" if caption else "credit"


def _unmarked(near: Segment) -> tuple[tuple[Inline, ...], str]:
    """Caption and credit of a text that nothing but its words and its place may make one."""
    caption, credit = split_credit(near.text)
    return (_caption_words(near, caption) if caption else ()), credit


def _caption_words(near: Segment, caption: str) -> tuple[Inline, ...]:
    return cut(near.inlines, caption) if near.inlines else (Text(caption),)


def _remote_credits(segments: list[Segment]) -> Iterator[Segment]:
    """``Titelbild: X``, in one line or as a label and a line, is the credit of the first picture that has none."""
    for index, segment in enumerate(segments):
        if not segment.open or segment.kind != "paragraph" or segment.word_count > 16:
            continue
        if _REMOTE.match(segment.text):
            yield from _credit_first(segments, [segment])
        elif segment.text.strip(" :").casefold() in cues("remote_credit") and index + 1 < len(segments):
            following = segments[index + 1]
            if following.open and like_name(following.text):
                yield from _credit_first(segments, [following, segment])


def _credit_of_all(segments: list[Segment]) -> Iterator[Segment]:
    """Takes "All photos by X", a sentence at the end of the article, for the credit of every picture that has none."""
    closing = [segment for segment in segments if segment.open and segment.kind == "paragraph"][-CLOSING_PIECES:]
    for segment in closing:
        found = _ALL_BY.search(segment.text) if segment.word_count <= CAPTION_WORDS else None
        if found is None or not like_name(found["who"].strip()):
            continue
        for target in segments:
            if target.open and isinstance(target.block, Figure) and not target.block.credit:
                target.block = Figure(target.block.images, target.block.caption, (Text(found["who"].strip()),))
        # Where the sentence stands inside a longer note, the note stays as it is.
        if found.group().strip(" .") == segment.text.strip(" ."):
            yield segment


def _credit_first(segments: list[Segment], told: list[Segment]) -> list[Segment]:
    """Gives the credit to the first picture when that has none yet, else to the only other; the segments that told it then."""
    figures = [each for each in segments if isinstance(each.block, Figure) and each.open]
    without = [each for each in figures if isinstance(each.block, Figure) and not each.block.credit]
    target = without[0] if without and (without[0] is figures[0] or len(without) == 1) else None
    if target is not None and isinstance(target.block, Figure):
        target.block = Figure(target.block.images, target.block.caption, (Text(strip_lead(told[0].text)),))
        return told
    return []


AWAY: tuple[Search[list[Segment]], ...] = (
    Search("remote-credit", _remote_credits, "credit"),
    Search("remote-credit", _credit_of_all, "credit"),
)
"""What belongs to a picture and stands away from it."""
