"""Pictures arranged as an editor would: one large one a spread, those that follow one another in rows, strips beside the text.

Nothing is laid out yet. How far the article has come when a picture is reached is reckoned from its letters and its pictures,
which is near enough to say whether a spread has its large picture already. Pictures keep their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, log, sqrt

from msgspec import Struct
from msgspec.structs import replace

from exporter.model import Answer, Article, Block, Figure, Image, PullQuote, Question, Sidebar, Text, Turn
from exporter.model.walk import plain, walk
from exporter.themes import Manifest, Paper
from exporter.writers.pdf.pictures import BLEED, COLUMN, LEAST_DPI, NARROW, PILLAR, WIDE
from exporter.writers.pdf.proof.markup import IN_MARGIN, SMALL, STACKED
from exporter.writers.pdf.weasyprint.patches.image_fit import CLASS, LEAST
from exporter.writers.xhtml.context import FigureRow, shape_of
from exporter.writers.xhtml.rows import aspect_of, parted, shares

BESIDE = "beside"
"""Class of a tall strip that has the text beside it."""

MODEST = "modest"
"""Class of an upright picture on a spread that has its large one already."""

ROW = "in-row"
"""Class of the figures of a row."""

ASIDE, ASIDE_HEIGHT = 140, 40.0
"""Letters of a pull quote in the margin at most, and millimetres of text beside it at least."""

LARGE_QUOTE = 25.0
"""Millimetres that a large pull quote takes."""

STRIP = 0.45
"""Width by height up to which a picture is a strip."""

STRIP_HEIGHT = 0.8
"""How much of a page a strip keeps the margin for itself, with room for what is moved."""

UPRIGHT = 0.85
"""Width by height up to which a picture is upright."""

MOST_IN_ROW = 3
"""Figures side by side at most: each has a caption of its own, which needs room."""

WISHED = 2.3
"""Width by height of a row."""

LEAST_ROW = 0.62
"""The narrowest that a row becomes for want of dots, in parts of the column."""

_TURN = 12.0
"""Millimetres that a turn takes beside its lines."""

_MARGINS = 55.0
"""Millimetres of a page's height that no text stands in."""


TALKATIVE = "long-caption"
"""Class of figures whose caption is longer than the picture is high, were it set in a margin beside it."""

LETTERS = 5.5
"""Letters of a caption that stand beside each millimetre of a picture's height, in a margin of a fifth of the paper."""


class Arrangement(Struct, frozen=True):
    """The classes of each figure by identity, and the rows, by the identity of the first figure of each."""

    classes: dict[int, str]
    rows: dict[int, FigureRow]
    quotes: dict[int, str]
    """The classes of each pull quote that is not the large one of its spread."""
    narrowest: float
    """The width by height of the column and the highest row in it."""

    def classes_of(self, figure: Figure) -> str:
        """What a figure is called, by its shape and by how it stands."""
        return f"{shape_of(figure)} {self.classes.get(id(figure), f'{COLUMN} {CLASS}')}"


def arranged(article: Article, paper: Paper, manifest: Manifest, taken: bool = False) -> Arrangement:
    """How the figures of an article stand, on this paper, in a theme with these designs; ``taken``: the margin is not free."""
    editor = _Editor(paper, manifest, taken)
    if article.lead:
        editor.lead(article.lead)
    clusters = tuple(_clusters(article))
    for number, cluster in enumerate(clusters):
        editor.place(cluster, clusters[number + 1 :])
    return Arrangement(editor.classes, editor.rows, editor.quotes, editor.column / editor.tallest)


class _Editor:
    """Goes through the article once and says of each figure how it stands."""

    def __init__(self, paper: Paper, manifest: Manifest, taken: bool) -> None:
        self.paper, self.manifest, self.taken = paper, manifest, taken
        self.column = paper.width * manifest.column
        self.tallest = paper.height * manifest.tallest
        self.page = max(60.0, paper.height - _MARGINS)
        self.classes: dict[int, str] = {}
        self.rows: dict[int, FigureRow] = {}
        self.quotes: dict[int, str] = {}
        self.quoted = -1
        """The spread that has its large pull quote."""
        self.reached = 0.55 * self.page
        """Millimetres of pages that are filled so far; the opening takes a good half of the first one."""
        self.free = 0.0
        """Where the margin is free again: a strip stands in it until there."""
        self.upright = -1
        """The spread that has an upright picture as wide as the column."""
        self.large = -1
        """The spread that has its large picture."""

    def lead(self, figure: Figure) -> None:
        """The lead photo: off the page's edges where it has dots enough, a strip in the margin."""
        self.large = 0
        if self._is_pillar(figure):
            self.classes[id(figure)] = PILLAR
            self.free = self.page
            return
        bleeds = self.manifest.bleed and _dots(figure, self.paper.width) >= LEAST_DPI
        self._call(figure, BLEED if bleeds else COLUMN, CLASS)

    def _is_pillar(self, figure: Figure) -> bool:
        first, design = figure.images[0], self.manifest.opening
        fits = self.has_margin and _known(first) and aspect_of(first) <= design.pillar
        return fits and len(figure.images) == 1 and _dots(figure, self.paper.width * design.pillar_width) >= LEAST_DPI

    def place(self, cluster: tuple[Block, ...], following: tuple[tuple[Block, ...], ...]) -> None:
        """Text, whose room is reckoned, or figures with no text between them; ``following`` is what comes after it."""
        figures = tuple(each for each in cluster if isinstance(each, Figure))
        if isinstance(cluster[0], PullQuote):
            self._quote(cluster[0], following)
        elif not figures:
            self.reached += sum(_text_height(each, self.column) for each in cluster)
        elif len(figures) == 1 and self._is_strip(figures[0]) and self._has_room(following):
            self._call(figures[0], COLUMN, BESIDE)
            self.free = self.reached + STRIP_HEIGHT * self.page
        elif len(figures) == 1:
            self._alone(figures[0])
        else:
            self._together(figures)

    def _call(self, figure: Figure, *classes: str) -> None:
        talkative = ROW not in classes and _talks(figure, self.paper)
        self.classes[id(figure)] = " ".join((*classes, *([TALKATIVE] if talkative else [])))

    @property
    def spread(self) -> int:
        """The spread that is reached: the first page stands alone."""
        return (int(self.reached / self.page) + 1) // 2

    def _alone(self, figure: Figure, *also: str) -> None:
        also = also if also or self.reached >= self.free else (STACKED,)
        aspect = aspect_of(figure.images[0])
        if len(figure.images) > 1 or not _known(figure.images[0]):
            self._call(figure, COLUMN, CLASS, *also)
            self.reached += self.column * 0.6
        elif self._may_be_wide(figure) and self.large != self.spread:
            self._call(figure, WIDE, CLASS, *also)
            self.large = self.spread
            self.reached += self.paper.width * 0.8 / aspect
        else:
            modest = (MODEST,) if aspect <= UPRIGHT and (self.upright == self.spread or aspect <= STRIP) else ()
            self._call(figure, COLUMN, CLASS, *modest, *also)
            self.upright = self.spread if aspect <= UPRIGHT else self.upright
            self.reached += min(self.column, _widest(figure.images[0])) / aspect

    def _is_strip(self, figure: Figure) -> bool:
        known = _known(figure.images[0])
        return len(figure.images) == 1 and known and aspect_of(figure.images[0]) <= STRIP and self.reached >= self.free

    def _quote(self, quote: PullQuote, following: tuple[tuple[Block, ...], ...]) -> None:
        """The first pull quote of a spread is large; others are small, in the margin where that has room for them."""
        if self.quoted != self.spread:
            self.quoted = self.spread
            self.reached += LARGE_QUOTE
            return
        beside = self.has_margin and len(plain(quote.children)) <= ASIDE and self.reached >= self.free
        margin = beside and self._text_before_next(following) >= ASIDE_HEIGHT
        self.quotes[id(quote)] = f"{SMALL} {IN_MARGIN}" if margin else SMALL
        self.reached += 0 if margin else LARGE_QUOTE / 2

    @property
    def has_margin(self) -> bool:
        """Whether there is a margin beside the text that holds something."""
        return self.manifest.wide and self.paper.width >= NARROW and not self.taken

    def _has_room(self, following: tuple[tuple[Block, ...], ...]) -> bool:
        """Whether so much text follows as is as high as a strip; in a margin it has room whatever follows."""
        return self.has_margin or self._text_before_next(following) >= 0.5 * self.page

    def _text_before_next(self, following: tuple[tuple[Block, ...], ...]) -> float:
        """How high the text is before the next figure or pull quote."""
        height = 0.0
        for cluster in following:
            if any(isinstance(each, Figure | PullQuote) for each in cluster):
                break
            height += sum(_text_height(each, self.column) for each in cluster)
        return height

    def _may_be_wide(self, figure: Figure) -> bool:
        landscape = shape_of(figure) == "landscape" and self.reached >= self.free
        return self.manifest.wide and landscape and _dots(figure, self.paper.width * 0.8) >= LEAST_DPI

    def _together(self, figures: tuple[Figure, ...]) -> None:
        """Figures that follow one another: the large one of the spread, if it may have one, and rows."""
        free = self.large != self.spread
        large = next((at for at, each in enumerate(figures) if self._may_be_wide(each)), None) if free else None
        if large is None:
            self._in_rows(figures)
            return
        self._in_rows(figures[:large])
        self._alone(figures[large], STACKED)
        self._in_rows(figures[large + 1 :])

    def _in_rows(self, figures: tuple[Figure, ...]) -> None:
        aspects = tuple(aspect_of(each.images[0]) for each in figures)
        heights = tuple(_highest(each.images[0]) for each in figures)

        def scale(start: int, end: int) -> float:
            """The part of the column that a row takes, so that none of its pictures is coarse."""
            return min(1.0, min(self.tallest, *heights[start:end]) / (self.column / sum(aspects[start:end])))

        def cost(start: int, end: int) -> float:
            part = scale(start, end) if end - start > 1 else 1.0
            return log(sum(aspects[start:end]) / WISHED) ** 2 + (9.0 if part < LEAST_ROW else 2 * log(part) ** 2)

        at = 0
        for count in parted(len(figures), MOST_IN_ROW, cost):
            self._row(figures[at : at + count], scale(at, at + count))
            at += count

    def _row(self, figures: tuple[Figure, ...], part: float) -> None:
        if len(figures) == 1:
            self._alone(figures[0], STACKED)
            return
        aspects = tuple(aspect_of(each.images[0]) for each in figures)
        self.rows[id(figures[0])] = FigureRow(figures, shares(aspects), part)
        for each in figures:
            self._call(each, ROW)
        self.reached += self.column * part / sum(aspects)


def _clusters(article: Article) -> Iterator[tuple[Block, ...]]:
    """The blocks in reading order: text by itself, and figures with no text between them together."""
    for blocks in (article.introduction, article.body):
        yield from _clusters_in(blocks)


def _clusters_in(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    together: list[Block] = []
    for block in blocks:
        one = isinstance(block, Figure) and len(block.images) == 1 and _known(block.images[0])
        if together and not one:
            yield tuple(together)
            together = []
        if one:
            together.append(block)
        elif isinstance(block, Turn):
            yield from _clusters_of_turn(block)
        elif isinstance(block, Sidebar):
            yield from ((each,) for each in block.blocks)
        else:
            yield (block,)
    if together:
        yield tuple(together)


def _clusters_of_turn(turn: Turn) -> Iterator[tuple[Block, ...]]:
    sides: list[Question | Answer] = [turn.question] if turn.question else []
    for side in (*sides, *turn.answers):
        yield from _clusters_in(side.blocks)


def _text_height(block: Block, column: float) -> float:
    letters = sum(len(each.text) for each in walk(block) if isinstance(each, Text))
    return _TURN / 2 + letters * 5.5 / max(20.0, column * 0.56)


def _known(image: Image) -> bool:
    return bool(image.asset and image.width and image.height)


def _widest(image: Image) -> float:
    """Millimetres of width at which a picture has the fewest dots that print shows well."""
    return image.width / LEAST_DPI * 25.4


def _highest(image: Image) -> float:
    return image.height / LEAST_DPI * 25.4


def _dots(figure: Figure, width: float) -> float:
    """Dots per inch of the figure's first picture when it stands ``width`` millimetres wide; plenty if unknown."""
    return figure.images[0].width / (width / 25.4) if figure.images[0].width else LEAST_DPI


def _talks(figure: Figure, paper: Paper) -> bool:
    """Whether the caption is longer than the picture is high when that has given way to its page as far as it may."""
    first, column = figure.images[0], paper.width / 2
    if not first.width or not first.height:
        return False
    aspect, several = first.width / first.height, len(figure.images) > 1
    wide = column / 2 if several else min(column, first.width / LEAST_DPI * 25.4)
    high = wide / aspect * ceil(len(figure.images) / 2)
    least = high if several else min(high, column * sqrt(LEAST / aspect))
    return len(plain((*figure.caption, *figure.credit))) > LETTERS * least


def without_last_quote(article: Article) -> Article:
    """The article with the pull quotes at its very end before the last words: the end mark stands behind those."""
    body, quotes = _parted(article.body)
    if not body:
        return article
    *before, last = body
    if isinstance(last, Turn) and last.answers:
        *others, answer = last.answers
        blocks, more = _parted(answer.blocks)
        quotes = (*more, *quotes)
        place = next((at for at in range(len(blocks) - 1, 0, -1) if not _quoting(blocks[at - 1 : at + 1])), 0)
        if place:
            answer, quotes = replace(answer, blocks=(*blocks[:place], *quotes, *blocks[place:])), ()
        elif before and blocks:  # between a question and its answer it would part them
            answer = replace(answer, blocks=blocks)
        else:
            return article
        last = replace(last, answers=(*others, answer))
    return replace(article, body=(*before, *quotes, last))


def _quoting(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(each, PullQuote) for each in blocks)


def _parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Blocks, and the pull quotes at their end."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], PullQuote):
        end -= 1
    return blocks[:end], blocks[end:]
