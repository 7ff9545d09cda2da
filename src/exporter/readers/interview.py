"""Decides whether the article is an interview, and which pieces are questions and which answers.

Publishers set questions apart in some one manner: a heading, bold or italic type, a class, a label, a dash or star in front, or
by nothing but the question mark. Each manner met on the page is one *reading* of the whole page; each reading is scored by how
well it explains every piece at once, and the best one is taken if it is good enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from exporter.model import Emphasis, Inline, LineBreak, Link, SmallCaps, Span, Strong, Text
from exporter.readers.inlines import lines
from exporter.readers.pieces import Piece, text_of
from exporter.readers.vocabulary import cue_pattern, cues, named
from exporter.readers.voices import Label, drop, label_of, same_voice, without_label
from exporter.walk import plain

LONGEST_QUESTION = 160
"""Words. Longer pieces of a question's dress are introductions or boxes."""
GOOD_ENOUGH = 0.42
"""A reading that scores less is no interview."""

_ASKS = re.compile(r"[?？؟;](?:[\s\"'”“’»)\]*_.…!]|\d{1,2}\b)*$")
_ASKS_GREEK = re.compile(r"[?？؟]")
_MARKS = re.compile(r"^(?P<mark>—|–|-|\*+|::|:|•|►|>>?|_|#|\+|/{2})\s?(?=\S)|^(?P<number>\d{1,2})[.)]\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLOSING = re.compile(rf"\b{cue_pattern('closing')}\b", re.IGNORECASE)
_OUTRO = re.compile(rf"^\W*{cue_pattern('outro')}\b", re.IGNORECASE)


@dataclass(slots=True)
class Unit:
    """A piece that may be a question or an answer, with what is known of it."""

    piece: Piece
    tone: str
    label: Label | None
    mark: str
    words: int
    asks: bool
    parted: bool = False


@dataclass(slots=True)
class Reading:
    """One way to read the page: which units are questions. ``starts`` are units that open an answer (labels)."""

    manner: str
    questions: set[int]
    starts: dict[int, str] = field(default_factory=dict)
    speakers: dict[int, str] = field(default_factory=dict)
    score: float = 0.0


@dataclass(slots=True)
class Setting:
    """What the page says about itself that bears on the decision."""

    names: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    announced: bool = False
    faq: bool = False


@dataclass(slots=True)
class Interview:
    """The pieces in order, split where question and answer shared one, and how sure the reading is (0 to 1)."""

    pieces: list[Piece]
    manner: str
    confidence: float


def find_turns(pieces: list[Piece], setting: Setting) -> Interview | None:
    """Marks questions and answers (``became``, ``rule``, ``speaker``) among the open pieces; None if it is no interview."""
    pieces = _split_shared(pieces)
    units = _units(pieces)
    readings = [reading for reading in _readings(units, setting) if reading.questions]
    for reading in readings:
        reading.score = _score(units, reading, setting)
    best = _best(readings)
    if best is None or best.score < GOOD_ENOUGH:
        return None
    _settle(pieces, units, best, setting)
    return Interview(pieces, best.manner, min(best.score, 1.0))


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


def _may_speak(piece: Piece) -> bool:
    return piece.open and piece.kind in ("paragraph", "heading", "list", "preformatted", "box") and bool(piece.text)


def _units(pieces: list[Piece]) -> list[Unit]:
    """The pieces that may speak; ``parted`` tells those in front of which the page draws a line."""
    units: list[Unit] = []
    parted = False
    for piece in pieces:
        if _may_speak(piece):
            units.append(_unit(piece))
            units[-1].parted = parted
            parted = False
        elif piece.kind == "rule" and piece.open:
            parted = True
    return units


def _unit(piece: Piece) -> Unit:
    mark = _MARKS.match(piece.text)
    found = (mark["mark"] or "number") if mark else ""
    return Unit(
        piece,
        tone_of(piece.inlines),
        label_of(piece) if piece.inlines else None,
        found,
        piece.word_count,
        asks(piece.text),
    )


def asks(text: str) -> bool:
    """Whether the text ends in a question, or asks one and then adds a few words."""
    text = text.rstrip()
    if re.search(r"[?？؟](?:[\s\"'”“’»)\]*_.…!:]|\(\w+\)|\d{1,2}\b)*$", text):
        return True
    last = max(text.rfind("?"), text.rfind("؟"), text.rfind("？"))
    return last > 0 and len(text[last:].split()) <= 12 and len(text.split()) <= 90


# --------------------------------------------------------------------------------------------------------------------- tones


def tone_of(inlines: tuple[Inline, ...]) -> str:
    """``"bold"``, ``"italic"``, ``"caps"`` or ``"plain"``: the type that nearly all letters are set in."""
    letters: Counter[str] = Counter()
    _weigh(inlines, "", letters)
    whole = sum(letters.values())
    if not whole:
        return "plain"
    bold = sum(count for tone, count in letters.items() if "b" in tone)
    italic = sum(count for tone, count in letters.items() if "i" in tone)
    if bold >= whole * 0.9:
        return "bold"
    if italic >= whole * 0.9:
        return "italic"
    text = plain(inlines)
    return "caps" if len(text) > 12 and text.upper() == text and text.lower() != text else "plain"


def _weigh(inlines: tuple[Inline, ...], tone: str, letters: Counter[str]) -> None:
    for node in inlines:
        match node:
            case Text(text):
                letters[tone] += sum(1 for each in text if each.isalnum())
            case Strong(children):
                _weigh(children, tone + "b", letters)
            case Emphasis(children):
                _weigh(children, tone + "i", letters)
            case Link(children=children) | Span(children=children) | SmallCaps(children):
                _weigh(children, tone, letters)
            case _:
                pass


# ------------------------------------------------------------------------------------------- question and answer in one block


def _split_shared(pieces: list[Piece]) -> list[Piece]:
    """Cuts paragraphs in which a question and its answer share a block, where the page does so as a manner."""
    shared = [piece for piece in pieces if piece.open and piece.kind == "paragraph" and _cuts(piece)]
    if len(shared) < 2:
        return pieces
    kept = {id(piece) for piece in shared}
    made: list[Piece] = []
    for piece in pieces:
        made.extend(_parts(piece) if id(piece) in kept else [piece])
    return made


def _cuts(piece: Piece) -> list[tuple[Inline, ...]]:
    """The parts of a paragraph that change voice inside: at a line break, or after bold words that ask."""
    rows = [row for row in lines(piece.inlines) if row] if any(_has_break(each) for each in piece.inlines) else []
    if len(rows) > 1:
        parts = _voiced(rows)
        if len(parts) > 1:
            return parts
    first = piece.inlines[0] if piece.inlines else None
    if isinstance(first, Strong) and len(piece.inlines) > 1:
        text = text_of((first,))
        rest = drop(piece.inlines, len(plain((first,))))
        if asks(text) and len(text.split()) >= 3 and len(text_of(rest).split()) >= 2:
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
    label = label_of(Piece("paragraph", text, row))
    if label is not None:
        return f"label {label.key}"
    tone = tone_of(row)
    mark = _MARKS.match(text)
    return tone if tone != "plain" else f"mark {mark['mark']}" if mark and mark["mark"] else "plain"


def _broken(rows: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for row in rows:
        made.extend(([LineBreak()] if made else []) + list(row))
    return tuple(made)


def _parts(piece: Piece) -> list[Piece]:
    made = []
    for part in _cuts(piece):
        made.append(
            Piece(
                "paragraph",
                text_of(part),
                part,
                element=piece.element,
                where=piece.where,
                dress=f"{piece.dress}|{tone_of(part)}",
                names=piece.names,
            )
        )
    return [each for each in made if each.text]


# ------------------------------------------------------------------------------------------------------------------ readings


def _readings(units: list[Unit], setting: Setting) -> Iterable[Reading]:
    """Every manner met on the page, as one reading each."""
    yield from _labelled(units, setting)
    looks: dict[str, set[int]] = {}
    for index, unit in enumerate(units):
        if unit.words <= LONGEST_QUESTION and unit.piece.kind in ("paragraph", "heading"):
            for look in _looks(unit):
                looks.setdefault(look, set()).add(index)
    for look, members in looks.items():
        if len(members) >= 2:
            yield Reading(look, members)
    headings = {
        index for index, unit in enumerate(units) if unit.piece.kind == "heading" and unit.words <= LONGEST_QUESTION
    }
    yield Reading("heading", headings)
    yield Reading(
        "question-mark",
        {index for index, unit in enumerate(units) if unit.asks and unit.words <= 70 and not unit.label},
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
        own = piece.dress.split("|<|")[0].split("|")
        yield from (f"worn {own[0]} {part}" for part in own[1:] if part)
        yield f"dress {piece.dress}"
        yield f"dress {piece.dress} {unit.tone}"


def _labelled(units: list[Unit], setting: Setting) -> Iterable[Reading]:
    """Labels on the turns of both sides."""
    voices = _voices(units)
    if len(voices) < 2:
        return
    askers = _askers(units, voices, setting)
    if not askers or len(askers) == len(voices):
        return
    reading = Reading("label", set())
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
    roles = {
        name: next((units[index].label.role for index in found if units[index].label), "")
        for name, found in voices.items()
    }  # type: ignore[union-attr]
    if "question" in roles.values():
        return {name for name, role in roles.items() if role == "question"}
    known = {name for name in voices if any(same_voice(name, one) for one in setting.interviewers if one)}
    if known and len(known) < len(voices):
        return known
    strength = {name: _asking_strength([units[index] for index in found]) for name, found in voices.items()}
    best = max(strength.values())
    return {name for name, value in strength.items() if value >= best * 0.75 and value > 0}


def _asking_strength(found: list[Unit]) -> float:
    share = sum(unit.asks for unit in found) / len(found)
    return share + 0.2 / (1 + median(unit.words for unit in found) / 30)


# --------------------------------------------------------------------------------------------------------------------- score


def _score(units: list[Unit], reading: Reading, setting: Setting) -> float:
    """How well a reading explains the page, about 0 to 1.2: questions that ask, each answered, by longer words, none left over."""
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
    """Share of the short paragraphs which end in a question mark and stand alone in their voice that the reading calls questions."""
    first = min(reading.questions)
    asking = [index for index, unit in enumerate(units) if unit.asks and unit.words <= 60 and index >= first]
    return sum(index in reading.questions for index in asking) / len(asking) if asking else 0.5


def _person(asked: list[list[Unit]], answers: list[list[Unit]]) -> tuple[float, float]:
    """Share of questions that address somebody, and of answers in which somebody speaks of himself."""
    addressing = sum(_uses(group, "second_person") for group in asked) / len(asked)
    spoken = [answer for answer in answers if answer]
    speaking = sum(_uses(answer, "first_person") for answer in spoken) / len(spoken) if spoken else 0.0
    return addressing, speaking


def _uses(units: list[Unit], kind: str) -> bool:
    return any(word.casefold() in cues(kind) for unit in units for word in _WORD.findall(unit.piece.text))


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


# --------------------------------------------------------------------------------------------------------------------- fates


def _settle(pieces: list[Piece], units: list[Unit], reading: Reading, setting: Setting) -> None:
    rule = f"interview-{reading.manner.split(' ')[0]}"
    questions = _without_outro(units, _without_introduction(units, reading))
    last = _last_answer(units, questions, reading, setting)
    first = min(questions, default=0)
    opening = min([index for index in reading.starts if index < first], default=first)
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
        mute = usual and not _uses([unit], "second_person")
        if unit.asks or not (follows or unit.words > 70 or mute):
            break
        questions.discard(index)
    while questions and not any(index > max(questions) for index in range(len(units))):
        questions.discard(max(questions))
    return questions


def _without_outro(units: list[Unit], questions: set[int]) -> set[int]:
    """The questions less those at the end that are the editor's: an invitation, a heading over the author's portrait."""
    kept = set(questions)
    while kept:
        unit = units[max(kept)]
        invites = bool(_OUTRO.match(unit.piece.text))
        mute = unit.piece.kind == "heading" and not unit.asks and unit.words <= 6 and not _uses([unit], "second_person")
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
    for index in range(last_question + 1, len(units)):
        unit = units[index]
        if unit.piece.kind == "heading" or _OUTRO.match(unit.piece.text) or (unit.parted and not lined):
            return index - 1
        if index <= last_question + 1 or index in reading.starts:
            continue
        if (unit.tone != usual and unit.tone in ("italic", "bold")) or single or _is_biography(unit, setting):
            return index - 1
    return end


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
            piece.speaker = None if label.role else label.name


def _opens(units: list[Unit], index: int) -> bool:
    return index == 0 or units[index - 1].piece.became != units[index].piece.became or units[index].label is not None


def _is_speaker(label: Label, counted: Counter[str], setting: Setting, opens: bool) -> bool:
    known = any(same_voice(label.name, name) for name in setting.names if name)
    return opens and (label.emphatic or counted[label.key] >= 2 or known)
