"""WeasyPrint starts without asking the system's tools for its libraries, and starts all the same where it must ask."""

from __future__ import annotations

import subprocess
import sys

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
from exporter.writers.pdf.starting import started
assert started().HTML
print(len(asked) > 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no tools are asked")
@pytest.mark.parametrize(("words", "said"), [(QUIETLY, "0"), (STRANGELY, "True")], ids=["quietly", "strangely"])
def test_weasyprint_starts(words: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (said, "")
