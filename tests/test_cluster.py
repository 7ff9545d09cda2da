"""``exporter batch --cluster``: the same rows and bytes as on one machine, whatever is lost on the way; and pages in stores."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
pytest.importorskip("fsspec")

CLUSTER = """
import select, subprocess, sys
import dask
from distributed import LocalCluster
def begun(address):
    words = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1"]
    words += ["--host", "127.0.0.1", "--no-dashboard", "--death-timeout", "60"]
    return subprocess.Popen(words, stdin=-3, stdout=-3, stderr=-3)
chosen = {"distributed.scheduler.allowed-failures": 0, "distributed.scheduler.worker-saturation": 1.0}
with dask.config.set(chosen), LocalCluster(
    n_workers=0, host="127.0.0.1", dashboard_address=None, silence_logs=50
) as cluster:
    workers = [begun(cluster.scheduler_address) for _ in range(2)]
    cluster.wait_for_workers(2)
    print(cluster.scheduler_address, flush=True)
    wanted = ""
    while wanted != "none":
        # Dask's own nanny begins none in place of a worker that dies before the nanny has heard that it is there.
        workers = [each if each.poll() is None else begun(cluster.scheduler_address) for each in workers]
        if select.select([sys.stdin], [], [], 0.1)[0]:
            wanted = sys.stdin.readline().strip()
            for worker in workers if wanted == "none" else workers[:1]:
                worker.kill()
    sys.stdin.read()
"""
DEADLY = """
import os, signal
from exporter.batch import cluster
honest = cluster.outcomes
def outcomes(tasks, workers, bounds):
    tasks = list(tasks)
    if any("deadly" in each.page.argument for each in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return honest(tasks, workers, bounds)
cluster.outcomes = outcomes
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A scheduler and two workers, each of which has a successor.

    A page called deadly takes its worker with it; so does a line on the input. After the line "none" nobody is left.
    """
    with _started(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@contextmanager
def _started(home: Path) -> Iterator[Any]:
    (home / "sitecustomize.py").write_text(DEADLY)
    (home / "cluster.py").write_text(CLUSTER)
    path = os.pathsep.join(filter(None, [str(home), os.environ.get("PYTHONPATH", "")]))
    with subprocess.Popen(
        [sys.executable, str(home / "cluster.py")],
        env={**os.environ, "PYTHONPATH": path},
        stdin=-1,
        stdout=-1,
        stderr=-3,
        text=True,
    ) as started:
        assert started.stdout is not None
        started.address = started.stdout.readline().strip()  # type: ignore[attr-defined]
        try:
            yield started
        finally:
            started.kill()


@pytest.fixture
def talks(page: Path, tmp_path: Path) -> Path:
    """Twenty-eight pages with a picture each."""
    home = tmp_path / "talks"
    page.parent.rename(home)
    text = (home / page.name).read_text("utf-8")
    for number in range(27):
        (home / f"talk-{number:02}.html").write_text(text.replace("four hundred", str(number)), "utf-8")
    return home


def _batch(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exporter", "batch", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def _results(folder: Path) -> dict[str, str]:
    files = (each for each in folder.rglob("*") if each.is_file() and each.name != "manifest.jsonl")
    return {each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]


def test_a_cluster_comes_to_the_bytes_of_one_machine(cluster: Any, talks: Path, tmp_path: Path) -> None:
    here = _batch(tmp_path, "talks", "--to", "epub,text", "-o", "here")
    there = _batch(tmp_path, "talks", "--to", "epub,text", "-o", "there", "--cluster", cluster.address)
    assert (here.returncode, there.returncode, there.stderr) == (0, 0, "28 made\n")
    assert len(_results(tmp_path / "here")) == 56
    assert _results(tmp_path / "here") == _results(tmp_path / "there")
    again = _batch(tmp_path, "talks", "--to", "epub,text", "-o", "there", "--cluster", cluster.address)
    assert again.stderr == "28 done before\n"


def test_a_machine_that_is_lost_costs_nothing_and_poison_only_itself(cluster: Any, talks: Path, tmp_path: Path) -> None:
    (talks / "talk-07.html").rename(talks / "deadly.html")
    words = [
        sys.executable,
        "-m",
        "exporter",
        "batch",
        "talks",
        "--to",
        "text",
        "-o",
        "out",
        "--cluster",
        cluster.address,
    ]
    with subprocess.Popen(words, cwd=tmp_path, text=True, stdout=-1, stderr=-1) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        cluster.stdin.write("\n")
        cluster.stdin.flush()
        said = running.communicate(timeout=500)[1]
    assert (running.returncode, said.splitlines()[-1]) == (4, "27 made, 1 failed (1 with exit code 62)")
    assert len(_results(tmp_path / "out")) == 27
    assert [row["name"] for row in _rows(tmp_path / "out") if row["outcome"] == "failed"] == ["deadly"]


def test_a_worker_that_has_another_version_is_refused(
    cluster: Any, talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exporter import ExporterError
    from exporter.batch import cluster as ours
    from exporter.runtime.bounds import Bounds

    monkeypatch.setattr(ours, "own_version", lambda: "9.9")
    with pytest.raises(ExporterError, match=r"has exporter .*, and 9\.9 is here"):
        list(ours.rows_of([], cluster.address, Bounds()))


def test_workers_that_would_set_other_pages_are_refused(cluster: Any) -> None:
    """Where one has fonts that another lacks, the same page would come out otherwise there."""
    import distributed

    from exporter import UsageError
    from exporter.batch import cluster as ours
    from exporter.runtime.bounds import Bounds

    module = "import exporter.batch.cluster as cluster, exporter.runtime.machine as machine\n"
    with distributed.Client(cluster.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(2)  # others are begun in place of those that died
        one = sorted(client.scheduler_info()["workers"])[:1]
        client.run(exec, f"{module}cluster.fonts = lambda: '3 (abc)'", workers=one)
        with pytest.raises(UsageError, match=r"The workers .* and .* differ in fonts: .*3 \(abc\)"):
            list(ours.rows_of([], cluster.address, Bounds()))
        client.run(exec, f"{module}cluster.fonts = machine.fonts", workers=one)
    assert list(ours.rows_of([], cluster.address, Bounds())) == []


def test_a_cluster_that_is_not_there_is_said(talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from exporter import UsageError
    from exporter.batch import cluster as ours
    from exporter.runtime.bounds import Bounds

    monkeypatch.setattr(ours, "CONNECTING", "1s")
    with pytest.raises(UsageError, match=r"No scheduler answers at tcp://127\.0\.0\.1:1"):
        list(ours.rows_of([], "tcp://127.0.0.1:1", Bounds()))


def test_a_scheduler_that_goes_in_the_middle_is_said(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exporter import ExporterError
    from exporter.batch import cluster as ours
    from exporter.batch.run import Plan, run_batch
    from exporter.batch.selection import pages_of
    from exporter.sources.policy import ReadOptions

    monkeypatch.setattr(ours, "CONNECTING", "3s")
    monkeypatch.setattr(ours, "PAGES_A_TASK", 1)
    (tmp_path / "cluster").mkdir()
    with _started(tmp_path / "cluster") as started:
        plan = Plan(str(tmp_path / "out"), ("text",), cluster=started.address)
        done = run_batch(pages_of([str(talks)], ReadOptions(), plan.place), plan)
        assert next(done).row.outcome == "made"
        started.kill()
        with pytest.raises(ExporterError, match=r"The scheduler of the cluster is gone\. Start one, and run"):
            list(done)


def test_a_cluster_that_no_worker_is_left_of_is_said(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exporter import ExporterError
    from exporter.batch import cluster as ours
    from exporter.batch.run import Plan, run_batch
    from exporter.batch.selection import pages_of
    from exporter.sources.policy import ReadOptions

    monkeypatch.setattr(ours, "ASKED_AFTER", 0.1)
    monkeypatch.setattr(ours, "PATIENCE", 1)
    monkeypatch.setattr(ours, "PAGES_A_TASK", 1)
    (tmp_path / "cluster").mkdir()
    with _started(tmp_path / "cluster") as started:
        plan = Plan(str(tmp_path / "out"), ("text",), cluster=started.address)
        done = run_batch(pages_of([str(talks)], ReadOptions(), plan.place), plan)
        assert next(done).row.outcome == "made"
        started.stdin.write("none\n")
        started.stdin.flush()
        with pytest.raises(ExporterError, match=r"The cluster has no workers any more\. Start some, and run"):
            list(done)


def test_pages_and_results_may_stand_in_a_store(talks: Path, tmp_path: Path) -> None:
    words = ("--to", "json,text", "-o", f"file://{tmp_path}/kept")
    there = _batch(tmp_path, f"file://{talks}/talk-0*.html", *words)
    assert (there.returncode, there.stderr) == (0, "10 made\n")
    here = _batch(tmp_path, *(f"talks/talk-0{number}.html" for number in range(10)), "--to", "json,text", "-o", "here")
    assert here.returncode == 0
    assert _results(tmp_path / "kept") == _results(tmp_path / "here"), "pictures among them"
    assert _batch(tmp_path, f"file://{talks}/talk-0*.html", *words).stderr == "10 done before\n"
    missing = _batch(tmp_path, f"file://{talks}/none.html", *words)
    assert (missing.returncode, missing.stderr.splitlines()[-1]) == (4, "1 failed (1 with exit code 10)")


def test_a_store_that_nobody_knows_is_said(tmp_path: Path) -> None:
    done = _batch(tmp_path, "cloud-of-nobody://talks/one.html", "--to", "text", "-o", "out")
    assert done.returncode == 4
    assert "There is no way to cloud-of-nobody://talks/one.html" in done.stderr


def test_the_memory_of_one_program_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("<h1>Talk</h1>")
    done = _batch(tmp_path, "one.html", "--to", "text", "-o", "memory://kept")
    assert done.returncode == 2
    assert "memory://kept is in the memory of one program" in done.stderr
