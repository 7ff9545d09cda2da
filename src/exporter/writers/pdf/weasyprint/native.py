"""The renderer's native declarations, taken apart once.

WeasyPrint tells cffi in C which functions of Pango, HarfBuzz and Fontconfig it calls, and cffi parses that anew in each
process, with a parser of C that has to be loaded first. What comes of it cffi can also write as a module (its manual:
"out-of-line, ABI level"); that is kept beside Python's compiled modules, and calls through it are faster.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from importlib import import_module
from types import CodeType, ModuleType
from typing import Any

from exporter.runtime.compiled import kept

EMBEDDING_LEVELS = "unsigned char *pango_log2vis_get_embedding_levels(const char *, int, int *);"
FREE = "void g_free(void *);"
UNKNOWN_GLYPHS = "int pango_layout_get_unknown_glyphs_count(PangoLayout *);"
COPY = "PangoLayout * pango_layout_copy (PangoLayout *layout);"
GLYPHS = (
    "hb_font_t * hb_font_create (hb_face_t *face);",
    "void hb_font_destroy (hb_font_t *font);",
    "hb_bool_t hb_font_get_nominal_glyph (hb_font_t *font, hb_codepoint_t unicode, hb_codepoint_t *glyph);",
    "int32_t hb_font_get_glyph_h_advance (hb_font_t *font, hb_codepoint_t glyph);",
)
OWN = (EMBEDDING_LEVELS, FREE, UNKNOWN_GLYPHS, COPY, *GLYPHS)
"""What patches of ours call besides."""

_STAYS = getattr(os, "RTLD_NODELETE", 0)
"""A library opened so is never unloaded. What is prepared closes its libraries when the program ends; objects of Pango that are
let go only then still call them."""


@contextmanager
def prepared() -> Iterator[None]:
    """While it is open, who asks cffi for declarations gets what is kept of them."""
    if "cffi" in sys.modules or not _STAYS:
        yield
        return
    stand_in = ModuleType("cffi")
    stand_in.__dict__["FFI"] = _Declarations
    sys.modules["cffi"] = stand_in
    try:
        yield
    finally:
        if sys.modules.get("cffi") is stand_in:
            del sys.modules["cffi"]


def declare(ffi: Any, *declarations: str) -> None:
    """Adds some of ``OWN``; what was prepared has them already."""
    if not isinstance(ffi, _Declarations):
        for each in declarations:
            ffi.cdef(each, override=True)


class _Declarations:
    """Has all that cffi's own object has, once it has been told in C what there is."""

    def __init__(self) -> None:
        self.source = ""

    def cdef(self, source: str) -> None:
        """As cffi's own, for the first declarations; ``OWN`` come with them."""
        found = _ready(source)
        self.__dict__.update((name, getattr(found, name)) for name in dir(found) if not name.startswith("_"))
        self.dlopen = lambda name, flags=0: found.dlopen(name, flags | _STAYS)


def _ready(source: str) -> Any:
    """What cffi makes of these declarations and ours."""
    with suppress(ImportError, AttributeError, TypeError, ValueError):
        backend = import_module("_cffi_backend")
        state = f"{backend.__version__}\n{source}\n{OWN}".encode()
        names: dict[str, Any] = {}
        exec(kept(__file__, state, lambda: _written_out(source)), names)  # noqa: S102 - cffi's own words
        return names["ffi"]
    with _itself():
        return _parsed(source)


def _written_out(source: str) -> CodeType:
    """The module that cffi writes."""
    with _itself(), redirect_stdout(io.StringIO()):  # it tells what it does
        ffi = _parsed(source)
        ffi.set_source("exporter_native", None)
        written = io.StringIO()
        ffi.emit_python_code(written)
    return compile(written.getvalue(), "<exporter_native>", "exec")


def _parsed(source: str) -> Any:
    """As without all this."""
    ffi = import_module("cffi").FFI()
    ffi.cdef(source)
    declare(ffi, *OWN)
    return ffi


@contextmanager
def _itself() -> Iterator[None]:
    """While it is open, cffi is cffi."""
    stand_in = sys.modules.pop("cffi", None)
    try:
        yield
    finally:
        if stand_in is not None:
            sys.modules["cffi"] = stand_in
