"""What is done to every document between its reader and its writer, in this order and nowhere else.

Adding a transform is adding a module with one function, document → (document, notices), and one line of the tuple.
"""

from __future__ import annotations

from collections.abc import Callable

from exporter.model import Document
from exporter.notices import Notice
from exporter.transforms.addresses import with_public_addresses
from exporter.transforms.characters import without_forbidden_characters
from exporter.transforms.quotation_marks import with_quotation_marks
from exporter.transforms.sidebars import with_flat_sidebars
from exporter.transforms.typography import with_typography
from exporter.transforms.unused import without_unused_assets

Transform = Callable[[Document], tuple[Document, tuple[Notice, ...]]]

TRANSFORMS: tuple[Transform, ...] = (
    without_forbidden_characters,  # first: the others see what will be printed
    with_quotation_marks,
    with_public_addresses,
    without_unused_assets,  # last: the ones before it may drop a figure
)


PRINTED: tuple[Transform, ...] = (with_flat_sidebars, with_typography)
"""What is done besides before a result that is read and not worked on, unless it is wanted verbatim."""


def transformed(
    document: Document, transforms: tuple[Transform, ...] = TRANSFORMS
) -> tuple[Document, tuple[Notice, ...]]:
    """The document after the transforms, and what they had to say."""
    notices: list[Notice] = []
    for transform in transforms:
        document, said = transform(document)
        notices.extend(said)
    return document, tuple(notices)
