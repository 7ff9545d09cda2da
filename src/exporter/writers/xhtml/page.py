"""The whole article as one HTML page: what print lays out, and what the html format is."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from markupsafe import Markup

from exporter.language import direction_of
from exporter.model import Answer, Article, Block, Contributor, Metadata, Paragraph, Role, Turn
from exporter.model.walk import plain
from exporter.notices import excerpt
from exporter.writers.xhtml.blocks import blocks, cast, colophon_lines, endnotes, introduction, opening
from exporter.writers.xhtml.context import RenderContext
from exporter.writers.xhtml.templates import fill

RUNNING_HEAD = 56
"""Most characters of a running head: a line of small type over the column holds no more."""

_PAUSES = ",;:.–—"
_LEANING = 4
"""The longest article, preposition or conjunction in letters: a running head must not end with one."""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def page_of(
    article: Article,
    context: RenderContext,
    style: Markup,
    made: datetime | None = None,
    classes: tuple[str, ...] = (),
    anchor: str = "",
) -> Markup:
    """The article as a page with ``style`` (finished CSS) in its head and ``classes`` on its root.

    ``made`` is the moment it says it was last modified. With an ``anchor`` it is an article of a book of many, which tells at
    its end where each comes from.
    """
    headline = _folded(plain(article.headline))
    return fill(
        "page.html.j2",
        language=context.language,
        direction=direction_of(context.language),
        title=headline,
        meta=meta(article, made),
        style=style,
        classes=" ".join((*_classes(article), *classes)),
        running_head=_running(headline),
        publication=article.metadata.publication,
        opening=opening(article, context),
        introduction=introduction(article, context),
        cast=cast(context),
        conversation=blocks(article.body, context),
        notes=endnotes([article], context) if context.notes == "collected" else "",
        notes_title=context.labels.notes,
        colophon="" if anchor else colophon_lines(article, context),
        anchor=anchor,
    )


def _running(headline: str) -> str:
    """The headline as far as a running head has room for it: up to a pause, else to a word that does not lean on the next."""
    if len(headline) <= RUNNING_HEAD:
        return headline
    words = headline[:RUNNING_HEAD].split(" ")[:-1]
    pauses = [place for place, word in enumerate(words, 1) if word[-1:] in _PAUSES]
    if pauses and len(" ".join(words[: pauses[-1]])) >= RUNNING_HEAD / 5:
        return " ".join(words[: pauses[-1]]).rstrip(_PAUSES)
    while len(words) > 2 and len(words[-1]) <= _LEANING and words[-1].islower():
        words.pop()
    return f"{' '.join(words)}…" if words else excerpt(headline, RUNNING_HEAD)


def meta(article: Article, made: datetime | None) -> list[tuple[str, str]]:
    """Names and contents of the head's meta elements, those with words only."""
    metadata = article.metadata
    created = _w3c(metadata.published)
    modified = _w3c(made.isoformat()) if made else _w3c(metadata.modified) or created
    pairs = [
        *(("author", name) for name in _authors(metadata)),
        ("description", _folded(plain(article.deck))),
        ("keywords", ", ".join(metadata.keywords)),
        ("dcterms.created", created),
        ("dcterms.modified", modified),
        ("generator", "exporter"),
    ]
    return [(name, content) for name, content in pairs if content]


def _w3c(date: str) -> str:
    """A date as the W3C's note on ISO 8601 has it: year, month or day, or a time with its zone; ``""`` for anything else.

    A time without a zone is taken for universal time, so that it means the same on every machine.
    """
    if _DATE.fullmatch(date):
        return date
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return ""
    return moment.replace(tzinfo=moment.tzinfo or UTC).isoformat(timespec="seconds")


def _authors(metadata: Metadata) -> list[str]:
    writers = _with_roles(metadata, {"author", "interviewer"})
    return [each.name for each in writers or _with_roles(metadata, {"editor"})]  # a book of many is its editors'


def _with_roles(metadata: Metadata, roles: set[Role]) -> list[Contributor]:
    return [each for each in metadata.contributors if roles & set(each.roles)]


def _classes(article: Article) -> list[str]:
    """Classes for what a style sheet must know of the whole article and cannot ask: how it ends."""
    return ["ends-in-text" if _ends_in_text(article.body) else "ends-otherwise"]


def _ends_in_text(nodes: tuple[Block, ...]) -> bool:
    last: Block | Answer | None = nodes[-1] if nodes else None
    if isinstance(last, Turn):
        return bool(last.answers) and isinstance(last.answers[-1].blocks[-1], Paragraph)
    return isinstance(last, Paragraph)


def _folded(text: str) -> str:
    return " ".join(text.split())
