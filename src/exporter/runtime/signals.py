"""What the program does when it is told to end, by Ctrl-C (SIGINT), by the system (SIGTERM) or by a closed terminal (SIGHUP).

While it is loaded, a signal ends it at once: nothing has been made yet. During the work it is raised where the work stands, so
that what is half made is taken away. After the work it no longer matters.
"""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False  # this is loaded before anything else, and heeds signals from then on
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

INTERRUPTED_EXIT_CODE = 130

_SOON, _LATER = 0.002, 0.1  # seconds of work

_LAST_WORDS = {"SIGINT": "Interrupted", "SIGTERM": "Ended by SIGTERM", "SIGHUP": "Ended by SIGHUP"}


class Ended(SystemExit):
    """A signal has ended the program; ``code`` is its exit code, 128 and the signal's number."""


def end_at_once() -> None:
    """From now on a signal ends the program where it stands."""
    _answer(_end)


def raise_ended() -> None:
    """From now on a signal raises :class:`Ended`."""
    _answer(_raise)


def ignore() -> None:
    """From now on signals are not heeded: the program is at its end."""
    settled()
    _answer(signal.SIG_IGN)


def told() -> Ended:
    """What ended the program, said again where a library passed on only that something did."""
    numbers = (getattr(signal, name, None) for name in _LAST_WORDS)
    raised = (number for number in numbers if number is not None and signal.getsignal(number) is _end)
    return Ended(128 + next(raised, signal.SIGINT))


def last_words(exit_code: int) -> str:
    """What is said about the signal that gave this exit code."""
    return f"{_LAST_WORDS[signal.Signals(exit_code - 128).name]}; no file was left half made."


def _answer(answer: object) -> None:
    for name in _LAST_WORDS:
        number = getattr(signal, name, None)
        # What is ignored from the start stays so: by nohup, and in background jobs of a shell.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, answer)  # type: ignore[arg-type]  # one of those here


def _end(number: int, _: object) -> NoReturn:
    try:
        os.write(2, f"exporter: {last_words(128 + number)}\n".encode())
    finally:  # where nobody listens, too
        os._exit(128 + number)


def _raise(number: int, frame: FrameType | None) -> None:
    signal.signal(number, _end)  # whoever asks twice does not wait
    swallowed = _is_swallowed(frame)
    _raise_later(number, _SOON if swallowed else _LATER)
    if not swallowed:
        raise Ended(128 + number)


def _is_swallowed(frame: FrameType | None) -> bool:
    """Whether Python would only print what is raised here: while it tidies up after an import or an object."""
    while frame is not None:
        code = frame.f_code
        if code.co_name == "__del__" or (code.co_name == "cb" and code.co_filename.startswith("<frozen importlib")):
            return True
        frame = frame.f_back
    return False


def _raise_later(number: int, seconds: float) -> None:
    """Raises once more where some library has caught what was raised, after so much work; not by the clock of the bounds."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGVTALRM, lambda _, frame: _raise(number, frame))
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def settled() -> None:
    """Says that what was raised has arrived."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
