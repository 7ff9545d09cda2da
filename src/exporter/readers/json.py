"""The canonical JSON: a document that an editor corrected by hand, or that another program made."""

from __future__ import annotations

from msgspec.structs import replace

from exporter import images as assets
from exporter.images import Refused
from exporter.model import Asset, Document, Image, Node, codec
from exporter.model.walk import rewrite
from exporter.notices import Notice
from exporter.results import Reading
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.source import Source


def read(source: Source, options: ReadOptions = DEFAULTS) -> Reading:
    """The document of the source; the options change nothing, for nothing is guessed here.

    Pictures are taken from ``content`` or, where that is empty, from ``path`` inside the document's own folder. What the
    file says about their kind and size is measured again. A picture that is refused is a notice; its caption stays.
    Raises :class:`~exporter.errors.InvalidDocument`.
    """
    document = codec.decode(source.content)
    taken: list[Asset] = []
    notices: list[Notice] = []
    renamed: dict[str, str | None] = {}
    for asset in document.assets:
        found = _admitted(asset, source)
        if isinstance(found, Refused):
            notices.append(found.notice(asset.path or asset.source_url or asset.key))
            renamed[asset.key] = None
        else:
            taken.append(found)
            renamed[asset.key] = found.key
    return Reading(_with_pictures(document, taken, renamed), tuple(notices))


def _admitted(asset: Asset, source: Source) -> Asset | Refused:
    # A file by another program may name pictures that lie beside it, but none outside of its folder.
    content = asset.content or (
        source.picture(asset.path) if asset.path else Refused("it has neither content nor path")
    )
    return content if isinstance(content, Refused) else assets.admit(content, asset.source_url)


def _with_pictures(document: Document, taken: list[Asset], renamed: dict[str, str | None]) -> Document:
    by_key = {asset.key: asset for asset in taken}

    def change(node: Node) -> Node:
        if not isinstance(node, Image) or node.asset is None:
            return node
        key = renamed[node.asset]
        if key is None:
            return replace(node, asset=None)
        return replace(node, asset=key, width=by_key[key].width, height=by_key[key].height)

    return replace(document, article=rewrite(document.article, change), assets=tuple(by_key.values()))
