"""CPU time and memory of exporter beside what else makes a PDF or an EPUB of a saved page.

Every contestant is a command of its own, from its start to its end; they run in turns, so that a busy machine is
busy for all, and the medians are compared. CPU seconds are user and system time of the command and its children;
memory is the largest resident set among them.

percollate and calibre take part where they are on the path.

``make bench`` (ARGS="--rounds 9 page.html"), or: ``python benchmarks/bench.py [--rounds N] [PAGE]``
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, NoReturn
from unittest import mock

ROOT = Path(__file__).parents[1]
PAGES = (ROOT.parent / "shared" / "seed" / "page.html", ROOT / "source" / "the-last-lampist" / "article.html")
"""The page measured when none is named: the first that is there."""
MANY = 20
AGAIN = f"import sys, exporter\nfor _ in range({MANY}): exporter.export(sys.argv[1], sys.argv[2])"
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Overheard(Exception):
    """What was wanted is known: the page need not be laid out."""


class Run(NamedTuple):
    """One run of a command: CPU seconds, and bytes of memory at its peak."""

    seconds: float
    memory: int


class Contestant(NamedTuple):
    """A way to make ``medium`` ("PDF" or "EPUB") of the page; ``times`` is how often the command does so."""

    name: str
    medium: str
    command: list[str]
    times: int = 1


def main() -> None:
    """Measures, and prints a table in Markdown."""
    parser = argparse.ArgumentParser(description="CPU time and memory beside the peers")
    parser.add_argument("page", nargs="?", type=Path, default=next(page for page in PAGES if page.exists()))
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs; the median counts (default: 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        entrants = contestants(options.page.resolve(), Path(folder))
        runs = in_turns(entrants, options.rounds, Path(folder) / "bytecode", progress)
    print(heading(options.page, options.rounds))
    print(table(entrants, runs))


def progress() -> None:
    """One dot a run, on a terminal only."""
    if sys.stderr.isatty():
        print(".", end="", file=sys.stderr, flush=True)


def contestants(page: Path, folder: Path) -> list[Contestant]:
    """Everyone who takes part; ours come first in each medium, as the measure of the others."""
    pandoc, weasyprint, exporter = _pandoc(), _beside("weasyprint"), _beside("exporter")
    ours = handed_over(page, folder / "ours")
    convert = [pandoc, str(page), "--standalone", f"--resource-path={page.parent}", "-o"]
    bare = [
        weasyprint,
        "--quiet",
        "--pdf-variant",
        "pdf/ua-1",
        "--stylesheet",
        str(ours / "sheet.css"),
        str(ours / "page.html"),
    ]
    return [
        Contestant("exporter pdf", "PDF", [exporter, "pdf", "--quiet", str(page), "-o", str(folder / "exporter.pdf")]),
        Contestant("bare WeasyPrint on our HTML", "PDF", [*bare, str(folder / "bare.pdf")]),
        Contestant("pandoc → WeasyPrint", "PDF", [*convert, str(folder / "pandoc.pdf"), f"--pdf-engine={weasyprint}"]),
        Contestant(
            "exporter epub", "EPUB", [exporter, "epub", "--quiet", str(page), "-o", str(folder / "exporter.epub")]
        ),
        Contestant(
            *("exporter epub, no cover", "EPUB"),
            [exporter, "epub", "--quiet", "--cover", "none", str(page), "-o", str(folder / "bare.epub")],
        ),
        Contestant(
            f"exporter epub, each of {MANY} in one process",
            "EPUB",
            [sys.executable, "-c", AGAIN, str(page), str(folder / "again.epub")],
            MANY,
        ),
        Contestant("pandoc (makes no cover)", "EPUB", [*convert, str(folder / "pandoc.epub")]),
        *_installed(page, folder),
    ]


def _installed(page: Path, folder: Path) -> Iterator[Contestant]:
    """Those that are no Python packages, where they are on the path: percollate (npm) and calibre."""
    percollate, calibre = shutil.which("percollate"), shutil.which("ebook-convert")
    if percollate:
        yield Contestant(
            "percollate", "EPUB", [percollate, "epub", str(page), "--output", str(folder / "percollate.epub")]
        )
    if calibre:
        yield Contestant("calibre", "EPUB", [calibre, str(page), str(folder / "calibre.epub")])


def _beside(program: str) -> str:
    """A program of the environment that this Python belongs to."""
    return str(Path(sys.executable).parent / program)


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def handed_over(page: Path, folder: Path) -> Path:
    """What exporter gives WeasyPrint for the page, as files: page.html, sheet.css, pictures and fonts."""
    import exporter
    from exporter.assets import rendition
    from exporter.writers import pdf
    from exporter.writers.pdf.pictures import Pictures

    seen: dict[str, Any] = {}

    def overhear(html: str, pictures: Pictures, theme: Any, sheet: str, *_: object) -> NoReturn:
        photos = {
            address: rendition(asset, longest=pictures.longest).content for address, asset in pictures.photos.items()
        }
        seen.update(html=html, pictures={**photos, **pictures.drawings}, theme=theme, sheet=sheet)
        raise Overheard

    with mock.patch.object(pdf, "laid_out", overhear), suppress(Overheard):
        pdf.render(exporter.read(page).document, exporter.Options())
    (folder / "fonts").mkdir(parents=True)
    for address, content in seen["pictures"].items():
        (folder / address.removeprefix("asset:/")).write_bytes(content)
    for name in _fonts(seen["sheet"]):
        (folder / "fonts" / name).write_bytes(seen["theme"].font(name))
    (folder / "page.html").write_text(seen["html"].replace("asset:/", ""), encoding="utf-8")
    (folder / "sheet.css").write_text(seen["sheet"].replace("asset:/", ""), encoding="utf-8")
    return folder


def _fonts(sheet: str) -> list[str]:
    parts = sheet.replace('"', "'").split("fonts/")[1:]
    return sorted({part.split("'")[0].split(")")[0] for part in parts})


def in_turns(
    entrants: Sequence[Contestant], rounds: int, bytecode: Path, after: Callable[[], None]
) -> dict[str, list[Run]]:
    """Name and medium → runs. A first run of each warms the caches (disk, Python's compiled modules) and does not count."""
    # As on any machine where a program runs for the second time, whatever this one's environment says of writing bytecode.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    runs: dict[str, list[Run]] = {key(entrant): [] for entrant in entrants}
    for turn in range(rounds + 1):
        for entrant in entrants:
            run = measured(entrant.command, environment)
            if turn:
                runs[key(entrant)].append(run._replace(seconds=run.seconds / entrant.times))
            after()
    return runs


def key(entrant: Contestant) -> str:
    """What an entrant's runs stand under."""
    return f"{entrant.medium}: {entrant.name}"


def measured(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Runs the command to its end. Raises :class:`SystemExit` with its last words when it fails."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-600:]}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT)


def heading(page: Path, rounds: int) -> str:
    """What was measured, with what, on what."""
    import pypandoc

    parts = [f"{name} {version(name)}" for name in ("exporter", "weasyprint", "ebooklib")]
    parts += [f"pandoc {pypandoc.get_pandoc_version()}", f"Python {platform.python_version()}"]
    where = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{page.parent.name}/{page.name}, median of {rounds} runs in turns. {', '.join(parts)}; {where}.\n"


def table(entrants: Sequence[Contestant], runs: dict[str, list[Run]]) -> str:
    """Markdown: medians, and each as a multiple of ours."""
    rows = [
        "| | | CPU s | × ours | peak MiB | × ours |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    middle = partial(_middle, runs)
    for entrant in entrants:
        ours = middle(next(each for each in entrants if each.medium == entrant.medium))
        mine = middle(entrant)
        ratios = mine.seconds / ours.seconds, mine.memory / ours.memory
        figures = f"{mine.seconds:.2f} | {ratios[0]:.2f} | {mine.memory / 2**20:.0f} | {ratios[1]:.2f}"
        rows.append(f"| {entrant.medium} | {entrant.name} | {figures} |")
    return "\n".join(rows)


def _middle(runs: dict[str, list[Run]], entrant: Contestant) -> Run:
    mine = runs[key(entrant)]
    return Run(median(run.seconds for run in mine), round(median(run.memory for run in mine)))


if __name__ == "__main__":
    main()
