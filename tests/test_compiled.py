"""What is kept beside Python's compiled modules: used while it is right, made anew when it is not, never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.runtime.compiled import kept

SOURCE = b'word = "a"'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made = tmp_path / "words.toml"
    made.write_bytes(SOURCE)
    return made


def never() -> dict[str, str]:
    raise AssertionError("it was worked out again")


def store(file: Path) -> Path:
    return next((file.parent / "__pycache__").iterdir())


def test_what_was_worked_out_is_not_worked_out_again(file: Path) -> None:
    assert kept(str(file), SOURCE, lambda: {"word": "a"}) == {"word": "a"}
    assert kept(str(file), SOURCE, never) == {"word": "a"}
    assert store(file).name.startswith("words.toml.")


def test_another_source_is_worked_out_anew(file: Path) -> None:
    kept(str(file), SOURCE, lambda: {"word": "a"})
    assert kept(str(file), b'word = "b"', lambda: {"word": "b"}) == {"word": "b"}
    assert kept(str(file), b'word = "b"', never) == {"word": "b"}


@pytest.mark.parametrize("damage", [b"", b"\0" * 99, None], ids=["emptied", "overwritten", "cut off"])
def test_what_is_damaged_is_worked_out_anew(file: Path, damage: bytes | None) -> None:
    kept(str(file), SOURCE, lambda: {"word": "a"})
    content = store(file).read_bytes()
    store(file).write_bytes(content[:-4] if damage is None else damage)
    assert kept(str(file), SOURCE, lambda: {"word": "a"}) == {"word": "a"}
    assert kept(str(file), SOURCE, never) == {"word": "a"}


def test_nothing_is_kept_where_python_keeps_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert kept(str(file), SOURCE, lambda: {"word": "a"}) == {"word": "a"}
    assert list(file.parent.iterdir()) == [file]


def test_a_place_that_cannot_be_written_to_is_no_fault(file: Path) -> None:
    (file.parent / "__pycache__").write_text("in the way")
    assert kept(str(file), SOURCE, lambda: {"word": "a"}) == {"word": "a"}


def test_a_file_in_an_archive_is_worked_out_each_time(tmp_path: Path) -> None:
    assert kept(str(tmp_path / "archive.zip" / "words.toml"), SOURCE, lambda: {"word": "a"}) == {"word": "a"}
    assert not list(tmp_path.iterdir())


def test_the_same_book_comes_of_what_was_kept_and_of_what_was_not(tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "source" / "the-last-lampist"
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "kept")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    books = [tmp_path / f"{number}.epub" for number in (1, 2)]
    for book in books:
        command = [sys.executable, "-m", "exporter", "epub", "-q", str(page), "-o", str(book)]
        subprocess.run(command, env=surroundings, check=True, capture_output=True)
    assert list((tmp_path / "kept").rglob("chapter.xhtml.j2.*"))
    assert books[0].read_bytes() == books[1].read_bytes()
