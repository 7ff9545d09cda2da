"""How turns are told: cutting and joining lose nothing, the learned weights are data that is read in plain Python."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from exporter import ExtractionError, Reading, read
from exporter.model import Turn
from exporter.model.walk import words_of
from exporter.readers import interview
from exporter.readers.interview import analysed, joining
from exporter.readers.interview.cutting import cut
from exporter.readers.interview.joining import Verdict
from exporter.readers.interview.tagging import TAGS, Weights, tables_of, tagged
from exporter.readers.interview.utterances import PageFacts
from exporter.readers.segments.segment import Segment
from exporter.sources.policy import Kind, ReadOptions
from exporter.sources.source import Source

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "tests" / "pages").glob("*/source.html"))
WEIGHTS = Path(interview.__file__).with_name("weights.json")

Reached = tuple[list[Segment], PageFacts]


def reached(monkeypatch: pytest.MonkeyPatch, page: Path) -> Reached:
    """What the reader decides over when it looks for turns."""
    found: list[Reached] = []

    def stop(segments: list[Segment], facts: PageFacts, **_: object) -> None:
        found.append((segments, facts))
        raise ExtractionError("The page was looked at.")

    with monkeypatch.context() as context:
        context.setattr(interview, "find_turns", stop)
        with pytest.raises(ExtractionError, match="looked at"):
            read(Source(page.parent.name, page.read_bytes(), "the page", ".html"), format="html")
    return found[0]


def state(segments: list[Segment]) -> bytes:
    return msgspec.json.encode(
        [(each.kind, each.text, each.became, each.rule, each.label, state(each.segments).decode()) for each in segments]
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_nothing_is_changed_before_it_is_decided_and_parts_hold_every_word(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segments, facts = reached(monkeypatch, page)
    before = state(segments)
    found = analysed(segments, facts, {})
    assert state(segments) == before
    for segment in segments:
        inner = [each for each in segment.segments if each.open and each.text] or [segment]
        parts = [part for part in found.parts if part.source is segment]
        if segment.open and segment.kind in ("paragraph", "list", "quote") and all(each.inlines for each in inner):
            letters = "".join(part.segment.text for part in parts)
            assert squeezed(letters) == squeezed("".join(each.text for each in inner))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_parts_of_one_kind_are_the_segments_they_were_cut_from(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segments, _ = reached(monkeypatch, page)
    parts = cut(segments)
    again = joining.joined(segments, parts, {id(part): Verdict("before", "") for part in parts})
    assert [id(each) for each in again] == [id(each) for each in segments]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_weights_are_names_and_rounded_numbers() -> None:
    stored = json.loads(WEIGHTS.read_bytes())
    numbers = re.findall(rb"-?\d+\.\d+", WEIGHTS.read_bytes())
    assert {each for found in stored["tagger"].values() for each in found} <= set(TAGS)
    assert all(len(each.split(b".")[1]) <= 3 for each in numbers)
    assert WEIGHTS.stat().st_size < 100_000
    learnings = stored["learned_from"].split("; ")
    assert all(re.fullmatch(r"\d+ talks, \d+ others, [0-9a-f]{16}", each) for each in learnings)


def test_the_likeliest_tags_and_their_probabilities_are_those_of_the_textbook() -> None:
    states = {"asks": {"question": 2.0}, "tells": {"answer": 1.5, "after": 0.5}}
    steps = {"question": {"answer": 1.0}, "answer": {"question": 1.0, "after": 0.25}}
    rows = [["asks"], ["tells"], ["asks", "unknown"], ["tells"]]
    found = tagged(rows, tables_of(states, steps))
    assert found.tags == ["question", "answer", "question", "answer"]
    assert all(sum(row) == pytest.approx(1.0) for row in found.marginals)
    assert 0 < found.probability < min(max(row) for row in found.marginals) < 1


@pytest.mark.skipif(
    importlib.util.find_spec("pycrfsuite") is None or importlib.util.find_spec("sklearn") is None,
    reason="what weights are learned with is not installed here (make weights)",
)
@pytest.mark.filterwarnings("ignore")
def test_weights_learned_from_our_own_pages_tag_them_right_in_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    sys.modules.pop("tools", None)
    from tools.weights.learning import learn
    from tools.weights.pages import own_examples

    examples = list(own_examples())[::2]
    weights = learn(examples)
    again = msgspec.json.decode(msgspec.json.encode(weights), type=Weights)
    tables = tables_of(again.tagger, again.transitions)
    right = sum(
        tagged(analysed(each.segments, each.facts, again.hypotheses).rows, tables).tags == each.tags
        for each in examples
    )
    assert right >= len(examples) * 0.9
    assert weights == learn(examples)


def test_a_rule_names_the_tag_and_what_spoke_for_it() -> None:
    fates = read(PAGES[0].parent.parent / "bold-paragraphs" / "source.html").fates
    rules = {fate.rule for fate in fates if fate.became == "question"}
    assert rules
    assert all(re.fullmatch(r"interview-question \([^,]+, [^,]+\)", rule) for rule in rules)


def test_every_feature_that_is_put_in_words_is_one_that_the_tagger_may_see() -> None:
    told = tomllib.loads(WEIGHTS.with_name("reasons.toml").read_text("utf-8"))["reasons"]
    seen: set[str] = set()
    for page in PAGES:
        seen.update(re.findall(r"interview-\w+ \((.*)\)", "\n".join(fate.rule for fate in read(page).fates)))
    words = {word for each in seen for word in each.split(", ")}
    assert words <= set(told.values())
    assert len(words) > 10


# ------------------------------------------------------------------------------------------------------- never in silence

ASKED = (
    (
        "How do you find the leak?",
        "I put my ear to the hull and wait. Water is honest, it always says where it comes in.",
    ),
    ("Does it take long?", "An hour, or a winter. I once waited five weeks for a ferry to tell me anything at all."),
    (
        "What do you do then?",
        "I drink my tea, and then I swear, and then I fetch the tar and the wool as my mother did.",
    ),
    ("Did she teach you?", "She let me watch. I was not allowed to speak to the boats before I was nine years old."),
    ("And what do you say to them?", "Good morning, mostly. You would be surprised how few people say that to a boat."),
    (
        "Have you ever given one up?",
        "One. I sold my first boat to a man who keeps bees in her, and I have not been back.",
    ),
    ("Do you miss the sea?", "I miss the noise of it. My workshop is so quiet that I can hear the nails getting old."),
    (
        "Who will take over?",
        "My neighbour's girl, if I can keep her away from engines. I think she has the ears for it.",
    ),
    (
        "What would you tell her?",
        "That I was wrong about nearly everything, but not about the tar. Never trust a dry seam.",
    ),
)
BEGUN = "Hanne Brook mends boats that others have given up. We met her on a slipway that smelled of tar, in the rain."


def pasted(turns: tuple[tuple[str, str], ...], before: str = "") -> bytes:
    return "\n\n".join(["The woman who listens to boats", BEGUN, *(f"{before}{q}\n\n{a}" for q, a in turns)]).encode()


def read_as(content: bytes, kind: Kind = "", form: str = "text") -> Reading:
    return read(Source("page", content, "the page", ""), read_options=ReadOptions(format=form, kind=kind))


def questions_of(reading: Reading) -> list[str]:
    turns = [block for block in reading.document.article.body if isinstance(block, Turn)]
    return [" ".join(words_of(turn.question)) for turn in turns if turn.question is not None]


@pytest.mark.parametrize("count", [3, 4, 9])
def test_a_talk_is_told_from_pasted_text_without_a_label(count: int) -> None:
    assert questions_of(read_as(pasted(ASKED[:count]))) == [question for question, _ in ASKED[:count]]


def web_page(turns: str, headline: str = "The woman who listens to boats") -> bytes:
    return (
        f"<html lang=en><head><title>{headline}</title></head><body><article><h1>{headline}</h1><p>{BEGUN}</p>{turns}"
        "</article></body></html>"
    ).encode()


@pytest.mark.parametrize("count", [3, 4])
@pytest.mark.parametrize("frame", ["<h2>{}</h2><p>{}</p>", "<p><b>{}</b></p><p>{}</p>", "<p><b>{}</b><br>{}</p>"])
def test_short_talks_are_talks(count: int, frame: str) -> None:
    page = web_page("".join(frame.format(*turn) for turn in ASKED[:count]))
    assert questions_of(read_as(page, form="html")) == [question for question, _ in ASKED[:count]]


def test_what_is_called_an_interview_and_has_no_questions_is_told_of() -> None:
    page = web_page(
        "<p>She spoke of tar, of wool and of nothing else, and nobody asked her a thing.</p>", "Interview: Brook"
    )
    found = [each for each in read_as(page, form="html").notices if each.code == "turns-missed"]
    assert [each.severity for each in found] == ["warning"]
    assert "--interview" in found[0].message
    assert "--article" in found[0].message
    assert not [each for each in read_as(page, "article", "html").notices if each.code.startswith("turns")]


def test_the_user_overrules_either_way() -> None:
    talk = web_page("".join(f"<p><b>{question}</b></p><p>{answer}</p>" for question, answer in ASKED))
    assert len(questions_of(read_as(talk, form="html"))) == len(ASKED)
    assert not questions_of(read_as(talk, "article", "html"))
    steps = "".join(
        f"<h3>Step {n}. Fill the seam.</h3><p>Take wool and tar; fill it well, and fill it twice.</p>"
        for n in (1, 2, 3)
    )
    assert not questions_of(read_as(web_page(steps), form="html"))
    assert len(questions_of(read_as(web_page(steps), "interview", "html"))) == 3


def test_a_doubtful_reading_names_its_weakest_question() -> None:
    found = interview.Interview([], "bold-paragraph", 0.62, 7, "And the tar?").notice()
    assert (found.code, found.severity) == ("turns-unsure", "warning")
    assert "62 %" in found.message
    assert "And the tar?" in found.message
    assert interview.Interview([], "bold-paragraph", 0.8, 7).notice().code == "turns-found"
