"""CPU time of reading pages beside that of trafilatura, and of this program at another commit: page by page, in turns, warm.

Every contestant is a process of its own that reads all pages once to warm up; then each page goes through all of them, one
after the other, so that a busy machine is busy for all. The sums count, as ratios to the first contestant named.

    python benchmarks/reading.py PAGES [--peer PYTHON] [--tree FOLDER]... [--rounds N] [--every N]

PAGES is a folder of ``*.html`` or ``*.html.gz``; PYTHON an interpreter that has trafilatura; FOLDER a checkout of another
commit.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_SERVE = """
import contextlib, gzip, sys, time
{opening}
for line in sys.stdin:
    with open(line.strip(), "rb") as file:
        content = file.read()
    content = gzip.decompress(content) if line.strip().endswith(".gz") else content
    before = time.process_time()
    with contextlib.suppress(Exception):
        read(content)
    print(time.process_time() - before, flush=True)
"""
_OURS = "from exporter import read"
_PEERS = """
from trafilatura import extract
def read(content):
    return extract(content, with_metadata=True, output_format="xml", include_formatting=True, include_images=True)
"""


class Contestant:
    """A process that reads the page whose path it is given, and says how many CPU seconds that took."""

    def __init__(self, python: str, opening: str, tree: Path | None = None) -> None:
        environment = {**os.environ, "PYTHONPATH": str(tree / "src")} if tree else dict(os.environ)
        command = [python, "-c", _SERVE.format(opening=opening)]
        self._work = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def seconds(self, page: Path) -> float:
        """CPU seconds for this page."""
        if self._work.stdin is None or self._work.stdout is None:
            raise SystemExit("The contestant has no pipes.")
        self._work.stdin.write(f"{page}\n")
        self._work.stdin.flush()
        said = self._work.stdout.readline()
        if not said:
            raise SystemExit("A contestant has ended: is trafilatura installed there, and are the trees checkouts?")
        return float(said)


def main() -> None:
    """Measures, and prints a line a contestant."""
    parser = argparse.ArgumentParser(description="CPU time of reading, in turns")
    parser.add_argument("pages", type=Path)
    parser.add_argument("--peer", default="", help="an interpreter that has trafilatura")
    parser.add_argument("--tree", type=Path, action="append", default=[], help="a checkout of another commit")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="read only each Nth page")
    wanted = parser.parse_args()
    pages = sorted(each.resolve() for pattern in ("*.html", "*.html.gz") for each in wanted.pages.glob(pattern))
    entrants = {"trafilatura": Contestant(wanted.peer, _PEERS)} if wanted.peer else {}
    entrants |= {str(tree): Contestant(sys.executable, _OURS, tree.resolve()) for tree in (*wanted.tree, ROOT)}
    spent = dict.fromkeys(entrants, 0.0)
    for number in range(-1, wanted.rounds):  # the first round warms up
        for page in pages[:: wanted.every]:
            for name, entrant in entrants.items():
                seconds = entrant.seconds(page)
                spent[name] += seconds if number >= 0 else 0
    first = next(iter(spent.values()))
    for name, seconds in spent.items():
        print(f"{seconds:7.2f} s  {seconds / first:5.2f}  {name}")


if __name__ == "__main__":
    main()
