"""How much of an article survives: exporter beside the extractors of PyPI, on the corpus of real pages in ../shared.

Every contestant reads every page, in turns, in one process and in one run; the corpus's own scorers judge what each
gives. CPU seconds are those of the one call that takes a page's bytes to the article, parsing included. What a
contestant needs besides (the article as HTML, where that is another call) is made outside of the measured time.

Prints Markdown: the tables of docs/quality.md. ``make quality`` (ARGS="--sample 20"), or:
``python benchmarks/quality.py [--sample N] [--peers NAME,NAME] [--only articles|interviews]``
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import lxml.html

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "eval"))

import corpus  # noqa: E402 - its folder is put on the path above
from neutral import neutral  # noqa: E402
from printed import reading_text, semantic_html  # noqa: E402

from exporter import read  # noqa: E402
from exporter.runtime.distribution import NAME  # noqa: E402
from exporter.sources.encoding import decode  # noqa: E402
from exporter.sources.source import Source  # noqa: E402

TRIAL = (
    b"<html><head><title>A trial</title></head><body><article><h1>A trial</h1><p>"
    + b"Words enough to be taken for an article, and a comma. " * 12
    + b"</p></article></body></html>"
)
"""Read once by each before anything is measured: what is loaded late is loaded then."""


@dataclass(frozen=True)
class Contestant:
    """An extractor: ``work`` is measured; ``text`` and ``markup`` get the page and what ``work`` made of it."""

    name: str
    package: str
    work: Callable[[bytes], Any]
    text: Callable[[Any, bool], str]
    markup: Callable[[bytes, Any], str]


@dataclass
class Tally:
    """What came of one contestant: CPU seconds by page, pages it failed on, the scorers' figures."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    figures: corpus.Figures = field(default_factory=dict)


# --------------------------------------------------------------------------------------------------------- the contestants


def exporter() -> Contestant:
    """We ourselves. The bodies of S hold no headline; in T it is looked for with the rest."""
    return Contestant(
        "exporter",
        NAME,
        lambda content: read(Source("page", content, "page", ".html"), format="html").document,
        lambda document, head: reading_text(document, head=head),
        lambda content, document: semantic_html(document),
    )


def trafilatura(*, fast: bool = False) -> Contestant:
    """The best keeper of text. Its comments are off, as in its own evaluation; its HTML is asked for with pictures."""
    import trafilatura as peer

    def work(content: bytes) -> str:
        return peer.extract(content, include_comments=False, fast=fast) or ""

    def markup(content: bytes, _: str) -> str:
        return (
            peer.extract(
                content,
                include_comments=False,
                fast=fast,
                output_format="html",
                include_formatting=True,
                include_images=True,
            )
            or ""
        )

    return Contestant("trafilatura, fast" if fast else "trafilatura", "trafilatura", work, lambda text, _: text, markup)


def readability() -> Contestant:
    """Readability for Python. It gives HTML; the text is that of its blocks."""
    import readability as peer

    return Contestant(
        "readability-lxml",
        "readability-lxml",
        lambda content: peer.Document(content).summary(html_partial=True),
        lambda summary, _: "\n".join(block.text for block in blocks(summary)),
        lambda content, summary: summary,
    )


def newspaper() -> Contestant:
    """Newspaper's maintained fork. It takes text, so our decoder reads the bytes for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses a library of language statistics that extraction has no use for
        import newspaper as peer
        from tldextract import tldextract

    # Nobody reaches for a network here: no pictures are looked at, and the list of top domains that came with it does.
    settings = peer.Config()
    settings.fetch_images = settings.follow_meta_refresh = False
    tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())

    def work(content: bytes) -> Any:
        article = peer.Article("https://example.org/article", config=settings)
        article.download(input_html=decode(content).text)
        article.parse()
        return article

    return Contestant(
        "newspaper4k",
        "newspaper4k",
        work,
        lambda article, _: article.text or "",
        lambda content, article: article.article_html or "",
    )


PEERS: dict[str, Callable[[], Contestant]] = {
    "trafilatura": trafilatura,
    "trafilatura-fast": lambda: trafilatura(fast=True),
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def present(names: Iterable[str]) -> list[Contestant]:
    """We and those of the peers that are installed; of each that is not, one line on standard error."""
    found = [exporter()]
    for name in names:
        try:
            found.append(PEERS[name]())
        except ImportError as fault:
            print(f"{name} is left out, it cannot be imported ({fault}). `make quality` installs it.", file=sys.stderr)
    return found


# --------------------------------------------------------------------------------------------------------------- articles


def score_articles(contestants: Sequence[Contestant], sample: int) -> dict[str, Tally]:
    """Every contestant on every article, judged by the articles' scorer. ``sample`` pages a kind, 0 for all."""
    pages = {kind: chosen(find(), sample) for kind, find in corpus.FOLDERS.items()}
    tallies = {each.name: Tally() for each in contestants}
    with tempfile.TemporaryDirectory() as folder:
        for kind, page in turns(pages):
            for each in shifted(contestants, page.name):
                article_of(each, page, kind, Path(folder) / each.name / kind, tallies[each.name])
        truth = articles_truth(pages, Path(folder) / "truth")
        for each in contestants:
            tallies[each.name].figures = corpus.scored_articles(Path(folder) / each.name, truth)[1]
    return tallies


def chosen(pages: list[corpus.Page], sample: int) -> list[corpus.Page]:
    """``sample`` of the pages, evenly spread over them; all when it is 0."""
    if not sample or sample >= len(pages):
        return pages
    return [pages[index * len(pages) // sample] for index in range(sample)]


def turns(pages: dict[str, list[corpus.Page]]) -> Iterator[tuple[str, corpus.Page]]:
    """Every page with its kind."""
    for kind, found in pages.items():
        for page in found:
            yield kind, page


def shifted(contestants: Sequence[Contestant], name: str) -> list[Contestant]:
    """The contestants in an order that differs from page to page: nobody is always the one who warms the caches."""
    start = len(name) % len(contestants)
    return [*contestants[start:], *contestants[:start]]


def article_of(contestant: Contestant, page: corpus.Page, kind: str, folder: Path, tally: Tally) -> None:
    """Stores what the contestant makes of the page, and what that cost. A failure counts as an empty article."""
    made = worked(contestant.work, page, f"{kind}/{page.name}", tally)
    if made is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{page.name}.txt").write_text(contestant.text(made, kind == "T"), "utf-8", "replace")
    if kind != "T":
        (folder / f"{page.name}.html").write_text(contestant.markup(page.content, made), "utf-8", "replace")


def worked(work: Callable[[bytes], Any], page: corpus.Page, key: str, tally: Tally) -> Any:
    """What a contestant's ``work`` makes of the page, None when it fails; the CPU seconds noted either way."""
    content = page.content
    gc.collect()
    begun = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return work(content)
    except Exception:  # noqa: BLE001 - a peer may raise anything; its failure is a figure of this table
        tally.failed.append(key)
        return None
    finally:
        tally.seconds[key] = time.process_time() - begun


def articles_truth(pages: dict[str, list[corpus.Page]], folder: Path) -> Path:
    """The scorer's ground truth for these pages only: the corpus itself, by links, with shorter lists."""
    source = corpus.ARTICLES
    for part in ("scrapinghub", "snippets", "mozilla"):
        (folder / part).mkdir(parents=True)
    (folder / "scrapinghub" / "html").symlink_to(source / "scrapinghub" / "html")
    for page in pages["M"]:
        (folder / "mozilla" / page.name).symlink_to(source / "mozilla" / page.name)
    bodies = json.loads((source / "scrapinghub" / "ground-truth.json").read_text("utf-8"))
    names = {page.name for page in pages["S"]}
    shorter(folder / "scrapinghub" / "ground-truth.json", {key: each for key, each in bodies.items() if key in names})
    snippets = json.loads((source / "snippets" / "evaldata.json").read_text("utf-8"))
    names = {page.name for page in pages["T"]}
    shorter(
        folder / "snippets" / "evaldata.json", {key: each for key, each in snippets.items() if each["file"] in names}
    )
    return folder


def shorter(target: Path, entries: dict[str, Any]) -> None:
    """Writes a list of ground truth."""
    target.write_text(json.dumps(entries), "utf-8")


# ------------------------------------------------------------------------------------------------------------- interviews

RAW = "the page as it is"


def score_interviews(contestants: Sequence[Contestant], sample: int) -> dict[str, corpus.Figures]:
    """Our turns, and those that the naive rule finds on the raw page and in what each peer leaves of it."""
    pages = chosen(corpus.interview_pages(), sample)
    found: dict[str, corpus.Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        truth = Path(folder) / "truth"
        truth.mkdir()
        for page in pages:
            (truth / f"{page.name}.json").symlink_to(page.path.with_suffix(".json"))
        for name, tell in tellers(contestants).items():
            out = Path(folder) / name
            out.mkdir()
            for page in pages:
                (out / f"{page.name}.json").write_text(json.dumps(tell(page)), "utf-8")
            found[name] = corpus.scored_interviews(out, truth)[1]
    return found


def tellers(contestants: Sequence[Contestant]) -> dict[str, Callable[[corpus.Page], dict[str, Any]]]:
    """Name → what tells the turns of a page, in the neutral form that the interviews' scorer reads."""
    found: dict[str, Callable[[corpus.Page], dict[str, Any]]] = {
        "exporter": lambda page: neutral(read(Source(page.name, page.content, page.name, ".html")).document),
        f"naive rule on {RAW}": lambda page: naive(page.content),
    }
    for each in contestants[1:]:
        found[f"naive rule on {each.name}"] = _naive_after(each)
    return found


def _naive_after(contestant: Contestant) -> Callable[[corpus.Page], dict[str, Any]]:
    def tell(page: corpus.Page) -> dict[str, Any]:
        made = worked(contestant.work, page, page.name, Tally())
        return naive(contestant.markup(page.content, made)) if made is not None else {}

    return tell


@dataclass
class Block:
    """The text of one block of a page, and how much of it is bold, in characters."""

    text: str
    bold: int
    heading: bool

    @property
    def asks(self) -> bool:
        """The naive rule: bold or a heading, and a question mark at the end."""
        dressed = self.heading or self.bold >= 0.9 * len(self.text.replace(" ", ""))
        return dressed and self.text.rstrip(" \"'”“»)").endswith(("?", "？", "؟"))


def naive(page: str | bytes) -> dict[str, Any]:
    """The turns by the naive rule: each bold block or heading that ends in a question mark asks, what follows answers."""
    told: list[dict[str, Any]] = []
    for block in blocks(page):
        if block.asks:
            told.append({"role": "question", "speaker": None, "text": block.text})
        elif told and told[-1]["role"] == "answer":
            told[-1]["text"] += "\n" + block.text
        elif told:
            told.append({"role": "answer", "speaker": None, "text": block.text})
    return {"turns": told, "text": "\n".join(each["text"] for each in told)}


BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe", "textarea", "select", "button"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def blocks(page: str | bytes) -> list[Block]:
    """The blocks of text of a page or of a piece of HTML, in the order of the page."""
    if not page.strip():
        return []
    root = lxml.html.document_fromstring(
        page if isinstance(page, bytes) else page.encode(),
        parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True),
    )
    found: list[Block] = [Block("", 0, False)]
    for text, bold, heading, new in strokes(root):
        if new and found[-1].text.strip():
            found.append(Block("", 0, False))
        found[-1].text += text
        found[-1].bold += len("".join(text.split())) if bold else 0
        found[-1].heading = found[-1].heading or (heading and bool(text.strip()))
    kept = [Block(" ".join(each.text.split()), each.bold, each.heading) for each in found]
    return [each for each in kept if each.text]


def strokes(root: Any) -> Iterator[tuple[str, bool, bool, bool]]:
    """Each run of text of a tree: its words, whether bold, whether in a heading, whether a block begins or ends before it."""
    stack: list[tuple[Any, bool, bool, bool]] = [(root, False, False, False)]
    while stack:
        element, bold, heading, after = stack.pop()
        if after:
            edge = element.tag in BLOCKS
            yield (" " if element.tag == "br" else "") + (element.tail or ""), bold, heading, edge
            continue
        stack.append((element, bold, heading, True))
        if not isinstance(element.tag, str) or element.tag in SILENT:
            continue
        inner = bold or element.tag in ("b", "strong"), heading or element.tag in HEADINGS
        yield element.text or "", *inner, element.tag in BLOCKS
        stack.extend((child, *inner, False) for child in reversed(element))


# ------------------------------------------------------------------------------------------------------------- the tables

COLUMNS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("text F1", ("shingles_f1",), False),
    ("exact", ("shingles_exact",), True),
    ("snippets F1", ("snippets_f1",), False),
    ("captions kept", ("M_cap_kept", "S_cap_kept"), True),
    ("captions in place", ("M_cap_in_place", "S_cap_in_place"), True),
    ("pictures", ("M_img_kept", "S_img_kept"), True),
    ("lazy pictures", ("M_lazy_kept", "S_lazy_kept"), True),
    ("block quotes", ("M_quote_in_place", "S_quote_in_place"), True),
    ("headings", ("M_head_in_place", "S_head_in_place"), True),
    ("lists", ("M_li_in_place", "S_li_in_place"), True),
)
"""Heading, the scorer's figures under it (of M and of S where there are two), whether they are shares."""

TOLD: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("question F1", ("question_f1",), False),
    ("answer boundary F1", ("answer_boundary_f1",), False),
    ("whole sequence right", ("sequence_exact",), True),
    ("false interviews", ("false_interviews",), False),
)


def articles_table(tallies: dict[str, Tally]) -> str:
    """Markdown: a contestant a line, the figures of articles and the median of CPU seconds a page."""
    rows = [
        [name, *(cell(tally.figures, *column[1:]) for column in COLUMNS), f"{median(tally.seconds.values()):.3f}"]
        for name, tally in tallies.items()
    ]
    return table(["", *(column[0] for column in COLUMNS), "CPU s"], rows)


def interviews_table(found: dict[str, corpus.Figures]) -> str:
    """Markdown: who tells the turns a line, and how well."""
    rows = [[name, *(cell(figures, *column[1:]) for column in TOLD)] for name, figures in found.items()]
    return table(["", *(column[0] for column in TOLD)], rows)


def cell(figures: corpus.Figures, names: Sequence[str], share: bool) -> str:
    """A figure, or two with a stroke between; a dash for what the scorer did not print."""
    return " / ".join(written(figures[name], share) if name in figures else "–" for name in names)


def written(figure: float, share: bool) -> str:
    """``97 %`` of .9701, ``.984`` of .9838, ``3`` of 3.0."""
    if share:
        return f"{100 * figure:.0f} %"
    return f"{figure:.0f}" if figure >= 1 or not figure else f"{figure:.3f}".lstrip("0")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown's table, figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def heading(contestants: Sequence[Contestant], sample: int) -> str:
    """What was measured, with what, when, on what."""
    packages = dict.fromkeys(each.package for each in contestants)
    parts = [*(f"{name} {version(name)}" for name in packages), f"Python {platform.python_version()}"]
    where = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    part = f"a sample of {sample} pages a kind" if sample else "all pages"
    return f"{datetime.now(UTC).date()}, {part}. {', '.join(parts)}; {where}."


# -------------------------------------------------------------------------------------------------------------------- main


def choices(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="What survives of an article, beside the extractors of PyPI")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="so many pages a kind (default: all)")
    parser.add_argument("--only", choices=["articles", "interviews"], help="one of the two tables")
    return with_peers(parser, words, PEERS)


def with_peers(
    parser: argparse.ArgumentParser, words: Sequence[str] | None, known: Iterable[str]
) -> argparse.Namespace:
    """The command line with ``--peers`` as a list of names, all of them known; else the parser ends the program."""
    names = list(known)
    parser.add_argument("--peers", default=",".join(names), metavar="A,B", help=f"of: {', '.join(names)}; '' for none")
    found = parser.parse_args(words)
    found.peers = [name for name in found.peers.split(",") if name]
    unknown = [name for name in found.peers if name not in names]
    if unknown:
        parser.error(f"no such peer: {', '.join(unknown)} (there are {', '.join(names)})")
    return found


def main(words: Sequence[str] | None = None) -> int:
    """Measures, and prints the tables in Markdown; 2 when there is no corpus."""
    options = choices(words)
    if not corpus.CORPUS.is_dir():
        print(f"There is no corpus of pages at {corpus.CORPUS}: nothing to measure on.", file=sys.stderr)
        return 2
    contestants = present(options.peers)
    for each in contestants:
        each.work(TRIAL)
    gc.freeze()  # what was loaded needs no looking through when the rest of the page before is cleared away
    print(heading(contestants, options.sample))
    if options.only != "interviews":
        tallies = score_articles(contestants, options.sample)
        print(f"\n{articles_table(tallies)}")
        for name, tally in tallies.items():
            if tally.failed:
                print(f"\n{name} gave nothing for {len(tally.failed)} of {len(tally.seconds)} pages.")
    if options.only != "articles":
        print(f"\n{interviews_table(score_interviews(contestants, options.sample))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
