"""CPU time of this tree beside that of another commit, in pairs: what a change gains or costs.

Both make the same result of the same page, one after the other, each first in every second pair, so that a busy machine is busy
for both; the ratio of each pair counts, and the median of the ratios. CPU seconds are user and system time of the command
and its children. It also tells whether both results are the same bytes.

Without a page, one with six photos as PNG is made, as a screenshot tool or a careless editor leaves them.

    python benchmarks/pairs.py --against COMMIT [--medium epub|pdf|…] [--pairs N] [PAGE]
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median

from PIL import Image

ROOT = Path(__file__).parents[1]
PHOTOS, SIZE = 6, (2400, 1600)
WORDS = (
    "The lamp was lit before the boats came home, and somebody always stood beside it until the last of them was in."
)


def main() -> None:
    """Measures, and prints one line a pair and the medians."""
    parser = argparse.ArgumentParser(description="CPU time beside another commit, in pairs")
    parser.add_argument("page", nargs="?", type=Path, help="page to measure (default: one with six PNG photos)")
    parser.add_argument("--against", required=True, help="the commit to compare with")
    parser.add_argument("--medium", default="epub", help="what is made (default: epub)")
    parser.add_argument("--pairs", type=int, default=9, help="how many pairs (default: 9)")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _checked_out(wanted.against, Path(folder) / "other") as other:
        page = wanted.page or _page_of_photos(Path(folder))
        trees = {"this": ROOT / "src", "other": other / "src"}
        results = {name: Path(folder) / f"{name}.{wanted.medium}" for name in trees}
        ratios = []
        for number in range(-1, wanted.pairs):  # the first pair warms up
            order = list(trees) if number % 2 else list(trees)[::-1]
            seconds = {name: _seconds(trees[name], wanted.medium, page, results[name]) for name in order}
            if number >= 0:
                ratios.append(seconds["this"] / seconds["other"])
                print(f"{seconds['this']:.2f} s beside {seconds['other']:.2f} s: {ratios[-1]:.2f}", flush=True)
        same = results["this"].read_bytes() == results["other"].read_bytes()
    print(f"median of {len(ratios)} ratios: {median(ratios):.2f}; {'the same' if same else 'other'} bytes")


@contextmanager
def _checked_out(commit: str, folder: Path) -> Iterator[Path]:
    git = ("git", "-C", str(ROOT), "worktree")
    subprocess.run([*git, "add", "--quiet", "--detach", str(folder), commit], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


def _page_of_photos(folder: Path) -> Path:
    parts = []
    for number in range(PHOTOS):
        (folder / f"{number}.png").write_bytes(_photo(number))
        parts.append(
            f'<h3>What do you see in picture {number}?</h3><p>{WORDS}</p><p>{WORDS}</p><img src="{number}.png">'
        )
    page = folder / "page.html"
    page.write_text(f"<!DOCTYPE html><html lang=en><title>The lamp</title><h1>The lamp</h1>{''.join(parts)}", "utf-8")
    return page


def _photo(number: int) -> bytes:
    """Slopes with a little grain, the same at every run: PNG packs them as badly as photos."""
    chance = Random(number)  # noqa: S311 - grain, not secrets
    slope = Image.radial_gradient("L").resize(SIZE)
    grains = [Image.frombytes("L", SIZE, chance.randbytes(SIZE[0] * SIZE[1])) for _ in range(3)]
    bands = [Image.blend(slope.rotate(90 * band), grain, 0.08) for band, grain in enumerate(grains)]
    stream = io.BytesIO()
    Image.merge("RGB", bands).save(stream, "PNG")
    return stream.getvalue()


def _seconds(tree: Path, medium: str, page: Path, result: Path) -> float:
    before = os.times()
    command = [sys.executable, "-m", "exporter", medium, str(page), "-o", str(result), "-q"]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": ""}  # as a user has it
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


if __name__ == "__main__":
    main()
