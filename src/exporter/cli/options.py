"""Arguments and options that more than one command takes, and the examples that their help shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from exporter.errors import NOTICES_EXIT_CODE, UsageError
from exporter.runtime.bounds import MAX_MEMORY, TIMEOUT, Bounds, kept_within
from exporter.writers import WRITERS
from exporter.writers.options import LINKS

if TYPE_CHECKING:
    from exporter.notices import Notice

SOURCE_HELP = (
    "SOURCE is a saved page of any browser, a folder with one in it, a web address, a feed or another source of many "
    "pages, or - for standard input."
)
EXAMPLES: dict[str, tuple[str, ...]] = {
    "pdf": ("exporter pdf interview.html", "exporter pdf saved-page/ -o interview.pdf --paper a5"),
    "epub": (
        "exporter epub interview.html",
        "exporter epub interview.html --page-list --paper a5",
        "exporter epub interview.html --device eink-6 --cover face.jpg",
        "curl -s ADDRESS | exporter epub - -o interview.epub",
    ),
    "proof": ("exporter proof interview.html", "exporter proof interview.html --paper 6x9in --fail-on warning"),
    "html": ("exporter html interview.html -o clean.html",),
    "markdown": ("exporter markdown interview.html -o - | less",),
    "text": ("exporter text interview.html -o - | wc -w",),
    "json": ("exporter json interview.html", "exporter pdf interview.json    (after your corrections)"),
    "bind": (
        "exporter bind one.html two.html three.html -o talks.epub --title Talks",
        "exporter bind book.toml -o talks.pdf --theme book",
    ),
    "batch": (
        "exporter batch talks/ --to pdf,epub -o results",
        "exporter batch 'talks/*.html' --to epub,json -o results --jobs 4 --timeout 60",
        "find talks -name '*.html' | exporter batch --list - --to pdf -o results",
    ),
    "watch": (
        "exporter watch interview.html -o interview.epub --style mine.css",
        "exporter watch interview.json -o interview.pdf -o interview.epub --theme my-theme/",
    ),
    "opds": (
        "exporter opds results",
        'exporter opds results --title "Talks of the coast" --language de',
    ),
    "check": ("exporter check interview.epub", "exporter check interview.pdf --fail-on warning"),
    "sites": (
        "exporter sites",
        "exporter sites --check talks.toml interview.html",
        "exporter sites --import talks.example.txt > talks.toml",
    ),
    "preview": ("exporter preview interview.html --theme book", "exporter preview interview.pdf -o pictures"),
    "ls": (
        "exporter ls https://example.org/feed.xml --since 2025-05-01",
        "exporter ls crawl.warc.gz --url 'https://example.org/talks/*'",
    ),
    "correct": (
        "exporter correct interview.html",
        "exporter correct interview.html --force",
        "exporter pdf https://example.org/talk --corrections talk.corrections.toml",
    ),
    "explain": (
        "exporter explain interview.html",
        "exporter explain interview.html --html fates.html",
        "exporter explain interview.html --json > fates.json",
    ),
}

json_option = click.option("--json", "as_json", is_flag=True, help="Print a report for programs to standard output.")
quiet_option = click.option(
    "-q", "--quiet", is_flag=True, help="Print nothing but the result, or its path, and errors."
)
_THEME = click.option("--theme", metavar="NAME", help="A theme (see: exporter themes), or a folder that holds one.")
_STYLE = click.option("--style", metavar="FILE", help="A CSS file of your own, whose rules follow the theme's.")
_PAPER = click.option(
    "--paper", metavar="SIZE", help="a4, a5, b5, letter, legal, 6x9in or such as 200x260mm; else the theme's own."
)
_COVER = click.option(
    "--cover", metavar="FILE", help="A picture to be the cover, or none; else the theme composes one."
)
_DEVICE = click.option("--device", metavar="NAME", help="Make the pictures for it; see: exporter devices.")
_MAX_SIZE = click.option("--max-size", metavar="SIZE", help="Such as 50MB: pictures are made smaller until it fits.")
_PAGE_LIST = click.option("--page-list", is_flag=True, help="Mark where the pages of the PDF (on --paper) begin.")
_KEPUB = click.option("--kepub", is_flag=True, help="For Kobo's own reader: writes NAME.kepub.epub.")
_VERBATIM = click.option(
    "--verbatim", is_flag=True, help="Keep quotation marks, dashes and spaces as the page has them."
)
_STANDARD = click.option(
    "--standard",
    metavar="NAME",
    help="ua for screens (else), a for archives (PDF/A), x for a printing house (PDF/X-4).",
)
_ICC = click.option("--icc", metavar="FILE", help="The colour profile of the press, for --standard x.")
_DRAFT = click.option("--draft", is_flag=True, help="Print the pages as they fall: nothing is mended, which is faster.")
_LINKS = click.option(
    "--links", type=click.Choice(LINKS), help="Addresses of links on paper; else in footnotes, none leaves them out."
)
_QR = click.option("--qr", is_flag=True, help="Codes for cameras beside read-mores and in the colophon.")
CHOICES: dict[str, Callable[..., Any]] = {
    "theme": _THEME,
    "style": _STYLE,
    "paper": _PAPER,
    "cover": _COVER,
    "device": _DEVICE,
    "max_size": _MAX_SIZE,
    "page_list": _PAGE_LIST,
    "kepub": _KEPUB,
    "verbatim": _VERBATIM,
    "standard": _STANDARD,
    "icc": _ICC,
    "links": _LINKS,
    "qr": _QR,
    "draft": _DRAFT,
}
LONGEST = 1e9
"""Seconds: what no clock of the system refuses."""
TIME_LIMIT = click.option(
    "--timeout", type=float, metavar="SECONDS", help=f"Give up after so long; 0: never (default: {TIMEOUT:g})."
)
MEMORY_LIMIT = click.option(
    "--max-memory", metavar="SIZE", help="Give up where more is needed, such as 4GiB; 0: never (default: 2GiB)."
)
FAIL_ON = click.Choice(["info", "warning", "error"])


class OneSource(click.Command):
    """A command of one SOURCE, with advice for those who name several."""

    allow_extra_args = True

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command, unless there are arguments that it does not take."""
        if ctx.args:
            raise click.UsageError(f"One at a time: {ctx.args[0]!r} is one too many. {self._for_several(ctx)}", ctx)
        return super().invoke(ctx)

    def _for_several(self, ctx: click.Context) -> str:
        """What to say instead: a batch where files are made, a loop where something is looked at."""
        if any(writer.name == self.name for writer in WRITERS):
            return f"For several, say: exporter batch SOURCE... --to {self.name} -o FOLDER"
        return f'For several, repeat the command: for each in *.html; do {ctx.command_path} "$each"; done'


def bounded(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the two options above, which it is kept within."""

    @wraps(command)
    def called(timeout: float | None, max_memory: str | None, **choices: object) -> object:
        with kept_within(bounds_of(timeout, max_memory)):
            return command(**choices)

    return TIME_LIMIT(MEMORY_LIMIT(called))


def bounds_of(timeout: float | None, max_memory: str | None) -> Bounds:
    """What the two options say. Raises :class:`UsageError` for no size and no time."""
    from exporter.devices import size_of

    if timeout is not None and not 0 <= timeout <= LONGEST:
        raise UsageError(f"There is no time limit of {timeout:g} seconds.", "Say --timeout 300, or 0 for none.")
    memory = MAX_MEMORY if max_memory is None else None if max_memory.strip() == "0" else size_of(max_memory)
    return Bounds(TIMEOUT if timeout is None else timeout or None, memory)


def examples(name: str) -> str:
    """The examples of that command, as Click prints them line by line."""
    return "\b\nExamples:\n" + "\n".join(
        f"  {line}" for line in EXAMPLES.get(name, (f"exporter {name} interview.html",))
    )


def fail_when(notices: Sequence[Notice], severity: str | None) -> None:
    """Ends the program with exit code 3 when a notice is at least that grave."""
    from exporter.notices import at_least

    if severity and at_least(notices, severity):  # type: ignore[arg-type]  # click.Choice has checked it
        raise click.exceptions.Exit(NOTICES_EXIT_CODE)
