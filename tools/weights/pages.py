"""The pages to learn from: those of the corpus in ../shared that may be seen, grafts onto seen publishers, and our own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from exporter import ExporterError, read
from exporter.readers import interview
from exporter.readers.interview import analysed
from exporter.readers.interview.utterances import PageFacts
from exporter.readers.segments.segment import Segment
from exporter.sources.source import Source
from tools.weights.labels import labels_by_text, labels_of
from tools.weights.learning import Example

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "eval"))

import corpus  # noqa: E402 - its folder is put on the path above
import folds  # noqa: E402
import sides  # noqa: E402

GRAFT_SEEDS = tuple(range(1, 17))
"""Of the grafts that are learned from, never those that are scored."""
GRAFTS_PER_SEED = 50
REAL_WEIGHT, OWN_WEIGHT = 5, 3
"""How often a real page, and one of our own, counts beside a graft."""
UNNAMED_TALKS = ("deutschlandfunk.de.titanic", "legrandcontinent.eu.heran")
"""Pages of collections of articles that are talks and do not call themselves so: neither to be learned as none nor labelled."""
CORPUS = corpus.CORPUS
OWN = ROOT / "tests" / "pages"


class _Reached(Exception):
    """Carries what a page looks like when its turns are to be found."""

    def __init__(self, segments: list[Segment], facts: PageFacts) -> None:
        super().__init__()
        self.segments, self.facts = segments, facts


def _stop(segments: list[Segment], facts: PageFacts, **_: object) -> None:
    raise _Reached(segments, facts)


def before_turns(name: str, content: bytes, kind: str = "html") -> tuple[list[Segment], PageFacts] | None:
    """What the reader decides over when it looks for turns; None for a page that holds no article."""
    with patch.object(interview, "find_turns", _stop):
        try:
            read(Source(name, content, name, f".{kind}"), format=kind)
        except _Reached as reached:
            return reached.segments, reached.facts
        except ExporterError:
            pass
    return None


def examples() -> Iterator[Example]:
    """Every page to learn from, with its tags.

    Not those whose truth was not found whole, and not those of collections of articles that call themselves interviews: so
    nothing wrong is learned.
    """
    scorer = corpus.scorer(corpus.INTERVIEWS)
    for page, truth, weight in seen_pages():
        reached = before_turns(page.name, page.content)
        if reached is not None and not (truth is None and reached[1].titled):
            labels = labels_of(analysed(*reached, {}).utterances, truth, scorer)
            if labels.whole:
                yield Example(page.name, *reached, labels.tags, weight)
    yield from own_examples()
    yield from pasted_examples()


def own_examples() -> Iterator[Example]:
    """Our own pages in the manners of many publishers, with what is expected of them."""
    for folder in sorted(each.parent for each in OWN.glob("*/source.html")):
        turns = json.loads((folder / "expected.json").read_bytes()).get("turns", [])
        reached = before_turns(folder.name, (folder / "source.html").read_bytes())
        if reached is not None:
            labels = labels_by_text(analysed(*reached, {}).utterances, [(role, text) for role, _, text in turns])
            if labels.whole:
                yield Example(folder.name, *reached, labels.tags, OWN_WEIGHT)


def pasted_examples() -> Iterator[Example]:
    """Our own interviews as a person pastes them: plain paragraphs, no label, no type."""
    for folder in sorted(each.parent for each in OWN.glob("*/source.html")):
        expected = json.loads((folder / "expected.json").read_bytes())
        turns = [(role, text) for role, _, text in expected.get("turns", [])]
        said = [part for _, text in turns for part in text.split(" / ")]
        others = [] if turns else expected.get("other text", [])
        text = "\n\n".join([expected["title"], *expected.get("introduction", []), *said, *others])
        name = f"{folder.name}.txt"
        reached = before_turns(name, text.encode(), "text")
        if reached is not None:
            labels = labels_by_text(analysed(*reached, {}).utterances, turns)
            if labels.whole:
                yield Example(name, *reached, labels.tags, 1)


def seen_pages() -> Iterator[tuple[corpus.Page, dict[str, Any] | None, int]]:
    """Every page to learn from, with its truth (None for one that is no talk) and its weight."""
    with sides.grafts("seen", GRAFT_SEEDS, GRAFTS_PER_SEED) as grafts:
        yield from _with_truth(grafts, 1)
    for name in ("pages", "fresh"):
        yield from _with_truth(_seen(corpus.interview_pages(name), folds.outlet), REAL_WEIGHT)
    for page in _seen(corpus.publisher_pages(), folds.host):
        if not page.name.startswith(corpus.TALKS):
            yield page, None, 1
    for page in _seen([*corpus.scrapinghub_pages(), *corpus.snippet_pages()], str)[::2]:
        if not page.name.startswith(UNNAMED_TALKS):
            yield page, None, 1


def _seen(pages: list[corpus.Page], publisher: Any) -> list[corpus.Page]:
    return [page for page in pages if folds.on_side(page.name, publisher, "seen")]


def _with_truth(pages: Iterable[corpus.Page], weight: int) -> Iterator[tuple[corpus.Page, dict[str, Any], int]]:
    for page in pages:
        yield page, json.loads(page.path.with_suffix(".json").read_text("utf-8")), weight
