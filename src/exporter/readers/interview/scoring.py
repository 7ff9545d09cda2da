"""How well a reading explains the page as a whole: questions that ask, each answered, none left over."""

from __future__ import annotations

from statistics import median

from msgspec import Struct

from exporter.readers.interview.hypotheses import Hypothesis
from exporter.readers.interview.utterances import PageFacts, Utterance

DISBELIEF = 0.25
"""The factor for a page that asks questions but holds no talk."""


def score(utterances: list[Utterance], hypothesis: Hypothesis, facts: PageFacts) -> float:
    """How well a reading explains the page, about 0 to 1.2: questions that ask, each answered, none left over."""
    groups = _groups(utterances, hypothesis)
    if len(groups) < (2 if facts.announced else 3):
        return 0.0
    asked = [[utterances[index] for index in group] for group in groups]
    asking = sum(any(utterance.is_question for utterance in group) for group in asked) / len(asked)
    answers = _answers(utterances, groups, hypothesis)
    answered = sum(1 for answer in answers if answer) / len(answers)
    recall = _recall(utterances, hypothesis)
    persons = _persons(asked, answers)
    length = _lengths(asked, answers)
    explicit = 1.15 if hypothesis.manner in ("label", "question-class") else 1.0
    score = (0.3 + 0.7 * asking) * answered**2 * (0.35 + 0.65 * recall) * length * explicit
    hypothesis.numbered = sum(group[0].mark == "number" for group in asked) >= len(asked) * 0.6
    doubt = _doubt(persons, facts, hypothesis, asking, len(groups))
    return score * doubt * (0.9 if hypothesis.manner == "question-mark" else 1.0)


def _groups(utterances: list[Utterance], hypothesis: Hypothesis) -> list[list[int]]:
    """Questions that follow each other directly, together."""
    groups: list[list[int]] = []
    for index in sorted(hypothesis.questions):
        if groups and groups[-1][-1] == index - 1 and index not in hypothesis.speakers:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _answers(utterances: list[Utterance], groups: list[list[int]], hypothesis: Hypothesis) -> list[list[Utterance]]:
    ends = [group[0] for group in groups[1:]] + [len(utterances)]
    return [utterances[group[-1] + 1 : end] for group, end in zip(groups, ends, strict=True)]


def _recall(utterances: list[Utterance], hypothesis: Hypothesis) -> float:
    """Share of the short paragraphs ending in a question mark that the reading calls questions."""
    first = min(hypothesis.questions)
    asking = [
        index
        for index, utterance in enumerate(utterances)
        if utterance.is_question and utterance.words <= 60 and index >= first
    ]
    return sum(index in hypothesis.questions for index in asking) / len(asking) if asking else 0.5


class Persons(Struct, frozen=True):
    """What tells a talk from an explainer, each a share, 0 to 1.

    Questions that address somebody, answers in which somebody says I or that begin as answers do, questions that ask about
    oneself, remarks among the questions (whole sentences that ask nothing), answers that address the reader and in which
    nobody says I.
    """

    addressing: float
    speaking: float
    replying: float
    asking_self: float
    remarking: float
    instructing: float

    @property
    def evidence(self) -> float:
        """0 to 1: how much of a talk between two this is."""
        return min(1.0, 0.5 * self.addressing + 0.5 * self.speaking + 0.4 * self.replying)


def _persons(asked: list[list[Utterance]], answers: list[list[Utterance]]) -> Persons:
    spoken = [answer for answer in answers if answer]
    says_i = [any(utterance.says_i for utterance in answer) for answer in spoken]
    told = [
        any(utterance.addresses for utterance in answer) and not says
        for answer, says in zip(spoken, says_i, strict=True)
    ]
    addressing = [any(utterance.addresses for utterance in group) for group in asked]
    asking_self = [
        any(utterance.says_i for utterance in group) and not to for group, to in zip(asked, addressing, strict=True)
    ]
    return Persons(
        addressing=_share(addressing),
        speaking=_share(says_i),
        replying=_share([answer[0].replies for answer in spoken]),
        asking_self=_share(asking_self),
        remarking=_share([_remarks(group) for group in asked]),
        instructing=_share(told),
    )


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def _remarks(group: list[Utterance]) -> bool:
    """Whether a question is a whole sentence that asks nothing, as no heading is: "So it was an accident."."""
    last = group[-1]
    ends = last.segment.text.rstrip(" \"'”»’)")[-1:] in (".", "…", "!", "。", ":")
    return not any(utterance.is_question for utterance in group) and last.words >= 3 and ends


def _lengths(asked: list[list[Utterance]], answers: list[list[Utterance]]) -> float:
    question = median(sum(utterance.words for utterance in group) for group in asked)
    answer = median(sum(utterance.words for utterance in each) for each in answers)
    if question > 90:
        return 0.3
    return 1.0 if answer >= question * 0.8 else 0.55


def _doubt(persons: Persons, facts: PageFacts, hypothesis: Hypothesis, asking: float, count: int) -> float:
    """A factor of 0.25 to 1 for how far the page looks like a talk: somebody addressed, somebody who says I, the word itself.

    Explainers, lists and stories ask questions too, in headings or at the end of paragraphs. Labels on both sides and dashes
    or stars before bold questions prove a talk by themselves; type needs an announcement or two persons; question marks
    alone need both.
    """
    kind = hypothesis.manner.split(" ")[0]
    two = min(persons.addressing, persons.speaking) >= 0.4 and persons.addressing + persons.speaking >= 1.0
    named = kind == "label" and not hypothesis.roles
    if kind != "label" and persons.asking_self > 0.5 and persons.addressing < 0.3:
        return DISBELIEF
    if facts.faq and not named and not (facts.announced and two):
        return DISBELIEF
    if kind in ("label", "question-class"):
        return min(1.0, 0.4 + persons.evidence + (0.45 if facts.announced else 0.0))
    if kind == "question-mark":
        return 1.0 if _told_by_marks(persons, facts, count) else DISBELIEF
    barred = hypothesis.manner.startswith(("mark ――", "mark ──")) and asking >= 0.3
    dialogue = kind == "mark" and not hypothesis.numbered and (asking >= 0.8 or barred) and count >= 4
    # Nobody sets an explainer's questions as quotations.
    dialogue = dialogue or (
        "blockquote" in hypothesis.manner and asking >= 0.8 and count >= 3 and persons.speaking >= 0.5
    )
    told = not hypothesis.numbered and _told_by_type(kind, persons, facts, asking, count)
    if facts.announced or dialogue or told or (two and not hypothesis.numbered and _mutual(persons)):
        return min(1.0, 0.35 + persons.evidence + (0.3 if facts.announced or dialogue or told else 0.15))
    return DISBELIEF


def _mutual(persons: Persons) -> bool:
    """Whether the questions ask another and the answers tell of oneself, rather than the other way round."""
    return persons.asking_self <= persons.addressing and persons.instructing < 0.5


def _told_by_marks(persons: Persons, facts: PageFacts, count: int) -> bool:
    """Whether paragraphs that end in a question mark, set like all others, are questions put to somebody."""
    if facts.announced and persons.addressing >= 0.5 and persons.speaking >= 0.6 and count >= 5:
        return True
    return persons.addressing >= 0.75 and persons.speaking >= 0.85 and persons.asking_self <= 0.1 and count >= 8


def _told_by_type(kind: str, persons: Persons, facts: PageFacts, asking: float, count: int) -> bool:
    """Whether questions set in bold, in italics or as headings are put to somebody who answers.

    Explainers set theirs as headings, ask without addressing anybody, and never remark; so headings need more.
    """
    if count < 4 or persons.asking_self > 0.2 or persons.instructing >= 0.5 or asking < 0.5:
        return False
    signs = persons.addressing + persons.speaking + persons.replying / 2 + (0.25 if facts.quoted else 0.0)
    if kind in ("bold-paragraph", "italic-paragraph"):
        return signs + (0.4 if persons.remarking else 0.0) >= 0.7
    answered = persons.speaking >= 0.15 or persons.replying >= 0.3
    return persons.addressing >= 0.3 and answered and signs + (0.2 if persons.remarking else 0.0) >= 0.75
