"""The document: types only.

One closed, immutable tree. Readers make it, transforms rewrite it, writers render it. Children stand in tuples; every union
is closed, so that ``match`` with ``assert_never`` makes the type checker name each place a new node must be taught to.

The JSON form (:mod:`exporter.model.codec`) is public: an object per node, its kind under ``"type"``, defaults left out.
``docs/model.md`` shows each node with an example.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

FORMAT_VERSION = 1
"""Version of the JSON form. It rises when an older reader could no longer read what is written."""

type_field = "type"

Direction = Literal["ltr", "rtl"]
NumberStyle = Literal["1", "a", "A", "i", "I"]
Role = Literal[
    "author", "interviewer", "interviewee", "photographer", "illustrator", "translator", "editor", "publisher"
]


class Node(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field=type_field):
    """What every part of the tree is: immutable, compared by value, one tagged JSON object."""


# ------------------------------------------------------------------------------------------------------------------ inline


class Text(Node, frozen=True, tag="text"):
    """A run of characters, white space already folded. Never empty."""

    text: str


class Emphasis(Node, frozen=True, tag="emphasis"):
    """Stressed words, titles of works: italics in print."""

    children: tuple[Inline, ...]


class Strong(Node, frozen=True, tag="strong"):
    """Important words: bold in print."""

    children: tuple[Inline, ...]


class Superscript(Node, frozen=True, tag="superscript"):
    """Raised text: an exponent, an ordinal's ending."""

    children: tuple[Inline, ...]


class Subscript(Node, frozen=True, tag="subscript"):
    """Lowered text: a chemical index."""

    children: tuple[Inline, ...]


class SmallCaps(Node, frozen=True, tag="small-caps"):
    """Words the page set in small capitals."""

    children: tuple[Inline, ...]


class Code(Node, frozen=True, tag="code"):
    """A few characters of program text within a line."""

    text: str


class LineBreak(Node, frozen=True, tag="line-break"):
    """A break the author meant: within an address, a poem, a sign-off."""


class Link(Node, frozen=True, tag="link"):
    """Words that lead elsewhere. ``href`` is an absolute http, https or mailto address, or ``""`` when it was refused."""

    children: tuple[Inline, ...]
    href: str = ""


class Span(Node, frozen=True, tag="span"):
    """Words of another language (BCP 47) or direction than their surroundings, or words that quotation marks stand around.

    ``override``: every character runs in ``direction``, whatever its script. ``quoted``: the page leaves the marks to whoever
    shows it; they are set when the document is read (:mod:`exporter.transforms.quotation_marks`). A paragraph whose only child
    is a span runs as a whole as the span says.
    """

    children: tuple[Inline, ...]
    language: str | None = None
    direction: Direction | None = None
    override: bool = False
    quoted: bool = False


class Ruby(Node, frozen=True, tag="ruby"):
    """Words (``children``) with their ``reading`` set small above them: Japanese furigana, Chinese zhuyin or pinyin."""

    children: tuple[Inline, ...]
    reading: tuple[Inline, ...]


class Formula(Node, frozen=True, tag="formula"):
    """A formula of mathematics. ``display`` says that it stands on a line of its own.

    ``mathml`` is an element ``math`` of MathML Core without annotations, ``""`` where none is known; ``tex`` its source as TeX,
    ``""`` if unknown; ``alt`` says it in a line of plain text, for everyone who sees no drawing. Not all three are empty.
    """

    mathml: str = ""
    tex: str = ""
    alt: str = ""
    display: bool = False


class Note(Node, frozen=True, tag="note"):
    """A footnote, standing where its mark stands."""

    blocks: tuple[Block, ...]


Inline = (
    Text
    | Emphasis
    | Strong
    | Superscript
    | Subscript
    | SmallCaps
    | Code
    | LineBreak
    | Link
    | Span
    | Ruby
    | Formula
    | Note
)

# ------------------------------------------------------------------------------------------------------------------- block


class Paragraph(Node, frozen=True, tag="paragraph"):
    """A paragraph of running text."""

    children: tuple[Inline, ...]


class Crosshead(Node, frozen=True, tag="crosshead"):
    """A heading inside the article. ``level`` 1 is the first below the headline, 3 the last."""

    children: tuple[Inline, ...]
    level: Literal[1, 2, 3] = 1


class Question(Node, frozen=True, tag="question"):
    """What the interviewer says. ``speaker`` is the name as the page labels it, without punctuation; None if unlabelled."""

    blocks: tuple[Block, ...]
    speaker: str | None = None


class Answer(Node, frozen=True, tag="answer"):
    """What one interviewee says; figures, pull quotes and read-mores may stand between its paragraphs."""

    blocks: tuple[Block, ...]
    speaker: str | None = None


class Turn(Node, frozen=True, tag="turn"):
    """One exchange. No question: an opening statement. Several answers: a round table. At least one of the two is there."""

    question: Question | None = None
    answers: tuple[Answer, ...] = ()


class PullQuote(Node, frozen=True, tag="pull-quote"):
    """Words repeated for display, which a reader can skip without losing anything, and who said them."""

    children: tuple[Inline, ...]
    attribution: tuple[Inline, ...] = ()


class BlockQuote(Node, frozen=True, tag="block-quote"):
    """Somebody's words as part of the reading flow, and whose they are."""

    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()


class ListEntry(Node, frozen=True, tag="list-entry"):
    """One entry of a list. ``term`` is set in a list of definitions only; ``number`` where the page gives it one of its own."""

    blocks: tuple[Block, ...]
    term: tuple[Inline, ...] = ()
    number: int | None = None


class ListBlock(Node, frozen=True, tag="list"):
    """A bulleted or a numbered list; ``start`` is the first number, ``reversed`` says that they count down.

    ``style`` is how numbers are written, by the value that HTML has for it: ``"1"``, ``"a"``, ``"A"``, ``"i"``, ``"I"``.
    """

    entries: tuple[ListEntry, ...]
    ordered: bool = False
    start: int = 1
    reversed: bool = False
    style: NumberStyle = "1"


class Image(Node, frozen=True, tag="image"):
    """A picture of a figure: the key of its asset, and the page's own words for those who cannot see it.

    ``asset`` is None when the picture was missing; ``width`` and ``height`` are pixels, 0 if unknown; ``source`` is the
    address or file name that the page gave.
    """

    asset: str | None
    alt: str = ""
    width: int = 0
    height: int = 0
    source: str = ""


class Figure(Node, frozen=True, tag="figure"):
    """One or more pictures with a caption and, apart from it, the credit of those who made them."""

    images: tuple[Image, ...]
    caption: tuple[Inline, ...] = ()
    credit: tuple[Inline, ...] = ()


class Cell(Node, frozen=True, tag="cell"):
    """A cell of a table."""

    blocks: tuple[Block, ...]
    header: bool = False
    columns: int = 1
    rows: int = 1


class Row(Node, frozen=True, tag="row"):
    """A row of a table, and whether it is of its head, which is said again where the table is broken, or of its foot."""

    cells: tuple[Cell, ...]
    part: Literal["head", "body", "foot"] = "body"


class Table(Node, frozen=True, tag="table"):
    """A table of facts (never one made for layout)."""

    rows: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()


class Sidebar(Node, frozen=True, tag="sidebar"):
    """A box beside the text: a biography, key facts, a timeline."""

    blocks: tuple[Block, ...]
    heading: tuple[Inline, ...] = ()


class ReadMore(Node, frozen=True, tag="read-more"):
    """An invitation inside the text to read something else: "Read more: …"."""

    links: tuple[Link, ...]
    label: str = ""


class Embed(Node, frozen=True, tag="embed"):
    """A video, post or player that paper cannot show: its address, its title, who serves it, its caption."""

    href: str
    title: str = ""
    provider: str = ""
    caption: tuple[Inline, ...] = ()


class Verse(Node, frozen=True, tag="verse"):
    """Lines whose breaks are the author's."""

    lines: tuple[tuple[Inline, ...], ...]


class Preformatted(Node, frozen=True, tag="preformatted"):
    """Text whose spaces count."""

    text: str


class Ornament(Node, frozen=True, tag="ornament"):
    """A break between parts: a rule, three asterisks."""


Block = (
    Paragraph
    | Crosshead
    | Turn
    | PullQuote
    | BlockQuote
    | ListBlock
    | Figure
    | Table
    | Sidebar
    | ReadMore
    | Embed
    | Verse
    | Preformatted
    | Ornament
)

# ---------------------------------------------------------------------------------------------------------------- document


class Contributor(Node, frozen=True, tag="contributor"):
    """Somebody who made the piece. ``key`` is unique within the document."""

    key: str
    name: str
    roles: tuple[Role, ...] = ("author",)
    sort_name: str = ""


class Metadata(Node, frozen=True, tag="metadata"):
    """What is known about the article. Dates are ISO 8601 as far as they are known: ``2025-05-20`` or with time and zone.

    ``series`` is the name of what the article is a part of, ``position`` its place in it, counted from 1, or 0.
    """

    language: str = "und"
    identifier: str = ""
    source_url: str = ""
    publication: str = ""
    section: str = ""
    dateline: str = ""
    published: str = ""
    modified: str = ""
    contributors: tuple[Contributor, ...] = ()
    keywords: tuple[str, ...] = ()
    rights: str = ""
    series: str = ""
    position: int = 0


class Article(Node, frozen=True, tag="article"):
    """The article. ``headline`` is never empty; ``lead`` opens it; ``introduction`` stands before the first turn."""

    metadata: Metadata
    headline: tuple[Inline, ...]
    kicker: tuple[Inline, ...] = ()
    deck: tuple[Inline, ...] = ()
    byline: tuple[Inline, ...] = ()
    lead: Figure | None = None
    introduction: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    related: tuple[Link, ...] = ()


class Asset(Node, frozen=True, tag="asset"):
    """A picture that travels beside the tree. ``key`` names it in the tree; ``width`` and ``height`` are pixels.

    ``content`` holds its bytes. A document written by hand may leave it empty and give ``path`` instead, relative to the
    document's own folder. ``digest`` is the SHA-256 of the bytes, in hexadecimal.
    """

    key: str
    media_type: str
    content: bytes = b""
    path: str = ""
    source_url: str = ""
    width: int = 0
    height: int = 0
    digest: str = ""


class Document(Node, frozen=True, tag="document"):
    """An article and its pictures: what readers return and writers take."""

    article: Article
    assets: tuple[Asset, ...] = ()
    version: int = FORMAT_VERSION
