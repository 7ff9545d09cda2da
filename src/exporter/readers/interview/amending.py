"""What a page says more plainly than the tagger weighs: where the first question stands, and where the last answer ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from exporter.readers.interview.features import opens_editors_line
from exporter.readers.interview.one_voice import tells_who_speaks
from exporter.readers.interview.scene import Scene
from exporter.readers.interview.scoring import is_bare
from exporter.readers.interview.tagging import TAGS, Tagging
from exporter.readers.interview.utterances import Utterance
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.grammar import uses_person
from exporter.readers.lexicon.vocabulary import little_words

ASIDE = ("heading", "box")
LIKELY_LEAD, LIKELY_REMARK = 0.3, 0.1
"""Probability of a question, right before the first and of its look, from which it is a part of it; less if it says you."""
LIKELY_LEADS = 0.1
"""The same of each of several questions before the first one, where the likeliest hypothesis has them and all that follow."""
STILL = (("says I", 0.2), ("addresses", 0.33), ("else", 0.5))
"""Probability of an answer, behind what was tagged as the last, from which its voice goes on: less where it says I."""
STILL_LISTING = 0.02
"""The same for an entry of a list whose first words belong to the answer."""
MOSTLY = 0.75
"""Share of the questions that ask, or are sentences, from which a few bare words at the end are none."""
LONGEST_NAME = 5
"""Words that a name at the beginning of a note may have."""
LEAST_NAME = 2
_ANSWER, _QUESTION = TAGS.index("answer"), TAGS.index("question")
_QUOTED = re.compile(r"[\"“„«»「『][^\"“”„«»」』]*[\"”“»«」』]")
_OPENS_QUOTE = ('"', "“", "„", "«", "»", "「", "『", "‘")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")


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
    def people(self) -> frozenset[str]:
        """Full names, folded, of those whom the page names before it comes to the questions, or by their labels."""
        before = " ".join(each.segment.text for each in self.utterances[: self.first_asked])
        labelled = [each.label.name for each in self.utterances if each.label]
        facts = self.scene.facts
        told = [name for name in facts.mentioned if name in before]
        found = {fold_name(name) for name in (*labelled, *facts.names, *told, *facts.people)}
        return frozenset(name for name in found if _is_full_name(name))


def _is_full_name(folded: str) -> bool:
    words = folded.split()
    return LEAST_NAME <= len(words) <= LONGEST_NAME and not any(
        word in little for little in little_words().values() for word in words[:1]
    )


# ------------------------------------------------------------------------------------------------------------- the beginning


def with_its_lead(talk: Talk) -> None:
    """A statement in front of the first question, set as that is, belongs to it: "You wrote three books. / Why no more?"."""
    first, looks = talk.first_asked, talk.scene.looks
    if not 0 < first < len(looks) or talk.tags[first - 1] != "before":
        return
    alike = looks[first - 1] == looks[first] != talk.scene.main_look
    least = LIKELY_REMARK if talk.utterances[first - 1].names_who_is_asked else LIKELY_LEAD
    if alike and talk.likely(first - 1, _QUESTION) >= least:
        talk.tags[first - 1] = "question"


def from_the_first(talk: Talk) -> None:
    """Questions before the first one that look as all others do, and that the likeliest hypothesis has too, are questions."""
    asked = {place for place, tag in enumerate(talk.tags) if tag == "question"}
    best = talk.scene.best[0].questions if talk.scene.best else set()
    missed = sorted(best - asked)
    if not missed or not asked < best or missed[-1] > talk.first_asked:
        return
    looks = {talk.scene.looks[place] for place in best}
    answered = all(place + 1 not in best and talk.likely(place, _QUESTION) >= LIKELY_LEADS for place in missed)
    if len(looks) == 1 and answered:
        for place in range(missed[0], talk.first_asked):
            talk.tags[place] = "question" if place in best else "answer"


# ---------------------------------------------------------------------------------------------------------------- in between


def beside_questions(talk: Talk) -> None:
    """Headings between a question and its answer are beside it: no crosshead stands there, but a teaser may."""
    asked = -1
    for place, tag in enumerate(talk.tags):
        if tag == "answer" and asked >= 0:
            talk.tags[asked + 1 : place] = ["box"] * (place - asked - 1)
        if tag not in ASIDE:
            asked = place if tag == "question" else -1


def over_the_next_question(talk: Talk) -> None:
    """A few words without a full stop, alone between an answer and the next question, are a crosshead."""
    tags = talk.tags
    for place in range(1, len(tags) - 1):
        if tags[place - 1 : place + 2] == ["answer", "answer", "question"] and _is_crosshead(talk, place):
            tags[place] = "heading"


def _is_crosshead(talk: Talk, place: int) -> bool:
    utterance, before = talk.utterances[place], talk.utterances[place - 1]
    if utterance.part.box or utterance.part.count > 1 or utterance.segment.kind != "paragraph" or utterance.mark:
        return False
    alone = _is_bare(utterance) and utterance.words > 1 and utterance.segment.text[:1].isupper()
    spoken = utterance.says_i or utterance.addresses or utterance.replies
    named = any(name in fold_name(utterance.segment.text) for name in talk.people)
    return alone and not (spoken or named or _is_bare(before))


def _is_bare(utterance: Utterance) -> bool:
    """Whether it is a few words that no sign of any script ends."""
    return is_bare(utterance) and utterance.segment.text.rstrip()[-1:].isalnum()


# ------------------------------------------------------------------------------------------------------------------- the end


def without_profile(talk: Talk) -> None:
    """A few bare words over the last paragraphs, where all others ask, head what the page tells of the person."""
    while (last := talk.last("question")) > talk.first_asked:
        asked = [talk.utterances[place] for place, tag in enumerate(talk.tags[:last]) if tag == "question"]
        usual = sum(each.is_question or not _is_bare(each) for each in asked)
        if usual < len(asked) * MOSTLY or not _heads_a_profile(talk, last):
            return
        talk.tags[last:] = ["after"] * (len(talk.tags) - last)


def _heads_a_profile(talk: Talk, place: int) -> bool:
    heading, *rest = talk.utterances[place:]
    if heading.label is not None or heading.is_question or heading.addresses or not _is_bare(heading):
        return False
    return bool(rest) and not any(_says_i(each) or each.replies for each in rest[:1])


def without_editors_lines(talk: Talk) -> None:
    """A note on a person, a correction, a line about the text end the last answer, and all behind them is none of it."""
    last = talk.last("question")
    for place in range(last, len(talk.tags)):
        noted = place > last + 1 or (place == last and "answer" not in talk.tags[last:])
        if noted and talk.tags[place] in ("question", "answer") and is_editors(talk, place):
            talk.tags[place:] = ["after"] * (len(talk.tags) - place)
            return


def is_editors(talk: Talk, place: int) -> bool:
    """Whether no voice of the talk says it: it tells of a person by name, of the text itself, or who said what."""
    utterance = talk.utterances[place]
    text = utterance.segment.text
    if utterance.label is not None:
        return False
    return (
        opens_editors_line(text)
        or text.startswith("*")
        or (_begins_with(text, talk.people) and not _says_i(utterance))
        or (tells_who_speaks(text) and utterance.mark == "" and not _answers_in_quotes(talk))
    )


def _begins_with(text: str, people: frozenset[str]) -> bool:
    words = [fold_name(word) for word in _WORD.findall(text[:80])[: LONGEST_NAME + 1]]
    return any(" ".join(words[:size]) in people for size in range(LEAST_NAME, len(words)))


def _says_i(utterance: Utterance) -> bool:
    """Whether somebody speaks of himself in words that nobody else is quoted with."""
    return utterance.says_i and uses_person(_QUOTED.sub(" ", utterance.segment.text), "first", utterance.language)


def _answers_in_quotes(talk: Talk) -> bool:
    found = [each for each, tag in zip(talk.utterances, talk.tags, strict=True) if tag == "answer"]
    return sum(each.segment.text.startswith(_OPENS_QUOTE) for each in found) * 2 > len(found)


def still_speaking(talk: Talk) -> None:
    """What follows the last answer is a part of it where a voice of the talk is named in front, or goes on as it spoke."""
    last = talk.last("answer")
    for place in range(last + 1, len(talk.tags) if last > talk.first_asked else 0):
        if talk.tags[place] != "after" or not (_is_voice(talk, place) or _goes_on(talk, place)):
            return
        talk.tags[place] = "answer"


def _is_voice(talk: Talk, place: int) -> bool:
    """Whether its label names one of those who speak in the talk."""
    label, voices = talk.utterances[place].label, talk.scene.voices
    if label is None or voices is None:
        return False
    name = voices.find(label.name)
    spoken = [
        each.label.name for each, tag in zip(talk.utterances, talk.tags, strict=True) if each.label and tag == "answer"
    ]
    return name is not None and any(voices.find(each) == name for each in spoken)


def _goes_on(talk: Talk, place: int) -> bool:
    utterance, before = talk.utterances[place], talk.utterances[place - 1]
    if utterance.label is not None or is_editors(talk, place) or utterance.segment.kind == "heading":
        return False
    likely = talk.likely(place, _ANSWER)
    if _lists_on(utterance, before):
        return likely >= STILL_LISTING
    alike = talk.scene.looks[place] in (talk.scene.looks[place - 1], talk.scene.main_look)
    if not alike or utterance.mark != before.mark or utterance.segment.text.startswith(_OPENS_QUOTE):
        return False
    holds = {"says I": _says_i(utterance), "addresses": utterance.addresses, "else": True}
    return any(holds[evidence] and likely >= least for evidence, least in STILL)


def _lists_on(utterance: Utterance, before: Utterance) -> bool:
    """Whether it is an entry of the list that the utterance before it opens or belongs to."""
    if utterance.part.box == "list" and before.part.box == "list":
        return utterance.part.source is before.part.source
    opens = before.segment.text.endswith((":", ",")) and not before.addresses
    entry = utterance.part.box == "list" or utterance.mark not in ("", "number") or utterance.segment.text[:1].islower()
    return entry and (opens or (utterance.mark != "" and utterance.mark == before.mark))


AMENDMENTS: tuple[Callable[[Talk], None], ...] = (
    beside_questions,
    from_the_first,
    with_its_lead,
    without_profile,
    without_editors_lines,
    still_speaking,
    over_the_next_question,
)
"""What is set right in the tags, in this order."""


def amended(scene: Scene, tagging: Tagging) -> list[str]:
    """The tagger's tags, set right where the page itself says more plainly what something is."""
    talk = Talk(scene, tagging, list(tagging.tags))
    for amend in AMENDMENTS:
        amend(talk)
    return talk.tags
