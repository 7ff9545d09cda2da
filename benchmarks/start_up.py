"""CPU time of short runs: ``exporter --help`` beside an empty Python; with other checkouts, theirs in turns with ours.

python benchmarks/start_up.py [--pairs N] [CHECKOUT]...

For each checkout there is a row for ``--help``, ``pdf page.html`` and ``epub page.html``: how much of its time ours takes, for
the whole run and for importing alone what that run loads.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
PAGE = "The harbour was quiet that morning, and nobody spoke before the second boat came in."
COMMANDS = (("--help",), ("pdf", "page.html", "-o", "page.pdf", "-q"), ("epub", "page.html", "-o", "page.epub", "-q"))
_LOADED = """
import runpy, sys
try:
    runpy.run_module("exporter", run_name="__main__", alter_sys=True)
finally:
    print(*(name for name in sys.modules if not name.startswith("__")), file=sys.stderr)
"""
_IMPORT = (
    "import importlib, sys\nfor name in sys.argv[1:]:\n try: importlib.import_module(name)\n except ImportError: pass"
)


def main() -> None:
    """Measures, and prints the medians of ratios."""
    parser = argparse.ArgumentParser(description="CPU time of start-up")
    parser.add_argument("trees", nargs="*", type=Path, help="checkouts of other commits")
    parser.add_argument("--pairs", type=int, default=40)
    wanted = parser.parse_args()
    trees = [each.resolve(strict=True) for each in wanted.trees]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("page.html").write_text(_page(), "utf-8")
        _beside_nothing(wanted.pairs)
        for tree in trees:
            for command in COMMANDS:
                _beside(tree, command, wanted.pairs)


def _page() -> str:
    turns = "".join(f"<h2>What did you see in year {year}?</h2><p>{PAGE} That was year {year}." for year in range(12))
    return (
        f"<!DOCTYPE html><html lang=en><title>A talk</title><body><article><h1>A talk by the sea</h1>{turns}</article>"
    )


def _beside_nothing(pairs: int) -> None:
    found = [_seconds(ROOT, "-m", "exporter", "--help") / _seconds(ROOT, "-c", "pass") for _ in range(pairs)]
    print(f"--help: {median(found):.2f} times an empty Python")


def _beside(tree: Path, command: tuple[str, ...], pairs: int) -> None:
    runs: list[float] = []
    imports: list[float] = []
    loaded = {each: _loaded(each, command) for each in (ROOT, tree)}
    for _ in range(pairs):
        runs.append(_seconds(ROOT, "-m", "exporter", *command) / _seconds(tree, "-m", "exporter", *command))
        imports.append(_seconds(ROOT, "-c", _IMPORT, *loaded[ROOT]) / _seconds(tree, "-c", _IMPORT, *loaded[tree]))
    told = (
        f"whole run {median(runs):.2f}, imports {median(imports):.2f} ({len(loaded[ROOT])}:{len(loaded[tree])} modules)"
    )
    print(f"{' '.join(command[:2])}: {told} of {tree.name}", flush=True)


def _loaded(tree: Path, command: tuple[str, ...]) -> list[str]:
    """The modules that a run has loaded at its end, in that order."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *command], env=_environment(tree), capture_output=True, text=True, check=True
    )
    return done.stderr.split()


def _environment(tree: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": ""}  # as a user has it


def _seconds(tree: Path, *arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], env=_environment(tree), check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)  # finer than the clock ticks of os.times
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
