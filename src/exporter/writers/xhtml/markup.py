"""Elements and attributes, escaped and well-formed: the only place that writes an angle bracket."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

Attribute = str | int | None

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, not even escaped (production 2, Char). A class that names what it can takes 6 ms to compile."""


def element(name: str, content: Markup | str = "", /, **attributes: Attribute) -> Markup:
    """``<name …>content</name>``, everything escaped that is no Markup.

    Attributes that are None are left out; ``class_`` is written ``class``, ``epub_type`` ``epub:type``, ``xml_lang``
    ``xml:lang``; another underscore is a hyphen.
    """
    return Markup(f"<{name}{_attributes(attributes)}>{escaped(content)}</{name}>")


def empty(name: str, /, **attributes: Attribute) -> Markup:
    """``<name …/>``: an element without content. Attributes as with :func:`element`."""
    return Markup(f"<{name}{_attributes(attributes)}/>")


_SPELLINGS = {"class_": "class", "epub_type": "epub:type", "xml_lang": "xml:lang"}


def _attributes(attributes: dict[str, Attribute]) -> str:
    spelled = ((_SPELLINGS.get(name) or name.replace("_", "-"), value) for name, value in attributes.items())
    return "".join(f' {name}="{escaped(str(value))}"' for name, value in spelled if value is not None)


def escaped(text: Markup | str) -> Markup:
    """Text made safe for content and attributes; what XML cannot hold is left out. Markup comes back as it is."""
    return text if isinstance(text, Markup) else escape(_FORBIDDEN.sub("", text))


def joined(parts: Iterable[Markup], separator: str = "") -> Markup:
    """The parts in one piece."""
    return Markup(separator.join(parts))
