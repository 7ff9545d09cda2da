"""What is kept beside Python's compiled modules: used while it is right, made anew when it is not, never in the way."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from importlib.util import MAGIC_NUMBER
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


_EXPRESSIONS = """
import re, sys
from exporter.runtime import expressions

compiler = sys.modules["re._compiler"]
parse, taken_apart = compiler._parser.parse, []
compiler._parser.parse = lambda pattern, flags=0: (taken_apart.append(pattern), parse(pattern, flags))[1]
known = expressions.remember()
sys.path.insert(0, sys.argv[1])
import lamps
assert re.compile("of a page").flags == re.UNICODE
print([each for each in taken_apart if "page" in each or "lamp" in each])
print(lamps.LIT.fullmatch("LAMP 12").groupdict(), lamps.LIT.flags, lamps.LIT.groups, lamps.LIT.fullmatch("lamp ²"))
known.store()
"""


def compiled_in_a_new_process(folder: Path) -> list[str]:
    """Which expressions were taken apart there, and what one of them matches."""
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "kept")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", _EXPRESSIONS, str(folder)]
    return subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout.splitlines()


def kept_expressions(folder: Path) -> Path:
    return next((folder / "kept").rglob("expressions.py.*"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pattern = r"lamp (?P<number>\\d+|[À-ż³-µ]|(x))(?!\\w)".replace("\\\\", "\\")
    (tmp_path / "lamps.py").write_text(f"import re\nLIT = re.compile({pattern!r}, re.I)\n", encoding="utf-8")
    return tmp_path


def test_an_expression_of_a_module_is_compiled_once_and_one_of_a_page_each_time(folder: Path) -> None:
    first, second = compiled_in_a_new_process(folder), compiled_in_a_new_process(folder)
    assert first[0].count("lamp") == second[0].count("page") == 1
    assert "lamp" not in second[0]
    assert first[1] == second[1]
    assert first[1].startswith("{'number': '12'} 34 2 ")


def test_an_expression_that_was_damaged_is_compiled_anew(folder: Path) -> None:
    whole = compiled_in_a_new_process(folder)
    kept_file = kept_expressions(folder)
    content = kept_file.read_bytes()
    seal = len(MAGIC_NUMBER) + 8
    known = marshal.loads(content[seal:])  # noqa: S302 - made by ourselves
    for key, (flags, program, *groups) in known.items():
        known[key] = (flags, b"\xff" * len(program), *groups)
    kept_file.write_bytes(content[:seal] + marshal.dumps(known))
    assert compiled_in_a_new_process(folder) == whole
    kept_file.write_bytes(content[:-9])
    assert compiled_in_a_new_process(folder) == whole


@pytest.mark.parametrize(
    ("suffix", "kept_file"),
    [("epub", "chapter.xhtml.j2.*"), ("epub", "expressions.py.*"), ("pdf", "native.py.*"), ("pdf", "*.otf.*")],
)
def test_the_same_file_comes_of_what_was_kept_and_of_what_was_not(suffix: str, kept_file: str, tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "source" / "the-last-lampist"
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "kept")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    made = [tmp_path / f"{number}.{suffix}" for number in (1, 2)]
    for each in made:
        command = [sys.executable, "-m", "exporter", suffix, "-q", str(page), "-o", str(each)]
        subprocess.run(command, env=surroundings, check=True, capture_output=True)
    assert list((tmp_path / "kept").rglob(kept_file))
    assert made[0].read_bytes() == made[1].read_bytes()
