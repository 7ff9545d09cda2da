"""A book of many articles in print: each is set and proof-read by itself, then all pages become one file.

So a book of fifty articles costs fifty articles. Where each begins is known once those before it are set; the matter in
front, whose length does not depend on the numbers in it, is set once to be counted and once to be printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from exporter import themes
from exporter.covers import compose
from exporter.covers.design import design_of, shaped
from exporter.images import by_key, rendition
from exporter.language import direction_of, locale_of
from exporter.model import Article, Asset, Document
from exporter.model.book import Book, Part
from exporter.model.walk import plain
from exporter.notices import Notice
from exporter.themes import Paper, Theme
from exporter.writers.options import NO_COVER, Options
from exporter.writers.pdf import Placement, Typeset, stored, typeset
from exporter.writers.pdf.counters import counter_style
from exporter.writers.pdf.matter import Matter, Section, set_matter
from exporter.writers.pdf.number import department, picture_of, pictures_of_contents, teaser
from exporter.writers.pdf.page_lines import Lines, lines_of
from exporter.writers.pdf.pictures import ROOT
from exporter.writers.xhtml import blocks as xhtml
from exporter.writers.xhtml.markup import element
from exporter.writers.xhtml.matter import (
    Place,
    contents,
    cover_texts,
    foreword_of,
    front_of,
    headline_of,
    imprint,
    people,
    sources,
)

COVER = f"{ROOT}cover"
FOREWORD = "foreword"
UNKNOWN = Place("", 0)


def render_book(book: Book, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The book as PDF, with what is to be said about it. Raises as :func:`exporter.writers.pdf.render`."""
    volume = _Volume(book, options)
    volume.set_all()
    document = volume.joined()
    content, said = stored(document, volume.runs[0].finish)
    told = (each for run in volume.runs for each in run.notices)
    found = (each for first, run in volume.articles for each in _found_from(run, first))
    return content, tuple(dict.fromkeys((*told, *said, *found)))


def page_lines(book: Book, options: Options) -> tuple[Lines, ...]:
    """The lines of the articles on each page that :func:`render_book` would print; none of pages that belong to no article."""
    volume = _Volume(book, options)
    volume.set_all()
    articles = {id(run) for _, run in volume.articles}
    return tuple(lines if id(run) in articles else () for run in volume.runs for lines in lines_of(run.document))


class _Volume:
    """The runs of pages of a book, as they are set one after the other."""

    def __init__(self, book: Book, options: Options) -> None:
        self.book, self.options = book, options
        self.theme = themes.styled(options.theme, options.style)
        paper = themes.paper_named(options.paper or self.theme.manifest.paper)
        self.front = front_of(book)
        context = xhtml.context_of(self.front, lambda _: None, notes="inline")
        self.number = self.theme.manifest.number
        cover = _cover(book, self.front, self.theme, paper, options)
        self.shown = pictures_of_contents(book) if self.number else {}
        photos = {COVER: cover} if cover else {}
        photos |= dict(self.shown.values())
        self.matter = Matter(self.front, context, options, self.theme, paper, photos)
        self.figures = counter_style(self.front.metadata.language)
        self.runs: list[Typeset] = []
        self.articles: list[tuple[int, Typeset]] = []
        self.parts: list[Place | None] = []
        self.places: list[Place] = []
        self.foreword = 0

    def set_all(self) -> None:
        """Sets the matter in front, the articles, the matter behind, and the matter in front again with its numbers."""
        opening = Placement("", 1, "right", self.figures)
        counted = set_matter(self.matter, tuple(self._before([UNKNOWN] * len(self.book.articles), None)), opening)
        self.runs = [counted]
        self.foreword = next((n for n, page in enumerate(counted.document.pages, 1) if FOREWORD in page.anchors), 0)
        for number, part in enumerate(self.book.parts, 1):
            self._set_part(number, part)
        self.runs.append(self._set_after())
        self.runs[0] = set_matter(self.matter, tuple(self._before(self.places, self.parts)), opening)

    @property
    def _next(self) -> int:
        """The number of the next page, from 1."""
        return sum(len(run.document.pages) for run in self.runs) + 1

    def _set_part(self, number: int, part: Part) -> None:
        if self.number and part.heading and not part.introduction:
            self.parts.append(None)
        elif part.heading:
            place = self._placed(f"part-{number}", recto=True)
            content = xhtml.blocks(part.introduction, self.matter.context)
            title = " ".join(plain(part.heading).split())
            self.runs.append(set_matter(self.matter, (Section("part", title, content, anchor=place.anchor),), place))
            self.parts.append(Place(f"#{place.anchor}", place.first))
        else:
            self.parts.append(None)
        for article in part.articles:
            shown = department(article, part.heading, self.book.metadata.title) if self.number else article
            place = self._announced(shown) if self.number else self._placed(self._anchor, self.theme.manifest.recto)
            self.places.append(Place(f"#{place.anchor}", place.first))
            self.runs.append(typeset(Document(shown, self.book.assets), self.options, place))
            self.articles.append((place.first, self.runs[-1]))

    @property
    def _anchor(self) -> str:
        """That of the next article."""
        return f"a{len(self.places) + 1}"

    def _announced(self, article: Article) -> Placement:
        """The next page that another faces; where that is not the very next, one between them says what comes.

        An article of which nothing can be said beforehand, or more than a page, begins on the very next: no page is left empty.
        """
        numeral = locale_of(self.matter.context.language).numeral(self._next + 1)
        said = teaser(article, numeral) if self._next % 2 else Markup("")
        if said:
            section = Section("teaser", headline_of(article), said, heading=False)
            announced = set_matter(self.matter, (section,), self._here(""))
            self.runs += [announced] if len(announced.document.pages) == 1 else []
        return self._here(self._anchor)

    def _placed(self, anchor: str, recto: bool) -> Placement:
        """The next page, or the right-hand one behind an empty page, where a beginning wants one."""
        if recto and self._next % 2 == 0:
            self.runs.append(
                set_matter(self.matter, (Section("blank", "", Markup(""), heading=False),), self._here(""))
            )
        return self._here(anchor)

    def _here(self, anchor: str) -> Placement:
        # Books that run from the right open on the left-hand side.
        odd, even = ("right", "left") if direction_of(self.matter.context.language) == "ltr" else ("left", "right")
        side = odd if self._next % 2 else even
        return Placement(anchor, self._next, "right" if side == "right" else "left", self.figures)

    def _before(self, articles: list[Place], parts: list[Place | None] | None) -> Iterator[Section]:
        labels, title = self.matter.context.labels, headline_of(self.front)
        if COVER in self.matter.photos:
            picture = element("img", src=COVER, alt=f"{labels.cover}{labels.colon} {title}")
            yield Section("cover", title, picture, heading=False)
        if not self.number:
            if COVER in self.matter.photos:
                yield Section("blank", "", Markup(""), heading=False)  # the half title stands on a right-hand page
            yield Section("half-title", title, Markup(""))
        yield Section("imprint", labels.imprint, imprint(self.book, self.matter.context), heading=False)
        headed = tuple(self._departments(articles) if self.number else parts or self._headed())
        pictured = partial(picture_of, found=self.shown) if self.number else None
        foreword = Place(f"#{FOREWORD}", self.foreword) if self.book.foreword else None
        listed = contents(self.book, headed, tuple(articles), self.matter.context, pictured, foreword)
        yield Section("contents pictured" if pictured else "contents", labels.contents, listed, anchor="contents")
        if self.book.foreword:
            title, said = foreword_of(self.book, self.matter.context)
            kind = "foreword recto" if self.theme.manifest.recto else "foreword"
            yield Section(kind, title, xhtml.blocks(said, self.matter.context), anchor=FOREWORD)

    def _headed(self) -> Iterator[Place | None]:
        return (UNKNOWN if part.heading else None for part in self.book.parts)

    def _departments(self, articles: list[Place]) -> Iterator[Place | None]:
        """The place of each part with a heading: that of its first article."""
        first = 0
        for part in self.book.parts:
            yield articles[first] if part.heading and part.articles else None
            first += len(part.articles)

    def _set_after(self) -> Typeset:
        labels = self.matter.context.labels
        numeral = locale_of(self.matter.context.language).numeral
        pages = {id(article): place for article, place in zip(self.book.articles, self.places, strict=True)}

        def place_of(article: Article) -> tuple[str, str]:
            place = pages[id(article)]
            return place.href, numeral(place.page)

        index = people(self.book, place_of)
        listed = sources((each, xhtml.context_of(each, lambda _: None)) for each in self.book.articles)
        named = [Section("people", labels.people, index, anchor="people")] if index else []
        return set_matter(
            self.matter, (*named, Section("sources", labels.sources, listed, anchor="sources")), self._here("")
        )

    def joined(self) -> Any:
        """All pages as one document of the renderer's, with the book's own title and dates."""
        first = self.runs[0].document
        return first.copy([page for run in self.runs for page in run.document.pages])


def _found_from(run: Typeset, first: int) -> Iterator[Notice]:
    """What the proof-reader could not fix in an article, on the book's own pages.

    Of matter nothing is told: its pages are empty where they are to be.
    """
    for each in run.outcome.best.findings:
        yield replace(each, page=each.page + first - 1).notice


def _cover(book: Book, front: Article, theme: Theme, paper: Paper, options: Options) -> Asset | None:
    """The cover as the theme composes it for this paper; None where it is not wanted, or nothing can be set on it."""
    if options.cover == NO_COVER:
        return None
    lead = front.lead.images[0].asset if front.lead else None
    photo = by_key(Document(front, book.assets)).get(lead) if lead else None
    texts = cover_texts(book, front, theme.manifest.number)
    design = shaped(design_of(theme), paper.width / paper.height)
    language = front.metadata.language
    shown = rendition(photo, longest=2560).content if photo and photo.content else None
    made = compose(design, theme.font, texts, shown, direction_of(language), language)
    return Asset("cover", "image/jpeg", made.content, width=made.width, height=made.height) if made else None
