"""The writers, one line each. Adding one is adding a module with ``render(document, options)`` and a line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct

from exporter.errors import UsageError, WriteError
from exporter.runtime.plugins import offered
from exporter.writers.options import Options

if TYPE_CHECKING:  # the command line reads the table below, and help needs no document
    from exporter.model import Document
    from exporter.model.book import Book
    from exporter.notices import Notice


class Render(Protocol):
    """What every writer's module offers as ``render``: a pure function of the document and the options."""

    def __call__(self, document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
        """The finished file, and what is to be said about it."""


class RenderBook(Protocol):
    """What a module offers as ``render_book`` that writes books of many articles."""

    def __call__(self, book: Book, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
        """The finished file, and what is to be said about it."""


class Writer(Struct, frozen=True):
    """One output format: its name, its files' suffix, their media type, what it is, and the module that writes it.

    ``options`` names the fields of :class:`Options` that change its results. ``whole`` results hold the whole document; the
    others leave out its links to other articles. ``book_module`` writes books of many articles, where the format has them.
    """

    name: str
    suffix: str
    media_type: str
    summary: str
    module: str
    options: tuple[str, ...] = ()
    whole: bool = False
    book_module: str = ""

    def suffix_for(self, options: Options) -> str:
        """How the files of these options are named: Kobo tells its own kind of EPUB by that."""
        return f".kepub{self.suffix}" if options.kepub and "kepub" in self.options else self.suffix

    def render(self, document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
        """Renders the document; the module is imported now, not before.

        Raises :class:`WriteError` for one too deeply nested, besides what its module raises.
        """
        from exporter.notices import notice
        from exporter.writers.xhtml.numbering import distinct

        try:
            content, notices = cast(Render, import_module(self.module).render)(distinct(document), options)
        except RecursionError as fault:
            advice = "Flatten its lists, tables or quotations."
            raise WriteError("The article nests its parts too deeply.", advice) from fault
        related = document.article.related
        if related and not self.whole:
            notices = (*notices, notice("related-left-out", count=len(related)))
        return content, notices

    def check_books(self) -> None:
        """Raises :class:`UsageError` where the format has no books of many articles."""
        if not self.book_module:
            names = ", ".join(each.name for each in WRITERS if each.book_module)
            raise UsageError(f"No books are bound as {self.name}.", f"Choose one of: {names}.")

    def render_book(self, book: Book, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
        """Renders a book of many articles. Raises :class:`UsageError` where the format has none, else as :meth:`render`."""
        self.check_books()
        try:
            return cast(RenderBook, import_module(self.book_module).render_book)(book, options)
        except RecursionError as fault:
            raise WriteError("An article nests its parts too deeply.", "Flatten its lists or tables.") from fault


_W = "exporter.writers"
_PRINT = ("theme", "style", "paper", "verbatim", "draft", "standard", "icc", "links", "qr")
_EBOOK = ("theme", "style", "paper", "cover", "device", "max_size", "page_list", "kepub", "verbatim")

WRITERS: tuple[Writer, ...] = (
    Writer("pdf", ".pdf", "application/pdf", "a magazine PDF", f"{_W}.pdf", _PRINT, book_module=f"{_W}.pdf.volume"),
    Writer(
        "epub",
        ".epub",
        "application/epub+zip",
        "an EPUB 3 e-book",
        f"{_W}.epub",
        _EBOOK,
        book_module=f"{_W}.epub.volume",
    ),
    Writer(
        "html",
        ".html",
        "text/html",
        "one HTML file with its pictures inside",
        f"{_W}.html",
        ("theme", "style", "verbatim"),
    ),
    Writer("markdown", ".md", "text/markdown", "CommonMark, pictures by their addresses", f"{_W}.markdown"),
    Writer("text", ".txt", "text/plain", "plain text in reading order", f"{_W}.text"),
    Writer(
        "json",
        ".json",
        "application/json",
        "the document itself, to correct and export again",
        f"{_W}.json",
        whole=True,
    ),
)


def named(name: str) -> Writer:
    """The writer of that name. Raises :class:`UsageError` naming the ones there are."""
    for writer in WRITERS:
        if writer.name == name:
            return writer
    others = offered("writers")
    if name in others:
        return cast(Writer, others[name])
    names = ", ".join((*(writer.name for writer in WRITERS), *others))
    raise UsageError(f"There is no output format {name!r}.", f"Choose one of: {names}.")


def for_suffix(suffix: str) -> Writer | None:
    """The writer whose files end so, if there is one."""
    own = next((writer for writer in WRITERS if writer.suffix == suffix.lower()), None)
    if own is not None or not suffix:
        return own
    return next((writer for writer in offered("writers").values() if writer.suffix == suffix.lower()), None)
