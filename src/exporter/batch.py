"""Many exports at once, over any ``concurrent.futures`` executor: threads, processes, or a cluster that offers one."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from exporter.errors import INTERNAL_EXIT_CODE, ExporterError
from exporter.pipeline import DEFAULTS, export, failed
from exporter.results import Report
from exporter.sources.policy import ReadOptions
from exporter.writers.options import Options

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


class Job(Struct, frozen=True):
    """One export: the arguments of :func:`exporter.pipeline.export`."""

    source: str | bytes
    target: str | None = None
    format: str | None = None
    options: Options = DEFAULTS
    read_options: ReadOptions = ReadOptions()


def export_many(
    jobs: Iterable[Job], *, workers: int | None = None, executor: Executor | None = None
) -> Iterator[Report]:
    """A report for each job, in the order of the jobs. One bad job never stops the rest: its report has an exit code.

    Without an ``executor``, a pool of ``workers`` processes (as many as there are processors) is made and closed again;
    a job that kills its process is tried once more alone before it is given up. Jobs are taken from the iterable only as
    workers become free, so it may be endless; give ``workers`` with an executor that has more than this machine. An
    executor of yours that breaks raises what it raises.
    """
    room = 2 * (workers or os.cpu_count() or 1)
    if executor is not None:
        yield from _reports(executor, run, deque(), iter(jobs), room)
        return
    waiting = iter(jobs)
    unfinished: deque[_Running] = deque()
    while True:
        with _pool(workers) as pool:
            try:
                yield from _reports(pool, _heeding, unfinished, waiting, room)
                return
            except BrokenExecutor:
                pass
        while unfinished:  # one of these killed its process; nobody knows which
            yield _alone(unfinished.popleft()[0])


_Running = tuple[Job, "Future[Report]"]


def _reports(
    executor: Executor, task: Callable[[Job], Report], running: deque[_Running], waiting: Iterator[Job], room: int
) -> Iterator[Report]:
    """The reports in order; jobs whose report is still to come stand in ``running``."""
    while True:
        while len(running) < room and (job := next(waiting, None)) is not None:
            try:
                running.append((job, executor.submit(task, job)))
            except BrokenExecutor:
                running.append((job, Future()))
                raise
        if not running:
            return
        job, future = running[0]
        try:
            report = future.result()
        except BrokenExecutor:
            raise
        except Exception as fault:  # noqa: BLE001 - the executor's own trouble with this one job
            report = _broken(job, fault)
        running.popleft()
        yield report


def run(job: Job) -> Report:
    """The report of one job, whatever happens in it."""
    try:
        return export(job.source, job.target, format=job.format, options=job.options, read_options=job.read_options)
    except ExporterError as fault:
        return failed(_name(job), job.target, fault)
    except Exception as fault:  # noqa: BLE001 - one bad job never stops the rest
        return _broken(job, fault)


def _alone(job: Job) -> Report:
    with _pool(1) as pool:
        try:
            return pool.submit(_heeding, job).result()
        except BrokenExecutor as fault:
            return _broken(job, fault)


def _broken(job: Job, fault: Exception) -> Report:
    failure = f"{type(fault).__name__}: {fault}"
    return Report(_name(job), job.target or "", exit_code=INTERNAL_EXIT_CODE, failure=failure)


def _name(job: Job) -> str:
    return "the page" if isinstance(job.source, bytes) else job.source


@contextmanager
def _pool(workers: int | None) -> Iterator[ProcessPoolExecutor]:
    """Processes of our own. Whoever stops early, with Ctrl-C or by wanting no more reports, waits for no job not yet begun."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked copy of a process with threads can hang; a server forks from a clean one.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """In a process of ours: it hears no Ctrl-C until it has work, and ends with the one that wants its work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(INTERNAL_EXIT_CODE)


def _heeding(job: Job) -> Report:
    """The report of one job in a process of ours, which Ctrl-C interrupts in its work and not between two jobs."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return run(job)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
