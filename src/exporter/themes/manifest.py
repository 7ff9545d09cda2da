"""What ``theme.toml`` says: the few things of a look that no style sheet can find out for itself."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class HeadlineDesign(Struct, frozen=True, forbid_unknown_fields=True):
    """How the headline is fitted: its sizes, and how many lines it may take.

    ``faces`` are tried in turn: the first that has all its letters measures it. ``measures`` are the sizes, from the
    largest on, each as the number of ems that fill the column; ``tracking`` is the space added to each letter, in ems.
    """

    faces: tuple[str, ...]
    measures: tuple[float, ...]
    lines: int = 3
    tracking: float = 0.0


class InitialDesign(Struct, frozen=True, forbid_unknown_fields=True):
    """The large first letter: its font, the font of the text it belongs to, its colour (CSS), the accent if none."""

    face: str
    text: str
    ink: str = ""


class OpeningDesign(Struct, frozen=True, forbid_unknown_fields=True):
    """Which opening an article has, by its lead photo and its headline.

    A photo is upright, tall or a pillar up to these widths by heights; a pillar stands in the margin, ``pillar_width`` of
    the paper's width wide. An article without a photo opens with its headline as a ``poster`` where that fits into two lines
    in one of these sizes, which are ems that fill the column and the margin, the largest first.
    """

    upright: float = 1.15
    tall: float = 0.72
    pillar: float = 0.0
    pillar_width: float = 0.25
    poster: tuple[float, ...] = ()


class NumberDesign(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a book of many a magazine's number.

    Its articles open on pages that face others, parts are departments and have no page of their own, contents show the lead
    photos, and the cover calls out ``cover_lines`` articles (the fields ``line-1`` and so on of ``cover.toml``).
    """

    cover_lines: int = 3


class RegisterDesign(Struct, frozen=True, forbid_unknown_fields=True):
    """When an exchange is quick-fire, when a question is an essay: lengths in letters, East Asian ones counted twice.

    ``quick_run`` exchanges in a row, with questions and answers no longer than ``quick_question`` and ``quick_answer``, are
    run in; of a question longer than ``essay`` only the last sentence is set as a question.
    """

    quick_question: int = 64
    quick_answer: int = 72
    quick_run: int = 4
    essay: int = 260


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """A theme in words, and its designs. What a theme leaves out is its ``parent``'s (a name, or a folder beside its own).

    ``bleed``: a lead photo with dots enough stands off the edges of the page; ``wide``: figures may take the margin too;
    ``side_notes``: notes may, where it is free; ``recto``: articles of a book of many begin on right-hand pages.
    ``column`` is the part of the paper's width that the column takes, for choosing how pictures stand, and ``tallest`` the part
    of its height that pictures in rows take at most.
    ``accent``: ``lead`` takes it from the lead photo, where that has a colour, unless the user's sheet names one.
    Without a ``headline`` the headline has one size; without an ``initial`` the introduction begins as any paragraph; without
    ``registers`` all exchanges are set alike; without ``number`` a book of many is a book.
    """

    title: str
    summary: str
    paper: str = "a4"
    parent: str = ""
    bleed: bool = False
    wide: bool = False
    side_notes: bool = False
    recto: bool = False
    column: float = 0.6
    tallest: float = 0.6
    accent: Literal["theme", "lead"] = "theme"
    headline: HeadlineDesign | None = None
    opening: OpeningDesign = OpeningDesign()
    number: NumberDesign | None = None
    initial: InitialDesign | None = None
    registers: RegisterDesign | None = None
