"""How an article is written: one frozen value that every function of the HTML writer is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from exporter.language import Labels, direction_of, has_no_words, locale_of, well_formed
from exporter.model import Article, Figure, Formula, Image
from exporter.themes import RegisterDesign
from exporter.writers.xhtml.markup import Attribute, element, escaped
from exporter.writers.xhtml.numbering import Numbering, numbering_of
from exporter.writers.xhtml.rows import NARROWEST


def shape_of(figure: Figure) -> str:
    """The figure's shape as a class: ``landscape``, ``portrait``, ``square``, or ``gallery`` for several pictures."""
    if len(figure.images) > 1:
        return "gallery"
    width, height = figure.images[0].width, figure.images[0].height
    if not width or not height:
        return "landscape"
    return "landscape" if width > height * 1.15 else "portrait" if height > width * 1.15 else "square"


class FigureRow(Struct, frozen=True):
    """Figures side by side: the width of each in hundredths of the row's, and the row's in parts of the column."""

    figures: tuple[Figure, ...]
    shares: tuple[float, ...]
    part: float = 1.0


class FormulaDrawing(Struct, frozen=True):
    """The picture of a formula: where it is, and the style that gives it its size and sets it on the line, in ``em``."""

    address: str
    style: str


class RenderContext(Struct, frozen=True, kw_only=True):
    """How to write: the language, where pictures are, what the result can do.

    ``image_source`` gives the address of a picture, or None when it is missing: its alternative text and caption stay.
    ``figure_class`` gives further classes of a figure. ``semantics`` adds epub:type with the matching ARIA role.
    ``heading_base`` is the level of the headline; questions and crossheads stand below it. ``notes`` is where footnotes
    go: ``inline`` puts the words where the mark is, for a renderer that floats them to the page's foot; ``collected``
    puts a mark, and :func:`endnotes` writes the words. ``numbering`` numbers the article's nodes (:func:`context_of` makes
    it). ``words`` turns a run of text into markup: print binds there what no line may break.
    ``code_source`` gives the address of the picture of a code that a camera reads, or None where there is to be none.
    ``formula_source`` gives the drawing of a formula, or None where the result has MathML.
    ``most_in_row`` is how many pictures of a gallery stand side by side at most,
    ``narrowest_row`` the width by height of its measure and the highest row in it.
    ``figure_rows`` are the figures that stand side by side, by the identity of the first of each row,
    ``quote_classes`` further classes of pull quotes by their identity.
    ``bare_links`` puts emphasis around links and not inside them: in a tagged PDF every box inside a link becomes another.
    ``reflowable`` is for engines of any width that may know little CSS: tables too wide for a small screen are parted, and
    lines of verse and of program text are blocks of their own.
    """

    language: str
    labels: Labels
    image_source: Callable[[Image], str | None]
    numbering: Numbering
    figure_class: Callable[[Figure], str] = shape_of
    semantics: bool = False
    heading_base: int = 1
    notes: Literal["inline", "collected"] = "collected"
    words: Callable[[str], Markup] = escaped
    bare_links: bool = False
    reflowable: bool = False
    code_source: Callable[[str], str | None]
    formula_source: Callable[[Formula], FormulaDrawing | None]
    most_in_row: int = 3
    narrowest_row: float = NARROWEST
    figure_rows: dict[int, FigureRow] = {}
    quote_classes: dict[int, str] = {}


def context_of(
    article: Article,
    image_source: Callable[[Image], str | None],
    *,
    figure_class: Callable[[Figure], str] | None = None,
    semantics: bool = False,
    heading_base: int = 1,
    notes: Literal["inline", "collected"] = "collected",
    words: Callable[[str], Markup] = escaped,
    bare_links: bool = False,
    reflowable: bool = False,
    addresses: bool = False,
    registers: RegisterDesign | None = None,
    code_source: Callable[[str], str | None] | None = None,
    formula_source: Callable[[Formula], FormulaDrawing | None] | None = None,
    prefix: str = "",
    most_in_row: int = 3,
    narrowest_row: float = NARROWEST,
    figure_rows: dict[int, FigureRow] | None = None,
    quote_classes: dict[int, str] | None = None,
) -> RenderContext:
    """The context of one article: its language's words, and its nodes numbered. Keep the article while you use it.

    ``addresses`` gives links notes with their addresses; ``registers`` says which exchanges are set in ways of their own;
    ``prefix`` begins the anchors of an article that shares a file with others.
    """
    language = well_formed(article.metadata.language) or "und"
    return RenderContext(
        language=language,
        labels=locale_of(language).labels,
        image_source=image_source,
        numbering=numbering_of(article, addresses=addresses, registers=registers, prefix=prefix),
        figure_class=figure_class or shape_of,
        semantics=semantics,
        heading_base=heading_base,
        notes=notes,
        words=words,
        bare_links=bare_links,
        reflowable=reflowable,
        code_source=code_source or _no_code,
        formula_source=formula_source or _no_drawing,
        most_in_row=most_in_row,
        narrowest_row=narrowest_row,
        figure_rows=figure_rows or {},
        quote_classes=quote_classes or {},
    )


def _no_drawing(_: Formula) -> None:
    """Nothing: most results have MathML, which their readers draw."""


def _no_code(_: str) -> None:
    """Nothing: most results have links that can be followed."""


def own_words(words: str, context: RenderContext) -> Markup:
    """Words of this program, marked as the language they are of where the text's language has none."""
    if not has_no_words(context.language):
        return escaped(words)
    language = locale_of(context.language).words
    return element("span", words, lang=language, xml_lang=language, dir=direction_of(language))


def type_of(kind: str, role: str, context: RenderContext) -> dict[str, Attribute]:
    """epub:type and role for e-books; nothing elsewhere."""
    return {"epub_type": kind, "role": role} if context.semantics else {}
