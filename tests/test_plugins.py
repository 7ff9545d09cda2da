"""Sources, readers, writers and themes of other packages, which are installed for the test in a folder of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.resources import as_file
from pathlib import Path

import pytest

from exporter import UsageError, read, render
from exporter.cli import cli, run
from exporter.runtime.plugins import offered
from exporter.themes import load, styles

MODULE = '''
"""A package of somebody else."""
from pathlib import Path
from exporter.readers import Reader
from exporter.sources.entry import Entry
from exporter.sources.kinds import Kind
from exporter.writers import Writer
from msgspec.structs import replace

KIND = Kind("box", lambda head: head.startswith(b"BOX1"), "harbour", "a box", single=True)
READER = Reader("tide", (".tide",), lambda head: head.startswith("~tide~"), "harbour", "a tide table")
WRITER = Writer("words", ".words", "text/plain", "the number of words", "harbour")
THEME = Path(__file__).parent / "theme"


def entries(source, options):
    yield Entry("", "", lambda: replace(source, content=source.content[4:], suffix=".html"))


def read(source, options):
    from exporter.readers import named
    page = b"<h1>Tides</h1><p>" + source.content[6:] * 20
    return named("html").read(replace(source, content=page), options)


def render(document, options):
    return b"many", ()
'''
POINTS = """
[exporter.sources]
box = harbour:KIND
[exporter.readers]
tide = harbour:READER
[exporter.writers]
words = harbour:WRITER
[exporter.themes]
quay = harbour:THEME
"""
PROSE = b"Nobody spoke before the second boat came in, and then everybody did. "


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Installs a package with that module and these entry points."""

    def install(module: str, points: str) -> None:
        site = tmp_path / "site"
        (site / "harbour-1.dist-info").mkdir(parents=True)
        (site / "harbour.py").write_text(module, "utf-8")
        (site / "harbour-1.dist-info" / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: harbour\nVersion: 1\n", "utf-8"
        )
        (site / "harbour-1.dist-info" / "entry_points.txt").write_text(points, "utf-8")
        monkeypatch.syspath_prepend(site)
        offered.cache_clear()

    commands = dict(cli.commands)
    yield install
    offered.cache_clear()
    sys.modules.pop("harbour", None)
    cli.commands.clear()
    cli.commands.update(commands)


def test_each_kind_of_part_is_found(
    installed: Callable[[str, str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(MODULE, POINTS)
    page = b"<h1>Tides</h1><p>" + PROSE * 10
    assert read(b"BOX1" + page).document == read(page).document
    document = read(b"~tide~" + PROSE).document
    assert read(b"~tide~" + PROSE, format="tide").document == document
    assert render(document, "words") == (b"many", ())
    (tmp_path / "tides.html").write_bytes(page)
    assert run(["words", str(tmp_path / "tides.html"), "-o", str(tmp_path / "tides.words")]) == 0
    assert (tmp_path / "tides.words").read_bytes() == b"many"
    capsys.readouterr()


def test_a_theme_of_another_package_is_found(installed: Callable[[str, str], None], tmp_path: Path) -> None:
    installed(MODULE, POINTS)
    with as_file(styles() / "plain") as folder:
        shutil.copytree(folder, tmp_path / "site" / "theme")
    assert load("quay").manifest.summary == load("plain").manifest.summary


def test_nothing_of_ours_is_replaced(installed: Callable[[str, str], None]) -> None:
    installed(MODULE, POINTS.replace("words =", "text =").replace("tide =", "html ="))
    page = b"<h1>Tides</h1><p>" + PROSE * 10
    assert render(read(page, format="html").document, "text")[0] != b"many"


def test_a_package_that_is_broken_is_named_and_hurts_nobody_who_does_not_need_it(
    installed: Callable[[str, str], None],
) -> None:
    installed("raise ValueError('no')", POINTS)
    page = b"<!DOCTYPE html><h1>Tides</h1><p>" + PROSE * 10
    document = read(page).document
    assert render(document, "text")[0]
    with pytest.raises(
        UsageError, match=r"The package harbour offers words to exporter\.writers and fails: ValueError: no"
    ):
        render(document, "words")


def test_what_is_there_already_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise AssertionError("what is installed was looked through")

    monkeypatch.setattr("importlib.metadata.entry_points", fail)
    offered.cache_clear()
    document = read(b"<!DOCTYPE html><h1>Tides</h1><p>" + PROSE * 10).document
    render(document, "epub")
