"""The files that the user names: read when they are files, and bytes → file, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from exporter.errors import WriteError

STANDARD_OUTPUT = "-"
"""The target that means standard output."""


_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class NotAFile(OSError):
    """What stands there is a pipe, a device, a folder: to read it could take for ever."""


def content_of(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a file, ``most`` + 1 of them where it is larger.

    Nothing is waited for: a pipe is recognised before it is opened, and once more after that. Raises :class:`OSError` as
    ``open`` does, :class:`NotAFile` among them, and :class:`ValueError` for what can be no path.
    """
    check_kind(os.stat(path))  # noqa: PTH116 - any text at all
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        check_kind(os.fstat(descriptor))
        return stream.read(most + 1)


def check_kind(status: os.stat_result) -> None:
    """Raises :class:`NotAFile` for what is a pipe, a device, a folder."""
    for is_kind, name in _KINDS:
        if is_kind(status.st_mode):
            raise NotAFile(errno.EINVAL, f"it is {name}, and a file is wanted")


def check_target(target: str | os.PathLike[str]) -> None:
    """Finds out, before any work is done, what would keep a file from being stored. Raises :class:`WriteError`."""
    if target == STANDARD_OUTPUT:
        return
    try:
        if str(target).endswith(("/", os.sep)) and not Path(target).is_dir():
            raise WriteError(f"The output folder {target} does not exist.", f"Make it first: mkdir -p {target}")
        _check_place(Path(target))
    except (OSError, ValueError) as fault:  # a name too long, or with a zero in it
        raise _not_written(target, fault) from fault


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise WriteError(f"The output {path} is a folder.", "Name a file in it.")
    folder = path.parent
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "does not exist"
        raise WriteError(f"The output folder {folder} {what}.", f"Make it first: mkdir -p {folder}")
    if not os.access(folder, os.W_OK | os.X_OK) and not _is_device(path):
        raise WriteError(f"Nothing may be written to the folder {folder}.", "Choose another with -o.")


def store(content: bytes, target: str | os.PathLike[str]) -> None:
    """Stores the content at the target, or writes it to standard output when that is ``"-"``.

    The file appears whole or not at all: it is written beside its place, flushed to the disk and then moved there in one
    step, so that an old file stays until then. Its mode is as the umask gives. A link in its place is replaced: what it leads
    to is not touched, for it may be somebody else's. Raises :class:`WriteError` when the place
    or the disk does not allow it; a broken pipe is left to the caller as it is.
    """
    if target == STANDARD_OUTPUT:
        pour_out(content)
        return
    check_target(target)
    path = Path(target)
    try:
        if _is_device(path):
            _pour(content, path)
        else:
            _replace(content, path)
    except (OSError, ValueError) as fault:
        raise _not_written(path, fault) from fault


def pour_out(content: bytes) -> None:
    """Writes to standard output. Raises :class:`WriteError` where that is closed or its disk is full; a broken pipe is left."""
    if not sys.stdout:
        raise WriteError("Standard output is closed.", "Name a file with -o.")
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise WriteError(f"Standard output cannot be written: {fault.strerror}.", "Check where it leads.") from fault


def _not_written(target: str | os.PathLike[str], fault: OSError | ValueError) -> WriteError:
    reason = fault.strerror if isinstance(fault, OSError) else str(fault)
    return WriteError(f"The file {target} cannot be written: {reason}.", "Check the disk, or choose another with -o.")


def _is_device(path: Path) -> bool:
    """Something that takes bytes and is no file: it must be written to, never replaced."""
    return path.exists() and not path.is_file()


def _pour(content: bytes, path: Path) -> None:
    # Without waiting, so that a pipe that nobody reads is an error and not a standstill.
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _replace(content: bytes, path: Path) -> None:
    import secrets

    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        descriptor, named = _begun(part)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(descriptor)
            if not named:
                _name(descriptor, part)
        part.replace(path)
    except BaseException:  # KeyboardInterrupt as well: nothing is left behind
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _begun(part: Path) -> tuple[int, bool]:
    """A new file to write to, and whether it has its name yet: one without goes with the program if that is killed (Linux)."""
    if hasattr(os, "O_TMPFILE") and os.access("/proc/self/fd", os.X_OK):
        with suppress(OSError):  # not every file system has such files
            return os.open(part.parent, os.O_WRONLY | os.O_TMPFILE, 0o666), False
    return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), True


def _name(descriptor: int, part: Path) -> None:
    # With a folder's number, which the whole path makes void, Python asks the system to follow the link (linkat).
    os.link(f"/proc/self/fd/{descriptor}", part, src_dir_fd=descriptor, follow_symlinks=True)
