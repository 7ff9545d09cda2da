"""What is worked out of our own files once and then kept beside Python's compiled modules: word tables, templates.

The same place (``__pycache__``, or ``PYTHONPYCACHEPREFIX``), the same trust and the same rules as for a ``.pyc`` (PEP 3147,
PEP 552): what is kept is used while Python and the source are the very same, worked out again when they are not or when it
is damaged, and not kept where that is not wished (``PYTHONDONTWRITEBYTECODE``) or not allowed.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from types import CodeType
from typing import Any, TypeVar

Toml = dict[str, Any]
"""A table of a TOML file: who reads a value asks what it is."""

_Kept = TypeVar("_Kept", Toml, CodeType)


@cache
def table(package: str, name: str) -> Toml:
    """The TOML file ``name`` of one of our packages. It is shared: do not change it."""
    from importlib.resources import files  # late: it brings what reads archives

    file = files(package).joinpath(name)
    return table_of(str(file), file.read_bytes())


def table_of(name: str, content: bytes) -> Toml:
    """The TOML file ``name`` of ours with this content. Raises :class:`ValueError` when it is none."""
    return kept(name, content, lambda: parsed(content))


def parsed(content: bytes) -> Toml:
    """A TOML file's content, kept nowhere. Raises :class:`ValueError` when it is none."""
    import tomllib

    return tomllib.loads(content.decode("utf-8"))


def kept(name: str, source: bytes, worked_out: Callable[[], _Kept]) -> _Kept:
    """What ``worked_out`` gives, made of types that :mod:`marshal` knows, for the file ``name`` whose content is ``source``."""
    found: _Kept | None = recall(name, source)
    if found is not None:
        return found
    made = worked_out()
    keep(name, source, made)
    return made


def recall(name: str, source: bytes) -> Any:
    """What was kept for the file ``name`` whose content is ``source``; None where there is nothing, or nothing sound."""
    place, seal = _place(name), MAGIC_NUMBER + source_hash(source)
    if place is not None:
        with suppress(OSError, EOFError, ValueError, TypeError):
            with open(place, "rb") as file:  # noqa: PTH123 - every start of the program waits for this
                content = file.read()
            if content.startswith(seal):
                return marshal.loads(content[len(seal) :])  # noqa: S302 - our own, as any compiled module is
    return None


def keep(name: str, source: bytes, made: Any) -> None:
    """Keeps it for :func:`recall`, where Python keeps compiled modules and may write there."""
    place = _place(name)
    if place is not None and not sys.dont_write_bytecode:
        with suppress(OSError, ValueError):
            _store(place, MAGIC_NUMBER + source_hash(source) + marshal.dumps(made))


def _place(name: str) -> str | None:
    """Where it is kept; None where Python keeps nothing, or the file is in an archive."""
    with suppress(RuntimeError, ValueError):
        return cache_from_source(f"{name}.py") if os.path.isfile(name) else None  # noqa: PTH113 - any name
    return None


def _store(place: str, content: bytes) -> None:
    """Whole or not at all: others may read it at this moment."""
    from pathlib import Path

    passing = Path(f"{place}.{os.getpid()}")
    passing.parent.mkdir(parents=True, exist_ok=True)
    try:
        passing.write_bytes(content)
        passing.replace(place)
    finally:
        passing.unlink(missing_ok=True)
