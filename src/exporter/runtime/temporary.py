"""Folders for what other libraries must have on a disk. They go with the process, or the next process takes them away.

Each process has one folder in the system's temporary directory, and holds a lock on a file in it for as long as it lives.
The system lets go of the lock even where a process is killed, so that a folder whose lock nobody holds is nobody's.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NoReturn

PREFIX = "exporter-"
LOCK = "lock"
_REMOVER = "import shutil, sys; shutil.rmtree(sys.argv[1], ignore_errors=True)"
ATTEMPTS = 20
"""How often a folder is made anew that another process has just taken for one left behind."""

_own: dict[int, Path] = {}
"""The folder of this process, by its number: a forked copy has another, and leaves its parent's alone."""
_making = Lock()


def own_folder() -> Path:
    """The folder of this process, made when it is first asked for. Raises :class:`OSError`."""
    with _making:
        home = _own.get(os.getpid())
        if home is None or not home.is_dir():
            home = _own[os.getpid()] = _locked_folder()
            _at_the_end()
            sweep()
        return home


def sweep() -> None:
    """Takes away what processes have left that were killed. What anybody holds, and what is not ours, stays."""
    for folder in _left_behind():
        with suppress(OSError):
            _sweep_one(folder)


def remove() -> None:
    """Takes away this process's own folder."""
    home = _own.pop(os.getpid(), None)
    if home is not None:
        _remove_tree(home)


def leave() -> NoReturn:
    """Ends the process at once, and takes its folder away.

    Another program does that in its place. Threads that went on meanwhile would find their fonts gone, and store a page that is
    set in others.
    """
    home = _own.get(os.getpid())
    if home is not None and sys.executable:
        with suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", _REMOVER, os.fspath(home)])  # noqa: S606 - no shell
    os._exit(0)


def _at_the_end() -> None:
    atexit.register(remove)
    if "multiprocessing" in sys.modules:  # its workers end without what atexit knows
        from multiprocessing.util import Finalize

        Finalize(None, remove, exitpriority=0)


def _locked_folder() -> Path:
    import tempfile

    for _ in range(ATTEMPTS):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):  # swept between two steps
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if _taken(descriptor) and (folder / LOCK).exists():
                return folder  # the descriptor stays open as long as the process
            os.close(descriptor)
    raise FileNotFoundError(f"No folder stays in {tempfile.gettempdir()}")


def _taken(descriptor: int) -> bool:
    """Whether the lock is ours now; where the file system knows no locks, nobody else can take it, either."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _left_behind() -> Iterator[Path]:
    import tempfile

    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            with suppress(OSError):
                ours = entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False)
                if (
                    ours
                    and entry.stat(follow_symlinks=False).st_uid == os.getuid()
                    and Path(entry) not in _own.values()
                ):
                    yield Path(entry)


def _sweep_one(folder: Path) -> None:
    import fcntl

    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        folder.rmdir()  # only an empty one can have been ours
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove_tree(folder)
    finally:
        os.close(descriptor)


def _remove_tree(folder: Path) -> None:
    """Takes the folder away; the lock goes last, so that a removal cut short is seen for what it is."""
    import shutil

    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != LOCK:
                Path(entry).unlink()
        (folder / LOCK).unlink(missing_ok=True)
        folder.rmdir()
