"""How well a reading explains the page as a whole: questions that ask, each answered, none left over."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from exporter.readers.manners import Reading
from exporter.readers.tones import speaks
from exporter.readers.units import Setting, Unit

DISBELIEF = 0.25
"""The factor for a page that asks questions but holds no talk."""


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
    persons = _persons(asked, answers)
    length = _lengths(asked, answers)
    explicit = 1.15 if reading.manner in ("label", "question-class") else 1.0
    score = (0.3 + 0.7 * asking) * answered**2 * (0.35 + 0.65 * recall) * length * explicit
    doubt = _doubt(persons, setting, reading, asking, len(groups))
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


@dataclass(frozen=True, slots=True)
class Persons:
    """Share of questions that address somebody, of answers in which somebody says I, of questions that ask about oneself."""

    addressing: float
    speaking: float
    asking_self: float

    @property
    def evidence(self) -> float:
        """0 to 1: how much of a talk between two this is."""
        return 0.5 * self.addressing + 0.5 * self.speaking


def _persons(asked: list[list[Unit]], answers: list[list[Unit]]) -> Persons:
    spoken = [answer for answer in answers if answer]
    speaking = sum(_say(answer, "first_person") for answer in spoken) / len(spoken) if spoken else 0.0
    addressing = [_say(group, "second_person") for group in asked]
    asking_self = [_say(group, "first_person") and not to for group, to in zip(asked, addressing, strict=True)]
    return Persons(sum(addressing) / len(asked), speaking, sum(asking_self) / len(asked))


def _say(units: list[Unit], kind: str) -> bool:
    return any(speaks(unit.piece.text, kind) for unit in units)


def _lengths(asked: list[list[Unit]], answers: list[list[Unit]]) -> float:
    question = median(sum(unit.words for unit in group) for group in asked)
    answer = median(sum(unit.words for unit in each) for each in answers)
    if question > 90:
        return 0.3
    return 1.0 if answer >= question * 0.8 else 0.55


def _doubt(persons: Persons, setting: Setting, reading: Reading, asking: float, count: int) -> float:
    """A factor of 0.25 to 1 for how far the page looks like a talk: somebody addressed, somebody who says I, the word itself.

    Explainers, lists and stories ask questions too, in headings or at the end of paragraphs. Labels on both sides and dashes
    or stars before bold questions prove a talk by themselves; type needs an announcement or two persons; question marks
    alone need both.
    """
    kind = reading.manner.split(" ")[0]
    if setting.faq and kind != "label":
        return DISBELIEF
    if kind in ("label", "question-class"):
        return min(1.0, 0.4 + persons.evidence + (0.45 if setting.announced else 0.0))
    if kind == "question-mark":
        told = setting.announced and persons.addressing >= 0.5 and persons.speaking >= 0.6 and count >= 5
        plain = persons.addressing >= 0.75 and persons.speaking >= 0.85 and persons.asking_self <= 0.1 and count >= 8
        return 1.0 if told or plain else DISBELIEF
    two = min(persons.addressing, persons.speaking) >= 0.4 and persons.addressing + persons.speaking >= 1.0
    dialogue = kind == "mark" and not reading.manner.startswith("mark number") and asking >= 0.8 and count >= 4
    typed = kind in ("bold-paragraph", "italic-paragraph") and asking >= 0.9 and count >= 4
    told = typed and persons.speaking >= 0.6 and persons.asking_self <= 0.2
    if setting.announced or dialogue or told or (two and persons.asking_self <= persons.addressing):
        return min(1.0, 0.35 + persons.evidence + (0.3 if setting.announced or dialogue else 0.15))
    return DISBELIEF
