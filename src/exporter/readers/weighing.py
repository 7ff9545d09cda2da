"""How well a reading explains the page as a whole: questions that ask, each answered, none left over."""

from __future__ import annotations

from statistics import median

from exporter.readers.manners import Reading
from exporter.readers.tones import speaks
from exporter.readers.units import Setting, Unit


def score(units: list[Unit], reading: Reading, setting: Setting) -> float:
    """How well a reading explains the page, about 0 to 1.2: questions that ask, each answered, none left over."""
    groups = _groups(units, reading)
    if len(groups) < (2 if setting.announced else 3):
        return 0.0
    asked = [[units[index] for index in group] for group in groups]
    asking = sum(any(unit.asks for unit in group) for group in asked) / len(asked)
    answers = _answers(units, groups, reading)
    answered = sum(1 for answer in answers if answer) / len(answers)
    recall = _recall(units, reading)
    person = _person(asked, answers)
    length = _lengths(asked, answers)
    explicit = 1.15 if reading.manner in ("label", "question-class") else 1.0
    score = (0.3 + 0.7 * asking) * answered**2 * (0.35 + 0.65 * recall) * length * explicit
    doubt = _doubt(person, setting, reading, asking, len(groups))
    return score * doubt * (0.9 if reading.manner == "question-mark" else 1.0)


def _groups(units: list[Unit], reading: Reading) -> list[list[int]]:
    """Questions that follow each other directly, together."""
    groups: list[list[int]] = []
    for index in sorted(reading.questions):
        if groups and groups[-1][-1] == index - 1 and index not in reading.speakers:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _answers(units: list[Unit], groups: list[list[int]], reading: Reading) -> list[list[Unit]]:
    ends = [group[0] for group in groups[1:]] + [len(units)]
    return [units[group[-1] + 1 : end] for group, end in zip(groups, ends, strict=True)]


def _recall(units: list[Unit], reading: Reading) -> float:
    """Share of the short paragraphs ending in a question mark that the reading calls questions."""
    first = min(reading.questions)
    asking = [index for index, unit in enumerate(units) if unit.asks and unit.words <= 60 and index >= first]
    return sum(index in reading.questions for index in asking) / len(asking) if asking else 0.5


def _person(asked: list[list[Unit]], answers: list[list[Unit]]) -> tuple[float, float]:
    """Share of questions that address somebody, and of answers in which somebody speaks of himself."""
    addressing = sum(any(speaks(unit.piece.text, "second_person") for unit in group) for group in asked) / len(asked)
    spoken = [answer for answer in answers if answer]
    speaking = (
        sum(any(speaks(unit.piece.text, "first_person") for unit in answer) for answer in spoken) / len(spoken)
        if spoken
        else 0.0
    )
    return addressing, speaking


def _lengths(asked: list[list[Unit]], answers: list[list[Unit]]) -> float:
    question = median(sum(unit.words for unit in group) for group in asked)
    answer = median(sum(unit.words for unit in each) for each in answers)
    if question > 90:
        return 0.3
    return 1.0 if answer >= question * 0.8 else 0.55


def _doubt(person: tuple[float, float], setting: Setting, reading: Reading, asking: float, count: int) -> float:
    """Below 1 when the page lacks what interviews have: somebody addressed, somebody who says I, the word itself."""
    addressing, speaking = person
    if setting.faq and reading.manner != "label":
        return 0.25
    evidence = (
        0.5 * addressing
        + 0.5 * speaking
        + (0.45 if setting.announced else 0.0)
        + (0.2 if reading.manner == "label" else 0.0)
    )
    evidence += 0.15 if asking >= 0.9 and count >= 6 else 0.0
    return min(1.0, 0.2 + evidence)
