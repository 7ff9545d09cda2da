"""The names by which the blocks of a page are known in every reading of it."""

from __future__ import annotations

from exporter.corrections.identity import digest, distinct
from exporter.readers.assembly.page import Page
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.images import own_source, telling
from exporter.readers.lexicon.folding import fold
from exporter.readers.segments.segment import Segment, every


def identify(page: Page) -> None:
    """Gives every block its name, by its own words."""
    found = [*every([*page.segments, *page.notes])]
    for segment, identity in zip(found, distinct(digest(_words(each)) for each in found), strict=True):
        segment.identity = identity


def _words(segment: Segment) -> str:
    """What a block is known by; a picture by what is said of it for the blind, else by its file's name."""
    if segment.text:
        return f"[box] {segment.text}" if segment.segments else segment.text
    pictures = [each.element for each in every([segment]) if each.kind == "anchor" and each.element is not None]
    told = (
        telling(fold(attribute(img, "alt"))) or own_source(img).split("?")[0].rsplit("/", 1)[-1] for img in pictures
    )
    return f"[{segment.kind}] {' '.join(told)}"
