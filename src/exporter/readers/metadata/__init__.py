"""What the page's head says of the article: JSON-LD, meta elements (Open Graph, Dublin Core and others), microdata and RDFa.

Earlier sources are trusted more. Dates are only gathered here; :mod:`exporter.readers.lexicon.dates` weighs them, since the
page's own words have a say, and those wait for its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from bs4 import BeautifulSoup, Tag
from msgspec import Struct, field

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements
from exporter.readers.lexicon.dates import Stated, in_words, machine
from exporter.readers.lexicon.folding import fold, fold_name
from exporter.readers.lexicon.names import people_in
from exporter.readers.lexicon.vocabulary import words
from exporter.readers.metadata import jsonld
from exporter.readers.metadata.meta_elements import META
from exporter.readers.metadata.signed import (
    ELSEWHERE,
    MOST_MARKED,
    carded_authors,
    classes,
    face_of_author,
    is_author_card,
    labelled,
    linked_authors,
)

_TAGS = re.compile(r"<[^>]{1,200}>")
_MOST_NAMES = 400
"""Characters of a declared author: many names may stand in one value."""
_PREFIX = re.compile(r"^(?:https?://)?schema(?:\.org)?[:/]", re.IGNORECASE)


class Declared(Struct):
    """What the head declares; empty where it says nothing. ``authors`` are people and houses alike, in order.

    ``organisations`` those of them that it declares as houses and not as people.
    ``doubtful`` are folded names that the page's own byline overrules.
    ``face`` is an author whom only a linked picture names, where the head names nobody.
    ``stated`` are the dates of publication, the most trustworthy first; ``refused`` the values that are no date.
    """

    titles: list[str] = field(default_factory=list)
    description: str = ""
    authors: list[str] = field(default_factory=list)
    organisations: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    face: str = ""
    publication: str = ""
    section: str = ""
    stated: list[Stated] = field(default_factory=list)
    modified: str = ""
    refused: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    language: str = ""
    address: str = ""
    picture: str = ""
    rights: str = ""
    kinds: set[str] = field(default_factory=set)
    body: str = ""


class _Marks(Struct):
    """The elements that declare something, by kind, in the order of the page."""

    scripts: list[str] = field(default_factory=list)
    metas: dict[str, list[str]] = field(default_factory=dict)
    properties: dict[str, list[Tag]] = field(default_factory=dict)
    times: list[Tag] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    leading: list[Tag] = field(default_factory=list)
    cards: list[Tag] = field(default_factory=list)
    title: str = ""
    language: str = ""


def gather(soup: BeautifulSoup) -> Declared:
    """Everything the head declares. Must be called before the page is cleaned."""
    marks = _marks(soup)
    found = Declared(language=marks.language)
    _linked(jsonld.nodes(marks.scripts), found)
    _metas(marks.metas, found)
    _properties(marks.properties, found)
    if not _names_people(found):
        found.authors.extend(dict.fromkeys([*linked_authors(marks.leading), *carded_authors(marks.cards)]))
        found.face = face_of_author(soup)
    _times(marks.times, found)
    found.titles = list(dict.fromkeys(filter(None, [*found.titles, marks.title])))
    found.authors = list(dict.fromkeys(name for each in found.authors if (name := _person(each))))
    found.address = _canonical(marks.links, found.address)
    found.rights = found.rights or marks.links.get("license", "")
    return found


def _marks(soup: BeautifulSoup) -> _Marks:
    """One walk over the page: it may have ten thousand elements, of which twenty declare something."""
    marks = _Marks()
    for node in elements(soup):
        name = node.name
        if name in _MARKED:
            _MARKED[name](node, marks)
        elif "itemprop" in node.attrs or "property" in node.attrs:
            _mark_property(node, marks)
        if name == "time" or (name == "abbr" and "published" in classes(node)):
            marks.times.append(node)
        elif "class" in node.attrs and is_author_card(node):
            marks.cards.append(node)
        elif name == "a" and "rel" in node.attrs and "author" in attribute(node, "rel").split():
            marks.leading.append(node)
    return marks


def _mark_property(tag: Tag, marks: _Marks) -> None:
    for word in f"{attribute(tag, 'itemprop')} {attribute(tag, 'property')}".split():
        marks.properties.setdefault(_PREFIX.sub("", word).lower(), []).append(tag)


def _mark_script(tag: Tag, marks: _Marks) -> None:
    if "ld+json" in attribute(tag, "type").lower():
        marks.scripts.append(tag.get_text())


def _mark_meta(tag: Tag, marks: _Marks) -> None:
    value = plain_words(attribute(tag, "content"))
    for kind in ("property", "name", "itemprop", "http-equiv"):
        name = _PREFIX.sub("", attribute(tag, kind).strip()).lower()
        if name and value:
            marks.metas.setdefault(name, []).append(value)


def _mark_link(tag: Tag, marks: _Marks) -> None:
    for kind in attribute(tag, "rel").lower().split():
        if kind in ("canonical", "license") and attribute(tag, "href"):
            marks.links.setdefault(kind, attribute(tag, "href").strip())


def _mark_title(tag: Tag, marks: _Marks) -> None:
    marks.title = marks.title or fold(tag.get_text())


def _mark_html(tag: Tag, marks: _Marks) -> None:
    marks.language = marks.language or attribute(tag, "lang") or attribute(tag, "xml:lang")


_MARKED = {
    "script": _mark_script,
    "meta": _mark_meta,
    "link": _mark_link,
    "title": _mark_title,
    "html": _mark_html,
}


def _person(text: str) -> str:
    # Pages put the address of a profile, or the handle of a network, where the name belongs.
    name = plain_words(text)
    return "" if name.startswith(("http", "@")) or len(name) > _MOST_NAMES else name


def plain_words(value: object) -> str:
    """A declared value as plain text: entities and tags resolved, white space folded; ``""`` for what is no text."""
    return fold(_TAGS.sub("", unescape(value))) if isinstance(value, str) else ""


def _canonical(links: dict[str, str], declared: str) -> str:
    """The article's own address: what the page calls canonical, unless that is only its site's front page."""
    canonical = links.get("canonical", "")
    # Some content managers call the front page canonical on every page.
    is_front = re.fullmatch(r"(?:https?:)?//[^/]+/?|/", canonical) is not None
    return declared if is_front and declared.startswith("http") else canonical or declared


# ------------------------------------------------------------------------------------------------------------------ JSON-LD


def _linked(nodes: list[jsonld.Node], found: Declared) -> None:
    for node in nodes:
        found.kinds.update(jsonld.kinds(node))
    articles = [node for node in nodes if jsonld.is_article(node)]
    for node in articles:
        _article_node(node, found)
    # A page around the article knows less of it than the article itself, so it comes second.
    for node in nodes:
        kinds = jsonld.kinds(node)
        if "WebPage" in kinds and node not in articles:
            _page_node(node, found)
        elif kinds and kinds[0] in ("WebSite", "NewsMediaOrganization") and not found.publication:
            found.publication = plain_words(node.get("name"))
    if not articles and not found.authors:
        found.authors.extend(
            name for node in nodes if _WORKS & set(jsonld.kinds(node)) for name in _made_by(node, found)
        )


_WORKS = frozenset(
    {"CreativeWork", "Recipe", "HowTo", "VideoObject", "AudioObject", "PodcastEpisode", "MediaObject", "Book"}
)
"""Kinds of things that an article's page may be declared as, where no article is."""


_HOUSES = frozenset(
    {"Organization", "NewsMediaOrganization", "Corporation", "GovernmentOrganization", "EducationalOrganization"}
)


def _made_by(node: jsonld.Node, found: Declared) -> list[str]:
    """Who made a work: those declared as houses only where nobody else is."""
    makers = jsonld.listed(node.get("author")) + jsonld.listed(node.get("creator"))
    people = [each for each in makers if not (isinstance(each, dict) and _HOUSES & set(jsonld.kinds(each)))]
    found.organisations.update(name for each in makers if each not in people for name in _names(each))
    return [name for each in people or makers for name in _names(each)]


def _names_people(found: Declared) -> bool:
    """Whether a person is among the declared authors."""
    return any(people_in(name, found.publication) for name in found.authors if name not in found.organisations)


def _add_authors(found: Declared, more: list[str], *, of_article: bool = False) -> None:
    """Adds the authors whom one place of the head names; they are doubtful where they contradict a better one.

    So are those of the page around an article: whoever filled the page in is often not who wrote.
    """
    known = {fold_name(person.name) for name in found.authors for person in people_in(name, found.publication)}
    named = {fold_name(person.name) for name in more for person in people_in(name, found.publication)}
    if not of_article and known.isdisjoint(named):
        found.doubtful |= named
    found.authors.extend(more)


def _article_node(node: jsonld.Node, found: Declared) -> None:
    found.titles.append(plain_words(node.get("headline")) or plain_words(node.get("name")))
    found.body = found.body or plain_words(node.get("articleBody"))
    found.section = found.section or plain_words(jsonld.first(node.get("articleSection")))
    words_of = node.get("keywords")
    found.keywords.extend(
        plain_words(each) for each in (words_of if isinstance(words_of, list) else str(words_of or "").split(","))
    )
    found.address = found.address or _address(node.get("mainEntityOfPage")) or _address(node.get("url"))
    _page_node(node, found)


def _page_node(node: jsonld.Node, found: Declared) -> None:
    """What articles and the pages they stand on say alike."""
    _add_authors(found, _made_by(node, found), of_article=jsonld.is_article(node))
    for other in () if _names_people(found) else ("contributor", "editor"):
        found.authors.extend(_names(node.get(other)))
    found.publication = found.publication or next(iter(_names(node.get("publisher"))), "")
    found.description = found.description or plain_words(node.get("description"))
    state(found, node.get("datePublished") or node.get("dateCreated") or node.get("uploadDate"), "json-ld")
    found.modified = found.modified or machine(node.get("dateModified"))
    found.language = found.language or plain_words(jsonld.first(_names(node.get("inLanguage"))))
    holder = next(iter(_names(node.get("copyrightHolder"))), "")
    year = plain_words(str(node.get("copyrightYear") or ""))
    notice = plain_words(node.get("copyrightNotice")) or (f"© {year} {holder}".replace("  ", " ") if holder else "")
    found.rights = found.rights or notice or _address(node.get("license"))


def _names(value: Any) -> list[str]:
    found: list[str] = []
    for each in jsonld.listed(value):
        name = _name_of(each) if isinstance(each, dict) else each
        found.extend(plain_words(one) for one in jsonld.listed(name) if isinstance(one, str))
    return [name for name in found if name]


def _name_of(node: jsonld.Node) -> Any:
    parts = [plain_words(node.get(each)) for each in ("givenName", "additionalName", "familyName")]
    return node.get("name") or " ".join(filter(None, parts)) or node.get("alternateName")


def _address(value: Any) -> str:
    found = jsonld.first(value)
    address = (found.get("@id") or found.get("url")) if isinstance(found, dict) else found
    return address.strip() if isinstance(address, str) and address.startswith(("http://", "https://")) else ""


def state(found: Declared, value: object, source: str, language: str = "") -> None:
    """Notes a date of publication, or, when it cannot be one, the value."""
    if not isinstance(value, str) or not value.strip():
        return
    words_of = None if machine(value) else in_words(value, language or found.language)
    date = machine(value) or (words_of.date if words_of else "")
    if date:
        found.stated.append(Stated(date, source))
    else:
        found.refused.append(value)


# ------------------------------------------------------------------------------------------------------------- meta elements


def _metas(declared: dict[str, list[str]], found: Declared) -> None:
    first = {what: next((declared[name][0] for name in names if name in declared), "") for what, names in META.items()}
    found.titles.extend(declared[name][0] for name in META["title"] if name in declared)
    for name in META["author"]:
        _add_authors(found, declared.get(name, []))
    _add_authors(found, list(labelled(declared)))
    found.keywords.extend(
        word.strip() for name in META["keywords"] for each in declared.get(name, ()) for word in each.split(",")
    )
    found.description = first["description"] or found.description
    # Open Graph's name is the one that readers know; a publisher in JSON-LD is often the company.
    known = found.publication if "og:site_name" not in declared else ""
    found.publication = known or first["publication"]
    found.section = first["section"] or found.section
    found.language = found.language or first["language"]
    for value in [declared[name][0] for name in META["published"] if name in declared]:
        state(found, value, "meta")
    found.modified = found.modified or machine(first["modified"])
    found.address = first["address"] if first["address"].startswith("http") else found.address
    found.picture = first["picture"]
    found.rights = first["rights"] or found.rights


# ------------------------------------------------------------------------------------------------- microdata, RDFa, elements


def _properties(properties: dict[str, list[Tag]], found: Declared) -> None:
    """Microdata and RDFa on elements that are seen."""
    for tag in properties.get("datepublished", [])[:1]:
        state(found, _value(tag), "meta")
    for tag in properties.get("datemodified", [])[:1]:
        found.modified = found.modified or machine(_value(tag))
    if not _names_people(found):
        found.authors.extend(_author_marks(properties))
    for tag in properties.get("publisher", [])[:1]:
        found.publication = found.publication or _named_within(tag)
    for tag in properties.get("articlesection", [])[:1]:
        found.section = found.section or _value(tag)


def _author_marks(properties: dict[str, list[Tag]]) -> Iterator[str]:
    # Comments and teasers below mark their authors, too.
    for tag in [*properties.get("author", []), *properties.get("dc:creator", [])][:MOST_MARKED]:
        name = _named_within(tag)
        if name and len(name) <= 60:
            yield name


def _named_within(tag: Tag) -> str:
    """The name of a thing: of the element in it that is marked as such, or its own words."""
    inner = tag.find(True, attrs={"itemprop": "name"}) or tag.find(True, attrs={"property": "name"})
    return _value(inner) if isinstance(inner, Tag) else _value(tag)


def _value(tag: Tag) -> str:
    return plain_words(attribute(tag, "content") or attribute(tag, "datetime")) or fold(tag.get_text(" "))[:120]


def _times(times: list[Tag], found: Declared) -> None:
    """``time`` elements: one that is named the date of publication as good as a meta element, the first of others far below."""
    # Times in menus, asides and a page's footer are those of other articles.
    own = [tag for tag in times if not _is_elsewhere(tag)]
    for source, tags in (("meta", [tag for tag in own if _is_publication(tag)]), ("time", own)):
        stated = next(filter(None, (_moment(tag, found.language) for tag in tags)), "")
        if stated:
            found.stated.append(Stated(stated, source))
    if not found.modified:
        changed = [machine(attribute(tag, "datetime")) for tag in own if " updated " in _names_of(tag)]
        found.modified = next(filter(None, changed), "")


def _is_elsewhere(tag: Tag) -> bool:
    boxes = {parent.name for parent in tag.parents}
    return not boxes.isdisjoint(ELSEWHERE - {"footer"} if "article" in boxes else ELSEWHERE)


def _moment(tag: Tag, language: str) -> str:
    """The date of a ``time`` element, or hAtom's ``abbr``: its attribute's, or that of its words where it has none."""
    stated = attribute(tag, "datetime") or (attribute(tag, "title") if tag.name == "abbr" else "")
    if stated:
        return machine(stated)
    found = in_words(fold(tag.get_text(" "))[:60], language)
    return found.date if found else ""


def _is_publication(tag: Tag) -> bool:
    names = _names_of(tag)
    return tag.has_attr("pubdate") or (" published " in names and " updated published " not in names)


def _names_of(tag: Tag) -> str:
    return words(f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')}")
