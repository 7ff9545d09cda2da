"""How soon a result follows when its page is saved: ``exporter watch`` on the sample, once for each format.

    python benchmarks/watching.py [--rounds 9] [PAGE]

The page is saved with another word in it, and the clock runs until the result is another file; the first round, in which the
program loads what it needs, does not count. CPU seconds are those of the watching process, which others on the machine disturb
less than the clock. Linux only: they are read from /proc.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "source" / "the-last-lampist" / "article.html"
FORMATS = ("html", "epub", "pdf", "draft.pdf")
"""Of the last one the typesetting loop is left out, as one does while a theme is made."""
LONGEST = 60.0  # seconds that a result is waited for
PAUSE = 0.3  # seconds between two rounds, so that nothing of the last one is left
TICKS = os.sysconf("SC_CLK_TCK")


class Round(NamedTuple):
    """Seconds from the saved page to the result by the clock, and of CPU."""

    wall: float
    cpu: float


def main() -> None:
    """Prints a line a format."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--rounds", type=int, default=9)
    wanted = parser.parse_args()
    os.environ.setdefault("PYTHONPATH", str(ROOT / "src"))
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "page"
        shutil.copytree(wanted.page.resolve().parent, home)
        for suffix in FORMATS:
            target = Path(place) / f"result.{suffix}"
            rounds = list(measured(home / wanted.page.name, target, wanted.rounds))
            wall, cpu = (median(getattr(each, name) for each in rounds) for name in Round._fields)
            print(f"{suffix}: {wall:.2f} s by the clock, {cpu:.2f} s of CPU, median of {len(rounds)}", flush=True)


def measured(page: Path, target: Path, rounds: int) -> Iterator[Round]:
    """Saves the page again and again, and tells how long the result takes each time but the first."""
    text = page.read_text("utf-8")
    with watching(page, target) as process:
        until_other(target, None)
        for number in range(rounds + 1):
            time.sleep(PAUSE)
            before, spent, began = stamp(target), cpu_of(process.pid), time.monotonic()
            page.write_text(text.replace("</p>", f" And once more: {number}.</p>", 1), "utf-8")
            until_other(target, before)
            if number:
                yield Round(time.monotonic() - began, cpu_of(process.pid) - spent)
    page.write_text(text, "utf-8")


@contextmanager
def watching(page: Path, target: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program at work."""
    command = [sys.executable, "-m", "exporter", "watch", str(page), "-o", str(target), "--quiet"]
    draft = ["--draft"] if target.name.endswith(".draft.pdf") else []
    process = subprocess.Popen([*command, *draft], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def until_other(target: Path, before: tuple[int, int] | None) -> None:
    """Waits until the result is another file than it was."""
    until = time.monotonic() + LONGEST
    while stamp(target) in (None, before):
        if time.monotonic() > until:
            raise SystemExit(f"{target.name} does not follow its page")
        time.sleep(0.005)


def stamp(target: Path) -> tuple[int, int] | None:
    """What tells a file from the one that stood there before; None where there is none."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def cpu_of(number: int) -> float:
    """CPU seconds of a process."""
    # After the name, which stands in parentheses: user and system time.
    fields = Path("/proc", str(number), "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / TICKS


if __name__ == "__main__":
    main()
