"""What is changed in the renderer while it runs: it takes on the release we ask for, and says so where it does not."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from exporter import doctor
from exporter.model import Article, Document, Metadata, Paragraph, Text
from exporter.pipeline import render
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
