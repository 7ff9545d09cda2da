"""Documents of word processors (DOCX, ODT), turned into pages by pandoc where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

from msgspec.structs import replace

from exporter.errors import SourceError
from exporter.sources.entry import Entry
from exporter.sources.forms.archive import ZipResources
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source

SECONDS = 60
"""How long pandoc may take; a book takes a few."""
MEMORY = "512M"
_SAVE_IT = "Install pandoc (pandoc.org), or save the document as a web page (HTML) in the word processor and give that."


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The document as one page; its pictures stay in its file."""
    odt = b"opendocument.text" in source.content[:256]
    page = _converted(source, "odt" if odt else "docx")
    inside = ZipResources(source.content, "content.xml" if odt else "word/document.xml", options.limits)
    opened = replace(source, content=page, suffix=".html", encoding="utf-8", resources=inside)
    yield Entry("", source.base_url, lambda: opened)


def _converted(source: Source, kind: str) -> bytes:
    """The page that pandoc makes, which reads no other file (--sandbox). Raises :class:`SourceError` where it cannot."""
    program = shutil.which("pandoc")
    if program is None:
        raise SourceError(f"This is a document of a word processor: {source.origin}.", _SAVE_IT)
    bounds = ("+RTS", f"-M{MEMORY}", "-RTS")
    command = (program, *bounds, "--sandbox", "--standalone", f"--from={kind}", "--to=html5", "--quiet", "--wrap=none")
    try:
        done = subprocess.run(command, input=source.content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - ours
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise SourceError(f"pandoc does not get through with {source.origin}.", _SAVE_IT) from fault
    if done.returncode:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())[:200] or f"exit code {done.returncode}"
        raise SourceError(f"pandoc cannot read {source.origin}: {reason}.", _SAVE_IT)
    return done.stdout
