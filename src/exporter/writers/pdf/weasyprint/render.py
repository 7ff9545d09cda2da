"""The page laid out by WeasyPrint, which is given nothing but what is in memory.

It fetches through one door, which knows the theme's fonts and the document's pictures and refuses everything else; what
it breaks on becomes one line.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from exporter.errors import MemoryLimitExceeded, WriteError
from exporter.runtime.garbage import sweep, uncollected
from exporter.themes import RECENT, Theme
from exporter.typography.hyphenation import prepare
from exporter.writers.pdf.display import wrapping
from exporter.writers.pdf.pictures import ROOT, Pictures
from exporter.writers.pdf.proof.loop import Outcome, typeset
from exporter.writers.pdf.standards import Finish
from exporter.writers.pdf.weasyprint import patches
from exporter.writers.pdf.weasyprint.images import images_of
from exporter.writers.pdf.weasyprint.patches import finishing, hyphenation, memo, paragraphs, resumption
from exporter.writers.pdf.weasyprint.spreads import with_spreads
from exporter.writers.pdf.weasyprint.start import started

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

STYLE = f"{ROOT}style/"
"""Where the files stand that the user's own sheet names."""

UNKNOWN = resumption.Touched()
"""Whatever was touched, wherever it stands."""


def laid_out(
    page: Markup,
    pictures: Pictures,
    theme: Theme,
    sheet: str,
    finish: Finish,
    language: str = "und",
    closer: Iterable[Markup] = (),
    passes: int = 1,
) -> Outcome:
    """The page laid out and fixed. Raises :class:`WriteError` when WeasyPrint breaks.

    ``closer`` are the same page with less room above its text, tried in turn while the opening runs over its page.
    ``passes`` is how often it may be laid out in all, to fix what is found (:mod:`exporter.writers.pdf.proof`).
    """
    with uncollected(), memo.remembering(again=passes > 1):
        with _one_line():
            press = _Renderer(page, pictures, theme, sheet, language, finish)
        document = press.document()
        for other in closer:
            if _opening_is_whole(document):
                break
            press = _Renderer(other, pictures, theme, sheet, language, finish)
            document = press.document()
        outcome = typeset(press.root, press.document, document, passes)
        with _one_line():
            finishing.finished(outcome.best.document, outcome.best.document.steps)
    for each in (outcome.first, outcome.best):
        each.document.laid, each.document.steps = None, []  # nothing goes on from it any more
    return outcome


def written(document: Any, finish: Finish) -> bytes:
    """The PDF of a laid-out document, finished by the steps of its standard."""
    finish.date(document.metadata)
    with uncollected(), _one_line():
        content = b""
        while not content or not finish.is_whole(content):
            content = bytes(document.write_pdf(finisher=lambda laid, pdf: finish(pdf), **finish.options))
    return content


class _Renderer:
    """A page parsed once, to be laid out as often as it is changed; pictures are opened once."""

    def __init__(
        self, page: Markup, pictures: Pictures, theme: Theme, sheet: str, language: str, finish: Finish
    ) -> None:
        weasyprint = started()
        patches.untaken()
        paragraphs.forget()
        prepare(language)
        self._fonts, self._css = _styled(theme, sheet)
        self._options = finish.options
        fetcher = fetcher_class()(theme, pictures.drawings)
        self._cache = images_of(pictures.photos, pictures.longest, finish.profile, partial(_opened, theme))
        with _one_line():
            content = hyphenation.without_marks(str(page), language)
            self._html = weasyprint.HTML(string=content, base_url=ROOT, url_fetcher=fetcher)
        self.root = self._html.etree_element
        wrapping.prepare(self.root, language)

    def document(self, known: Any = None, touched: resumption.Touched = UNKNOWN) -> Any:
        """The page laid out as its tree is now; pages of a document known are taken over where nothing was touched since."""
        sweep()  # earlier layouts, whose boxes and styles hold one another
        # A wrapper keeps the order of the elements that it has seen: a tree that was changed needs a new one.
        self._html.wrapper_element = type(self._html.wrapper_element).from_html_root(self.root)
        token = resumption.begun(getattr(known, "laid", None), touched)
        try:
            with _one_line(), finishing.unfinished() as steps:
                document = self._html.render(
                    font_config=self._fonts, stylesheets=[self._css], cache=self._cache, **self._options
                )
        finally:
            laid = resumption.finished(token)
        document.laid, document.steps = laid, steps
        return with_spreads(document, partial(resumption.will_move, laid) if laid else _unnoted)


def _unnoted(_: Any) -> None:
    """Nothing is noted where no layout goes on from another."""


def _opened(theme: Theme, content: bytes) -> Any:
    """The picture in a file, as WeasyPrint opens pictures."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.images import get_image_from_uri

    address = f"{ROOT}plate"
    return get_image_from_uri({}, fetcher_class()(theme, {address: content}), DEFAULT_OPTIONS, address)


@contextmanager
def _one_line() -> Iterator[None]:
    """Whatever WeasyPrint breaks on becomes a :class:`WriteError`."""
    try:
        yield
    except RecursionError as fault:
        raise WriteError("The article nests its parts too deeply for print.", "Flatten its lists or tables.") from fault
    except OSError as fault:  # it keeps the fonts of the theme in a file each for as long as it works
        problem = f"Nothing can be stored in {tempfile.gettempdir()}, where fonts are kept meanwhile: {fault.strerror}."
        raise WriteError(problem, "Make room there, or name another folder in TMPDIR.") from fault
    except MemoryError as fault:
        raise MemoryLimitExceeded from fault
    except (ArithmeticError, LookupError, TypeError, ValueError, AssertionError, AttributeError) as fault:
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


@lru_cache(RECENT)
def _styled(theme: Theme, sheet: str) -> tuple[Any, Any]:
    """Fonts and style sheet, ready for use and cached: many pages of one run share them, which saves 0.1 s a page."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return fonts, CSS(string=sheet, base_url=ROOT, url_fetcher=fetcher_class()(theme, {}), font_config=fonts)


@cache
def fetcher_class() -> Any:
    """The fetcher's class; made late, because its base comes with WeasyPrint."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class MemoryFetcher(URLFetcher):  # type: ignore[misc]
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

    return MemoryFetcher
