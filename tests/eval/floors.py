"""The floors: what the reader reached on the corpus once and may not lose again. They only rise."""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parent / "floors.toml"
LOWER_IS_BETTER = frozenset(
    [
        *("answers_too_short", "answers_too_long", "false_interviews", "pages_with_boilerplate", "pages_without_text"),
        *("characters_lost", "characters_told_twice", "letters_unprinted", "surplus_letters"),
    ]
)
SLACK = 5e-4
"""Figures are stored with four places; a smaller difference is rounding."""
NARROW = 0.02
"""A gap between seen and unseen pages that is no gap, as a share."""
_HEAD = """# Reached on the corpus in ../shared: shares 0 to 1, F1, counts. A figure may not get worse than it stands here.
# `python tests/eval/run.py all --raise` writes better ones; nothing makes them worse but an editor who says why.
"""

Floors = dict[str, dict[str, float]]


def load() -> Floors:
    """Corpus → figure → floor."""
    return tomllib.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def falls(figure: str, value: float, floor: float, table: str = "") -> bool:
    """Whether the value is worse than its floor (or, where less is better, its ceiling).

    In a table of gaps less is better, and up to :data:`NARROW` there is none: half a page more or less is luck.
    """
    if table.endswith(" gap"):
        return value > max(floor, NARROW) + SLACK
    return value > floor + SLACK if figure in LOWER_IS_BETTER else value < floor - SLACK


def fallen(figures: dict[str, float], known: dict[str, float], table: str = "") -> list[str]:
    """A line for each figure that is worse than its floor."""
    return [
        f"{table}: {figure}: {figures[figure]} is worse than {floor}"
        for figure, floor in known.items()
        if figure in figures and falls(figure, figures[figure], floor, table)
    ]


def moved(figures: dict[str, float], known: dict[str, float]) -> list[tuple[str, float, float]]:
    """``(figure, value, floor)`` of all that differ."""
    return [
        (name, value, known[name])
        for name, value in figures.items()
        if name in known and abs(value - known[name]) > SLACK
    ]


def raised(figures: dict[str, float], known: dict[str, float], table: str = "") -> dict[str, float]:
    """The better of both, figure by figure."""
    better = {
        name: value for name, value in figures.items() if name not in known or falls(name, known[name], value, table)
    }
    return {**known, **better}


def save(all_floors: Floors) -> None:
    """Writes the file: tables and figures sorted, so that a change shows as its own line."""
    tables = []
    for name in sorted(all_floors):
        lines = "\n".join(f"{figure} = {value:g}" for figure, value in sorted(all_floors[name].items()))
        tables.append(f'["{name}"]\n{lines}\n')
    FILE.write_text(_HEAD + "\n" + "\n".join(tables), "utf-8")
