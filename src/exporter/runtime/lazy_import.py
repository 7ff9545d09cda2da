"""Imports put off until somebody needs them, where a library of ours pulls in another that no work of ours uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType

from exporter.runtime.threads import alone


class _StandIn(ModuleType):
    """Stands for a module until something is asked of it, or until one of its ``functions`` is called."""

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        if functions:  # who imports one of them asks for the path, too
            self.__dict__.update({each: partial(self._called, each) for each in functions}, __path__=[])

    def __getattr__(self, attribute: str) -> object:
        return getattr(self._real(), attribute)

    def _real(self) -> ModuleType:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return import_module(self.__name__)

    def _called(self, function: str, *arguments: object, **named: object) -> object:
        return getattr(self._real(), function)(*arguments, **named)


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Within it, ``import NAME`` costs nothing: what is imported so becomes the real module at its first use.

    With ``NAME:FUNCTION``, neither does ``from NAME import FUNCTION``.
    Modules that are here already stay as they are, and after it nothing is left in ``sys.modules``, so that everybody else
    imports as ever. Beside other threads, which might meet a stand-in there, all is imported at once.
    """
    if not alone():
        yield
        return
    parts = [name.split(":") for name in names]
    stand_ins = {name: _StandIn(name, tuple(functions)) for name, *functions in parts if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
