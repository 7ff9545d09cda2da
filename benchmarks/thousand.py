"""A thousand sources through one batch: what is made and named, how fast, in what memory, and whether a killed run is taken up.

    python benchmarks/thousand.py                                       1,000 sources to EPUB, with one worker and with two
    python benchmarks/thousand.py --to pdf --jobs 2 --kill-count 200    to PDF, which takes half an hour less than with all
    python benchmarks/thousand.py PAGE... --kills 0                     of these pages, without killing anything

Sources are copies of real pages (the corpus beside the repository and interviews grafted onto publishers' pages, where there
is one, else the test pages of this repository), each under a name of its own; one in a hundred is no page that can be read.
The parent is killed with SIGKILL at moments spread over the run (of the first ``--kill-count`` sources) and started again each
time; what it has made in the end must be what an undisturbed run makes.
Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "source" / "the-last-lampist" / "article.html"
CORPUS = ROOT.parent / "shared" / "corpus" / "interviews"
GRAFTS = 60
"""Interviews grafted onto publishers' pages."""

POISON = (
    b"",
    b"\x89PNG\r\n\x1a\n" + bytes(200),
    b"<!doctype html><title>Menu</title><nav><a href='/'>Home</a></nav>",
    b'{"version": 1, "article": 7}',
)
"""What cannot be read, each in its own way: nothing, a picture, a page without an article, a broken document."""

MIB = 1 << 20
INTERVAL = 0.1  # seconds between two looks at the workers' memory


def pages(named: list[str]) -> list[bytes]:
    """The pages that are copied, the sample with its photos among them."""
    if named:
        return [Path(each).read_bytes() for each in named]
    found = sorted(CORPUS.glob("*/*.html"))
    copied = found or sorted((ROOT / "tests" / "pages").glob("*/source.html"))
    return [_with_photos(SAMPLE), *(each.read_bytes() for each in copied), *(_grafts() if found else ())]


def _grafts() -> list[bytes]:
    sys.path.insert(0, str(ROOT / "tests" / "eval"))
    import sides

    with sides.grafts("seen", (1,), GRAFTS) as drawn:
        return [each.path.read_bytes() for each in drawn]


def _with_photos(page: Path) -> bytes:
    """The page with its pictures in it, as programs that save pages in one file write them."""

    def inlined(found: re.Match[str]) -> str:
        content = (page.parent / found[1]).read_bytes()
        return f'src="data:image/jpeg;base64,{base64.b64encode(content).decode()}"'

    return re.sub(r'src="(images/[^"]+\.jpg)"', inlined, page.read_text("utf-8")).encode()


def sources(folder: Path, count: int, of: list[bytes], poison: float) -> tuple[Path, int]:
    """``count`` files in a new folder, and how many of them cannot be read."""
    folder.mkdir()
    every = round(1 / poison) if poison else 0
    bad = 0
    for number in range(count):
        if every and number % every == every // 2:
            content = POISON[bad % len(POISON)]
            bad += 1
        else:
            content = of[number % len(of)] + f"<!-- copy {number} -->".encode()
        (folder / f"talk-{number:05}.html").write_bytes(content)
    return folder, bad


def copied(home: Path) -> Path:
    """A copy of the program, and where Python finds it: what is edited meanwhile would make other bytes than before."""
    for name in ("src", "styles"):
        shutil.copytree(ROOT / name, home / name)
    return home / "src"


def first_of(folder: Path, count: int) -> Path:
    """A folder beside, with the first sources alone; the folder itself where those are all."""
    every = sorted(folder.iterdir())
    if count >= len(every):
        return folder
    part = folder.with_name(f"{folder.name}-{count}")
    part.mkdir()
    for each in every[:count]:
        (part / each.name).hardlink_to(each)
    return part


class Run(NamedTuple):
    """What came of a run. ``memory`` is bytes of the largest worker at each page, ``workers`` how many there were."""

    outcomes: Counter[str]
    codes: Counter[int]
    wall: float
    cpu: float
    memory: list[int]
    workers: int


class Watcher(threading.Thread):
    """Looks again and again how much memory the children of a process hold."""

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self.parent = parent
        self.largest = 0
        self.seen: set[int] = set()
        self.ended = threading.Event()

    def run(self) -> None:
        """Looks until it is told to end."""
        while not self.ended.wait(INTERVAL):
            held = dict(children(self.parent))
            self.seen |= set(held)
            self.largest = max(held.values(), default=self.largest)


def children(parent: int) -> Iterator[tuple[int, int]]:
    """The children of a process, and the bytes that each holds."""
    # Only what the kernel lists of this one: to look at every process of the machine would cost what is measured here.
    for listed in Path("/proc", str(parent), "task").glob("*/children"):
        for number in _read(listed).split():
            if held := _read(Path("/proc", number, "statm")).split():
                yield int(number), int(held[1]) * resource.getpagesize()


def _read(place: Path) -> str:
    """The words of a file of /proc; none of a process that has ended."""
    try:
        return place.read_text()
    except OSError:
        return ""


def batch(folder: Path, target: Path, formats: str, jobs: int, kill_after: int = 0, more: Sequence[str] = ()) -> Run:
    """Runs the batch with ``more`` words; kills it when so many pages are told of."""
    command = [sys.executable, "-m", "exporter", "batch", str(folder), "-o", str(target), "--to", formats, "--json"]
    before, began = _cpu(), time.monotonic()
    process = subprocess.Popen(
        [*command, "--jobs", str(jobs), *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    watcher = Watcher(process.pid)
    watcher.start()
    outcomes: Counter[str] = Counter()
    codes: Counter[int] = Counter()
    memory = []
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] != "page":
            continue
        outcomes[_outcome(event)] += 1
        codes[event.get("exit_code", 0)] += bool(event.get("exit_code"))
        memory.append(watcher.largest)
        if kill_after and outcomes["made"] >= kill_after:
            process.send_signal(signal.SIGKILL)
            break
    process.stdout.close()
    process.wait()
    watcher.ended.set()
    watcher.join()
    return Run(outcomes, +codes, time.monotonic() - began, _cpu() - before, memory, len(watcher.seen))


def _outcome(event: dict[str, Any]) -> str:
    return event["outcome"] if event["is_new"] else "as before"


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def digests(folder: Path) -> dict[str, str]:
    """Every result by its name; the manifest tells of seconds and is none."""
    return {
        each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and not each.name.startswith("manifest.jsonl")
    }


def tell(name: str, run: Run) -> None:
    """Prints a line of the table, and the curve of memory."""
    done = run.outcomes.total()
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(run.outcomes.items()))
    named = ", ".join(f"{count} with exit code {code}" for code, count in sorted(run.codes.items()))
    print(f"{name}: {told} ({named or 'none failed'}); {run.wall:.1f} s, {run.cpu:.1f} CPU s")
    if run.outcomes["made"]:
        made = run.outcomes["made"]
        print(f"    {made / run.cpu:.2f} articles a CPU second, {made / run.wall:.2f} a second")
        at = sorted({min(60, done - 1), done // 4, done // 2, 3 * done // 4, done - 1})
        curve = ", ".join(f"{run.memory[number] // MIB} at the {number + 1}th" for number in at)
        print(f"    MiB of a worker: {curve}; {max(run.memory) // MIB} at most; {run.workers} processes", flush=True)


def resumed(folder: Path, target: Path, formats: str, kills: int, count: int) -> None:
    """Runs the batch again and again, killed each time but the last."""
    for number in range(kills):
        run = batch(folder, target, formats, 2, kill_after=max(1, count // (kills + 1)))
        print(f"    killed after {run.outcomes['made']} more, {run.outcomes['as before']} as before", flush=True)
        leftovers = [each.name for each in target.rglob("*.part")]
        if leftovers:
            print(f"    run {number}: half-written files: {leftovers}")
    tell("taken up after the last kill", batch(folder, target, formats, 2))


def main() -> None:
    """Prints the whole table; ends with 1 when a run that was killed comes to anything else."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--to", default="epub", metavar="FORMATS")
    parser.add_argument("--jobs", default="1,2", help="numbers of workers, with commas")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--kill-count", type=int, metavar="SOURCES", help="how many of them the killed run has (all)")
    parser.add_argument("--poison", type=float, default=0.01, metavar="SHARE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        os.environ.setdefault("PYTHONPATH", str(copied(home)))
        folder, bad = sources(home / "sources", arguments.count, pages(arguments.pages), arguments.poison)
        print(f"{arguments.count} sources, {bad} of them not to be read, to {arguments.to}", flush=True)
        rates = {}
        for jobs in map(int, arguments.jobs.split(",")):
            target = home / f"results-{jobs}"
            run = batch(folder, target, arguments.to, jobs)
            tell(f"{jobs} at once", run)
            rates[jobs] = run.outcomes["made"] / run.wall
        for jobs, rate in list(rates.items())[1:]:
            first = min(rates)
            print(f"    {jobs} at once beside {first}: {rate / rates[first]:.2f} articles in the same time")
        tell("once more", batch(folder, target, arguments.to, jobs))
        rows = (target / "manifest.jsonl").read_bytes()
        print(f"    the manifest: {len(rows) / max(1, rows.count(10)) / 1000:.1f} kB a row", flush=True)
        if arguments.kills:
            count = arguments.kill_count or arguments.count
            resumed(first_of(folder, count), home / "killed", arguments.to, arguments.kills, count)
            found, wanted = digests(home / "killed"), digests(target)
            names = {f"talk-{number:05}" for number in range(count)}
            wanted = {name: digest for name, digest in wanted.items() if Path(name).stem in names}
            others = sorted(name for name in found | wanted if found.get(name) != wanted.get(name))
            said = f"NO ({', '.join(others)})" if others else "yes"
            print(f"    the same bytes as undisturbed: {said}, {len(found)} files")
            sys.exit(bool(others))


if __name__ == "__main__":
    main()
