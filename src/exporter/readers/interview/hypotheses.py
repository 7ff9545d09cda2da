"""The manners in which publishers set questions apart, each met on the page as one reading of it."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from msgspec import Struct, field

from exporter.readers.interview.utterances import PageFacts, Utterance
from exporter.readers.lexicon.vocabulary import named
from exporter.readers.segments.labels import Voices, same_voice

LONGEST_QUESTION = 160
"""Words. Longer segments of a question's dress are introductions or boxes."""
MOSTLY_BRIEF = 0.9
"""A look of which fewer segments than this share are short enough for a question is that of the running text."""


class Hypothesis(Struct):
    """One way to read the page: which units are questions. ``starts`` are units that open an answer (labels).

    ``numbered`` says that the questions are counted, ``roles`` that their labels are words for question and answer, not names.
    """

    manner: str
    questions: set[int]
    starts: dict[int, str] = field(default_factory=dict)
    speakers: dict[int, str] = field(default_factory=dict)
    score: float = 0.0
    numbered: bool = False
    roles: bool = False


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


def _looks(utterance: Utterance) -> Iterable[str]:
    segment = utterance.segment
    if segment.kind == "heading":
        yield f"heading-{segment.level}"
    elif utterance.tone != "plain":
        yield f"{utterance.tone}-paragraph"
    if segment.element is not None and named(segment.names.strip(), "question"):
        yield "question-class"
    if utterance.mark:
        yield f"mark {utterance.mark} {utterance.tone}"
        yield f"mark {utterance.mark}"
    if segment.dress:
        own = segment.dress.partition("|<")[0].split("|")
        yield from (f"worn {own[0]} {part}" for part in own[1:] if part)
        yield f"dress {segment.dress}"
        yield f"dress {segment.dress} {utterance.tone}"


def _labelled(utterances: list[Utterance], facts: PageFacts) -> Iterable[Hypothesis]:
    """Labels on the turns of both sides."""
    yield from _one_sided(utterances)
    voices = _voices(utterances)
    if len(voices) < 2:
        return
    askers = _askers(utterances, voices, facts)
    if not askers or len(askers) == len(voices):
        return
    hypothesis = Hypothesis(
        "label", set(), roles=any(_role(utterances, found) == "question" for found in voices.values())
    )
    known, current = Voices(voices), ""
    for index, utterance in enumerate(utterances):
        voice = _voice_of(utterance, known)
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


def _voices(utterances: list[Utterance]) -> dict[str, list[int]]:
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


def _voice_of(utterance: Utterance, voices: Voices) -> str:
    return (utterance.label and voices.find(utterance.label.name)) or ""


def _askers(utterances: list[Utterance], voices: dict[str, list[int]], facts: PageFacts) -> set[str]:
    """Those of the speakers who ask: by their label's word, by name, else by how often and how briefly they ask."""
    roles = {name: _role(utterances, found) for name, found in voices.items()}
    if "question" in roles.values():
        return {name for name, role in roles.items() if role == "question"}
    known = {name for name in voices if any(same_voice(name, one) for one in facts.interviewers if one)}
    if known and len(known) < len(voices):
        return known
    strength = {name: _asking_strength([utterances[index] for index in found]) for name, found in voices.items()}
    best = max(strength.values())
    return {name for name, value in strength.items() if value >= best * 0.75 and value > 0}


def _role(utterances: list[Utterance], found: list[int]) -> str:
    labels = [label for index in found if (label := utterances[index].label) is not None]
    return labels[0].role if labels else ""


def _asking_strength(found: list[Utterance]) -> float:
    share = sum(utterance.is_question for utterance in found) / len(found)
    return share + 0.2 / (1 + median(utterance.words for utterance in found) / 30)
