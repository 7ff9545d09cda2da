"""Openings: which one an article has, by its lead photo and its headline, and which it has where that one does not fit.

Names of openings are classes of the page's root, and what each looks like stands in the theme's sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from exporter.model import Article, Figure, Image
from exporter.model.walk import plain, walk
from exporter.themes import OpeningDesign, Paper, Theme
from exporter.writers.pdf.display.headline import poster_of
from exporter.writers.pdf.pictures import BLEED, NARROW, PILLAR
from exporter.writers.xhtml.context import RenderContext
from exporter.writers.xhtml.numbering import numbering_of

BLEEDING, PILLARED, POSTER, LOW, CLOSE = "bleed-lead", "pillar-lead", "poster", "low-lead", "close-opening"

NAMES_ASIDE = "names-aside"
"""Class of a page whose speakers are named in the margin."""

LEAST_NAMED = 6
"""Questions and answers that begin with a name, from which on the names make a column of their own."""


def classes_of(article: Article, context: RenderContext, paper: Paper, theme: Theme, named: bool) -> tuple[str, ...]:
    """Classes for what a style sheet cannot find out: the opening, a paper without a margin, where names stand."""
    lead = article.lead
    shown = lead if lead and context.image_source(lead.images[0]) else None
    poster = lead is None and poster_of(plain(article.headline), theme)
    known = ((NAMES_ASIDE, named), ("narrow", paper.width < NARROW), (POSTER, poster))
    return (*(name for name, holds in known if holds), *_led(shown, context, theme.manifest.opening))


def _led(lead: Figure | None, context: RenderContext, design: OpeningDesign) -> tuple[str, ...]:
    """The classes of a page that a photo opens."""
    classes = context.figure_class(lead).split() if lead else []
    if PILLAR in classes:
        return (PILLARED,)
    return (BLEEDING, *_stance(lead.images[0], design)) if lead and BLEED in classes else ()


def _stance(photo: Image, design: OpeningDesign) -> tuple[str, ...]:
    """The classes of a page whose lead photo is no wider than high, or hardly; with more than that where it is a tall one."""
    aspect = photo.width / photo.height if photo.width and photo.height else math.inf
    return tuple(
        name for name, most in (("upright-lead", design.upright), ("tall-lead", design.tall)) if aspect <= most
    )


def tried(classes: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The classes of the page to try in turn: as designed, with a lower photo, with the photo in its place in the text.

    A photo off the edges of a page is not part of the flow: the words under it must fit, or it would follow them. Where even
    then the opening runs over its page, it stands close to the page's head.
    """
    yield classes
    if BLEEDING in classes:
        yield (*classes, LOW)
    grand = {BLEEDING, PILLARED, POSTER}
    if grand & set(classes):
        classes = tuple(each for each in classes if each not in grand)
        yield classes
    yield (*classes, CLOSE)


def names_stand_aside(article: Article, paper: Paper, theme: Theme) -> bool:
    """Whether the margin is free for names from head to foot, and so many are printed that they make a column of their own."""
    if not theme.manifest.wide or paper.width < NARROW:
        return False
    naming = numbering_of(article).naming
    named = sum(map(bool, naming.names.values())) if naming else 0
    shown = (each for block in (*article.introduction, *article.body) for each in walk(block))
    return named >= LEAST_NAMED and not any(isinstance(each, Figure) for each in shown)
