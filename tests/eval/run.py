"""Scores the reader on the corpus in ../shared and prints every line, the CPU seconds, and what moved against the floors.

    python tests/eval/run.py [interviews|articles|all] [-v] [--only S|M|T] [--raise]

``--raise`` writes today's figures into floors.toml where they are better than what stands there, and nowhere else.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import corpus
import floors
from conservation import LOST, TWICE, UNPRINTED


def main(words: list[str] | None = None) -> int:
    """Prints the scores; 1 when a figure fell below its floor, 2 when there is no corpus."""
    choices = _choices(words)
    if not corpus.CORPUS.is_dir():
        print(f"There is no corpus at {corpus.CORPUS}.", file=sys.stderr)
        return 2
    fell = False
    if choices.what in ("interviews", "all"):
        fell |= _show("interviews", corpus.score_interviews(choices.verbose), choices.raise_floors, choices.verbose)
    if choices.what in ("articles", "all"):
        fell |= _show(
            "articles", corpus.score_articles(choices.only, choices.verbose), choices.raise_floors, choices.verbose
        )
    return int(fell)


def _choices(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default="interviews", choices=["interviews", "articles", "all"])
    parser.add_argument("-v", dest="verbose", action="store_true", help="a line a page")
    parser.add_argument("--only", default="SMT", help="of the articles: S and, as asked, M, T")
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="write better figures as new floors")
    return parser.parse_args(words)


def _show(name: str, result: corpus.Result, raise_floors: bool, verbose: bool) -> bool:
    print(f"=== {name}: {len(result.seconds)} pages")
    print(result.lines, end="")
    for page, reason in result.refused.items():
        print(f"refused  {page}: {reason}")
    slow = sorted(result.seconds.items(), key=lambda pair: -pair[1])
    print(f"CPU s a page  median {result.median:.3f}  sum {sum(result.seconds.values()):.1f}  slowest ", end="")
    print("  ".join(f"{page[:24]} {seconds:.2f}" for page, seconds in slow[:3]))
    _show_losses(result, verbose)
    known = floors.load().get(name, {})
    for figure, value, floor in floors.moved(result.figures, known):
        print(f"{'BELOW' if floors.falls(figure, value, floor) else 'above'} floor  {figure}  {floor} -> {value}")
    if raise_floors:
        floors.save({**floors.load(), name: floors.raised(result.figures, known)})
    return any(
        floors.falls(figure, result.figures[figure], floor)
        for figure, floor in known.items()
        if figure in result.figures
    )


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
