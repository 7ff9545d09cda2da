"""An export ends when it has taken too long or needs too much memory, and says so."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from exporter import MemoryLimitExceeded, TimeLimitExceeded
from exporter.cli import run
from exporter.runtime.bounds import MIB, Bounds, kept_within
from exporter.writers.pdf.weasyprint import render


def test_what_takes_too_long_ends_even_where_exceptions_are_swallowed() -> None:
    def deaf() -> None:
        for _ in range(3):
            with suppress(Exception):  # so do libraries
                time.sleep(30)
        time.sleep(30)

    with kept_within(Bounds(0.05, None)), pytest.raises(TimeLimitExceeded, match=r"limit of 0\.05 seconds"):
        deaf()


def test_what_needs_too_much_memory_ends() -> None:
    with pytest.raises(MemoryError), kept_within(Bounds(None, 3000 * MIB)):
        bytearray(4000 * MIB)


def test_afterwards_all_is_as_it_was() -> None:
    before = (signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_AS))
    with kept_within(Bounds(60, 3000 * MIB)):
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == 3000 * MIB
    assert (signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_AS)) == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_a_renderer_without_memory_is_told_from_a_page_that_it_cannot_set() -> None:
    with pytest.raises(MemoryLimitExceeded), render._one_line():  # noqa: SLF001 - nothing else asks for so little
        raise MemoryError


@pytest.mark.parametrize(
    ("option", "value", "code", "said"),
    [
        ("--timeout", "0.01", 60, "The time limit of 0.01 seconds was reached."),
        ("--max-memory", "much", 2, "There is no size 'much'."),
        ("--timeout", "-1", 2, "There is no time limit of -1 seconds."),
        ("--timeout", "nan", 2, "There is no time limit of nan seconds."),
        ("--timeout", "1e30", 2, "There is no time limit of 1e+30 seconds."),
    ],
)
def test_the_command_line_keeps_both(option: str, value: str, code: int, said: str, page: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "exporter", "pdf", str(page), "-o", str(tmp_path / "x.pdf"), option, value]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith(f"exporter: {said}")) == (code, True), done.stderr
    assert not list(tmp_path.glob("*.pdf"))


def test_a_program_without_memory_says_so(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("exporter.pipeline.export", hungry)
    assert run(["text", str(page)]) == 61
    assert capsys.readouterr().err.startswith("exporter: The memory limit was reached. Give it more")


def test_zero_is_no_bound(page: Path, tmp_path: Path) -> None:
    words = ["text", str(page), "-o", str(tmp_path / "x.txt"), "--timeout", "0", "--max-memory", "0"]
    assert subprocess.run([sys.executable, "-m", "exporter", *words], capture_output=True, check=False).returncode == 0
