"""The captions of what is no photo: a table's in the box around it, a gallery's own, a player's."""

from __future__ import annotations

from bs4 import Tag
from msgspec.structs import replace

from exporter.model import Embed, Inline, Text
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above, elements
from exporter.readers.lexicon.vocabulary import named
from exporter.readers.segments.embeds import EMBED_CAPTION, is_of_caption
from exporter.readers.segments.inlines import convert
from exporter.readers.segments.segment import Segment


def table_with_caption(inside: list[Segment]) -> list[Segment]:
    """The segments of a box around a table: words that the box has for a caption are the table's."""
    table = next((each for each in inside if each.kind == "table"), None)
    told = [each for each in inside if each.open and each.inlines and (is_of_caption(each) or each.is_named("credit"))]
    if table is None:
        return inside
    table.segments = [*table.segments, *told]
    return [each for each in inside if each not in told]


def gallery_with_caption(inside: list[Segment], gallery: Tag) -> list[Segment]:
    """The segments of a figure of figures: its own caption is that of all its pictures, which are one where none has words."""
    told = [each for each in inside if each.open and each.inlines and _is_own_caption(each, gallery)]
    pictures = [each for each in inside if each.kind == "figure" and each.open]
    if not told or not pictures:
        return inside
    last = pictures[-1]
    if not any(each.text for each in pictures):
        last.segments = [part for each in pictures for part in each.segments]
        inside = [each for each in inside if each is last or each not in pictures]
    last.segments = [*last.segments, *told]
    last.text = " ".join(filter(None, (last.text, *(each.text for each in told))))
    return [each for each in inside if each not in told]


def embed_with_caption(inside: list[Segment]) -> list[Segment]:
    """The segments of a figure for a player or post: what stands in its caption is its caption."""
    caption: tuple[Inline, ...] = ()
    for each in EMBED_CAPTION.decide(inside):
        caption = (*caption, *([Text(" ")] if caption else []), *each.inlines)
    for each in inside:
        if caption and each.open and isinstance(each.block, Embed):
            each.block = replace(each.block, caption=caption)
    return inside


def with_own_caption(segment: Segment, tag: Tag, base_url: str) -> Segment:
    """A player that is not loaded yet, with the caption that its box holds beside the request for leave."""
    told = next((each for each in elements(tag) if named(attribute(each, "class"), "caption")), None)
    if told is not None and isinstance(segment.block, Embed):
        segment.block = replace(segment.block, caption=convert(list(told.children), base_url))
    return segment


def _is_own_caption(segment: Segment, figure: Tag) -> bool:
    """Whether the words stand in the caption that is the figure's own, not in that of one in it."""
    caption = segment.element
    while caption is not None and caption.name != "figcaption":
        caption = caption.parent
    return caption is not None and above(caption, "figure") is figure
