"""What the package says about the book: Dublin Core, MARC roles, and accessibility that is true of this very document.

Rules: EPUB 3.3 "package metadata", MARC relator codes, the schema.org accessibility vocabulary as EPUB Accessibility 1.1
names it. No conformance is claimed: that is for a person to certify.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from exporter.language import Labels
from exporter.model import Article, Contributor, Document, Figure, Metadata, Role
from exporter.model.walk import figures_of, plain, words_of
from exporter.writers.epub.package import EARLIEST, Statement
from exporter.writers.xhtml.figures import described
from exporter.writers.xhtml.speakers import filed_as

MARC: dict[Role, str] = {
    "author": "aut",
    "interviewer": "ivr",
    "interviewee": "ive",
    "photographer": "pht",
    "illustrator": "ill",
    "translator": "trl",
    "editor": "edt",
    "publisher": "pbl",
}
"""Role → MARC relator code."""

CREATORS: tuple[Role, ...] = ("author", "interviewer", "interviewee")
"""The roles whose bearers made the words, in the order in which a shelf shows them; all others contribute.

Where there is none of them, as in a book of many articles, it is the editors who made it: a shelf shows no contributors.
"""

_DATE = re.compile(r"(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_UUID = re.compile(r"(?!urn:uuid:)|urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """``text`` on one line, without the characters that XML 1.0 forbids (production 2, Char)."""
    kept = text if text.isprintable() else _NOT_XML.sub("", text)  # what can be printed holds none of them
    return " ".join(kept.split())


def identifier_of(document: Document) -> str:
    """The document's own identifier, else a UUID (version 5) of its address or, without one, of its words."""
    metadata = document.article.metadata
    stated = legal(metadata.identifier)
    if stated and _UUID.match(stated):
        return stated
    words = "\0".join(words_of(document.article)).encode("utf-8", "replace")
    name = metadata.source_url or hashlib.sha256(words).hexdigest()
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def moment_of(metadata: Metadata) -> datetime:
    """When the article was last changed, or published, in UTC; the zip format's first moment when neither is known.

    A date without a time is midnight UTC, a time without a zone is taken for UTC.
    """
    for stated in (metadata.modified, metadata.published):
        try:
            found = datetime.fromisoformat(stated)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return datetime(*EARLIEST, tzinfo=UTC)


def statements(article: Article, cover_key: str, summary: str) -> tuple[Statement, ...]:
    """Everything but identifier, title, language and the time of change, which the package sets itself.

    ``cover_key`` is the cover picture's id in the manifest, ``""`` without one; ``summary`` the accessibility summary.
    """
    return (
        *_people(article.metadata.contributors, article.metadata.language),
        *_facts(article),
        *_series(article.metadata),
        *_accessibility(article, summary),
        *([_named("cover", cover_key)] if cover_key else []),
    )


def page_statements(paper: str) -> tuple[Statement, ...]:
    """What is true of a book with a page list: it has marks, a way to them, and they are those of our PDF on ``paper``."""
    return (
        _about("accessibilityFeature", "pageBreakMarkers"),
        _about("accessibilityFeature", "pageNavigation"),
        Statement("", "meta", legal(f"PDF, {paper}"), (("property", "pageBreakSource"),)),
    )


def _people(contributors: tuple[Contributor, ...], language: str) -> Iterator[Statement]:
    named = [person for person in contributors if legal(person.name)]
    nobody = all(_rank(person) == len(CREATORS) for person in named)
    editors = [person for person in named if nobody and "editor" in person.roles]
    for number, person in enumerate(sorted(named, key=_rank), 1):
        if person.roles == ("publisher",):
            yield Statement("DC", "publisher", legal(person.name))
            continue
        key = f"person-{number}"
        element = "creator" if _rank(person) < len(CREATORS) or person in editors else "contributor"
        yield Statement("DC", element, legal(person.name), (("id", key),))
        for code in _relators(person, element == "creator"):
            yield _refined(key, "role", code, ("scheme", "marc:relators"))
        yield _refined(key, "file-as", legal(person.sort_name) or legal(filed_as(person.name, language)))


def _relators(person: Contributor, creator: bool) -> tuple[str, ...]:
    """What somebody did; who asked or answered is an author first.

    calibre 6 shows no creator who is nothing else, and Readium goes by the first role alone (r2-shared-js 1.0.85).
    """
    codes = (MARC[role] for role in person.roles)
    return tuple(dict.fromkeys((*((MARC["author"],) if creator else ()), *codes)))


def _rank(person: Contributor) -> int:
    return min((CREATORS.index(role) for role in person.roles if role in CREATORS), default=len(CREATORS))


def _facts(article: Article) -> Iterator[Statement]:
    metadata = article.metadata
    date = _DATE.match(metadata.published)
    publishers = {person.name for person in metadata.contributors if person.roles == ("publisher",)}
    rows = (
        ("publisher", "" if metadata.publication in publishers else metadata.publication),
        ("source", metadata.source_url),
        ("source", metadata.publication),
        ("date", date.group() if date else ""),
        ("description", plain(article.deck)),
        ("rights", metadata.rights),
        *(("subject", word) for word in dict.fromkeys((metadata.section, *metadata.keywords))),
    )
    yield from (Statement("DC", name, legal(text)) for name, text in rows if legal(text))


def _series(metadata: Metadata) -> Iterator[Statement]:
    """EPUB 3.3, "belongs-to-collection"; and calibre's elements, without which Foliate (foliate-js 1.0.1) shows no series."""
    name = legal(metadata.series)
    if not name:
        return
    yield Statement("", "meta", name, (("property", "belongs-to-collection"), ("id", "series")))
    yield _refined("series", "collection-type", "series")
    yield _named("calibre:series", name)
    if metadata.position > 0:
        yield _refined("series", "group-position", str(metadata.position))
        yield _named("calibre:series_index", str(metadata.position))


def _accessibility(article: Article, summary: str) -> Iterator[Statement]:
    figures = shown_figures(article)
    all_described = all(map(is_described, figures))
    # A caption says where and when; only a description stands for the picture.
    sufficient = "textual" if all_described else "textual,visual"
    features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"]
    if figures and all_described:
        features.append("alternativeText")
    yield from (_about("accessMode", mode) for mode in (("textual", "visual") if figures else ("textual",)))
    yield _about("accessModeSufficient", sufficient)
    yield from (_about("accessibilityFeature", feature) for feature in features)
    # Still pictures only: nothing flashes, moves or sounds.
    yield _about("accessibilityHazard", "none")
    yield _about("accessibilitySummary", legal(summary))


def shown_figures(article: Article) -> tuple[Figure, ...]:
    """The figures that have a picture to show."""
    return tuple(each for each in figures_of(article) if any(image.asset for image in each.images))


def is_told(figure: Figure) -> bool:
    """Whether somebody who cannot see the pictures is told about them: by a caption or by words for each."""
    return bool(plain(figure.caption).strip()) or is_described(figure)


def is_described(figure: Figure) -> bool:
    """Whether each picture has words of its own."""
    return all(described(image, figure).strip() for image in figure.images if image.asset)


def summary_of(article: Article, labels: Labels) -> str:
    """The accessibility summary: sentences for a person, of the document's language."""
    figures = shown_figures(article)
    told = labels.accessible_pictures if all(map(is_told, figures)) else labels.accessible_not_all_pictures
    return f"{labels.accessible} {told}" if figures else labels.accessible


def _about(term: str, value: str) -> Statement:
    return Statement("", "meta", value, (("property", f"schema:{term}"),))


def _refined(key: str, term: str, value: str, *more: tuple[str, str]) -> Statement:
    return Statement("", "meta", value, (("refines", f"#{key}"), ("property", term), *more))


def _named(name: str, content: str) -> Statement:
    # The second edition of EPUB said it so, and shops and shelves still read it.
    return Statement("", "meta", "", (("name", name), ("content", content)))
