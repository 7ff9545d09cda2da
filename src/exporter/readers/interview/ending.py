"""Where the last answer ends, as far as the page says it more plainly than the tagger weighs."""

from __future__ import annotations

import re
from collections.abc import Callable

from exporter.readers.interview.features import opens_editors_line
from exporter.readers.interview.talk import (
    ANSWER,
    DOUBTFUL,
    OPENS_QUOTE,
    QUESTION,
    Talk,
    is_editors,
    is_publishers,
    stands_bare,
)
from exporter.readers.interview.utterances import Utterance
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.grammar import uses_person

STILL = (("says I", 0.2), ("addresses", 0.33), ("else", 0.5))
"""Probability of an answer, behind what was tagged as the last, from which its voice goes on: less where it says I."""
STILL_LISTING = 0.02
"""The same for an entry of a list whose first words belong to the answer."""
MOSTLY = 0.75
"""Share of the questions that ask, or are sentences, from which a few bare words at the end are none."""
MOST_BESIDE_A_NAME = 2
"""Words beside a name of a question that only asks who that is."""
LONGEST_BOX_NAME = 6
"""Words of a line that names a box about somebody."""
LONGEST_INVITATION = 10
"""Words of a line that invites the reader to what stands below it."""
MOSTLY_LINK = 0.5
"""Share of a paragraph in links from which it is nobody's answer."""
_QUOTED = re.compile(r"[\"“„«»「『][^\"“”„«»」』]*[\"”“»«」』]")


def without_last_words(talk: Talk) -> None:
    """What stands behind the last answer, asks nothing, and is hardly likelier a question than anything else, is none."""
    last = talk.last("question")
    unanswered = last > talk.first_asked and "answer" not in talk.tags[last:]
    if unanswered and not talk.utterances[last].is_question and talk.likely(last, QUESTION) < DOUBTFUL:
        talk.tags[last:] = ["after"] * (len(talk.tags) - last)


def without_profile(talk: Talk) -> None:
    """A few bare words over the last paragraphs, where all others ask, head what the page tells of the person."""
    while (last := talk.last("question")) > talk.first_asked:
        asked = [talk.utterances[place] for place, tag in enumerate(talk.tags[:last]) if tag == "question"]
        usual = sum(each.is_question or not stands_bare(each) for each in asked)
        if usual < len(asked) * MOSTLY or not _heads_a_profile(talk, last):
            return
        talk.tags[last:] = ["after"] * (len(talk.tags) - last)


def _heads_a_profile(talk: Talk, place: int) -> bool:
    heading, *rest = talk.utterances[place:]
    if _asks_who_it_is(talk, place):
        return True
    if heading.is_question or heading.addresses or not (stands_bare(heading) or _names_a_box(talk, heading)):
        return False
    return bool(rest) and not any(_says_i(each) or each.replies for each in rest[:1])


def _asks_who_it_is(talk: Talk, place: int) -> bool:
    """Whether a question is hardly more than the name of whom the words below it tell: "Who is Ada Brook?"."""
    asked, rest = talk.utterances[place], talk.utterances[place + 1 :]
    name = talk.told_of(place + 1) if rest and asked.is_question and asked.label is None else ""
    words = fold_name(asked.segment.text)
    brief = len(words.split()) <= len(name.split()) + MOST_BESIDE_A_NAME
    return bool(name) and name in words and brief and not any(map(_says_i, rest))


def _names_a_box(talk: Talk, utterance: Utterance) -> bool:
    """Whether a few words hold a label that is nobody's who speaks: "Facts: Ada Brook"."""
    label, voices = utterance.label, talk.scene.voices
    nobodys = label is not None and not label.role and (voices is None or voices.find(label.name) is None)
    return nobodys and utterance.words <= LONGEST_BOX_NAME and utterance.segment.text.rstrip()[-1:].isalnum()


def without_editors_lines(talk: Talk) -> None:
    """A note on a person, a correction, a line about the text end the last answer, and all behind them is none of it."""
    last = talk.last("question")
    remark = talk.utterances[last] if last > talk.first_asked else None
    if remark is not None and not (remark.is_question or remark.addresses) and talk.tells_of_a_person(last):
        talk.tags[last:] = ["after"] * (len(talk.tags) - last)
        return
    for place in range(last, len(talk.tags)):
        noted = place > last + 1 or (place == last and "answer" not in talk.tags[last:])
        if noted and talk.tags[place] in ("question", "answer") and is_editors(talk, place):
            talk.tags[place:] = ["after"] * (len(talk.tags) - place)
            return


def without_publishers_lines(talk: Talk) -> None:
    """A credit or a request to the reader behind the last answer ends it, where nobody says I further down."""
    last = talk.last("question")
    for place in range(last + 1, len(talk.tags) if last > talk.first_asked else 0):
        # Whoever is thanked need not answer, but no question is answered by the name of a photographer.
        noted = place > last + 1 or not talk.utterances[last].is_question
        if noted and talk.tags[place] == "answer" and is_publishers(talk, place):
            behind = range(place + 1, len(talk.tags))
            if not any(_says_i(talk.utterances[each]) and not is_publishers(talk, each) for each in behind):
                talk.tags[place:] = ["after"] * (len(talk.tags) - place)
            return


def _says_i(utterance: Utterance) -> bool:
    """Whether somebody speaks of himself in words that nobody else is quoted with."""
    return utterance.says_i and uses_person(_QUOTED.sub(" ", utterance.segment.text), "first", utterance.language)


def without_last_invitation(talk: Talk) -> None:
    """A few words to the reader behind the last remark, in front of links, are no answer: "You can hear it here"."""
    last = talk.last("question")
    if (
        last <= talk.first_asked
        or talk.utterances[last].is_question
        or talk.tags[last + 1 :][:2] != ["answer", "after"]
    ):
        return
    line, following = talk.utterances[last + 1 : last + 3]
    spoken = line.label is not None or line.says_i or line.replies or not line.addresses
    if not spoken and line.words <= LONGEST_INVITATION and following.segment.links:
        talk.tags[last + 1] = "after"


def with_its_answer(talk: Talk) -> None:
    """Behind the last question, where nothing was taken for its answer, the first words that look as answers do are one."""
    last = talk.last("question")
    if last <= talk.first_asked or "answer" in talk.tags[last:] or not talk.utterances[last].is_question:
        return
    worn = {look for look, tag in zip(talk.scene.looks, talk.tags, strict=True) if tag == "answer"}
    for place in range(last + 1, len(talk.tags)):
        segment = talk.utterances[place].segment
        if opens_editors_line(segment.text) or segment.kind == "heading":
            return
        if talk.scene.looks[place] in worn and segment.link_density < MOSTLY_LINK:
            talk.tags[last + 1 : place] = ["box"] * (place - last - 1)
            _answer_on(talk, place)
            return


def _answer_on(talk: Talk, first: int) -> None:
    """Makes an answer of an utterance and of those behind it that look alike, up to a heading or an editor's line."""
    for place in range(first, len(talk.tags)):
        if talk.scene.looks[place] != talk.scene.looks[first] or (place > first and is_editors(talk, place)):
            return
        talk.tags[place] = "answer"


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
    # Who asked may close with words to nobody of the talk: "The show is produced by …".
    if name in talk.scene.askers and not talk.utterances[place].addresses:
        return False
    # At a round table the last may speak but once; what is counted, as a year before a colon, is no name.
    if before is not None and before.emphatic == label.emphatic and not any(map(str.isdigit, label.name)):
        return True
    answers = zip(talk.utterances, talk.tags, strict=True)
    spoken = [each.label.name for each, tag in answers if each.label and tag == "answer"]
    return any(talk.scene.voices.find(each) == name for each in spoken)


def _goes_on(talk: Talk, place: int) -> bool:
    utterance, before = talk.utterances[place], talk.utterances[place - 1]
    if utterance.label is not None or _is_nobodys(talk, place) or utterance.segment.kind == "heading":
        return False
    likely = talk.likely(place, ANSWER)
    if _lists_on(utterance, before):
        return likely >= STILL_LISTING
    alike = (utterance.segment.dress.own, utterance.tone) == (before.segment.dress.own, before.tone)
    if (
        not (alike or talk.scene.looks[place] == talk.scene.main_look)
        or utterance.mark != before.mark
        or utterance.segment.text.startswith(OPENS_QUOTE)
    ):
        return False
    holds = {"says I": _says_i(utterance), "addresses": utterance.addresses, "else": True}
    return any(holds[evidence] and likely >= least for evidence, least in STILL)


def _is_nobodys(talk: Talk, place: int) -> bool:
    return is_editors(talk, place) or is_publishers(talk, place)


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
    without_last_words,
    without_profile,
    without_editors_lines,
    without_publishers_lines,
    without_last_invitation,
    with_its_answer,
    still_speaking,
)
"""What is set right behind the last question, in this order."""
