"""The command that draws pages: ``preview``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.options import CHOICES, SOURCE_HELP, OneSource, examples, quiet_option
from exporter.cli.output import busy, number, print_notices, say, status
from exporter.cli.reading import reading_options

if TYPE_CHECKING:
    from exporter.notices import Notice
    from exporter.sources.policy import ReadOptions
    from exporter.sources.source import Source

_MAGIC = b"%PDF-"


@click.command(
    cls=OneSource,
    help="Draws the pages of the PDF, and one sheet of them all, as PNG.\n\n"
    f"{SOURCE_HELP} It may also be a finished PDF.\n\n{examples('preview')}",
)
@click.argument("source")
@click.option("-o", "--output", "folder", metavar="FOLDER", help="Where the pictures go; else NAME-preview.")
@click.option("--height", type=int, default=1400, help="Pixels of a page from head to foot; else 1400.")
@CHOICES["theme"]
@CHOICES["style"]
@CHOICES["paper"]
@CHOICES["verbatim"]
@reading_options
@quiet_option
def preview(source: str, folder: str | None, height: int, quiet: bool, **choices: Any) -> None:
    """Stores the pictures, and prints the path of the sheet."""
    from exporter.belongings import protect
    from exporter.preview import pages_of, sheet_of
    from exporter.runtime.files import check_target, store

    name = Path(source).stem if source != "-" else "page"
    place = Path(folder or f"{name}-preview")
    check_target(place / name if place.is_dir() else place)
    with busy(f"{source} → {place}", quiet):
        page, content, said = _pdf_of(source, **choices)
        pictures = [picture.png() for picture in pages_of(content, height)]
        sheet = sheet_of(content).png()
    digits = len(str(len(pictures)))
    results = {place / f"{name}-{number:0{digits}}.png": picture for number, picture in enumerate(pictures, 1)}
    results[place / f"{name}-sheet.png"] = sheet
    for target in results:
        protect(target, page, (source, *(choices[each] for each in ("theme", "style") if choices[each])))
    _make(place)
    for target, picture in results.items():
        store(picture, target)
    say(place / f"{name}-sheet.png")
    if not quiet:
        print_notices(said, every=False)
        status(f"{number('page', len(pictures))} drawn", "green")


def _make(place: Path) -> None:
    from exporter.errors import WriteError

    try:
        place.mkdir(exist_ok=True)
    except OSError as fault:
        raise WriteError(f"The folder {place} cannot be made: {fault.strerror}.", "Choose another with -o.") from fault


def _pdf_of(source: str, read_options: ReadOptions, **wanted: Any) -> tuple[Source | None, bytes, tuple[Notice, ...]]:
    """The PDF itself, or the page, the one that is made of it, and what is said about it."""
    from exporter.pipeline import opened, read, render
    from exporter.writers.options import Options

    path = Path(source)
    if source != "-" and path.is_file():
        with path.open("rb") as stream:
            if stream.read(len(_MAGIC)) == _MAGIC:
                return None, path.read_bytes(), ()
    options = Options(**{name: choice for name, choice in wanted.items() if choice})
    page = opened(source, read_options)
    reading = read(page, read_options=read_options)
    content, said = render(reading.document, "pdf", options)
    return page, content, said
