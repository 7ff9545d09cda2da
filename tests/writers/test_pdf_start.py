"""WeasyPrint starts without work that is for nothing, and starts all the same where it must be done."""

from __future__ import annotations

import os
import shutil
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
from exporter.writers.pdf.weasyprint.start import started
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
from exporter.writers.pdf.weasyprint.start import started
assert started().HTML
print(len(asked) > 0)
"""

LATE = """
from exporter.writers.pdf.weasyprint.start import started
started()
from fontTools.varLib import instancer
from weasyprint.pdf import fonts
instancer.instantiateVariableFont = lambda font, **named: (font, named)
print(fonts.instantiateVariableFont("a font", static=True))
"""

SPOKEN = """
from exporter.writers.pdf.weasyprint.start import started
started()
from weasyprint.text.ffi import ffi, pango
import locale
tag = ffi.string(ffi.cast("char *", pango.pango_language_get_default()))  # so Pango keeps it
print(tag.decode(), locale.setlocale(locale.LC_CTYPE))
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


def run(words: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", words, *arguments], capture_output=True, text=True, check=False)


def said(words: str) -> tuple[str, str]:
    done = run(words)
    return done.stdout.strip(), done.stderr


def test_what_was_put_off_is_there_when_it_is_needed() -> None:
    assert said(LATE) == ("('a font', {'static': True})", "")


def test_the_users_language_makes_no_other_pages(tmp_path: Path) -> None:
    """Pango measures letters that no font has in words of the locale's language."""
    maker = shutil.which("localedef")
    if maker is None or not Path("/usr/share/i18n/locales/ja_JP").exists():
        pytest.skip("no locale can be made here")
    subprocess.run([maker, "-i", "ja_JP", "-f", "UTF-8", tmp_path / "ja_JP.UTF-8"], check=False)
    surroundings = {**os.environ, "LOCPATH": str(tmp_path), "LC_ALL": "ja_JP.UTF-8"}
    done = subprocess.run([sys.executable, "-c", SPOKEN], capture_output=True, text=True, check=True, env=surroundings)
    assert done.stdout == "c ja_JP.UTF-8\n"


def test_a_fault_in_the_middle_of_a_page_ends_as_any_other() -> None:
    sample = Path(__file__).parents[2] / "source" / "the-last-lampist"
    done = run(FAILING, str(sample))
    assert "WriteError" in done.stderr
    assert done.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no tools are asked")
@pytest.mark.parametrize(("words", "answer"), [(QUIETLY, "0"), (STRANGELY, "True")], ids=["quietly", "strangely"])
def test_weasyprint_starts(words: str, answer: str) -> None:
    assert said(words) == (answer, "")
