"""A reflowable EPUB 3.3: the same semantic markup as the other writers, in a package that every reading system opens.

Nothing here states looks (``styles/*/ebook.css`` does) or prints words of its own (``locales`` does). The same document gives
the same bytes on every day and in every place: dates come from the document or the options, never from the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from msgspec import Struct

from exporter import themes
from exporter.covers.accent import accented
from exporter.devices import Device, device_named, size_of
from exporter.errors import WriteError
from exporter.images.cache import Rendition
from exporter.language import direction_of
from exporter.model import Document
from exporter.notices import Notice, notice
from exporter.writers.epub import cover as faces
from exporter.writers.epub import documents as pages
from exporter.writers.epub import kepub, metadata, navigation
from exporter.writers.epub import page_list as breaks
from exporter.writers.epub.cover import BookCover
from exporter.writers.epub.documents import Page, Sheet
from exporter.writers.epub.navigation import Entry, Spot
from exporter.writers.epub.package import CSS, NCX, XHTML, Landmark, Package, Part, bind
from exporter.writers.epub.pictures import Form, Pictures, forms
from exporter.writers.epub.verify import check
from exporter.writers.options import Options
from exporter.writers.xhtml import blocks
from exporter.writers.xhtml.templates import fill

COVER_KEY = "cover-image"
BEGINNING = "text-1.xhtml#start"
"""Where the article begins."""

COVER_PAGE, TITLE_PAGE = "cover.xhtml", "titlepage.xhtml"


def render(document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The EPUB file, and what is to be said about it.

    Raises :class:`WriteError` when a picture cannot be used, the book is not whole or takes more than is allowed,
    :class:`ThemeError` and :class:`UsageError` as :func:`exporter.themes.load` does.
    """
    printed = _printed(document, options)
    return fitted(lambda form: _bound(document, options, form, printed), options)


def fitted(
    bound: Callable[[Form], tuple[bytes, tuple[Notice, ...]]], options: Options
) -> tuple[bytes, tuple[Notice, ...]]:
    """The book with its pictures in the largest form in which it keeps within what the device takes."""
    device = device_named(options.device)
    stated = options.max_size or device.budget
    limit = size_of(stated)
    for reduced, form in enumerate(forms(device)):
        content, notices = bound(form)
        if not limit or len(content) <= limit:
            told = notice("pictures-reduced", longest=form.longest, limit=stated)
            return content, (*notices, *((told,) if reduced else ()))
    problem = f"The book takes {len(content) / 1e6:.1f} MB even with the smallest pictures, and may take {stated}."
    raise WriteError(problem, "Allow more with --max-size, or take pictures out of the document.")


def _printed(document: Document, options: Options) -> tuple[tuple[str, ...], ...]:
    """The lines of each page of our own PDF of the document, where its page list is wanted."""
    if not options.page_list:
        return ()
    from exporter.writers import pdf

    return pdf.page_lines(document, options)


def _bound(
    document: Document, options: Options, form: Form, printed: tuple[tuple[str, ...], ...]
) -> tuple[bytes, tuple[Notice, ...]]:
    theme = accented(themes.styled(options.theme, options.style), document)
    pictures = Pictures(document, form)
    context = blocks.context_of(
        document.article,
        pictures.source,
        figure_class=pictures.shape_of,
        semantics=True,
        reflowable=True,
        words=partial(pages.words, language=document.article.metadata.language),
        registers=theme.manifest.registers,
    )
    sheet = Sheet(document.article, context)
    face = faces.face_of(sheet, theme, options.cover, pictures.of(document.article.lead), form, faces.texts_of(sheet))
    longest = pages.LONGEST_SPANNED if options.kepub else pages.LONGEST
    book = _paged(sheet, face, printed, longest, device_named(options.device))
    package = _package(document, options, book, pictures, theme.sheet("ebook") + theme.style.with_contents())
    check(package, [(document.article, context)])
    return bind(package), (*pictures.notices, *faces.missing(face, sheet, options.cover))


class _Book(Struct, frozen=True):
    """The book's documents in reading order, those of the article among them, its cover, its printed pages, where it opens."""

    sheet: Sheet
    face: BookCover | None
    documents: tuple[Page, ...]
    breaks: tuple[Spot, ...]
    beginning: str


def _paged(
    sheet: Sheet, face: BookCover | None, printed: tuple[tuple[str, ...], ...], longest: int, device: Device
) -> _Book:
    cover = (pages.cover(sheet, face.name, face.alt),) if face and device.cover_page else ()
    inside = (pages.title_page(sheet), *pages.chapters(sheet, longest), pages.colophon(sheet))
    marked, found = breaks.with_breaks(inside, printed)
    return _Book(sheet, face, (*cover, *marked), found, BEGINNING if device.begins == "text" else TITLE_PAGE)


def _package(document: Document, options: Options, book: _Book, pictures: Pictures, style: str) -> Package:
    sheet, face, article = book.sheet, book.face, document.article
    identifier = metadata.identifier_of(document)
    spots, entries = _spots(book), _entries(book)
    return Package(
        identifier=identifier,
        title=metadata.legal(sheet.headline),
        language=sheet.context.language,
        direction=direction_of(sheet.context.language),
        moment=options.made or metadata.moment_of(article.metadata),
        statements=(
            *metadata.statements(
                article, COVER_KEY if face else "", metadata.summary_of(article, sheet.context.labels)
            ),
            *(metadata.page_statements(paper_of(options)) if book.breaks else ()),
        ),
        parts=(
            _nav(book, entries, spots),
            _ncx(book, entries, identifier),
            Part("style", "style.css", CSS, style.encode("utf-8")),
            *(
                Part(key_of(page.name), page.name, XHTML, page.content, in_spine=True)
                for page in _bodies(book, options)
            ),
            *picture_parts(pictures.files(), face),
        ),
        guide=guide(spots),
    )


def _bodies(book: _Book, options: Options) -> tuple[Page, ...]:
    """The documents as they are stored. A cover has no text to count, and a picture in a line needs more than its page."""
    if not options.kepub:
        return book.documents
    return tuple(page if page.name == COVER_PAGE else kepub.spanned(page) for page in book.documents)


def paper_of(options: Options) -> str:
    """The paper of our PDF that a page list goes by."""
    return options.paper or themes.load(options.theme).manifest.paper


def _spots(book: _Book) -> tuple[Spot, ...]:
    sheet, labels = book.sheet, book.sheet.context.labels
    cover = (Spot(labels.cover, COVER_PAGE, "cover"),) if book.documents[0].name == COVER_PAGE else ()
    return (
        *cover,
        Spot(labels.title_page, "titlepage.xhtml", "titlepage"),
        Spot(labels.contents, "nav.xhtml", "toc"),
        Spot(sheet.headline, book.beginning, "bodymatter"),
        Spot(labels.colophon, "colophon.xhtml", "colophon"),
    )


def _entries(book: _Book) -> tuple[Entry, ...]:
    sheet, labels = book.sheet, book.sheet.context.labels
    homes = {anchor: page.name for page in book.documents for anchor in page.anchors}
    headings = blocks.outline(sheet.article, sheet.context.numbering)
    asked = any(heading.kind == "question" for heading in headings)
    return navigation.contents(
        front=[Spot(labels.title_page, "titlepage.xhtml")],
        headings=headings,
        back=[Spot(labels.colophon, "colophon.xhtml")],
        body=Spot(labels.conversation if asked else sheet.headline, BEGINNING),
        introduction=Spot(labels.introduction, BEGINNING) if sheet.article.introduction else None,
        href_of=lambda anchor: f"{homes[anchor]}#{anchor}",
    )


def _nav(book: _Book, entries: tuple[Entry, ...], spots: tuple[Spot, ...]) -> Part:
    title = book.sheet.context.labels.contents
    page = book.sheet.page("nav.xhtml", "nav.xhtml.j2", title, entries=entries, landmarks=spots, breaks=book.breaks)
    return Part("nav", page.name, XHTML, page.content, properties=("nav",), beside=True)


def _ncx(book: _Book, entries: tuple[Entry, ...], identifier: str) -> Part:
    context = book.sheet.context
    content = fill(
        "toc.ncx.j2",
        language=context.language,
        labels=context.labels,
        identifier=identifier,
        title=book.sheet.headline,
        entries=entries,
        depth=navigation.depth_of(entries),
        breaks=book.breaks,
    )
    return Part("ncx", "toc.ncx", NCX, content.encode("utf-8"))


def picture_parts(files: Iterable[Rendition], face: BookCover | None) -> Iterable[Part]:
    """The pictures as files of the book, its cover first."""
    if face:
        yield Part(COVER_KEY, face.name, face.picture.media_type, face.picture.content, properties=("cover-image",))
    for file in files:
        yield Part(f"picture-{file.name.partition('.')[0]}", f"images/{file.name}", file.media_type, file.content)


def guide(spots: tuple[Spot, ...]) -> tuple[Landmark, ...]:
    """The places that old readers look for."""
    kinds = {"cover": "cover", "titlepage": "title-page", "toc": "toc", "bodymatter": "text"}
    return tuple(Landmark(kinds[spot.kind], spot.title, spot.href) for spot in spots if spot.kind in kinds)


def key_of(name: str) -> str:
    """A document's id in the manifest."""
    return name.partition(".")[0]
