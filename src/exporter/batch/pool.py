"""Worker slots: each a process of its own with one job at a time, a deadline, a bound on memory, and a successor.

A slot's process is given a job over its pipe, says over it that it begins, and answers. One that is late is ended with all
that it has started; one that dies, or has grown large, is replaced. So whatever a page does to a library, it costs one job
and one worker; and a worker that dies without having begun costs no job.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from enum import Enum
from multiprocessing.connection import Pipe, wait
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from exporter.errors import ExporterError, TimeLimitExceeded, WorkerDied
from exporter.runtime import temporary
from exporter.runtime.bounds import MIB, Bounds

RENEWED_AT = 272 * MIB
"""Bytes that a worker may hold between two jobs. Above, it is replaced by one that begins with 50 MiB."""
START_TIMEOUT = 120.0
"""Seconds in which a worker must have started."""
FAREWELL = 5.0
"""Seconds that a worker has to tidy up at the end."""

Outcome = TypeVar("Outcome")
Outcome_co = TypeVar("Outcome_co", covariant=True)


class Task(Protocol[Outcome_co]):
    """What a worker does. It travels: its class stands in a module, and what it holds can be pickled."""

    def run(self) -> Outcome_co:
        """The result, which travels back."""
        ...

    def failed(self, fault: ExporterError) -> Outcome_co:
        """The result in place of the one that did not come."""
        ...


class Word(Enum):
    """What a worker says besides its answers."""

    STARTED = "started"
    BEGUN = "begun"
    """It has the task and does it from now on."""


class Answer(Struct, frozen=True):
    """What a worker sends back of a task: the result, and the bytes of memory that it holds now."""

    result: object
    memory: int


def outcomes(
    tasks: Iterable[Task[Outcome]], workers: int, bounds: Bounds
) -> Generator[tuple[int, Outcome], None, None]:
    """The result of each task with the task's number, as they come. Tasks are taken as workers become free.

    A worker has its next task before its result is given out: it does not wait until that has been looked at and written down.
    Whoever stops early ends the workers at once. Raises :class:`WorkerDied` where no worker starts.
    """
    waiting = enumerate(tasks)
    slots: list[_Slot[Outcome]] = []
    try:
        while True:
            while len(slots) < workers and (task := next(waiting, None)) is not None:
                slots.append(_Slot(bounds, task))
            busy = [slot for slot in slots if slot.task is not None]
            if not busy:
                break
            for slot in _ready(busy):
                found = list(slot.listen())
                if slot.task is None and (task := next(waiting, None)) is not None:
                    slot.begin(task)
                yield from found
        for slot in slots:
            slot.worker.dismiss()
    finally:  # also when the caller stops in the middle: a generator is closed here
        for slot in slots:
            slot.worker.kill()
        temporary.sweep()


def _ready(busy: list[_Slot[Outcome]]) -> list[_Slot[Outcome]]:
    """The slots that have said something, died or run out of time; there is at least one."""
    while True:
        left = min(slot.until for slot in busy) - time.monotonic()
        # ``wait`` takes None for no limit, and fails on an infinite one.
        spoken = wait([slot.worker.pipe for slot in busy], None if left == float("inf") else max(0.0, left))
        now = time.monotonic()
        if found := [slot for slot in busy if slot.worker.pipe in spoken or slot.until <= now]:
            return found


class _Slot(Generic[Outcome]):
    """A place for one task at a time, with one worker after another."""

    def __init__(self, bounds: Bounds, task: tuple[int, Task[Outcome]]) -> None:
        self.bounds = bounds
        self.until = float("inf")
        self.worker = _Worker(bounds)
        self.task: tuple[int, Task[Outcome]] | None = None
        self.begin(task)

    def begin(self, task: tuple[int, Task[Outcome]]) -> None:
        """Gives the task to the worker; a new one gets it when it has started."""
        self.task = task
        if self.worker.has_started and self.worker.is_given(task[1]):
            self.until = time.monotonic() + (self.bounds.seconds or float("inf"))
        elif self.worker.has_started:  # it was let go, or died while it had nothing to do
            self._renew()
        else:
            self.until = time.monotonic() + START_TIMEOUT

    def listen(self) -> Iterator[tuple[int, Outcome]]:
        """The result that has come or will not come; nothing when the worker has only started, begun, or died idle."""
        said = self.worker.said()
        if self.task is None:
            return
        if not self.worker.has_started:
            if said is None:
                raise WorkerDied("No worker starts.", "Run exporter doctor, and look at the memory that is free.")
            self.worker.has_started = True
            self.begin(self.task)
        elif said is Word.BEGUN:
            self.worker.begun += 1
        elif said is None and self.worker.died_idle():
            self._renew()
        else:
            (number, task), self.task, self.until = self.task, None, float("inf")
            yield number, self._result(said) if isinstance(said, Answer) else task.failed(self._fault())

    def _renew(self) -> None:
        """Another worker in place of this one; it gets the task when it has started."""
        self.worker.kill()
        self.worker = _Worker(self.bounds)
        self.until = time.monotonic() + START_TIMEOUT

    def _result(self, answer: Answer) -> Outcome:
        if answer.memory > RENEWED_AT:
            self.worker.dismiss()
        return answer.result  # type: ignore[return-value]  # what the task's own run has given

    def _fault(self) -> ExporterError:
        """Why there is no answer: the worker is at it still, or how it died. Either way it is gone then."""
        is_late = not self.worker.pipe.poll()  # the pipe of one that died can be read: its end is there
        code = self.worker.kill()
        return TimeLimitExceeded(self.bounds.seconds) if is_late else WorkerDied.of(code)


class _Worker:
    """A process of our own, in a session of its own, so that Ctrl-C on the terminal reaches us alone."""

    def __init__(self, bounds: Bounds) -> None:
        self.has_started = False
        self.given = self.begun = 0
        self.pipe, other = Pipe()
        with other:
            # -P: the folder that the program stands in may hold anything, modules of any name among it.
            words = [sys.executable, "-P", "-m", "exporter.batch.worker", str(other.fileno())]
            self._child = subprocess.Popen(  # noqa: S603 - no shell, our own words
                words,
                stdin=subprocess.DEVNULL,
                # What a library prints would fall between the rows that the batch itself prints.
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("EXPORTER_TRACEBACK") else subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                env={**os.environ, "PYTHONPATH": _path()},
                start_new_session=True,
            )
        self._hears(bounds)

    def is_given(self, task: object) -> bool:
        """Sends it a task; False when it is no longer there."""
        self.given += 1
        return self._hears(task)

    def _hears(self, message: object) -> bool:
        try:
            self.pipe.send(message)
        except OSError:
            return False
        return True

    def said(self) -> object:
        """What it has said; None when it has said nothing or died."""
        try:
            return self.pipe.recv() if self.pipe.poll() else None
        except (EOFError, OSError):
            return None

    def died_idle(self) -> bool:
        """Whether it died before it began what it was given. Until its last thread is gone it can still be written to.

        One that never began anything has died of the task itself, which it could not even unpack.
        """
        return 0 < self.begun < self.given and self.pipe.poll()

    def dismiss(self) -> None:
        """Tells it that there is no more to do, and waits until it has tidied up."""
        self.pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(FAREWELL)
        self.kill()

    def kill(self) -> int:
        """Ends it with all that it has started; its exit code, which is its own if it was ending already."""
        self.pipe.close()
        if self._child.returncode is None:  # else its number may be another's by now
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
        return self._child.wait()


def _path() -> str:
    """Where a worker finds this very package, whatever found it for us."""
    home = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH", "")]))
