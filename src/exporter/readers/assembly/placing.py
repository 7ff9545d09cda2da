"""Takes a block out of the box that it stands in, or boilerplate apart, so that it can be something by itself."""

from __future__ import annotations

from msgspec.structs import replace

from exporter.model import Figure
from exporter.readers.segments.segment import LEFT_OUT, Segment, every

Around = tuple[Segment, ...]
"""The boxes around a segment, the outermost first."""


def around(segments: list[Segment], wanted: Segment) -> Around | None:
    """The boxes in which the segment stands; None where it is not among the segments at all."""
    for segment in segments:
        if segment is wanted:
            return ()
        inside = around(segment.segments, wanted)
        if inside is not None:
            return (segment, *inside)
    return None


def lifted(segments: list[Segment], wanted: Segment) -> list[Segment]:
    """The segments with one of them outside all boxes: a box around it is parted in two; a figure stays before its words."""
    made: list[Segment] = []
    for segment in segments:
        if segment is not wanted and any(each is wanted for each in every(segment.segments)):
            made += _parted(segment, wanted)
        else:
            made.append(segment)
    return made


def _parted(box: Segment, wanted: Segment) -> list[Segment]:
    inner = lifted(box.segments, wanted)
    place = next(number for number, each in enumerate(inner) if each is wanted)
    if isinstance(box.block, Figure):
        box.segments = inner[:place] + inner[place + 1 :]
        return [box, wanted]
    return [*_rest(box, inner[:place]), wanted, *_rest(box, inner[place + 1 :])]


def _rest(box: Segment, inner: list[Segment]) -> list[Segment]:
    """The box around what is left on one side, if anything is."""
    if not inner:
        return []
    return [replace(box, segments=inner, text=" ".join(each.text for each in inner if each.text))]


def in_place(segments: list[Segment], old: Segment, new: list[Segment]) -> list[Segment]:
    """The segments with others in the place of one, wherever that stands."""
    made: list[Segment] = []
    for segment in segments:
        if segment is old:
            made += new
        else:
            if segment.segments:
                segment.segments = in_place(segment.segments, old, new)
            made.append(segment)
    return made


def is_out(segment: Segment, boxes: Around) -> bool:
    """Whether the segment is left out, by itself or with a box that it stands in."""
    return any(each.became == LEFT_OUT for each in (*boxes, segment))
