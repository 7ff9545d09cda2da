"""A page while it is being read: what the steps of a reader find, each reading what earlier ones left here."""

from __future__ import annotations

from collections.abc import Callable

from bs4 import Tag
from msgspec import Struct, field

from exporter.corrections import Corrections
from exporter.notices import Notice
from exporter.readers.article.image_loader import ImageLoader
from exporter.readers.article.opening import Opening
from exporter.readers.metadata import Declared
from exporter.readers.segments.segment import Segment
from exporter.readers.sites.applied import Site
from exporter.sources.policy import Kind


class Page(Struct, eq=False):
    """One page, from its flat list of segments to the decided ones.

    ``segments`` are all those of the page in its order; ``notes`` those that were taken from their places beforehand; ``whole``
    the span of the article's body among the segments, ``span`` the same within what the site's rules allow; ``spared`` cuts
    an element that was boilerplate into segments, to be kept.
    """

    declared: Declared
    images: ImageLoader
    site: Site
    segments: list[Segment] = field(default_factory=list)
    notes: list[Segment] = field(default_factory=list)
    whole: range = range(0)
    span: range = range(0)
    opening: Opening = field(default_factory=Opening)
    chosen: list[Segment] = field(default_factory=list)
    decided: list[Segment] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    kind: Kind = ""
    corrections: Corrections = Corrections()
    spared: Callable[[Tag], list[Segment]] = lambda _: []


Step = Callable[[Page], None]
"""Finds one thing on the page and leaves it there."""
