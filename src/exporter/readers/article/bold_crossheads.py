"""Crossheads that a page writes as short bold paragraphs between those of its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import Segment

MOST_WORDS = 12
"""A crosshead is no longer than this."""
FEWEST = 2
"""One bold line alone may be anything."""
_STOPS = '.,:;!…。،؛："”“»)'


def _bold_lines(segments: list[Segment]) -> Iterator[Segment]:
    """Short bold lines with running text behind each, two or more of them, in an article without turns."""
    if any(segment.became in ("question", "answer") for segment in segments):
        return
    open_to_us = [segment for segment in segments if segment.open and segment.text]
    found = [line for line, behind in pairwise(open_to_us) if _heads(line, behind)]
    for line in found if len(found) >= FEWEST and len(found) * 2 <= len(open_to_us) else ():
        line.kind = "heading"
        yield line


def _heads(line: Segment, behind: Segment) -> bool:
    """Whether a paragraph is bold, short, no sentence and no question, and a longer plain paragraph stands behind it."""
    if line.kind != "paragraph" or not 1 < line.word_count <= MOST_WORDS or line.link_density > 0.3:
        return False
    if emphasis_of(line.inlines) != "bold" or line.text.rstrip()[-1:] in _STOPS or is_question(line.text):
        return False
    return behind.kind == "paragraph" and behind.word_count > MOST_WORDS and emphasis_of(behind.inlines) == "plain"


CROSSHEADS = Search("bold-line", _bold_lines, "crosshead")
"""By which a paragraph of an article is a crosshead."""
