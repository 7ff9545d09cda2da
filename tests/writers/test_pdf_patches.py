"""What is changed in the renderer while it runs: it takes on the release we ask for, and says so where it does not."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from exporter import doctor
from exporter.model import Article, Document, ListBlock, ListEntry, Metadata, Paragraph, Text
from exporter.pipeline import render
from exporter.writers.options import Options
from exporter.writers.pdf.weasyprint import patches, start

ROOT = Path(__file__).resolve().parent.parent.parent
LINE = Document(Article(Metadata(language="en"), (Text("Trial"),), body=(Paragraph((Text("One line."),)),)))


@pytest.mark.parametrize("patch", patches.PATCHES, ids=lambda patch: patch.module)
def test_a_patch_takes_on_the_release_that_is_installed(patch: patches.Patch) -> None:
    start.started()
    assert import_module(f"{patches.__name__}.{patch.module}").install() is True


def test_the_renderer_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = next(each for each in project["dependencies"] if each.startswith("weasyprint"))
    assert re.search(r"<\d+", stated), "a new major release is tried before it is allowed"


def test_a_patch_that_does_not_take_is_a_notice_and_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = patches.PATCHES[0]
    for place in ("exporter.writers.pdf.untaken", "exporter.writers.pdf.weasyprint.patches.untaken"):
        monkeypatch.setattr(place, lambda: (lost,))
    _, notices = render(LINE, "pdf")
    assert [each.code for each in notices if lost.lost in each.message] == ["renderer-unpatched"]
    found = {each.part: each for each in doctor.examine()}
    assert not found[f"typesetter {lost.module}"].ok
    assert "weasyprint" in found[f"typesetter {lost.module}"].remedy


def test_no_style_is_worked_out_of_a_pseudo_element_that_nobody_looks_at(monkeypatch: pytest.MonkeyPatch) -> None:
    start.started()
    patches.untaken()
    css = import_module("weasyprint.css")
    begin, made = css.ComputedStyle.__init__, []

    def begun(self: Any, parent: Any, cascaded: Any, pseudo_type: str | None, *rest: Any) -> None:
        made.append(pseudo_type)
        begin(self, parent, cascaded, pseudo_type, *rest)

    monkeypatch.setattr(css.ComputedStyle, "__init__", begun)
    listed = ListBlock((ListEntry((Paragraph((Text("One."),)),)),), ordered=True)
    render(Document(replace(LINE.article, body=(*LINE.article.body, listed))), "pdf", Options(draft=True))
    assert "marker" in made
    assert not {"footnote-call", "footnote-marker", "note-call"} & set(made)
