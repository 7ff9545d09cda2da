"""Nothing stays in the system's temporary directory, whatever ends the program, and nothing is taken away from anybody else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporter.runtime import temporary
from exporter.runtime.files import store

HOLDING = """
import sys, time
from exporter.runtime.temporary import own_folder
(own_folder() / "font").write_bytes(b"x")
print(own_folder(), flush=True)
time.sleep(float(sys.argv[1]))
"""
LEAVING = """
import sys, threading
from pathlib import Path
from exporter.runtime import temporary
font = temporary.own_folder() / "font"
font.write_bytes(b"x")
threading.Thread(target=temporary.leave).start()
while font.exists():
    pass
Path(sys.argv[1]).write_text("set in another font")
"""
COMMAND = "from exporter.__main__ import main; main()"
WAITING = f"""
import time
from weasyprint.document import Document
Document.write_pdf = lambda *_, **__: [print("laid out", flush=True), time.sleep(60)]
{COMMAND}
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A temporary directory of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(elsewhere: Path) -> Iterator[Start]:
    """Starts a Python program there; those that still run at the end are ended."""
    started: list[subprocess.Popen[str]] = []

    def program(text: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", text, *arguments]
        place = {**os.environ, "TMPDIR": str(elsewhere)}
        started.append(subprocess.Popen(command, env=place, text=True, stdout=-1, stderr=-1))
        return started[-1]

    yield program
    for each in started:
        each.kill()
        each.communicate()


def _first_line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _end(child: subprocess.Popen[str], number: int) -> int:
    child.send_signal(number)
    child.communicate(timeout=30)
    return child.returncode


def test_a_pdf_leaves_nothing(page: Path, elsewhere: Path, start: Start) -> None:
    made = start(COMMAND, "pdf", str(page), "-o", str(elsewhere / "made.pdf"), "--draft")
    assert made.communicate()[1] is not None
    assert made.returncode == 0
    assert [each.name for each in elsewhere.iterdir()] == ["made.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="a locale of Linux")
def test_the_temporary_directory_may_have_any_name(page: Path, tmp_path: Path) -> None:
    room = tmp_path / "à côté"
    room.mkdir()
    surroundings = {**os.environ, "TMPDIR": str(room), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "exporter", "pdf", str(page), "-o", str(tmp_path / "made.pdf"), "--draft", "-q"]
    made = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert (made.returncode, made.stderr) == (0, "")
    assert not list(room.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_pdf_that_cannot_be_stored_leaves_nothing(page: Path, elsewhere: Path, start: Start) -> None:
    failed = start(COMMAND, "pdf", str(page), "-o", "/dev/full", "--draft")
    failed.communicate()
    assert failed.returncode == 50
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_pdf_that_is_interrupted_leaves_nothing(page: Path, elsewhere: Path, start: Start, number: int) -> None:
    interrupted = start(WAITING, "pdf", str(page), "-o", str(elsewhere / "made.pdf"), "--draft")
    assert _first_line(interrupted) == "laid out"
    assert list(elsewhere.iterdir())
    assert _end(interrupted, number) > 0
    assert not list(elsewhere.iterdir())


def test_what_a_killed_run_has_left_is_taken_away_by_the_next(elsewhere: Path, start: Start) -> None:
    killed = start(HOLDING, "60")
    left = Path(_first_line(killed))
    _end(killed, signal.SIGKILL)
    assert (left / "font").exists()
    following = Path(_first_line(start(HOLDING, "60")))
    assert list(elsewhere.iterdir()) == [following]


def test_what_another_run_holds_stays(elsewhere: Path, start: Start) -> None:
    holding = start(HOLDING, "60")
    held = Path(_first_line(holding))
    assert start(HOLDING, "0").wait() == 0
    assert (held / "font").exists()


def test_what_is_not_ours_stays(elsewhere: Path, tmp_path: Path, start: Start) -> None:
    (elsewhere / "exporter-notes").mkdir()
    (elsewhere / "exporter-notes" / "mine").write_text("kept")
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "lock").write_text("kept")
    (elsewhere / "exporter-link").symlink_to(tmp_path / "far")
    (elsewhere / "exporter-file").write_text("kept")
    (elsewhere / "exporter-empty").mkdir()
    assert start(HOLDING, "0").wait() == 0
    assert (tmp_path / "far" / "lock").exists()
    assert sorted(each.name for each in elsewhere.iterdir()) == ["exporter-file", "exporter-link", "exporter-notes"]


def test_many_that_begin_at_once_have_a_folder_each(elsewhere: Path, start: Start) -> None:
    children = [start(HOLDING, "60") for _ in range(8)]
    folders = {_first_line(child) for child in children}
    assert len(folders) == 8
    assert {str(each) for each in elsewhere.iterdir()} == folders


def test_a_forked_copy_leaves_its_parent_s_folder_alone(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    monkeypatch.setattr(temporary, "_own", {})
    mine = temporary.own_folder()
    monkeypatch.setattr("os.getpid", lambda: -1)
    theirs = temporary.own_folder()
    assert theirs != mine
    temporary.remove()
    assert mine.is_dir()
    assert not theirs.exists()


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files without a name are Linux's")
def test_nothing_goes_on_without_its_fonts_while_they_are_taken_away(elsewhere: Path, start: Start) -> None:
    start(LEAVING, str(elsewhere / "made.txt")).communicate(timeout=30)
    assert [*elsewhere.iterdir()] == []


def test_a_run_killed_while_it_writes_leaves_nothing_beside_its_result(elsewhere: Path, start: Start) -> None:
    (elsewhere / "made.txt").write_text("old")
    dying = "import os, sys; from exporter.runtime.files import store; os.fsync = lambda _: os.kill(os.getpid(), 9)"
    killed = start(f"{dying}; store(b'new', sys.argv[1])", str(elsewhere / "made.txt"))
    assert killed.wait() == -signal.SIGKILL
    assert [(each.name, each.read_text()) for each in elsewhere.iterdir()] == [("made.txt", "old")]


def test_where_files_must_have_a_name_a_result_is_stored_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("os.O_TMPFILE", raising=False)
    store(b"new", tmp_path / "made.txt")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("made.txt", "new")]
