"""The book: many articles bound into one volume; types only."""

from __future__ import annotations

from exporter.model import Article, Asset, Block, Contributor, Inline, Node


class BookMetadata(Node, frozen=True, tag="book-metadata"):
    """What is known about a book of many articles. Dates as in :class:`Metadata`; ``contributors`` are its editors.

    ``series`` is what the book is a part of, a magazine's name or a row of volumes; ``position`` its place there, or 0.
    """

    title: str
    subtitle: str = ""
    language: str = "und"
    identifier: str = ""
    publication: str = ""
    published: str = ""
    contributors: tuple[Contributor, ...] = ()
    rights: str = ""
    series: str = ""
    position: int = 0


class Part(Node, frozen=True, tag="part"):
    """Some articles of a book, under a heading of their own or under none."""

    articles: tuple[Article, ...]
    heading: tuple[Inline, ...] = ()
    introduction: tuple[Block, ...] = ()


class Book(Node, frozen=True, tag="book"):
    """Articles bound into one volume. ``missing`` names the sources that could not be read, for the imprint."""

    metadata: BookMetadata
    parts: tuple[Part, ...]
    foreword: tuple[Block, ...] = ()
    missing: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in the order of the book."""
        return tuple(article for part in self.parts for article in part.articles)
