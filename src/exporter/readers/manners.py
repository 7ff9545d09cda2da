"""The manners in which publishers set questions apart, each met on the page as one reading of it."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from msgspec import Struct, field

from exporter.readers.units import Setting, Unit
from exporter.readers.vocabulary import named
from exporter.readers.voices import same_voice

LONGEST_QUESTION = 160
"""Words. Longer pieces of a question's dress are introductions or boxes."""
MOSTLY_BRIEF = 0.9
"""A look of which fewer pieces than this share are short enough for a question is that of the running text."""


class Reading(Struct):
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


def readings_of(units: list[Unit], setting: Setting) -> Iterable[Reading]:
    """Every manner met on the page, as one reading each."""
    yield from _labelled(units, setting)
    looks: dict[str, set[int]] = {}
    for index, unit in enumerate(units):
        if unit.piece.kind in ("paragraph", "heading"):
            for look in _looks(unit):
                looks.setdefault(look, set()).add(index)
    for look, members in looks.items():
        brief = {index for index in members if units[index].words <= LONGEST_QUESTION}
        if len(brief) >= 2 and len(brief) >= len(members) * MOSTLY_BRIEF:
            yield Reading(look, brief)
    headings = {
        index for index, unit in enumerate(units) if unit.piece.kind == "heading" and unit.words <= LONGEST_QUESTION
    }
    yield Reading("heading", headings)
    yield Reading(
        "question-mark",
        {
            index
            for index, unit in enumerate(units)
            if unit.asks and unit.words <= 70 and not unit.label and unit.piece.kind != "list"
        },
    )


def _looks(unit: Unit) -> Iterable[str]:
    piece = unit.piece
    if piece.kind == "heading":
        yield f"heading-{piece.level}"
    elif unit.tone != "plain":
        yield f"{unit.tone}-paragraph"
    if piece.element is not None and named(piece.names.strip(), "question"):
        yield "question-class"
    if unit.mark:
        yield f"mark {unit.mark} {unit.tone}"
        yield f"mark {unit.mark}"
    if piece.dress:
        own = piece.dress.partition("|<")[0].split("|")
        yield from (f"worn {own[0]} {part}" for part in own[1:] if part)
        yield f"dress {piece.dress}"
        yield f"dress {piece.dress} {unit.tone}"


def _labelled(units: list[Unit], setting: Setting) -> Iterable[Reading]:
    """Labels on the turns of both sides."""
    yield from _one_sided(units)
    voices = _voices(units)
    if len(voices) < 2:
        return
    askers = _askers(units, voices, setting)
    if not askers or len(askers) == len(voices):
        return
    reading = Reading("label", set(), roles=any(_role(units, found) == "question" for found in voices.values()))
    current = ""
    for index, unit in enumerate(units):
        voice = _voice_of(unit, voices)
        if voice:
            current = voice
            reading.speakers[index] = unit.label.name if unit.label else ""
            if voice in askers:
                reading.questions.add(index)
            else:
                reading.starts[index] = voice
        elif current in askers and index - 1 in reading.questions and unit.tone == units[index - 1].tone and unit.asks:
            reading.questions.add(index)
    yield reading


def _one_sided(units: list[Unit]) -> Iterable[Reading]:
    """Labels on the questions alone: a bare "Q:", or one voice that mostly asks."""
    counted: dict[str, set[int]] = {}
    for index, unit in enumerate(units):
        if unit.label is not None:
            key = "question" if unit.label.role == "question" else unit.label.key
            counted.setdefault(key, set()).add(index)
    for key, found in counted.items():
        asking = sum(units[index].asks for index in found)
        if len(found) >= 3 and (key == "question" or asking >= len(found) * 0.6):
            yield Reading("label one", found, speakers=dict.fromkeys(found, ""), roles=key == "question")


def _voices(units: list[Unit]) -> dict[str, list[int]]:
    """Speaker → units with that speaker's label; forms of one name together."""
    counted: dict[str, list[int]] = {}
    for index, unit in enumerate(units):
        if unit.label is None:
            continue
        known = next((name for name in counted if same_voice(name, unit.label.name)), unit.label.name)
        counted.setdefault(known, []).append(index)
    whole = sum(len(each) for each in counted.values())
    if whole < 4:
        return {}
    return {name: found for name, found in counted.items() if len(found) >= 2 or units[found[0]].label.emphatic}  # type: ignore[union-attr]


def _voice_of(unit: Unit, voices: dict[str, list[int]]) -> str:
    if unit.label is None:
        return ""
    return next((name for name in voices if same_voice(name, unit.label.name)), "")


def _askers(units: list[Unit], voices: dict[str, list[int]], setting: Setting) -> set[str]:
    """Those of the speakers who ask: by their label's word, by name, else by how often and how briefly they ask."""
    roles = {name: _role(units, found) for name, found in voices.items()}
    if "question" in roles.values():
        return {name for name, role in roles.items() if role == "question"}
    known = {name for name in voices if any(same_voice(name, one) for one in setting.interviewers if one)}
    if known and len(known) < len(voices):
        return known
    strength = {name: _asking_strength([units[index] for index in found]) for name, found in voices.items()}
    best = max(strength.values())
    return {name for name, value in strength.items() if value >= best * 0.75 and value > 0}


def _role(units: list[Unit], found: list[int]) -> str:
    labels = [label for index in found if (label := units[index].label) is not None]
    return labels[0].role if labels else ""


def _asking_strength(found: list[Unit]) -> float:
    share = sum(unit.asks for unit in found) / len(found)
    return share + 0.2 / (1 + median(unit.words for unit in found) / 30)
