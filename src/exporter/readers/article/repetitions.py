"""What a page says more than once: the article a second time, and the name of each slide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from exporter.readers.article.body import prose
from exporter.readers.lexicon.folding import fold
from exporter.readers.segments.labels import label_of
from exporter.readers.segments.segment import Segment

LEAST_COPIES = 5
"""Paragraphs of running text that must stand twice before a page is one that repeats itself."""
COPIED_SHARE = 0.3
"""Share of the page's paragraphs of running text that the copies must be: half of them where the whole stands twice."""
LEAST = 3
"""Times in a row that a line stands, and words of it, before it is what each slide is called."""
_STOPS = '.!?…:;,。！？”"»'


def copies(segments: list[Segment]) -> list[Segment]:
    """What repeats the words of a paragraph above it, where much of the page does so; else nothing."""
    words = {id(each): _words(each) for each in segments if each.open and each.kind == "paragraph" and each.text}
    repeated = _repeated([each for each in segments if id(each) in words], words)
    running = [each for each in segments if id(each) in words and prose(each)]
    copied = sum(bool(prose(each)) for each in repeated)
    return repeated if copied >= LEAST_COPIES and copied >= len(running) * COPIED_SHARE else []


def _repeated(paragraphs: list[Segment], words: dict[int, str]) -> list[Segment]:
    """Paragraphs whose words stand further up, from the first of running text that does: short answers may recur."""
    said: set[str] = set()
    found: list[Segment] = []
    for paragraph in paragraphs:
        known = words[id(paragraph)]
        if known in said and (found or prose(paragraph)):
            found.append(paragraph)
        said.add(known)
    return found


def recited(segments: list[Segment]) -> Iterator[Segment]:
    """The same line of several words, without a stop at its end, three times or more in a row: what each slide is called."""
    for _, row in groupby((each for each in segments if each.open), lambda each: (each.kind, fold(each.text))):
        said = list(row)
        line = said[0].kind == "paragraph" and said[0].word_count >= LEAST and said[0].text[-1:] not in _STOPS
        if line and len(said) >= LEAST:
            yield from said


def _words(segment: Segment) -> str:
    """The words without the name in front, by which a copy with labels is known from one without."""
    label = label_of(segment) if segment.inlines else None
    return segment.text[label.length if label else 0 :].strip()
