"""Figures: the pictures of a box, its caption and its credit, and captions and credits that stand beside or far from it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, takewhile

from bs4 import Tag
from msgspec import Struct

from exporter.corrections.roles import CORRECTION
from exporter.model import Figure, Image, Inline, Text
from exporter.readers.article.byline import names_makers
from exporter.readers.article.captions import cut, in_figcaption, own_names, parted, texts_of, told_in_attribute
from exporter.readers.dom.images import declared_size, own_source, sources_of, telling
from exporter.readers.dom.search import stands_in
from exporter.readers.lexicon.credits import is_credit, like_name, strip_lead
from exporter.readers.lexicon.credits import split as split_credit
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, named
from exporter.readers.segments.inlines import attribute
from exporter.readers.segments.labels import fold_name
from exporter.readers.segments.segment import Segment, every, fold, text_of

CAPTION_WORDS = 70
"""A paragraph with more words is no caption, whatever stands above it."""

_ALL_BY = Cue("all_pictures", rf"(?:^|(?<=[.!?…] ))\W*{WORDS}\s*:?\s+(?P<who>[^\W\d_][^.!?;:()]{{2,50}}?)\s*(?:[.)]|$)")
CLOSING_PIECES = 6
"""Paragraphs at the end of an article in which the pictures' credit is looked for."""
_REMOTE = Cue("remote_credit", rf"^\W*{WORDS}s?\s*[:：]")


class ImageCandidates(Struct, frozen=True):
    """A picture before it is loaded: the addresses that the page offers (best first), the page's own choice, its alt text."""

    sources: tuple[str, ...]
    own: str
    alt: str
    width: int
    height: int


Loader = Callable[[ImageCandidates], Image | None]
"""Turns what the page offers into a picture of the model, or None where the picture was refused as no photo."""


def find_figures(segments: list[Segment], load: Loader, house: str = "") -> None:
    """Gives every figure segment its model node, and settles the segments that became its captions and credits."""
    for segment in segments:
        if segment.kind == "figure" and segment.open and segment.block is None:
            _resolve(segment, load, house)
    _adopt_neighbours(segments)
    _adopt_remote_credits(segments)
    _credit_all(segments)
    _read_attributes(segments)
    _read_alternatives(segments)
    _print_once(segments)
    for segment in segments:
        if segment.open and segment.kind == "paragraph" and segment.word_count <= CAPTION_WORDS and _is_orphan(segment):
            segment.leave_out("caption-without-picture")


def offered(segments: list[Segment]) -> list[tuple[str, ...]]:
    """The addresses of each picture that :func:`find_figures` will ask for, so that they can be fetched side by side."""
    found: list[tuple[str, ...]] = []
    for segment in segments:
        if segment.kind == "figure" and segment.open and segment.block is None:
            found.extend(offered_inside(segment))
    return found


def offered_inside(segment: Segment) -> list[tuple[str, ...]]:
    """The addresses of the pictures inside a segment."""
    if segment.kind == "figure":
        return [each for inner in segment.segments for each in offered_inside(inner)]
    return [shown(segment).sources] if segment.kind == "anchor" and segment.open else []


def _is_orphan(segment: Segment) -> bool:
    """A text that its own element calls a caption or credit, with no picture left to belong to."""
    if segment.element is None:
        return False
    own = attribute(segment.element, "class")
    return (
        segment.element.name == "figcaption"
        or named(own, "caption")
        or (named(own, "credit") and segment.word_count <= 12)
    )


def _resolve(segment: Segment, load: Loader, house: str) -> None:
    images: list[Image] = []
    for inner in segment.segments:
        images.extend(_images(inner, load))
    images = list({image.source or image.asset: image for image in images}.values())
    if not images:
        for inner in segment.segments:
            inner.leave_out(inner.rule or "no-picture")
        segment.leave_out("no-picture")
        return
    if any(inner.word_count <= 12 and names_makers(inner) for inner in segment.segments if inner.open):
        segment.leave_out("author-box")  # the face of who wrote it
        return
    caption, credit = texts_of(segment, house)
    segment.block = Figure(tuple(images), caption, credit)


def restored(segment: Segment, load: Loader, house: str) -> bool:
    """Gives a figure that is to be kept its model node, whatever it was left out for; False where no picture can be had."""
    for inner in every(segment.segments):
        if inner.kind == "anchor" and not inner.rule.startswith(CORRECTION):
            inner.reopen()
    images = [image for inner in segment.segments for image in _images(inner, load)]
    known = segment.block if isinstance(segment.block, Figure) else Figure(())
    caption, credit = (known.caption, known.credit) if known.images else texts_of(segment, house)
    segment.block = Figure(tuple({image.source or image.asset: image for image in images}.values()), caption, credit)
    return bool(images)


def _images(segment: Segment, load: Loader) -> list[Image]:
    if segment.kind == "figure":
        found = [image for inner in segment.segments for image in _images(inner, load)]
        segment.settle("figure", "picture")
        return found
    if segment.kind != "anchor" or not segment.open or segment.element is None:
        return []
    image = load(shown(segment))
    if image is None:
        segment.leave_out("icon")
        return []
    segment.settle("picture", "picture")
    return [image]


def shown(segment: Segment) -> ImageCandidates:
    """What the page offers for the picture element of an anchor segment."""
    if segment.element is None:
        return ImageCandidates((), "", "", 0, 0)
    width, height = declared_size(segment.element)
    return ImageCandidates(
        tuple(sources_of(segment.element)),
        own_source(segment.element),
        telling(fold(attribute(segment.element, "alt"))),
        width,
        height,
    )


# ---------------------------------------------------------------------------------------------------- caption and credit near


def _adopt_neighbours(segments: list[Segment]) -> None:
    for index, segment in enumerate(segments):
        if not isinstance(segment.block, Figure) or not segment.open:
            continue
        near = _following(segments, index)
        if near is not None and near.word_count <= 12 and names_makers(near) and _module(segments, index, near):
            segment.leave_out("author-box")
            continue
        if not segment.block.caption and near is not None:
            module = _module(segments, index, near)
            _adopt(segment, near, "caption-in-module" if module or _is_lone_entry(near) else "caption-after-picture")
            _extend_caption(segment, module)
        if not segment.block.caption and not segment.block.credit:
            _adopt(segment, _preceding(segments, index), "caption-before-picture")
        if segment.block.caption and not segment.block.credit:
            _adopt_credit(segment, _following(segments, index))
        _leave_copy(segment.block, _following(segments, index))


def _leave_copy(figure: Figure, near: Segment | None) -> None:
    """Leaves out the caption that is said once more behind the picture, for another kind of screen."""
    caption = fold_name(text_of(figure.caption))
    copy = fold_name(near.text) if near is not None and caption else ""
    if near is not None and copy and copy in (caption, f"{caption} {fold_name(text_of(figure.credit))}".strip()):
        near.leave_out("repeated-caption")


def _is_alternative(near: Segment, figure: Figure) -> bool:
    """Whether the text repeats what the page says of the picture for those who cannot see it."""
    said = fold_name(near.text)
    return len(said) > 20 and any(
        said in fold_name(image.alt) or fold_name(image.alt)[:-1] == said for image in figure.images if image.alt
    )


def _module(segments: list[Segment], index: int, near: Segment) -> list[Segment]:
    """The few short texts that share a box of the page with the picture alone: its caption."""
    figure = segments[index]
    if figure.element is None or near.element is None:
        return []
    around = {id(each) for each in near.element.parents}
    box = next((each for each in figure.element.parents if id(each) in around), None)
    if box is None or box.name in ("body", "article", "main", "html", "section"):
        return []
    texts = [segment for segment in _inside(box, segments, index) if segment.open and segment is not segments[index]]
    short = len(texts) <= 3 and sum(segment.word_count for segment in texts) <= CAPTION_WORDS
    return texts if short and all(segment.kind == "paragraph" for segment in texts) and near in texts else []


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


def _following(segments: list[Segment], index: int) -> Segment | None:
    for later in segments[index + 1 : index + 5]:
        if later.kind in ("paragraph", "heading", "list") and later.open:
            return later
        if later.open and later.kind != "furniture":
            return None
    return None


def _preceding(segments: list[Segment], index: int) -> Segment | None:
    before = segments[index - 1] if index else None
    return before if before is not None and before.open and before.kind == "paragraph" else None


def _adopt(figure: Segment, near: Segment | None, rule: str) -> None:
    if near is None or near.word_count > CAPTION_WORDS or not isinstance(figure.block, Figure):
        return
    own = own_names(near)
    marked = named(own, "caption") or named(own, "credit") or rule == "caption-in-module" or in_figcaption(near)
    marked = marked or _is_alternative(near, figure.block)
    caption, credit = parted(near, [], "") if marked and near.inlines else _unmarked(near)
    if not marked and not (credit and (not caption or len(text_of(caption).split()) <= 45)):
        return
    if rule == "caption-before-picture" and not marked:
        return
    figure.block = Figure(
        figure.block.images, caption or figure.block.caption, (Text(credit),) if credit else figure.block.credit
    )
    near.settle("caption" if caption else "credit", rule)


def _unmarked(near: Segment) -> tuple[tuple[Inline, ...], str]:
    """Caption and credit of a text that nothing but its words and its place may make one."""
    caption, credit = split_credit(near.text)
    return (_caption_words(near, caption) if caption else ()), credit


def _extend_caption(figure: Segment, module: list[Segment]) -> None:
    for more in module:
        if more.open and isinstance(figure.block, Figure):
            caption = (*figure.block.caption, Text(" "), *more.inlines) if figure.block.caption else more.inlines
            figure.block = Figure(figure.block.images, caption, figure.block.credit)
            more.settle("caption", "caption-in-module")


def _caption_words(near: Segment, caption: str) -> tuple[Inline, ...]:
    return cut(near.inlines, caption) if near.inlines else (Text(caption),)


def _adopt_credit(figure: Segment, near: Segment | None) -> None:
    if near is not None and isinstance(figure.block, Figure) and is_credit(near.text) and near.word_count <= 12:
        figure.block = Figure(figure.block.images, figure.block.caption, (Text(strip_lead(near.text)),))
        near.settle("credit", "credit-after-picture")


def _adopt_remote_credits(segments: list[Segment]) -> None:
    """``Titelbild: X``, in one line or as a label and a line, is the credit of the first picture that has none."""
    for index, segment in enumerate(segments):
        if not segment.open or segment.kind != "paragraph" or segment.word_count > 16:
            continue
        if _REMOTE.match(segment.text):
            _credit_first(segments, [segment])
        elif segment.text.strip(" :").casefold() in cues("remote_credit") and index + 1 < len(segments):
            following = segments[index + 1]
            if following.open and like_name(following.text):
                _credit_first(segments, [following, segment])


def _credit_all(segments: list[Segment]) -> None:
    """Takes "All photos by X", a sentence at the end of the article, for the credit of every picture that has none."""
    closing = [segment for segment in segments if segment.open and segment.kind == "paragraph"][-CLOSING_PIECES:]
    for segment in closing:
        found = _ALL_BY.search(segment.text) if segment.word_count <= CAPTION_WORDS else None
        if found is None or not like_name(found["who"].strip()):
            continue
        for target in segments:
            if target.open and isinstance(target.block, Figure) and not target.block.credit:
                target.block = Figure(target.block.images, target.block.caption, (Text(found["who"].strip()),))
        if found.group().strip(" .") == segment.text.strip(" ."):
            segment.settle("credit", "remote-credit")


def _credit_first(segments: list[Segment], told: list[Segment]) -> None:
    target = next((each for each in segments if isinstance(each.block, Figure) and each.open), None)
    if target is not None and isinstance(target.block, Figure) and not target.block.credit:
        target.block = Figure(target.block.images, target.block.caption, (Text(strip_lead(told[0].text)),))
        for segment in told:
            segment.settle("credit", "remote-credit")


def _read_attributes(segments: list[Segment]) -> None:
    """A caption that the page shows over the enlarged picture only, and holds in an attribute."""
    for segment in segments:
        figure = segment.block
        if isinstance(figure, Figure) and segment.open and not figure.caption and len(figure.images) == 1:
            told = next((text for inner in (segment, *segment.segments) if (text := told_in_attribute(inner))), "")
            caption, credit = split_credit(told)
            if caption or credit:
                named_by = (Text(credit),) if credit else figure.credit
                segment.block = Figure(figure.images, (Text(caption),) if caption else (), named_by)


def _read_alternatives(segments: list[Segment]) -> None:
    """A credit at the end of the alt text is taken when the page prints neither caption nor credit."""
    for segment in segments:
        figure = segment.block
        if (
            isinstance(figure, Figure)
            and segment.open
            and not figure.caption
            and not figure.credit
            and len(figure.images) == 1
        ):
            _, credit = split_credit(figure.images[0].alt)
            if credit:
                segment.block = Figure(figure.images, (), (Text(credit),))


def _print_once(segments: list[Segment]) -> None:
    """The same picture twice is printed once, unless it says something else the second time."""
    seen: dict[str, str] = {}
    for segment in segments:
        if not isinstance(segment.block, Figure) or not segment.open or len(segment.block.images) != 1:
            continue
        image = segment.block.images[0]
        key = image.asset or image.source.split("?")[0]
        said = text_of(segment.block.caption)
        if key in seen and said in ("", seen[key]):
            segment.leave_out("picture-repeated")
        seen.setdefault(key, said)
