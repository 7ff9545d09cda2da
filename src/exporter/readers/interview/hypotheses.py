"""The manners in which publishers set questions apart, each met on the page as one reading of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from bs4 import Tag
from msgspec import Struct, field

from exporter.readers.dom.search import above
from exporter.readers.interview.utterances import PageFacts, Utterance
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.segments.labels import Voices, same_voice

LONGEST_QUESTION = 160
"""Words. Longer segments of a question's dress are introductions or boxes."""
MOSTLY_BRIEF = 0.9
"""A look of which fewer segments than this share are short enough for a question is that of the running text."""
LEAST_RECURRING = 3
"""Parts that must have a sign or a word in front in common, before that may be a manner."""

DASHES = ("—", "–", "-", "――", "──")
"""Marks in front that the utterances of all voices may have."""
LEAST_ALTERNATING = 6
"""Utterances with such a mark from which they may be those of two voices in turn."""
MOSTLY_BEFORE_BOXES = 0.6
"""Share of what stands outside of boxes that must stand right before one, for the boxes to be answers."""

_QUOTATION = "\"“„«»「『‘'"
_CLOSING_QUOTATION = "\"”“»«」』’'"
_BEFORE_SEPARATOR = re.compile(
    r"^\W{0,3}([^\W\d_][^:：–—|\n(]{0,28}?|[^\W\d_]?\d{0,3})\s?(?:[:：–—|)]|\s-|\.\s?[-–—])\s?(?=\S)"
)
_BRACKETED_LAST = re.compile(r"[(\[（]([^()\[\]（）]{2,30})[)\]）]\W*$")
_BRACKETED_FIRST = re.compile(r"^\W{0,3}[(\[（]([^()\[\]（）]{1,30})[)\]）]")


class Hypothesis(Struct):
    """One way to read the page: which utterances are questions. ``starts`` are those that open an answer (labels).

    ``roles`` says that the labels are words for question and answer, not names; ``score`` how likely the reading is, 0 to 1;
    ``times`` how many manners lead to the same questions.
    """

    manner: str
    questions: set[int]
    starts: dict[int, str] = field(default_factory=dict)
    speakers: dict[int, str] = field(default_factory=dict)
    score: float = 0.0
    roles: bool = False
    times: int = 0


def hypotheses_of(utterances: list[Utterance], facts: PageFacts) -> Iterable[Hypothesis]:
    """Every manner met on the page, as one reading each."""
    yield from _labelled(utterances, facts)
    looks: dict[str, set[int]] = {}
    for index, utterance in enumerate(utterances):
        if utterance.segment.kind in ("paragraph", "heading"):
            for look in _looks(utterance):
                looks.setdefault(look, set()).add(index)
    for look, members in looks.items():
        brief = {index for index in members if utterances[index].words <= LONGEST_QUESTION}
        if len(brief) >= 2 and len(brief) >= len(members) * MOSTLY_BRIEF:
            yield Hypothesis(look, brief)
    headings = {
        index
        for index, utterance in enumerate(utterances)
        if utterance.segment.kind == "heading" and utterance.words <= LONGEST_QUESTION
    }
    yield Hypothesis("heading", headings)
    yield from _alternating(utterances)
    yield from _before_boxes(utterances)
    yield from _recurring(utterances)
    yield Hypothesis(
        "question-mark",
        {
            index
            for index, utterance in enumerate(utterances)
            if utterance.is_question
            and utterance.words <= 70
            and not utterance.label
            and utterance.segment.kind != "list"
        },
    )


def _alternating(utterances: list[Utterance]) -> Iterable[Hypothesis]:
    """Of utterances that all begin with one dash, every second: each voice has it, and nothing else tells them apart."""
    for mark in DASHES:
        spoken = [index for index, each in enumerate(utterances) if each.mark == mark and each.tone == "plain"]
        if len(spoken) >= LEAST_ALTERNATING:
            yield Hypothesis(f"mark {mark} in turn", set(spoken[::2]), dict.fromkeys(spoken[1::2], ""))


def _before_boxes(utterances: list[Utterance]) -> Iterable[Hypothesis]:
    """What stands alone in front of each of the boxes that hold the answers."""
    asked = {
        index
        for index, (one, other) in enumerate(pairwise(utterances))
        if other.part.box and not one.part.box and one.words <= LONGEST_QUESTION
    }
    outside = {index for index, each in enumerate(utterances) if not each.part.box and index >= min(asked, default=0)}
    if len(asked) >= LEAST_RECURRING and len(asked) >= len(outside) * MOSTLY_BEFORE_BOXES:
        yield Hypothesis("boxed answers", asked)


def _recurring(utterances: list[Utterance]) -> Iterable[Hypothesis]:
    """Whatever sign, or short words up to a separator or in brackets, three parts or more have in common."""
    for kind, found in (("sign", leading_sign), ("token", leading_token), ("quoted", enclosing_marks)):
        members: dict[str, set[int]] = {}
        for index, utterance in enumerate(utterances):
            key = found(utterance.segment.text)
            if key:
                members.setdefault(key, set()).add(index)
        for key, indexes in sorted(members.items()):
            if len(indexes) >= LEAST_RECURRING:
                yield Hypothesis(f"{kind} {key}", indexes)


def leading_sign(text: str) -> str:
    """The sign in front of the text that is no letter and no quotation mark, whatever it is; ``""`` for none."""
    sign = text[:1]
    if not sign or sign.isalnum() or sign in _QUOTATION:
        return ""
    return sign + ("n" if text[1:3].strip()[:1].isdigit() else "")


def enclosing_marks(text: str) -> str:
    """The quotation mark that opens the text, where one also closes it and none is between; ``""`` for none."""
    opens = text[:1] and text[0] in _QUOTATION
    return text[0] if opens and text[-1:] in _CLOSING_QUOTATION and text[0] not in text[1:-1] else ""


def leading_token(text: str) -> str:
    """Short words in front of a separator, or in brackets at either end, folded; ``""`` for none."""
    found = _BEFORE_SEPARATOR.match(text) or _BRACKETED_FIRST.match(text)
    if found:
        return f"p{fold_name(found[1])}"
    found = _BRACKETED_LAST.search(text)
    return f"s{fold_name(found[1])}" if found else ""


def column_of(utterance: Utterance) -> str:
    """Which of the two cells of its row the utterance stands in, ``"first"`` or ``"second"``; ``""`` outside such a row."""
    element = utterance.part.segment.element
    cell = element if element is None or element.name == "td" else above(element, "td")
    row = above(cell, "tr") if cell is not None else None
    cells = (
        [each for each in row.children if isinstance(each, Tag) and each.name in ("td", "th")]
        if row is not None
        else []
    )
    if len(cells) != 2:
        return ""
    return "first" if cells[0] is cell else "second"


def _looks(utterance: Utterance) -> Iterable[str]:
    segment = utterance.segment
    if column := column_of(utterance):
        yield f"column {column}"
    if segment.kind == "heading":
        yield f"heading-{segment.level}"
    elif utterance.tone != "plain":
        yield f"{utterance.tone}-paragraph"
    if segment.element is not None and segment.is_named("question"):
        yield "question-class"
    if utterance.mark:
        yield f"mark {utterance.mark} {utterance.tone}"
        yield f"mark {utterance.mark}"
    if segment.dress:
        element, *worn = segment.dress.own
        yield from (f"worn {element} {part}" for part in worn if part)
        yield f"dress {segment.dress}"
        yield f"dress {segment.dress} {utterance.tone}"


def _labelled(utterances: list[Utterance], facts: PageFacts) -> Iterable[Hypothesis]:
    """Labels on the turns of both sides."""
    yield from _one_sided(utterances)
    voices = voices_of(utterances)
    if len(voices) < 2:
        return
    askers = askers_among(utterances, voices, facts)
    if not askers or len(askers) == len(voices):
        return
    hypothesis = Hypothesis(
        "label", set(), roles=any(_role(utterances, found) == "question" for found in voices.values())
    )
    known, current = Voices(voices), ""
    for index, utterance in enumerate(utterances):
        voice = voice_of(utterance, known)
        if voice:
            current = voice
            hypothesis.speakers[index] = utterance.label.name if utterance.label else ""
            if voice in askers:
                hypothesis.questions.add(index)
            else:
                hypothesis.starts[index] = voice
        elif (
            current in askers
            and index - 1 in hypothesis.questions
            and utterance.tone == utterances[index - 1].tone
            and utterance.is_question
        ):
            hypothesis.questions.add(index)
    yield hypothesis


def _one_sided(utterances: list[Utterance]) -> Iterable[Hypothesis]:
    """Labels on the questions alone: a bare "Q:", or one voice that mostly asks."""
    counted: dict[str, set[int]] = {}
    for index, utterance in enumerate(utterances):
        if utterance.label is not None:
            key = "question" if utterance.label.role == "question" else utterance.label.key
            counted.setdefault(key, set()).add(index)
    for key, found in counted.items():
        asking = sum(utterances[index].is_question for index in found)
        if len(found) >= 3 and (key == "question" or asking >= len(found) * 0.6):
            yield Hypothesis("label one", found, speakers=dict.fromkeys(found, ""), roles=key == "question")


def voices_of(utterances: list[Utterance]) -> dict[str, list[int]]:
    """Speaker → units with that speaker's label; forms of one name together."""
    counted: dict[str, list[int]] = {}
    met = Voices()
    for index, utterance in enumerate(utterances):
        if utterance.label is None:
            continue
        known = met.find(utterance.label.name)
        if known is None:
            known = utterance.label.name
            met.add(known)
        counted.setdefault(known, []).append(index)
    whole = sum(len(each) for each in counted.values())
    if whole < 4:
        return {}
    return {name: found for name, found in counted.items() if len(found) >= 2 or utterances[found[0]].label.emphatic}  # type: ignore[union-attr]


def voice_of(utterance: Utterance, voices: Voices) -> str:
    """Which of the speakers the utterance is labelled with; ``""`` without a label, or with another."""
    return (utterance.label and voices.find(utterance.label.name)) or ""


def askers_among(utterances: list[Utterance], voices: dict[str, list[int]], facts: PageFacts) -> set[str]:
    """Those of the speakers who ask: by their label's word, by name, else by how often and how briefly they ask."""
    roles = {name: _role(utterances, found) for name, found in voices.items()}
    if "question" in roles.values():
        return {name for name, role in roles.items() if role == "question"}
    known = {name for name in voices if any(same_voice(name, one) for one in facts.interviewers if one)}
    if known and len(known) < len(voices):
        return known
    strength = {name: _asking_strength([utterances[index] for index in found]) for name, found in voices.items()}
    best = max(strength.values())
    if _asked_without_label(utterances, voices, max(strength, key=strength.__getitem__)):
        return set()
    return {name for name, value in strength.items() if value >= best * 0.75 and value > 0}


def _asked_without_label(utterances: list[Utterance], voices: dict[str, list[int]], most: str) -> bool:
    """Whether somebody without a label asks those who have one, as at a round table, and more than the voice that asks most."""
    asked = [
        other.label is not None
        for one, other in pairwise(utterances)
        if one.is_question and one.label is None and one.words <= LONGEST_QUESTION
    ]
    labelled = sum(utterances[index].is_question for index in voices[most])
    most_asked = max(labelled * (1 if labelled < len(voices[most]) * 0.5 else 2), len(asked) * 0.6)
    return len(voices) > 1 and LEAST_RECURRING <= sum(asked) > most_asked


def _role(utterances: list[Utterance], found: list[int]) -> str:
    labels = [label for index in found if (label := utterances[index].label) is not None]
    return labels[0].role if labels else ""


def _asking_strength(found: list[Utterance]) -> float:
    share = sum(utterance.is_question for utterance in found) / len(found)
    return share + 0.2 / (1 + median(utterance.words for utterance in found) / 30)
