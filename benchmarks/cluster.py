"""The batch of ``thousand.py`` on a Dask cluster of this machine: rate, the same bytes, a worker lost, an old one refused.

    python benchmarks/cluster.py [--count 96] [--to epub] [--workers 1,2,4]

Scheduler and workers are processes as ``dask scheduler`` and ``dask worker`` start them, with the settings that docs/scaling.md
names. CPU seconds are those of the command that runs the batch and, apart, of the cluster; on one machine no more than its
processors are gained, so that what counts is the CPU of an article on a cluster beside that of a local batch. Linux only.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import thousand

SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_SATURATION": "1.0",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_LOGGING__DISTRIBUTED": "critical",
}
OLD = """
import importlib.metadata as metadata
known = metadata.version
metadata.version = lambda name: "0.0.1" if name == "interview-exporter" else known(name)
"""
"""What makes a worker's release another one: a module that Python imports when it starts."""
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Prints a line a run; ends with 1 when any comes to other bytes, or the old worker is not refused."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=96)
    parser.add_argument("--to", default="epub", metavar="FORMATS")
    parser.add_argument("--workers", default="1,2,4", help="numbers of workers, with commas")
    wanted = parser.parse_args()
    os.environ.setdefault("PYTHONPATH", str(thousand.ROOT / "src"))
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        folder, bad = thousand.sources(home / "sources", wanted.count, thousand.pages([]), 0.01)
        print(f"{wanted.count} sources, {bad} of them not to be read, to {wanted.to}", flush=True)
        thousand.tell("local, 2 at once", thousand.batch(folder, home / "local", wanted.to, 2))
        truth = thousand.digests(home / "local")
        same = [
            compared(folder, home / f"cluster-{count}", wanted.to, count, truth)
            for count in map(int, wanted.workers.split(","))
        ]
        same.append(compared(folder, home / "lost", wanted.to, 2, truth, lost=True))
        sys.exit(not (all(same) and refused(folder, home, wanted.to)))


def compared(folder: Path, target: Path, formats: str, count: int, truth: dict[str, str], lost: bool = False) -> bool:
    """Runs the batch on a new cluster, of which one worker may be killed in the middle; whether it comes to the same bytes."""
    with started(count) as (address, workers):
        killer = threading.Thread(target=kill_one, args=(workers.pid, target, len(truth) // 2), daemon=True)
        if lost:
            killer.start()
        before = cpu_below(workers.pid)
        run = thousand.batch(folder, target, formats, 1, more=["--cluster", address])
        spent = cpu_below(workers.pid) - before
    same = thousand.digests(target) == truth
    name = f"{count} workers{', one killed in the middle' if lost else ''}"
    rate = run.outcomes["made"] / run.wall
    said = f"{dict(run.outcomes)}; {run.wall:.1f} s, {rate:.2f} a second; the same bytes: {'yes' if same else 'NO'}"
    print(f"{name}: {said}")
    print(f"    CPU s: {run.cpu:.1f} of the command, {spent:.1f} of workers that are there at the end", flush=True)
    return same


@contextmanager
def started(count: int, **more: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler's address, and the process that keeps its ``count`` workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, **SETTINGS, **more}
    words = [sys.executable, "-m", "distributed.cli"]
    with tempfile.TemporaryDirectory() as scratch:
        scheduler = ["dask_scheduler", "--host", address, "--no-dashboard"]
        workers = [
            "dask_worker",
            address,
            "--nthreads",
            "1",
            "--nworkers",
            str(count),
            "--no-dashboard",
            "--host",
            "127.0.0.1",
        ]
        both = [
            subprocess.Popen(
                [*words[:2], f"{words[2]}.{name}", *rest], env=environment, cwd=scratch, stderr=subprocess.DEVNULL
            )
            for name, *rest in (scheduler, workers)
        ]
        try:
            wait_for(address, count)
            yield address, both[1]
        finally:
            for each in reversed(both):
                each.terminate()
                each.wait(30)


def wait_for(address: str, count: int) -> None:
    """Waits until the workers are there."""
    from distributed import Client

    with Client(address, timeout="60s", set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(count, timeout=60)


def kill_one(keeper: int, target: Path, after: int) -> None:
    """Kills a worker with SIGKILL as soon as so many results are there."""
    while len(list(target.glob("*"))) < after:
        time.sleep(0.05)
    number = min(each for each, _ in thousand.children(keeper) if "spawn_main" in command_of(each))
    os.kill(number, signal.SIGKILL)
    print(f"    killed worker {number} after {after} results", flush=True)


def command_of(number: int) -> str:
    """The words that a process was started with."""
    try:
        return Path("/proc", str(number), "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def cpu_below(keeper: int) -> float:
    """CPU seconds of the processes below one, with those of their own that have ended."""
    spent = 0.0
    for number, _ in thousand.children(keeper):
        try:
            # After the name, which stands in parentheses: user and system time, then those of children waited for.
            fields = Path("/proc", str(number), "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        spent += sum(map(int, fields[11:15])) / TICKS
    return spent


def refused(folder: Path, home: Path, formats: str) -> bool:
    """Whether a worker of another release is refused, in one line."""
    (home / "old").mkdir()
    (home / "old" / "sitecustomize.py").write_text(OLD, "utf-8")
    path = os.pathsep.join((str(home / "old"), os.environ["PYTHONPATH"]))
    with started(1, PYTHONPATH=path) as (address, _):
        words = [sys.executable, "-m", "exporter", "batch", str(folder), "-o", str(home / "none"), "--to", formats]
        said = subprocess.run([*words, "--cluster", address], capture_output=True, text=True, check=False)
    print(f"an old worker: exit code {said.returncode}: {said.stderr.strip()}")
    return said.returncode == 2 and bool(re.search(r"has exporter 0\.0\.1, and \S+ is here", said.stderr))


if __name__ == "__main__":
    main()
