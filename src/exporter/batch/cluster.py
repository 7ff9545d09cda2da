"""A batch on a Dask cluster: dozens of pages a task, and in each task a worker slot of ours, for the deadline and for poison.

Few tasks are under way at once, and each result is let go as soon as it is taken: else a cluster that loses a machine does
finished work again, and blames what only stood beside.
"""

from __future__ import annotations

import logging
import platform
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import islice
from typing import Any

from exporter.batch.editions import Editions
from exporter.batch.manifest import Row
from exporter.batch.pool import outcomes
from exporter.errors import ExporterError, UsageError, WorkerDied
from exporter.runtime.bounds import Bounds
from exporter.runtime.distribution import own_version

PAGES_A_TASK = 24
"""A task costs the scheduler a few milliseconds; a page takes a hundred and more."""
AHEAD = 2
"""Tasks for each thread of the cluster that are under way or wait there."""
CONNECTING = "10s"
LOSSES = 2
"""Machines that a page may take with it when it stands alone in its task; then it is given up."""

Numbered = list[tuple[int, Editions]]


def rows_of(pages: Iterable[Editions], address: str, bounds: Bounds) -> Generator[tuple[int, Row], None, None]:
    """The row of each page with its number, as they come. Raises :class:`UsageError` for a cluster that does not do.

    Pages whose machine is lost are done again, one to a task; one that loses :data:`LOSSES` more is given up.
    """
    import distributed

    as_completed: Any = distributed.as_completed

    with _client(address) as client:
        room = AHEAD * max(1, sum(client.nthreads().values()))
        waiting, running = enumerate(pages), as_completed(loop=client.loop)
        given: dict[str, Numbered] = {}
        losses: Counter[int] = Counter()

        def give(task: Numbered) -> None:
            future = client.submit(work, task, bounds, pure=False)
            given[future.key] = task
            running.add(future)

        for task in _tasks(waiting, room):
            give(task)
        for future in running:
            task = given.pop(future.key)
            found, again = _taken(future, task, losses)
            del future  # finished work that nobody holds is not done again
            for each in again:
                give([each])
            yield from found
            for more in _tasks(waiting, room - len(given)):
                give(more)


def work(task: Numbered, bounds: Bounds) -> list[tuple[int, Row]]:
    """What a machine of the cluster does: the pages of a task, in a slot of ours."""
    numbers = [number for number, _ in task]
    return [(numbers[at], row) for at, row in outcomes((each for _, each in task), 1, bounds)]


def versions() -> dict[str, str]:
    """What must be the same everywhere, that results are."""
    names = ("weasyprint", "ebooklib", "msgspec", "pillow")
    return {
        "exporter": own_version(),
        "Python": platform.python_version()[:4],
        **{each: version(each) for each in names},
    }


def _tasks(waiting: Iterator[tuple[int, Editions]], room: int) -> Iterator[Numbered]:
    for _ in range(room):
        task = list(islice(waiting, PAGES_A_TASK))
        if not task:
            return
        yield task


def _taken(future: Any, task: Numbered, losses: Counter[int]) -> tuple[list[tuple[int, Row]], Numbered]:
    """The rows of a task, and the pages that are to be done again."""
    from distributed import KilledWorker

    try:
        return future.result(), []
    except KilledWorker:
        fault: ExporterError = WorkerDied("It took several machines with it.", "Export the page alone to see why.")
        if len(task) > 1:
            return [], task
        losses[task[0][0]] += 1
        if losses[task[0][0]] < LOSSES:
            return [], task
    except ExporterError as said:
        fault = said
    return [(number, each.failed(fault)) for number, each in task], []


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as fault:
        advice = "Install it: pip install 'interview-exporter[cluster]'"
        raise UsageError("For a cluster, distributed is needed.", advice) from fault
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it would say, the rows say
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise UsageError(f"No scheduler answers at {address}.", "Start one: dask scheduler") from fault
    with client:
        _check(client)
        yield client


def _check(client: Any) -> None:
    """Raises :class:`UsageError` unless every worker has what we have."""
    ours = versions()
    try:
        theirs = client.run(versions)
    except Exception as fault:
        raise UsageError(f"A worker of the cluster cannot run this program: {fault}.", "Install it there.") from fault
    if not theirs:
        raise UsageError("The cluster has no workers.", "Start some: dask worker ADDRESS --nthreads 1")
    for address, found in sorted(theirs.items()):
        for name, wanted in ours.items():
            if found.get(name) != wanted:
                has = found.get(name) or "none"
                raise UsageError(f"The worker {address} has {name} {has}, and {wanted} is here.", "Install the same.")
