"""The collections that are scored by folds, seen and unseen side by side, and the gap between both."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import corpus
import floors
from folds import host, on_side, outlet

GAPS = (
    *("question_f1", "answer_boundary_f1", "sequence_exact", "title", "authors", "date", "deck", "byline"),
    *("paragraphs", "page_whole", "surplus_letters", "captions", "credits", "pictures", "crossheads"),
    *("caption_recall", "credit_recall"),
)
"""Figures, all of them shares, of which seen less unseen has a ceiling."""
SEEDS, COUNT = (101,), 40
"""Seeds of the grafts, and how many pages each seed gives a side, unless the caller says otherwise."""
NAMES = ("interviews", "fresh", "publishers", "grafts")


def score(
    name: str, side: str, verbose: bool = False, seeds: Sequence[int] = SEEDS, count: int = COUNT
) -> corpus.Result:
    """One collection, scored on the pages of one side (``"seen"``, ``"unseen"``, ``"shut"``)."""
    if name == "grafts":
        with grafts(side, seeds, count) as pages:
            return corpus.score_interviews(pages, verbose)
    if name == "publishers":
        return corpus.score_publishers(_of(corpus.publisher_pages(), host, side), verbose)
    folder = "pages" if name == "interviews" else name
    return corpus.score_interviews(_of(corpus.interview_pages(folder), outlet, side), verbose)


def _of(pages: list[corpus.Page], publisher: Callable[[str], str], side: str) -> list[corpus.Page]:
    return [page for page in pages if on_side(page.name, publisher, side)]


@contextmanager
def grafts(side: str, seeds: Sequence[int], count: int) -> Iterator[list[corpus.Page]]:
    """Interviews planted into publishers' pages of ``side``, ``count`` for each seed, in a folder that goes away again."""
    with tempfile.TemporaryDirectory() as folder:
        hosts, out = Path(folder) / "hosts", Path(folder) / "grafts"
        for page in _of(corpus.publisher_pages(), host, side):
            _place(page.path, hosts / "pages" / page.path.name)
            _place(corpus.PUBLISHERS / "truth" / f"{page.name}.json", hosts / "truth" / f"{page.name}.json")
        for seed in seeds:
            _draw(seed, count, hosts, out)
        yield [corpus.Page(path.stem, path) for path in sorted(out.glob("*.html"))]


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _draw(seed: int, count: int, hosts: Path, out: Path) -> None:
    generator = corpus.CORPUS / "grafts" / "graft.py"
    choices = ["--seed", str(seed), "--count", str(count), "--hosts", str(hosts), "-o", str(out)]
    command = [sys.executable, "-B", str(generator), *choices]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def gaps(seen: corpus.Figures, unseen: corpus.Figures) -> corpus.Figures:
    """How much worse each share is on unseen pages; below 0 where it is better."""
    return {
        name: round((unseen[name] - seen[name]) * (1 if name in floors.LOWER_IS_BETTER else -1), 4) + 0.0
        for name in GAPS
        if name in seen and name in unseen
    }
