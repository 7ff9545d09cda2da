"""WeasyPrint starts without work that was done before or is for nothing, and starts all the same where it must be done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

QUIETLY = """
import ctypes.util, sys
asked = []
def asking(name):
    asked.append(name)
ctypes.util.find_library = asking
from exporter.writers.pdf.starting import started
assert started().HTML
assert started() is sys.modules["weasyprint"]
assert ctypes.util.find_library is asking
print(len(asked))
"""

STRANGELY = """
import cffi, ctypes.util
asked, plain = [], cffi.FFI.dlopen
def opened(self, name, *rest):
    if not asked and ".so" in name and "gobject" in name:
        raise OSError("under another name here")
    return plain(self, name, *rest)
find = ctypes.util.find_library
def asking(name):
    asked.append(name)
    return find(name)
cffi.FFI.dlopen, ctypes.util.find_library = opened, asking
from exporter.writers.pdf import starting
starting._declarations = dict
assert starting.started().HTML
print(len(asked) > 0)
"""

AGAIN = """
import sys
from exporter.writers.pdf.starting import started
page = started().HTML(string="<title>A</title><p>The tide comes up the slip at four").write_pdf()
print(sorted({"pycparser", "fontTools.varLib"} & set(sys.modules)), page.hex())
"""

LATE = """
from exporter.writers.pdf.starting import started
started()
from fontTools.varLib import instancer
from weasyprint.pdf import fonts
instancer.instantiateVariableFont = lambda font, **named: (font, named)
print(fonts.instantiateVariableFont("a font", static=True))
"""

ASTRAY = """
import cffi
from exporter.writers.pdf import starting
starting._declarations = lambda: {"of another": "version"}
assert starting.started().HTML
print(isinstance(starting.sys.modules[starting.DOOR].ffi, cffi.FFI))
"""


FAILING = """
import exporter, sys
from exporter import Options
document = exporter.read(sys.argv[1]).document
exporter.render(document, "pdf", Options(draft=True))
from weasyprint.layout import inline
lines, plain = [], inline.get_next_linebox
def next_line(*arguments):
    lines.append(1)
    if len(lines) > 100:
        raise AttributeError("in the middle of a page")
    return plain(*arguments)
inline.get_next_linebox = next_line
exporter.render(document, "pdf", Options(draft=True))
"""


def run(words: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    wished = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | environment
    command = [sys.executable, "-c", words, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=wished)


def said(words: str, **environment: str) -> tuple[str, str]:
    done = run(words, **environment)
    return done.stdout.strip(), done.stderr


def test_what_c_offers_is_worked_out_once(tmp_path: Path) -> None:
    first, *others = (said(AGAIN, PYTHONPYCACHEPREFIX=str(tmp_path)) for _ in range(3))
    assert others[-1][0].startswith("[]")
    assert {page.split("] ")[1] for page, _ in (first, *others)} == {first[0].split("] ")[1]}
    assert not any(faults for _, faults in (first, *others))
    assert said(AGAIN, PYTHONPYCACHEPREFIX=str(tmp_path / "none"), PYTHONDONTWRITEBYTECODE="1")[0].startswith(
        "['pycparser']"
    )


def test_what_was_put_off_is_there_when_it_is_needed() -> None:
    assert said(LATE) == ("('a font', {'static': True})", "")


def test_a_fault_in_the_middle_of_a_page_ends_as_any_other() -> None:
    sample = Path(__file__).parents[2] / "source" / "the-last-lampist"
    for _ in range(2):  # whether the declarations are worked out or were kept
        done = run(FAILING, str(sample))
        assert "WriteError" in done.stderr
        assert done.returncode == 1


def test_declarations_that_do_not_fit_are_worked_out_again() -> None:
    assert said(ASTRAY) == ("True", "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no tools are asked")
@pytest.mark.parametrize(("words", "answer"), [(QUIETLY, "0"), (STRANGELY, "True")], ids=["quietly", "strangely"])
def test_weasyprint_starts(words: str, answer: str) -> None:
    assert said(words) == (answer, "")
