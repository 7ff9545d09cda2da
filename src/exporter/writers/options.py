"""How a result is wanted: one frozen value for every writer, each of which looks at what concerns it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Options(Struct, frozen=True, kw_only=True):
    """Theme, paper and moment of making.

    ``theme`` is a theme's name or folder (:func:`exporter.themes.load`), ``paper`` a paper's name or size
    (:func:`exporter.themes.paper_named`), ``""`` for the theme's own. ``made`` is the moment that results carry as the one
    of their making; None, the default, lets them carry the article's own date, or none, so that the same input gives the
    same bytes on every day.
    """

    theme: str = "magazine"
    paper: str = ""
    made: datetime | None = None
