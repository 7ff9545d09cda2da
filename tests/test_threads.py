"""What all threads of a process share is left alone while others are running: each switch, beside a thread and without."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import exporter
from exporter import Options

SAMPLE = Path(__file__).parents[1] / "source" / "the-last-lampist"

BESIDE = """
import threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
"""

LAZY_IMPORT = """
import sys
from exporter.runtime.lazy_import import deferred
with deferred("colorsys"):
    import colorsys
    print(type(sys.modules["colorsys"]) is not type(sys))
"""

LIBRARIES = """
import ctypes.util
asked, find = [], ctypes.util.find_library
def asking(name):
    asked.append(name)
    return find(name)
ctypes.util.find_library = asking
from exporter.writers.pdf.weasyprint.start import started
started()
print(not asked)
"""

STANDARD_OUTPUT = """
import contextlib
redirected, plain = [], contextlib.redirect_stdout
def redirect(*stream):
    redirected.append(stream)
    return plain(*stream)
contextlib.redirect_stdout = redirect
from exporter.writers.pdf.weasyprint.start import started
started()
print(bool(redirected))
"""

GARBAGE = """
import gc, sys
import exporter
from exporter import Options
document = exporter.read(sys.argv[1]).document
stopped, plain = [], gc.disable
def stop():
    stopped.append(1)
    plain()
gc.disable = stop
exporter.render(document, "pdf", Options(draft=True))
print(bool(stopped))
assert gc.isenabled()
"""

READING = """
import gc, sys
import exporter
stopped, plain = [], gc.disable
def stop():
    stopped.append(1)
    plain()
gc.disable = stop
exporter.read(sys.argv[1])
print(bool(stopped))
assert gc.isenabled()
"""

WARNINGS = """
import sys, warnings
class Caught(warnings.catch_warnings):
    def __enter__(self):
        caught.append(1)
        return super().__enter__()
caught, warnings.catch_warnings = [], Caught
import exporter
from exporter import Options
document = exporter.read(sys.argv[1]).document
filters = list(warnings.filters)
for medium in ("pdf", "epub"):
    exporter.render(document, medium, Options(draft=True))
assert [each for each in filters if each not in warnings.filters] == []
print(bool(caught))
"""


A_SIGN_OF_LIFE = """
import io, sys, time
class Terminal(io.StringIO):
    def isatty(self):
        return True
sys.stderr = Terminal()
from exporter.cli.output import busy
from exporter.runtime.threads import alone
with busy("a talk", False):
    found, until = [alone()], time.monotonic() + 30
    while sys.stderr.getvalue().count("a talk") < 3 and time.monotonic() < until:
        time.sleep(0.05)
drawn = sys.stderr.getvalue()
print(*found, alone(), drawn.count("a talk") > 2)
"""


def test_a_sign_of_life_is_drawn_beside_work_that_is_alone() -> None:
    assert said(A_SIGN_OF_LIFE) == "True True True"


def said(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program, str(SAMPLE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are always asked for")
@pytest.mark.parametrize("program", [LAZY_IMPORT, LIBRARIES, STANDARD_OUTPUT, GARBAGE, READING])
def test_a_switch_is_thrown_by_who_is_alone_only(program: str) -> None:
    assert said(program) == "True"
    assert said(BESIDE + program) == "False"


def test_no_filter_of_warnings_is_ever_set_aside() -> None:
    assert said(WARNINGS) == "False"


def test_in_threads_results_are_those_of_one(page: Path) -> None:
    document = exporter.read(page).document
    alone = exporter.render(document, "pdf", Options(draft=True))
    with ThreadPoolExecutor(3) as pool:
        others = list(pool.map(lambda _: exporter.render(document, "pdf", Options(draft=True)), range(6)))
    assert [each == alone for each in others] == [True] * 6
