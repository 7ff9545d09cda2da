"""What an interview is decided over: every part of the page that may be a question or an answer, with what is known of it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from exporter.readers.dom.avatars import SPEAKER
from exporter.readers.dom.elements import attribute
from exporter.readers.interview.cutting import Part
from exporter.readers.interview.tongues import languages_of
from exporter.readers.interview.unmarked_names import unmarked_names
from exporter.readers.lexicon.folding import unspaced
from exporter.readers.lexicon.grammar import replies, requests, uses_person
from exporter.readers.lexicon.vocabulary import WORDS, Cue, WholeCue
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.labels import (
    Label,
    Voices,
    bare_label,
    dashed_label,
    is_name,
    label_of,
    without_label,
    without_time,
)
from exporter.readers.segments.segment import Dress, Segment

LEAST_SET_APART = 3
"""Times that a speaker's name must stand in type of its own before names in plain type are doubted."""
MOST_WORDS, MOST_WITH_OFFICE = 4, 14
"""Words of a name on a line of its own, by itself and with what the person is."""
LEAST_PEOPLE = 4
"""Full names, each on a line of the same look, that are those of speakers though each stands there once."""
_OFFICE = re.compile(r"\s*[,，、(（|]\s*|\s+[–—-]\s+")
LONGEST_REQUEST = 60
"""Words of an utterance that may end in a request and be one."""
LEAST_DASHED = 3
"""Utterances of one voice with its name and a dash in front from which these are labels."""
LEAST_CAPITALS = 2
"""Utterances in capitals from which a few words in them are no abbreviation."""
_DOTS = ("…", "...")
_ANNOUNCES = WholeCue("interview")
_FOR_WORK = Cue("job_interview", WORDS)
_MARKS = re.compile(r"^(?P<mark>――|──|—|–|-|\*+|::|:|•|►|>>?|_|#|\+|/{2})\s?(?=\S)|^(?P<number>\d{1,2})[.)]\s")


class Utterance(Struct, dict=True):
    """A part that may be a question or an answer, with what is known of it.

    ``tone`` is the type it is set in, ``mark`` the sign in front, ``parted`` whether the page draws a line above it,
    ``requests`` whether it asks by a request ("Tell us …"), which is a question, too;
    ``adopted`` the line of its own that its label stands on.
    """

    part: Part
    tone: str
    label: Label | None
    mark: str
    words: int
    is_question: bool
    language: str = ""
    parted: bool = False
    requests: bool = False
    adopted: Part | None = None

    @property
    def segment(self) -> Segment:
        """The words themselves."""
        return self.part.segment

    @cached_property
    def addresses(self) -> bool:
        """Whether somebody is spoken to."""
        return self.names_who_is_asked or uses_person(self.segment.text, "asking", self.language)

    @cached_property
    def names_who_is_asked(self) -> bool:
        """Whether a word for who is spoken to stands in it."""
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
    """What the page says about itself that bears on the decision; ``people`` are full names in small letters.

    ``names`` stand in its head, ``mentioned`` in its first paragraphs, which may be those of the talk already;
    ``made_up``: it calls itself a play, a sketch or a story; ``asks_once``: it says that it puts one question to somebody.
    """

    names: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    announced: bool = False
    titled: bool = False
    quoted: bool = False
    faq: bool = False
    made_up: bool = False
    asks_once: bool = False
    language: str = ""


def announces(text: str) -> bool:
    """Whether the text holds a word for an interview, and for none in which somebody applies for work."""
    return bool(_ANNOUNCES.search(text)) and not tells_of_applying(text)


def tells_of_applying(text: str) -> bool:
    """Whether the text speaks of interviews for work."""
    return bool(_FOR_WORK.search(text))


def utterances_of(parts: list[Part], language: str = "") -> list[Utterance]:
    """The parts that may speak, each with its label; a name on a line of its own is the label of what follows it."""
    adopted = _lone_names(parts)
    lone = {id(part) for part in adopted.values()}
    utterances: list[Utterance] = []
    parted = False
    for part in parts:
        segment = part.segment
        if _may_speak(segment) and id(part) not in lone:
            utterances.append(_utterance(part, adopted.get(id(part))))
            utterances[-1].parted = parted
            parted = False
        elif segment.kind == "rule" and segment.open:
            parted = True
    for utterance, spoken in zip(
        utterances, languages_of([each.segment.text for each in utterances], language), strict=True
    ):
        utterance.language = spoken
        utterance.requests = utterance.words <= LONGEST_REQUEST and requests(_said(utterance), spoken)
        utterance.is_question |= utterance.requests
    _find_prompts(utterances)
    _doubt_initials(utterances)
    _doubt_plain_labels(utterances)
    _label_bare_names(utterances)
    _label_dashed_names(utterances)
    _label_unmarked_names(utterances)
    _label_by_faces(utterances)
    _set_in_capitals(utterances)
    return utterances


def _find_prompts(utterances: list[Utterance]) -> None:
    """Takes sentences that the next utterance completes for requests: "Silence is …" "… what I hear when I sleep."."""
    for one, other in pairwise(utterances):
        if one.segment.text.endswith(_DOTS) and other.segment.text.startswith(_DOTS):
            one.requests = one.is_question = True


def _said(utterance: Utterance) -> str:
    """The words without the label in front."""
    return utterance.segment.text[utterance.label.length if utterance.label else 0 :]


def _label_unmarked_names(utterances: list[Utterance]) -> None:
    """Takes the names that no colon ends for labels, where the page has no labels of another form."""
    if sum(utterance.label is not None for utterance in utterances) >= LEAST_SET_APART:
        return
    found = unmarked_names(utterance.segment for utterance in utterances)
    for utterance in utterances:
        utterance.label = utterance.label or found.get(id(utterance.segment))


def _label_by_faces(utterances: list[Utterance]) -> None:
    """Takes the names of the faces beside them for the labels of those that nothing else names, the first in each box."""
    if any(utterance.label is not None for utterance in utterances):
        return
    passed = None
    for utterance in utterances:
        element = utterance.segment.element
        box = next((each for each in element.parents if each.has_attr(SPEAKER)), None) if element is not None else None
        name = attribute(box, SPEAKER) if box is not None and box is not passed else ""
        if is_name(name):
            utterance.label = Label(name, 0, True, "")
        passed = box


def _set_in_capitals(utterances: list[Utterance]) -> None:
    """Few words in capitals ("WHY?") are set in them where longer ones of the page are."""
    if sum(utterance.tone == "caps" for utterance in utterances) < LEAST_CAPITALS:
        return
    for utterance in utterances:
        text = utterance.segment.text
        if utterance.tone == "plain" and text.upper() == text and text.lower() != text:
            utterance.tone = "caps"


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


def _label_dashed_names(utterances: list[Utterance]) -> None:
    """Takes a name and a dash for a label where one voice has them in front of three paragraphs or more, in whatever type."""
    found = {
        index: label
        for index, each in enumerate(utterances)
        if not each.label and (label := dashed_label(each.segment))
    }
    voices = Voices(label.name for label in found.values())
    counted = Counter(voices.find(label.name) for label in found.values())
    for index, label in found.items():
        if counted[voices.find(label.name)] >= LEAST_DASHED:
            utterances[index].label = label


def _doubt_initials(utterances: list[Utterance]) -> None:
    """Takes "P." and "R." for labels only where both sides of a talk have them: else they are initials of names."""
    stopped = [utterance for utterance in utterances if utterance.label is not None and utterance.label.stopped]
    roles = Counter(utterance.label.role for utterance in stopped if utterance.label is not None)
    if min(roles["question"], roles["answer"]) < 2 and not _asks_by_label(stopped):
        for utterance in stopped:
            utterance.label = None


def _doubt_plain_labels(utterances: list[Utterance]) -> None:
    """Takes a word with a colon in plain type for no label where speakers are set apart by type: it heads a list of things.

    Who speaks, and is set plain, does so behind another's words at least once; such a word stands behind words of no label.
    """
    set_apart = Counter(each.label.key for each in utterances if each.label is not None and each.label.emphatic)
    if max(set_apart.values(), default=0) < LEAST_SET_APART:
        return
    plain = [
        (one, other)
        for one, other in pairwise([None, *utterances])
        if other and other.label and not other.label.emphatic and other.segment.kind != "heading"
    ]
    replying = {other.label.key for one, other in plain if other.label and _is_anothers(one, other)}
    speakers = Voices(set_apart)
    for _, utterance in plain:
        label = utterance.label
        if label and not label.role and label.key not in replying and not speakers.find(label.name):
            utterance.label = None


def _is_anothers(utterance: Utterance | None, following: Utterance) -> bool:
    """Whether the utterance in front asks or looks otherwise, so that somebody else may be answering."""
    if utterance is None or utterance.is_question or utterance.tone != following.tone:
        return True
    return utterance.segment.kind == "heading"


def _asks_by_label(stopped: list[Utterance]) -> bool:
    """Whether one letter stands in front of three questions or more, all set in type of their own: "Q. …" in bold."""
    letters = {
        utterance.label.key
        for utterance in stopped
        if utterance.label is not None and utterance.label.role == "question"
    }
    return len(stopped) >= 3 and len(letters) == 1 and all(utterance.tone != "plain" for utterance in stopped)


def _label(segment: Segment, adopted: Part | None) -> Label | None:
    """The label in front of the segment, or the one that stands on a line of its own above it."""
    if adopted is not None:
        return Label(without_time(adopted.segment.text).strip(" :"), 0, True, "")
    return label_of(segment) if segment.inlines and segment.link_density < 0.5 else None


def _lone_names(parts: list[Part]) -> dict[int, Part]:
    """Identity of a part → the name on a line of its own above it, where two names or more stand so in turn.

    Words that stand so three times or more are a name whatever they look like ("ezra klein"); somebody who speaks once is
    known by the look of the others' names.
    """
    # A picture, a read-more or a pull quote between a name and the words is no part of either.
    kept = [part for part in parts if part.segment.open and part.segment.kind != "figure"]
    lines = [(part, following) for part, following in pairwise(kept) if _is_lone_line(part.segment, following.segment)]
    counted = Counter(_bare(part) for part, _ in lines)
    usual = {name for name, count in counted.items() if count >= 3 or (count == 2 and _is_person(name))}
    if len(usual) < 2 or sum(counted[name] for name in usual) < 4:
        usual = set()
    looks = {_look(part) for part, _ in lines if _bare(part) in usual} | _looks_of_people(kept, lines)
    return {
        id(following): part
        for part, following in lines
        if _bare(part) in usual or (_is_person(_bare(part)) and _look(part) in looks)
    }


def _looks_of_people(kept: list[Part], lines: list[tuple[Part, Part]]) -> set[tuple[str, Dress]]:
    """The looks of lines that name people, mostly with what they are, as where many answer and each does so once."""
    people: dict[tuple[str, Dress], set[str]] = {}
    for part, _ in lines:
        if _is_person(_bare(part)):
            people.setdefault(_look(part), set()).add(_bare(part))
    worn = Counter(_look(part) for part in kept if part.segment.open and part.segment.text)
    return {
        look
        for look, names in people.items()
        # Crossheads may look like names, but not like names with an office.
        if len(names) >= LEAST_PEOPLE
        and sum(_without_office(name) != name for name in names) * 2 > len(names)
        and sum(_look(part) == look and _is_person(_bare(part)) for part, _ in lines) * 2 > worn[look]
    }


def _look(part: Part) -> tuple[str, Dress]:
    return part.segment.kind, part.segment.dress


def _is_person(text: str) -> bool:
    """Whether a line is a name, or one with what the person is behind a comma, a dash or in brackets."""
    return is_name(_without_office(text))


def _without_office(text: str) -> str:
    name, *office = _OFFICE.split(text, maxsplit=1)
    return name if office and (len(name.split()) > 1 or unspaced(name) > 1) else text


def _bare(part: Part) -> str:
    return without_time(part.segment.text).strip(" :")


def _is_lone_line(segment: Segment, following: Segment) -> bool:
    if (
        not segment.open
        or not following.open
        or following.kind != "paragraph"
        or segment.kind not in ("paragraph", "heading")
    ):
        return False
    name = without_time(segment.text).strip(" :")
    if not name or name[-1] in ".?!…。？！؟" or name[0] in "([（［":
        return False
    bare = _without_office(name)
    size = len(name.split()) + unspaced(name) // 2
    return size <= MOST_WORDS or (bare != name and size <= MOST_WITH_OFFICE and is_name(bare))


def _may_speak(segment: Segment) -> bool:
    return segment.open and segment.kind in ("paragraph", "heading", "list", "preformatted") and bool(segment.text)


def _utterance(part: Part, adopted: Part | None) -> Utterance:
    segment = part.segment
    mark = _MARKS.match(segment.text)
    found = (mark["mark"] or "number") if mark else ""
    label = _label(segment, adopted)
    apart = label is not None and label.emphatic and label.length > 0
    return Utterance(
        part,
        emphasis_of(without_label(segment, label) if apart and label is not None else segment.inlines),
        label,
        found,
        segment.word_count,
        is_question(segment.text),
        adopted=adopted,
    )
