"""What the program needs, what of it is here, and the command that brings the rest."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from msgspec import Struct

from exporter import themes
from exporter.errors import ExporterError
from exporter.model import Article, Document, Metadata, Paragraph, Text
from exporter.pipeline import render
from exporter.runtime.distribution import NAME
from exporter.runtime.machine import LIBRARIES, Weight

LEAST_PYTHON = (3, 11)


class Finding(Struct, frozen=True):
    """One part of the installation. ``found`` is its version or its fault, ``remedy`` a command, empty when all is well."""

    part: str
    ok: bool
    found: str
    remedy: str = ""
    weight: Weight = "needed"


_REMEDIES: tuple[tuple[str, str], ...] = (
    ("debian", "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ("ubuntu", "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ("fedora", "sudo dnf install pango harfbuzz"),
    ("rhel", "sudo dnf install pango harfbuzz"),
    ("suse", "sudo zypper install libpango-1_0-0 libharfbuzz-subset0"),
    ("arch", "sudo pacman -S pango"),
    ("alpine", "sudo apk add pango"),
    ("darwin", "brew install pango"),
    ("windows", "pacman -S mingw-w64-x86_64-pango (in MSYS2)"),
)
"""By the word that the system calls itself or its like with."""


def examine() -> tuple[Finding, ...]:
    """Every part, in the order in which one needs the other; last a document of one line made into a PDF and an EPUB."""
    return (_python(), *_libraries(), *_packages(), *_openers(), *_themes(), _trial("pdf"), *_patches(), _trial("epub"))


def _python() -> Finding:
    wanted = ".".join(map(str, LEAST_PYTHON))
    fine = sys.version_info[:2] >= LEAST_PYTHON
    return Finding("Python", fine, platform.python_version(), "" if fine else f"Install Python {wanted} or later.")


def _libraries() -> Iterator[Finding]:
    for library in LIBRARIES:
        found = library.version
        yield Finding(
            library.part, bool(found), found or "not found", "" if found else library_remedy(), library.weight
        )


def library_remedy() -> str:
    """The command that installs Pango and HarfBuzz on this system; on an unknown one, what to look for."""
    told = _system()
    found = next((command for word, command in _REMEDIES if word in told), "")
    return found or "Install Pango 1.44 or later and HarfBuzz with the package manager of your system."


def _system() -> str:
    """The words by which the system is known: its name, its distribution, and what that is like."""
    words = [platform.system().lower()]
    try:
        release = platform.freedesktop_os_release()
        words += [release.get("ID", ""), release.get("ID_LIKE", "")]
    except OSError:
        pass  # no Linux, or one that does not say
    return " ".join(words)


def _packages() -> Iterator[Finding]:
    try:
        wanted = [each for each in requires(NAME) or () if ";" not in each]
    except PackageNotFoundError:
        yield Finding(NAME, False, "not installed", f"{sys.executable} -m pip install .")
        return
    for requirement in wanted:
        yield _package(requirement)


def _openers() -> Iterator[Finding]:
    """What opens sources that few people have: archives of the web, documents of word processors."""
    try:
        yield Finding("FastWARC (WARC, WACZ)", True, version("fastwarc"), weight="useful")
    except PackageNotFoundError:
        remedy = f"{sys.executable} -m pip install '{NAME}[archives]'"
        yield Finding("FastWARC (WARC, WACZ)", False, "not installed", remedy, "useful")
    pandoc = shutil.which("pandoc")
    remedy = "" if pandoc else "Install pandoc (pandoc.org)."
    yield Finding("pandoc (DOCX, ODT)", pandoc is not None, pandoc or "not found", remedy, "useful")


def _package(requirement: str) -> Finding:
    """Whether a package is here in a release that the requirement allows: ``name>=least`` or ``name<below,>=least``."""
    name = re.split(r"[\[(<>=!~;\s]", requirement, maxsplit=1)[0]
    bounds = dict(re.findall(r"(>=|<)\s*([\w.]+)", requirement))
    remedy = f"{sys.executable} -m pip install '{requirement}'"
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, False, "not installed", remedy)
    if _numbers(found) < _numbers(bounds.get(">=", "0")):
        return Finding(name, False, f"{found}, but {bounds['>=']} or later is needed", remedy)
    if "<" in bounds and _numbers(found) >= _numbers(bounds["<"]):
        return Finding(name, False, f"{found}, but a release before {bounds['<']} is needed", remedy)
    return Finding(name, True, found)


def _patches() -> Iterator[Finding]:
    """What the typesetter changes in its renderer, and whether this release lets it."""
    try:
        from exporter.writers.pdf.weasyprint import patches

        untaken = patches.untaken()
    except Exception:  # noqa: BLE001 - the trial above says what keeps the renderer from working
        return
    for patch in patches.PATCHES:
        fine = patch not in untaken
        remedy = "" if fine else f"{sys.executable} -m pip install '{_renderer()}'"
        yield Finding(
            f"typesetter {patch.module}", fine, "in force" if fine else f"lost: {patch.lost}", remedy, "useful"
        )


def _renderer() -> str:
    """The releases of the renderer that the typesetter is built for."""
    return next(each for each in requires(NAME) or () if each.startswith("weasyprint"))


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", release)[:3])


def _themes() -> Iterator[Finding]:
    names = themes.theme_names()
    if not names:
        yield Finding("themes", False, "none", "Install exporter again; its folder styles/ is missing.")
    for name in names:
        try:
            theme = themes.load(name)
            fonts = [theme.font(font) for font in theme.fonts()]
        except (ExporterError, OSError) as fault:
            yield Finding(f"theme {name}", False, str(fault), "Install exporter again, or mend the theme.")
        else:
            yield Finding(f"theme {name}", True, f"{len(fonts)} fonts")


_TRIAL = Document(Article(Metadata(language="en"), (Text("Trial"),), body=(Paragraph((Text("One line."),)),)))


def _trial(format: str) -> Finding:  # noqa: A002 - the word used everywhere for it
    """Whether the whole way to a file works; the parts above say why when it does not."""
    try:
        content, _ = render(_TRIAL, format)
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is the finding
        reason = " ".join(str(fault).split())[:200]
        return Finding(
            f"trial {format}", False, f"{type(fault).__name__}: {reason}", library_remedy() if format == "pdf" else ""
        )
    return Finding(f"trial {format}", True, f"{len(content)} bytes")
