"""Figures: pictures with what is said of them and who made them."""

from __future__ import annotations

import re

from markupsafe import Markup

from exporter.model import Figure, Image
from exporter.walk import plain
from exporter.writers.inlines import inlines
from exporter.writers.markup import element, empty, joined
from exporter.writers.setting import Setting

_WORDS = re.compile(r"\w+")


def figure(node: Figure, setting: Setting, place: str = "") -> Markup:
    """Pictures, caption, credit. ``place`` is a class of its own, as ``lead``."""
    caption = _caption(node, setting)
    pictures = [_image(each, node, setting) for each in node.images]
    shown = any(setting.image_source(each) for each in node.images)
    classes = " ".join(filter(None, [place, setting.figure_class(node) if shown else "missing"]))
    return element(
        "figure", joined([*pictures, *caption]), class_=classes, aria_labelledby=_speaking_for(node, setting)
    )


def described(image: Image, figure: Figure) -> str:
    """What the page says of a picture to those who do not see it: nothing, where that is the caption once more."""
    return "" if _same(image.alt, plain(figure.caption)) else image.alt


def _same(words: str, others: str) -> bool:
    return _WORDS.findall(words.casefold()) == _WORDS.findall(others.casefold())


def _speaking_for(node: Figure, setting: Setting) -> str | None:
    """The id of the caption, in an e-book, if it is all that is said of a picture."""
    silent = any(not described(image, node) and setting.image_source(image) for image in node.images)
    return setting.plan.anchor(node) if silent and node.caption and setting.semantics else None


def _caption(node: Figure, setting: Setting) -> list[Markup]:
    """Caption, then credit: the credit always last."""
    named = (("caption", node.caption, _speaking_for(node, setting)), ("credit", node.credit, None))
    parts = [element("span", inlines(words, setting), class_=name, id=key) for name, words, key in named if words]
    return [element("figcaption", joined(parts, " "))] if parts else []


def _image(image: Image, figure: Figure, setting: Setting) -> Markup:
    """The picture; a missing one leaves the words that stood for it, unless the caption says the same."""
    caption = " ".join(plain(figure.caption).split())
    words = described(image, figure)
    source = setting.image_source(image)
    if source is None:
        return element("p", words, class_="alt") if words else Markup("")
    # In an e-book the style sheet says how large: MuPDF would heed the attributes instead.
    size = {} if setting.semantics else {"width": image.width or None, "height": image.height or None}
    return empty("img", src=source, alt=words or _stand_in(caption, setting), **size)


def _stand_in(caption: str, setting: Setting) -> str:
    """The words of a picture that the page gave none.

    A PDF may hold no picture without words. In an e-book the figure is named by its caption, and an empty text keeps that
    from being read aloud twice.
    """
    return "" if setting.semantics else caption or setting.labels.picture
