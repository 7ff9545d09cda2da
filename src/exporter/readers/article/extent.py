"""How far the article reaches: the span of its body with the parts that stand elsewhere, and what opens it above."""

from __future__ import annotations

from collections import Counter

from bs4 import Tag

from exporter.readers.article.body import continuations, is_marked, look, prose, within
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.metadata import Declared
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import Segment, every

LEAST_BOXED = 2
"""Paragraphs of running text in boxes of one class, behind which another in such a box goes on with it."""
_STOPS = (".", "!", "?", "…", "”", "»", "“", '"', "。", "」", "।", "؟")
PARTS_APART = 6
"""Segments that are no boilerplate which may stand between two parts of one body."""
CAPTION_WORDS = 70
"""A longer text is no caption, whatever stands above it."""
LEAST_ALTERNATIVE = 20
"""Characters of a picture's alternative text by which its caption is told."""
LEAST_OPENING = 150
"""Characters of a paragraph that begins the text above the element that holds most of it; those behind it may be shorter."""
HERO_REACH = 6
"""Segments above the headline in which the lead picture is looked for."""

OUTSIDE: Search[list[Segment]] = Search("outside-article", lambda segments: (each for each in segments if each.open))
"""What nothing made a part of the article is none."""


def whole_span(page: list[Segment], body: Tag) -> range:
    """The span of the body, extended over further parts of it when nothing but boilerplate stands between."""
    inside = [index for index, segment in enumerate(page) if within(segment, body)]
    span = range(inside[0], inside[-1] + 1)
    twins = sorted({*_in_twins(page, body, span), *_in_marked(page, body, span)})
    for index in sorted({*continuations(page, span), *(index for index in twins if index >= span.stop)}):
        between = page[span.stop : index]
        if _is_near(between):
            span = range(span.start, index + 1)
    for index in reversed(twins):
        between = page[index + 1 : span.start]
        if index < span.start and not any(each.level == 1 for each in between) and _is_near(between):
            span = range(index, span.stop)
    return span


def _is_near(between: list[Segment]) -> bool:
    """Whether hardly anything but boilerplate and pictures stands there."""
    return sum(segment.open and segment.kind != "figure" for segment in between) <= PARTS_APART


def _in_twins(page: list[Segment], body: Tag, span: range) -> list[int]:
    """Places in elements beside the body's, of its kind and class, where something stands that looks as what is in it does.

    A talk may be set as many of them, and those with few words weigh too little to be found otherwise.
    """
    worn = attribute(body, "class")
    twins = {
        id(each)
        for each in (body.parent.children if body.parent is not None else ())
        if isinstance(each, Tag) and each is not body and each.name == body.name and attribute(each, "class") == worn
    }
    if not worn or not twins:
        return []
    looks = {look(page[index]) for index in span if page[index].open}
    return [
        index
        for index, segment in enumerate(page)
        if index not in span and _may_go_on(segment)
        if id(segment.element) in twins or (look(segment) in looks and _stands_in_one(segment, twins))
    ]


def _in_marked(page: list[Segment], body: Tag, span: range) -> list[int]:
    """Places behind the body, in what the page marks as the whole article, of paragraphs boxed as the running text is."""
    marked = next((each for each in body.parents if is_marked(each)), None)
    if marked is None:
        return []
    boxes = Counter(look(page[index])[1] for index in span if prose(page[index]))
    behind = range(span.stop, len(page))
    return [
        index
        for index in behind
        if within(page[index], marked) and page[index].kind == "paragraph" and _may_go_on(page[index])
        if boxes[look(page[index])[1]] >= LEAST_BOXED and page[index].text[-1:] in _STOPS
    ]


def _may_go_on(segment: Segment) -> bool:
    return segment.open and not segment.links and segment.kind in ("paragraph", "heading", "quote", "table", "list")


def _stands_in_one(segment: Segment, elements: set[int]) -> bool:
    return segment.element is not None and any(id(each) in elements for each in segment.element.parents)


def chosen(page: list[Segment], span: range, headline: int, declared: Declared) -> list[Segment]:
    """The segments that may be the article: its body, and what stands between headline and body, lead picture included."""
    before = (
        range(max(headline - HERO_REACH, 0), span.start)
        if headline >= 0
        else range(max(span.start - HERO_REACH, 0), span.start)
    )
    home = _home(page[headline] if headline >= 0 else None, page[span.start])
    begins = next((index for index in before if index > headline and prose(page[index]) > LEAST_OPENING), span.start)
    above = [
        page[index]
        for index in before
        if (
            _belongs(page[index], index > headline)
            or (index > begins and page[index].open and prose(page[index]) > 0)
            or _is_beside_picture(page, index)
            or _says_what_is_shown(page, index)
        )
        and (index > headline or _is_hero(page[index], home, declared, index == headline - 1))
    ]
    return above + page[span.start : span.stop]


def _home(headline: Segment | None, first: Segment) -> Tag:
    """The element around headline and body: what stands outside of it is not above the article but elsewhere."""
    above = [first.element, *first.element.parents] if first.element is not None else []
    if headline is None or headline.element is None:
        return above[min(2, len(above) - 1)]
    known = {id(each) for each in headline.element.parents}
    return next(each for each in above if id(each) in known)


def _is_hero(segment: Segment, home: Tag, declared: Declared, right_above: bool) -> bool:
    """Whether a picture above the headline is the article's: in the same part of the page, named so, or the one declared.

    One right above the headline may stand further out, in the same section.
    """
    # A picture over the whole width often stands in a header of its own, right above the headline's.
    part = above(home, "section", "article", "main") if right_above else None
    if within(segment, part or home) or segment.is_named("lead"):
        return True
    # By its file's name, because the page shows another size from another folder.
    name = declared.picture.split("?")[0].rsplit("/", 1)[-1]
    return bool(name) and segment.element is not None and name in str(segment.element)


def _says_what_is_shown(page: list[Segment], index: int) -> bool:
    """Whether a line behind a picture repeats what the page says of it for those who cannot see it: its caption."""
    segment = page[index]
    words = fold_name(segment.text)
    if not segment.open or segment.kind != "paragraph" or len(words) < LEAST_ALTERNATIVE:
        return False
    before = [each for each in page[max(index - 3, 0) : index] if each.kind == "figure" and each.open]
    alternatives = [fold_name(attribute(img, "alt")) for each in before for img in _shown_in(each)]
    return any(len(each) >= LEAST_ALTERNATIVE and words.startswith(each) for each in alternatives)


def _shown_in(figure: Segment) -> list[Tag]:
    return [each.element for each in every(figure.segments) if each.kind == "anchor" and each.element is not None]


def _belongs(segment: Segment, below_headline: bool) -> bool:
    if segment.kind == "figure":
        return segment.open
    if segment.kind == "box" and any(inner.kind == "figure" for inner in segment.segments):
        return segment.open and prose(segment) == 0
    if segment.is_named("caption") or segment.is_named("credit"):
        return segment.open
    return segment.open and below_headline and prose(segment) > LEAST_OPENING


def _is_beside_picture(page: list[Segment], index: int) -> bool:
    """Whether a short text shares a small box with the picture right above it, as the caption of a lead picture does."""
    segment = page[index]
    figure = next((each for each in reversed(page[max(index - 2, 0) : index]) if each.kind == "figure"), None)
    if figure is None or figure.element is None or segment.element is None or not segment.open:
        return False
    if segment.kind != "paragraph" or segment.word_count > CAPTION_WORDS:
        return False
    around = {id(each) for each in figure.element.parents}
    box = next((each for each in segment.element.parents if id(each) in around), None)
    return box is not None and box.name in ("div", "figure") and _is_small(box, figure, page, index)


def _is_small(box: Tag, figure: Segment, page: list[Segment], index: int) -> bool:
    """Whether a box holds the picture and two or three short texts, and no headline."""
    inside = [each for each in page[max(index - 4, 0) : index + 5] if within(each, box)]
    texts = [each for each in inside if each is not figure]
    return len(texts) <= 3 and all(each.kind == "paragraph" for each in texts)


def merged(page: list[Segment], chosen: list[Segment], decided: list[Segment]) -> list[Segment]:
    """The whole page in its order, with the decided segments in the place of those they were made of."""
    # No turns were cut: the usual case of an article, and nothing is to be sorted.
    if len(decided) == len(chosen) and all(one is other for one, other in zip(decided, chosen, strict=True)):
        return page
    places = {id(segment): place for place, segment in enumerate(page)}
    begins = {id(segment.element): places[id(segment)] for segment in reversed(chosen)}
    placed: list[tuple[int, Segment]] = []
    last = 0
    for segment in decided:
        last = max(last, places.get(id(segment), begins.get(id(segment.element), last)))
        placed.append((last, segment))
    taken = {id(segment) for segment in chosen}
    placed += [(place, segment) for place, segment in enumerate(page) if id(segment) not in taken]
    return [segment for _, segment in sorted(placed, key=lambda each: each[0])]
