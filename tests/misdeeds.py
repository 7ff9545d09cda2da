"""Tasks that do to their worker what a page may do to a library. All are harmless to everything else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from msgspec import Struct

from exporter import ExporterError
from exporter.runtime.threads import alone

MIB = 2**20
_HELD: list[bytes] = []


class Mark(Struct, frozen=True):
    """A task that leaves a file."""

    place: str

    def run(self) -> str:
        Path(self.place).touch()
        return self.place

    def failed(self, fault: ExporterError) -> str:
        return str(fault.exit_code)


class Misdeed:
    """A task that behaves as its name says: harmless to everything but its worker."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __setstate__(self, state: dict[str, str]) -> None:
        self.__dict__.update(state)
        if self.name == "wrapped":
            os._exit(9)

    def run(self) -> str:
        match self.name:
            case "hang":
                time.sleep(600)
            case "spin":
                while True:
                    pass
            case "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "leave":
                os._exit(9)
            case "hog":
                try:
                    bytearray(900 * MIB)
                except MemoryError:
                    return "61"
            case "grow":
                _HELD.append(os.urandom(MIB) * 330)
            case "child":
                started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
                Path(os.environ["TOLD"]).write_text(str(started.pid))
                time.sleep(600)
        return f"{self.name} {os.getpid()}"

    def failed(self, fault: ExporterError) -> str:
        return str(fault.exit_code)


class Alone(Misdeed):
    """Says whether nobody else is at work in the worker."""

    def run(self) -> str:
        """True or False, as a word."""
        time.sleep(0.1)
        return str(alone())
