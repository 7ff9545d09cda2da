"""What of a machine decides how pages look: libraries of its system, and the fonts that are installed."""

from __future__ import annotations

import ctypes
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

Weight = Literal["needed", "useful"]

PATIENCE = 30.0
"""Seconds in which fontconfig must have listed the fonts; it may have to look at each of them first."""


class Library(Struct, frozen=True):
    """A library of the system: its file names on Linux, macOS and Windows, and the function that gives its version."""

    part: str
    files: tuple[str, ...]
    version_function: str = ""
    weight: Weight = "needed"

    @property
    def version(self) -> str:
        """Its version, or "here" where it does not tell; empty where it is not."""
        loaded = _loaded(self.files)
        if loaded is None or not self.version_function:
            return "here" if loaded else ""
        called: Callable[[], bytes | None] = getattr(loaded, self.version_function)
        called.restype = ctypes.c_char_p  # type: ignore[attr-defined]
        return (called() or b"here").decode("ascii", "replace")


LIBRARIES: tuple[Library, ...] = (
    Library(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"),
        "pango_version_string",
    ),
    Library(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0.0.dylib", "libpangoft2-1.0-0.dll"),
    ),
    Library(
        "HarfBuzz",
        ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
        "hb_version_string",
    ),
    Library(
        "HarfBuzz subsetting",  # without it WeasyPrint subsets fonts in Python: slower, with a warning
        (
            "libharfbuzz-subset.so.0",
            "libharfbuzz-subset.dylib",
            "libharfbuzz-subset.0.dylib",
            "libharfbuzz-subset-0.dll",
        ),
        weight="useful",
    ),
    Library(
        "Fontconfig", ("libfontconfig.so.1", "libfontconfig.dylib", "libfontconfig.1.dylib", "libfontconfig-1.dll")
    ),
)


def _loaded(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def library_versions() -> dict[str, str]:
    """The versions of the libraries that tell one."""
    return {each.part: each.version for each in LIBRARIES if each.version_function}


def fonts() -> str:
    """Stands for the fonts that are installed: how many, and a digest of names and versions; "unknown" without fontconfig."""
    try:
        words = [shutil.which("fc-list") or "", "--format", r"%{family}\t%{style}\t%{fontversion}\n"]
        said = subprocess.run(words, capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603 - no shell, our own words
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    faces = sorted(said.stdout.splitlines(keepends=True))
    return f"{len(faces)} ({hashlib.sha256(b''.join(faces)).hexdigest()[:8]})"
