"""What ``exporter --help`` may load: whoever asks for help waits for nothing that only an export needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.parse import parsed_page
from exporter.readers.dom.search import elements, every, first

_LOADED = """
import sys
from exporter.__main__ import main
sys.argv = ["exporter", "--help"]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
OWN = {
    "exporter",
    "exporter.cli",
    "exporter.cli.commands",
    "exporter.cli.output",
    "exporter.errors",
    "exporter.runtime",
    "exporter.runtime.compiled",
    "exporter.runtime.expressions",
    "exporter.runtime.plugins",
    "exporter.runtime.signals",
    "exporter.writers",
    "exporter.writers.options",
}
"""Our modules that help is made of: a new one costs every start of the program."""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules that are loaded when help has been printed."""
    run = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("Usage: ")
    return set(run.stderr.split())


def test_help_loads_no_more_of_the_program_than_it_prints(loaded: set[str]) -> None:
    assert {name for name in loaded if name.partition(".")[0] == "exporter"} - {"exporter.__main__"} <= OWN


def test_help_loads_no_library_but_that_of_the_command_line_and_of_types(loaded: set[str]) -> None:
    installed = {
        "PIL",
        "bs4",
        "ebooklib",
        "fontTools",
        "jinja2",
        "lxml",
        "platformdirs",
        "rich",
        "urllib3",
        "weasyprint",
    }
    heavy = {"asyncio", "email", "http", "logging", "multiprocessing", "ssl", "tomllib", "urllib.request", "zipfile"}
    names = {name.partition(".")[0] for name in loaded} | loaded
    assert "click" in names
    assert not names & (installed | heavy)


PAGE = (
    "<!DOCTYPE html><!-- a remark --><title>Lamps</title><p class='a  b' id=x>One <b>two</b><svg xlink:href='#x'>"
    "<path d=m></svg><p>Three<br><img src=i alt=''><o:p data-x=1>four</o:p><p>five <a></a>"
)


def _said(tag: Tag) -> object:
    """An element's name, attributes and words; a list of classes is what its attribute says."""
    attributes = {name: value if isinstance(value, str) else " ".join(value) for name, value in tag.attrs.items()}
    return tag.name, attributes, len(tag.contents), tag.get_text()


def test_the_page_is_built_as_beautiful_soup_builds_it_without_what_only_draws() -> None:
    built, plain = parsed_page(PAGE), BeautifulSoup(PAGE, "lxml")
    for each in plain.find_all("path"):
        each.decompose()
    assert [_said(each) for each in elements(built)] == [_said(each) for each in plain.find_all(True)]
    odd = first(parsed_page("<p {odd}>five"), frozenset({"p"}))
    assert odd is not None
    assert odd.attrs == {"{odd}": ""}  # where Beautiful Soup has None for a name


def test_elements_are_found_in_the_order_of_the_page_and_below_the_root_only() -> None:
    page = parsed_page(PAGE)
    for root in (page, *page.find_all(True)):
        assert [id(each) for each in elements(root)] == [id(each) for each in root.find_all(True)]
        assert [id(each) for each in every(root, frozenset({"b", "img"}))] == [
            id(e) for e in root.find_all(["b", "img"])
        ]
        assert first(root, frozenset({"b", "img"})) is root.find(["b", "img"])


def test_the_tree_may_be_changed_while_its_elements_are_gone_through() -> None:
    page = parsed_page("<div><p>one</p><p>two</p><i>three</i></div>")
    met = []
    for each in elements(page):
        met.append(each.name)
        if each.name == "p":
            each.extract()
    assert met == ["html", "body", "div", "p", "p", "i"]
    assert [each.name for each in elements(page)] == ["html", "body", "div", "i"]


_READING = """
import sys
from exporter import export
export(sys.argv[1], sys.argv[2], format=sys.argv[3])
print(*sys.modules)
"""


@pytest.mark.parametrize("suffix", ["text", "epub"])
def test_a_page_of_this_machine_pays_nothing_for_other_sources(suffix: str, tmp_path: Path) -> None:
    """Neither for the network nor for feeds, archives, mails and stores; of the forms only the table is read."""
    (tmp_path / "talk.html").write_text(PAGE + "<p>Nobody spoke before the second boat came in. " * 9)
    command = [sys.executable, "-c", _READING, str(tmp_path / "talk.html"), str(tmp_path / "talk"), suffix]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "exporter.sources.kinds" in loaded
    ours = {"fetch", "store", "forms", "web"}
    assert not {f"exporter.sources.{name}" for name in ours} & loaded
    assert not {"exporter.collection", "exporter.corrections.form", "exporter.corrections.skeleton"} & loaded
    others = {
        "urllib3",
        "http.client",
        "ssl",
        "urllib.request",
        "feedparser",
        "fastwarc",
        "protego",
        "plistlib",
        "fsspec",
        "xml.dom",
    }
    assert not others & loaded


def test_a_page_pays_for_nothing_that_beautiful_soup_loads_and_no_reader_uses(tmp_path: Path) -> None:
    page = tmp_path / "talk.html"
    page.write_text(f"<meta charset=utf-8>{PAGE}" + "<p>Nobody spoke before the second boat came in. " * 9)
    command = [sys.executable, "-c", _READING, str(page), str(tmp_path / "talk.txt"), "text"]
    loaded = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert "bs4" in loaded
    assert not {"soupsieve", "charset_normalizer", "chardet"} & loaded


def test_a_page_with_photos_pays_for_their_formats_only(tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "source" / "the-last-lampist"
    command = [sys.executable, "-c", _READING, str(sample), str(tmp_path / "talk.epub"), "epub"]
    loaded = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert "PIL.JpegImagePlugin" in loaded
    assert not {"PIL.AvifImagePlugin", "PIL.WebPImagePlugin"} & loaded


def test_print_takes_no_font_apart_that_was_measured_before(tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "source" / "the-last-lampist"
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "kept")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", _READING, str(sample), str(tmp_path / "talk.pdf"), "pdf"]
    first, second = (
        set(subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True).stdout.split())
        for _ in range(2)
    )
    assert {"fontTools.cffLib", "pycparser"} <= first
    assert not {"fontTools.cffLib", "pycparser"} & second
