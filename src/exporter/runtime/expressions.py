"""Regular expressions compiled once and then kept beside Python's compiled modules, as tables and templates are.

Python compiles the expressions of a module anew in each process: here some five hundred, those of the libraries among them,
which is a seventh of the time of an e-book. What the compiler makes of one hangs on nothing but its text, its flags and
this Python. Kept are those that modules compile while they are loaded; none that is made of a page.

The compiler is Python's own, so that this is a switch of the whole process: for programs of ours only, at their start.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from exporter.runtime.compiled import keep, recall

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Literal

MOST = 2000
"""Expressions kept at most. Beyond that, those that this run did not ask for are let go: an earlier release had them."""
_SEAL = f"{sys.version} {sys.byteorder}".encode()
_UNIT: Literal["I"] = "I"
"""How :mod:`array` names what a compiled expression is a row of: numbers of 32 bits."""
_IMPORTS = "<frozen importlib._bootstrap>"
_DEBUG = 128

Key = tuple[str, int]
"""An expression and its flags."""

Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What the compiler hands to the machine that matches: flags, program, how many groups, their numbers by name, their names."""


def remember() -> Memory:
    """From now on this process compiles no expression that is kept. :meth:`Memory.store` keeps what was new."""
    memory = Memory(import_module("re._compiler"))
    memory.begin()
    return memory


class Memory:
    """Stands where Python's compiler of expressions stood, and asks it for those only that are not known."""

    def __init__(self, compiler: Any) -> None:
        self._compiler = compiler
        self._compile: Callable[[Any, int], Any] = compiler.compile
        self._known: dict[Key, Parts] = recall(__file__, _SEAL) or {}
        self._asked: set[Key] = set()
        self._new: set[Key] = set()

    def begin(self) -> None:
        """Takes the compiler's place."""
        if self._compiler._sre.CODESIZE == 4:  # noqa: SLF001 - the machine has no public name
            self._compiler.compile = self.compiled

    def compiled(self, pattern: Any, flags: int = 0) -> Any:
        """As the compiler's own ``compile``. What is no text is an expression taken apart already, or one for bytes."""
        key = (pattern, flags)
        if type(pattern) is not str or flags & _DEBUG:
            return self._compile(pattern, flags)
        if key in self._known:
            self._asked.add(key)
            try:
                return self._built(*key)
            except (
                RuntimeError,
                TypeError,
                ValueError,
            ):  # damaged: the machine looks a program over before it takes it
                del self._known[key]
        if _is_importing():
            self._new.add(key)
        return self._compile(pattern, flags)

    def _built(self, pattern: str, flags: int) -> Any:
        whole, program, *groups = self._known[pattern, flags]
        return self._compiler._sre.compile(pattern, whole, memoryview(program).cast(_UNIT).tolist(), *groups)  # noqa: SLF001 - as above

    def store(self) -> None:
        """Keeps what is new with what was known, so that the next process does not compile it."""
        if not self._new or sys.dont_write_bytecode:
            return
        self._known.update((key, self._taken_apart(*key)) for key in sorted(self._new))
        self._asked |= self._new
        self._new.clear()
        if len(self._known) > MOST:
            self._known = {key: parts for key, parts in self._known.items() if key in self._asked}
        keep(__file__, _SEAL, self._known)

    def _taken_apart(self, pattern: str, flags: int) -> Parts:
        """What the compiler hands over for the expression: it is compiled once more, and the machine's place is taken."""
        from array import array
        from types import SimpleNamespace

        handed: list[Any] = []
        machine = self._compiler._sre  # noqa: SLF001 - as above
        self._compiler._sre = SimpleNamespace(**{**vars(machine), "compile": lambda *parts: handed.extend(parts)})  # noqa: SLF001 - as above
        try:
            self._compile(pattern, flags)
        finally:
            self._compiler._sre = machine  # noqa: SLF001 - as above
        _, whole, program, groups, numbers, names = handed
        return int(whole), array(_UNIT, program).tobytes(), groups, dict(numbers), tuple(names)


def _is_importing() -> bool:
    """Whether a module is being loaded: only what stands in modules is met again."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - there is no other way to ask
    while frame is not None and frame.f_code.co_filename != _IMPORTS:
        frame = frame.f_back
    return frame is not None
