"""What survives of publishers' pages: exporter beside its peers, judged by the publishers' own rules for their pages.

Every contestant reads every page, in turns, in one process and in one run; the corpus's scorer in ../shared judges all by one
measure. What a peer gives is put into the form of our document: its title, author, date and description, and of its HTML the
blocks, headings, pictures and their ``figcaption``. A peer that has no word for a thing (credits) has nothing in that column.

Prints Markdown: a table of docs/quality.md, once for each side (tests/eval/folds.py).
``make publishers`` (ARGS="--sample 20"), or ``python benchmarks/publishers.py [--sample N] [--peers NAME,NAME]
[--defuddle COMMAND]``; COMMAND is the command line that npm installs with the package defuddle.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import lxml.html

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "eval"))

import corpus
from folds import host, on_side

import quality
from exporter import read
from exporter.model.codec import encode
from exporter.sources.source import Source

Canonical = dict[str, Any]
"""A document as our canonical JSON has it, as far as the scorer looks."""


@dataclass(frozen=True)
class Peer:
    """A contestant: ``work`` takes a page's bytes to what it makes of them, measured; ``told`` puts that into our form."""

    name: str
    work: Callable[[bytes], Any]
    told: Callable[[Any], Canonical]
    measured: bool = True


# --------------------------------------------------------------------------------------------------------- the contestants


def exporter() -> Peer:
    """We ourselves."""
    return Peer(
        "exporter",
        lambda content: read(Source("page", content, "page", ".html"), format="html").document,
        lambda document: json.loads(encode(document)),
    )


def trafilatura() -> Peer:
    """Asked for everything that it can give: pictures, formatting, metadata."""
    import trafilatura as peer

    def work(content: bytes) -> tuple[Any, str]:
        about = peer.extract_metadata(content)
        made = peer.extract(
            content, output_format="html", include_comments=False, include_images=True, include_formatting=True
        )
        return about, made or ""

    def told(made: tuple[Any, str]) -> Canonical:
        about, markup = made
        if about is None:
            return canonical(markup)
        return canonical(markup, about.title, (about.author or "").split("; "), about.date, about.description)

    return Peer("trafilatura", work, told)


def readability() -> Peer:
    """It gives a title and HTML."""
    import readability as peer

    def work(content: bytes) -> tuple[str, str]:
        document = peer.Document(content)
        return document.short_title() or "", document.summary(html_partial=True)

    return Peer("readability-lxml", work, lambda made: canonical(made[1], made[0]))


def newspaper() -> Peer:
    """Its text stands for its paragraphs where it gives no HTML."""
    same = quality.newspaper()

    def told(article: Any) -> Canonical:
        markup = article.article_html or "".join(f"<p>{line}</p>" for line in article.text.split("\n\n"))
        return canonical(markup, article.title, article.authors, article.publish_date, article.meta_description)

    return Peer("newspaper4k", same.work, told)


def defuddle(command: str) -> Peer:
    """A program of its own, started once a page: its seconds would be those of its start."""

    def work(content: bytes) -> Canonical:
        with tempfile.NamedTemporaryFile(suffix=".html") as page:
            page.write(content)
            page.flush()
            ran = subprocess.run([command, "parse", page.name, "--json"], capture_output=True, check=True, timeout=120)
        return dict(json.loads(ran.stdout))

    def told(made: Canonical) -> Canonical:
        about = (made.get(each) for each in ("published", "description"))
        return canonical(made.get("content") or "", made.get("title"), [made.get("author") or ""], *about)

    return Peer("defuddle", work, told, measured=False)


PEERS: dict[str, Callable[[], Peer]] = {
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def canonical(markup: str, title: Any = "", authors: Sequence[str] = (), date: Any = None, deck: Any = "") -> Canonical:
    """A peer's article in the form of our document. Its description stands for a deck, since it names none."""
    body = list(_nodes(markup))
    metadata = {"published": str(date or "")[:10], "contributors": [{"name": each} for each in authors if each]}
    first = next((node for node in body if node["type"] == "figure"), None)
    article = {"metadata": metadata, "headline": _text(title), "deck": _text(deck), "introduction": [], "body": body}
    return {"article": {**article, "lead": None if first is None else {"type": "figure", "images": []}}}


def _text(words: Any) -> list[Canonical]:
    return [{"type": "text", "text": str(words or "")}]


def _nodes(markup: str) -> Iterator[Canonical]:
    for block in quality.blocks(markup):
        yield {"type": "crosshead" if block.heading else "paragraph", "children": _text(block.text)}
    if markup.strip():
        for picture in lxml.html.document_fromstring(markup).iter("img", "graphic"):
            yield {"type": "figure", "images": [], "caption": _text(_caption(picture))}


def _caption(picture: Any) -> str:
    """The words of the ``figcaption`` that the nearest figure around a picture holds."""
    figure = next(picture.iterancestors("figure"), None)
    captions = [] if figure is None else list(figure.iter("figcaption"))
    return " ".join(" ".join(each.text_content().split()) for each in captions)


def present(names: Sequence[str], command: str | None) -> list[Peer]:
    """We and those of the peers that are installed; of each that is not, one line on standard error."""
    found = [exporter()]
    for name in names:
        try:
            found.append(PEERS[name]())
        except ImportError as fault:
            print(
                f"{name} is left out, it cannot be imported ({fault}). `make publishers` installs it.", file=sys.stderr
            )
    return [*found, defuddle(command)] if command else found


# ------------------------------------------------------------------------------------------------------------- the measure


def measured(peers: Sequence[Peer], pages: Sequence[corpus.Page], out: Path) -> dict[str, quality.Tally]:
    """Each peer's documents in a folder of its name under ``out``, and what they cost."""
    tallies = {each.name: quality.Tally() for each in peers}
    for number, page in enumerate(pages):
        start = number % len(peers)
        for each in [*peers[start:], *peers[:start]]:
            _store(each, page, out / each.name, tallies[each.name])
    return tallies


def _store(peer: Peer, page: corpus.Page, folder: Path, tally: quality.Tally) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = quality.worked(peer.work, page, page.name, tally)
    if page.name in tally.failed:
        return
    with suppress(lxml.etree.ParserError):
        (folder / f"{page.name}.json").write_text(json.dumps(peer.told(made)), "utf-8")


def scored(out: Path, pages: Sequence[corpus.Page]) -> corpus.Figures:
    """What the publishers' scorer says of the documents in a folder."""
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            (Path(folder) / f"{page.name}.json").symlink_to(corpus.PUBLISHERS / "truth" / f"{page.name}.json")
        return corpus.scored_publishers(out, Path(folder))[1]


COLUMNS: tuple[tuple[str, str], ...] = (
    ("title", "title"),
    ("authors", "authors"),
    ("date", "date"),
    ("deck", "deck"),
    ("paragraphs", "paragraphs"),
    ("pages whole", "page_whole"),
    ("letters not the article's", "surplus_letters"),
    ("captions", "captions"),
    ("credits", "credits"),
    ("pictures", "pictures"),
    ("crossheads", "crossheads"),
)
"""Heading, and the scorer's figure under it, a share."""


def row(peer: Peer, figures: corpus.Figures, tally: quality.Tally) -> list[str]:
    """The peer's line of the table."""
    shares = [f"{100 * figures.get(name, 0):.1f}" for _, name in COLUMNS]
    return [peer.name, *shares, f"{median(tally.seconds.values()):.3f}" if peer.measured else "–"]


# -------------------------------------------------------------------------------------------------------------------- main


def choices(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="What survives of publishers' pages, beside other extractors")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="so many pages a side (default: all)")
    parser.add_argument("--defuddle", metavar="COMMAND", help="where npm has put the command defuddle")
    return quality.with_peers(parser, words, PEERS)


def main(words: Sequence[str] | None = None) -> int:
    """Measures, and prints a table for each side; 2 when there is no corpus."""
    options = choices(words)
    if not corpus.CORPUS.is_dir():
        print(f"There is no corpus of pages at {corpus.CORPUS}: nothing to measure on.", file=sys.stderr)
        return 2
    peers = present(options.peers, options.defuddle)
    for each in peers:
        each.work(quality.TRIAL)
    for side in ("seen", "unseen"):
        found = [page for page in corpus.publisher_pages() if on_side(page.name, host, side)]
        pages = quality.chosen(found, options.sample)
        with tempfile.TemporaryDirectory() as folder:
            tallies = measured(peers, pages, Path(folder))
            rows = [row(each, scored(Path(folder) / each.name, pages), tallies[each.name]) for each in peers]
        print(f"\n{len(pages)} pages, {side}; per cent\n")
        print(quality.table(["", *(name for name, _ in COLUMNS), "CPU s"], rows))
        print(
            "".join(
                f"\n{name} gave nothing for {len(tally.failed)} pages.\n"
                for name, tally in tallies.items()
                if tally.failed
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
