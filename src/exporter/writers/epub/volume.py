"""A book of many articles: each with an opening and documents of its own, between matter that belongs to them all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count, islice

from msgspec import Struct
from msgspec.structs import replace

from exporter import themes
from exporter.devices import device_named
from exporter.language import direction_of
from exporter.model import Article, Block, Document
from exporter.model.book import Book
from exporter.model.walk import plain
from exporter.notices import Notice
from exporter.themes import Theme
from exporter.writers.epub import cover as covers
from exporter.writers.epub import (
    documents,
    fitted,
    guide,
    kepub,
    key_of,
    metadata,
    navigation,
    paper_of,
    picture_parts,
)
from exporter.writers.epub.cover import BookCover
from exporter.writers.epub.documents import Page, Sheet
from exporter.writers.epub.navigation import Entry, Spot
from exporter.writers.epub.package import CSS, NCX, XHTML, Package, Part, bind
from exporter.writers.epub.page_list import with_breaks
from exporter.writers.epub.pictures import Form, Pictures
from exporter.writers.epub.verify import check
from exporter.writers.options import Options
from exporter.writers.xhtml import blocks as xhtml
from exporter.writers.xhtml.matter import cover_texts, foreword_of, front_of, headline_of, imprint, people, sources
from exporter.writers.xhtml.numbering import outline
from exporter.writers.xhtml.templates import fill


def render_book(book: Book, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The EPUB file of a book, and what is to be said about it. Raises as :func:`exporter.writers.epub.render`."""
    printed: tuple[tuple[str, ...], ...] = ()
    if options.page_list:
        from exporter.writers.pdf.volume import page_lines

        printed = page_lines(book, options)
    return fitted(lambda form: _bound(book, options, form, printed), options)


class _Volume(Struct, frozen=True):
    """The book's sheets and its documents in reading order; ``openings`` are the documents that begin parts and articles."""

    book: Book
    front: Sheet
    sheets: tuple[Sheet, ...]
    face: BookCover | None
    before: tuple[Page, ...]
    chapters: tuple[tuple[Page, ...], ...]
    headings: tuple[Page | None, ...]
    after: tuple[Page, ...]
    breaks: tuple[Spot, ...] = ()

    @property
    def documents(self) -> tuple[Page, ...]:
        """All in reading order."""
        return (*self.before, *(page for part in self.parts() for page in part), *self.after)

    def parts(self) -> Iterator[tuple[Page, ...]]:
        """Each part: its heading if it has one, and the documents of its articles."""
        chapters = iter(self.chapters)
        for part, heading in zip(self.book.parts, self.headings, strict=True):
            inside = [page for _ in part.articles for page in next(chapters)]
            yield (*([heading] if heading else []), *inside)


def _bound(
    book: Book, options: Options, form: Form, printed: tuple[tuple[str, ...], ...]
) -> tuple[bytes, tuple[Notice, ...]]:
    theme = themes.styled(options.theme, options.style)
    front = front_of(book)
    whole = Document(replace(front, body=tuple(_all_blocks(book))), book.assets)
    pictures = Pictures(whole, form)
    volume = _with_breaks(_volume(book, front, theme, pictures, options, form), printed)
    package = _package(volume, whole, options, pictures, theme)
    check(package, [(sheet.article, sheet.context) for sheet in (volume.front, *volume.sheets)])
    return bind(package), (*pictures.notices, *covers.missing(volume.face, volume.front, options.cover))


def _all_blocks(book: Book) -> Iterator[Block]:
    """The pictures and words of all articles, for the metadata of the whole."""
    for article in book.articles:
        yield from (*([article.lead] if article.lead else []), *article.introduction, *article.body)


def _volume(book: Book, front: Article, theme: Theme, pictures: Pictures, options: Options, form: Form) -> _Volume:
    def sheet_of(article: Article, prefix: str = "") -> Sheet:
        context = xhtml.context_of(
            article,
            pictures.source,
            figure_class=pictures.shape_of,
            semantics=True,
            reflowable=True,
            words=partial(documents.words, language=article.metadata.language),
            registers=theme.manifest.registers,
        )
        return Sheet(article, context, prefix)

    first = sheet_of(front)
    sheets = tuple(sheet_of(article, f"a{number}-") for number, article in enumerate(book.articles, 1))
    texts = cover_texts(book, front, theme.manifest.number)
    face = covers.face_of(first, theme, options.cover, pictures.of(front.lead), form, texts)
    longest = documents.LONGEST_SPANNED if options.kepub else documents.LONGEST
    return _Volume(
        book,
        first,
        sheets,
        face,
        tuple(_before(book, first, face if device_named(options.device).cover_page else None)),
        tuple((documents.title_page(each, "article.xhtml.j2"), *documents.chapters(each, longest)) for each in sheets),
        tuple(_part_heading(book, number, first) for number in range(len(book.parts))),
        tuple(_after(book, first, sheets)),
    )


def _with_breaks(volume: _Volume, printed: tuple[tuple[str, ...], ...]) -> _Volume:
    """The volume with marks in its articles where printed pages begin."""
    marked, found = with_breaks(tuple(page for chapter in volume.chapters for page in chapter), printed)
    rest = iter(marked)
    chapters = tuple(tuple(islice(rest, len(chapter))) for chapter in volume.chapters)
    return replace(volume, chapters=chapters, breaks=found)


def _before(book: Book, front: Sheet, face: BookCover | None) -> Iterator[Page]:
    labels = front.context.labels
    if face:
        yield documents.cover(front, face.name, face.alt)
    yield documents.title_page(front)
    yield documents.matter(front, "imprint", labels.imprint, "imprint", "", imprint(book, front.context))
    if book.foreword:
        title, said = foreword_of(book, front.context)
        content = xhtml.blocks(said, front.context)
        notes = xhtml.endnotes(said, front.context)
        yield documents.matter(front, "foreword", title, "foreword", "doc-foreword", content, notes)


def _part_heading(book: Book, number: int, front: Sheet) -> Page | None:
    part = book.parts[number]
    if not part.heading:
        return None
    content = xhtml.blocks(part.introduction, front.context)
    title = " ".join(plain(part.heading).split())
    return documents.matter(front, f"part-{number + 1}", title, "part", "doc-part", content)


def _after(book: Book, front: Sheet, sheets: tuple[Sheet, ...]) -> Iterator[Page]:
    labels = front.context.labels
    openings = {id(sheet.article): f"{sheet.prefix}titlepage.xhtml" for sheet in sheets}
    index = people(book, lambda article: (openings[id(article)], headline_of(article)))
    if index:
        yield documents.matter(front, "people", labels.people, "index", "doc-index", index)
    content = sources((sheet.article, sheet.context) for sheet in sheets)
    yield documents.matter(front, "sources", labels.sources, "colophon", "doc-colophon", content)


# --------------------------------------------------------------------------------------------------------------- packing


def _package(volume: _Volume, whole: Document, options: Options, pictures: Pictures, theme: Theme) -> Package:
    front = volume.front
    identifier = metadata.identifier_of(whole)
    entries, spots = _entries(volume), _spots(volume)
    summary = metadata.summary_of(whole.article, front.context.labels)
    style = theme.sheet("ebook") + theme.style.with_contents()
    nav = front.page(
        "nav.xhtml",
        "nav.xhtml.j2",
        front.context.labels.contents,
        entries=entries,
        landmarks=spots,
        breaks=volume.breaks,
    )
    return Package(
        identifier=identifier,
        title=metadata.legal(front.headline),
        language=front.context.language,
        direction=direction_of(front.context.language),
        moment=options.made or metadata.moment_of(whole.article.metadata),
        statements=(
            *metadata.statements(whole.article, COVER if volume.face else "", summary),
            *(metadata.page_statements(paper_of(options)) if volume.breaks else ()),
        ),
        parts=(
            Part("nav", nav.name, XHTML, nav.content, properties=("nav",), beside=True),
            _ncx(volume, entries, identifier),
            Part("style", "style.css", CSS, style.encode("utf-8")),
            *(
                Part(key_of(page.name), page.name, XHTML, page.content, in_spine=True)
                for page in _bodies(volume, options)
            ),
            *picture_parts(pictures.files(), volume.face),
        ),
        guide=guide(spots),
    )


COVER = "cover-image"


def _bodies(volume: _Volume, options: Options) -> Iterator[Page]:
    for page in volume.documents:
        yield kepub.spanned(page) if options.kepub and page.name != "cover.xhtml" else page


def _ncx(volume: _Volume, entries: tuple[Entry, ...], identifier: str) -> Part:
    front = volume.front
    content = fill(
        "toc.ncx.j2",
        language=front.context.language,
        labels=front.context.labels,
        identifier=identifier,
        title=front.headline,
        entries=entries,
        depth=navigation.depth_of(entries),
        breaks=volume.breaks,
    )
    return Part("ncx", "toc.ncx", NCX, content.encode("utf-8"))


def _spots(volume: _Volume) -> tuple[Spot, ...]:
    labels = volume.front.context.labels
    cover = (Spot(labels.cover, "cover.xhtml", "cover"),) if volume.before[0].name == "cover.xhtml" else ()
    first = volume.sheets[0]
    return (
        *cover,
        Spot(labels.title_page, "titlepage.xhtml", "titlepage"),
        Spot(labels.contents, "nav.xhtml", "toc"),
        Spot(first.headline, f"{first.prefix}titlepage.xhtml", "bodymatter"),
        Spot(labels.sources, "sources.xhtml", "colophon"),
    )


def _entries(volume: _Volume) -> tuple[Entry, ...]:
    """The contents: matter, then each article with its headings below it, inside its part where that has a heading."""
    places = count(1)
    named = [(page.name, _title(volume, page.name)) for page in volume.before if page.name != "cover.xhtml"]
    found = [Entry(title, name, next(places)) for name, title in named]
    pairs = iter(zip(volume.sheets, volume.chapters, strict=True))
    for part, heading in zip(volume.book.parts, volume.headings, strict=True):
        place = next(places) if heading else 0
        inside = tuple(_article_entry(*next(pairs), places) for _ in part.articles)
        title = " ".join(plain(part.heading).split())
        found += [Entry(title, heading.name, place, inside)] if heading else list(inside)
    found += [Entry(_title(volume, page.name), page.name, next(places)) for page in volume.after]
    return tuple(found)


def _article_entry(sheet: Sheet, pages: tuple[Page, ...], places: Iterator[int]) -> Entry:
    homes = {anchor: page.name for page in pages for anchor in page.anchors}
    place = next(places)
    headings = outline(sheet.article, sheet.context.numbering)
    inside = navigation.below(headings, lambda anchor: f"{homes[anchor]}#{anchor}", places)
    return Entry(sheet.headline, pages[0].name, place, inside)


def _title(volume: _Volume, name: str) -> str:
    labels, book = volume.front.context.labels, volume.book
    titles = {
        "titlepage.xhtml": labels.title_page,
        "imprint.xhtml": labels.imprint,
        "foreword.xhtml": foreword_of(book, volume.front.context)[0] if book.foreword else "",
        "people.xhtml": labels.people,
        "sources.xhtml": labels.sources,
    }
    return titles[name]
