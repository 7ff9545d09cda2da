"""Scores the reader on the corpus in ../shared: every line, the CPU seconds, and what moved against the floors.

    python tests/eval/run.py [interviews|fresh|publishers|grafts|articles|all] [-v] [--side seen] [--seeds 7,8] [--count 40]
                             [--only S|M|T] [--raise] [--shut]

All but the articles are scored by folds of publishers (``folds.py``): pages that may be tuned to (seen) and pages that nobody
opens (unseen), side by side, with the gap between. ``-v`` prints a line a page, of seen pages only.
``--shut`` scores the shut fold instead, in sums only: for the end of an issue, once.
``--raise`` writes today's figures into floors.toml where they are better than what stands there, and nowhere else.
"""

from __future__ import annotations

import argparse
import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import corpus
import floors
import sides
from conservation import LOST, TWICE, UNPRINTED


def main(words: list[str] | None = None) -> int:
    """Prints the scores; 1 when a figure fell below its floor, 2 when there is no corpus."""
    choices = _choices(words)
    if not corpus.CORPUS.is_dir():
        print(f"There is no corpus at {corpus.CORPUS}.", file=sys.stderr)
        return 2
    fell = False
    for name in sides.NAMES:
        if choices.what in (name, "all"):
            fell |= _both_sides(name, choices)
    if choices.what in ("articles", "all") and not choices.shut:
        result = corpus.score_articles(choices.only, choices.verbose)
        _show("articles", result, choices.verbose)
        fell |= _against_floors("articles", result.figures, choices.raise_floors)
    return int(fell)


def _choices(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default="interviews", choices=[*sides.NAMES, "articles", "all"])
    parser.add_argument("-v", dest="verbose", action="store_true", help="a line a page")
    parser.add_argument("--side", choices=["seen", "unseen"], help="one side only")
    parser.add_argument("--seeds", type=_seeds, default=sides.SEEDS, help="of the grafts, with commas between")
    parser.add_argument("--count", type=int, default=sides.COUNT, help="of the grafts, for each seed and side")
    parser.add_argument("--only", default="SMT", help="of the articles: S and, as asked, M, T")
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="write better figures as new floors")
    parser.add_argument("--shut", action="store_true", help="score the shut fold, once, in sums")
    return parser.parse_args(words)


def _seeds(words: str) -> tuple[int, ...]:
    return tuple(int(each) for each in words.split(","))


def _both_sides(name: str, choices: argparse.Namespace) -> bool:
    """Prints a collection's sides and the gap between them; whether a figure fell below its floor."""
    asked = ["shut"] if choices.shut else [choices.side] if choices.side else ["seen", "unseen"]
    found: dict[str, corpus.Figures] = {}
    fell = False
    kept = name != "grafts" or (choices.seeds, choices.count) == (sides.SEEDS, sides.COUNT)
    for side in asked:
        result = sides.score(name, side, choices.verbose and side == "seen", choices.seeds, choices.count)
        found[side] = result.figures
        _show(f"{name} {side}", result, choices.verbose and side == "seen")
        if kept and side != "shut":
            fell |= _against_floors(f"{name} {side}", result.figures, choices.raise_floors)
    if len(found) == 2:
        gaps = sides.gaps(found["seen"], found["unseen"])
        _print_columns(name, found["seen"], found["unseen"], gaps)
        fell |= kept and _against_floors(f"{name} gap", gaps, choices.raise_floors)
    return fell


def _print_columns(name: str, seen: corpus.Figures, unseen: corpus.Figures, gaps: corpus.Figures) -> None:
    print(f"--- {name:24} {'seen':>9} {'unseen':>9} {'gap':>9}")
    for figure in seen:
        gap = f"{gaps[figure]:9.4f}" if figure in gaps else ""
        print(f"    {figure:24} {seen[figure]:9g} {unseen.get(figure, float('nan')):9g} {gap}")


def _show(name: str, result: corpus.Result, verbose: bool) -> None:
    """The scorer's lines, the CPU seconds, the losses; names of pages only where they may be opened."""
    print(f"=== {name}: {len(result.seconds)} pages")
    print(result.lines, end="")
    open_to_us = not name.endswith(("unseen", "shut"))
    for page, reason in result.refused.items():
        print(f"refused  {page}: {reason}" if open_to_us else f"refused  {reason}")
    _show_reliability(result.sure)
    slow = sorted(result.seconds.items(), key=lambda pair: -pair[1])
    print(f"CPU s a page  median {result.median:.3f}  sum {sum(result.seconds.values()):.1f}  slowest ", end="")
    print("  ".join(f"{page[:24] if open_to_us else ''} {seconds:.2f}" for page, seconds in slow[:3]))
    _show_losses(result, verbose)


def _show_reliability(sure: list[tuple[int, bool]]) -> None:
    """Of the pages read with so much confidence, how many have all their questions right: the two should be near."""
    for low, high in pairwise((0, 50, 80, 90, 95, 101)):
        found = [(stated, right) for stated, right in sure if low <= stated < high]
        if found:
            stated = sum(each for each, _ in found) / len(found)
            right = 100 * sum(each for _, each in found) / len(found)
            print(
                f"sure of {low:3}–{high - 1:3} %   {len(found):3} pages   stated {stated:3.0f}   right {right:3.0f} %"
            )


def _against_floors(name: str, figures: corpus.Figures, raise_floors: bool) -> bool:
    """Prints what moved against the floors of that name; whether anything fell."""
    known = floors.load().get(name, {})
    for figure, value, floor in floors.moved(figures, known):
        word = "BELOW" if floors.falls(figure, value, floor, name) else "above"
        print(f"{word} floor  {figure}  {floor} -> {value}")
    if raise_floors:
        floors.save({**floors.load(), name: floors.raised(figures, known, name)})
    return bool(floors.fallen(figures, known, name))


def _show_losses(result: corpus.Result, verbose: bool) -> None:
    """What does not add up: the sums, and with ``-v`` each loss with its page and element."""
    found = [(page, loss) for page, each in result.losses.items() for loss in each]
    for kind in (LOST, TWICE, UNPRINTED):
        sizes = [(page, len(loss.text)) for page, loss in found if loss.kind == kind]
        print(f"{kind}: {sum(size for _, size in sizes)} characters on {len({page for page, _ in sizes})} pages")
    for page, loss in found if verbose else []:
        print(f"  {page[:40]}  {loss.kind}  {loss.where}  {loss.text[:80]!r}")


if __name__ == "__main__":
    sys.exit(main())
