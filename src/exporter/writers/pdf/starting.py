"""WeasyPrint, started the quick way: it is imported when the first page is laid out, and costs half of what it would.

On Linux its door to C asks the system's tools (ldconfig, a compiler, a linker, in processes of their own) where each
library lies, for names that exist on other systems only, before it tries the name that the loader knows: .2 CPU seconds
for nothing. Its declarations of what C offers are parsed each time by a compiler's front end written in Python: .05 more;
here what comes of it is kept (:mod:`exporter.kept`). And a subsetter of fonts is imported for machines that lack HarfBuzz's,
and what makes one font of a variable one for those that have such.
"""

from __future__ import annotations

import ctypes.util
import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exporter.deferring import deferred
from exporter.errors import WriteError
from exporter.kept import keeps, kept

DOOR = "weasyprint.text.ffi"
"""WeasyPrint's door to C."""

LATE = ("fontTools.subset", "fontTools.varLib.instancer:instantiateVariableFont")
"""What it imports and hardly ever uses."""


def started() -> Any:
    """WeasyPrint itself. Raises :class:`WriteError` when it cannot start.

    Where Pango is missing it prints a page of its own, which is kept back for one line of ours.
    """
    try:
        with redirect_stdout(io.StringIO()):
            with suppress(Exception), _known_by_name(), deferred(*LATE), _declared():
                return _imported()
            return _imported()  # on a machine where libraries have other names: as it would by itself
    except (ImportError, OSError) as fault:
        advice = "Run exporter doctor: it names the command that installs what is missing."
        raise WriteError(f"WeasyPrint cannot start: {fault}.", advice) from fault


def _imported() -> Any:
    # Themes bring their fonts, and characters without one are told by name (exporter.writers.pdf.remarks).
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    import weasyprint

    return weasyprint


@contextmanager
def _known_by_name() -> Iterator[None]:
    """Within it, libraries are found by the names that the loader knows, and nobody is asked about others."""
    if sys.platform != "linux" or "weasyprint" in sys.modules:
        yield
        return
    asked = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = asked


@contextmanager
def _declared() -> Iterator[None]:
    """Within it, the door's declarations are those that were kept when it was opened the last time."""
    declarations = None if "weasyprint" in sys.modules else _declarations()
    if not declarations:
        yield
        return
    import cffi

    plain = cffi.FFI

    def ready(*arguments: Any, **named: Any) -> Any:
        asking = sys._getframe(1).f_globals.get("__name__")  # noqa: SLF001 - nobody else's are meant
        return _ready(declarations) if asking == DOOR else plain(*arguments, **named)

    cffi.FFI = ready
    try:
        yield
    finally:
        cffi.FFI = plain


def _declarations() -> dict[str, Any]:
    """The door's declarations as its backend knows them; none where they cannot be kept."""
    found, backend = find_spec("weasyprint"), find_spec("cffi")
    door = Path(found.origin).with_name("text") / "ffi.py" if found and found.origin else Path()
    if not backend or not keeps(str(door)):
        return {}
    from _cffi_backend import __version__ as version

    return kept(str(door), version.encode() + door.read_bytes(), _compiled)


def _compiled() -> dict[str, Any]:
    """Opens the door as it would be by itself, and tells what it declares: cffi writes it down as a module of one call."""
    import ast

    _imported()
    ffi = sys.modules[DOOR].ffi
    with TemporaryDirectory() as folder:
        file = Path(folder) / "declarations.py"
        ffi.set_source(file.stem, None)
        ffi.emit_python_code(str(file))
        (call,) = (each for each in ast.walk(ast.parse(file.read_bytes())) if isinstance(each, ast.Call))
    return {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}


def _ready(declarations: dict[str, Any]) -> Any:
    """What cffi would have made of the declarations."""
    from _cffi_backend import FFI

    class Ready(FFI):  # type: ignore[misc]
        def cdef(self, *_: object) -> None:
            """They are declared already."""

        def dlopen(self, *arguments: Any) -> Any:
            """The library, which stays open to the end: what is freed last is freed by it."""
            library = super().dlopen(*arguments)
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))
            return library

    return Ready(DOOR, **declarations)
