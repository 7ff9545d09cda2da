"""Lines that sign a text: who wrote it, or which office, in the forms in which papers print it at the end."""

from __future__ import annotations

import re

from exporter.model import Inline
from exporter.readers.lexicon.names import is_office, only_people, people_in
from exporter.readers.lexicon.reporters import SIGNING
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.labels import drop, take
from exporter.readers.segments.segment import Segment

_SIGNED = (
    re.compile(r"^[—–-]\s*(?P<who>[^\W\d_][^.!?:;@]{2,60})$"),
    re.compile(r"^[(（\[【]\s*(?P<who>[^\W\d_][^.!?:;@()（）]{1,60}?)\s*[)）\]】]$"),
    re.compile(r"^(?P<who>[^\W\d_][^.!?:;@]{2,60}?)\s+[(<\[]?[\w.+-]+@[\w-]+\.[\w.]+[)>\]]?$"),
    SIGNING,
)
"""How texts are signed in their last lines: behind a dash, in brackets, before an address, before the word for a reporter."""


def signature_of(segment: Segment) -> tuple[Inline, ...]:
    """The name in a line that signs, or a line in italics or bold that is an office; ``()`` when it is neither."""
    if segment.kind != "paragraph" or segment.word_count > 12 or not segment.inlines or is_question(segment.text):
        return ()
    found = next((found for form in _SIGNED if (found := form.match(segment.text))), None)
    who = found["who"] if found else ""
    if found and only_people(who) and people_in(who) and (" " in who or not who.isascii()):
        return take(drop(segment.inlines, found.start("who")), len(who))
    office = segment.word_count <= 4 and emphasis_of(segment.inlines) != "plain" and is_office(segment.text)
    return segment.inlines if office else ()
