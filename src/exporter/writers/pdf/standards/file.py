"""What we use of a PDF in memory, as types: pydyf (0.12), which makes it, says of its values only that they are there.

A value of a dictionary is a number, a name (text with a slash), a reference (bytes such as ``b"12 0 R"``), a string, an array
or another dictionary. Who reads one knows from ISO 32000-1 which of these it is.
"""

from __future__ import annotations

from typing import Any, Protocol

from exporter.writers.pdf.weasyprint.boxes import Box


class Entries(Protocol):
    """A dictionary of the file; ``reference`` is how others refer to it. A tag of the structure is one, and so is a page."""

    reference: bytes

    def __getitem__(self, key: str, /) -> Any:
        """The value of a key."""

    def __setitem__(self, key: str, value: object, /) -> None:
        """Gives a key its value."""

    def __contains__(self, key: object, /) -> bool:
        """Whether the key has a value."""

    def get(self, key: str, default: Any = None, /) -> Any:
        """The value of a key, ``default`` when it has none."""

    def pop(self, key: str, default: Any = None, /) -> Any:
        """Takes the key out, and gives its value."""

    def clear(self) -> None:
        """Takes out every key."""


class Content(Protocol):
    """A stream: its operators or parts in order, the entries of its dictionary, whether it is compressed when it is written."""

    stream: list[Any]
    extra: dict[str, Any]
    compress: bool


class Pdf(Protocol):
    """The file. ``boxes`` are those that tags were made of, by the tags' references, where the renderer was asked for them."""

    catalog: Entries
    objects: list[Any]
    boxes: dict[bytes, Box]

    def add_object(self, added: Any, /) -> None:
        """Gives an object its number and a place in the file."""
