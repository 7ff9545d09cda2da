"""Openings: which one an article has, by its lead photo and its headline, and which it has where that one does not fit.

Names of openings are classes of the page's root, and what each looks like stands in the theme's sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from exporter.model import Article, Embed, Figure, Image, Link, Note
from exporter.model.walk import plain, walk, words_of
from exporter.themes import OpeningDesign, Paper, Theme
from exporter.writers.pdf.display.headline import poster_of
from exporter.writers.pdf.pictures import BLEED, NARROW, PILLAR
from exporter.writers.xhtml.context import RenderContext
from exporter.writers.xhtml.numbering import numbering_of

BLEEDING, PILLARED, POSTER, LOW, CLOSE = "bleed-lead", "pillar-lead", "poster", "low-lead", "close-opening"

NAMES_ASIDE = "names-aside"
"""Class of a page whose speakers are named in the margin."""

NOTES_ASIDE = "notes-aside"
"""Class of a page whose notes stand in the margin, beside their marks."""

LONGEST_ASIDE, MOST_ASIDE = 260, 0.2
"""Letters of a note in the margin at most, and of all notes in parts of the article: the margin is narrow."""

LEAST_NAMED = 6
"""Questions and answers that begin with a name, from which on the names make a column of their own."""


def classes_of(article: Article, context: RenderContext, paper: Paper, theme: Theme, aside: str) -> tuple[str, ...]:
    """Classes for what a style sheet cannot find out: the opening, a paper without a margin, what stands in a free one."""
    lead = article.lead
    shown = lead if lead and context.image_source(lead.images[0]) else None
    poster = lead is None and poster_of(plain(article.headline), theme)
    known = ((aside, aside), ("narrow", paper.width < NARROW), (POSTER, poster))
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


def stands_aside(article: Article, paper: Paper, theme: Theme, notes: bool, addresses: bool) -> str:
    """What stands in a margin that is free from head to foot: the speakers' names, else the notes; empty where nothing does.

    Names do where so many are printed that they make a column of their own; ``notes``, of links too if ``addresses``, where
    the theme wants it and they are few and short.
    """
    shown = (each for block in (*article.introduction, *article.body) for each in walk(block))
    if not theme.manifest.wide or paper.width < NARROW or any(isinstance(each, Figure) for each in shown):
        return ""
    naming = numbering_of(article).naming
    if naming and sum(map(bool, naming.names.values())) >= LEAST_NAMED:
        return NAMES_ASIDE
    photo = article.lead.images[0] if article.lead else None
    free = photo is None or photo.width > photo.height * theme.manifest.opening.pillar
    return NOTES_ASIDE if notes and free and theme.manifest.side_notes and _notes_fit(article, addresses) else ""


def _notes_fit(article: Article, addresses: bool) -> bool:
    numbering = numbering_of(article, addresses=addresses)
    nodes = [each for each in walk(article) if isinstance(each, Note | Link | Embed) and numbering.note(each)]
    lengths = [len("".join(words_of(each))) if isinstance(each, Note) else len(each.href) for each in nodes]
    return (
        bool(lengths) and max(lengths) <= LONGEST_ASIDE and sum(lengths) <= MOST_ASIDE * len("".join(words_of(article)))
    )
