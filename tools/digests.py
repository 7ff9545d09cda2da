"""Prints a digest of every result of our own pages and documents, one line each, to compare two states of the code.

    python -m tools.digests > before        change the code
    python -m tools.digests | diff before -

Pages of ``tests/pages`` and the sample are read, documents of ``tests/documents`` taken as they are; each goes through every
writer. ``--fast`` leaves the PDFs out, which take most of the time.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path

import exporter
from exporter.pipeline import render

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Prints ``digest  format  source``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fast", action="store_true", help="no PDFs")
    choices = parser.parse_args()
    formats = [name for name in exporter.output_formats() if not (choices.fast and name == "pdf")]
    for source in _sources():
        for name, content in _results(source, formats):
            print(hashlib.sha256(content).hexdigest()[:16], f"{name:8}", source.relative_to(ROOT), flush=True)


def _sources() -> Iterator[Path]:
    yield ROOT / "source" / "the-last-lampist"
    yield from sorted((ROOT / "tests" / "documents").glob("*.json"))
    yield from sorted((ROOT / "tests" / "pages").glob("*/source.*"))


def _results(source: Path, formats: list[str]) -> Iterator[tuple[str, bytes]]:
    try:
        reading = exporter.read(source)
    except exporter.ExporterError as fault:
        yield "refused", str(fault).encode()
        return
    # A page of a test makes an e-book and text; the PDFs of the sample and the documents say enough of print.
    for name in formats:
        if name != "pdf" or source.parent.parent.name != "pages":
            yield name, render(reading.document, name)[0]


if __name__ == "__main__":
    main()
