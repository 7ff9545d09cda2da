"""Starts WeasyPrint when the first page is laid out, in half the time that a plain import takes.

On Linux its door to C asks the system's tools (ldconfig, a compiler, a linker, in processes of their own) where each
library lies, for names that exist on other systems only, before it tries the name that the loader knows: .2 CPU seconds
for nothing. And a subsetter of fonts is imported for machines that lack HarfBuzz's, and what makes one font of a variable
one for those that have such.
"""

from __future__ import annotations

import ctypes.util
import io
import locale
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import Any

from exporter.errors import WriteError
from exporter.runtime.lazy_import import deferred
from exporter.runtime.threads import alone
from exporter.writers.pdf.weasyprint import native

LATE = ("fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib.instancer:instantiateVariableFont")
"""What it imports and hardly ever uses."""


def started() -> Any:
    """WeasyPrint itself. Raises :class:`WriteError` when it cannot start.

    Where Pango is missing it prints a page of its own, which is kept back for one line of ours. That and the short cuts are
    switches of the whole process: beside other threads it starts as it would by itself.
    """
    try:
        if "weasyprint" in sys.modules or not alone():
            return _imported()
        with redirect_stdout(io.StringIO()):
            with suppress(OSError), _known_by_name(), native.prepared(), deferred(*LATE), _in_no_language():
                return _imported()
            return _imported()  # on a machine where libraries have other names: as it would by itself
    except (ImportError, OSError) as fault:
        advice = "Run exporter doctor: it names the command that installs what is missing."
        raise WriteError(f"WeasyPrint cannot start: {fault}.", advice) from fault


def _imported() -> Any:
    if "weasyprint" not in sys.modules:
        # Themes bring their fonts, and characters without one are told by name (exporter.writers.pdf.weasyprint.log).
        # The filter stays: to take it away again would be a switch of the whole process.
        warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    import weasyprint

    return weasyprint


@contextmanager
def _in_no_language() -> Iterator[None]:
    """Has Pango take no language for granted, whatever the user's is: it would measure letters that no font has in its words.

    It asks the locale for it once in each process.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C")
    try:
        yield
        from weasyprint.text.ffi import pango

        pango.pango_language_get_default()
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


@contextmanager
def _known_by_name() -> Iterator[None]:
    """While it is open, libraries load by the loader's own names; no search runs for them, which would start other programs."""
    if sys.platform != "linux":
        yield
        return
    asked = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = asked
