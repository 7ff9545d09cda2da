"""The page laid out by WeasyPrint, which is given nothing but what is in memory.

It fetches through one door, which knows the theme's fonts and the document's pictures and refuses everything else; what
it breaks on becomes one line.
"""

from __future__ import annotations

import atexit
import gc
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from exporter.errors import WriteError
from exporter.themes import Theme
from exporter.writers.pdf import fitting, hyphens, meanings
from exporter.writers.pdf.paging import noted
from exporter.writers.pdf.pictures import ROOT

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

STYLE = f"{ROOT}style/"
"""Where the files stand that the user's own sheet names."""

VARIANT = "pdf/ua-1"
"""The standard every PDF is made by: tagged, with language and title (ISO 14289-1)."""


def laid_out(
    page: Markup,
    pictures: Mapping[str, bytes],
    theme: Theme,
    sheet: str,
    language: str = "und",
    closer: Iterable[Markup] = (),
) -> bytes:
    """The finished PDF. Raises :class:`WriteError` when WeasyPrint breaks.

    ``closer`` are the same page with less room above its text, tried in turn while the opening runs over its page.
    """
    with _undisturbed():
        document = _laid_out(page, pictures, theme, sheet, language)
        for other in closer:
            if _opening_is_whole(document):
                break
            document = _laid_out(other, pictures, theme, sheet, language)
        with _one_line():
            return bytes(document.write_pdf(finisher=noted, pdf_variant=VARIANT))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without Python's search for circular garbage: a layout makes many objects and frees few, and is done sooner."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _laid_out(page: Markup, pictures: Mapping[str, bytes], theme: Theme, sheet: str, language: str) -> Any:
    weasyprint = _started()
    fitting.install()
    meanings.install()
    hyphens.prepare(language)
    fetcher = shelf_class()(theme, pictures)
    fonts, css = _styled(theme, sheet)
    with _one_line():
        html = weasyprint.HTML(string=str(page), base_url=ROOT, url_fetcher=fetcher)
        return html.render(font_config=fonts, stylesheets=[css], pdf_variant=VARIANT)


@contextmanager
def _one_line() -> Iterator[None]:
    """Whatever WeasyPrint breaks on becomes a :class:`WriteError`."""
    try:
        yield
    except RecursionError as fault:
        raise WriteError("The article nests its parts too deeply for print.", "Flatten its lists or tables.") from fault
    except (MemoryError, ArithmeticError, LookupError, TypeError, ValueError, AssertionError, AttributeError) as fault:
        problem = f"WeasyPrint could not lay the page out ({type(fault).__name__})."
        raise WriteError(problem, "Write the EPUB instead, and report the page.") from fault


def _opening_is_whole(document: Any) -> bool:
    """Whether the second page begins with something else than the rest of the opening."""
    if len(document.pages) < 2:
        return True
    box = document.pages[1]._page_box  # noqa: SLF001 - there is no other way to ask what stands on a page
    while getattr(box, "children", None):
        if box.element_tag == "header":
            return False
        box = box.children[0]
    return True


def _started() -> Any:
    """WeasyPrint itself. Where Pango is missing it prints a page of its own, which is kept back for one line of ours."""
    try:
        with redirect_stdout(io.StringIO()):
            import weasyprint
    except (ImportError, OSError) as fault:
        advice = "Run exporter doctor: it names the command that installs what is missing."
        raise WriteError(f"WeasyPrint cannot start: {fault}.", advice) from fault
    return weasyprint


@cache
def _styled(theme: Theme, sheet: str) -> tuple[Any, Any]:
    """Fonts and style sheet ready for use. Kept: many pages in one run share them, and a page is laid out .1 s sooner."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_styled.cache_clear)  # it removes a folder of its own, and must while there is still an interpreter
    fonts = FontConfiguration()
    return fonts, CSS(string=sheet, base_url=ROOT, url_fetcher=shelf_class()(theme, {}), font_config=fonts)


@cache
def shelf_class() -> Any:
    """The fetcher's class; made late, because its base comes with WeasyPrint."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Shelf(URLFetcher):  # type: ignore[misc]
        """The one door: fonts of the theme and pictures of the document, from memory. Everything else is refused."""

        def __init__(self, theme: Theme, pictures: Mapping[str, bytes]) -> None:
            super().__init__(allowed_protocols=("asset",), allow_redirects=False)
            self._theme = theme
            self._style = {f"{STYLE}{name}": content for name, content in theme.style.files}
            self._pictures = pictures

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            del headers
            if url.startswith(f"{ROOT}fonts/"):
                return URLFetcherResponse(url, self._theme.font(url.removeprefix(f"{ROOT}fonts/")))
            if url in self._style:
                return URLFetcherResponse(url, self._style[url])
            if url in self._pictures:
                return URLFetcherResponse(url, self._pictures[url])
            raise ValueError(f"refused: {url}")

    return Shelf
