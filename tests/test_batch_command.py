"""``exporter batch``: many pages into a folder, each once, whatever happens."""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

Batch = Callable[..., "subprocess.CompletedProcess[str]"]

MISBEHAVING = """
import os, time
from exporter.batch import editions
honest = editions.read
def read(source, **choices):
    if b"HANG" in source.content:
        time.sleep(600)
    if b"CRASH" in source.content:
        os.kill(os.getpid(), 11)
    if b"HOG" in source.content:
        raise MemoryError
    return honest(source, **choices)
editions.read = read
"""


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """Runs the command in a folder of its own."""

    def run(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "exporter", "batch", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, **more)

    return run


@pytest.fixture
def pages(page: Path, tmp_path: Path) -> Path:
    """A folder of six pages: three beside each other, one in a folder with its pictures, one that holds nothing, one deeper."""
    home = tmp_path / "talks"
    text = page.read_text("utf-8")
    for name in ("a", "b", "deep/er/a"):
        place = home / f"{name}.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace("four hundred", name * 3), "utf-8")
    (home / "deep" / "er" / "b.html").write_text(text, "utf-8")
    page.parent.rename(home / "bells")
    (home / "empty.html").write_text("<p>Nothing", "utf-8")
    (home / "a_files").mkdir()
    (home / "a_files" / "frame.html").write_text(text, "utf-8")
    return home


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]


def _results(folder: Path) -> dict[str, str]:
    files = (each for each in folder.rglob("*") if each.is_file() and each.name != "manifest.jsonl")
    return {each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def test_a_folder_of_pages_goes_into_a_folder_of_results(batch: Batch, pages: Path, tmp_path: Path) -> None:
    done = batch("talks", "--to", "text,json", "-o", "out", "--jobs", "2")
    names = {"a", "b", "bells", "deep/er/a", "deep/er/b"}
    assert set(_results(tmp_path / "out")) == {f"{name}.{suffix}" for name in names for suffix in ("txt", "json")}
    assert sorted(done.stdout.split()) == sorted(f"out/{name}" for name in _results(tmp_path / "out"))
    assert (done.returncode, done.stderr.splitlines()) == (
        4,
        [
            "exporter: talks/empty.html: There is no article on the page.",
            "5 made, 1 failed (1 with exit code 20)",
        ],
    )


def test_the_manifest_says_what_came_of_each_page(batch: Batch, pages: Path, tmp_path: Path) -> None:
    batch("talks/bells", "talks/empty.html", "talks/none.html", "--to", "json", "-o", "out", "--jobs", "1")
    made, failed, missing = _rows(tmp_path / "out")
    assert (made["source"], made["name"], made["outcome"]) == ("../talks/bells", "bells", "made")
    assert made["digest"]
    assert list(made["pictures"]) == ["images/tower.png"]
    assert made["outputs"] == [
        {
            "format": "json",
            "path": "bells.json",
            "sha256": _results(tmp_path / "out")["bells.json"],
            "size": (tmp_path / "out" / "bells.json").stat().st_size,
        }
    ]
    assert made["notices"]
    assert (failed["outcome"], failed["exit_code"], failed["digest"] != "") == ("failed", 20, True)
    assert (missing["outcome"], missing["exit_code"], missing.get("digest")) == ("failed", 10, None)


def test_what_is_done_is_left_and_what_has_changed_is_done_again(batch: Batch, pages: Path, tmp_path: Path) -> None:
    words = ("talks", "--to", "text", "-o", "out")
    batch(*words)
    again = batch(*words)
    assert (again.returncode, again.stdout, again.stderr.splitlines()[-1]) == (
        4,
        "",
        "5 done before, 1 failed (1 with exit code 20)",
    )
    by_another_way = batch(*words, "--fetch-pictures", "--offline", "--cache", "kept", "--proxy", "env")
    assert len(by_another_way.stdout.split()) == 5, "what may be fetched has changed"
    assert batch(*words, "--fetch-pictures", "--offline", "--cache", "other").stdout == "", "the way there has"
    batch(*words)
    (pages / "b.html").write_text((pages / "b.html").read_text("utf-8").replace("tunes", "casts"), "utf-8")
    (pages / "bells" / "images" / "tower.png").unlink()
    (tmp_path / "out" / "a.txt").write_text("spoilt")
    assert sorted(batch(*words).stdout.split()) == ["out/a.txt", "out/b.txt", "out/bells.txt"]
    assert len(batch("talks", "--to", "json", "-o", "out").stdout.split()) == 5
    assert len(batch("talks", "--to", "text", "-o", "out", "--again").stdout.split()) == 5


def test_names_that_collide_are_told_apart_the_same_way_each_time(batch: Batch, pages: Path, tmp_path: Path) -> None:
    words = ("talks/a.html", "talks/deep/er/a.html", "talks/b.html", "--to", "text")
    batch(*words, "-o", "one", "--jobs", "2")
    batch(*words, "-o", "two", "--jobs", "1")
    found = _results(tmp_path / "one")
    assert found == _results(tmp_path / "two")
    assert sorted(name[:2] for name in found) == ["a-", "a.", "b."]


def test_a_run_that_is_killed_is_taken_up_and_ends_with_the_same_bytes(
    batch: Batch, pages: Path, tmp_path: Path
) -> None:
    words = [sys.executable, "-m", "exporter", "batch", "talks", "--to", "epub,text", "--jobs", "1"]
    batch("talks", "--to", "epub,text", "-o", "whole")
    for count in (1, 3):
        with subprocess.Popen([*words, "-o", "out"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=-3) as killed:
            assert killed.stdout is not None
            for _ in range(count):
                killed.stdout.readline()
            killed.send_signal(signal.SIGKILL)
    with (tmp_path / "out" / "manifest.jsonl").open("ab") as torn:
        torn.write(b'{"source":"../talks/b.ht')
    assert batch("talks", "--to", "epub,text", "-o", "out").returncode == 4
    assert _results(tmp_path / "out") == _results(tmp_path / "whole")
    assert not [each for each in tmp_path.rglob("*") if each.name.endswith(".part")]


@pytest.mark.parametrize("again", [False, True])
def test_a_folder_that_is_taken_away_meanwhile_ends_the_run(again: bool, pages: Path, tmp_path: Path) -> None:
    """What went on would be known to no later run."""
    (tmp_path / "sitecustomize.py").write_text(MISBEHAVING)
    (pages / "hang.html").write_text("<p>HANG", "utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    words = [sys.executable, "-m", "exporter", "batch", "talks/a.html", "talks/hang.html", "talks/b.html"]
    words += ["--to", "text", "-o", "out", "--jobs", "1", "--timeout", "9"]
    surroundings = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(words, cwd=tmp_path, env=surroundings, stdout=-1, stderr=-1) as run:
        assert run.stdout is not None
        run.stdout.readline()
        shutil.rmtree(tmp_path / "out")
        if again:
            (tmp_path / "out").mkdir()
            (tmp_path / "out" / "manifest.jsonl").touch()
        told = run.communicate()[1].decode()
    assert run.returncode == 50
    assert told.splitlines()[-1] == (
        "exporter: The manifest out/manifest.jsonl was taken away while the batch ran. "
        "Leave the folder in its place, and start the batch again."
    )


def test_a_page_that_hangs_crashes_or_eats_memory_costs_itself(batch: Batch, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(MISBEHAVING)
    for word in ("HANG", "CRASH", "HOG"):
        (pages / f"{word.lower()}.html").write_text(f"<p>{word}", "utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    chosen = {"env": {**os.environ, "PYTHONPATH": path}}
    words = ("talks", "--to", "text", "-o", "out", "--jobs", "2")
    done = batch(*words, "--timeout", "9", **chosen)
    codes = {row["name"]: row["exit_code"] for row in _rows(tmp_path / "out") if row["outcome"] == "failed"}
    assert codes == {"hang": 60, "crash": 62, "hog": 61, "empty": 20}
    assert done.stderr.splitlines()[-1].startswith("5 made, 4 failed")
    count = len(_rows(tmp_path / "out"))
    batch(*words, "--timeout", "9", **chosen)
    assert len(_rows(tmp_path / "out")) == count, "what would fail again is not tried again"
    batch(*words, "--timeout", "8", **chosen)
    assert len(_rows(tmp_path / "out")) == count + 3, "with other bounds it is"


ALONE = """
import subprocess
def begun(*words, **more):
    raise AssertionError("a process was begun")
subprocess.Popen = begun
"""


def test_a_single_page_is_done_by_the_command_itself_within_its_bounds(
    batch: Batch, pages: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(MISBEHAVING + ALONE)
    for word in ("HANG", "HOG"):
        (pages / f"{word.lower()}.html").write_text(f"<p>{word}", "utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    chosen = {"env": {**os.environ, "PYTHONPATH": path}}
    words = ("--to", "epub,text", "-o", "out")
    assert batch("talks/a.html", *words, **chosen).stderr == "1 made\n"
    assert batch("talks/a.html", *words, **chosen).stderr == "1 done before\n"
    for name, timeout, code in (("hang", 2, 60), ("hog", 20, 61)):
        assert batch(f"talks/{name}.html", *words, "--timeout", timeout, **chosen).returncode == 4
        assert _rows(tmp_path / "out")[-1]["exit_code"] == code
    batch("talks/a.html", "talks/b.html", "--to", "epub,text", "-o", "both")
    assert _results(tmp_path / "out").items() <= _results(tmp_path / "both").items()


def test_json_is_a_line_an_event(batch: Batch, pages: Path) -> None:
    done = batch("talks/a.html", "talks/none.html", "--to", "text", "-o", "out", "--json", "--jobs", "1")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["page", "page", "summary"]
    assert [events[0]["outputs"][0]["path"], events[1]["exit_code"]] == ["a.txt", 10]
    assert events[2]["outcomes"] == {"made": 1, "failed": 1}
    assert done.stderr == ""


def test_sources_come_from_lists_patterns_and_archives(batch: Batch, pages: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kept.zip", "w") as archive:
        archive.write(pages / "a.html", "one.html")
        archive.write(pages / "b.html", "two/index.html")
    done = batch("--list", "-", "--to", "text", "-o", "out", input="talks/[ab].html\nkept.zip\n\n")
    assert (done.returncode, done.stderr) == (0, "4 made\n")
    assert set(_results(tmp_path / "out")) == {"a.txt", "b.txt", "kept/one.txt", "kept/two.txt"}
    assert batch("kept.zip", "--to", "text", "-o", "out").stderr == "2 done before\n"


def test_one_format_that_cannot_be_made_does_not_cost_the_others(batch: Batch, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "b.txt").mkdir(parents=True)
    done = batch("talks/b.html", "--to", "text,json", "-o", "out")
    assert done.returncode == 4
    assert [each["path"] for each in _rows(tmp_path / "out")[0]["outputs"]] == ["b.json"]
    assert "text: The output out/b.txt is a folder." in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "text", "-o", "out"), "There is nothing to export."),
        (("talks", "--to", " ,", "-o", "out"), "No format is named."),
        (("talks", "--to", "text", "-o", "-"), "A batch makes files"),
        (("talks", "--to", "brew", "-o", "out"), "There is no output format"),
        (("talks", "--to", "pdf", "-o", "out", "--theme", "none"), "There is no theme"),
        (("--list", "none.txt", "--to", "text", "-o", "out"), "The list none.txt cannot be read"),
    ],
)
def test_what_no_page_could_be_done_with_is_said_at_once(batch: Batch, pages: Path, words: Any, said: str) -> None:
    done = batch(*words)
    assert (done.returncode, done.stdout) == (2, "") or done.returncode == 40
    assert done.stderr.startswith(f"exporter: {said}")


def test_folders_without_a_page_are_no_success(batch: Batch, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    run = batch("none", "-o", "out", "--to", "json")
    assert (run.returncode, run.stderr.startswith("exporter: There is no page in none.")) == (2, True), run.stderr


def test_a_failure_names_the_page_as_it_is_found_from_here(batch: Batch, pages: Path) -> None:
    run = batch("talks/empty.html", "lost.html", "-o", "results/of/today", "--to", "json")
    assert {line.split(": ")[1] for line in run.stderr.splitlines()[:2]} == {"talks/empty.html", "lost.html"}


def test_the_order_of_formats_is_nothing_new(batch: Batch, pages: Path) -> None:
    assert batch("talks/a.html", "-o", "out", "--to", "json,text").returncode == 0
    assert "1 done before" in batch("talks/a.html", "-o", "out", "--to", "text,json").stderr


def test_a_file_of_the_manifest_s_name_that_is_somebody_else_s_is_left_alone(
    batch: Batch, pages: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    for content in ('{"site": "mine"}\n', "a poem\nof two lines\n"):
        (tmp_path / "out" / "manifest.jsonl").write_text(content, "utf-8")
        run = batch("talks/a.html", "-o", "out", "--to", "json")
        assert (run.returncode, (tmp_path / "out" / "manifest.jsonl").read_text("utf-8")) == (2, content)
        assert "no manifest of a batch" in run.stderr


def test_a_manifest_that_was_cut_short_or_is_of_another_release_is_gone_on_with(
    batch: Batch, pages: Path, tmp_path: Path
) -> None:
    place = tmp_path / "out" / "manifest.jsonl"
    assert batch("talks/a.html", "-o", "out", "--to", "json").returncode == 0
    whole = place.read_text("utf-8")
    for content in (whole[:90], whole.replace('"name"', '"called"'), whole.replace('"version":"', '"version":"9')):
        place.write_text(content, "utf-8")
        assert "1 made" in batch("talks/a.html", "-o", "out", "--to", "json").stderr
        assert "1 done before" in batch("talks/a.html", "-o", "out", "--to", "json").stderr


def test_a_disk_that_has_no_room_for_the_manifest_is_said(batch: Batch, pages: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    run = batch("talks/a.html", "-o", "out", "--to", "json", preexec_fn=small)
    assert (run.returncode, len(run.stderr.splitlines())) == (50, 1), run.stderr
    assert run.stderr.startswith("exporter: The manifest out/manifest.jsonl cannot be written: File too large.")


@pytest.mark.parametrize("width", [120, 30])
def test_on_a_terminal_each_line_stands_by_itself_above_the_bar(pages: Path, tmp_path: Path, width: int) -> None:
    words = ("talks/a.html", "talks/b.html", "talks/empty.html", "--to", "json", "-o", "out")
    shown = _on_a_terminal(tmp_path, width, *words)
    assert "3/3" in shown
    for line in ("out/a.json", "out/b.json", "exporter: talks/empty.html: "):
        before, _, after = shown.partition(line)
        assert before.endswith(("\r", "\n")), "nothing stands before it in its line"
        assert "\n" in after
    assert shown.rstrip().endswith("2 made, 1 failed (1 with exit code 20)"), "the bar is gone at the end"


def _on_a_terminal(folder: Path, width: int, *words: str) -> str:
    """What a batch writes to a terminal so many columns wide, colours and movements left out but the \\r that ends a line."""
    import pty
    import termios

    ours, its = pty.openpty()
    termios.tcsetwinsize(its, (24, width))
    surroundings = {**os.environ, "TERM": "xterm"}
    surroundings.pop("NO_COLOR", None)
    surroundings.pop("COLUMNS", None)
    run = subprocess.Popen(
        [sys.executable, "-m", "exporter", "batch", *words],
        stdin=its,
        stdout=its,
        stderr=its,
        cwd=folder,
        env=surroundings,
    )
    os.close(its)
    said = b""
    with suppress(OSError):  # the terminal is closed
        while found := os.read(ours, 1 << 16):
            said += found
    run.wait()
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.decode("utf-8"))


@pytest.mark.parametrize("edited", [{"name": "../escaped"}, {"name": "/escaped"}, {"name": "b"}, {"name": ""}])
def test_a_name_in_the_manifest_that_no_batch_gives_is_not_taken(
    batch: Batch, pages: Path, tmp_path: Path, edited: dict[str, str]
) -> None:
    words = ("talks/a.html", "talks/b.html", "-o", "out", "--to", "json")
    assert batch(*words).returncode == 0
    whole, results = _rows(tmp_path / "out"), _results(tmp_path / "out")
    rows = [row | edited | {"digest": ""} for row in whole]
    (tmp_path / "out" / "manifest.jsonl").write_text(
        "".join(f"{json.dumps(each, separators=(',', ':'))}\n" for each in rows), "utf-8"
    )
    assert batch(*words).returncode == 0
    assert set(_results(tmp_path / "out").values()) == set(results.values()), "no result takes the place of another"
    assert not list(tmp_path.rglob("escaped*"))
    assert "2 done before" in batch(*words).stderr


def test_a_pipe_or_a_device_in_the_place_of_the_manifest_is_said(batch: Batch, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out" / "manifest.jsonl")
    run = batch("talks", "--to", "json", "-o", "out", timeout=60)
    assert (run.returncode, len(run.stderr.splitlines())) == (50, 1), run.stderr
    assert "it is a pipe, and a file is wanted" in run.stderr


def test_names_of_files_do_not_break_the_lines_of_paths(batch: Batch, pages: Path, tmp_path: Path) -> None:
    (pages / "a.html").rename(pages / "two\nlines\x1b[2J.html")
    run = batch("talks", "--to", "json", "-o", "out")
    assert all((tmp_path / line).is_file() for line in run.stdout.splitlines()), run.stdout


def test_a_list_of_an_editor_that_marks_its_files_is_read(batch: Batch, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_bytes(b"\xef\xbb\xbftalks/a.html\r\ntalks/b.html\r\n")
    assert "2 made" in batch("--list", "list.txt", "--to", "json", "-o", "out").stderr


def test_options_may_name_files_whose_names_are_no_utf_8(batch: Batch, pages: Path, tmp_path: Path) -> None:
    sheet = os.fsdecode(b"\xe9t\xe9.css")
    try:
        (tmp_path / sheet).write_text("p { color: #123456 }")
    except OSError:
        pytest.skip("no such names here")
    words = ("talks/a.html", "--to", "html", "-o", "out", "--style", sheet)
    assert batch(*words).stderr == "1 made\n"
    assert batch(*words).stderr == "1 done before\n"
    run = batch(*words, "--from", sheet)
    assert (run.returncode, len(run.stderr.splitlines())) == (4, 2), run.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Linux")
def test_a_list_without_end_is_said(batch: Batch, pages: Path) -> None:
    run = batch("--list", "/dev/zero", "--to", "json", "-o", "out", timeout=120)
    assert (run.returncode, run.stderr) == (
        2,
        "exporter: The list /dev/zero cannot be read: it is larger than 64 MB. Name patterns or folders, or part it.\n",
    )


def test_a_pattern_that_meets_results_takes_no_manifest_for_a_page(batch: Batch, pages: Path, tmp_path: Path) -> None:
    assert batch("talks/a.html", "--to", "json", "-o", "talks/out").returncode == 0
    run = batch("talks/out/*", "--to", "text", "-o", "elsewhere")
    assert (run.stdout.split(), run.returncode) == (["elsewhere/a.txt"], 0)


def test_two_batches_do_not_work_in_one_folder(batch: Batch, pages: Path, tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "out").mkdir()
    with (tmp_path / "out" / "manifest.jsonl").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = batch("talks", "--to", "text", "-o", "out")
    assert (done.returncode, done.stderr) == (
        50,
        "exporter: Another batch is at work in out. Wait for it, or name another folder.\n",
    )


def test_results_in_the_folder_of_the_pages_are_no_pages(batch: Batch, pages: Path) -> None:
    words = ("talks", "--to", "html", "-o", "talks/out")
    assert "5 made" in batch(*words).stderr
    assert "5 done before" in batch(*words).stderr


def test_pages_that_a_list_names_are_fetched_once_and_told_when_they_cannot_be(
    batch: Batch, pages: Path, tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("https://leeward.invalid/one\nhttps://leeward.invalid/two\n")
    words = ("list.txt", "talks/a.html", "--to", "text", "-o", "out", "--offline", "--cache", str(tmp_path / "kept"))
    done = batch(*words)
    assert (done.returncode, done.stdout) == (4, "out/a.txt\n"), done.stderr
    assert done.stderr.splitlines()[-1] == "1 made, 2 failed (2 with exit code 10)"
    assert {row["entry"] for row in _rows(tmp_path / "out") if row["outcome"] == "failed"} == {
        "https://leeward.invalid/one",
        "https://leeward.invalid/two",
    }


def test_what_is_done_is_told_as_it_is_looked_at(page: Path, tmp_path: Path) -> None:
    """Of millions of pages that are done already, the first is told of before the last is looked at."""
    from exporter.batch.run import Plan, run_batch
    from exporter.batch.selection import Page

    looked_at = []

    def pages() -> Iterator[Page]:
        for number in range(9):
            looked_at.append(number)
            yield Page(str(page), f"talk-{number}", str(number))

    plan = Plan(str(tmp_path / "out"), ("text",))
    assert [each.is_new for each in run_batch(pages(), plan)] == [True] * 9
    looked_at.clear()
    again = run_batch(pages(), plan)
    assert not next(again).is_new
    assert len(looked_at) < 9
