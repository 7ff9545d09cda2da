"""Questions that nobody is asked: those of a story's dialogue, and those that a writer puts to himself as headings."""

from __future__ import annotations

import re

from exporter.readers.interview.hypotheses import Hypothesis
from exporter.readers.interview.scoring import Division, division_of
from exporter.readers.interview.utterances import PageFacts, Utterance

MOSTLY_NARRATED = 0.4
"""Share of questions and answers in which a writer tells who says it, from which he tells it all."""
SELDOM = 0.2
"""Share of answers below which nobody says I."""
ASKS_SELF = 0.5
"""Share of questions that say I and address nobody, from which the reader asks them, as in a list of frequent questions."""
_OPENS = r"[\"“„«»「『‘]"
_CLOSES = r"[\"”“»«」』’]"
_LED_OUT = re.compile(rf"^{_OPENS}[^\"“”„«»「」『』]*[,.!?…，。？！]{_CLOSES},?\s?[^\W\d_]")
"""Speech in quotation marks, and behind it the words of who tells it."""
_CLOSED_BY_TELLER = re.compile(rf"[,.!?…]{_CLOSES}\s+(?:[^\W\d_A-Z]\S*\s)?(?:\S+\s){{0,4}}\S+\.$")
_DASHED = re.compile(r"^\s?[—–-]\s?[^—–]*[,.!?…]\s?[—–]\s?(?P<teller>[^\W\d_])")
"""Speech behind a dash, and behind another who speaks: "— Далеко едете? — спросил я"."""
_DASHED_ONCE = re.compile(r"^\s?[—–-]\s?[^—–]*?(?:[?!…]\s(?P<teller>[^\W\d_])|,\s\w+(?:-t)?-(?:ils?|elles?|on)\b)")
"""The same where no second dash parts them: "— Vous attendez ? demanda-t-il"."""


def is_told_by_one(utterances: list[Utterance], asked: set[int], facts: PageFacts) -> bool:
    """Whether the questions of the page, at these places, are put by nobody to somebody."""
    division = division_of(utterances, Hypothesis("", asked), facts)
    return _is_narrated(division) or (not facts.announced and _is_headed_by_questions(division))


def _is_narrated(division: Division) -> bool:
    opening = [group[0] for group in division.asked] + [answer[0] for answer in division.answers if answer]
    if any(each.label is not None for each in opening):
        return False
    told = [_tells_who_speaks(each.segment.text) for each in opening]
    return any(told[: len(division.asked)]) and sum(told) >= len(told) * MOSTLY_NARRATED


def _tells_who_speaks(text: str) -> bool:
    dashed = _DASHED.match(text) or _DASHED_ONCE.match(text)
    if dashed:
        return dashed["teller"] is None or dashed["teller"].islower()
    return bool(_LED_OUT.match(text) or _CLOSED_BY_TELLER.search(text))


def _is_headed_by_questions(division: Division) -> bool:
    """Whether nobody is addressed or remarks upon anything, and either nobody says I or the questions do."""
    questions = [each for group in division.asked for each in group]
    if any(each.label is not None or each.names_who_is_asked or not each.is_question for each in questions):
        return False
    spoken = [answer for answer in division.answers if answer]
    says_i = sum(any(each.says_i for each in answer) for answer in spoken)
    asks_self = sum(each.says_i for each in questions)
    return says_i < len(spoken) * SELDOM or asks_self >= len(questions) * ASKS_SELF
