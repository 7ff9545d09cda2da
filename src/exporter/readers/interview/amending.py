"""What a page says more plainly than the tagger weighs: where the first question stands, and what is beside an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from exporter.readers.interview import ending
from exporter.readers.interview.scene import Scene
from exporter.readers.interview.tagging import Tagging
from exporter.readers.interview.talk import QUESTION, Talk, is_editors, stands_bare

ASIDE = ("heading", "box")
LIKELY_LEAD, LIKELY_REMARK = 0.3, 0.1
"""Probability of a question, right before the first and of its look, from which it is a part of it; less if it says you."""
LEAST_SET_SO = 3
"""Questions of one look from which it is that of questions."""


# --------------------------------------------------------------------------------------------------------- the beginning


def with_its_lead(talk: Talk) -> None:
    """A statement in front of the first question, set as that is, belongs to it: "You wrote three books. / Why no more?"."""
    first, looks = talk.first_asked, talk.scene.looks
    if not 0 < first < len(looks) or talk.tags[first - 1] != "before":
        return
    alike = looks[first - 1] == looks[first] != talk.scene.main_look and not is_editors(talk, first - 1)
    least = LIKELY_REMARK if talk.utterances[first - 1].names_who_is_asked else LIKELY_LEAD
    if alike and talk.likely(first - 1, QUESTION) >= least:
        talk.tags[first - 1] = "question"


# ---------------------------------------------------------------------------------------------------------------- in between


def beside_questions(talk: Talk) -> None:
    """Headings between a question and its answer are beside it: no crosshead stands there, but a teaser may."""
    asked = -1
    for place, tag in enumerate(talk.tags):
        if tag == "answer" and asked >= 0:
            talk.tags[asked + 1 : place] = ["box"] * (place - asked - 1)
        if tag not in ASIDE:
            asked = place if tag == "question" else -1


def with_its_lists(talk: Talk) -> None:
    """A list without links right behind an answer that leads to it, or whose sentence its entries go on with, belongs to it."""
    for place in range(1, len(talk.tags)):
        utterance, before = talk.utterances[place], talk.utterances[place - 1]
        if talk.tags[place - 1 : place + 1] != ["answer", "box"] or utterance.part.box != "list":
            continue
        leads = before.segment.text.endswith((":", ",")) or before.part.source is utterance.part.source
        if (leads or utterance.segment.text[:1].islower()) and not utterance.segment.links:
            talk.tags[place] = "answer"


def set_as_questions(talk: Talk) -> None:
    """What stands beside an answer, and is set as questions are and no answer is, is a question: nothing else is set so."""
    asked, said = (
        [talk.utterances[place] for place, tag in enumerate(talk.tags) if tag == kind]
        for kind in ("question", "answer")
    )
    looks = Counter((each.segment.dress, each.tone) for each in asked)
    tones = {each.tone for each in asked} - {each.tone for each in said} - {"plain"}
    worn = {(each.segment.dress, each.tone) for each in said}
    for run in _beside_answers(talk):
        found = [talk.utterances[place] for place in run]
        alike = all(looks[each.segment.dress, each.tone] >= LEAST_SET_SO for each in found)
        alike &= not any(
            (each.segment.dress, each.tone) in worn or each.part.box or stands_bare(each) for each in found
        )
        asks = all(each.tone in tones for each in found) and any(each.is_question for each in found)
        if (alike or asks) and not any(each.segment.links for each in found):
            talk.tags[run.start : run.stop] = ["question"] * len(run)


def _beside_answers(talk: Talk) -> Iterator[range]:
    """Runs of what stands beside an answer, with answers before and behind."""
    place = talk.first_asked
    for tag, group in groupby(talk.tags[place:]):
        run = range(place, place + len(list(group)))
        place = run.stop
        if tag == "box" and talk.tags[run.start - 1] == "answer" and talk.tags[run.stop : run.stop + 1] == ["answer"]:
            yield run


def in_a_box_of_its_own(talk: Talk) -> None:
    """A heading in another element than the answers around it, with what stands below it there, is beside the answer."""
    parents, home = talk.scene.parents, talk.scene.main_parent
    for place in range(1, len(parents)):
        heading = talk.utterances[place].segment.kind == "heading" and talk.tags[place] in ("heading", "answer", "box")
        if not heading or parents[place] == home or parents[place - 1] != home or talk.tags[place - 1] != "answer":
            continue
        end = next((each for each in range(place, len(parents)) if parents[each] != parents[place]), len(parents))
        if talk.tags[end : end + 1] == ["answer"] and parents[end] == home and "question" not in talk.tags[place:end]:
            talk.tags[place:end] = ["box"] * (end - place)


def above_a_question(talk: Talk) -> None:
    """A few bare words set as the question below them are a crosshead, where questions are sentences or ask."""
    places = [place for place, tag in enumerate(talk.tags) if tag == "question"]
    bare = {place for place in places if _may_head(talk, place)}
    if len(bare) * 2 >= len(places):
        return
    for place in bare:
        if talk.tags[place - 1] == "answer" and talk.tags[place + 1 : place + 2] == ["question"]:
            talk.tags[place] = "heading"


def _may_head(talk: Talk, place: int) -> bool:
    utterance = talk.utterances[place]
    spoken = utterance.label is not None or utterance.is_question or utterance.addresses or utterance.says_i
    return place > talk.first_asked and utterance.part.count == 1 and stands_bare(utterance) and not spoken


AMENDMENTS: tuple[Callable[[Talk], None], ...] = (
    beside_questions,
    with_its_lists,
    with_its_lead,
    set_as_questions,
    in_a_box_of_its_own,
    above_a_question,
    *ending.AMENDMENTS,
)
"""What is set right in the tags, in this order."""


def amended(scene: Scene, tagging: Tagging) -> list[str]:
    """The tagger's tags, set right where the page itself says more plainly what something is."""
    talk = Talk(scene, tagging, list(tagging.tags))
    for amend in AMENDMENTS:
        amend(talk)
    return talk.tags
