"""The parts of a book of many articles that belong to none of them: imprint, index of people, sources."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup
from msgspec import Struct

from exporter.language import date_in, direction_of, locale_of, well_formed, words_of
from exporter.model import Article, Block, Contributor, Crosshead, Metadata, Role, Text
from exporter.model.book import Book
from exporter.model.walk import plain, unlinked
from exporter.themes import NumberDesign
from exporter.writers.xhtml.blocks import provenance
from exporter.writers.xhtml.context import RenderContext, own_words
from exporter.writers.xhtml.inlines import inlines
from exporter.writers.xhtml.markup import element, escaped, joined
from exporter.writers.xhtml.speakers import filed_as

INDEXED: tuple[Role, ...] = ("interviewee", "interviewer", "author", "photographer", "illustrator", "translator")
"""The roles that the index of people lists."""

LONGEST_LINE = 64
"""Letters of a headline that is a line of the cover: a longer one is no call."""


def front_of(book: Book) -> Article:
    """The book's title page as an article without text: what covers, title pages and metadata are made of."""
    metadata = book.metadata
    editors = [each.name for each in metadata.contributors if {"editor", "author"} & set(each.roles)]
    return Article(
        Metadata(
            language=metadata.language,
            identifier=metadata.identifier,
            publication=metadata.publication,
            published=metadata.published,
            contributors=metadata.contributors,
            rights=metadata.rights,
            series=metadata.series,
            position=metadata.position,
        ),
        (Text(metadata.title),),
        deck=(Text(metadata.subtitle),) if metadata.subtitle else (),
        byline=(Text(", ".join(editors)),) if editors else (),
        lead=next((each.lead for each in book.articles if each.lead), None),
        introduction=book.foreword,
    )


def cover_texts(book: Book, front: Article, number: NumberDesign | None) -> dict[str, str]:
    """What stands on the cover, by field; that of a magazine's ``number`` calls out articles in place of its editors."""
    texts = {
        "publication": front.metadata.publication,
        "headline": plain(front.headline),
        "deck": plain(front.deck),
        "byline": plain(front.byline),
    }
    return texts | ({"byline": "", **cover_lines(book, number)} if number else {})


def cover_lines(book: Book, design: NumberDesign) -> dict[str, str]:
    """What the cover calls out: the headlines that are short enough, those of articles with a lead photo first."""
    short = [each for each in book.articles if 0 < len(plain(each.headline)) <= LONGEST_LINE]
    chosen = sorted(short, key=lambda each: each.lead is None)[: design.cover_lines]
    called = [" ".join(plain(each.headline).split()) for each in short if any(each is one for one in chosen)]
    return {f"line-{number}": words for number, words in enumerate(called, 1)}


def headline_of(article: Article) -> str:
    """The headline on one line."""
    return " ".join(plain(article.headline).split())


def foreword_of(book: Book, context: RenderContext) -> tuple[str, tuple[Block, ...]]:
    """The title of the foreword, and the rest of it: a heading that it begins with is its title."""
    first, *rest = book.foreword
    if isinstance(first, Crosshead) and rest:
        return " ".join(plain(first.children).split()), tuple(rest)
    return context.labels.foreword, book.foreword


def imprint(book: Book, context: RenderContext) -> Markup:
    """Who made the book, where it appeared, whose it is, and which sources are not in it: one paragraph each."""
    metadata, labels = book.metadata, context.labels
    when = date_in(words_of(metadata.language), metadata.published) if metadata.published else ""
    pattern = labels.published_in if metadata.publication else labels.published
    lines = [
        metadata.title,
        metadata.subtitle,
        ", ".join(each.name for each in metadata.contributors),
        own_words(pattern.format(publication=metadata.publication, date=when), context)
        if when
        else metadata.publication,
        metadata.rights,
        *(own_words(labels.left_out.format(source=source), context) for source in book.missing),
        own_words(labels.made_of_many if len(book.articles) > 1 else labels.made, context),
    ]
    return _paragraphs(escaped(line) for line in lines if line)


def sources(articles: Iterable[tuple[Article, RenderContext]]) -> Markup:
    """Where each article comes from and whose it is, in its own language; how the book was made says the imprint."""
    return joined((_source(article, context) for article, context in articles), "\n")


def _source(article: Article, context: RenderContext) -> Markup:
    lines = [element("h2", escaped(headline_of(article))), provenance(article, context)]
    return element("div", joined(lines, "\n"), class_="source", **_language(article))


def _language(article: Article) -> dict[str, str]:
    """The attributes of an element that has words of the article."""
    own = well_formed(article.metadata.language) or "und"
    return {"lang": own, "xml_lang": own, "dir": direction_of(own)}


def people(book: Book, places: Callable[[Article], tuple[str, str]]) -> Markup:
    """The index of people: each name once, by surname, with the articles that it had a part in.

    ``places`` gives the address of an article and what is printed for it: a page's number, or the headline.
    """
    entries = []
    for person, articles in _indexed(book):
        links = (element("a", escaped(text), href=href) for href, text in map(places, articles))
        name = element("span", escaped(_filed(person, articles)), **_language(articles[0]))
        entries.append(element("li", joined([name, joined(links, ", ")], ": "), class_="person"))
    return element("ul", joined(entries, "\n"), class_="people") if entries else Markup("")


class Place(Struct, frozen=True):
    """Where something begins in print: its address and the number of its page."""

    href: str
    page: int


def contents(
    book: Book,
    parts: tuple[Place | None, ...],
    articles: tuple[Place, ...],
    context: RenderContext,
    picture_of: Callable[[Article], Markup] | None = None,
    foreword: Place | None = None,
) -> Markup:
    """The table of contents of a printed book: each article with who made it and its page, below the heading of its part.

    The ``foreword`` stands first. ``picture_of`` gives the picture of an article, or nothing; where pictures are shown,
    decks are too.
    """
    places = iter(articles)
    title = element("span", escaped(foreword_of(book, context)[0])) if foreword else Markup("")
    lines = [element("li", _line(title, foreword, context), class_="contents-line")] if foreword else []
    for part, place in zip(book.parts, parts, strict=True):
        if place:
            lines.append(
                element("li", _line(inlines(part.heading, context), place, context), class_="contents-line part")
            )
        for article in part.articles:
            words = element("span", inlines(unlinked(article.headline), context), **_language(article))
            shown = [picture_of(article), words, _deck(article, context)] if picture_of else [words]
            line = _line(joined([*shown, _who(article, context)]), next(places), context)
            lines.append(element("li", line, class_="contents-line"))
    return element("ol", joined(lines, "\n"))


def _line(words: Markup, place: Place, context: RenderContext) -> Markup:
    number = element("span", escaped(locale_of(context.language).numeral(place.page)), class_="page")
    return element("a", joined([words, Markup(" "), number]), href=place.href)


def _deck(article: Article, context: RenderContext) -> Markup:
    words = joined([Markup(" "), element("span", inlines(unlinked(article.deck), context), class_="deck")])
    return words if article.deck else Markup("")


def _who(article: Article, context: RenderContext) -> Markup:
    if not article.byline:
        return Markup("")
    return joined([Markup(" "), element("span", inlines(unlinked(article.byline), context), class_="who")])


def _indexed(book: Book) -> Iterator[tuple[Contributor, list[Article]]]:
    found: dict[str, tuple[Contributor, list[Article]]] = {}
    for article in book.articles:
        for person in article.metadata.contributors:
            if set(INDEXED) & set(person.roles):
                known = found.setdefault(person.name.casefold(), (person, []))[1]
                known += [article] if all(article is not each for each in known) else []
    yield from sorted(found.values(), key=lambda entry: _sorting(_filed(*entry)))


def _filed(person: Contributor, articles: list[Article]) -> str:
    return person.sort_name or filed_as(person.name, articles[0].metadata.language)


def _sorting(name: str) -> str:
    """What a name is sorted by: its letters without accents, so that Östberg stands by O; accents decide between equals."""
    # Decomposed, an accent is a character of its own and can be left out.
    plain_letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in plain_letters if not unicodedata.combining(each)) + "\0" + plain_letters


def _paragraphs(lines: Iterable[Markup]) -> Markup:
    return joined((element("p", line) for line in lines), "\n")
