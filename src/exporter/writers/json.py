"""The document itself as JSON, to be corrected by hand and exported again."""

from __future__ import annotations

from exporter.model import Document, codec
from exporter.notices import Notice
from exporter.writers.options import Options


def render(document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The canonical JSON with the pictures inside; ``options`` change nothing."""
    return codec.encode(document), ()
