"""``exporter watch``: results follow their source, its pictures, sheets and themes, and nothing else."""

from __future__ import annotations

import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import IO

import pytest

from exporter.watch import Watch

pytest.importorskip("watchfiles")

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(page: Path) -> Iterator[Start]:
    """Starts the command in the page's folder."""
    started: list[subprocess.Popen[bytes]] = []

    def command(*words: str, folder: Path = page.parent) -> subprocess.Popen[bytes]:
        full = [sys.executable, "-u", "-m", "exporter", "watch", *words]
        started.append(subprocess.Popen(full, cwd=folder, bufsize=0, stdout=-1, stderr=-1))
        return started[-1]

    yield command
    for each in started:
        each.kill()
        each.communicate()


def _told(child: subprocess.Popen[bytes], seconds: float = 30) -> str:
    """The next line on standard output; ``""`` when none comes in time."""
    return _line(child.stdout, seconds)


def _line(stream: IO[bytes] | None, seconds: float = 30) -> str:
    assert stream is not None
    ready, _, _ = select.select([stream], [], [], seconds)
    return stream.readline().decode().strip() if ready else ""


def _save(place: Path, old: str, new: str, *, in_place: bool = False) -> None:
    """Saves a file as editors do: over the old one, or beside it and then in its place."""
    text = place.read_text("utf-8").replace(old, new)
    other = place if in_place else place.with_name(f"{place.name}~")
    other.write_text(text, "utf-8")
    if not in_place:
        other.replace(place)


@pytest.mark.parametrize("in_place", [True, False])
def test_a_page_that_is_saved_is_exported_again_however_often(in_place: bool, page: Path, start: Start) -> None:
    watching = start(page.name, "-o", "made.txt")
    result = page.with_name("made.txt")
    assert _told(watching) == "made.txt"
    for old, new in (("four hundred", "three hundred"), ("three hundred", "two hundred"), ("two hundred", "no")):
        _save(page, old, new, in_place=in_place)
        assert _made(watching, lambda new=new: f"{new} towers" in result.read_text("utf-8"))  # type: ignore[misc]
    assert _rests(watching), "its own result is no reason"


def test_sheets_themes_and_pictures_count_and_strangers_do_not(page: Path, start: Start, tmp_path: Path) -> None:
    style = tmp_path / "looks" / "mine.css"
    style.parent.mkdir()
    style.write_text("p { color: #123456 }")
    theme = tmp_path / "theme"
    done = subprocess.run(
        [sys.executable, "-m", "exporter", "themes", "--new", str(theme)], check=True, capture_output=True
    )
    assert done.returncode == 0
    watching = start(page.name, "-o", "made.html", "-o", "made.json", "--style", str(style), "--theme", str(theme))
    result = page.with_name("made.html")
    assert (_told(watching), _told(watching)) == ("made.html", "made.json")
    _save(style, "#123456", "#654321")
    assert (_told(watching), _told(watching)) == ("made.html", "made.json")
    assert "#654321" in result.read_text("utf-8")
    (theme / "ebook.css").write_text("p { color: #abcdef }")
    assert (_told(watching), _told(watching)) == ("made.html", "made.json")
    shutil.copy(page.parent / "images" / "tower.png", page.parent / "images" / "tower.new")
    (page.parent / "images" / "tower.new").replace(page.parent / "images" / "tower.png")
    assert (_told(watching), _told(watching)) == ("made.html", "made.json")
    assert _rests(watching)
    (page.parent / "notes.txt").write_text("mine")
    assert _told(watching, 0.7) == ""


def test_a_page_that_is_broken_for_a_while_is_said_and_followed(page: Path, start: Start) -> None:
    watching = start(page.name, "-o", "made.txt", "-q")
    whole = page.read_text("utf-8")
    assert _told(watching) == "made.txt"
    page.write_text("<p>Nothing", "utf-8")
    assert watching.stderr is not None
    assert watching.stderr.readline().startswith(b"exporter: There is no article on the page.")
    page.write_text(whole.replace("four hundred", "five"), "utf-8")
    assert _told(watching) == "made.txt"
    assert "five towers" in page.with_name("made.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("-o", "{page}"), 2, "is the source itself"),
        (("-o", "none/made.txt"), 50, "The output folder none does not exist"),
        (("-o", "made.nix"), 2, "does not tell its format"),
        (("-o", "made.txt", "-o", "made.pdf", "--theme", "none"), 2, "There is no theme 'none'"),
    ],
)
def test_what_no_change_of_the_page_could_mend_ends_it_at_once(
    words: tuple[str, ...], code: int, said: str, page: Path, start: Start
) -> None:
    watching = start(page.name, *(each.format(page=page.name) for each in words))
    told = watching.communicate(timeout=60)[1].decode()
    assert (watching.returncode, said in told, len(told.splitlines())) == (code, True, 1), told


def test_a_folder_that_goes_and_comes_again_is_followed(page: Path, start: Start, tmp_path: Path) -> None:
    """As when a browser saves a page once more, or another version is checked out."""
    saved, result = page.parent.name, tmp_path / "made.html"
    watching = start(f"{saved}/{page.name}", "-o", result.name, "-q", folder=tmp_path)
    assert _told(watching)
    other = shutil.copytree(page.parent, tmp_path / "other")
    shutil.rmtree(page.parent)
    assert "There is no file" in _line(watching.stderr)
    _save(other / page.name, "four hundred", "three hundred")
    other.rename(tmp_path / saved)
    assert _made(watching, lambda: "three hundred" in result.read_text("utf-8"))
    _save(page, "three hundred", "two hundred")
    assert _made(watching, lambda: "two hundred" in result.read_text("utf-8"))
    pictures = page.parent / "images"
    picture = (pictures / "tower.png").read_bytes()
    for _ in range(2):
        shutil.rmtree(pictures)
        assert _made(watching, lambda: "data:image" not in result.read_text("utf-8"))
        pictures.mkdir()
        (pictures / "tower.png").write_bytes(picture)
        assert _made(watching, lambda: "data:image" in result.read_text("utf-8"))


def test_a_folder_that_comes_again_while_a_round_is_made_is_followed(page: Path, tmp_path: Path) -> None:
    """Some file systems give it the number of the one that went, by which the two cannot be told apart."""
    result, pictures = tmp_path / "made.html", page.parent / "images"
    picture = (pictures / "tower.png").read_bytes()
    rounds = Watch(str(page), (str(result),)).rounds()
    next(rounds)
    shutil.rmtree(pictures)
    next(rounds)
    pictures.mkdir()
    (pictures / "tower.png").write_bytes(picture)
    waker = Timer(20, page.write_bytes, (page.read_bytes(),))  # of whoever misses it, for the test to end
    waker.start()
    while "data:image" not in result.read_text("utf-8"):
        next(rounds)
    assert waker.is_alive(), "the page's own change brought it"
    waker.cancel()


def _made(watching: subprocess.Popen[bytes], holds: Callable[[], bool]) -> bool:
    """Whether one of the next rounds makes what is wanted: what happens at one time may be one round or two."""
    return any(_told(watching) and holds() for _ in range(5))


def _rests(watching: subprocess.Popen[bytes]) -> bool:
    """Whether no round follows, but one of a change that came in two parts."""
    return any(_told(watching, 0.7) == "" for _ in range(3))


def test_a_folder_that_it_was_started_in_and_that_goes_is_said(page: Path, start: Start, tmp_path: Path) -> None:
    watching = start(page.name, "-o", str(tmp_path / "made.txt"), "-q")
    assert _told(watching)
    shutil.rmtree(page.parent)
    _, said = watching.communicate(timeout=60)
    assert (watching.returncode, said.decode().splitlines()[-1]) == (
        10,
        "exporter: The folder in which this was started is gone. Start it in one that is there.",
    )


def test_a_link_is_followed_to_what_it_leads_to(page: Path, start: Start, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.html"
    link.symlink_to(page)
    watching = start(str(link), "-o", str(tmp_path / "made.txt"), "-q")
    assert _told(watching)
    _save(page, "four hundred", "three hundred")
    assert _told(watching)
    assert "three hundred" in (tmp_path / "made.txt").read_text("utf-8")


def test_a_result_in_the_folder_that_is_named_is_no_second_page(page: Path, start: Start) -> None:
    watching = start(".", "-o", "made.html", "-q")
    assert _told(watching) == "made.html"
    _save(page, "four hundred", "three hundred")
    assert _told(watching) == "made.html"
    assert "three hundred" in page.with_name("made.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [
        (signal.SIGINT, 130, "Interrupted"),
        (signal.SIGTERM, 143, "Ended by SIGTERM"),
        (signal.SIGHUP, 129, "Ended by SIGHUP"),
    ],
)
def test_it_ends_when_it_is_told_to(page: Path, start: Start, number: int, code: int, word: str) -> None:
    watching = start(page.name, "-o", "made.txt", "-q")
    assert _told(watching) == "made.txt"
    time.sleep(0.1)
    watching.send_signal(number)
    _, said = watching.communicate(timeout=30)
    assert (watching.returncode, said.decode()) == (code, f"exporter: {word}; no file was left half made.\n")


def test_what_cannot_change_is_not_watched(start: Start) -> None:
    _, said = start("https://leeward.example/talk", "-o", "made.txt").communicate()
    assert said == b"exporter: https://leeward.example/talk cannot be watched. Save the page and name its file.\n"
