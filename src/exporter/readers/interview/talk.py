"""A page with its tags while they are set right, and what tells of its lines that no voice of the talk says them."""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct

from exporter.readers.interview.features import opens_editors_line
from exporter.readers.interview.one_voice import tells_who_speaks
from exporter.readers.interview.scene import Scene
from exporter.readers.interview.scoring import is_bare
from exporter.readers.interview.tagging import TAGS, Tagging
from exporter.readers.interview.utterances import Utterance
from exporter.readers.lexicon.credits import is_credit
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.grammar import uses_person
from exporter.readers.lexicon.names import is_full_name
from exporter.readers.lexicon.vocabulary import WORDS, Cue

DOUBTFUL = 0.7
"""Probability below which what it says itself goes before what the tagger thinks."""
ANSWER, QUESTION = TAGS.index("answer"), TAGS.index("question")
UNDOUBTED = 0.95
"""Probability of an answer from which what publishers print, too, is one."""
LONGEST_PITCH = 40
"""Words of what a publisher asks for."""
_PROMOTES = Cue("promotion", rf"(?<!\w){WORDS}")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
OPENS_QUOTE = ('"', "“", "„", "«", "»", "「", "『", "‘")
_FULL_NAME = re.compile(
    r"^(?P<name>[^\W\d_a-z][\w.’'-]+(?:\s(?:[^\W\d_a-z][\w.’'-]*|d[aeio]s?|v[ao]n|der|den|del|della|al|el|la|le|y)){1,3})"
    r"(?=\s[^\W\d_A-Z]|\s?[,(])"
)
"""A full name that a sentence begins with and goes on behind, or brackets with what the person is."""


class Talk(Struct, dict=True):
    """A page with the tags that its utterances have so far."""

    scene: Scene
    tagging: Tagging
    tags: list[str]

    @property
    def utterances(self) -> list[Utterance]:
        """All that may speak, in the order of the page."""
        return self.scene.utterances

    @property
    def first_asked(self) -> int:
        """Where the first question stands; behind the page for none."""
        return self.tags.index("question") if "question" in self.tags else len(self.tags)

    def last(self, tag: str) -> int:
        """Where the last utterance of a tag stands; -1 for none."""
        return max((place for place, each in enumerate(self.tags) if each == tag), default=-1)

    def likely(self, place: int, tag: int) -> float:
        """The probability of a tag there."""
        return self.tagging.marginals[place][tag]

    @cached_property
    def introduced(self) -> str:
        """What the page says before it comes to the questions, and the names of its head, folded."""
        before = [each.segment.text for each in self.utterances[: self.first_asked]]
        return f" {fold_name(' '.join([*before, *self.scene.facts.names, *self.scene.facts.people]))} "

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of the labels, folded."""
        names = (fold_name(each.label.name) for each in self.utterances if each.label and not each.label.role)
        return frozenset(name.split()[-1] for name in names if name)

    def tells_of_a_person(self, place: int) -> bool:
        """Whether an utterance begins with the full name of somebody, whom the page has named or nothing else fits."""
        utterance, name = self.utterances[place], self.told_of(place)
        if not name or f" {name} " in self.introduced or name.split()[-1] in self.surnames:
            return bool(name)
        return not utterance.addresses and utterance.language[:2] != "de" and self.likely(place, ANSWER) < DOUBTFUL

    def told_of(self, place: int) -> str:
        """The full name, folded, that an utterance begins with whose first sentence says no I; ``""`` without one."""
        utterance = self.utterances[place]
        found = _FULL_NAME.match(utterance.segment.text)
        sentence = re.split(r"(?<=[^\W\d_]{3})[.!?]\s", utterance.segment.text, maxsplit=1)[0]
        if found is None or uses_person(sentence, "first", utterance.language) or not is_full_name(found["name"]):
            return ""
        return fold_name(found["name"])


def stands_bare(utterance: Utterance) -> bool:
    """Whether it is a few words that no sign of any script ends."""
    return is_bare(utterance) and utterance.segment.text.rstrip()[-1:].isalnum()


def is_editors(talk: Talk, place: int) -> bool:
    """Whether no voice of the talk says it: it tells of a person by name, of the text itself, or who said what."""
    utterance = talk.utterances[place]
    text = utterance.segment.text
    label = utterance.label
    # "Interview: X" below the last answer names who asked, where nobody else is called so.
    called = [each.label.name for each in talk.utterances if each.label is not None]
    if label is not None and (not opens_editors_line(text) or called.count(label.name) > 1):
        return False
    return (
        opens_editors_line(text)
        or text.startswith("*")
        or talk.tells_of_a_person(place)
        or (tells_who_speaks(text) and utterance.mark == "" and not answers_in_quotes(talk))
    )


def is_publishers(talk: Talk, place: int) -> bool:
    """Whether a line is whose the picture or the text is, or asks for something as publishers do, and the tagger doubts it."""
    utterance = talk.utterances[place]
    called = [each.label.key for each in talk.utterances if each.label is not None]
    if utterance.words > LONGEST_PITCH or (utterance.label is not None and called.count(utterance.label.key) > 1):
        return False
    text = utterance.segment.text
    pitched = utterance.label is None and bool(_PROMOTES.search(text) or _ADDRESS.search(text))
    return (is_credit(text) or pitched) and talk.likely(place, ANSWER) < UNDOUBTED


def answers_in_quotes(talk: Talk) -> bool:
    """Whether most answers of the talk stand in quotation marks."""
    found = [each for each, tag in zip(talk.utterances, talk.tags, strict=True) if tag == "answer"]
    return sum(each.segment.text.startswith(OPENS_QUOTE) for each in found) * 2 > len(found)
