"""Learns the reader's weights anew and writes them into the package.

usage: python -m tools.weights [--out FILE] [--mean]

It needs the corpus in ../shared, of which it learns from seen pages only (tests/eval/folds.py). The same corpus and the same
reader give the same weights. ``--mean`` writes the mean of what is learned and what stands in the package.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import msgspec

from exporter.readers.interview.tagging import Weights
from tools.weights import pages
from tools.weights.learning import learn, mean, plain

WEIGHTS = pages.ROOT / "src" / "exporter" / "readers" / "interview" / "weights.json"


def main() -> int:
    """Learns and writes; 2 when there is no corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="else the package's own file")
    parser.add_argument("--mean", action="store_true", help="the mean of what is learned and of the package's own file")
    asked = parser.parse_args()
    target: Path = asked.out
    if not pages.CORPUS.is_dir():
        print(f"There is no corpus at {pages.CORPUS}: nothing to learn from.", file=sys.stderr)
        return 2
    weights = learn(list(pages.examples()))
    if asked.mean:
        weights = mean(msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights), weights)
    target.write_text(json.dumps(plain(weights), ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{target}: learned from {weights.learned_from}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
