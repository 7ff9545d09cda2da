"""Reads the corpus of real pages that stands beside the repository, and asks its own scorers how well that went.

The corpus is shared, not ours: nothing of it is copied here, its scorers are called where they stand. ``collections.py``
names what is scored by folds; here is what reads pages and asks the scorers.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib.util
import io
import json
import re
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from exporter import ExporterError, Reading, read
from exporter.model.codec import encode
from exporter.sources.source import Source

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from conservation import LOST, TWICE, UNPRINTED, Loss, losses  # noqa: E402 - its folder is put on the path above
from neutral import neutral  # noqa: E402
from printed import reading_text, semantic_html  # noqa: E402

CORPUS = HERE.parents[1].parent / "shared" / "corpus"
INTERVIEWS = CORPUS / "interviews"
ARTICLES = CORPUS / "articles"
PUBLISHERS = CORPUS / "publishers"
TALKS = ("ch-SRF_", "de-KlasseGegenKlasse_")
"""Publishers of whom a page in ``publishers/`` is an interview."""

Figures = dict[str, float]
"""Name of a figure → its value: shares from 0 to 1, counts, F1."""


@dataclass
class Page:
    """One page of the corpus: the name its scorer knows it by, and where it stands."""

    name: str
    path: Path

    @property
    def content(self) -> bytes:
        raw = self.path.read_bytes()
        return gzip.decompress(raw) if self.path.suffix == ".gz" else raw


@dataclass
class Result:
    """What came of scoring one corpus: the scorer's lines, the figures in them; by page: CPU seconds, losses, refusals.

    ``confidences`` are the per cent that the reader says it is sure of, by page; ``sure`` the same with whether all its
    questions are right.
    """

    lines: str = ""
    figures: Figures = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    losses: dict[str, list[Loss]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    confidences: dict[str, int] = field(default_factory=dict)
    sure: list[tuple[int, bool]] = field(default_factory=list)

    @property
    def median(self) -> float:
        """CPU seconds of a page, median; 0 without pages."""
        return statistics.median(self.seconds.values()) if self.seconds else 0.0


# ------------------------------------------------------------------------------------------------------------- the pages


def interview_pages(folder: str = "pages") -> list[Page]:
    """The saved interviews (``pages``, or the later ``fresh``), and the pages among them that are none."""
    return [Page(path.stem, path) for path in sorted((INTERVIEWS / folder).glob("*.html"))]


def publisher_pages() -> list[Page]:
    """Publishers' pages with truth by paragraph."""
    return [Page(_stem(path), path) for path in sorted((PUBLISHERS / "pages").iterdir()) if ".htm" in path.name]


def scrapinghub_pages() -> list[Page]:
    """Pages with human ground truth of the body text; named by the scorer's ``S``."""
    return [Page(_stem(path), path) for path in sorted((ARTICLES / "scrapinghub" / "html").glob("*.html.gz"))]


def mozilla_pages() -> list[Page]:
    """Test pages of Readability; named by the scorer's ``M``."""
    return [Page(path.parent.name, path) for path in sorted((ARTICLES / "mozilla").glob("*/source.html.gz"))]


def snippet_pages() -> list[Page]:
    """Pages with snippets wanted and unwanted; named by the scorer's ``T``."""
    return [
        Page(path.name.removesuffix(".gz"), path)
        for path in sorted((ARTICLES / "snippets" / "html").iterdir())
        if ".htm" in path.name
    ]


FOLDERS: dict[str, Callable[[], list[Page]]] = {"S": scrapinghub_pages, "M": mozilla_pages, "T": snippet_pages}


def _stem(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".html")


# ------------------------------------------------------------------------------------------------------------ reading them


def timed(page: Page, result: Result) -> Reading | None:
    """The reading of a page, its CPU seconds and losses noted; None when it was refused, with the reason noted."""
    content = page.content
    begun = time.process_time()
    reading = None
    try:
        reading = read(Source(page.name, content, page.name, ".html"), format="html")
    except ExporterError as fault:
        result.refused[page.name] = str(fault)
    result.seconds[page.name] = time.process_time() - begun
    if reading is not None:
        result.losses[page.name] = losses(content, reading)
        stated = next((_SURE.search(each.message) for each in reading.notices if each.code in _TURNS), None)
        if stated:
            result.confidences[page.name] = int(stated[1])
    return reading


_TURNS = ("turns-found", "turns-unsure")
_SURE = re.compile(r"(\d+) % sure")


def score_interviews(pages: list[Page], verbose: bool = False) -> Result:
    """The interviews' scorer on our reading of ``pages``, each with its truth beside it (``NAME.json``)."""
    result = Result()
    with tempfile.TemporaryDirectory() as folder:
        out, truth = Path(folder) / "out", Path(folder) / "truth"
        out.mkdir()
        truth.mkdir()
        for page in pages:
            reading = timed(page, result)
            (truth / f"{page.name}.json").symlink_to(page.path.with_suffix(".json"))
            if reading is not None:
                text = json.dumps(neutral(reading.document), ensure_ascii=False)
                (out / f"{page.name}.json").write_text(text, "utf-8")
        result.lines, result.figures, right = scored_interviews(out, truth, verbose)
    result.sure = [(result.confidences[name], right.get(name, False)) for name in sorted(result.confidences)]
    result.figures.update(_conserved(result))
    return result


def score_publishers(pages: list[Page], verbose: bool = False) -> Result:
    """The publishers' scorer on our reading of ``pages``, and how many that are no talk were taken for one."""
    result = Result()
    false = []
    with tempfile.TemporaryDirectory() as folder:
        out, truth = Path(folder) / "out", Path(folder) / "truth"
        out.mkdir()
        truth.mkdir()
        for page in pages:
            reading = timed(page, result)
            (truth / f"{page.name}.json").symlink_to(PUBLISHERS / "truth" / f"{page.name}.json")
            if reading is not None:
                (out / f"{page.name}.json").write_bytes(encode(reading.document))
                if neutral(reading.document)["turns"] and not page.name.startswith(TALKS):
                    false.append(page.name)
        result.lines, result.figures = scored_publishers(out, truth, verbose)
    result.lines += f"taken for interviews   {len(false)}{' ' + ', '.join(false) if verbose and false else ''}\n"
    result.figures.update(_conserved(result), false_interviews=float(len(false)))
    return result


def score_articles(kinds: str = "SMT", verbose: bool = False) -> Result:
    """The articles' scorer on our reading of the pages of ``kinds``. ``S`` is always among them: the scorer needs it."""
    result = Result()
    kinds = "".join(kind for kind in FOLDERS if kind in kinds or kind == "S")
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            for page in FOLDERS[kind]():
                _store(Path(folder) / kind, kind, page, timed(page, result))
        lines = scored_articles(Path(folder), ARTICLES, verbose)[0].splitlines(keepends=True)
        result.lines = "".join(line for line in lines if _kind_of(line) in kinds)
    result.figures = {**_article_figures(result.lines), **(_conserved(result) if kinds == "".join(FOLDERS) else {})}
    return result


def _conserved(result: Result) -> Figures:
    """Characters of all pages that do not add up, by kind of loss."""
    found = [loss for each in result.losses.values() for loss in each]
    names = {"characters_lost": LOST, "characters_told_twice": TWICE, "letters_unprinted": UNPRINTED}
    return {name: float(sum(len(loss.text) for loss in found if loss.kind == kind)) for name, kind in names.items()}


def _store(folder: Path, kind: str, page: Page, reading: Reading | None) -> None:
    folder.mkdir(exist_ok=True)
    if reading is None:
        return
    # The bodies of S hold no headline, whatever the page; the snippets of T are looked for in all that is read.
    text = reading_text(reading.document, head=kind == "T")
    (folder / f"{page.name}.txt").write_text(text, "utf-8")
    if kind != "T":
        (folder / f"{page.name}.html").write_text(semantic_html(reading.document), "utf-8")


# ------------------------------------------------------------------------------------------------------------ the scorers


def scored_interviews(out: Path, truth: Path, verbose: bool = False) -> tuple[str, Figures, dict[str, bool]]:
    """The interviews' scorer on the neutral JSON in ``out``: lines, figures, and by page whether all questions are right."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        choices = [str(out), "--gt", str(truth), "--json", str(report), *(["-v"] if verbose else [])]
        lines = _printed(lambda: scorer(INTERVIEWS).main(choices))
        found = json.loads(report.read_text("utf-8"))
        right = {page["name"]: bool(page["c"].get("qexact")) for page in found["pages"]}
        return lines, _interview_figures(found["summary"]["all"]), right


def scored_publishers(out: Path, truth: Path, verbose: bool = False) -> tuple[str, Figures]:
    """The publishers' scorer on the canonical JSON in ``out``: what it printed, and its figures."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        choices = [str(out), str(truth), "--json", str(report), *(["-v"] if verbose else [])]
        lines = _printed(lambda: scorer(PUBLISHERS).main(choices))
        shares = json.loads(report.read_text("utf-8"))
    return lines, {name.replace(" ", "_"): float(share) for name, share in shares.items()}


def scored_articles(out: Path, pages: Path, verbose: bool = False) -> tuple[str, Figures]:
    """The articles' scorer on the texts and HTML in ``out``: what it printed, and its figures."""
    lines = _article_lines([str(out), "--pages", str(pages), *(["-v"] if verbose else [])])
    return lines, _article_figures(lines)


def scorer(folder: Path) -> ModuleType:
    """The scorer that stands in a folder of the corpus."""
    spec = importlib.util.spec_from_file_location(f"score_{folder.name}", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _printed(call: Callable[[], object]) -> str:
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the scorers leave closing their files to the interpreter
        call()
    return stream.getvalue()


def _article_lines(choices: list[str]) -> str:
    before = sys.argv
    sys.argv = ["score.py", *choices]  # this scorer reads its words from there only
    try:
        return _printed(scorer(ARTICLES).main)
    finally:
        sys.argv = before


def _interview_figures(summary: dict[str, Any]) -> Figures:
    """The scorer's own figures; a count out of a count becomes a share."""
    interviews = summary["interviews"] or 1
    whole = {"sequence_exact": interviews, "sequence_exact_full_length": interviews, "questions_exact": interviews}
    found: Figures = {}
    for name, value in summary.items():
        if isinstance(value, list):
            found[name] = value[0] / value[1] if value[1] else 1.0
        elif name in whole:
            found[name] = value / whole[name]
        elif name not in ("pages", "interviews", "non_interviews", "figures_output"):
            found[name] = float(value)
    found.pop("false_interviews_faq", None)
    return {name: round(value, 4) for name, value in found.items()}


_KINDS = {"shingles": "S", "snippets": "T", "structure M": "M", "structure S": "S", "S ": "S"}
_NUMBER = re.compile(r"(F1|P|R|exact) (\d\.\d+)")
_SHARE = re.compile(r"(\w+) (\d+)/(\d+) \([^)]*\) in place +(\d+) %")


def _kind_of(line: str) -> str:
    return next((kind for start, kind in _KINDS.items() if line.startswith(start)), "?")


def _article_figures(lines: str) -> Figures:
    return {name: value for line in lines.splitlines() for name, value in _figures_of(line)}


def _figures_of(line: str) -> Iterator[tuple[str, float]]:
    words = line.split()
    if words[0] in ("shingles", "snippets"):
        for name, value in _NUMBER.findall(line):
            yield f"{words[0]}_{name.lower()}", float(value)
    elif words[0] == "structure":
        for name, kept, whole, in_place in _SHARE.findall(line):
            if int(whole):
                yield f"{words[1]}_{name}_kept", round(int(kept) / int(whole), 4)
                yield f"{words[1]}_{name}_in_place", int(in_place) / 100
