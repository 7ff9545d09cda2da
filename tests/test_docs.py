"""What the documents name is there: files they lead to, modules, targets of make, commands and their options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from exporter import cli

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
BASES = (ROOT, ROOT / "src" / "exporter", ROOT / "src" / "exporter" / "readers", ROOT / "src" / "exporter" / "writers")
"""Folders from which the documents name files."""

_LINK = re.compile(r"\]\(([^)#:\s]+)[^):]*\)")
_FOLDERS = "src|tests|docs|tools|benchmarks|readers|writers|sources|lexicon|styles"
_FILE = re.compile(rf"`((?:{_FOLDERS})/[\w/.-]+\.(?:py|toml|md|json))`")
_MADE = re.compile(r"(?:^ {4}|`)make ([a-z][a-z-]*)", re.MULTILINE)
_CALLED = re.compile(r"(?:^ {4}|`|^\$ )exporter ([a-z]+)((?:[^`\n|]|`(?=$))*)", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    told = _LINK.findall(document.read_text("utf-8"))
    assert [link for link in told if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_modules_and_tables_that_are_named_exist(document: Path) -> None:
    told = _FILE.findall(document.read_text("utf-8"))
    assert [name for name in told if not any((base / name).exists() for base in BASES)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_targets_of_make_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(_MADE.findall(document.read_text("utf-8"))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_take_the_options_with_which_they_are_shown(document: Path) -> None:
    assert list(_unknown(document.read_text("utf-8"))) == []


def _unknown(text: str) -> Iterator[str]:
    """Commands that there are not, and options that a command does not take, as the text shows them."""
    group = next(each for each in vars(cli).values() if isinstance(each, click.Group))
    context = click.Context(group)
    for name, rest in _CALLED.findall(text):
        command = group.get_command(context, name)
        if command is None:
            yield name
            continue
        taken = {option for each in command.params for option in (*each.opts, *each.secondary_opts)} | {"--help"}
        yield from (f"{name} {option}" for option in _OPTION.findall(rest) if option not in taken)
