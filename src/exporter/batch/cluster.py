"""A batch on a Dask cluster. A task takes dozens of pages through a worker slot of ours, which keeps to the bounds.

Few tasks run at once, and each result is released as soon as it is taken. Otherwise a cluster that loses a machine would repeat
finished work, and blame pages that only shared the machine with the one that killed it.
"""

from __future__ import annotations

import logging
import platform
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib.metadata import version
from itertools import islice
from typing import Any

from exporter.batch.editions import Editions
from exporter.batch.manifest import Row
from exporter.batch.pool import outcomes
from exporter.errors import ExporterError, UsageError, WorkerDied, WriteError
from exporter.runtime.bounds import Bounds
from exporter.runtime.distribution import own_version
from exporter.runtime.machine import fonts, library_versions

PAGES_A_TASK = 24
"""So that the scheduler's few milliseconds a task weigh little beside the pages, of which each takes a hundred and more."""
AHEAD = 2
"""Tasks for each thread of the cluster, running or waiting there: one that waits spares the thread the way to us and back."""
CONNECTING = "30s"
ASKED_AFTER, PATIENCE = 10.0, 300.0
"""Seconds without a result after which it is asked whether there is a worker, and those in which one may come back: a machine
that is begun anew takes minutes."""
GO_ON = "and run the batch again: it goes on where it was."
LOSSES = 2
"""A page is given up after it has cost so many machines while it was alone in its task."""

Numbered = list[tuple[int, Editions]]


def rows_of(pages: Iterable[Editions], address: str, bounds: Bounds) -> Generator[tuple[int, Row], None, None]:
    """The row of each page with its number, as they come. Raises :class:`UsageError` for a cluster that cannot do the work.

    The pages of a task that cost a machine are done again, each in a task of its own, to find the one that is to blame.
    """
    import distributed

    as_completed: Any = distributed.as_completed  # it is not typed, as little as its futures are

    with _client(address) as client:
        room = AHEAD * max(1, sum(client.nthreads().values()))
        waiting, running = enumerate(pages), as_completed(loop=client.loop, with_results=True, raise_errors=False)
        given: dict[str, Numbered] = {}
        losses: Counter[int] = Counter()

        def give(task: Numbered) -> None:
            # Not pure: a task that lost its machine is given again with the same arguments, and must run again.
            future = client.submit(work, task, bounds, pure=False)
            given[future.key] = task
            running.add(future)

        for task in _tasks(waiting, room):
            give(task)
        for future, result in _ended(running, client):
            task = given.pop(future.key)
            found, again = _taken(result, task, losses)
            del future  # finished work that nobody holds is not done again
            for each in again:
                give([each])
            yield from found
            for more in _tasks(waiting, room - len(given)):
                give(more)


def _ended(running: Any, client: Any) -> Iterator[Any]:
    """The futures as their tasks end, each with what its task has given or raised.

    Raises :class:`WriteError` where no worker comes back, or the scheduler is gone: Dask would wait for ever.
    """
    asked = present = time.monotonic()
    while not running.is_empty():
        now = time.monotonic()
        if running.has_ready():
            asked = present = now
            yield next(running)
        elif now - asked < ASKED_AFTER:
            time.sleep(0.01)
        else:
            asked, present = now, now if _has_workers(client) else present
            if now - present > PATIENCE:
                raise WriteError("The cluster has no workers any more.", f"Start some, {GO_ON}")


def _has_workers(client: Any) -> bool:
    try:
        return bool(client.nthreads())
    except OSError as fault:
        raise _gone() from fault


def _gone() -> WriteError:
    return WriteError("The scheduler of the cluster is gone.", f"Start one, {GO_ON}")


def work(task: Numbered, bounds: Bounds) -> list[tuple[int, Row]]:
    """What a machine of the cluster does: the pages of a task, in a slot of ours."""
    numbers = [number for number, _ in task]
    return [(numbers[at], row) for at, row in outcomes((each for _, each in task), 1, bounds)]


def versions() -> dict[str, str]:
    """Versions that must be equal on all machines, or the results would not be."""
    # The libraries whose releases change the bytes of results.
    names = ("weasyprint", "ebooklib", "msgspec", "pillow")
    return {
        "exporter": own_version(),
        "Python": platform.python_version()[:4],
        **{each: version(each) for each in names},
    }


def surroundings() -> dict[str, str]:
    """What of a machine must be equal on all that do the work. The one that hands it out may have other fonts."""
    return {**library_versions(), "fonts": fonts()}


def _tasks(waiting: Iterator[tuple[int, Editions]], room: int) -> Iterator[Numbered]:
    for _ in range(room):
        task = list(islice(waiting, PAGES_A_TASK))
        if not task:
            return
        yield task


def _taken(result: Any, task: Numbered, losses: Counter[int]) -> tuple[list[tuple[int, Row]], Numbered]:
    """The rows of a task, and the pages that are to be done again. Raises :class:`WriteError` where the scheduler is gone."""
    from distributed import KilledWorker

    if isinstance(result, list):
        return result, []
    fault = result[1] if isinstance(result, tuple) else result  # the class, the exception, its traceback
    if isinstance(fault, CancelledError):
        raise _gone() from fault
    if isinstance(fault, KilledWorker):
        if len(task) > 1:  # any of them may be to blame; nobody is, until it has stood alone
            return [], task
        losses[task[0][0]] += 1
        if losses[task[0][0]] < LOSSES:
            return [], task
        fault = WorkerDied("It took several machines with it.", "Export the page alone to see why.")
    if not isinstance(fault, ExporterError):
        raise fault
    return [(number, each.failed(fault)) for number, each in task], []


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as fault:
        advice = "Install it: pip install 'interview-exporter[cluster]'"
        raise UsageError("For a cluster, distributed is needed.", advice) from fault
    for name in ("distributed", "distributed.client"):  # what it would say, the rows say
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise UsageError(f"No scheduler answers at {address}.", "Start one: dask scheduler") from fault
    with client:
        _check(client)
        yield client


def _check(client: Any) -> None:
    """Raises :class:`UsageError` unless every worker would make the same bytes of a page."""
    _check_versions(client)
    found: dict[str, dict[str, str]] = client.run(surroundings)
    (first, wanted), *others = sorted(found.items())
    for address, told in others:
        for name, value in wanted.items():
            if told[name] != value:
                said = f"The workers {first} and {address} differ in {name}: {value}, {told[name]}."
                raise UsageError(said, "Use one image for all machines.")


def _check_versions(client: Any) -> None:
    """Raises :class:`UsageError` unless every worker runs the same versions as we do."""
    ours = versions()
    try:
        theirs = client.run(versions)
    except Exception as fault:  # whatever its import raises there
        raise UsageError(f"A worker of the cluster cannot run this program: {fault}.", "Install it there.") from fault
    if not theirs:
        raise UsageError("The cluster has no workers.", "Start some: dask worker ADDRESS --nthreads 1")
    for address, found in sorted(theirs.items()):
        for name, wanted in ours.items():
            if found.get(name) != wanted:
                has = found.get(name) or "none"
                raise UsageError(f"The worker {address} has {name} {has}, and {wanted} is here.", "Install the same.")
