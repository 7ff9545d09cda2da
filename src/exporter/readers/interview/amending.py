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
from exporter.readers.lexicon.names import is_full_name, only_people

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
DOUBTFUL = 0.7
"""Probability below which what it says itself goes before what the tagger thinks."""
LIKELY_BESIDE = 0.2
"""Probability of a paragraph to stand beside the answer from which a name below it makes it a quotation."""
_ANSWER, _QUESTION, _BOX = TAGS.index("answer"), TAGS.index("question"), TAGS.index("box")
_QUOTED = re.compile(r"[\"“„«»「『][^\"“”„«»」』]*[\"”“»«」』]")
_OPENS_QUOTE = ('"', "“", "„", "«", "»", "「", "『", "‘")
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
        utterance = self.utterances[place]
        found = _FULL_NAME.match(utterance.segment.text)
        sentence = re.split(r"(?<=[^\W\d_]{3})[.!?]\s", utterance.segment.text, maxsplit=1)[0]
        if found is None or uses_person(sentence, "first", utterance.language) or not is_full_name(found["name"]):
            return False
        name = fold_name(found["name"])
        if f" {name} " in self.introduced or name.split()[-1] in self.surnames:
            return True
        return not utterance.addresses and utterance.language[:2] != "de" and self.likely(place, _ANSWER) < DOUBTFUL


# ------------------------------------------------------------------------------------------------------------- the beginning


def with_its_lead(talk: Talk) -> None:
    """A statement in front of the first question, set as that is, belongs to it: "You wrote three books. / Why no more?"."""
    first, looks = talk.first_asked, talk.scene.looks
    if not 0 < first < len(looks) or talk.tags[first - 1] != "before":
        return
    alike = looks[first - 1] == looks[first] != talk.scene.main_look and not is_editors(talk, first - 1)
    least = LIKELY_REMARK if talk.utterances[first - 1].names_who_is_asked else LIKELY_LEAD
    if alike and talk.likely(first - 1, _QUESTION) >= least:
        talk.tags[first - 1] = "question"


def from_the_first(talk: Talk) -> None:
    """Questions before the first one that look as all others do, and that the likeliest hypothesis has too, are questions."""
    asked = {place for place, tag in enumerate(talk.tags) if tag == "question"}
    best = talk.scene.best[0].questions if talk.scene.best else set()
    missed = sorted(best - asked)
    if not missed or not set() < asked < best or missed[-1] > talk.first_asked:
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


def beside_a_name(talk: Talk) -> None:
    """A name that stands alone behind a paragraph says whose words these are: both are a quotation beside the answer."""
    for place in range(2, len(talk.tags)):
        utterance, quoted = talk.utterances[place], talk.utterances[place - 1]
        if talk.tags[place - 1 : place + 1] not in (["answer", "answer"], ["answer", "box"]):
            continue
        alone = (
            utterance.segment.kind == "paragraph" and utterance.label is None and is_full_name(utterance.segment.text)
        )
        unlike = talk.scene.looks[place - 1] != talk.scene.main_look or talk.likely(place - 1, _BOX) >= LIKELY_BESIDE
        if alone and unlike and quoted.label is None:
            talk.tags[place - 1 : place + 1] = ["box", "box"]


def with_its_lists(talk: Talk) -> None:
    """A list without links right behind an answer that leads to it, or whose sentence its entries go on with, belongs to it."""
    for place in range(1, len(talk.tags)):
        utterance, before = talk.utterances[place], talk.utterances[place - 1]
        if talk.tags[place - 1 : place + 1] != ["answer", "box"] or utterance.part.box != "list":
            continue
        leads = before.segment.text.endswith((":", ",")) or before.part.source is utterance.part.source
        if (leads or utterance.segment.text[:1].islower()) and not utterance.segment.links:
            talk.tags[place] = "answer"


def over_the_next_question(talk: Talk) -> None:
    """A few words without a full stop, alone between an answer and the next question, are a crosshead."""
    tags = talk.tags
    for place in range(1, len(tags) - 1):
        if tags[place - 1 : place + 2] == ["answer", "answer", "question"] and _is_crosshead(talk, place):
            tags[place] = "heading"


def _is_crosshead(talk: Talk, place: int) -> bool:
    utterance, before = talk.utterances[place], talk.utterances[place - 1]
    if utterance.part.box or utterance.part.count > 1 or utterance.mark:
        return False
    alone = _is_bare(utterance) and utterance.words > 1 and utterance.segment.text[:1].isupper()
    spoken = utterance.says_i or utterance.addresses or utterance.replies
    named = only_people(utterance.segment.text) or talk.tells_of_a_person(place)
    return alone and not (spoken or named or _is_bare(before))


def _is_bare(utterance: Utterance) -> bool:
    """Whether it is a few words that no sign of any script ends."""
    return is_bare(utterance) and utterance.segment.text.rstrip()[-1:].isalnum()


# ------------------------------------------------------------------------------------------------------------------- the end


def without_last_words(talk: Talk) -> None:
    """What stands behind the last answer, asks nothing, and is hardly likelier a question than anything else, is none."""
    last = talk.last("question")
    unanswered = last > talk.first_asked and "answer" not in talk.tags[last:]
    if unanswered and not talk.utterances[last].is_question and talk.likely(last, _QUESTION) < DOUBTFUL:
        talk.tags[last:] = ["after"] * (len(talk.tags) - last)


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
    label = utterance.label
    # "Interview: X" below the last answer names who asked, where nobody else is called so.
    called = [each.label.name for each in talk.utterances if each.label is not None]
    if label is not None and (not opens_editors_line(text) or called.count(label.name) > 1):
        return False
    return (
        opens_editors_line(text)
        or text.startswith("*")
        or talk.tells_of_a_person(place)
        or (tells_who_speaks(text) and utterance.mark == "" and not _answers_in_quotes(talk))
    )


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
    label, before = talk.utterances[place].label, talk.utterances[place - 1].label
    name = talk.scene.voices.find(label.name) if label is not None and talk.scene.voices is not None else None
    if label is None or talk.scene.voices is None or name is None:
        return False
    # At a round table the last may speak but once; what is counted, as a year before a colon, is no name.
    if before is not None and before.emphatic == label.emphatic and not any(map(str.isdigit, label.name)):
        return True
    answers = zip(talk.utterances, talk.tags, strict=True)
    spoken = [each.label.name for each, tag in answers if each.label and tag == "answer"]
    return any(talk.scene.voices.find(each) == name for each in spoken)


def _goes_on(talk: Talk, place: int) -> bool:
    utterance, before = talk.utterances[place], talk.utterances[place - 1]
    if utterance.label is not None or is_editors(talk, place) or utterance.segment.kind == "heading":
        return False
    likely = talk.likely(place, _ANSWER)
    if _lists_on(utterance, before):
        return likely >= STILL_LISTING
    alike = (utterance.segment.dress.own, utterance.tone) == (before.segment.dress.own, before.tone)
    if (
        not (alike or talk.scene.looks[place] == talk.scene.main_look)
        or utterance.mark != before.mark
        or utterance.segment.text.startswith(_OPENS_QUOTE)
    ):
        return False
    holds = {"says I": _says_i(utterance), "addresses": utterance.addresses, "else": True}
    return any(holds[evidence] and likely >= least for evidence, least in STILL)


def _lists_on(utterance: Utterance, before: Utterance) -> bool:
    """Whether it is an entry of the list that the utterance before it opens or belongs to."""
    if utterance.part.box == "list" and before.part.box == "list":
        return utterance.part.source is before.part.source
    opens = before.segment.text.endswith((":", ",")) and not before.addresses
    if utterance.part.box == "list" and not utterance.segment.links and utterance.segment.text[:1].islower():
        return True
    entry = utterance.part.box == "list" or utterance.mark not in ("", "number") or utterance.segment.text[:1].islower()
    return entry and (opens or (utterance.mark != "" and utterance.mark == before.mark))


AMENDMENTS: tuple[Callable[[Talk], None], ...] = (
    beside_questions,
    beside_a_name,
    with_its_lists,
    from_the_first,
    with_its_lead,
    without_last_words,
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
