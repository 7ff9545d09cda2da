"""What this program costs beside what it is measured against, a ratio a row: pairs of runs, made in turns in one run.

Both sides of a pair are run one after the other, each first in every second pair, so that a busy machine is busy for both; the
ratio of each pair counts, and the median of the ratios is printed beside what it should come to. CPU seconds are user and
system time of the commands and all their children; only two workers are measured by the clock, which wants a machine of
one's own.

    python benchmarks/speed.py [--pairs N] [--count N] [--programs FOLDER] [ROW]...

ROW is one of ``--help``'s. Pages are those of the corpus beside the repository, where there is one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

import bench
import thousand

SEED, SAMPLE = bench.PAGES
WARM = """
import sys
from weasyprint import HTML
for folder in sys.argv[1:]:
    HTML(f"{folder}/page.html").write_pdf(f"{folder}/bare.pdf", stylesheets=[f"{folder}/sheet.css"], pdf_variant="pdf/ua-1")
"""
Command = list[str]


class Pair(NamedTuple):
    """One row: the commands of both sides. ``more`` is better where the row counts articles, and the ratio is turned round."""

    name: str
    aim: float
    ours: list[Command]
    theirs: list[Command]
    counts_articles: bool = False
    by_the_clock: bool = False


class Bench(NamedTuple):
    """Where everything is: a folder to work in, the programs, and how many pages stand for many."""

    folder: Path
    programs: Path
    pages: int

    def ours(self, *words: object) -> Command:
        """A command of this program."""
        return [str(self.programs / "exporter"), *map(str, words), "--quiet"]

    def batch(self, formats: str, *sources: object, jobs: int = 1) -> Command:
        """A batch that does everything anew."""
        target = self.folder / f"batch-{formats}-{jobs}"
        return self.ours("batch", *sources, "-o", target, "--to", formats, "--jobs", jobs, "--again")

    def pandoc(self, page: Path) -> Command:
        """The e-book that pandoc makes of a page."""
        target = self.folder / "pandoc.epub"
        return [bench.pandoc(), str(page), "--standalone", f"--resource-path={page.parent}", "-o", str(target)]

    def many(self, count: int) -> list[Path]:
        """So many pages, of those that a thousand sources are copies of."""
        return _many(self.folder, count)


@cache
def _many(folder: Path, count: int) -> list[Path]:
    made, _ = thousand.sources(folder / f"many-{count}", count, thousand.pages([]), 0)
    return sorted(made.iterdir())


def many_ebooks(made: Bench) -> Iterator[Pair]:
    """Articles a CPU second, beside pandoc called for one after the other."""
    pages = made.many(made.pages)
    loop = [made.pandoc(page) for page in pages]
    yield Pair("many: articles a CPU second, EPUB, beside a pandoc loop", 3.0, [made.batch("epub", *pages)], loop, True)


def many_pdfs(made: Bench) -> Iterator[Pair]:
    """The same of print, beside the renderer warm on the HTML that it is handed."""
    pages = made.many(max(4, made.pages // 5))
    folders = [bench.handed_over(page, made.folder / f"handed-{number}") for number, page in enumerate(pages)]
    bare = [str(made.programs / "python"), "-c", WARM, *map(str, folders)]
    name = "many: articles a CPU second, PDF, beside WeasyPrint warm on our HTML"
    yield Pair(name, 1.0, [made.batch("pdf", *pages)], [bare], True)


def together(made: Bench) -> Iterator[Pair]:
    """Both formats of one source, beside the two apart: one source from the start, and many in one worker."""
    apart = [made.ours(medium, SAMPLE, "-o", made.folder / f"apart.{medium}") for medium in ("epub", "pdf")]
    yield Pair(
        "together: EPUB and PDF of the sample, beside the two apart", 0.75, [made.batch("epub,pdf", SAMPLE)], apart
    )
    pages = made.many(max(4, made.pages // 5))
    apart = [made.batch(medium, *pages) for medium in ("epub", "pdf")]
    yield Pair("together: the same of many in one worker", 0.75, [made.batch("epub,pdf", *pages)], apart)


def cold_pdfs(made: Bench) -> Iterator[Pair]:
    """One PDF from the start of the program to its end, beside the renderer alone on the HTML that it is handed."""
    for name, page, aim in (("the seed", SEED, 1.0), ("the sample", SAMPLE, 1.15)):
        if page.exists():
            ours = made.ours("pdf", page, "-o", made.folder / "cold.pdf")
            folder = bench.handed_over(page, made.folder / f"cold-{page.parent.name}")
            bare = [str(made.programs / "weasyprint"), "--quiet", "--pdf-variant", "pdf/ua-1", "--stylesheet"]
            bare += [str(folder / "sheet.css"), str(folder / "page.html"), str(folder / "bare.pdf")]
            yield Pair(f"cold: PDF of {name}, beside bare WeasyPrint on our HTML", aim, [ours], [bare])


def cold_ebooks(made: Bench) -> Iterator[Pair]:
    """One e-book from the start of the program to its end, beside pandoc's, which has no cover."""
    page = SEED if SEED.exists() else SAMPLE
    for name, aim, words in (("with its cover", 1.6, ()), ("without a cover", 1.2, ("--cover", "none"))):
        ours = made.ours("epub", page, "-o", made.folder / "cold.epub", *words)
        yield Pair(f"cold: EPUB {name}, beside pandoc's", aim, [ours], [made.pandoc(page)])


def photos(made: Bench) -> Iterator[Pair]:
    """Six large photos, beside the same page without any; the typesetting loop does not count here."""
    import bench_pages

    kinds = ("", "JPEG", "PNG")
    saved = {each: bench_pages.with_photos(SAMPLE.parent, made.folder / f"photos-{each}", each) for each in kinds}
    aims = {("epub", "JPEG"): 1.2, ("epub", "PNG"): 1.6, ("pdf", "JPEG"): 1.3, ("pdf", "PNG"): 1.6}
    for (medium, kind), aim in aims.items():
        draft = ["--draft"] if medium == "pdf" else []
        some, none = (
            made.ours(medium, saved[each], "-o", made.folder / f"photos.{medium}", *draft) for each in (kind, "")
        )
        yield Pair(f"photos: {medium.upper()} with six {kind} photos, beside none", aim, [some], [none])


def workers(made: Bench) -> Iterator[Pair]:
    """How much sooner two workers are done than one."""
    pages = made.many(made.pages)
    one, two = (made.batch("epub", *pages, jobs=jobs) for jobs in (1, 2))
    yield Pair("workers: articles a second by the clock, two beside one", 1.8, [two], [one], True, True)


ROWS = (many_ebooks, many_pdfs, together, cold_pdfs, cold_ebooks, photos, workers)


def main() -> None:
    """Measures, and prints a row as soon as it is known."""
    parser = argparse.ArgumentParser(description="ratios of CPU time, in pairs")
    names = [row.__name__ for row in ROWS]
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these: {', '.join(names)}")
    parser.add_argument("--pairs", type=int, default=5, help="how many pairs a row (default: 5)")
    parser.add_argument("--count", type=int, default=40, help="how many pages stand for many (default: 40)")
    parser.add_argument("--programs", type=Path, default=bench.OWN, help="where a user's programs are")
    wanted = parser.parse_args()
    print("| | ratio | from to | aim |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        made = Bench(Path(name), wanted.programs.absolute(), wanted.count)
        for row in ROWS:
            for pair in row(made) if not wanted.rows or row.__name__ in wanted.rows else ():
                print(line(pair, wanted.pairs, made.folder / "bytecode"), flush=True)


def line(pair: Pair, pairs: int, bytecode: Path) -> str:
    """The row of the table. A first pair warms the caches and does not count."""
    ratios = sorted(islice(_ratios(pair, bytecode), 1, pairs + 1))
    return f"| {pair.name} | {median(ratios):.2f} | {ratios[0]:.2f} to {ratios[-1]:.2f} | {pair.aim:.2f} |"


def _ratios(pair: Pair, bytecode: Path) -> Iterator[float]:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for number in range(sys.maxsize):
        sides = (pair.ours, pair.theirs)
        spent = {at: _spent(sides[at], environment, pair.by_the_clock) for at in ((0, 1) if number % 2 else (1, 0))}
        yield spent[1] / spent[0] if pair.counts_articles else spent[0] / spent[1]


def _spent(commands: list[Command], environment: dict[str, str], by_the_clock: bool) -> float:
    begun = time.monotonic()
    seconds = sum(bench.measured(command, environment).seconds for command in commands)
    return time.monotonic() - begun if by_the_clock else seconds


if __name__ == "__main__":
    main()
