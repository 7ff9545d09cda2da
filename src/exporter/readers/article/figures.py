"""Figures: the pictures of a box with their own texts, those that are found beside or away from it, and those left over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from exporter.corrections.roles import CORRECTION
from exporter.model import Embed, Figure, Image, Text
from exporter.readers.article.byline.line import names_makers
from exporter.readers.article.captions import credited_in_attribute, own_names, texts_of, told_in_attribute
from exporter.readers.article.captions_nearby import AWAY, BESIDE, CAPTION_WORDS, SLIDES, Beside, following
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.images import declared_size, own_source, sources_of, telling
from exporter.readers.dom.search import above
from exporter.readers.lexicon.credits import split as split_credit
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import named
from exporter.readers.segments.containers import misses_picture
from exporter.readers.segments.rule import Rule, Search, decide, settle_by
from exporter.readers.segments.segment import Segment, every, text_of

HOLDERS = ("box", "table")
"""Kinds of segments in which pictures stand that are figures of their own."""
FEW = 3
"""Pictures of a table up to which they are taken for photos."""
THUMBNAIL = 200
"""Pixels of the side of a picture that may be there to choose the large one by."""


class ImageCandidates(Struct, frozen=True):
    """A picture before it is loaded: the addresses that the page offers (best first), the page's own choice, its alt text.

    ``is_lost``: the page tells what it shows and has no address of it left.
    """

    sources: tuple[str, ...]
    own: str
    alt: str
    width: int
    height: int
    is_lost: bool = False


Loader = Callable[[ImageCandidates], Image | None]
"""Turns what the page offers into a picture of the model, or None where the picture was refused as no photo."""


def find_figures(segments: list[Segment], load: Loader, house: str = "") -> None:
    """Gives every figure segment its model node, and settles the segments that became its captions and credits."""
    for segment in segments:
        if segment.kind in HOLDERS and segment.open:
            SIGNS.decide(segment)
            _find(segment.segments, load, house)
    _find(segments, load, house)
    decide(LAST, segments)


def _signs(table: Segment) -> Iterator[Segment]:
    """The flags and marks of a table: more than a few pictures of which the page does not say that they are large."""
    figures = [each for each in table.segments if each.kind == "figure" and each.open] if table.kind == "table" else []
    for each in figures if len(figures) > FEW else ():
        if max(_declared(each)) < THUMBNAIL // 2:
            yield each


SIGNS: Search[Segment] = Search("icon", _signs)
"""Which pictures of a table only mark its rows."""


def _find(segments: list[Segment], load: Loader, house: str) -> None:
    for segment in segments:
        if segment.kind == "figure" and segment.open and segment.block is None:
            _resolve(segment, load, house)
    SLIDES.decide(segments)
    for index, segment in enumerate(segments):
        if isinstance(segment.block, Figure):
            decide(BESIDE, Beside(segments, index, following(segments, index)))
    decide(AWAY, segments)
    _read_attributes(segments)
    _read_alternatives(segments)


def offered(segments: list[Segment]) -> list[tuple[str, ...]]:
    """The addresses of each picture that :func:`find_figures` will ask for, so that they can be fetched side by side."""
    found: list[tuple[str, ...]] = []
    for segment in segments:
        if segment.kind in HOLDERS and segment.open:
            found.extend(offered(segment.segments))
        elif segment.kind == "figure" and segment.open and segment.block is None:
            found.extend(offered_inside(segment))
    return found


def offered_inside(segment: Segment) -> list[tuple[str, ...]]:
    """The addresses of the pictures inside a segment."""
    if segment.kind == "figure":
        return [each for inner in segment.segments for each in offered_inside(inner)]
    return [shown(segment).sources] if segment.kind == "anchor" and segment.open else []


def _orphans(segments: list[Segment]) -> Iterator[Segment]:
    """Short texts that their own elements call captions or credits, with no picture left to belong to."""
    for segment in segments:
        if segment.open and segment.kind == "paragraph" and segment.word_count <= CAPTION_WORDS and _is_orphan(segment):
            yield segment


def _is_orphan(segment: Segment) -> bool:
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
    # A lightbox holds its picture twice, small and large.
    images = list({image.source or image.asset: image for image in images}.values())
    rule = settle_by(NO_FIGURE, _Loaded(segment, images), segment)
    if not rule:
        caption, credit = texts_of(segment, house)
        segment.block = Figure(tuple(images), caption, credit)
    elif not images:
        for inner in segment.segments:
            inner.leave_out(rule)


class _Loaded(Struct, frozen=True):
    """A figure's segment, and those of its pictures that could be had."""

    segment: Segment
    images: list[Image]


def _is_face(loaded: _Loaded) -> bool:
    """Whether a picture shows who wrote the article: it stands in one figure with the byline."""
    inside = loaded.segment.segments
    return any(inner.word_count <= 12 and names_makers(inner) for inner in inside if inner.open)


NO_FIGURE: tuple[Rule[_Loaded], ...] = (
    Rule("no-picture", lambda loaded: not loaded.images),
    Rule("author-box", _is_face),
)
"""Why a box of pictures is no figure of the article."""

PICTURES: tuple[Rule[Image | None], ...] = (
    Rule("picture", lambda image: image is not None, "picture"),
    Rule("icon", lambda image: image is None),
)
"""What a picture's place on the page is, by what was loaded for it; None where the picture was refused as no photo."""

GALLERIES: tuple[Rule[Segment], ...] = (Rule("picture", lambda segment: segment.kind == "figure", "figure"),)
"""What a figure inside a figure is: its pictures are the outer one's."""


def restored(segment: Segment, load: Loader, house: str) -> bool:
    """Gives a figure its model node although rules left it out; False where no picture of it can be loaded."""
    # Refused as icons by rules that the correction overrules.
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
        settle_by(GALLERIES, segment, segment)
        return found
    if segment.kind != "anchor" or segment.element is None:
        return []
    candidates = shown(segment)
    if candidates.is_lost:
        segment.reopen()
    if not segment.open:
        return []
    image = load(candidates)
    settle_by(PICTURES, image, segment)
    return [image] if image is not None else []


def shown(segment: Segment) -> ImageCandidates:
    """What the page offers for the picture element of an anchor segment."""
    if segment.element is None:
        return ImageCandidates((), "", "", 0, 0)
    width, height = declared_size(segment.element)
    figure = segment.element if segment.element.name == "figure" else above(segment.element, "figure")
    return ImageCandidates(
        tuple(sources_of(segment.element)),
        own_source(segment.element),
        telling(fold(attribute(segment.element, "alt"))),
        width,
        height,
        figure is not None and misses_picture(figure),
    )


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
    """A credit in an attribute, where the page prints none; one at the end of the alt text, where it prints no caption."""
    for segment in segments:
        figure = segment.block
        if isinstance(figure, Figure) and segment.open and not figure.credit and len(figure.images) == 1:
            held = next((said for inner in every([segment]) if (said := credited_in_attribute(inner))), "")
            credit = held or ("" if figure.caption else split_credit(figure.images[0].alt)[1])
            if credit:
                segment.block = Figure(figure.images, figure.caption, (Text(credit),))


def _repeated(segments: list[Segment]) -> Iterator[Segment]:
    """The same picture a second time, unless it says something else then."""
    seen: dict[str, str] = {}
    large: set[str] = set()
    for segment in segments:
        if not isinstance(segment.block, Figure) or not segment.open or len(segment.block.images) != 1:
            continue
        image = segment.block.images[0]
        # The query of an address asks for another size of the same picture.
        key = image.asset or image.source.split("?")[0]
        said, name = text_of(segment.block.caption), image.source.split("?")[0].rsplit("/", 1)[-1]
        small = 0 < max(_declared(segment)) <= THUMBNAIL
        if (key in seen and said in ("", seen[key])) or (small and not said and name in large):
            yield segment
        seen.setdefault(key, said)
        large.update(() if small else [name])


def _declared(segment: Segment) -> tuple[int, int]:
    """Width and height that the page declares of a figure's first picture."""
    found = next(
        (each.element for each in every([segment]) if each.kind == "anchor" and each.element is not None), None
    )
    return declared_size(found) if found is not None else (0, 0)


def _below_players(segments: list[Segment]) -> Iterator[Segment]:
    """Texts called captions below a video, post or player that has none yet."""
    for index, segment in enumerate(segments):
        near = following(segments, index) if isinstance(segment.block, Embed) and segment.open else None
        if near is None or not isinstance(segment.block, Embed) or segment.block.caption:
            continue
        if near.inlines and near.word_count <= CAPTION_WORDS and named(own_names(near), "caption"):
            segment.block = replace(segment.block, caption=near.inlines)
            yield near


LAST: tuple[Search[list[Segment]], ...] = (
    Search("embed-caption", _below_players, "caption"),
    Search("picture-repeated", _repeated),
    Search("caption-without-picture", _orphans),
)
"""What is left out when every picture has its texts."""
