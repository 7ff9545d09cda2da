"""Decides whether the article is an interview, and which of its parts are questions and which answers.

Publishers set questions apart in some one manner: a heading, bold or italic type, a class, a label, a dash or star in front, or
by nothing but the question mark. The page is cut as finely as a turn may be (``cutting``); each manner met on it is one
*hypothesis* about the whole page, and learned weights say how likely each is (``scoring``); a tagger that sees the likeliest
of them, and much else, decides over each part (``tagging``); then neighbours of one kind are joined again (``joining``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from exporter.notices import Notice, excerpt, notice
from exporter.readers.interview import features, scoring
from exporter.readers.interview.amending import amended
from exporter.readers.interview.cutting import Part, cut
from exporter.readers.interview.hypotheses import Hypothesis, hypotheses_of
from exporter.readers.interview.joining import Verdict, Verdicts, joined, label_line
from exporter.readers.interview.one_voice import is_told_by_one
from exporter.readers.interview.scene import Scene, scene_of
from exporter.readers.interview.tagging import QUESTION, TAGS, Tagging, learned, reasons, restricted, tagged
from exporter.readers.interview.utterances import PageFacts, Utterance, announces, utterances_of
from exporter.readers.segments.labels import Label, same_voice
from exporter.readers.segments.segment import Segment

LEAST_TURNS = 2
"""Questions, those that follow each other counted once, of which fewer are no interview."""
MOST_HYPOTHESES = 40
"""A page with more manners than this has no more to tell."""
LEAST_LIKELY = 0.001
"""Likelihood of the best hypothesis below which a page is no interview: the tagger, which costs time, is not asked."""
LIKE_ONE = 0.25
"""Likelihood of a hypothesis from which a page without questions is told of: it alternates like an interview."""
OVERWHELMING = 0.65
"""Likelihood of a hypothesis from which it is taken on a page that announces an interview, though the tagger finds nothing."""
LIKELY = 0.4
"""The same on a page whose headline, or a line by itself, calls it one."""
ABOVE, LONGEST_LINE = 3, 14
"""Utterances above the first question that may announce it, and words of such a line."""
SURE = 0.8
"""Below this the user is warned."""
MOST_NAMES = 3
"""Words of a full name in plain type that may stand but once on a page with several speakers."""
VOICES, ROUND_TABLE = 2, 3
"""Voices of a talk, and those of one in which somebody may speak but once."""
SPOKEN = ("question", "answer")
ANSWERING = frozenset(TAGS) - {"before", "question"}
"""What may stand behind a question."""


class Interview(Struct):
    """The segments in order, cut where question and answer shared one, and how sure the reading is (0 to 1).

    ``count`` is the number of questions, 0 for a page that is no interview; its ``confidence`` says how like one it looks.
    ``weakest`` are the first words of the question that is least sure.
    """

    segments: list[Segment]
    manner: str
    confidence: float
    count: int
    weakest: str = ""

    def notice(self) -> Notice:
        """The remark that says how the page was read, a warning below :data:`SURE`."""
        return notice(
            "turns-found" if self.confidence >= SURE else "turns-unsure",
            count=self.count,
            manner=self.manner.split(" ")[0],
            confidence=round(self.confidence * 100),
            weakest=self.weakest,
        )


class Analysis(Struct, dict=True):
    """A page before any decision: its finest parts, those that may speak, what they are seen as, the features of each.

    What is seen is looked at when it is first asked for: most pages are no interviews, and tell that without it.
    """

    parts: list[Part]
    utterances: list[Utterance]
    hypotheses: list[Hypothesis]
    facts: PageFacts

    @property
    def likely(self) -> float:
        """How likely the best hypothesis is; 0 without any."""
        return max((each.score for each in self.hypotheses), default=0.0)

    @cached_property
    def scene(self) -> Scene:
        """The scene; every hypothesis has its likelihood as ``score``."""
        return scene_of(self.utterances, self.hypotheses, self.facts)

    @cached_property
    def rows(self) -> list[list[str]]:
        """The features of each utterance."""
        return features.features_of(self.scene)


def analysed(segments: list[Segment], facts: PageFacts, weights: dict[str, float]) -> Analysis:
    """What the tagger decides over; ``weights`` are those of the hypotheses. Changes nothing of the segments."""
    parts = cut(segments)
    utterances = utterances_of(parts, facts.language)
    hypotheses = _worth_weighing(utterances, hypotheses_of(utterances, facts))
    for hypothesis, found in zip(hypotheses, scoring.features_of(utterances, hypotheses, facts), strict=True):
        hypothesis.score = scoring.likelihood(found, weights)
    return Analysis(parts, utterances, hypotheses, facts)


def _worth_weighing(utterances: list[Utterance], hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    """Of hypotheses about the same questions the first, of very many those with most that ask, in their order."""
    kept: dict[frozenset[int], Hypothesis] = {}
    for hypothesis in hypotheses:
        if len(hypothesis.questions) >= LEAST_TURNS:
            kept.setdefault(frozenset(hypothesis.questions), hypothesis).times += 1
    asking = {index for index, utterance in enumerate(utterances) if utterance.is_question}
    best = sorted(kept, key=lambda questions: -len(asking & questions))[:MOST_HYPOTHESES]
    chosen = set(best)
    return [hypothesis for questions, hypothesis in kept.items() if questions in chosen]


def find_turns(segments: list[Segment], facts: PageFacts, *, certain: bool = False) -> Interview:
    """Marks questions and answers (``became``, ``rule``, ``speaker``) among the open segments.

    ``certain``: the page is known to be an interview, so its likeliest hypothesis is taken where the tagger finds nothing.
    """
    page = analysed(segments, facts, learned().hypotheses)
    likely = page.likely
    if not certain and not facts.asks_once and likely < LEAST_LIKELY:
        return Interview(segments, "", 0.0, 0)
    best = page.scene.best[0] if page.scene.best else None
    tagging = tagged(page.rows)
    # A page that calls itself an interview and looks like nothing else is one, even if the tagger hesitates.
    certain = certain or (best is not None and likely >= _least_likely(page, best))
    tagging.tags = amended(page.scene, tagging)
    taken = None
    if _groups(tagging.tags) < LEAST_TURNS:
        taken = best if certain else _only_question(page) if facts.asks_once else None
        if taken is None:
            return Interview(segments, "", likely, 0)
        tagging = supposed(tagging, taken)
    asked = {index for index, tag in enumerate(tagging.tags) if tag == "question"}
    if taken is None and not certain and is_told_by_one(page.utterances, asked, facts):
        return Interview(segments, "", likely, 0)
    # The tagger decides alone; the hypothesis that agrees most lends the speakers and the name of the manner.
    nearest = max(page.scene.best, key=lambda each: scoring.overlap(asked, each.questions), default=taken)
    verdicts = _verdicts(page, tagging, nearest)
    weakest = min(asked, key=lambda index: tagging.marginals[index][QUESTION])
    return Interview(
        joined(segments, page.parts, verdicts),
        nearest.manner if nearest is not None else "question-mark",
        confidence(tagging, asked) if taken is None else taken.score * SURE,
        len(asked),
        excerpt(page.utterances[weakest].segment.text),
    )


def _only_question(page: Analysis) -> Hypothesis | None:
    """The one utterance that asks and is set apart from the text, with an answer that says I behind it; None without such."""
    found = [
        index
        for index, each in enumerate(page.utterances[:-1])
        if each.is_question and (each.segment.kind == "heading" or each.tone in ("bold", "italic"))
    ]
    answered = len(found) == 1 and any(each.says_i for each in page.utterances[found[0] + 1 :])
    return Hypothesis("only-question", set(found), score=LIKELY) if answered else None


def _least_likely(page: Analysis, best: Hypothesis) -> float:
    """How likely the best hypothesis must be to be taken: the less, the more plainly page or lines above announce it."""
    facts, first = page.scene.facts, min(best.questions)
    above = page.utterances[max(first - ABOVE, 0) : first]
    if facts.titled or any(each.words <= LONGEST_LINE and announces(each.segment.text) for each in above):
        return LIKELY
    return OVERWHELMING if facts.announced else math.inf


def _groups(tags: list[str]) -> int:
    """How many questions there are, those that follow each other counted once."""
    return sum(tag == "question" for tag, _ in groupby(tags))


def supposed(tagging: Tagging, hypothesis: Hypothesis) -> Tagging:
    """The likeliest tags of those in which the hypothesis's questions are the questions."""
    first = min(hypothesis.questions)
    return restricted(
        tagging,
        [
            {"question"} if index in hypothesis.questions else ANSWERING if index > first else {"before"}
            for index in range(len(tagging.tags))
        ],
    )


def confidence(tagging: Tagging, asked: set[int]) -> float:
    """How likely all questions are right, 0 to 1: what the tagger thinks of them, set right on pages that it had not seen."""
    surest = [tagging.marginals[index][QUESTION] for index in asked]
    return scoring.likelihood(certainty(tagging, surest), learned().confidence)


def certainty(tagging: Tagging, marginals: list[float]) -> scoring.Features:
    """What the confidence is worked out from; ``marginals`` are those of the questions."""
    return {
        # Bounded, so that one page of a thousand utterances does not weigh like all others together.
        "whole": max(-8.0, math.log(max(tagging.probability, 1e-9))),
        "weakest": max(-8.0, math.log(max(min(marginals), 1e-9))),
        "mean": sum(marginals) / len(marginals),
    }


# ---------------------------------------------------------------------------------------------------------------- verdicts


def _verdicts(page: Analysis, tagging: Tagging, hypothesis: Hypothesis | None) -> Verdicts:
    """What each part is, and which labels are those of speakers."""
    utterances, tags = page.utterances, tagging.tags
    known = _Known.of(utterances, tags, page.scene.facts)
    speakers = hypothesis.speakers if hypothesis is not None else {}
    found: Verdicts = {}
    for index, (utterance, tag) in enumerate(zip(utterances, tags, strict=True)):
        label = utterance.label if tag in SPOKEN else None
        named = label is not None and (bool(label.role) or index in speakers or known.is_speaker(label))
        told = ", ".join(reasons(page.rows[index], tag))
        rule = f"interview-{tag} ({told})" if told else f"interview-{tag}"
        found[id(utterance.part)] = Verdict(tag, rule, label if named else None)
        if utterance.adopted is not None and named:
            found[id(utterance.adopted)] = label_line()
    return found


class _Known(Struct):
    """What tells which labels are names of speakers.

    ``turns`` is how often a label opens a turn, ``places`` how often it stands anywhere in the talk; ``plain`` are those in
    plain type, where that is how the page names those who speak, ``in_capitals`` whether these are all capitals; ``names``
    are those that the page tells before they speak, ``mentioned`` those that stand in its first paragraphs; ``asking`` are
    the labels of questions, and that of the first answer where its question has one; ``people`` those that are names,
    ``openers`` full names in front of answers.
    """

    turns: Counter[str]
    places: Counter[str]
    plain: set[str]
    in_capitals: bool
    names: list[str]
    mentioned: tuple[str, ...]
    asking: set[str]
    people: set[str]
    openers: set[str]

    @classmethod
    def of(cls, utterances: list[Utterance], tags: list[str], facts: PageFacts) -> _Known:
        """What the utterances with these tags tell."""
        spoken = [
            (each.label, tag != before)
            for each, before, tag in zip(utterances, ["", *tags], tags, strict=False)
            if each.label and tag in SPOKEN
        ]
        turns = Counter(label.key for label, opens in spoken if opens)
        places = Counter(label.key for label, _ in spoken)
        usual = {label.key for label, _ in spoken if places[label.key] >= 2 and not label.emphatic and not label.role}
        asking = {
            each.label.key for each, tag in zip(utterances, tags, strict=True) if each.label and tag == "question"
        }
        first = tags.index("question") if "question" in tags else len(tags)
        opening = [each.label.key for each in utterances[first : first + 2] if each.label]
        if len(opening) == 2 and opening[0] in asking:
            asking.add(opening[1])
        openers = {label.key for label, opens in spoken if opens and _is_full(label)} - asking
        people = {label.key for label, _ in spoken if not label.role}
        before = " ".join(each.segment.text for each, tag in zip(utterances, tags, strict=True) if tag == "before")
        names = [*facts.names, *(name for name in facts.mentioned if name in before)]
        plain = usual if any(turns[key] >= 2 for key in usual) else set()
        in_capitals = all(label.name.isupper() for label, _ in spoken if label.key in plain)
        return cls(turns, places, plain, in_capitals, names, facts.mentioned, asking, people, openers)

    def is_speaker(self, label: Label) -> bool:
        """Whether the label is somebody's name."""
        size = len(label.name.split())
        # In an answer, what its voice has mentioned, "my Dell Chromebook", names nobody.
        names = [*self.names, *(self.mentioned if label.key in self.asking else ())]
        told = any(same_voice(label.name, name) for name in names if len(name.split()) >= size)
        # Whoever is named in full but once stands shorter in front of the other turns.
        told |= any(key != label.key and same_voice(label.name, key) for key in self.people)
        # At a round table somebody may speak but once, and always behind others.
        round_table = max(len(self.plain), len(self.openers)) >= ROUND_TABLE
        full = round_table and (_is_full(label) or (self.in_capitals and label.name.isupper()))
        joins = len(self.plain) >= VOICES and (self.places[label.key] >= 2 or full)
        return label.emphatic or self.turns[label.key] >= 2 or told or joins


def _is_full(label: Label) -> bool:
    """Whether it may be a first name with a surname."""
    return 1 < len(label.name.split()) <= MOST_NAMES and not any(map(str.isdigit, label.name))
