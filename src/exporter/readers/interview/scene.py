"""A page as the tagger sees it: its utterances, sorted in several ways, with the likeliest hypotheses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from statistics import median
from typing import TypeVar

from msgspec import Struct

from exporter.readers.interview.hypotheses import (
    Hypothesis,
    askers_among,
    column_of,
    leading_sign,
    leading_token,
    voice_of,
    voices_of,
)
from exporter.readers.interview.scoring import overlap
from exporter.readers.interview.utterances import PageFacts, Utterance
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.segments.labels import Voices

Key = TypeVar("Key", str, int)

BEST = 3
"""Hypotheses that are looked at, each unlike the others."""
LEAST_SURNAME = 4
"""Letters of a surname that is looked for in the text; a shorter one may be any word."""
LEAST_ECHO, LONGEST_ECHO, ECHO_REACH = 16, 60, 14
"""Letters that words must have to be known again, words of the longest that repeats, utterances over which it may stand."""
_LETTERS = re.compile(r"[^\W_]+")
UNLIKE = 0.85
"""Overlap of questions from which two hypotheses are the same."""


class Fellows(Struct):
    """What utterances that share a look have in common."""

    count: int
    asks: float
    followed: float
    words: float
    says_i: float
    addresses: float


class Scene(Struct, dict=True):
    """A page's utterances with what is worked out once for all of them.

    ``looks``, ``tokens``, ``signs`` and ``parents`` are one to an utterance: style and type, short words in front that recur,
    a sign in front, the element around; ``turns`` whose turn it is by the labels, ``rests`` the share of words to go;
    ``echoes`` whether its words stand ``"above"`` or ``"below"`` inside another (``""`` for neither).
    ``groupings`` says for each way to sort the utterances under which key each stands, and what those of one key have in
    common. ``asking`` are the indexes of those that ask.
    """

    utterances: list[Utterance]
    facts: PageFacts
    hypotheses: list[Hypothesis]
    best: list[Hypothesis]
    looks: list[str]
    tokens: list[str | None]
    signs: list[str | None]
    parents: list[int]
    groupings: dict[str, tuple[list[str | None], dict[str, Fellows]]]
    main_look: str
    main_parent: int
    asking: list[int]
    usual_asking: tuple[str, bool]
    labels: Counter[str]
    voices: Voices | None
    askers: set[str]
    turns: list[str]
    rests: list[float]
    echoes: list[str]
    people: frozenset[str]
    surnames: frozenset[str]

    @cached_property
    def best_span(self) -> tuple[int, int]:
        """The first and the last question of the likeliest hypothesis."""
        return min(self.best[0].questions), max(self.best[0].questions)

    @cached_property
    def known_tokens(self) -> frozenset[str]:
        """The tokens that recur."""
        return frozenset(filter(None, self.tokens))

    @cached_property
    def token_share(self) -> float:
        """The share of utterances that have one of them."""
        return sum(each is not None for each in self.tokens) / len(self.tokens)

    @cached_property
    def asking_token(self) -> str:
        """The token of those that ask most."""
        fellows = self.groupings["token"][1]
        return max(self.known_tokens, key=lambda each: (fellows[each].asks, fellows[each].count, each))


def scene_of(utterances: list[Utterance], hypotheses: list[Hypothesis], facts: PageFacts) -> Scene:
    """The scene; every hypothesis has its likelihood as ``score``."""
    looks = [f"{each.segment.dress}#{each.tone}" for each in utterances]
    tokens = _recurring(leading_token(each.segment.text) for each in utterances)
    signs = [leading_sign(each.segment.text) or None for each in utterances]
    parents = [id(each.segment.element.parent) if each.segment.element is not None else 0 for each in utterances]
    keys: dict[str, Sequence[str | None]] = {
        "look": looks,
        "type": [f"{each.segment.kind}{each.segment.level or ''}#{each.tone}" for each in utterances],
        "mark": [each.mark or None for each in utterances],
        "cut": [f"{each.part.box}{min(each.part.row, 1)}{min(each.part.place, 2)}{each.tone}" for each in utterances],
        "sign": signs,
        "token": tokens,
        "column": [column_of(each) or None for each in utterances],
    }
    voices = voices_of(utterances)
    best = _best(hypotheses)
    return Scene(
        *(utterances, facts, hypotheses, best, looks, tokens, signs, parents),
        groupings={name: (list(found), _fellows(utterances, found)) for name, found in keys.items()},
        main_look=_heaviest(utterances, looks, ""),
        main_parent=_heaviest(utterances, parents, 0),
        asking=[index for index, each in enumerate(utterances) if each.is_question],
        usual_asking=_usual_asking(utterances, looks),
        labels=Counter(each.label.key for each in utterances if each.label),
        voices=Voices(voices) if len(voices) > 1 else None,
        askers=askers_among(utterances, voices, facts) if len(voices) > 1 else set(),
        turns=_turns(utterances, voices, facts),
        rests=_rests(utterances),
        echoes=_echoes(utterances),
        surnames=_surnames(facts, voices),
        people=frozenset(fold_name(name) for name in facts.interviewers if name),
    )


def _turns(utterances: list[Utterance], voices: dict[str, list[int]], facts: PageFacts) -> list[str]:
    """Whose turn it is, ``"asks"`` or ``"answers"``, at each utterance: that of the label last met; ``""`` before any."""
    if len(voices) < 2:
        return [""] * len(utterances)
    askers, known, current, turns = askers_among(utterances, voices, facts), Voices(voices), "", []
    for utterance in utterances:
        voice = voice_of(utterance, known)
        current = ("asks" if voice in askers else "answers") if voice else current
        turns.append(current)
    return turns


def _surnames(facts: PageFacts, voices: dict[str, list[int]]) -> frozenset[str]:
    """The last words of the full names of those who speak or whom the head of the page names, folded."""
    names = [fold_name(name).split() for name in (*voices, *facts.people)]
    return frozenset(words[-1] for words in names if len(words) > 1 and len(words[-1]) >= LEAST_SURNAME)


def _recurring(tokens: Iterable[str]) -> list[str | None]:
    found = list(tokens)
    counted = Counter(found)
    return [each if each and counted[each] >= 2 else None for each in found]


def _heaviest(utterances: list[Utterance], keys: Sequence[Key], none: Key) -> Key:
    """The key under which most words stand."""
    weights: Counter[Key] = Counter()
    for utterance, key in zip(utterances, keys, strict=True):
        weights[key] += utterance.words
    return weights.most_common(1)[0][0] if weights else none


def _usual_asking(utterances: list[Utterance], looks: list[str]) -> tuple[str, bool]:
    """The look of most short utterances that ask, and whether most of all that ask have it; ``""`` where none asks."""
    asked = [look for look, each in zip(looks, utterances, strict=True) if each.is_question and each.words <= 60]
    if not asked:
        return "", False
    look, count = Counter(asked).most_common(1)[0]
    return look, count > 0.6 * sum(each.is_question for each in utterances)


def _rests(utterances: list[Utterance]) -> list[float]:
    """For each utterance, the share of the page's words from it on."""
    whole, passed, rests = sum(each.words for each in utterances) or 1, 0, []
    for utterance in utterances:
        rests.append(1 - passed / whole)
        passed += utterance.words
    return rests


def _echoes(utterances: list[Utterance]) -> list[str]:
    """Where an utterance's words stand once more inside a longer one near by, as a pull quote's do."""
    folded = [_letters(each.segment.text) for each in utterances]
    return [_echo(folded, index) if each.words <= LONGEST_ECHO else "" for index, each in enumerate(utterances)]


def _echo(folded: list[str], index: int) -> str:
    words = folded[index]
    if len(words) < LEAST_ECHO:
        return ""
    if any(words in other and words != other for other in folded[max(index - ECHO_REACH, 0) : index]):
        return "above"
    below = folded[index + 1 : index + 1 + ECHO_REACH]
    return "below" if any(words in other and words != other for other in below) else ""


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


def _fellows(utterances: list[Utterance], keys: Sequence[str | None]) -> dict[str, Fellows]:
    members: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key is not None:
            members.setdefault(key, []).append(index)
    return {key: _in_common(utterances, keys, key, indexes) for key, indexes in members.items()}


def _in_common(utterances: list[Utterance], keys: Sequence[str | None], key: str, indexes: list[int]) -> Fellows:
    found, count = [utterances[index] for index in indexes], len(indexes)
    followed = sum(index + 1 < len(keys) and keys[index + 1] != key for index in indexes)
    return Fellows(
        count,
        sum(each.is_question for each in found) / count,
        followed / count,
        median(each.words for each in found),
        sum(each.says_i for each in found) / count,
        sum(each.addresses for each in found) / count,
    )


def _best(hypotheses: list[Hypothesis]) -> list[Hypothesis]:
    """The likeliest hypotheses of which no two are nearly the same."""
    best: list[Hypothesis] = []
    for hypothesis in sorted(hypotheses, key=lambda each: -each.score):
        if all(overlap(hypothesis.questions, each.questions) < UNLIKE for each in best):
            best.append(hypothesis)
        if len(best) == BEST:
            break
    return best
