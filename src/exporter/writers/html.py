"""The html format: the article as one file that needs no other, with its pictures inside as data: addresses."""

from __future__ import annotations

import base64

from markupsafe import Markup

from exporter import themes
from exporter.images import by_key, rendition
from exporter.images.cache import Rendition
from exporter.model import Asset, Document, Image
from exporter.model.walk import figures_of
from exporter.notices import Notice
from exporter.writers.options import Options
from exporter.writers.xhtml.context import context_of
from exporter.writers.xhtml.page import page_of

LONGEST = 1600
"""Longest side of a picture in pixels: twice the width of the column, for fine screens."""


def render(document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The article as UTF-8 HTML, styled as the theme's e-book. Raises what themes and pictures raise."""
    sources = {key: _address(rendition(asset, longest=LONGEST)) for key, asset in _used(document).items()}

    def source(image: Image) -> str | None:
        return sources.get(image.asset) if image.asset else None

    theme = themes.styled(options.theme, options.style)
    context = context_of(document.article, source, registers=theme.manifest.registers)
    style = theme.sheet("ebook") + themes.base_sheet("screen") + theme.style.with_contents()
    return page_of(document.article, context, Markup(style), options.made).encode(), ()


def _used(document: Document) -> dict[str, Asset]:
    used = {image.asset for figure in figures_of(document.article) for image in figure.images}
    return {key: asset for key, asset in by_key(document).items() if key in used and asset.content}


def _address(picture: Rendition) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}"
