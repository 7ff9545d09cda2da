"""Questions that nobody is asked, or nobody in a talk: those of stories, plays, letters, and headings that ask the reader."""

from __future__ import annotations

import re
from collections.abc import Callable

from exporter.readers.interview.hypotheses import Hypothesis
from exporter.readers.interview.scoring import Division, division_of
from exporter.readers.interview.utterances import PageFacts, Utterance

MOSTLY_NARRATED = 0.4
"""Share of questions and answers in which a writer tells who says it, from which he tells it all."""
LEAST_NARRATED, PARTLY_NARRATED = 2, 0.2
"""Lines of a dialogue behind dashes in which he does, and their share of these lines, from which it is a story's."""
SELDOM = 0.2
"""Share of answers below which nobody says I."""
AT_MOST_HALF = 0.5
"""The same under headings that are questions, none of them to anybody, where nobody begins as one who answers."""
ASKS_SELF = 0.5
"""Share of questions that say I and address nobody, from which the reader asks them, as in a list of frequent questions."""
MOSTLY_SIGNED = 0.6
"""Share of questions with the name or the place of the sender behind them, from which they are letters."""
LONGEST_SIGNATURE = 5
"""Words of it."""
MOSTLY_COUNTED, BARELY_ASKING = 0.8, 0.6
"""Shares of questions that are numbered, and of those that ask, above and below which they head a list."""
BARS = ("――", "──")
"""What Japanese and Chinese papers print before what the interviewer says."""
SAYING_I = frozenset({"de", "da", "en", "fr", "nb", "nl", "no", "sv"})
"""Languages in which whoever speaks of himself needs a word for it."""
LONGEST_TITLE = 12
"""Words of one entry's heading."""
_OPENS = r"[\"“„«»「『‘]"
_CLOSES = r"[\"”“»«」』’]"
_LED_OUT = re.compile(rf"^{_OPENS}[^\"“”„«»「」『』]*[,.!?…，。？！]{_CLOSES},?\s?[^\W\d_]")
"""Speech in quotation marks, and behind it the words of who tells it."""
_CLOSED_BY_TELLER = re.compile(rf"[,.!?…]{_CLOSES}\s+(?:[^\W\d_A-Z]\S*\s)?(?:\S+\s){{0,4}}\S+\.$")
_DASHED = re.compile(r"^\s?[—–-]\s?[^—–]*(?:[,.!?…]\s?[—–]\s?|\s[—–]\s(?=[^—–.]{3,40}\.\s[—–]\s))(?P<teller>[^\W\d_])")
"""Speech behind a dash, and behind another who speaks: "— Далеко едете? — спросил я", "– Tak – odparłem. – A pani?"."""
_DASHED_ONCE = re.compile(r"^\s?[—–-]\s?[^—–]*?(?:[?!…]\s(?P<teller>[^\W\d_])|,\s\w+(?:-t)?-(?:ils?|elles?|on)\b)")
"""The same where no second dash parts them: "— Vous attendez ? demanda-t-il"."""
_CLAUSE = r"[^.!?؟？。！…]*"
_SIGNATURE = re.compile(
    rf"(?<!\d)[.!?؟？。！…]['\"”»)]?\s*[–—(-]?\s*(?P<name>[^\W\d_a-z]{_CLAUSE}(?:\.\s?[^\W\d_]{_CLAUSE}){{0,3}}\.?)\)?$"
)
"""What stands behind the last sentence of a letter: "… Who pays? Fenced In, Bath", "… ¿Es grave? J. R., Cádiz"."""


def is_told_by_one(utterances: list[Utterance], asked: set[int], facts: PageFacts) -> bool:
    """Whether the questions of the page, at these places, are no interviewer's."""
    division = division_of(utterances, Hypothesis("", asked), facts)
    return any(holds(division) for holds in ALWAYS) or (
        not facts.announced and any(holds(division) for holds in UNLESS_ANNOUNCED)
    )


def _is_narrated(division: Division) -> bool:
    opening = [group[0] for group in division.asked] + [answer[0] for answer in division.answers if answer]
    if any(each.label is not None for each in opening):
        return False
    told = [tells_who_speaks(each.segment.text) for each in opening]
    return any(told[: len(division.asked)]) and sum(told) >= len(told) * MOSTLY_NARRATED


def _is_a_story(division: Division) -> bool:
    """Whether, of lines behind dashes, a writer tells of several who says them."""
    dashed = [each for each in division.utterances if each.mark in ("—", "–", "-", "―")]
    told = sum(tells_who_speaks(each.segment.text) for each in dashed)
    return told >= max(LEAST_NARRATED, len(dashed) * PARTLY_NARRATED)


def tells_who_speaks(text: str) -> bool:
    """Whether a writer tells, behind what is said in quotation marks or after a dash, who says it."""
    dashed = _DASHED.match(text) or _DASHED_ONCE.match(text)
    if dashed:
        return dashed["teller"] is None or dashed["teller"].islower()
    return bool(_LED_OUT.match(text) or _CLOSED_BY_TELLER.search(text))


def _is_headed_by_questions(division: Division) -> bool:
    """Whether nobody is addressed or remarks upon anything, and either nobody says I or the questions do."""
    questions = [each for group in division.asked for each in group]
    if any(each.label is not None or each.mark in BARS or _is_put_to_somebody(each) for each in questions):
        return False
    spoken = [answer for answer in division.answers if answer]
    says_i = sum(any(each.says_i for each in answer) for answer in spoken)
    asks_self = sum(each.says_i for each in questions)
    if says_i < len(spoken) * SELDOM or asks_self >= len(questions) * ASKS_SELF:
        return True
    headings = all(each.segment.kind == "heading" for each in questions) and not division.facts.quoted
    most = AT_MOST_HALF if not _opens_with_i(division) else 1
    return headings and says_i <= len(spoken) * most and not any(answer[0].replies for answer in spoken)


def _opens_with_i(division: Division) -> bool:
    """Whether who writes the introduction says I in it from its first sentence on."""
    first = division.utterances[0]
    return first.says_i and not first.addresses and min(division.hypothesis.questions) > 0


def _is_put_to_somebody(utterance: Utterance) -> bool:
    """Whether a question addresses somebody, wants to be told, or remarks, which no heading does."""
    return utterance.names_who_is_asked or utterance.requests or not utterance.is_question


def _is_of_frequent_questions(division: Division) -> bool:
    """Whether a page that calls itself one of frequent questions heads by them, or labels them by letters and nobody says I."""
    questions = [each for group in division.asked for each in group]
    if division.facts.faq and all(each.segment.kind == "heading" and each.is_question for each in questions):
        return not any(each.label for each in questions)
    spoken = [each for answer in division.answers for each in answer]
    named = any(each.label and not each.label.role for group in division.asked for each in group)
    return division.facts.faq and not named and not any(each.says_i for each in spoken)


def _is_of_letters(division: Division) -> bool:
    """Whether most questions are signed, each by another."""
    signed = [found["name"] for group in division.asked if (found := _signature(group[-1].segment.text))]
    return len(set(signed)) >= max(2, len(division.asked) * MOSTLY_SIGNED)


def _signature(text: str) -> re.Match[str] | None:
    found = _SIGNATURE.search(text)
    return found if found and len(found["name"].split()) <= LONGEST_SIGNATURE else None


def _is_a_list(division: Division) -> bool:
    """Whether numbered words, of which many are no sentence and ask nothing, head what somebody tells."""
    questions = [group[0] for group in division.asked]
    counted = sum(each.mark == "number" for each in questions)
    mostly = sum(each.is_question for each in questions) * 2 >= len(questions)
    # "Your next project" among questions is one; "You will miss the rain" among statements is none.
    others = [each for each in questions if not (each.is_question or (mostly and each.names_who_is_asked))]
    asking, bare = len(questions) - len(others), sum(map(_is_title, others))
    return (
        counted >= len(questions) * MOSTLY_COUNTED
        and asking < len(questions) * BARELY_ASKING
        and bare == len(questions) - asking
    )


def _is_title(utterance: Utterance) -> bool:
    """Whether no sign of any script ends a few words."""
    return utterance.words <= LONGEST_TITLE and utterance.segment.text.rstrip()[-1:].isalnum()


def _instructs(division: Division) -> bool:
    """Whether numbered headings are all that asks, and nobody below them says I or replies, in a language that must say I."""
    questions = [group[0] for group in division.asked]
    counted = all(each.segment.kind == "heading" and each.mark == "number" for each in questions)
    spoken = [each for answer in division.answers for each in answer]
    silent = not any(each.label is not None or each.says_i or each.replies for each in spoken)
    return counted and silent and division.facts.language[:2] in SAYING_I


def _is_made_up(division: Division) -> bool:
    """Whether a page that calls itself a play or a sketch has nobody's label but its characters'."""
    roles = any(each.label and each.label.role for group in division.asked for each in group)
    return division.facts.made_up and not roles


ALWAYS: tuple[Callable[[Division], bool], ...] = (_is_narrated, _is_a_story)
"""What tells that no interviewer asks, whatever the page calls itself."""
UNLESS_ANNOUNCED: tuple[Callable[[Division], bool], ...] = (
    _is_headed_by_questions,
    _is_of_frequent_questions,
    _is_of_letters,
    _is_a_list,
    _instructs,
    _is_made_up,
)
"""What tells so on a page that does not call itself an interview."""
