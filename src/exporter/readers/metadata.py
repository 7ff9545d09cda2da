"""What the page's head says of the article: JSON-LD, microdata, Open Graph, Dublin Core, meta elements, in this order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bs4 import BeautifulSoup, Tag

from exporter.readers.inlines import attribute
from exporter.readers.pieces import fold

_ARTICLE_KINDS = re.compile(r"(?:Article|BlogPosting|Posting|Report|Review|WebPage|Interview)$")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TAGS = re.compile(r"<[^>]{1,200}>")
_DATE = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?")


@dataclass(slots=True)
class Declared:
    """What the head declares; empty where it says nothing. ``authors`` are people and houses alike, in order."""

    titles: list[str] = field(default_factory=list)
    description: str = ""
    authors: list[str] = field(default_factory=list)
    publication: str = ""
    section: str = ""
    published: str = ""
    modified: str = ""
    keywords: list[str] = field(default_factory=list)
    language: str = ""
    address: str = ""
    picture: str = ""
    rights: str = ""
    kinds: set[str] = field(default_factory=set)
    body: str = ""


def gather(soup: BeautifulSoup) -> Declared:
    """Everything the head declares. Must be called before the page is cleaned."""
    found = Declared()
    _linked(soup, found)
    _metas(soup, found)
    _elements(soup, found)
    found.titles = list(dict.fromkeys(filter(None, found.titles)))
    found.authors = list(dict.fromkeys(name for each in found.authors if (name := _person(each))))
    return found


def _person(text: str) -> str:
    name = plain_words(text)
    return "" if name.startswith(("http", "@")) or len(name) > 120 else name


def plain_words(value: object) -> str:
    """A declared value as plain text: entities and tags resolved, white space folded; ``""`` for what is no text."""
    return fold(_TAGS.sub("", unescape(value))) if isinstance(value, str) else ""


# ------------------------------------------------------------------------------------------------------------------ JSON-LD


def _linked(soup: BeautifulSoup, found: Declared) -> None:
    for script in soup.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE)):
        for node in _graph(_parsed(script.get_text())):
            kinds = [each for each in _listed(node.get("@type")) if isinstance(each, str)]
            found.kinds.update(kinds)
            if any(_ARTICLE_KINDS.search(kind) for kind in kinds):
                _article_node(node, found, secondary="WebPage" in kinds)


def _parsed(text: str) -> Any:
    for attempt in (
        text,
        _CONTROL.sub(" ", text).strip().rstrip(";"),
        re.sub(r",\s*([}\]])", r"\1", _CONTROL.sub(" ", text)),
    ):
        try:
            return json.loads(attempt)
        except (ValueError, RecursionError):
            continue
    return None


def _graph(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for each in value:
            yield from _graph(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"):
            yield from _graph(value.get(name), depth + 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _article_node(node: dict[str, Any], found: Declared, secondary: bool) -> None:
    if not secondary:
        found.titles.append(plain_words(node.get("headline")))
        found.body = found.body or plain_words(node.get("articleBody"))
    for author in _listed(node.get("author")) + _listed(node.get("creator")):
        found.authors.extend(_names(author))
    found.publication = found.publication or next(iter(_names(node.get("publisher"))), "")
    found.description = found.description or plain_words(node.get("description"))
    found.published = found.published or date(node.get("datePublished"))
    found.modified = found.modified or date(node.get("dateModified"))
    found.section = found.section or plain_words(next(iter(_listed(node.get("articleSection"))), ""))
    found.language = found.language or plain_words(node.get("inLanguage"))
    words = node.get("keywords")
    found.keywords.extend(
        plain_words(each) for each in (words if isinstance(words, list) else str(words or "").split(",")) if each
    )


def _names(value: Any) -> list[str]:
    found: list[str] = []
    for each in _listed(value):
        name = each.get("name") if isinstance(each, dict) else each
        found.extend(plain_words(one) for one in _listed(name) if isinstance(one, str))
    return [name for name in found if name]


def date(value: object) -> str:
    """An ISO 8601 date or date and time as it is declared, ``""`` for anything else."""
    found = _DATE.match(value.strip()) if isinstance(value, str) else None
    return found[0].strip().replace(" ", "T", 1) if found else ""


# --------------------------------------------------------------------------------------------------------- meta and elements

_META: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "title",
        (
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "parsely-title",
            "sailthru.title",
            "headline",
            "title",
        ),
    ),
    ("description", ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")),
    (
        "author",
        (
            "author",
            "article:author",
            "article:author_name",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
            "cxenseparse:author",
            "twitter:data1",
        ),
    ),
    ("publication", ("og:site_name", "application-name", "dc.publisher", "publisher", "apple-mobile-web-app-title")),
    ("section", ("article:section", "section", "parsely-section", "cxenseparse:category")),
    (
        "published",
        (
            "article:published_time",
            "date",
            "dc.date",
            "dcterms.created",
            "dcterms.date",
            "dc.date.issued",
            "parsely-pub-date",
            "publish-date",
            "datepublished",
            "pubdate",
            "sailthru.date",
            "og:published_time",
        ),
    ),
    ("modified", ("article:modified_time", "og:updated_time", "dcterms.modified", "lastmod")),
    ("keywords", ("keywords", "news_keywords", "article:tag")),
    ("address", ("og:url",)),
    ("picture", ("og:image", "og:image:url", "twitter:image", "twitter:image:src")),
    ("language", ("og:locale", "content-language", "dc.language", "language")),
    ("rights", ("copyright", "dc.rights", "dcterms.rights", "rights")),
)
"""What → the names under which pages declare it, the most trustworthy first."""


def _metas(soup: BeautifulSoup, found: Declared) -> None:
    declared: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        name = (
            attribute(tag, "property")
            or attribute(tag, "name")
            or attribute(tag, "itemprop")
            or attribute(tag, "http-equiv")
        ).lower()
        value = plain_words(attribute(tag, "content"))
        if name and value:
            declared.setdefault(name, []).append(value)
    first = {what: next((declared[name][0] for name in names if name in declared), "") for what, names in _META}
    found.titles.extend(declared[name][0] for name in _META[0][1] if name in declared)
    found.authors.extend(each for name in _META[2][1][:-1] for each in declared.get(name, ()))
    found.keywords.extend(
        word.strip() for name in _META[7][1] for each in declared.get(name, ()) for word in each.split(",")
    )
    found.description = first["description"] or found.description
    found.publication = (
        first["publication"] if "og:site_name" in declared else found.publication or first["publication"]
    )
    found.section = first["section"] or found.section
    found.published = found.published or date(first["published"])
    found.modified = found.modified or date(first["modified"])
    found.address = first["address"]
    found.picture = first["picture"]
    found.language = found.language or first["language"]
    found.rights = first["rights"]


def _elements(soup: BeautifulSoup, found: Declared) -> None:
    title = soup.find("title")
    if title is not None:
        found.titles.append(fold(title.get_text()))
    canonical = soup.find("link", rel="canonical")
    if isinstance(canonical, Tag):
        found.address = attribute(canonical, "href") or found.address
    if not found.published:
        found.published = _time_element(soup)
    root = soup.find("html")
    if isinstance(root, Tag):
        found.language = attribute(root, "lang") or attribute(root, "xml:lang") or found.language


def _time_element(soup: BeautifulSoup) -> str:
    for tag in soup.find_all("time"):
        found = date(attribute(tag, "datetime"))
        if found:
            return found
    marked = soup.find(True, attrs={"itemprop": "datePublished"})
    return date(attribute(marked, "content") or attribute(marked, "datetime")) if isinstance(marked, Tag) else ""
