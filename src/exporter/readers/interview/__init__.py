"""Decides whether the article is an interview, and which segments are questions and which answers.

Publishers set questions apart in some one manner: a heading, bold or italic type, a class, a label, a dash or star in front, or
by nothing but the question mark. Each manner met on the page is one *reading* of the whole page; each reading is scored by how
well it explains every segment at once, and the best one is taken if it is good enough.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

from bs4 import Tag
from msgspec import Struct

from exporter.notices import Notice, notice
from exporter.readers.interview.hypotheses import Hypothesis, hypotheses_of
from exporter.readers.interview.scoring import score
from exporter.readers.interview.utterances import PageFacts, Utterance, adopt_labels, split_shared, utterances_of
from exporter.readers.lexicon.vocabulary import WORDS, Cue
from exporter.readers.segments.labels import Label, fold_name, same_voice, without_label
from exporter.readers.segments.segment import Segment

GOOD_ENOUGH = 0.42
"""A reading that scores less is no interview."""
OPENING_REACH = 4
"""Segments in front of the first question in which a labelled opening statement may begin."""
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
    """The segments in order, split where question and answer shared one, and how sure the reading is (0 to 1)."""

    segments: list[Segment]
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


def find_turns(segments: list[Segment], facts: PageFacts) -> Interview | None:
    """Marks questions and answers (``became``, ``rule``, ``speaker``) among the open segments; None if it is no interview."""
    segments = split_shared(segments)
    adopt_labels(segments)
    utterances = utterances_of(segments, facts.language)
    hypotheses = [hypothesis for hypothesis in hypotheses_of(utterances, facts) if hypothesis.questions]
    for hypothesis in hypotheses:
        hypothesis.score = score(utterances, hypothesis, facts)
    best = _best(hypotheses)
    if best is None or best.score < GOOD_ENOUGH:
        return None
    _settle(segments, utterances, best, facts)
    return Interview(segments, best.manner, min(best.score, 1.0), len(best.questions))


def _best(hypotheses: list[Hypothesis]) -> Hypothesis | None:
    """The best reading; one that follows from type is preferred to one that goes by question marks alone."""
    best = max(hypotheses, key=lambda hypothesis: hypothesis.score, default=None)
    if best is None or best.manner != "question-mark":
        return best
    typed = [
        each
        for each in hypotheses
        if each is not best and len(each.questions & best.questions) >= 0.6 * len(best.questions)
    ]
    second = max(typed, key=lambda hypothesis: hypothesis.score, default=None)
    return second if second is not None and second.score >= max(best.score * 0.55, GOOD_ENOUGH) else best


def _settle(segments: list[Segment], utterances: list[Utterance], hypothesis: Hypothesis, facts: PageFacts) -> None:
    rule = f"interview-{hypothesis.manner.split(' ')[0]}"
    questions = _without_outro(utterances, _without_introduction(utterances, hypothesis))
    questions = _without_crossheads(utterances, questions, hypothesis)
    last = _last_answer(utterances, questions, hypothesis, facts)
    first = min(questions, default=0)
    opening = min([index for index in hypothesis.starts if first - OPENING_REACH <= index < first], default=first)
    for index, utterance in enumerate(utterances):
        if index in questions:
            utterance.segment.settle("question", rule)
        elif index < opening:
            continue
        elif index <= last and utterance.segment.kind != "heading":
            utterance.segment.settle("answer", rule)
    _name_speakers(utterances, questions, hypothesis, facts)


def _without_introduction(utterances: list[Utterance], hypothesis: Hypothesis) -> set[int]:
    """The questions less those at the beginning that only share their dress: a bold introduction, a bold deck."""
    questions = set(hypothesis.questions)
    if hypothesis.manner == "label":
        return questions
    ordered = sorted(questions)
    usual = sum(utterances[index].is_question for index in ordered) >= len(ordered) * 0.7
    for place, index in enumerate(ordered[:-1]):
        utterance = utterances[index]
        follows = ordered[place + 1] == index + 1
        mute = usual and not utterance.addresses
        if utterance.is_question or not (follows or utterance.words > 70 or mute):
            break
        questions.discard(index)
    while questions and not any(index > max(questions) for index in range(len(utterances))):
        questions.discard(max(questions))
    return questions


def _without_crossheads(utterances: list[Utterance], questions: set[int], hypothesis: Hypothesis) -> set[int]:
    """The questions less the few words without a full stop that stand right above another: a crosshead set as they are."""
    if hypothesis.speakers:
        return questions
    heads = {
        index
        for index in questions
        if index + 1 in questions
        and utterances[index].words <= 6
        and _is_bare(utterances[index])
        and not utterances[index].is_question
    }
    for index in heads:
        utterances[index].segment.kind = "heading"
        utterances[index].segment.level = utterances[index].segment.level or 3
    return questions - heads


def _without_outro(utterances: list[Utterance], questions: set[int]) -> set[int]:
    """The questions less those at the end that are the editor's: an invitation, a heading over the author's portrait."""
    kept = set(questions)
    while kept:
        utterance = utterances[max(kept)]
        invites = bool(_OUTRO.match(utterance.segment.text))
        mute = (
            utterance.segment.kind == "heading"
            and not utterance.is_question
            and utterance.words <= 6
            and not utterance.addresses
        )
        if not (invites or (mute and not utterance.segment.text.rstrip().endswith(("…", "...", ":")))):
            break
        kept.discard(max(kept))
    return kept or questions


def _last_answer(utterances: list[Utterance], questions: set[int], hypothesis: Hypothesis, facts: PageFacts) -> int:
    """The index of the last unit of the last answer: what follows is the editor's."""
    last_question = max(questions, default=-1)
    end = len(utterances) - 1
    single = hypothesis.manner == "label" and _single(utterances, hypothesis)
    lined = any(utterance.parted for utterance in utterances[min(questions, default=0) + 1 : last_question + 1])
    tones = Counter(
        utterance.tone
        for index, utterance in enumerate(utterances)
        if index not in questions and min(questions, default=0) < index < last_question
    )
    usual = tones.most_common(1)[0][0] if tones else "plain"
    home = _home(utterances, questions)
    worn = _answers_attire(utterances, questions)
    if _thanks(utterances, last_question):
        return last_question + (last_question + 1 < len(utterances) and utterances[last_question + 1].words <= 8)
    for index in range(last_question + 1, len(utterances)):
        utterance = utterances[index]
        if index > last_question + 1 and home is not None and not _stands_in(utterance, home):
            return index - 1
        if index > last_question + 1 and _is_editors(utterance, facts, index == len(utterances) - 1):
            return index - 1
        if (
            utterance.segment.kind == "heading"
            or _OUTRO.match(utterance.segment.text)
            or (utterance.parted and not lined)
        ):
            return index - 1
        if index <= last_question + 1 or index in hypothesis.starts:
            continue
        goes_on = utterance.says_i and utterance.segment.dress == utterances[last_question + 1].segment.dress
        if (utterance.tone != usual and utterance.tone in ("italic", "bold")) or _is_biography(utterance, facts):
            return index - 1
        if (single and not goes_on) or (worn and utterance.segment.dress not in worn):
            return index - 1
    return _without_roll(utterances, last_question, end)


def _answers_attire(utterances: list[Utterance], questions: set[int]) -> set[str]:
    """The look that the page gives all its answers by a class of their own; none where answers look like any text."""
    between = range(min(questions, default=0) + 1, max(questions, default=0))
    worn = {utterances[index].segment.dress for index in between if index not in questions}
    asked = {utterances[index].segment.dress for index in questions}
    classed = len(worn) == 1 and "||" not in (look := next(iter(worn))) and not look.startswith("p|<")
    return worn if classed and len(asked) == 1 and len(questions) >= 4 else set()


def _is_editors(utterance: Utterance, facts: PageFacts, is_last: bool) -> bool:
    """A line the editor adds: the author's name or address, a book's pages and price, thanks as the last word."""
    text = utterance.segment.text
    if utterance.words <= 8 and (
        "@" in text or fold_name(text) in {fold_name(name) for name in facts.interviewers if name}
    ):
        return True
    if _PAGES.search(text) and _PRICE.search(text) and utterance.words <= 40:
        return True
    return is_last and utterance.words <= 10 and bool(_CLOSING.match(text))


def _thanks(utterances: list[Utterance], question: int) -> bool:
    """Whether the last question only thanks for the talk."""
    utterance = utterances[question]
    return utterance.words <= 10 and not utterance.is_question and bool(_CLOSING.search(utterance.segment.text))


def _home(utterances: list[Utterance], questions: set[int]) -> Tag | None:
    """The nearest element around everything from the first question to the last answer's first segment."""
    first, last = min(questions, default=0), max(questions, default=0)
    spoken = [
        utterance.segment.element for utterance in utterances[first : last + 2] if utterance.segment.element is not None
    ]
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


def _stands_in(utterance: Utterance, home: Tag) -> bool:
    return utterance.segment.element is None or any(each is home for each in _around(utterance.segment.element))


def _without_roll(utterances: list[Utterance], last_question: int, end: int) -> int:
    """``end`` before a roll of credits: three or more bare names and roles behind the last answer."""
    start = end
    while start > last_question + 1 and _is_bare(utterances[start]):
        start -= 1
    return start if end - start >= 3 else end


def _is_bare(utterance: Utterance) -> bool:
    text = utterance.segment.text.rstrip()
    brief = utterance.words <= 5 or (utterance.words <= 12 and text == text.upper())
    return brief and utterance.label is None and not text.endswith((".", "!", "?", "…"))


def _single(utterances: list[Utterance], hypothesis: Hypothesis) -> bool:
    """Whether every labelled turn but the last is one paragraph: then the last is, too."""
    labelled = sorted({*hypothesis.questions, *hypothesis.starts})
    return len(labelled) >= 6 and labelled == list(range(labelled[0], labelled[-1] + 1))


def _is_biography(utterance: Utterance, facts: PageFacts) -> bool:
    """A paragraph that begins with somebody's full name and tells of him: a note on the author or the guest."""
    beginning = utterance.segment.text[:80].casefold()
    heads = accumulate(beginning.split(" ")[:-1], "{} {}".format)
    return utterance.label is None and any(head in facts.people for head in heads)


def _name_speakers(utterances: list[Utterance], questions: set[int], hypothesis: Hypothesis, facts: PageFacts) -> None:
    """Takes labels off the words and keeps them as the speaker's name, where they really are labels."""
    counted = Counter(
        utterance.label.key
        for utterance in utterances
        if utterance.label and utterance.segment.became in ("question", "answer")
    )
    for index, utterance in enumerate(utterances):
        label, segment = utterance.label, utterance.segment
        if label is None or segment.became not in ("question", "answer") or not segment.inlines:
            continue
        if label.role or index in hypothesis.speakers or _is_speaker(label, counted, facts, _opens(utterances, index)):
            segment.inlines = without_label(segment, label)
            segment.label = segment.text[: label.length]
            segment.speaker = label.name


def _opens(utterances: list[Utterance], index: int) -> bool:
    return (
        index == 0
        or utterances[index - 1].segment.became != utterances[index].segment.became
        or utterances[index].label is not None
    )


def _is_speaker(label: Label, counted: Counter[str], facts: PageFacts, opens: bool) -> bool:
    size = len(label.name.split())
    known = any(same_voice(label.name, name) for name in facts.names if len(name.split()) >= size)
    return opens and (label.emphatic or counted[label.key] >= 2 or known)
