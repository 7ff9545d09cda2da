"""The program that a worker is: bounds first, then one task after another, until nobody has any more."""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import sys
import threading
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection

from exporter.batch.pool import RENEWED_AT, Answer, Word
from exporter.runtime import expressions, garbage, temporary
from exporter.runtime.bounds import Bounds, bound_memory
from exporter.runtime.threads import onlooking

GRACE = 10.0
"""Seconds after its deadline in which a worker is ended from outside; then the system ends it: nobody else is left to."""
_PAGE = resource.getpagesize()


def main() -> None:
    """Works for whoever holds the other end of the pipe whose number is the program's one argument."""
    descriptor = int(sys.argv[1])
    os.set_inheritable(descriptor, False)
    pipe = Connection(descriptor)
    known = expressions.remember()
    with suppress(EOFError, OSError):
        _work(pipe, known)


def _work(pipe: Connection, known: expressions.Memory) -> None:
    bounds: Bounds = pipe.recv()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    bound_memory(bounds.memory)
    threading.Thread(target=_follow, args=(pipe.fileno(),), daemon=True).start()
    garbage.look_rarely()
    pipe.send(Word.STARTED)
    for number in count():
        task = pipe.recv()
        pipe.send(Word.BEGUN)
        _alarm(bounds.seconds and bounds.seconds + GRACE)
        result = task.run()
        _alarm(None)
        garbage.tidy(first=not number)
        pipe.send(Answer(result, kept()))
        known.store()


def _alarm(seconds: float | None) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds or 0)


def _follow(descriptor: int) -> None:
    """Ends with whoever wants the work, in the middle of it."""
    ended = select.poll()
    ended.register(descriptor, 0)  # its end is told whatever is asked for
    with onlooking():
        ended.poll()
    temporary.leave()


def kept() -> int:
    """Bytes that it holds; where that is too much, what it still holds when all that nobody needs is given back."""
    if (held := _held()) > RENEWED_AT:
        import ctypes

        gc.collect()
        with suppress(OSError, AttributeError):  # only glibc has it: it keeps pages that it could give back
            ctypes.CDLL(None).malloc_trim(0)
        held = _held()
    return held


def _held() -> int:
    """Bytes of memory that this process holds; the most that it ever held where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 - no path, a question
            return int(told.read().split()[1]) * _PAGE
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
