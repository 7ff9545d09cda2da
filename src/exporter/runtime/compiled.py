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
from importlib.resources import files
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

Toml = dict[str, Any]
"""A table of a TOML file: who reads a value asks what it is."""

_Kept = TypeVar("_Kept", Toml, CodeType)


@cache
def table(package: str, name: str) -> Toml:
    """The TOML file ``name`` of one of our packages. It is shared: do not change it."""
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
    place, seal = _place(name), MAGIC_NUMBER + source_hash(source)
    if place is None:
        return worked_out()
    with suppress(OSError, EOFError, ValueError, TypeError):
        content = place.read_bytes()
        if content.startswith(seal):
            found: _Kept = marshal.loads(content[len(seal) :])  # noqa: S302 - our own, as any compiled module is
            return found
    made = worked_out()
    if not sys.dont_write_bytecode:
        with suppress(OSError, ValueError):
            _store(place, seal + marshal.dumps(made))
    return made


def _place(name: str) -> Path | None:
    """Where it is kept; None where Python keeps nothing, or the file is in an archive."""
    with suppress(RuntimeError, ValueError):
        return Path(cache_from_source(f"{name}.py")) if os.path.isfile(name) else None  # noqa: PTH113 - any name
    return None


def _store(place: Path, content: bytes) -> None:
    """Whole or not at all: others may read it at this moment."""
    place.parent.mkdir(parents=True, exist_ok=True)
    passing = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        passing.write_bytes(content)
        passing.replace(place)
    finally:
        passing.unlink(missing_ok=True)
