"""The public names."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import exporter


def test_public_names_are_sorted_and_there() -> None:
    assert list(exporter.__all__) == sorted(exporter.__all__)
    assert all(hasattr(exporter, name) for name in exporter.__all__)


def test_nothing_else_is_public() -> None:
    public = (name for name in dir(exporter) if not name.startswith("_"))
    found = {name for name in public if not inspect.ismodule(getattr(exporter, name))}
    assert found == set(exporter.__all__)


def test_each_is_imported_when_it_is_asked_for_and_not_before() -> None:
    program = (
        "import sys, exporter; print('exporter.pipeline' in sys.modules); exporter.read; print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    before, after = done.stdout.splitlines()
    assert before == "False"
    assert "'exporter.pipeline'" in after
    assert "'exporter.batch'" not in after
    with pytest.raises(AttributeError, match="no attribute 'brew'"):
        exporter.brew  # noqa: B018 - asking is the test


def test_each_is_documented() -> None:
    assert not [name for name in exporter.__all__ if not inspect.getdoc(getattr(exporter, name))]


def test_each_error_has_an_exit_code_of_its_own() -> None:
    kinds = exporter.ExporterError.__subclasses__()
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(kinds) == 9
    assert all(kind.__name__ in exporter.__all__ for kind in kinds)


def test_the_manual_s_examples_run(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    manual = (Path(__file__).resolve().parent.parent / "docs" / "api.md").read_text("utf-8")
    page.rename(page.with_name("interview.html"))
    monkeypatch.chdir(page.parent)
    exec("\n".join(re.findall(r"```python\n(.*?)```", manual, re.DOTALL)), {})  # noqa: S102 - our own manual
    told = capsys.readouterr().out
    assert "There is no file none.html." in told
    assert told.endswith("one.txt 0 \ntwo.txt 10 There is no file none.html.\n")
    assert {"interview.pdf", "interview.epub", "small.pdf"} <= {each.name for each in page.parent.iterdir()}


def test_the_manual_names_every_public_name() -> None:
    manual = (Path(__file__).resolve().parent.parent / "docs" / "api.md").read_text("utf-8")
    assert [name for name in exporter.__all__ if name not in manual] == []
