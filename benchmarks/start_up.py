"""CPU time of ``exporter --help`` beside that of an empty Python, in pairs; of another commit's too, if its checkout is named.

python benchmarks/start_up.py [--pairs N] [CHECKOUT]...
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measures, and prints the median of the ratios of each checkout."""
    parser = argparse.ArgumentParser(description="CPU time of start-up beside an empty Python's")
    parser.add_argument("trees", nargs="*", type=Path, help="checkouts of other commits")
    parser.add_argument("--pairs", type=int, default=40)
    wanted = parser.parse_args()
    ratios: dict[Path, list[float]] = {tree.resolve(): [] for tree in (ROOT, *wanted.trees)}
    for _ in range(wanted.pairs):
        empty = _seconds("-c", "pass")
        for tree, found in ratios.items():
            found.append(_seconds("-m", "exporter", "--help", tree=tree) / empty)
    for tree, found in ratios.items():
        print(f"{median(found):.2f} times an empty Python: {tree}")


def _seconds(*arguments: str, tree: Path = ROOT) -> float:
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": ""}  # as a user has it
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)  # finer than the clock ticks of os.times
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
