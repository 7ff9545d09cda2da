"""The units an interview is decided over: every segment that may be a question or an answer, cut where both share a block."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from msgspec import Struct

from exporter.model import Inline, LineBreak, Strong
from exporter.readers.lexicon.grammar import replies, uses_person
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.inlines import lines, tidy
from exporter.readers.segments.labels import Label, bare_label, drop, is_name, label_of, without_time
from exporter.readers.segments.segment import LEFT_OUT, Segment, text_of

RUN_IN = 3
"""Paragraphs that begin with a bold question, above which one that begins with a bold remark is cut as well."""
_MARKS = re.compile(r"^(?P<mark>――|──|—|–|-|\*+|::|:|•|►|>>?|_|#|\+|/{2})\s?(?=\S)|^(?P<number>\d{1,2})[.)]\s")


class Utterance(Struct, dict=True):
    """A segment that may be a question or an answer, with what is known of it."""

    segment: Segment
    tone: str
    label: Label | None
    mark: str
    words: int
    is_question: bool
    language: str = ""
    parted: bool = False

    @cached_property
    def addresses(self) -> bool:
        """Whether somebody is spoken to."""
        return uses_person(self.segment.text, "second", self.language)

    @cached_property
    def says_i(self) -> bool:
        """Whether somebody speaks of himself."""
        return uses_person(self.segment.text, "first", self.language)

    @cached_property
    def replies(self) -> bool:
        """Whether the words begin as an answer does."""
        return replies(self.segment.text, self.language)


class PageFacts(Struct):
    """What the page says about itself that bears on the decision; ``people`` are full names in small letters."""

    names: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    announced: bool = False
    quoted: bool = False
    faq: bool = False
    language: str = ""


def utterances_of(segments: list[Segment], language: str = "") -> list[Utterance]:
    """The segments that may speak; ``parted`` tells those in front of which the page draws a line."""
    utterances: list[Utterance] = []
    parted = False
    for segment in segments:
        if _may_speak(segment):
            utterances.append(_utterance(segment, language))
            utterances[-1].parted = parted
            parted = False
        elif segment.kind == "rule" and segment.open:
            parted = True
    _doubt_initials(utterances)
    _label_bare_names(utterances)
    return utterances


def _label_bare_names(utterances: list[Utterance]) -> None:
    """Takes a bold name with no colon behind it for a label where it stands so in front of three paragraphs or more."""
    found = {
        index: label
        for index, utterance in enumerate(utterances)
        if (label := bare_label(utterance.segment)) and not utterance.label
    }
    counted = Counter(label.key for label in found.values())
    for index, label in found.items():
        if counted[label.key] >= 3:
            utterances[index].label = label


def _doubt_initials(utterances: list[Utterance]) -> None:
    """Takes "P." and "R." for labels only where both sides of a talk have them: else they are initials of names."""
    stopped = [utterance for utterance in utterances if utterance.label is not None and utterance.label.stopped]
    roles = Counter(utterance.label.role for utterance in stopped if utterance.label is not None)
    if min(roles["question"], roles["answer"]) < 2 and not _asks_by_label(stopped):
        for utterance in stopped:
            utterance.label = None


def _asks_by_label(stopped: list[Utterance]) -> bool:
    """Whether one letter stands in front of three questions or more, all set in type of their own: "Q. …" in bold."""
    letters = {
        utterance.label.key
        for utterance in stopped
        if utterance.label is not None and utterance.label.role == "question"
    }
    return len(stopped) >= 3 and len(letters) == 1 and all(utterance.tone != "plain" for utterance in stopped)


def _label(segment: Segment) -> Label | None:
    """The label in front of the segment, or the one that stands on a line of its own above it."""
    if segment.label:
        return Label(segment.label, 0, True, "")
    return label_of(segment) if segment.inlines and segment.link_density < 0.5 else None


def adopt_labels(segments: list[Segment]) -> None:
    """Names on lines of their own, two of them or more in turn, become the labels of what follows them."""
    kept = [segment for segment in segments if segment.became != LEFT_OUT]
    lone = [(index, segment) for index, segment in enumerate(kept[:-1]) if _is_lone_name(segment, kept[index + 1])]
    counted = Counter(without_time(segment.text) for _, segment in lone)
    if len(counted) < 2 or sum(counted.values()) < 4 or min(counted.values()) < 2:
        return
    for index, segment in lone:
        kept[index + 1].label = without_time(segment.text).strip(" :")
        segment.settle("label", "label-line")


def _is_lone_name(segment: Segment, following: Segment) -> bool:
    if (
        not segment.open
        or not following.open
        or following.kind != "paragraph"
        or segment.kind not in ("paragraph", "heading")
    ):
        return False
    name = without_time(segment.text).strip(" :")
    return len(name.split()) <= 4 and is_name(name) and name[-1:] not in ".?!…"


def _may_speak(segment: Segment) -> bool:
    return segment.open and segment.kind in ("paragraph", "heading", "list", "preformatted") and bool(segment.text)


def _utterance(segment: Segment, language: str) -> Utterance:
    mark = _MARKS.match(segment.text)
    found = (mark["mark"] or "number") if mark else ""
    return Utterance(
        segment,
        emphasis_of(segment.inlines),
        _label(segment),
        found,
        segment.word_count,
        is_question(segment.text),
        language,
    )


def split_shared(segments: list[Segment]) -> list[Segment]:
    """Cuts paragraphs in which a question and its answer share a block, where the page does so as a manner."""
    found = {
        id(segment): cuts
        for segment in segments
        if segment.open and segment.kind == "paragraph" and (cuts := _cuts(segment))
    }
    if len(found) < 2:
        return segments
    run_in = sum(is_question(text_of(cuts[0])) and isinstance(cuts[0][0], Strong) for cuts in found.values())
    made: list[Segment] = []
    for segment in segments:
        cuts = found.get(id(segment), [])
        if not cuts and run_in >= RUN_IN and segment.open and segment.kind == "paragraph":
            cuts = _remark_in_front(segment)
        made.extend(_parts(segment, cuts) if cuts else [segment])
    return made


def _remark_in_front(segment: Segment) -> list[tuple[Inline, ...]]:
    """A bold sentence that asks nothing in front of plain words: a question where others stand so."""
    first = segment.inlines[0] if segment.inlines else None
    if not isinstance(first, Strong) or len(segment.inlines) < 2 or label_of(segment) is not None:
        return []
    text = text_of((first,))
    rest = tidy(drop(segment.inlines, len(text)))
    sentence = len(text.split()) >= 3 and text[-1:] in ".…!"
    return [(first,), rest] if sentence and len(text_of(rest).split()) >= 2 else []


def _cuts(segment: Segment) -> list[tuple[Inline, ...]]:
    """The parts of a paragraph that change voice inside: at a line break, or after bold words that ask."""
    rows = [row for row in lines(segment.inlines) if row] if any(_has_break(each) for each in segment.inlines) else []
    if len(rows) > 1:
        parts = _voiced(rows)
        if len(parts) > 1:
            return parts
    first = segment.inlines[0] if segment.inlines else None
    if isinstance(first, Strong) and len(segment.inlines) > 1:
        text = text_of((first,))
        rest = tidy(drop(segment.inlines, len(text)))
        if is_question(text) and len(text.split()) >= 3 and len(text_of(rest).split()) >= 2:
            return [(first,), rest]
    return []


def _has_break(node: Inline) -> bool:
    return isinstance(node, LineBreak) or any(_has_break(child) for child in getattr(node, "children", ()))


def _voiced(rows: list[tuple[Inline, ...]]) -> list[tuple[Inline, ...]]:
    """Rows joined again as long as they keep their voice: tone, label or mark."""
    parts: list[list[tuple[Inline, ...]]] = []
    last = ""
    for row in rows:
        voice = _voice(row)
        if parts and (voice == last or (voice == "plain" and last.startswith("label"))):
            parts[-1].append(row)
        else:
            parts.append([row])
        last = voice if voice != "plain" or not last.startswith("label") else last
    return [_broken(part) for part in parts]


def _voice(row: tuple[Inline, ...]) -> str:
    text = text_of(row)
    label = label_of(Segment("paragraph", text, row))
    if label is not None:
        return f"label {label.key}"
    tone = emphasis_of(row)
    mark = _MARKS.match(text)
    return tone if tone != "plain" else f"mark {mark['mark']}" if mark and mark["mark"] else "plain"


def _broken(rows: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for row in rows:
        made.extend(([LineBreak()] if made else []) + list(row))
    return tuple(made)


def _parts(segment: Segment, cuts: list[tuple[Inline, ...]]) -> list[Segment]:
    made = [
        Segment(
            "paragraph",
            text_of(part),
            part,
            element=segment.element,
            where=segment.where,
            dress=f"{segment.dress}|{emphasis_of(part)}",
            names=segment.names,
        )
        for part in cuts
    ]
    return [each for each in made if each.text]
