"""The gate over real pages: no figure of the corpus in ../shared may fall below the floor that it once reached."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "eval"))

import corpus
import floors

pytestmark = [
    pytest.mark.skipif(
        not corpus.CORPUS.is_dir(), reason="the corpus of real pages does not stand beside the repository"
    ),
    # The corpus's own scorers leave the files they read to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SCORES: dict[str, Callable[[], corpus.Result]] = {
    "interviews": corpus.score_interviews,
    "articles": corpus.score_articles,
}


@pytest.mark.parametrize("name", SCORES)
def test_no_figure_falls_below_its_floor(name: str, request: pytest.FixtureRequest) -> None:
    result = SCORES[name]()
    known = floors.load()[name]
    assert set(known) <= set(result.figures), "a figure is gone from the scorer's lines"
    if request.config.getoption("--raise-floors"):
        floors.save({**floors.load(), name: floors.raised(result.figures, known)})
    fallen = [
        f"{figure}: {result.figures[figure]} is worse than {floor}"
        for figure, floor in known.items()
        if floors.falls(figure, result.figures[figure], floor)
    ]
    assert not fallen, "\n".join([*fallen, result.lines])


def test_floors_only_rise() -> None:
    known = {"question_f1": 0.9, "false_interviews": 1.0, "title": 0.8}
    better = floors.raised({"question_f1": 0.95, "false_interviews": 2.0, "title": 0.7, "deck": 0.5}, known)
    assert better == {"question_f1": 0.95, "false_interviews": 1.0, "title": 0.8, "deck": 0.5}
    assert floors.falls("question_f1", 0.89, 0.9)
    assert floors.falls("false_interviews", 1.0, 0.0)
    assert not floors.falls("false_interviews", 0.0, 1.0)
