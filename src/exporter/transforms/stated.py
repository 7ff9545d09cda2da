"""What the reader says about an article, in place of what the page says."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from exporter.errors import UsageError
from exporter.language import well_formed
from exporter.model import Article, Contributor, Document, Inline, Metadata, Role, Text
from exporter.sources.policy import Stated, is_date
from exporter.sources.urls import host_of

_ROLES: tuple[tuple[str, Role], ...] = (
    ("authors", "author"),
    ("interviewers", "interviewer"),
    ("interviewees", "interviewee"),
)


def check_stated(stated: Stated) -> None:
    """Raises :class:`UsageError` for a date, a language or an address that is none."""
    if stated.published and not is_date(stated.published):
        raise UsageError(f"This is no date: {stated.published!r}.", "Write it as 2025-05-20, 2025-05 or 2025.")
    if stated.language and not well_formed(stated.language):
        raise UsageError(f"This is no language: {stated.language!r}.", "Give its tag, such as en, pt-BR or zh-Hant.")
    if stated.source_url and not host_of(stated.source_url):
        raise UsageError(f"This is no web address: {stated.source_url!r}.", "Give it as https://example.org/talk.")


def with_stated(document: Document, stated: Stated) -> Document:
    """The document with everything that is stated; what is not stays as the page has it."""
    if stated == Stated():
        return document
    article = document.article
    return replace(
        document,
        article=replace(
            article,
            headline=_words(stated.title) or article.headline,
            deck=_words(stated.deck) or article.deck,
            byline=() if stated.authors else article.byline,
            metadata=_metadata(article, stated),
        ),
    )


def _metadata(article: Article, stated: Stated) -> Metadata:
    known = article.metadata
    return replace(
        known,
        language=well_formed(stated.language) if stated.language else known.language,
        published=stated.published or known.published,
        publication=stated.publication or known.publication,
        source_url=stated.source_url or known.source_url,
        contributors=tuple(_contributors(known.contributors, stated)),
    )


def _contributors(known: tuple[Contributor, ...], stated: Stated) -> Iterator[Contributor]:
    """The page's contributors in roles that the reader did not state, then the stated ones."""
    roles = {role for field, role in _ROLES if getattr(stated, field)}
    names = {name: [role for field, role in _ROLES if name in getattr(stated, field)] for name in _names(stated)}
    keys = {each.name: each.key for each in known}
    taken = {each.key for each in known}
    for each in known:
        left = tuple(role for role in each.roles if role not in roles)
        kept = (*left, *names.pop(each.name, ()))
        if kept:
            yield replace(each, roles=kept)
    for number, (name, own) in enumerate(names.items(), 1):
        fresh = next(key for extra in range(len(taken) + 1) if (key := f"stated-{number + extra}") not in taken)
        taken.add(keys.get(name, fresh))
        yield Contributor(keys.get(name, fresh), name, tuple(own))


def _names(stated: Stated) -> dict[str, None]:
    return dict.fromkeys(name for field, _ in _ROLES for name in getattr(stated, field))


def _words(text: str) -> tuple[Inline, ...]:
    folded = " ".join(text.split())
    return (Text(folded),) if folded else ()
