"""Document ↔ JSON: the public, versioned form that an editor corrects by hand and exports again."""

from __future__ import annotations

from typing import Any

import msgspec

from exporter.errors import InvalidDocument
from exporter.model import FORMAT_VERSION, Document
from exporter.model.walk import validate

_decoder = msgspec.json.Decoder(Document)


def encode(document: Document) -> bytes:
    """The document as indented UTF-8 JSON with a newline at its end; the article first, the pictures' bytes (base64) last."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def decode(content: bytes) -> Document:
    """The document that ``content`` holds.

    Raises :class:`InvalidDocument` with the place of the fault when it is no JSON, not of the model, of a newer version, or
    breaks a rule of :func:`exporter.model.walk.validate`.
    """
    try:
        document = _decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise InvalidDocument(f"This is no document of exporter: {fault}.", "docs/model.md shows the form.") from fault
    if document.version > FORMAT_VERSION:
        raise InvalidDocument(
            f"The document is of version {document.version}; this exporter reads up to {FORMAT_VERSION}.",
            "Install a newer exporter.",
        )
    validate(document)
    return document


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the form."""
    return msgspec.json.schema(Document)
