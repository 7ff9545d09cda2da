"""Everything that can go wrong, and the exit code of each kind.

::

    ExporterError                 1   (never raised itself)
    ├── UsageError                2   unknown format, theme, paper or option
    ├── SourceError              10   not found, not readable, not a page, too large, refused
    ├── ExtractionError          20   the page holds no article
    ├── InvalidDocument          30   a document that breaks the rules of the model
    ├── ThemeError               40   a theme that is incomplete or broken
    ├── WriteError               50   the result could not be made or stored
    ├── TimeLimitExceeded        60   it took longer than it may
    ├── MemoryLimitExceeded      61   it needed more memory than it may have
    └── WorkerDied               62   its worker died of it

A missing picture, a guessed speaker or a left-out menu is a :class:`~exporter.notices.Notice`, never an exception.
``--fail-on`` turns notices into exit code 3 (:data:`NOTICES_EXIT_CODE`).
"""

from __future__ import annotations

from typing import ClassVar

NOTICES_EXIT_CODE = 3
"""Exit code when the export succeeded but ``--fail-on`` asked for fewer notices."""

PARTIAL_EXIT_CODE = 4
"""Exit code of a batch or a catalogue that was done, but not every page or file of it."""

INTERNAL_EXIT_CODE = 70
"""Exit code for what should never happen: a fault of this program itself (EX_SOFTWARE of sysexits.h)."""


class ExporterError(Exception):
    """One line that says what is wrong, and one that says what to do about it.

    ``message`` and ``advice`` are plain sentences without line breaks; ``str(error)`` joins them.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, advice: str = "") -> None:
        self.message = " ".join(message.split())
        self.advice = " ".join(advice.split())
        super().__init__(f"{self.message} {self.advice}".strip())


class UsageError(ExporterError):
    """The call itself is off: an unknown format, theme, paper or option."""

    exit_code = 2


class SourceError(ExporterError):
    """The source cannot be read: it is missing, empty, too large, or of the wrong kind."""

    exit_code = 10


class ExtractionError(ExporterError):
    """The source was read, but there is no article in it."""

    exit_code = 20


class InvalidDocument(ExporterError):
    """A document breaks a rule of the model."""

    exit_code = 30


class ThemeError(ExporterError):
    """A theme is incomplete or broken."""

    exit_code = 40


class WriteError(ExporterError):
    """The result could not be made, or not stored where it was asked for."""

    exit_code = 50


class TimeLimitExceeded(ExporterError):
    """A job took longer than it may; ``seconds`` is how long that is."""

    exit_code = 60

    def __init__(self, seconds: float | None = None) -> None:
        allowed = "" if seconds is None else f" of {seconds:g} seconds"
        super().__init__(f"The time limit{allowed} was reached.", "Give it more with --timeout, or look at the page.")


class MemoryLimitExceeded(ExporterError):
    """A job needed more memory than it may have."""

    exit_code = 61

    def __init__(self) -> None:
        super().__init__("The memory limit was reached.", "Give it more with --max-memory, or look at the page.")


class WorkerDied(ExporterError):
    """The process that did a job ended in the middle of it, or could not begin."""

    exit_code = 62

    @classmethod
    def of(cls, code: int) -> WorkerDied:
        """The error of a worker that ended with this exit code, or by the signal with the negative of it."""
        import signal

        how = f"by {signal.Signals(-code).name}" if -code in set(signal.Signals) else f"with exit code {code}"
        return cls(f"The worker died of it, {how}.", "Export the page alone; if it fails again, please report it.")
