"""Assets that no figure shows: an editor took the figure out and left the picture in the file."""

from __future__ import annotations

from msgspec.structs import replace

from exporter.model import Document
from exporter.model.walk import pictures
from exporter.notices import Notice, notice


def without_unused_assets(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """The document with only those assets that its pictures name; each other one is a notice."""
    shown = {image.asset for image in pictures(document.article)}
    kept = tuple(asset for asset in document.assets if asset.key in shown)
    if len(kept) == len(document.assets):
        return document, ()
    dropped = (asset for asset in document.assets if asset.key not in shown)
    notices = tuple(
        notice("picture-left-out", source=asset.path or asset.source_url or asset.key, reason="no figure shows it")
        for asset in dropped
    )
    return replace(document, assets=kept), notices
