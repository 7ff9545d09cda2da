"""Decides whether the article is an interview, and which pieces are questions and which answers.

Publishers set questions apart in some one manner: a heading, bold or italic type, a class, a label, a dash or star in front, or
by nothing but the question mark. Each manner met on the page is one *reading* of the whole page; each reading is scored by how
well it explains every piece at once, and the best one is taken if it is good enough.
"""

from __future__ import annotations

import re
from collections import Counter

from bs4 import Tag
from msgspec import Struct

from exporter.notices import Notice, notice
from exporter.readers.manners import Reading, readings_of
from exporter.readers.pieces import Piece
from exporter.readers.units import Setting, Unit, adopt_labels, split_shared, units_of
from exporter.readers.vocabulary import WORDS, Cue
from exporter.readers.voices import Label, fold_name, same_voice, without_label
from exporter.readers.weighing import score

GOOD_ENOUGH = 0.42
"""A reading that scores less is no interview."""
OPENING_REACH = 4
"""Pieces in front of the first question in which a labelled opening statement may begin."""
SURE = 0.6
"""Below this a reading is taken, and the user warned."""

_CLOSING = Cue("closing", rf"(?<!\w){WORDS}")
_PAGES = re.compile(
    r"\b(?:pp?\.|seiten|pages|pagine|págs?\.?|páginas|sivua|sider|sidor|stron)\s*\d|\d\s*(?:pp?\.|s\.|seiten|pages"
    r"|pagine|págs?\.?|páginas|sivua|sider|sidor|stron)(?!\w)",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\d\s*(?:€|euros?\b|eur\b|\$|£|kr\b|zł|chf\b|fr\.)|[€$£]\s*\d|(?:eur|chf|fr\.)\s*\d", re.IGNORECASE
)
_OUTRO = Cue("outro", rf"^\W*{WORDS}\b")


class Interview(Struct):
    """The pieces in order, split where question and answer shared one, and how sure the reading is (0 to 1)."""

    pieces: list[Piece]
    manner: str
    confidence: float
    count: int

    def notice(self) -> Notice:
        """The remark that says how the page was read, a warning below :data:`SURE`."""
        return notice(
            "turns-found" if self.confidence >= SURE else "turns-unsure",
            count=self.count,
            manner=self.manner.split(" ")[0],
            confidence=round(self.confidence * 100),
        )


def find_turns(pieces: list[Piece], setting: Setting) -> Interview | None:
    """Marks questions and answers (``became``, ``rule``, ``speaker``) among the open pieces; None if it is no interview."""
    pieces = split_shared(pieces)
    adopt_labels(pieces)
    units = units_of(pieces, setting.language)
    readings = [reading for reading in readings_of(units, setting) if reading.questions]
    for reading in readings:
        reading.score = score(units, reading, setting)
    best = _best(readings)
    if best is None or best.score < GOOD_ENOUGH:
        return None
    _settle(pieces, units, best, setting)
    return Interview(pieces, best.manner, min(best.score, 1.0), len(best.questions))


def _best(readings: list[Reading]) -> Reading | None:
    """The best reading; one that follows from type is preferred to one that goes by question marks alone."""
    best = max(readings, key=lambda reading: reading.score, default=None)
    if best is None or best.manner != "question-mark":
        return best
    typed = [
        each
        for each in readings
        if each is not best and len(each.questions & best.questions) >= 0.6 * len(best.questions)
    ]
    second = max(typed, key=lambda reading: reading.score, default=None)
    return second if second is not None and second.score >= max(best.score * 0.55, GOOD_ENOUGH) else best


def _settle(pieces: list[Piece], units: list[Unit], reading: Reading, setting: Setting) -> None:
    rule = f"interview-{reading.manner.split(' ')[0]}"
    questions = _without_outro(units, _without_introduction(units, reading))
    questions = _without_crossheads(units, questions, reading)
    last = _last_answer(units, questions, reading, setting)
    first = min(questions, default=0)
    opening = min([index for index in reading.starts if first - OPENING_REACH <= index < first], default=first)
    for index, unit in enumerate(units):
        if index in questions:
            unit.piece.settle("question", rule)
        elif index < opening:
            continue
        elif index <= last and unit.piece.kind != "heading":
            unit.piece.settle("answer", rule)
    _name_speakers(units, questions, reading, setting)


def _without_introduction(units: list[Unit], reading: Reading) -> set[int]:
    """The questions less those at the beginning that only share their dress: a bold introduction, a bold deck."""
    questions = set(reading.questions)
    if reading.manner == "label":
        return questions
    ordered = sorted(questions)
    usual = sum(units[index].asks for index in ordered) >= len(ordered) * 0.7
    for place, index in enumerate(ordered[:-1]):
        unit = units[index]
        follows = ordered[place + 1] == index + 1
        mute = usual and not unit.addresses
        if unit.asks or not (follows or unit.words > 70 or mute):
            break
        questions.discard(index)
    while questions and not any(index > max(questions) for index in range(len(units))):
        questions.discard(max(questions))
    return questions


def _without_crossheads(units: list[Unit], questions: set[int], reading: Reading) -> set[int]:
    """The questions less the few words without a full stop that stand right above another: a crosshead set as they are."""
    if reading.speakers:
        return questions
    heads = {
        index
        for index in questions
        if index + 1 in questions and units[index].words <= 6 and _is_bare(units[index]) and not units[index].asks
    }
    for index in heads:
        units[index].piece.kind = "heading"
        units[index].piece.level = units[index].piece.level or 3
    return questions - heads


def _without_outro(units: list[Unit], questions: set[int]) -> set[int]:
    """The questions less those at the end that are the editor's: an invitation, a heading over the author's portrait."""
    kept = set(questions)
    while kept:
        unit = units[max(kept)]
        invites = bool(_OUTRO.match(unit.piece.text))
        mute = unit.piece.kind == "heading" and not unit.asks and unit.words <= 6 and not unit.addresses
        if not (invites or (mute and not unit.piece.text.rstrip().endswith(("…", "...", ":")))):
            break
        kept.discard(max(kept))
    return kept or questions


def _last_answer(units: list[Unit], questions: set[int], reading: Reading, setting: Setting) -> int:
    """The index of the last unit of the last answer: what follows is the editor's."""
    last_question = max(questions, default=-1)
    end = len(units) - 1
    single = reading.manner == "label" and _single(units, reading)
    lined = any(unit.parted for unit in units[min(questions, default=0) + 1 : last_question + 1])
    tones = Counter(
        unit.tone
        for index, unit in enumerate(units)
        if index not in questions and min(questions, default=0) < index < last_question
    )
    usual = tones.most_common(1)[0][0] if tones else "plain"
    home = _home(units, questions)
    worn = _answers_attire(units, questions)
    if _thanks(units, last_question):
        return last_question + (last_question + 1 < len(units) and units[last_question + 1].words <= 8)
    for index in range(last_question + 1, len(units)):
        unit = units[index]
        if index > last_question + 1 and home is not None and not _stands_in(unit, home):
            return index - 1
        if index > last_question + 1 and _is_editors(unit, setting, index == len(units) - 1):
            return index - 1
        if unit.piece.kind == "heading" or _OUTRO.match(unit.piece.text) or (unit.parted and not lined):
            return index - 1
        if index <= last_question + 1 or index in reading.starts:
            continue
        goes_on = unit.says_i and unit.piece.dress == units[last_question + 1].piece.dress
        if (unit.tone != usual and unit.tone in ("italic", "bold")) or _is_biography(unit, setting):
            return index - 1
        if (single and not goes_on) or (worn and unit.piece.dress not in worn):
            return index - 1
    return _without_roll(units, last_question, end)


def _answers_attire(units: list[Unit], questions: set[int]) -> set[str]:
    """The look that the page gives all its answers by a class of their own; none where answers look like any text."""
    between = range(min(questions, default=0) + 1, max(questions, default=0))
    worn = {units[index].piece.dress for index in between if index not in questions}
    asked = {units[index].piece.dress for index in questions}
    classed = len(worn) == 1 and "||" not in (look := next(iter(worn))) and not look.startswith("p|<")
    return worn if classed and len(asked) == 1 and len(questions) >= 4 else set()


def _is_editors(unit: Unit, setting: Setting, is_last: bool) -> bool:
    """A line the editor adds: the author's name or address, a book's pages and price, thanks as the last word."""
    text = unit.piece.text
    if unit.words <= 8 and (
        "@" in text or fold_name(text) in {fold_name(name) for name in setting.interviewers if name}
    ):
        return True
    if _PAGES.search(text) and _PRICE.search(text) and unit.words <= 40:
        return True
    return is_last and unit.words <= 10 and bool(_CLOSING.match(text))


def _thanks(units: list[Unit], question: int) -> bool:
    """Whether the last question only thanks for the talk."""
    unit = units[question]
    return unit.words <= 10 and not unit.asks and bool(_CLOSING.search(unit.piece.text))


def _home(units: list[Unit], questions: set[int]) -> Tag | None:
    """The nearest element around everything from the first question to the last answer's first piece."""
    first, last = min(questions, default=0), max(questions, default=0)
    spoken = [unit.piece.element for unit in units[first : last + 2] if unit.piece.element is not None]
    if len(spoken) < 4:
        return None
    known = [id(each) for each in _around(spoken[0])]
    for element in spoken[1:]:
        around = {id(each) for each in _around(element)}
        known = [each for each in known if each in around]
    return next((each for each in _around(spoken[0]) if known and id(each) == known[0]), None)


def _around(element: Tag) -> tuple[Tag, ...]:
    """The element and those around it: running text without paragraphs of its own has the box itself for its element."""
    return (element, *element.parents)


def _stands_in(unit: Unit, home: Tag) -> bool:
    return unit.piece.element is None or any(each is home for each in _around(unit.piece.element))


def _without_roll(units: list[Unit], last_question: int, end: int) -> int:
    """``end`` before a roll of credits: three or more bare names and roles behind the last answer."""
    start = end
    while start > last_question + 1 and _is_bare(units[start]):
        start -= 1
    return start if end - start >= 3 else end


def _is_bare(unit: Unit) -> bool:
    text = unit.piece.text.rstrip()
    brief = unit.words <= 5 or (unit.words <= 12 and text == text.upper())
    return brief and unit.label is None and not text.endswith((".", "!", "?", "…"))


def _single(units: list[Unit], reading: Reading) -> bool:
    """Whether every labelled turn but the last is one paragraph: then the last is, too."""
    labelled = sorted({*reading.questions, *reading.starts})
    return len(labelled) >= 6 and labelled == list(range(labelled[0], labelled[-1] + 1))


def _is_biography(unit: Unit, setting: Setting) -> bool:
    """A paragraph that begins with somebody's full name and tells of him: a note on the author or the guest."""
    beginning = unit.piece.text[:80].casefold()
    people = [name.casefold() for name in setting.people if len(name.split()) > 1]
    return unit.label is None and any(beginning.startswith(f"{name} ") for name in people)


def _name_speakers(units: list[Unit], questions: set[int], reading: Reading, setting: Setting) -> None:
    """Takes labels off the words and keeps them as the speaker's name, where they really are labels."""
    counted = Counter(unit.label.key for unit in units if unit.label and unit.piece.became in ("question", "answer"))
    for index, unit in enumerate(units):
        label, piece = unit.label, unit.piece
        if label is None or piece.became not in ("question", "answer") or not piece.inlines:
            continue
        if label.role or index in reading.speakers or _is_speaker(label, counted, setting, _opens(units, index)):
            piece.inlines = without_label(piece, label)
            piece.label = piece.text[: label.length]
            piece.speaker = label.name


def _opens(units: list[Unit], index: int) -> bool:
    return index == 0 or units[index - 1].piece.became != units[index].piece.became or units[index].label is not None


def _is_speaker(label: Label, counted: Counter[str], setting: Setting, opens: bool) -> bool:
    size = len(label.name.split())
    known = any(same_voice(label.name, name) for name in setting.names if len(name.split()) >= size)
    return opens and (label.emphatic or counted[label.key] >= 2 or known)
