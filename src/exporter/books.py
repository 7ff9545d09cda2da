"""Books of many articles: what is to be bound (``book.toml``), and binding it."""

from __future__ import annotations

import os
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from exporter import readers, writers
from exporter.belongings import protect
from exporter.errors import ExporterError, UsageError
from exporter.language import well_formed
from exporter.model import Article, Block, Contributor, Document, Inline, Metadata, Text
from exporter.model.book import BookMetadata
from exporter.model.walk import plain
from exporter.notices import Notice, notice
from exporter.pipeline import AnyTarget, check_options, dated, files_named, read, without_words, writer_for
from exporter.results import Report
from exporter.runtime.files import STANDARD_OUTPUT, check_target, content_of, store
from exporter.sources import openings
from exporter.sources.corrections import NO_CORRECTIONS
from exporter.sources.policy import DEFAULTS as READ_DEFAULTS
from exporter.sources.policy import ReadOptions, is_date
from exporter.sources.source import Source
from exporter.sources.urls import is_address
from exporter.transforms import PRINTED, TRANSFORMS, transformed
from exporter.transforms.binding import Section, bound
from exporter.writers import Writer
from exporter.writers.options import Options
from exporter.writers.xhtml.numbering import distinct

DEFAULTS = Options()

MOST_BYTES = 1_000_000
"""Of a plan, or of a foreword."""


class ArticlePlan(Struct, frozen=True, forbid_unknown_fields=True):
    """One article: its source, and the file of its corrections where that is not the one beside it."""

    source: str
    corrections: str = ""


AnyArticle = str | ArticlePlan


class PartPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """One part of a book: the sources of its articles in order, and its heading, if it has one."""

    articles: tuple[AnyArticle, ...]
    heading: str = ""


class BookPlan(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be bound: the form of ``book.toml``. Paths are relative to the folder of that file.

    An article is its source, or a table with that and ``corrections``. ``articles`` come before the ``part``s, which have
    headings of their own. ``language`` is that of most articles when it is left out; ``foreword`` names a text or Markdown
    file; ``theme``, ``paper`` and ``cover`` are those of the options.
    """

    title: str
    subtitle: str = ""
    editors: tuple[str, ...] = ()
    language: str = ""
    identifier: str = ""
    publication: str = ""
    published: str = ""
    rights: str = ""
    series: str = ""
    position: int = 0
    foreword: str = ""
    cover: str = ""
    theme: str = ""
    paper: str = ""
    articles: tuple[AnyArticle, ...] = ()
    part: tuple[PartPlan, ...] = ()


class _Binding(Struct):
    """What came of the sources so far, and where the book goes."""

    target: AnyTarget
    notices: list[Notice] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def plan_of(path: str | os.PathLike[str]) -> BookPlan:
    """The plan in a ``book.toml``, with the paths that it names made to stand by themselves.

    Raises :class:`UsageError` when it cannot be read or is not of the form.
    """
    place = Path(path)
    try:
        stated = tomllib.loads(content_of(place, MOST_BYTES).decode("utf-8"))
        plan = msgspec.convert({name: _as_text(value) for name, value in stated.items()}, BookPlan)
    except OSError as fault:
        raise UsageError(f"{place} cannot be read: {fault.strerror}.", "Check its name.") from fault
    except (ValueError, msgspec.ValidationError) as fault:
        raise UsageError(f"{place} is no plan of a book: {fault}.", "docs/books.md shows the form.") from fault
    _check(plan, place)
    return _placed(plan, place.parent)


def _as_text(value: object) -> object:
    """The value, a date that stands in a plan without quotation marks as a text like the others."""
    return value.isoformat() if isinstance(value, date) else value


def _check(plan: BookPlan, place: Path) -> None:
    """Raises :class:`UsageError` for what would stand wrong in every part of the book."""
    wrong = {
        "title": "" if plan.title.strip() else "it is empty",
        "language": "" if not plan.language or well_formed(plan.language) else "it is no tag such as en or pt-BR",
        "published": "" if not plan.published or is_date(plan.published) else "it is no date such as 2026-11-29",
        "position": "" if plan.position >= 0 else "it is less than 0",
    }
    for name, fault in wrong.items():
        if fault:
            raise UsageError(
                f"{place} is no plan of a book: {name} is {getattr(plan, name)!r}, {fault}.",
                "docs/books.md shows the form.",
            )
    articles = [_article(each).source for each in chain(plan.articles, *(part.articles for part in plan.part))]
    if not all(each.strip() for each in articles):
        raise UsageError(
            f"{place} is no plan of a book: the source of an article is empty.", "Name a file, or take it out."
        )
    if not articles:
        raise UsageError(f"{place} names no articles.", 'Add a line: articles = ["one.html", "two.html"]')


def _placed(plan: BookPlan, folder: Path) -> BookPlan:
    def at(name: str) -> str:
        return name if not name or "://" in name or name == "-" else os.fspath(folder / name)

    def article_at(article: AnyArticle) -> ArticlePlan:
        named = _article(article)
        corrections = named.corrections if named.corrections == NO_CORRECTIONS else at(named.corrections)
        return ArticlePlan(at(named.source), corrections)

    return replace(
        plan,
        articles=tuple(map(article_at, plan.articles)),
        part=tuple(replace(part, articles=tuple(map(article_at, part.articles))) for part in plan.part),
        foreword=at(plan.foreword),
        cover=plan.cover if plan.cover == "none" else at(plan.cover),
    )


def bind(
    plan: BookPlan,
    target: AnyTarget,
    *,
    format: str | None = None,  # noqa: A002 - the word used everywhere for it
    options: Options = DEFAULTS,
    read_options: ReadOptions = READ_DEFAULTS,
    keep_going: bool = False,
    told: Callable[[str], object] = lambda _: None,
) -> Report:
    """Binds the sources of the plan into one book and stores it at the target, whole or not at all.

    ``told`` is called with each source before it is read. With ``keep_going``, a source that cannot be read is left out: a
    notice and a line of the imprint name it. Raises :class:`UsageError` for the plan and the target, and what reading and
    writing raise.
    """
    begun = time.perf_counter()
    writer = _writer_for(target, format)
    chosen = _options(plan, options)
    check_options(writer, chosen)
    check_target(target)
    protect(target, None, (*_sources(plan), *files_named(chosen)))
    binding = _Binding(target)
    sections = tuple(_sections(plan, read_options, binding if keep_going else None, binding, told))
    documents = [document for section in sections for document in section.documents]
    if not documents:
        raise UsageError("None of the sources could be read; there is nothing to bind.", binding.notices[0].message)
    metadata, foreword = _matter(plan, _metadata(plan, documents), _foreword(plan, binding), chosen)
    printed = tuple(
        replace(
            each,
            documents=tuple(_printed(each.documents, chosen, binding)),
            heading=_prepared(metadata.language, chosen, each.heading).headline,
        )
        for each in sections
    )
    book = bound(metadata, printed, foreword, tuple(binding.missing))
    content, said = writer.render_book(book, dated(chosen))
    store(content, target)
    languages = book.metadata.language, *(article.metadata.language for article in book.articles)
    return Report(
        plan.title, os.fspath(target), (*binding.notices, *said, *without_words(languages)), time.perf_counter() - begun
    )


def _writer_for(target: AnyTarget, format: str | None) -> Writer:  # noqa: A002 - as above
    """The writer of the book. Raises :class:`UsageError` for a format that binds none, and for a name that tells no format."""
    if not format and writers.for_suffix(Path(target).suffix) is None:
        names = " or ".join(f"NAME{each.suffix}" for each in writers.WRITERS if each.book_module)
        what = "Standard output" if target == STANDARD_OUTPUT else os.fspath(target)
        raise UsageError(f"{what} does not tell its format: a book is a PDF or an EPUB.", f"Name the file: {names}.")
    writer = writer_for(target, format)
    writer.check_books()
    return writer


def _options(plan: BookPlan, options: Options) -> Options:
    """The plan's looks where the call says nothing else."""
    named = {name: getattr(plan, name) for name in ("theme", "paper", "cover") if getattr(plan, name)}
    unsaid = {name: value for name, value in named.items() if getattr(options, name) == getattr(DEFAULTS, name)}
    return replace(options, **unsaid)


def _article(stated: AnyArticle) -> ArticlePlan:
    return stated if isinstance(stated, ArticlePlan) else ArticlePlan(stated)


def _sources(plan: BookPlan) -> Iterator[str]:
    for article in map(_article, chain(plan.articles, *(part.articles for part in plan.part))):
        yield from filter(None, (article.source, "" if article.corrections == NO_CORRECTIONS else article.corrections))
    yield from filter(None, (plan.foreword, "" if plan.cover == "none" else plan.cover))


def _sections(
    plan: BookPlan, options: ReadOptions, lenient: _Binding | None, binding: _Binding, told: Callable[[str], object]
) -> Iterator[Section]:
    groups = [PartPlan(plan.articles), *plan.part] if plan.articles else [*plan.part]
    for group in groups:
        articles = map(_article, group.articles)
        found = [each for article in articles for each in _documents(article, options, lenient, binding, told)]
        if found:
            yield Section(tuple(found), (Text(group.heading),) if group.heading else ())


def _documents(
    article: ArticlePlan,
    options: ReadOptions,
    lenient: _Binding | None,
    binding: _Binding,
    told: Callable[[str], object],
) -> Iterator[Document]:
    source, options = article.source, replace(options, corrections=article.corrections or options.corrections)
    told(source)
    pages = openings(source, options)
    while True:
        found = None
        with _left_out(source, lenient):
            found = next(pages, None)
        if found is None:
            return
        name, opened = found
        # Of a feed or an archive one page is left out, and not what stands behind it.
        with _left_out(name if is_address(name) else f"{source} {name}".strip(), lenient):
            yield _document(opened(), options, binding)


def _document(page: Source, options: ReadOptions, binding: _Binding) -> Document:
    protect(binding.target, page)
    reading = read(page, read_options=options)
    binding.notices += (replace(each, where=f"{page.name} {each.where}".strip()) for each in reading.notices)
    return _with_photographers(reading.document)


def _with_photographers(document: Document) -> Document:
    """The document with those among its people whom only the credits of its pictures name: the book's index lists them."""
    metadata = document.article.metadata
    known = {each.name.casefold() for each in metadata.contributors}
    named = [each for each in readers.photographers(document.article) if each.casefold() not in known]
    added = tuple(
        Contributor(f"photographer-{number}", name, ("photographer",)) for number, name in enumerate(named, 1)
    )
    told = replace(metadata, contributors=metadata.contributors + added)
    return replace(document, article=replace(document.article, metadata=told))


@contextmanager
def _left_out(named: str, lenient: _Binding | None) -> Iterator[None]:
    """Leaves out what cannot be read, where that is wanted; else says of what it is said."""
    try:
        yield
    except ExporterError as fault:
        if lenient is None or isinstance(fault, UsageError):
            advice = fault.advice if isinstance(fault, UsageError) else f"{fault.advice} --keep-going leaves it out."
            raise type(fault)(f"{named}: {fault.message}", advice) from fault
        # In the book itself no path of this machine is printed, but what a reader can make something of.
        lenient.missing.append(named if is_address(named) else Path(named).name or named)
        lenient.notices.append(notice("source-left-out", source=named, reason=fault.message))


def _printed(documents: Iterable[Document], options: Options, binding: _Binding) -> Iterator[Document]:
    for document in documents:
        made, said = (document, ()) if options.verbatim else transformed(document, PRINTED)
        binding.notices += said
        yield distinct(made)


def _matter(
    plan: BookPlan, metadata: BookMetadata, foreword: tuple[Block, ...], options: Options
) -> tuple[BookMetadata, tuple[Block, ...]]:
    """What the book says of itself and the foreword, prepared as articles are."""
    made = _prepared(metadata.language, options, (Text(plan.title),), (Text(plan.subtitle),), foreword)
    return replace(metadata, title=plain(made.headline), subtitle=plain(made.deck)), made.introduction


def _prepared(
    language: str,
    options: Options,
    headline: tuple[Inline, ...],
    deck: tuple[Inline, ...] = (),
    introduction: tuple[Block, ...] = (),
) -> Article:
    """Words of the plan without what no result can hold, set as their language prints unless that is not wanted."""
    article = Article(Metadata(language=language), headline, deck=deck, introduction=introduction)
    transforms = TRANSFORMS if options.verbatim else (*TRANSFORMS, *PRINTED)
    return transformed(Document(article), transforms)[0].article


def _metadata(plan: BookPlan, documents: list[Document]) -> BookMetadata:
    spoken = Counter(document.article.metadata.language for document in documents)
    return BookMetadata(
        plan.title,
        plan.subtitle,
        plan.language or spoken.most_common(1)[0][0],
        plan.identifier,
        plan.publication,
        plan.published,
        tuple(Contributor(f"editor-{number}", name, ("editor",)) for number, name in enumerate(plan.editors, 1)),
        plan.rights,
        plan.series,
        plan.position,
    )


def _foreword(plan: BookPlan, binding: _Binding) -> tuple[Block, ...]:
    """The blocks of the foreword's file, under a headline that the book gives it."""
    if not plan.foreword:
        return ()
    try:
        text = content_of(plan.foreword, MOST_BYTES).decode("utf-8")
    except (OSError, ValueError) as fault:
        said = fault.strerror if isinstance(fault, OSError) else fault
        raise UsageError(
            f"The foreword {plan.foreword} cannot be read: {said}.", "Name a text file in UTF-8."
        ) from fault
    found, left_out = readers.markdown_blocks(text)
    binding.notices += (replace(each, where=plan.foreword) for each in left_out)
    return found
