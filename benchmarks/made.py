"""Interviews made up by chance from the sample's own prose: hard pages, as many as are wanted.

Turns of every length, pictures of every shape wherever they may stand (several in a row, too), pull quotes near and far from
their words, crossheads, lists, sidebars, read-mores. The same number gives the same interview on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import exporter
from exporter import Document
from exporter.model import (
    Answer,
    Article,
    Asset,
    Block,
    Crosshead,
    Figure,
    Image,
    Link,
    ListBlock,
    ListEntry,
    Metadata,
    Paragraph,
    PullQuote,
    Question,
    ReadMore,
    Sidebar,
    Text,
    Turn,
    codec,
)
from exporter.model.walk import plain, walk

SHAPES = ((1800, 1200), (1800, 1200), (1920, 1080), (1500, 1500), (1200, 1500), (1000, 1500), (2400, 900), (700, 470))
"""Width and height of the pictures, in pixels: those of presses, films, squares, upright ones, a panorama, a small one."""


def write_made(numbers: Iterable[int], folder: Path, prose: Path) -> Iterator[Path]:
    """Writes the interviews with these numbers as documents into a folder, of the sentences of the article at ``prose``."""
    sentences = sentences_of(exporter.read(prose).document)
    for number in numbers:
        file = folder / f"made-{number:03}.json"
        file.write_bytes(codec.encode(made(number, sentences)))
        yield file


def sentences_of(document: Document) -> list[str]:
    """The sentences of an article's body."""
    paragraphs = (node for block in document.article.body for node in walk(block) if isinstance(node, Paragraph))
    whole = " ".join(" ".join(plain(each.children) for each in paragraphs).split())
    return [f"{each.strip()}." for each in whole.split(". ") if len(each) > 12]


def made(number: int, sentences: list[str]) -> Document:
    """The interview with this number."""
    chance = Random(number)  # noqa: S311 - pages, not secrets
    drawer = _Drawer(chance, sentences)
    turns = [block for count in range(chance.randint(5, 22)) for block in drawer.turns(count)]
    article = Article(
        Metadata(
            language="en", publication="Leeward", published="2025-11-08", source_url="https://leeward.example/made"
        ),
        (Text(drawer.words(5, 12).rstrip(".")),),
        deck=(Text(drawer.words(12, 30)),) if chance.random() < 0.8 else (),
        byline=(Text("By Noor Castellane"),),
        lead=drawer.figure() if chance.random() < 0.7 else None,
        introduction=tuple(drawer.paragraph(30, 120) for _ in range(chance.randint(0, 4))),
        body=tuple(turns),
    )
    return Document(article, tuple(drawer.assets.values()))


class _Drawer:
    """What an interview is made of, drawn by chance. ``rate`` is how many pictures and pull quotes it has."""

    def __init__(self, chance: Random, sentences: list[str]) -> None:
        self.chance, self.sentences = chance, sentences
        self.rate = chance.choice((0.05, 0.15, 0.3))
        self.assets: dict[str, Asset] = {}

    def words(self, least: int, most: int) -> str:
        """So many words, in whole sentences as far as that goes."""
        found: list[str] = []
        length = self.chance.randint(least, most)
        while len(found) < length:
            found.extend(self.chance.choice(self.sentences).split())
        return f"{' '.join(found[:length]).rstrip('.,;:')}."

    def paragraph(self, least: int, most: int) -> Paragraph:
        """A paragraph of so many words."""
        return Paragraph((Text(self.words(least, most)),))

    def turns(self, count: int) -> Iterator[Block]:
        """A turn, and now and then a crosshead before it or a sidebar after it."""
        if self.chance.random() < 0.08:
            yield Crosshead((Text(self.words(2, 6).rstrip(".")),))
        question = f"{self.words(3, 28).rstrip('.')}?"
        yield Turn(Question((Paragraph((Text(question),)),)), (Answer(tuple(self.answer(count))),))
        if self.chance.random() < 0.04:
            yield Sidebar((self.paragraph(30, 80), self.list_block()), (Text(self.words(2, 5).rstrip(".")),))

    def answer(self, count: int) -> Iterator[Block]:
        """An answer's paragraphs, what stands between them included."""
        for _ in range(self.chance.choice((1, 1, 2, 2, 3, 5))):
            if self.chance.random() < self.rate / 4:
                yield self.pull_quote(self.words(8, 30))
            paragraph = self.paragraph(*self.chance.choice(((1, 6), (12, 60), (40, 130), (100, 220))))
            yield paragraph
            said = plain(paragraph.children)[:110].rpartition(" ")[0]
            if said and self.chance.random() < self.rate / 4:
                yield self.pull_quote(said)
            while self.chance.random() < self.rate:
                yield self.figure()
            if self.chance.random() < 0.04:
                yield self.list_block()
            if self.chance.random() < 0.05:
                link = Link((Text(self.words(4, 9)),), f"https://leeward.example/{count}")
                yield ReadMore((link,), "Read more")

    def pull_quote(self, words: str) -> PullQuote:
        """A pull quote with its attribution."""
        return PullQuote((Text(words),), (Text("Odile Marrec"),))

    def list_block(self) -> ListBlock:
        """A list of a few entries."""
        entries = (ListEntry((self.paragraph(3, 20),)) for _ in range(self.chance.randint(2, 6)))
        return ListBlock(tuple(entries), ordered=self.chance.random() < 0.5)

    def figure(self) -> Figure:
        """A picture with caption and credit; now and then two of them in one figure."""
        count = 2 if self.chance.random() < 0.08 else 1
        images = tuple(self.image(*self.chance.choice(SHAPES)) for _ in range(count))
        caption = (Text(self.words(5, 40)),) if self.chance.random() < 0.9 else ()
        return Figure(images, caption, (Text("Idris Vale"),) if self.chance.random() < 0.7 else ())

    def image(self, width: int, height: int) -> Image:
        """A picture of this size, one file each."""
        key = f"picture-{width}x{height}"
        if key not in self.assets:
            self.assets[key] = Asset(key, "image/jpeg", drawn(width, height), width=width, height=height)
        return Image(key, "A picture of the harbour", width, height)


def drawn(width: int, height: int) -> bytes:
    """The bytes of a JPEG of this size: no more to see than a slope of greys."""
    from PIL import Image as Picture

    stream = io.BytesIO()
    Picture.linear_gradient("L").resize((width, height)).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()
