"""Many exports at once, in workers of our own or over any ``concurrent.futures`` executor."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future

from exporter.batch.jobs import Job
from exporter.batch.pool import outcomes
from exporter.results import Report
from exporter.runtime.bounds import MAX_MEMORY, TIMEOUT, Bounds

__all__ = ["Job", "export_many"]


def export_many(
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
    timeout: float | None = TIMEOUT,
    max_memory: int | None = MAX_MEMORY,
    executor: Executor | None = None,
) -> Iterator[Report]:
    """A report for each job, in the order of the jobs. One bad job never stops the rest: its report has an exit code.

    Without an ``executor``, ``workers`` processes (as many as there are processors) are started and ended again. A job
    that takes longer than ``timeout`` seconds, more than ``max_memory`` bytes, or its worker with it, costs that worker
    only, which is replaced; None sets no bound. Jobs are taken from the iterable only as workers become free, so it may be
    endless. An executor knows no such bounds; give ``workers`` with one that has more than this machine. One of yours
    that breaks raises what it raises.
    """
    count = workers or os.cpu_count() or 1
    if executor is not None:
        yield from _over(executor, iter(jobs), 2 * count)
    else:
        yield from _in_order(outcomes(jobs, count, Bounds(timeout, max_memory)))


def _in_order(finished: Iterator[tuple[int, Report]]) -> Iterator[Report]:
    """The reports by the number of their job; those that come too early wait."""
    early: dict[int, Report] = {}
    due = 0
    for number, report in finished:
        early[number] = report
        while due in early:
            yield early.pop(due)
            due += 1


def _over(executor: Executor, waiting: Iterator[Job], room: int) -> Iterator[Report]:
    running: deque[tuple[Job, Future[Report]]] = deque()
    while True:
        while len(running) < room and (job := next(waiting, None)) is not None:
            running.append((job, executor.submit(Job.run, job)))
        if not running:
            return
        job, future = running.popleft()
        try:
            yield future.result()
        except BrokenExecutor:
            raise
        except Exception as fault:  # noqa: BLE001 - the executor's own trouble with this one job
            yield job.broken(fault)
