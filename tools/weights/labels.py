"""Says of each utterance of a page what it is, by a truth that names the first and last words of every turn."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

from msgspec import Struct

from exporter.readers.interview.utterances import Utterance

_STAMP = re.compile(r"^\[?\d\d:\d\d\]?\s*")
REACH, FIRST_WORDS = 4, 8
"""Utterances over which the first or last words of a turn may go, and how many first words truth gives."""
TOLERATED, SLACK = 0.1, 3
"""Share of an answer's words, and words, by which it may be longer than truth says before a box is looked for inside it."""


class Labels(Struct):
    """A tag to each utterance, and whether every turn of truth was found from its first word to its last."""

    tags: list[str]
    whole: bool


def labels_of(utterances: list[Utterance], truth: dict[str, Any] | None, scorer: ModuleType) -> Labels:
    """The tags by truth in the form of ``../shared/corpus/interviews``; None for a page that is no talk."""
    if truth is None or not truth["is_interview"] or not truth["turns"]:
        return Labels(["before"] * len(utterances), True)
    turns, names = scorer.gt_turns(truth)
    texts = [_STAMP.sub("", each.segment.text) for each in utterances]
    going_on = [" ".join(texts[index : index + REACH]) for index in range(len(texts))]
    starts = [
        [
            scorer.start_ok([turn["starts"], *turn.get("starts_alt", [])], own, names)
            or (len(own.split()) < FIRST_WORDS and scorer.start_ok([turn["starts"]], text, names))
            for own, text in zip(texts, going_on, strict=True)
        ]
        for turn in turns
    ]
    pairs = scorer.align(turns, texts, starts)
    spans = _spans(turns, texts, pairs, scorer)
    roles: list[str | None] = [None] * len(texts)
    for (first, last, _), (place, _) in zip(spans, pairs, strict=True):
        kept = _without_box(texts[first : last + 1], turns[place].get("words"))
        for offset in kept:
            roles[first + offset] = turns[place]["speaker"]
    banned = [scorer.norm(each) for each in truth.get("must_not_contain", []) if scorer.norm(each)]
    for index, text in enumerate(texts):
        if roles[index] == "answer" and any(each in scorer.norm(text) for each in banned):
            roles[index] = None
    needed = sum(not turn.get("optional") for turn in turns)
    found = sum(
        ended and not turns[place].get("optional") for (_, _, ended), (place, _) in zip(spans, pairs, strict=True)
    )
    return Labels(_tags(utterances, roles), found == needed)


def labels_by_text(utterances: list[Utterance], spoken: list[tuple[str, str]]) -> Labels:
    """The tags by ``(role, text)`` of every turn, the whole of its text given."""
    rest = [(role, _squeezed(text)) for role, text in spoken]
    roles: list[str | None] = []
    place = 0
    for utterance in utterances:
        while place < len(rest) and not rest[place][1]:
            place += 1
        roles.append(_taken(utterance, rest, place))
    return Labels(_tags(utterances, roles), not any(text for _, text in rest))


def _taken(utterance: Utterance, rest: list[tuple[str, str]], place: int) -> str | None:
    """The role of the turn that goes on with the utterance's words, which are taken off what is left of it."""
    text = utterance.segment.text
    for words in (text, text[utterance.label.length :] if utterance.label else text):
        said = _squeezed(words)
        if said and place < len(rest) and rest[place][1].startswith(said):
            rest[place] = (rest[place][0], rest[place][1][len(said) :])
            return rest[place][0]
    return None


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _spans(
    turns: list[dict[str, Any]], texts: list[str], pairs: list[tuple[int, int]], scorer: ModuleType
) -> list[tuple[int, int, bool]]:
    """First and last utterance of each turn that was found, and whether its last words were."""
    spans = []
    for number, (place, first) in enumerate(pairs):
        turn, is_last = turns[place], number + 1 == len(pairs)
        following = len(texts) if is_last else pairs[number + 1][1]
        closing = [turn["ends"], *turn.get("ends_alt", [])]
        ends = [
            index
            for index in range(first, following)
            if scorer.end_ok(closing, texts[index])
            or (index > first and scorer.end_ok(closing, " ".join(texts[max(first, index - REACH) : index + 1])))
        ]
        if ends:
            spans.append((first, ends[0] if is_last else ends[-1], True))
        elif not is_last:
            spans.append((first, following - 1, False))
        else:
            spans.append((first, _by_words(texts, first, turn.get("words")), False))
    return spans


def _by_words(texts: list[str], first: int, words: int | None) -> int:
    last, count = first, len(texts[first].split())
    while words and last + 1 < len(texts) and count + len(texts[last + 1].split()) <= words * 1.05 + SLACK:
        last += 1
        count += len(texts[last].split())
    return last


def _without_box(texts: list[str], words: int | None) -> list[int]:
    """The places of a turn less a run whose words are too many by truth's count: a box inside the answer."""
    every = list(range(len(texts)))
    counts = [len(text.split()) for text in texts]
    over = sum(counts) - (words or sum(counts))
    if not words or len(texts) < 2 or over <= TOLERATED * words + SLACK:
        return every
    runs = [
        (abs(sum(counts[low:high]) - over), low, high) for low in every[1:] for high in range(low + 1, len(texts) + 1)
    ]
    miss, low, high = min(runs)
    return [place for place in every if not low <= place < high] if miss <= 0.04 * words + 2 else every


def _tags(utterances: list[Utterance], roles: list[str | None]) -> list[str]:
    spoken = [index for index, role in enumerate(roles) if role]
    if not spoken:
        return ["before"] * len(roles)
    tags = []
    for index, (role, utterance) in enumerate(zip(roles, utterances, strict=True)):
        if role:
            tags.append(role)
        elif index < spoken[0]:
            tags.append("before")
        elif index > spoken[-1]:
            tags.append("after")
        else:
            tags.append("heading" if utterance.segment.kind == "heading" else "box")
    return tags
