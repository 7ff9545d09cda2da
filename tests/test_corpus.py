"""The gate over real pages: no figure of the corpus in ../shared may fall below the floor that it once reached."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "eval"))

import corpus
import floors
import folds
import sides

pytestmark = [
    pytest.mark.skipif(
        not corpus.CORPUS.is_dir(), reason="the corpus of real pages does not stand beside the repository"
    ),
    # The corpus's own scorers leave the files they read to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_no_figure_of_the_articles_falls_below_its_floor(request: pytest.FixtureRequest) -> None:
    result = corpus.score_articles()
    _hold("articles", result.figures, request)


@pytest.mark.parametrize("side", ["seen", "unseen"])
@pytest.mark.parametrize("name", sides.NAMES)
def test_no_figure_falls_below_its_floor(name: str, side: str, request: pytest.FixtureRequest) -> None:
    _hold(f"{name} {side}", _figures(name, side), request)


@pytest.mark.parametrize("name", sides.NAMES)
def test_no_gap_between_seen_pages_and_unseen_ones_grows(name: str, request: pytest.FixtureRequest) -> None:
    _hold(f"{name} gap", sides.gaps(_figures(name, "seen"), _figures(name, "unseen")), request)


@cache
def _figures(name: str, side: str) -> corpus.Figures:
    return sides.score(name, side).figures


def _hold(table: str, figures: corpus.Figures, request: pytest.FixtureRequest) -> None:
    known = floors.load()[table]
    assert set(known) <= set(figures), "a figure is gone from the scorer's lines"
    if request.config.getoption("--raise-floors"):
        floors.save({**floors.load(), table: floors.raised(figures, known, table)})
    assert not floors.fallen(figures, known, table)


def test_a_publishers_pages_are_all_of_one_fold() -> None:
    assert folds.host("s101-007-de-TheDaily_2025_02_01") == folds.host("de-TheDaily_2024_12_24") == "de-TheDaily"
    assert folds.outlet("weekly_aunt_of_bells") == folds.outlet("weekly_uncle") == "weekly"
    sides_of = [[folds.on_side("de-TheDaily_2025", folds.host, each) for each in folds.SIDES] for _ in range(2)]
    assert sides_of[0] == sides_of[1]
    assert sum(sides_of[0]) == 1


def test_a_gap_counts_what_is_worse_on_unseen_pages_and_little_is_none() -> None:
    seen, unseen = {"title": 0.9, "surplus_letters": 0.05}, {"title": 0.8, "surplus_letters": 0.09}
    assert sides.gaps(seen, unseen) == {"title": 0.1, "surplus_letters": 0.04}
    assert floors.falls("title", 0.1, 0.05, "publishers gap")
    assert not floors.falls("title", 0.019, 0.0, "publishers gap")
    assert floors.raised({"title": 0.03}, {"title": 0.05}, "publishers gap") == {"title": 0.03}


def test_floors_only_rise() -> None:
    known = {"question_f1": 0.9, "false_interviews": 1.0, "title": 0.8}
    better = floors.raised({"question_f1": 0.95, "false_interviews": 2.0, "title": 0.7, "deck": 0.5}, known)
    assert better == {"question_f1": 0.95, "false_interviews": 1.0, "title": 0.8, "deck": 0.5}
    assert floors.falls("question_f1", 0.89, 0.9)
    assert floors.falls("false_interviews", 1.0, 0.0)
    assert not floors.falls("false_interviews", 0.0, 1.0)
