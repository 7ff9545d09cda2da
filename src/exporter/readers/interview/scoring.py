"""How likely a hypothesis is: learned weights over how it divides the page into questions and answers (docs/reading.md)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from msgspec import Struct

from exporter.readers.interview.hypotheses import Hypothesis
from exporter.readers.interview.utterances import PageFacts, Utterance

Features = dict[str, float]
"""Name → value of what bears on the decision, of the order of 1."""

KINDS = (
    *("label one", "label", "question-class", "heading", "bold-paragraph", "italic-paragraph", "caps-paragraph"),
    *("mark", "sign", "token", "worn", "dress", "question-mark"),
)
"""Kinds of manners, by the beginnings of their names; the first that fits counts."""
_ENDS_SENTENCE = ".…!。:"


class Division(Struct):
    """The page as one hypothesis divides it: groups of questions that follow each other directly, each with its answer."""

    utterances: list[Utterance]
    hypothesis: Hypothesis
    facts: PageFacts
    groups: list[list[int]]
    asked: list[list[Utterance]]
    answers: list[list[Utterance]]

    @property
    def questions(self) -> list[Utterance]:
        """The questions in the order of the page."""
        return [self.utterances[index] for index in sorted(self.hypothesis.questions)]


def division_of(utterances: list[Utterance], hypothesis: Hypothesis, facts: PageFacts) -> Division:
    """How the hypothesis divides the page."""
    groups: list[list[int]] = []
    for index in sorted(hypothesis.questions):
        if groups and groups[-1][-1] == index - 1 and index not in hypothesis.speakers:
            groups[-1].append(index)
        else:
            groups.append([index])
    ends = [group[0] for group in groups[1:]] + [len(utterances)]
    answers = [utterances[group[-1] + 1 : end] for group, end in zip(groups, ends, strict=True)]
    asked = [[utterances[index] for index in group] for group in groups]
    return Division(utterances, hypothesis, facts, groups, asked, answers)


# ---------------------------------------------------------------------------------------------------------------- features


def _exchange(division: Division) -> Features:
    """Questions that ask, each answered, none left over; how alike the turns are in length."""
    asked, answers, count = division.asked, division.answers, len(division.groups)
    question_words = [sum(each.words for each in group) for group in asked]
    answer_words = [sum(each.words for each in answer) for answer in answers]
    first = min(division.hypothesis.questions)
    brief = [
        index
        for index, each in enumerate(division.utterances)
        if each.is_question and each.words <= 60 and index >= first
    ]
    every = sum(each.is_question for each in division.utterances) or 1
    asking = _share([any(each.is_question for each in group) for group in asked])
    return {
        "asking": asking,
        "answered": _share([bool(answer) for answer in answers]),
        "recall": sum(index in division.hypothesis.questions for index in brief) / len(brief) if brief else 0.5,
        "asks inside answers": sum(each.is_question for answer in answers for each in answer) / every,
        "questions": _log(count),
        "few": float(count < 3),
        "all that ask": _log(every),
        "question words": _log(median(question_words)),
        "answer words": _log(median(answer_words)),
        "longer answers": min(3.0, _log(median(answer_words)) - _log(median(question_words))),
        "long questions": float(median(question_words) > 60),
        "spread of questions": _spread(question_words),
        "spread of answers": min(3.0, _spread(answer_words)),
        "single questions": _share([len(group) == 1 for group in asked]),
        "single answers": _share([len(answer) == 1 for answer in answers]),
        "largest group": _log(max(map(len, asked))),
        "largest answer": _log(max(map(len, answers))),
        "last answer": _log(answer_words[-1]) - _log(median(answer_words)),
    }


def _persons(division: Division) -> Features:
    """What tells a talk from an explainer: who is addressed, who says I, who answers as one does, who remarks."""
    spoken = [answer for answer in division.answers if answer]
    says_i = [any(each.says_i for each in answer) for answer in spoken]
    told = [any(each.addresses for each in answer) and not says for answer, says in zip(spoken, says_i, strict=True)]
    addressing = [any(each.addresses for each in group) for group in division.asked]
    asks_self = [
        any(each.says_i for each in group) and not to for group, to in zip(division.asked, addressing, strict=True)
    ]
    replying = _share([answer[0].replies for answer in spoken])
    return {
        "addressing": _share(addressing),
        "speaking": _share(says_i),
        "replying": replying,
        "asking self": _share(asks_self),
        "remarking": _share([_remarks(group) for group in division.asked]),
        "instructing": _share(told),
        "two persons": min(1.0, 0.5 * _share(addressing) + 0.5 * _share(says_i) + 0.4 * replying),
        "answers begin with I": _share([bool(answer) and answer[0].says_i for answer in division.answers]),
        "questions say I": _share([any(each.says_i for each in group) for group in division.asked]),
    }


def _style(division: Division) -> Features:
    """How the questions look: whether alike, whether unlike the rest, whether others look so too."""
    questions = division.questions
    looks = Counter((each.segment.dress, each.tone) for each in questions)
    look, alike = looks.most_common(1)[0]
    wearers = sum((each.segment.dress, each.tone) == look for each in division.utterances)
    tone, of_tone = Counter(each.tone for each in questions).most_common(1)[0]
    first = min(division.hypothesis.questions)
    rest = [
        each.tone
        for index, each in enumerate(division.utterances)
        if index > first and index not in division.hypothesis.questions
    ]
    parents = {id(each.segment.element.parent) for each in questions if each.segment.element is not None}
    return {
        "alike": alike / len(questions),
        "wearers that ask": alike / wearers,
        "one type": of_tone / len(questions),
        "type of their own": float(tone != (Counter(rest).most_common(1)[0][0] if rest else "plain")),
        "bold": float(tone == "bold"),
        "italic": float(tone == "italic"),
        "headings": _share([each.segment.kind == "heading" for each in questions]),
        "links": _mean([each.segment.link_density for each in questions]),
        "parents": len(parents) / len(questions),
        "end as sentences": _share(
            [group[-1].segment.text.rstrip(' "”»')[-1:] in _ENDS_SENTENCE for group in division.asked]
        ),
        "bare": _share([is_bare(group[-1]) for group in division.asked]),
        "numbered": float(_share([group[0].mark == "number" for group in division.asked]) >= 0.6),
    }


def _place(division: Division) -> Features:
    """Where on the page the talk stands, and how much of the page it is."""
    whole, size = sum(each.words for each in division.utterances) or 1, len(division.utterances)
    first, last = min(division.hypothesis.questions), max(division.hypothesis.questions)
    return {
        "cover": sum(each.words for each in division.utterances[first:]) / whole,
        "before": first / size,
        "behind": (size - 1 - last) / size,
        "share of questions": len(division.hypothesis.questions) / size,
    }


def _labels(division: Division) -> Features:
    """Names and letters in front of the turns, and what the page says of itself."""
    facts, count = division.facts, len(division.groups)
    return {
        "labelled questions": _share([each.label is not None for each in division.questions]),
        "labelled answers": len(division.hypothesis.starts) / count,
        "any label": float(any(each.label for each in division.utterances)),
        "labels of roles": float(division.hypothesis.roles),
        "announced": float(facts.announced),
        "quoted headline": float(facts.quoted),
        "faq": float(facts.faq),
    }


def _manner(division: Division) -> Features:
    manner = division.hypothesis.manner
    kind = next((each for each in KINDS if manner.startswith(each)), "other")
    found = {f"told by {each}": float(each == kind) for each in KINDS}
    found["in block quotes"] = float("blockquote" in manner)
    found["barred"] = float(manner.startswith(("mark ―", "mark ─", "mark –", "mark —")))
    return found


FAMILIES: tuple[Callable[[Division], Features], ...] = (_exchange, _persons, _style, _place, _labels, _manner)
"""What is asked of a hypothesis by itself."""


def features_of(utterances: list[Utterance], hypotheses: list[Hypothesis], facts: PageFacts) -> list[Features]:
    """The features of each hypothesis: its own, and how it stands to the page's others."""
    made = []
    for hypothesis in hypotheses:
        division = division_of(utterances, hypothesis, facts)
        found: Features = {}
        for family in FAMILIES:
            found |= family(division)
        found["asking and addressing"] = found["asking"] * found["addressing"]
        found["asking and speaking"] = found["asking"] * found["speaking"]
        found["asking and recall"] = found["asking"] * found["recall"]
        found["announced persons"] = found["announced"] * found["two persons"]
        made.append(found | _relations(hypothesis, hypotheses))
    return made


def _relations(hypothesis: Hypothesis, hypotheses: list[Hypothesis]) -> Features:
    others = [each.questions for each in hypotheses if each is not hypothesis]
    overlaps = [overlap(hypothesis.questions, each) for each in others] + [1.0] * (hypothesis.times - 1)
    return {
        "consensus": _mean(overlaps),
        "twins": _log(sum(each > 0.9 for each in overlaps)),
        "inside of others": _log(sum(hypothesis.questions < each for each in others)),
        "around others": _log(sum(hypothesis.questions > each for each in others)),
        "hypotheses": _log(len(hypotheses)),
    }


def overlap(one: set[int], other: set[int]) -> float:
    """How much two sets of questions have in common, 0 to 1 (Jaccard)."""
    return len(one & other) / (len(one | other) or 1)


def is_bare(utterance: Utterance) -> bool:
    """Whether a few words, or a line of capitals, stand without a full stop and without a label."""
    text = utterance.segment.text.rstrip()
    brief = utterance.words <= 5 or (utterance.words <= 12 and text == text.upper())
    return brief and utterance.label is None and not text.endswith((".", "!", "?", "…"))


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def _mean(found: Sequence[float]) -> float:
    return sum(found) / len(found) if found else 0.0


def _spread(found: Sequence[float]) -> float:
    """Standard deviation, as a share of the mean."""
    mean = _mean(found)
    return math.sqrt(_mean([(each - mean) ** 2 for each in found])) / (mean or 1)


def _log(count: float) -> float:
    return math.log1p(count)


def _remarks(group: list[Utterance]) -> bool:
    """Whether a question is a whole sentence that asks nothing, as no heading is: "So it was an accident."."""
    last = group[-1]
    ends = last.segment.text.rstrip(" \"'”»’)")[-1:] in (".", "…", "!", "。", ":")
    return not any(each.is_question for each in group) and last.words >= 3 and ends


# ----------------------------------------------------------------------------------------------------------------- scoring


def likelihood(found: Features, weights: dict[str, float]) -> float:
    """The probability that a hypothesis with these features names the page's questions, 0 to 1 (logistic regression)."""
    total = weights.get("bias", 0.0) + sum(value * weights.get(name, 0.0) for name, value in found.items())
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))
