"""The floors: what the reader reached on the corpus once and may not lose again. They only rise."""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parent / "floors.toml"
LOWER_IS_BETTER = frozenset(
    [
        *("answers_too_short", "answers_too_long", "false_interviews", "pages_with_boilerplate", "pages_without_text"),
        *("characters_lost", "characters_told_twice", "letters_unprinted"),
    ]
)
SLACK = 5e-4
"""Figures are stored with four places; a smaller difference is rounding."""
_HEAD = """# Reached on the corpus in ../shared: shares 0 to 1, F1, counts. A figure may not get worse than it stands here.
# `python tests/eval/run.py all --raise` writes better ones; nothing makes them worse but an editor who says why.
"""

Floors = dict[str, dict[str, float]]


def load() -> Floors:
    """Corpus → figure → floor."""
    return tomllib.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def falls(figure: str, value: float, floor: float) -> bool:
    """Whether the value is worse than its floor (or, where less is better, its ceiling)."""
    return value > floor + SLACK if figure in LOWER_IS_BETTER else value < floor - SLACK


def moved(figures: dict[str, float], known: dict[str, float]) -> list[tuple[str, float, float]]:
    """``(figure, value, floor)`` of all that differ."""
    return [
        (name, value, known[name])
        for name, value in figures.items()
        if name in known and abs(value - known[name]) > SLACK
    ]


def raised(figures: dict[str, float], known: dict[str, float]) -> dict[str, float]:
    """The better of both, figure by figure."""
    better = {name: value for name, value in figures.items() if name not in known or falls(name, known[name], value)}
    return {**known, **better}


def save(all_floors: Floors) -> None:
    """Writes the file: tables and figures sorted, so that a change shows as its own line."""
    tables = []
    for name in sorted(all_floors):
        lines = "\n".join(f"{figure} = {value:g}" for figure, value in sorted(all_floors[name].items()))
        tables.append(f'["{name}"]\n{lines}\n')
    FILE.write_text(_HEAD + "\n" + "\n".join(tables), "utf-8")
