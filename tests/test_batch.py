"""Many exports at once: one bad job costs itself, whatever it does to its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import exporter
from exporter import Job, Options
from exporter.batch.pool import outcomes
from exporter.runtime.bounds import Bounds

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS))

from misdeeds import MIB, Alone, Mark, Misdeed  # noqa: E402 - a module, since workers import it, too


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers must find these tasks."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH", "")])))


def _done(names: list[str], workers: int = 2, seconds: float = 2.0) -> list[str]:
    found = sorted(outcomes(map(Misdeed, names), workers, Bounds(seconds, 700 * MIB)))
    assert [number for number, _ in found] == list(range(len(names)))
    return [said.split()[0] for _, said in found]


def test_each_misdeed_is_told_apart_and_the_rest_is_done() -> None:
    names = ["a", "hang", "b", "crash", "c", "hog", "d", "spin", "e", "leave", "f"]
    told = ["a", "60", "b", "62", "c", "61", "d", "60", "e", "62", "f"]
    assert _done(names) == told


def test_what_is_faster_alone_is_faster_in_a_worker_too() -> None:
    assert list(outcomes([Alone("")], 1, Bounds(60, None))) == [(0, "True")]


def test_what_a_late_task_has_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    assert _done(["child"]) == ["60"]
    number = int((tmp_path / "told").read_text())
    assert _soon(lambda: not Path(f"/proc/{number}").exists() or "\nState:\tZ" in _status(number))


def _status(number: int) -> str:
    try:
        return Path(f"/proc/{number}/status").read_text()
    except OSError:
        return "\nState:\tZ"


def _soon(holds: Callable[[], bool]) -> bool:
    for _ in range(100):
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_a_worker_that_has_grown_is_replaced_and_one_that_has_not_stays() -> None:
    found = sorted(outcomes(map(Misdeed, ["a", "b", "grow", "c"]), 1, Bounds(60, None)))
    workers = [said.split()[1] for _, said in found]
    assert workers[0] == workers[1] == workers[2] != workers[3]


def test_a_worker_that_died_while_it_had_nothing_to_do_costs_no_task() -> None:
    def tasks() -> Iterator[Misdeed]:
        yield Misdeed("a")
        yield Misdeed("b")

    working = outcomes(tasks(), 1, Bounds(60, None))
    worker = int(next(working)[1].split()[1])
    os.kill(worker, signal.SIGKILL)
    assert _soon(lambda: "\nState:\tZ" in _status(worker))
    assert next(working)[1].startswith("b")


def test_a_worker_that_dies_before_it_begins_a_task_costs_no_task() -> None:
    """One that is killed can be written to until its last thread is gone; here it is held up, so that it surely can."""
    working = outcomes(map(Misdeed, "abc"), 1, Bounds(60, None))
    worker = int(next(working)[1].split()[1])
    os.kill(worker, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (worker, signal.SIGKILL)).start()
    left = dict(working)
    assert [said.split()[0] for said in left.values()] == ["b", "c"]
    assert str(worker) not in "".join(left.values())


def test_a_task_that_no_worker_can_unpack_costs_itself() -> None:
    assert _done(["a", "wrapped", "b", "wrapped", "wrapped", "c"], workers=1) == ["a", "62", "b", "62", "62", "c"]


def test_whoever_stops_early_leaves_no_worker() -> None:
    working = outcomes(map(Misdeed, "abcdef"), 2, Bounds(60, None))
    number = int(next(working)[1].split()[1])
    working.close()
    assert not Path(f"/proc/{number}").exists() or "\nState:\tZ" in _status(number)


def test_no_more_workers_are_started_than_there_are_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    honest = subprocess.Popen

    def counting(words: list[str], **choices: Any) -> subprocess.Popen[bytes]:
        begun.append(words[-2])
        return honest(words, **choices)

    monkeypatch.setattr("subprocess.Popen", counting)
    assert _done(["a", "b"], workers=8, seconds=60) == ["a", "b"]
    assert begun == ["exporter.batch.worker"] * 2


def test_workers_that_cannot_start_are_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(exporter.WorkerDied):
        list(outcomes(map(Misdeed, "ab"), 1, Bounds(60, None)))


# ------------------------------------------------------------------------------------------------------------------ exports


def _jobs(page: Path, folder: Path) -> list[Job]:
    good = [Job(str(page), str(folder / f"{number}.txt")) for number in range(3)]
    bad = [
        Job(str(folder / "none.html"), str(folder / "x.txt")),
        Job(str(page), str(folder / "x.pdf"), options=Options(theme="?")),
    ]
    return [good[0], bad[0], good[1], bad[1], good[2]]


def test_reports_come_in_the_order_of_the_jobs(page: Path, tmp_path: Path) -> None:
    reports = list(exporter.export_many(_jobs(page, tmp_path), workers=2))
    assert [report.exit_code for report in reports] == [0, 10, 0, 2, 0]
    assert [Path(report.target).name for report in reports] == ["0.txt", "x.txt", "1.txt", "x.pdf", "2.txt"]
    assert reports[1].failure.startswith("There is no file")
    assert sorted(each.name for each in tmp_path.glob("*.txt")) == ["0.txt", "1.txt", "2.txt"]


def test_any_executor_will_do(page: Path, tmp_path: Path) -> None:
    exporter.read(page)  # threads that import the same compiled module at once may crash, whoever's module it is
    with ThreadPoolExecutor(2) as executor:
        reports = list(exporter.export_many(_jobs(page, tmp_path), executor=executor))
    assert [report.exit_code for report in reports] == [0, 10, 0, 2, 0]


def test_jobs_are_taken_as_workers_become_free(page: Path, tmp_path: Path) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Job]:
        while True:
            taken.append(1)
            yield Job(str(page), str(tmp_path / f"{len(taken)}.txt"))

    with ThreadPoolExecutor(2) as executor:
        reports = exporter.export_many(endless(), workers=2, executor=executor)
        assert [next(reports).exit_code for _ in range(3)] == [0, 0, 0]


def test_tasks_are_taken_as_workers_become_free() -> None:
    taken: list[int] = []

    def endless() -> Iterator[Misdeed]:
        while True:
            taken.append(1)
            yield Misdeed("a")

    working = outcomes(endless(), 2, Bounds(60, None))
    for count in range(1, 9):
        assert next(working)[1].startswith("a")
        assert len(taken) <= count + 2, "one for each worker"


def test_a_worker_goes_on_while_its_last_result_is_looked_at(tmp_path: Path) -> None:
    tasks = [Mark(str(tmp_path / str(number))) for number in range(3)]
    working = outcomes(tasks, 1, Bounds(60, None))
    next(working)
    until = time.monotonic() + 30
    while not (tmp_path / "1").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert (tmp_path / "1").exists()
    assert len(list(working)) == 2


@pytest.mark.parametrize("interrupted", [False, True])
def test_workers_leave_nothing_behind(
    interrupted: bool, page: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No folder of fonts, no half of a file, no process; Ctrl-C reaches all processes of a terminal at once."""
    program = """
import sys
from exporter import Job, export_many
page, folder, count = sys.argv[1:]
for report in export_many([Job(page, f"{folder}/{n}.pdf") for n in range(int(count))], workers=1):
    print(report.exit_code, flush=True)
"""
    made, room = tmp_path / "made", tmp_path_factory.mktemp("room")
    made.mkdir()
    words = [sys.executable, "-c", program, str(page), str(made), "50" if interrupted else "1"]
    environment = {**os.environ, "TMPDIR": str(room)}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        first = parent.stdout.readline()
        assert first == "0\n", (first, parent.communicate())
        if interrupted:
            os.killpg(parent.pid, signal.SIGINT)
        said = parent.communicate(timeout=120)[1]
    assert ("KeyboardInterrupt" in said) is interrupted
    assert list(room.iterdir()) == []
    assert {each.suffix for each in made.iterdir()} == {".pdf"}
    assert _soon(lambda: not _group_is_there(parent.pid))


def _group_is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = """
import sys
from misdeeds import Misdeed
from exporter.batch.pool import outcomes
from exporter.runtime.bounds import Bounds
for number, said in outcomes(map(Misdeed, ["a", "hang"]), 1, Bounds(None, None)):
    print(said, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline().split()[1])
        parent.kill()
    assert _soon(lambda: "\nState:\tZ" in _status(number))
