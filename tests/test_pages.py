"""Own pages in the markup manners of many publishers: what the reader makes of each, and one interview in all manners."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from exporter import Reading, read
from exporter.model import (
    Answer,
    Block,
    BlockQuote,
    Crosshead,
    Figure,
    Node,
    PullQuote,
    Question,
    ReadMore,
    Sidebar,
    Turn,
)
from exporter.model.walk import plain, walk, words_of
from exporter.sources.source import Source

PAGES = Path(__file__).resolve().parent / "pages"
SLUGS = sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())
FAULTS_FILE = PAGES / "known-faults.txt"
BESIDE = (Crosshead, Figure, PullQuote, ReadMore, Sidebar)


def known_faults() -> dict[str, str]:
    """Slug → reason, of the pages whose expected result is right and not reached yet."""
    rows = [row for row in FAULTS_FILE.read_text("utf-8").splitlines() if row.strip() and not row.startswith("#")]
    return {slug: reason.strip() for slug, _, reason in (row.partition(":") for row in rows)}


FAULTS = known_faults()


def reading_of(content: bytes) -> Reading:
    return read(Source("page", content, "the page", ".html"), format="html")


def reading_at(folder: Path) -> Reading:
    """The page of a folder: ``source.html``, or ``source.txt`` where it was copied as plain text."""
    text = folder / "source.txt"
    return read(text) if text.exists() else reading_of((folder / "source.html").read_bytes())


def projected(reading: Reading) -> dict[str, Any]:
    """What a reader of the article would miss or mind, in plain JSON."""
    article = reading.document.article
    return {
        "title": plain(article.headline),
        "kicker": plain(article.kicker),
        "deck": plain(article.deck),
        "byline": plain(article.byline),
        "language": article.metadata.language,
        "introduction": list(flow(article.introduction)),
        "turns": [said for block in article.body if isinstance(block, Turn) for said in spoken(block)],
        "other text": list(flow(block for block in article.body if not isinstance(block, Turn))),
        "crossheads": [plain(node.children) for node in walk(article) if isinstance(node, Crosshead)],
        "figures": [figure(node) for node in walk(article) if isinstance(node, Figure)],
        "pull quotes": [quoted(node) for node in walk(article) if isinstance(node, PullQuote)],
        "block quotes": [
            [" / ".join(flow(node.blocks)), plain(node.attribution)]
            for node in walk(article)
            if isinstance(node, BlockQuote)
        ],
        "read more": [
            [plain(link.children) for link in node.links] for node in walk(article) if isinstance(node, ReadMore)
        ],
        "sidebars": [[plain(node.heading), *flow(node.blocks)] for node in walk(article) if isinstance(node, Sidebar)],
        "left out by": sorted({fate.rule for fate in reading.fates if fate.became == "left out"}),
    }


def spoken(turn: Turn) -> Iterable[list[str]]:
    """``[role, speaker, text]`` of each part of the turn."""
    parts: tuple[Question | Answer, ...] = (*([turn.question] if turn.question else []), *turn.answers)
    for part in parts:
        role = "question" if isinstance(part, Question) else "answer"
        yield [role, part.speaker or "", " / ".join(flow(part.blocks))]


def flow(blocks: Iterable[Block]) -> Iterable[str]:
    """The paragraphs of the reading flow, without what stands beside it."""
    for block in blocks:
        if isinstance(block, BlockQuote):
            yield from flow(block.blocks)
        elif not isinstance(block, BESIDE) and (text := words(block)):
            yield text


def words(node: Node) -> str:
    return "".join(words_of(node))


def figure(node: Figure) -> dict[str, str]:
    shown = {"source": " ".join(image.source for image in node.images), "caption": plain(node.caption)}
    return {**shown, "credit": plain(node.credit)}


def quoted(node: PullQuote) -> list[str]:
    return [plain(node.children), plain(node.attribution)]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_read_as_its_reader_reads_it(slug: str, request: pytest.FixtureRequest) -> None:
    accepting = bool(request.config.getoption("--accept"))
    if slug in FAULTS:
        request.applymarker(pytest.mark.xfail(reason=FAULTS[slug]))
    result = projected(reading_at(PAGES / slug))
    expected = PAGES / slug / "expected.json"
    if accepting and slug not in FAULTS:
        expected.write_text(laid_out(without_empty(result)), "utf-8")
    assert without_empty(result) == json.loads(expected.read_bytes())


def without_empty(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if value not in ("", [])}


def laid_out(result: dict[str, Any]) -> str:
    """The result as JSON that reads well in a diff: a line for each thing said."""
    rows = []
    for name, value in result.items():
        told = [json.dumps(each, ensure_ascii=False) for each in (value if isinstance(value, list) else [value])]
        inside = ",\n  ".join(told)
        rows.append(f"{json.dumps(name)}: [\n  {inside}\n ]" if isinstance(value, list) else f'"{name}": {inside}')
    return "{\n " + ",\n ".join(rows) + "\n}\n"


def test_every_known_fault_is_of_a_page_that_is_there() -> None:
    assert set(FAULTS) <= set(SLUGS)
    assert all(FAULTS.values()), "each needs a reason"
