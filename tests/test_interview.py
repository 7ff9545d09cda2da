"""How turns are told: cutting and joining lose nothing, the learned weights are data that is read in plain Python."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path

import msgspec
import pytest

from exporter import ExtractionError, read
from exporter.readers import interview
from exporter.readers.interview import analysed, joining, tagging
from exporter.readers.interview.cutting import cut
from exporter.readers.interview.joining import Verdict
from exporter.readers.interview.tagging import TAGS, Weights, tables_of, tagged
from exporter.readers.interview.utterances import PageFacts
from exporter.readers.segments.segment import Segment
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
    assert re.fullmatch(r"\d+ talks, \d+ others, [0-9a-f]{16}", stored["learned_from"])


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
    assert all(name in tagging.learned().tagger for rule in rules for name in rule[20:-1].split(", "))
