"""CPU time and memory of exporter beside what else makes a PDF or an EPUB of a saved page.

Every contestant is a command of its own, from its start to its end; they run in turns, so that a busy machine is
busy for all, and the medians are compared. CPU seconds are user and system time of the command and its children;
memory is the largest resident set among them.

percollate, calibre and Chromium take part where they are on the path and can do it; Typst, which reads no pages, is given the
document in its own markup, as a pace-maker. The PDF is measured three times more: of an article that needs no mending, as the
second one of two in a process, and of a page with six large photos.

What is ours runs in an environment as a user has it (``--programs``): some of the benchmark's own packages slow down whoever
looks for them, as Beautiful Soup does.

``make bench`` (ARGS="--rounds 9 page.html"), or: ``python benchmarks/bench.py [--rounds N] [--medium pdf|epub] [PAGE]``
"""

from __future__ import annotations

import argparse
import ctypes
import json
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
SAMPLE = PAGES[-1]
OWN = Path(sys.executable).parent
MANY = 20
AGAIN = f"import sys, exporter\nfor _ in range({MANY}): exporter.export(sys.argv[1], sys.argv[2])"
EACH = "import sys, exporter\nfor page in sys.argv[2:]: exporter.export(page, sys.argv[1])"
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Overheard(Exception):
    """What was wanted is known: the page need not be laid out."""


class Run(NamedTuple):
    """One run of a command: CPU seconds, and bytes of memory at its peak."""

    seconds: float
    memory: int


class Contestant(NamedTuple):
    """A way to make ``medium`` of the page; ``times`` is how often the command does so.

    A guest may fail, and is left out then.
    """

    name: str
    medium: str
    command: list[str]
    times: int = 1
    guest: bool = False


def main() -> None:
    """Measures, and prints a table in Markdown."""
    parser = argparse.ArgumentParser(description="CPU time and memory beside the peers")
    parser.add_argument("page", nargs="?", type=Path, default=next(page for page in PAGES if page.exists()))
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs; the median counts (default: 5)")
    parser.add_argument(
        "--programs", type=Path, default=OWN, help="where a user's programs are (default: beside this Python)"
    )
    parser.add_argument("--medium", choices=("pdf", "epub"), default="", help="only these")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        everyone = prepared(options.page.resolve(), folder, options.programs.absolute())
        entrants = [each for each in everyone if each.medium.lower().startswith(options.medium)]
        runs = in_turns(entrants, options.rounds, folder / "bytecode", progress)
        sizes = {each.name: (folder / each.name).stat().st_size for each in folder.glob("photos-*.pdf")}
    print(heading(options.page, options.rounds))
    print(table([each for each in entrants if runs[key(each)]], runs))
    if options.medium != "epub":
        print(aims(runs, sizes))


def prepared(page: Path, folder: Path, programs: Path) -> list[Contestant]:
    """The contestants, by a process of its own: a command's memory is at least that of the one that starts it."""
    words = "import sys, json, pathlib, bench; print(json.dumps(bench.contestants(*map(pathlib.Path, sys.argv[1:]))))"
    command = [sys.executable, "-c", words, *map(str, (page, folder, programs))]
    found = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parent)
    return [Contestant(*each) for each in json.loads(found.stdout)]


def progress() -> None:
    """One dot a run, on a terminal only."""
    if sys.stderr.isatty():
        print(".", end="", file=sys.stderr, flush=True)


def contestants(page: Path, folder: Path, programs: Path) -> list[Contestant]:
    """Everyone who takes part; ours come first in each medium, as the measure of the others."""
    return [each for entrants in (_pdfs, _more_pdfs, _epubs) for each in entrants(page, folder, programs)]


def _pdfs(page: Path, folder: Path, programs: Path) -> Iterator[Contestant]:
    import bench_pages
    import exporter

    convert = [pandoc(), str(page), "--standalone", f"--resource-path={page.parent}", "-o"]
    source = bench_pages.typst_source(exporter.read(page).document, folder / "typst")
    yield _ours("PDF", page, folder / "exporter.pdf", programs)
    yield _bare("PDF", page, folder / "bare", programs)
    yield Contestant(
        "pandoc → WeasyPrint", "PDF", [*convert, str(folder / "pandoc.pdf"), f"--pdf-engine={programs / 'weasyprint'}"]
    )
    typst = [sys.executable, "-c", TYPST, str(source), str(folder / "typst.pdf")]
    yield Contestant("Typst, of its own markup", "PDF", typst, guest=True)
    yield from _guests(page, folder)


def _ours(medium: str, page: Path, target: Path, programs: Path) -> Contestant:
    return Contestant(
        "exporter pdf", medium, [str(programs / "exporter"), "pdf", "--quiet", str(page), "-o", str(target)]
    )


def _bare(medium: str, page: Path, folder: Path, programs: Path) -> Contestant:
    ours = handed_over(page, folder)
    variant = ["--quiet", "--pdf-variant", "pdf/ua-1", "--stylesheet", str(ours / "sheet.css")]
    command = [str(programs / "weasyprint"), *variant, str(ours / "page.html"), str(folder / "bare.pdf")]
    return Contestant("bare WeasyPrint on our HTML", medium, command)


def _more_pdfs(page: Path, folder: Path, programs: Path) -> Iterator[Contestant]:
    """A page that needs no mending, one article and then another in one process, a page with photos."""
    import bench_pages
    import exporter

    calm = folder / "calm.html"
    exporter.write(bench_pages.without_faults(exporter.read(page).document), calm)
    yield _ours("PDF, nothing to mend", calm, folder / "calm.pdf", programs)
    yield _bare("PDF, nothing to mend", calm, folder / "bare-calm", programs)
    python = [str(programs / "python"), "-c", EACH, str(folder / "each.pdf")]
    for name, pages in (
        ("of one article", [page]),
        ("of another", [calm]),
        ("of the other, then the one", [calm, page]),
    ):
        yield Contestant(name, "PDF, from Python", [*python, *map(str, pages)])
    for name, kind in (("none", ""), ("six JPEG", "JPEG"), ("six PNG", "PNG")):
        saved = bench_pages.with_photos(SAMPLE.parent, folder / f"photos-{kind}", kind)
        ours = _ours("", saved, folder / f"photos-{kind}.pdf", programs).command
        draft = [*ours, "--draft"]  # the loop does not count here
        yield Contestant(name, "PDF, photos of 2400 × 1600", draft)


def _epubs(page: Path, folder: Path, programs: Path) -> Iterator[Contestant]:
    exporter = str(programs / "exporter")
    yield Contestant(
        "exporter epub", "EPUB", [exporter, "epub", "--quiet", str(page), "-o", str(folder / "exporter.epub")]
    )
    yield Contestant(
        *("exporter epub, no cover", "EPUB"),
        [exporter, "epub", "--quiet", "--cover", "none", str(page), "-o", str(folder / "bare.epub")],
    )
    yield Contestant(
        f"exporter epub, each of {MANY} in one process",
        "EPUB",
        [str(programs / "python"), "-c", AGAIN, str(page), str(folder / "again.epub")],
        MANY,
    )
    convert = [pandoc(), str(page), "--standalone", f"--resource-path={page.parent}", "-o"]
    yield Contestant("pandoc (makes no cover)", "EPUB", [*convert, str(folder / "pandoc.epub")])
    if percollate := shutil.which("percollate"):
        command = [percollate, "epub", str(page), "--output", str(folder / "percollate.epub")]
        yield Contestant("percollate", "EPUB", command, guest=True)
    if calibre := shutil.which("ebook-convert"):
        yield Contestant("calibre", "EPUB", [calibre, str(page), str(folder / "calibre.epub")], guest=True)


def _guests(page: Path, folder: Path) -> Iterator[Contestant]:
    """Those that are no Python packages, where they are on the path: Chromium, percollate (npm) and calibre."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    if chromium := next(filter(None, map(shutil.which, BROWSERS)), None):
        words = [
            "--headless",
            *root,
            "--no-pdf-header-footer",
            f"--print-to-pdf={folder / 'chromium.pdf'}",
            page.as_uri(),
        ]
        yield Contestant("Chromium, the page as it is", "PDF", [chromium, *words], guest=True)
    if percollate := shutil.which("percollate"):
        words = ["pdf", *root, "--output", str(folder / "percollate.pdf"), str(page)]
        yield Contestant("percollate", "PDF", [percollate, *words], guest=True)
    if calibre := shutil.which("ebook-convert"):
        yield Contestant("calibre", "PDF", [calibre, str(page), str(folder / "calibre.pdf")], guest=True)


def pandoc() -> str:
    """The program of pandoc: the one that the benchmark's own package brings, else the one on the path."""
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc") or "pandoc"
    return str(pypandoc.get_pandoc_path())


def handed_over(page: Path, folder: Path) -> Path:
    """What exporter gives WeasyPrint for the page, as files: page.html, sheet.css, pictures and fonts."""
    import exporter
    from exporter.images import rendition
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
    absent: set[str] = set()
    for turn in range(rounds + 1):
        for entrant in entrants:
            if key(entrant) in absent:
                continue
            try:
                run = measured(entrant.command, environment)
            except SystemExit:
                if not entrant.guest:
                    raise
                absent.add(key(entrant))
                continue
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
        _adopt_orphans()
        child = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-600:]}")
    shares = [usage, *_orphans()]
    seconds = sum(share.ru_utime + share.ru_stime for share in shares)
    return Run(seconds, max(share.ru_maxrss for share in shares) * _RSS_UNIT)


def _adopt_orphans() -> None:
    """On Linux, what a command leaves running (browsers do) becomes ours when it ends: its time is counted."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>


def _orphans() -> Iterator[Any]:
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2]


def heading(page: Path, rounds: int) -> str:
    """What was measured, with what, on what."""
    import pypandoc

    from exporter.runtime.distribution import NAME

    parts = [f"{name} {version(name)}" for name in (NAME, "weasyprint", "ebooklib")]
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


def aims(runs: dict[str, list[Run]], sizes: dict[str, int]) -> str:
    """What the medians come to, beside what we aim for."""

    def seconds(medium: str, name: str) -> float:
        return median(run.seconds for run in runs[f"{medium}: {name}"])

    def ratio(medium: str) -> float:
        return seconds(medium, "exporter pdf") / seconds(medium, "bare WeasyPrint on our HTML")

    python, photos = partial(seconds, "PDF, from Python"), partial(seconds, "PDF, photos of 2400 × 1600")
    second = python("of the other, then the one") - python("of another")
    lines = [
        f"- beside bare WeasyPrint: {ratio('PDF'):.2f} (aim: 1.6 where pages are mended)",
        f"- where nothing is to mend: {ratio('PDF, nothing to mend'):.2f} (aim: 1.15)",
        f"- a second article in one process: {second:.2f} s, {second / python('of one article'):.2f} of a first (aim: 0.6)",
    ]
    for kind in ("JPEG", "PNG"):
        added, size = photos(f"six {kind}") - photos("none"), sizes[f"photos-{kind}.pdf"] / 1e6
        lines.append(f"- six photos, {kind}: {added:.2f} s more (aim: 0.5), a file of {size:.2f} MB (aim: 2)")
    return "\n".join(("", *lines))


def _middle(runs: dict[str, list[Run]], entrant: Contestant) -> Run:
    mine = runs[key(entrant)]
    return Run(median(run.seconds for run in mine), round(median(run.memory for run in mine)))


if __name__ == "__main__":
    main()
