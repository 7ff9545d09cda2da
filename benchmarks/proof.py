"""What a proof-reader finds on the pages of many articles before and after the typesetting loop, and what the loop costs.

Each article is set in three themes on A4 and on 6 by 9 inches: the sample, the page and the transcript of ../shared/seed,
and the first ten interviews of ../shared/corpus by name (both skipped with a word where they are absent); or the pages named.
The loop was tuned on these. With ``--unseen`` it is others that it meets: the corpus's other interviews, and the pages and
documents of the tests, each in one theme and on one paper, in turn. With ``--made 60`` it is as many made up by chance
(made.py), hard ones, in turn too, which needs nothing beside this repository.

CPU seconds are those of this process. A draft is the same article laid out once and written, with nothing mended.

Prints Markdown: the tables of docs/proof.md. ``make proofs`` (ARGS="--verbose --theme book page.html"), or:
``python benchmarks/proof.py [--theme NAME]… [--paper SIZE]… [--unseen | --made COUNT [--first NUMBER]] [--verbose] [PAGE…]``
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

import exporter
from exporter import Document, ExporterError, Notice, Options, Proofs
from exporter.notices import NOTICES
from made import write_made

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "source" / "the-last-lampist"
SHARED = ROOT.parent / "shared"
SEED = (SHARED / "seed" / "page.html", SHARED / "seed" / "interview.txt")
INTERVIEWS = SHARED / "corpus" / "interviews" / "pages"
MOST_INTERVIEWS = 10
THEMES, PAPERS = ("magazine", "book", "plain"), ("a4", "6x9in")
MORE_PAPERS = ("a4", "6x9in", "a5", "letter")
CODES = (*(code for code in NOTICES if code.startswith("proof-")), "notes-collected", "glyphs-missing")
"""What is counted, in the order of the registry."""

T = TypeVar("T")


class Setting(NamedTuple):
    """One article in one look."""

    source: Path
    theme: str
    paper: str


class Outcome(NamedTuple):
    """What came of it, with the CPU seconds of a draft and of the loop."""

    setting: Setting
    proofs: Proofs
    draft: float
    whole: float


def main() -> None:
    """Sets every article in every look, and prints what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE")
    parser.add_argument("--theme", action="append", help=f"may be repeated (default: {', '.join(THEMES)})")
    parser.add_argument("--paper", action="append", help=f"may be repeated (default: {', '.join(PAPERS)})")
    parser.add_argument("--unseen", action="store_true", help="pages that the loop was not tuned on, each in one look")
    parser.add_argument(
        "--made", type=int, default=0, metavar="COUNT", help="interviews made up by chance, each in one look"
    )
    parser.add_argument(
        "--first", type=int, default=0, metavar="NUMBER", help="the first of those made up (default: 0)"
    )
    parser.add_argument("--verbose", action="store_true", help="a line for each finding that is left")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        outcomes = list(set_in_turn(settings_of(chosen, Path(folder))))
    for part in (findings_table(outcomes), spacing_table(outcomes), costs_table(outcomes)):
        print(*part, "", sep="\n")
    if chosen.verbose:
        print(*left(outcomes), sep="\n")


def settings_of(chosen: argparse.Namespace, folder: Path) -> list[Setting]:
    """What is to be set: each article in all looks, or each in one of them, in turn. Articles are made up in ``folder``."""
    in_turn = chosen.unseen or chosen.made
    looks = list(product(chosen.theme or THEMES, chosen.paper or (MORE_PAPERS if in_turn else PAPERS)))
    if not in_turn:
        return [Setting(source, *look) for source in chosen.pages or pages() for look in looks]
    made = range(chosen.first, chosen.first + chosen.made)
    sources = unseen() if chosen.unseen else write_made(made, folder, SAMPLE)
    return [Setting(source, *look) for source, look in zip(sources, cycle(looks), strict=False)]


def pages() -> tuple[Path, ...]:
    """The articles that are there, and a word for those that are not."""
    interviews = tuple(sorted(INTERVIEWS.glob("*.html"))[:MOST_INTERVIEWS])
    seed = tuple(each for each in SEED if each.exists())
    for found, name in ((seed, SEED[0].parent), (interviews, INTERVIEWS)):
        if not found:
            print(f"skipped: {name} is not there", file=sys.stderr)
    return (SAMPLE, *seed, *interviews)


def unseen() -> tuple[Path, ...]:
    """The pages that the loop was not tuned on."""
    interviews = sorted(INTERVIEWS.glob("*.html"))[MOST_INTERVIEWS:]
    own = sorted((ROOT / "tests").glob("documents/*.json")) + sorted((ROOT / "tests").glob("pages/*/source.html"))
    return (*interviews, *own)


def set_in_turn(settings: Sequence[Setting]) -> Iterator[Outcome]:
    """One after the other, in this process. An article that cannot be printed is named and left out."""
    exporter.render(exporter.read(SAMPLE).document, "pdf", Options(draft=True))  # what is loaded late is loaded now
    documents: dict[Path, Document] = {}
    for number, setting in enumerate(settings, 1):
        progress(f"{number} of {len(settings)}: {named(setting)}")
        try:
            document = documents.setdefault(setting.source, exporter.read(setting.source).document)
            yield outcome_of(setting, document)
        except ExporterError as error:
            print(f"skipped: {named(setting)}: {error}", file=sys.stderr)
    progress("")


def progress(words: str) -> None:
    """Where we are, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def named(setting: Setting) -> str:
    """How a setting is called in a line of text."""
    name = setting.source.parent.name if setting.source.stem == "source" else setting.source.stem
    return f"{name}, {setting.theme}, {setting.paper}"


def outcome_of(setting: Setting, document: Document) -> Outcome:
    """The article as a draft, and through the loop."""
    options = Options(theme=setting.theme, paper=setting.paper)
    draft, _ = timed(lambda: exporter.render(document, "pdf", replace(options, draft=True)))
    whole, proofs = timed(lambda: exporter.proofread(document, options))
    return Outcome(setting, proofs, draft, whole)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The CPU seconds that it takes, and what it gives."""
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


# ------------------------------------------------------------------------------------------------------------------ tables


def findings_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each kind of finding before and after, in each theme and in all."""
    themes = list(dict.fromkeys(each.setting.theme for each in outcomes))
    groups = [[each for each in outcomes if each.setting.theme == theme] for theme in themes] + [list(outcomes)]
    counts = [(counted(group, "before"), counted(group, "after")) for group in groups]
    yield from head("finding", *themes, "all")
    for code in CODES:
        cells = [f"{before[code]} → {after[code]}" for before, after in counts]
        yield row(code.removeprefix("proof-").replace("-", " "), *cells)
    yield row("PDFs", *map(len, groups))
    yield row("pages", *(sum(each.proofs.pages for each in group) for group in groups))


def spacing_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The share of the lines of running text that are badly spaced, for each theme."""
    yield from head("theme", "lines", "badly spaced before", "after")
    for theme in dict.fromkeys(each.setting.theme for each in outcomes):
        group = [each for each in outcomes if each.setting.theme == theme]
        lines = sum(each.proofs.lines for each in group)
        shares = (counted(group, when)["proof-bad-spacing"] / max(1, lines) for when in ("before", "after"))
        yield row(theme, lines, *(f"{share:.2%}" for share in shares))


def costs_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How often articles were laid out, and what that took beside a draft."""
    yield from head("layouts", "PDFs", "share", "CPU s, draft", "CPU s, loop", "loop / draft")
    groups = [[each for each in outcomes if each.proofs.passes == number] for number in range(1, 100)]
    for group in (*filter(None, groups), list(outcomes)):
        layouts = group[0].proofs.passes if len(group) < len(outcomes) else sum(each.proofs.passes for each in group)
        draft, whole = sum(each.draft for each in group), sum(each.whole for each in group)
        name = str(layouts) if len(group) < len(outcomes) else f"all: {layouts}"
        share = f"{len(group) / len(outcomes):.0%}"
        yield row(name, len(group), share, f"{draft:.1f}", f"{whole:.1f}", f"{whole / draft:.2f}")


def left(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each finding that no mend could take away."""
    for outcome in outcomes:
        for each in outcome.proofs.after:
            if each.code in CODES:
                yield f"- {named(outcome.setting)}, {each.where or 'anywhere'}: {each.code}: {each.message}"


def counted(outcomes: Sequence[Outcome], when: str) -> Counter[str]:
    """How many findings of each kind there are."""
    found: list[Notice] = [each for outcome in outcomes for each in getattr(outcome.proofs, when)]
    return Counter(each.code for each in found)


def head(*cells: str) -> Iterator[str]:
    """The first two lines of a table: the first column holds words, the others figures."""
    yield row(*cells)
    yield row("---", *["---:"] * (len(cells) - 1))


def row(*cells: object) -> str:
    """A line of a table."""
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
