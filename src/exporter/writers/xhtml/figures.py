"""Figures: pictures with what is said of them and who made them."""

from __future__ import annotations

import re

from markupsafe import Markup

from exporter.model import Figure, Image
from exporter.model.walk import plain
from exporter.writers.xhtml.context import FigureRow, RenderContext
from exporter.writers.xhtml.inlines import inlines
from exporter.writers.xhtml.markup import Attribute, element, empty, joined
from exporter.writers.xhtml.rows import aspect_of, deviation, parted, shares, wished_for

_WORDS = re.compile(r"\w+")


def figure(node: Figure, context: RenderContext, place: str = "") -> Markup:
    """Pictures, caption, credit. ``place`` is a class of its own, as ``lead``."""
    caption = _caption(node, context)
    places = _places(node, context)
    pictures = [_image(each, node, context, places.get(at, {})) for at, each in enumerate(node.images)]
    shown = any(context.image_source(each) for each in node.images)
    classes = " ".join(filter(None, [place, context.figure_class(node) if shown else "missing"]))
    return element(
        "figure", joined([*pictures, *caption]), class_=classes, aria_labelledby=_speaking_for(node, context)
    )


def _places(node: Figure, context: RenderContext) -> dict[int, dict[str, Attribute]]:
    """How wide each of several pictures is, by its number, and which of them begin a row."""
    shown = [(at, aspect_of(each)) for at, each in enumerate(node.images) if context.image_source(each)]
    places: dict[int, dict[str, Attribute]] = {}
    if len(shown) < 2:
        return places
    under = ""
    cost = deviation(tuple(aspect for _, aspect in shown), wished_for(len(shown)))
    for count in parted(len(shown), context.most_in_row, cost):
        row, shown = shown[:count], shown[count:]
        for (at, _), share in zip(row, shares(tuple(aspect for _, aspect in row), context.narrowest_row), strict=True):
            classes = " ".join(filter(None, ("row-start" if at == row[0][0] else "", under)))
            places[at] = {"style": f"width:{share:.2f}%", "class_": classes or None}
        under = "under"
    return places


def figure_row(row: FigureRow, context: RenderContext) -> Markup:
    """Figures side by side: their pictures have one height, and each figure has its own caption below."""
    written = [
        element("div", figure(each, context), class_="place", style=f"width:{share:.2f}%")
        for each, share in zip(row.figures, row.shares, strict=True)
    ]
    return element("figure", joined(written), class_="row", style=f"width:{row.part:.1%}" if row.part < 1 else None)


def described(image: Image, figure: Figure) -> str:
    """What the page says of a picture to those who do not see it; empty where that only repeats the caption."""
    return "" if _same(image.alt, plain(figure.caption)) else image.alt


def _same(words: str, others: str) -> bool:
    return _WORDS.findall(words.casefold()) == _WORDS.findall(others.casefold())


def _speaking_for(node: Figure, context: RenderContext) -> str | None:
    """The id of the caption, in an e-book, where only the caption describes one of the pictures; else None."""
    silent = any(not described(image, node) and context.image_source(image) for image in node.images)
    return context.numbering.anchor(node) if silent and node.caption and context.semantics else None


def _caption(node: Figure, context: RenderContext) -> list[Markup]:
    """Caption, then credit: the credit always last."""
    named = (("caption", node.caption, _speaking_for(node, context)), ("credit", node.credit, None))
    parts = [element("span", inlines(words, context), class_=name, id=key) for name, words, key in named if words]
    return [element("figcaption", joined(parts, " "))] if parts else []


def _image(image: Image, figure: Figure, context: RenderContext, place: dict[str, Attribute]) -> Markup:
    """The picture. In the place of a missing one stand its alternative words, unless the caption says the same."""
    caption = " ".join(plain(figure.caption).split())
    words = described(image, figure)
    source = context.image_source(image)
    if source is None:
        return element("p", words, class_="alt") if words else Markup("")
    # In an e-book the style sheet says how large: MuPDF would heed the attributes instead.
    size = {} if context.semantics else {"width": image.width or None, "height": image.height or None}
    return empty("img", src=source, alt=words or _stand_in(caption, context), **size, **place)


def _stand_in(caption: str, context: RenderContext) -> str:
    """The words of a picture that the page gave none.

    A PDF may hold no picture without words. In an e-book the figure is named by its caption, and an empty text keeps that
    from being read aloud twice.
    """
    return "" if context.semantics else caption or context.labels.picture
