"""A stretch of a paragraph as a segment of its own."""

from __future__ import annotations

from exporter.model import Inline
from exporter.readers.segments.emphasis import emphasis_of
from exporter.readers.segments.segment import Segment, text_of


def part_of(segment: Segment, inlines: tuple[Inline, ...]) -> Segment:
    """A paragraph made of some words of ``segment``, with its place and style."""
    text = text_of(inlines)
    return Segment(
        "paragraph",
        text,
        inlines,
        element=segment.element,
        where=segment.where,
        dress=segment.dress.emphasised(emphasis_of(inlines)),
        names=segment.names,
        links=round(segment.link_density * len(text)),
    )
