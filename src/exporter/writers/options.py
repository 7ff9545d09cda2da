"""How a result is wanted: one frozen value for every writer, each of which looks at what concerns it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

LINKS = ("footnotes", "endnotes", "none")
"""What can be asked of links on paper."""

NO_COVER = "none"
"""The cover that is none."""


class Options(Struct, frozen=True, kw_only=True):
    """Theme, paper, moment of making; cover, device and size of an e-book.

    ``theme`` is a theme's name or folder (:func:`exporter.themes.load`), ``style`` a CSS file whose rules follow the theme's,
    ``paper`` a paper's name or size (:func:`exporter.themes.paper_named`), ``""`` for the theme's own. ``made`` is the moment
    that results carry as the one of their making; None, the default, lets them carry the article's own date, or none, so that
    the same input gives the same bytes on every day.

    ``cover`` is a picture file, ``"none"``, or ``""`` for one composed by the theme; ``device`` a name of
    :func:`exporter.devices.devices`, whose screen the pictures are made for; ``max_size`` the most that the whole book may
    take, such as ``"50MB"``, ``""`` for what the device allows; ``page_list`` marks in the e-book where the pages of the PDF
    on ``paper`` begin; ``kepub`` wraps its text as Kobo's own reader wants it.

    ``links`` is how paper gives the addresses of links: in ``"footnotes"``, in ``"endnotes"``, or ``"none"``; ``qr`` adds codes
    for cameras to read-mores, to what only a screen can show, and to the colophon.

    ``standard`` is a name of :data:`exporter.writers.pdf.standards.STANDARDS` that the PDF keeps: ``"ua"`` for screens,
    ``"a"`` for archives, ``"x"`` for a printing house, for whose press ``icc`` names the colour profile's file, ``""`` for
    the one that comes with the program.

    ``verbatim`` keeps quotation marks, dashes and spaces as the page has them.

    ``draft`` prints the pages as they fall: what the proof-reader finds is named and not mended, which is faster.
    """

    theme: str = "magazine"
    style: str = ""
    paper: str = ""
    made: datetime | None = None
    cover: str = ""
    device: str = "generic"
    max_size: str = ""
    page_list: bool = False
    kepub: bool = False
    verbatim: bool = False
    draft: bool = False
    standard: str = "ua"
    icc: str = ""
    links: str = "footnotes"
    qr: bool = False
