"""What every test may use: the documents, a page with a picture, goldens that ``--accept`` rewrites, and the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, settings
from PIL import Image, ImageDraw

from exporter import Document
from exporter.model.codec import decode

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "documents"

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The woman who tunes bells</title>
<meta name="description" content="She has climbed four hundred towers."></head>
<body><nav><a href="/">Home</a> <a href="/talks">Talks</a></nav>
<main><article><h1>The woman who tunes bells</h1>
<p class="byline">By Ines Falk</p>
<figure><img src="images/tower.png" alt="A tower"><figcaption>The tower at Merrow. Photograph: Ola Venn</figcaption></figure>
<p>Greta Lindqvist has climbed four hundred towers, and she remembers the steps of each of them. We met under the smallest.</p>
<h3>What does a bell want?</h3>
<p>To be left alone, mostly. It was cast with one note in it, and every hand since then has scraped a little of it away.</p>
<p>I put back what can be put back, which is less than people hope and more than they fear.</p>
<h3>How do you know when it is right?</h3>
<p>The pigeons stay. I am quite serious about that: when the hum is wrong by a few cents they leave before I hear it myself.</p>
<h3>Which bell would you save from a fire?</h3>
<p>The one nobody rings. It has all of its note left, and it would be a pity to lose that before anyone has heard it.</p>
</article></main><footer>© The Merrow Post</footer></body></html>
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="rewrite the expected results, to be read before they are committed"
    )
    parser.addoption("--raise-floors", action="store_true", help="keep better figures of the corpus as the new floors")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, bytes], None]:
    """Compares a result with the file of what was expected, or rewrites that file when asked to."""

    def compare(expected: Path, result: bytes) -> None:
        if request.config.getoption("--accept"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_bytes(result)
        assert result.decode() == expected.read_bytes().decode(), f"see {expected}; make accept rewrites it"

    return compare


@pytest.fixture(scope="session")
def kitchen_sink() -> Document:
    """One document with every kind of node in it."""
    return decode((DOCUMENTS / "kitchen-sink.json").read_bytes())


def photo(width: int = 60, height: int = 40, kind: str = "JPEG", mode: str = "RGB", **choices: object) -> bytes:
    """A small picture with too many colours to be a drawing."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, width // 3, height // 2), fill=(200, 40, 40))
    stream = io.BytesIO()
    image.convert(mode).save(stream, kind, **choices)
    return stream.getvalue()


@pytest.fixture(name="photo")
def photo_fixture() -> Callable[..., bytes]:
    return photo


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A saved page in a folder of its own, its picture beside it."""
    folder = tmp_path / "saved"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "tower.png").write_bytes(photo(kind="PNG"))
    file = folder / "bells.html"
    file.write_text(PAGE, "utf-8")
    return file


# Drawn examples are the same in each run, judged by no clock and kept nowhere; `--hypothesis-profile default` draws others.
settings.register_profile(
    "steady", database=None, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

os.environ["EXPORTER_CONFIG"] = "none"  # the defaults of whoever runs the tests are nobody's business

Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs ``exporter`` as a program of its own in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()

    def run(
        *arguments: str | Path, stdin: bytes | IO[bytes] = b"", stdout: IO[bytes] | None = None, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        words = [sys.executable, "-m", "exporter", *map(str, arguments)]
        surroundings = {**os.environ, **environment}
        given: dict[str, Any] = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
        given |= {"stdout": stdout or subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 300}
        return subprocess.run(words, cwd=folder, env=surroundings, check=False, **given)

    return run


KNOWN_FAULTS = Path(__file__).resolve().parent / "known-faults.txt"
"""Tests that hold what is right and not reached: ``file::test[case]: reason`` a line. It only gets shorter."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of that list as known to fail; each that passes comes off it."""
    rows = [row for row in KNOWN_FAULTS.read_text("utf-8").splitlines() if row and not row.startswith("#")]
    reasons = dict(row.rsplit(": ", 1) for row in rows)
    for each in items:
        if each.nodeid in reasons:
            each.add_marker(pytest.mark.xfail(reason=reasons[each.nodeid], strict=False))
