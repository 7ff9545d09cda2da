"""PDF: the article's page, laid out for paper by WeasyPrint.

WeasyPrint is imported when the first page is made, not before: it costs more than a whole EPUB. What it is given is made
here: one page of HTML, the theme's sheets, and a few measures that no style sheet can find out for itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from exporter import themes
from exporter.covers.accent import accented
from exporter.errors import WriteError
from exporter.language import scripts_in
from exporter.model import Article, Document, Formula, Image
from exporter.model.walk import plain, words_of
from exporter.notices import Notice, notice
from exporter.results import Proofs
from exporter.themes import Paper, Theme
from exporter.writers.options import Options
from exporter.writers.pdf.arrangement import Arrangement, arranged, without_last_quote
from exporter.writers.pdf.counters import DECIMAL, CounterStyle, counter_style
from exporter.writers.pdf.display.formulas import drawn
from exporter.writers.pdf.display.headline import fit_of, poster_of
from exporter.writers.pdf.display.initial import ADDRESS, Initial, initial_of
from exporter.writers.pdf.display.lead_in import with_lead_in
from exporter.writers.pdf.display.qr import code_of
from exporter.writers.pdf.limits import check_size, passes_for
from exporter.writers.pdf.openings import classes_of, stands_aside, tried
from exporter.writers.pdf.page_lines import Lines, lines_of
from exporter.writers.pdf.pictures import ROOT, Pictures, pictures_of
from exporter.writers.pdf.proof.loop import Outcome
from exporter.writers.pdf.standards import Finish, standard_named
from exporter.writers.pdf.weasyprint.log import notices, overheard
from exporter.writers.pdf.weasyprint.patches import untaken
from exporter.writers.pdf.weasyprint.patches.hyphenation import OWN_HYPHEN
from exporter.writers.pdf.weasyprint.render import STYLE, laid_out, written
from exporter.writers.xhtml.context import FormulaDrawing, RenderContext, context_of
from exporter.writers.xhtml.links import unprinted
from exporter.writers.xhtml.markup import escaped
from exporter.writers.xhtml.numbering import numbering_of
from exporter.writers.xhtml.page import page_of

MOST_IN_ROW = 4
"""Pictures of a gallery side by side at most."""

_ENDLESS = re.compile(r"(?=\S{80})(?:\S{35,59}[/?&=_.,;]|\S{60})")

_SEPARATOR = re.compile("[\u0085\u2028\u2029]")

_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")

_DASH = re.compile(r"(?<=[^\W\d_]|[’”»])(?=—\w)")


class Placement(Struct, frozen=True):
    """Where an article stands in a book of many: its anchor, its first page's number from 1, and that page's side.

    ``figures`` are the counter style of the folios: the book's through all articles, since its contents are set in them.
    """

    anchor: str
    first: int
    side: Literal["left", "right"]
    figures: CounterStyle = DECIMAL

    @property
    def style(self) -> str:
        """What puts it there."""
        folio = f"--opening-folio:counter(page,{self.figures.name})"  # a single article's first page needs none
        figures = f"{self.figures.rule}:root{{--folio-figures:{self.figures.name};{folio if self.anchor else ''}}}"
        return f"@page:first{{counter-reset:page {self.first}}}html{{break-before:{self.side}}}{figures}"


class Typeset(Struct, frozen=True):
    """Pages that are laid out, the hand that finishes their file, and what is to be said about them."""

    outcome: Outcome
    finish: Finish
    notices: tuple[Notice, ...]

    @property
    def document(self) -> Any:
        """The pages that are printed."""
        return self.outcome.best.document

    @property
    def findings(self) -> tuple[Notice, ...]:
        """What the proof-reader could not fix."""
        return tuple(each.notice for each in self.outcome.best.findings)


def render(document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The document as PDF, with what WeasyPrint had to say and what the proof-reader could not fix.

    Same input, same bytes: the dates are the article's own, or ``options.made``. Raises :class:`WriteError` when
    WeasyPrint cannot lay the page out, :class:`UsageError` and :class:`ThemeError` for theme and paper.
    """
    pages = typeset(document, options)
    content, said = stored(pages.document, pages.finish)
    return content, (*pages.notices, *said, *pages.findings)


def proofread(document: Document, options: Options) -> Proofs:
    """What the proof-reader finds on the pages as they fall, and what is left after the fixes. Raises as :func:`render`."""
    pages = typeset(document, replace(options, draft=False))
    _, said = stored(pages.document, pages.finish)
    told = (*pages.notices, *said)
    return Proofs(
        before=(*told, *(each.notice for each in pages.outcome.first.findings)),
        after=(*told, *pages.findings),
        pages=len(pages.document.pages),
        passes=pages.outcome.passes,
        lines=pages.outcome.best.proof.lines,
    )


def page_lines(document: Document, options: Options) -> tuple[Lines, ...]:
    """The lines of running text on each page that :func:`render` would print. Raises as :func:`render`."""
    return lines_of(typeset(document, options).document)


def stored(document: Any, finish: Finish) -> tuple[bytes, tuple[Notice, ...]]:
    """The file of pages that are laid out, and what is to be said of how it was written."""
    with overheard() as remarks:
        content = written(document, finish)
    return content, (*notices(remarks), *finish.notices)


def typeset(document: Document, options: Options, place: Placement | None = None) -> Typeset:
    """The pages with the notes where they are wanted; at the end where the renderer does not keep them with their marks."""
    at_foot = options.links != "endnotes"
    astray = 0
    try:
        pages = _set(document, options, at_foot, place)
        astray = sum(each.kind == "note-astray" for each in pages.outcome.best.findings)
    except WriteError:  # it also breaks where the notes of a paragraph fill the page
        notes = len(numbering_of(document.article, addresses=options.links != "none").notes) if at_foot else 0
        if not notes:
            raise
        astray = notes
    if astray:
        pages = _set(document, options, at_foot=False, place=place)
        pages = replace(pages, notices=(*pages.notices, notice("notes-collected", count=astray)))
    return pages


def _set(document: Document, options: Options, at_foot: bool, place: Placement | None) -> Typeset:
    article = without_last_quote(document.article)
    check_size(article)
    theme = accented(themes.styled(options.theme, options.style), document)
    paper = themes.paper_named(options.paper or theme.manifest.paper)
    finish = Finish(standard_named(options.standard), options.icc)
    pictures = pictures_of(document, paper)
    initial = initial_of(article, theme)
    if initial:
        pictures.drawings[ADDRESS] = initial.picture
        article = with_lead_in(article)
    style = measures_of(article, theme, paper, initial) + Markup(finish.standard.style)
    style += Markup(place.style) if place else ""
    anchor = place.anchor if place else ""
    aside = stands_aside(article, paper, theme, at_foot, addresses=options.links != "none")
    arrangement = arranged(article, paper, theme.manifest, taken=bool(aside))
    context = _context(article, pictures, arrangement, theme, options, at_foot, anchor)
    classes = (*(["with-initial"] if initial else []), *classes_of(article, context, paper, theme, aside))
    pages = (page_of(article, context, style, options.made, each, anchor) for each in tried(classes))
    with overheard() as remarks:
        sheet = sheet_of(scripts_in("".join(words_of(article))), theme)
        passes = 1 if options.draft else passes_for(article)
        outcome = laid_out(next(pages), pictures, theme, sheet, finish, context.language, pages, passes)
    silent = len(unprinted(article)) if options.links != "none" else 0
    said = (notice("links-unprinted", count=silent),) if silent else ()
    unpatched = tuple(notice("renderer-unpatched", lost=patch.lost) for patch in untaken())
    return Typeset(outcome, finish, (*notices(remarks), *said, *unpatched))


def sheet_of(scripts: Iterable[str], theme: Theme) -> str:
    """The theme's print sheets, with those of these scripts, and the user's own.

    The user's rules win whatever the others' selectors: those stand in a layer (CSS Cascade 5).
    """
    sheet = "\n".join((theme.sheet("print"), *(theme.script_sheet(each) for each in scripts)))
    sheet += f"\n:root {{ --accent: {theme.photo_accent} }}" if theme.photo_accent else ""
    own = theme.style.with_addresses(STYLE)
    return f"@layer theme {{\n{sheet}\n}}\n{own}" if own else sheet


def _context(
    article: Article,
    pictures: Pictures,
    arrangement: Arrangement,
    theme: Theme,
    options: Options,
    at_foot: bool,
    anchor: str,
) -> RenderContext:
    def source(image: Image) -> str | None:
        address = f"{ROOT}{image.asset}"
        return address if image.asset and address in pictures.photos else None

    return context_of(
        article,
        source,
        figure_class=arrangement.classes_of,
        figure_rows=arrangement.rows,
        quote_classes=arrangement.quotes,
        notes="inline" if at_foot else "collected",
        words=_bound,
        bare_links=True,
        most_in_row=MOST_IN_ROW,
        narrowest_row=arrangement.narrowest,
        addresses=options.links != "none",
        registers=theme.manifest.registers,
        prefix=f"{anchor}-" if anchor else "",
        code_source=_coder(pictures.drawings) if options.qr else None,
        formula_source=_drawer(pictures.drawings),
    )


def _coder(drawings: dict[str, bytes]) -> Callable[[str], str | None]:
    """What draws a code for an address, puts it among what is drawn, and says where it stands there."""

    def source(address: str) -> str | None:
        drawn = code_of(address)
        if drawn is None:
            return None
        place = f"{ROOT}code-{hashlib.sha256(address.encode()).hexdigest()[:16]}.svg"
        drawings[place] = drawn
        return place

    return source


def _drawer(drawings: dict[str, bytes]) -> Callable[[Formula], FormulaDrawing | None]:
    """What draws a formula, puts it among what is drawn, and says where it stands there and how it is set."""

    def source(formula: Formula) -> FormulaDrawing | None:
        drawing = drawn(formula)
        if drawing is None:
            return None
        place = f"{ROOT}formula-{hashlib.sha256(drawing.content).hexdigest()[:16]}.svg"
        drawings[place] = drawing.content
        return FormulaDrawing(place, drawing.style)

    return source


def _bound(text: str) -> Markup:
    """Prepares text so that its lines break where they should.

    What separates lines and paragraphs in plain text is a space here, as it is in HTML: the renderer breaks on some. A compound
    is divided after a hyphen of its own, which stays its own when text is taken out (:data:`OWN_HYPHEN`). No line begins with
    the dash of an aside—as the renderer would have it—but it may end with one. And a run of letters without end (an
    address, a key) may break now and then, after a mark in it if there is one: that it may break anywhere the renderer
    takes minutes to find out.
    """
    joined = _DASH.sub("\u2060", _HYPHEN.sub(OWN_HYPHEN, _SEPARATOR.sub(" ", text)))
    return escaped(_ENDLESS.sub("\\g<0>\u200b", joined))


def measures_of(article: Article, theme: Theme, paper: Paper, initial: Initial | None = None) -> Markup:
    """The custom properties of the page's root, as a rule of a style sheet."""
    return Markup(counter_style(article.metadata.language).rule) + _variables(_measures(article, theme, paper, initial))


def _measures(article: Article, theme: Theme, paper: Paper, initial: Initial | None) -> dict[str, str]:
    """Custom properties for the root: the paper's size, the lead's shape, how the headline and the initial are fitted."""
    found = {"page-width": f"{paper.width:g}mm", "page-height": f"{paper.height:g}mm"}
    figures = counter_style(article.metadata.language)
    found |= {"figures": figures.name} if figures.rule else {}
    lead = article.lead.images[0] if article.lead else None
    if lead and lead.width and lead.height:
        found["lead-aspect"] = f"{lead.width / lead.height:.4f}"
    fit = fit_of(plain(article.headline), theme)
    if fit:
        found |= {"headline-measure": f"{fit.measure:g}", "headline-width": f"{fit.width:.3f}em"}
    poster = None if article.lead else poster_of(plain(article.headline), theme)
    if poster:
        found |= {"poster-measure": f"{poster.measure:g}", "poster-width": f"{poster.width:.3f}em"}
    return found | (initial.variables if initial else {})


def _variables(measures: dict[str, str]) -> Markup:
    return Markup(":root{{{}}}").format(Markup(";".join(f"--{name}:{value}" for name, value in measures.items())))
