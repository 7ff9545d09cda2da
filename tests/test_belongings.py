"""Nothing of the user's is overwritten: the page, what was saved with it, the files that a call names."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

import exporter
from exporter import Job, Options, UsageError
from exporter.collection import export_all
from exporter.pipeline import opened
from exporter.sources.entry import Entry
from exporter.writers import WRITERS

Command = Callable[..., "subprocess.CompletedProcess[bytes]"]

FORMATS = [writer.name for writer in WRITERS]
SUFFIX = {writer.name: writer.suffix for writer in WRITERS}


def the_page(page: Path) -> Path:
    return page


def hard_link(page: Path) -> Path:
    link = page.parent.parent / "copy"
    link.hardlink_to(page)
    return link


def symbolic_link(page: Path) -> Path:
    link = page.parent.parent / "link"
    link.symlink_to(page)
    return link


def picture(page: Path) -> Path:
    return page.parent / "images" / "tower.png"


def hard_link_of_a_picture(page: Path) -> Path:
    link = page.parent.parent / "photo"
    link.hardlink_to(picture(page))
    return link


def symbolic_link_of_a_picture(page: Path) -> Path:
    link = page.parent.parent / "photo"
    link.symlink_to(picture(page))
    return link


def in_the_folder_of_the_browser(page: Path) -> Path:
    folder = page.parent / f"{page.stem}_files"
    folder.mkdir()
    page.write_text(page.read_text("utf-8").replace("</nav>", f'</nav><img src="{folder.name}/a.png">'), "utf-8")
    (folder / "sheet").write_text("p { margin: 0 }", "utf-8")
    return folder / "sheet"


def with_another_spelling(page: Path) -> Path:
    file = page.parent / "über uns & co.png"
    file.write_bytes(picture(page).read_bytes())
    address = "%C3%BCber%20uns%20&amp;%20co.png"
    page.write_text(page.read_text("utf-8").replace("</main>", f'<img src="{address}"></main>'), "utf-8")
    page.write_text(page.read_text("utf-8").replace("%20&amp;%20", "%20%26%20"), "utf-8")
    return file


OWN: dict[str, Callable[[Path], Path]] = {
    "the page": the_page,
    "a hard link of the page": hard_link,
    "a symbolic link to the page": symbolic_link,
    "a picture": picture,
    "a hard link of a picture": hard_link_of_a_picture,
    "a symbolic link to a picture": symbolic_link_of_a_picture,
    "what lies in the browser's folder": in_the_folder_of_the_browser,
    "a picture whose name is written otherwise": with_another_spelling,
}

CALLS: dict[str, tuple[str | Path, ...]] = {
    **{name: (name, "-o") for name in FORMATS},
    "explain": ("explain", "--html"),
    "correct": ("correct", "-o"),
    "bind": ("bind", "-o"),
}
"""Every command that writes where it is told to, and the option that tells it."""


def state(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_the_table_knows_every_command_that_writes() -> None:
    from exporter.cli import cli

    told = {"output", "html", "new"}
    writes = {
        name
        for name, each in cli.all_commands().items()
        if told & {option for p in each.params for option in _names(p)}
    }
    assert writes == {*CALLS, "preview", "themes", "batch", "watch"}


def _names(parameter: object) -> list[str]:
    return [each.lstrip("-") for each in getattr(parameter, "opts", ())]


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("name", CALLS)
def test_what_is_the_users_is_refused(name: str, own: str, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = OWN[own](page)
    before = state(page.parent.parent)
    command, option = CALLS[name]
    assert run(command, page, option, target) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert re.search("another name with -o|is asked for|does not tell its format|No books are bound as html", told.err)
    assert state(page.parent.parent) == before


def run(*words: str | Path) -> int:
    from exporter import cli

    return cli.run([str(word) for word in words])


@pytest.mark.parametrize("own", OWN)
def test_nor_does_the_package_take_it(own: str, page: Path) -> None:
    target = OWN[own](page)
    document = exporter.read(page).document
    before = state(page.parent.parent)
    with pytest.raises(UsageError):
        exporter.export(page, target, format="html")
    with pytest.raises(UsageError):
        exporter.write(document, target, format="html", source=page)
    with pytest.raises(UsageError):
        exporter.explain(exporter.read(page), target, source=page)
    report = next(exporter.export_many([Job(str(page), str(target), "html")], workers=1))
    assert (report.exit_code, report.failure[:10]) == (2, "The output")
    assert state(page.parent.parent) == before


@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_nobody_chose_is_not_the_source(
    name: str, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = page.with_name(f"talk{SUFFIX[name]}")
    exporter.export(page, source) if name in {"json", "text"} else page.rename(source)
    monkeypatch.chdir(page.parent)
    before = source.read_bytes()
    for target in ((), ("-o", "."), ("-o", str(page.parent))):
        assert run(name, source.name, "--from", {"json": "json", "text": "text"}.get(name, "html"), *target) == 0
        assert capsys.readouterr().out.endswith(f"talk-exported{SUFFIX[name]}\n")
    assert source.read_bytes() == before


def test_a_result_may_replace_an_older_one(page: Path) -> None:
    """Even beside a page that links to it, and in the folder of the page."""
    page.write_text(page.read_text("utf-8").replace("</nav>", '<a href="bells.epub">EPUB</a></nav>'), "utf-8")
    target = page.with_suffix(".epub")
    for _ in range(2):
        exporter.export(page, target)
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("option", ["style", "cover", "icc"])
def test_nor_a_file_that_the_call_names(option: str, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = page.parent.parent / "named"
    file.write_bytes(picture(page).read_bytes() if option == "cover" else b"p { color: red }")
    before = file.read_bytes()
    with pytest.raises(UsageError):
        exporter.write(
            exporter.read(page).document, file, format="json", options=replace(Options(), **{option: str(file)})
        )
    if option == "cover":
        assert run("epub", page, "--cover", file, "-o", file) == 2
        assert "a file that this call reads" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_nor_a_part_of_the_theme(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = page.parent.parent / "look"
    assert run("themes", "--new", folder) == 0
    before = state(folder)
    assert run("html", page, "--theme", folder, "-o", folder / "print.css") == 2
    assert run("themes", "--new", folder) == 2
    assert "is there already" in capsys.readouterr().err
    assert state(folder) == before


def test_nor_do_previews(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pypdfium2")
    own = page.parent / "images" / f"{page.stem}-sheet.png"
    picture(page).rename(own)
    page.write_text(page.read_text("utf-8").replace("tower.png", own.name), "utf-8")
    before = state(page.parent)
    assert run("preview", page, "-o", own.parent) == 2
    assert "belongs to the page" in capsys.readouterr().err
    assert state(page.parent) == before
    for _ in range(2):  # its own pictures it may draw anew
        assert run("preview", page, "-o", page.parent / f"{page.stem}-preview") == 0


@pytest.mark.parametrize("name", FORMATS)
def test_a_name_of_another_format_is_refused(name: str, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = next(each for each in FORMATS if each != name)
    target = page.parent / f"out{SUFFIX[other]}"
    assert run(name, page, "-o", target) == 2
    assert f"named as {other}, and {name} is asked for. Ask for {other}, or name" in capsys.readouterr().err
    assert not target.exists()


def test_a_page_from_standard_input_is_known_as_well(page: Path, command: Command) -> None:
    before = page.read_bytes()
    with page.open("rb") as stream:
        done = command("html", "-", "-o", page, stdin=stream)
    assert (done.returncode, page.read_bytes()) == (2, before)
    assert b"is the source itself" in done.stderr


def test_the_source_is_not_added_to(page: Path, command: Command) -> None:
    before = page.read_bytes()
    with page.open("ab") as stream:
        done = command("html", page, "-o", "-", stdout=stream)
    assert (done.returncode, page.read_bytes()) == (2, before)


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
def test_a_device_is_nobodys(page: Path) -> None:
    exporter.export(page, "/dev/null", format="text")


def test_a_book_does_not_take_the_place_of_its_plan_or_its_parts(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = page.with_name("book.toml")
    plan.write_text(f'title = "Talks"\narticles = ["{page.name}"]\nforeword = "foreword.pdf"\n', "utf-8")
    own = page.with_name("foreword.pdf")
    own.write_text("Words before.", "utf-8")
    link = page.with_name("link.epub")
    link.symlink_to(plan)
    before = state(page.parent)
    for target in (own, link):
        assert run("bind", plan, "-o", target) == 2
        assert "a file that this call reads" in capsys.readouterr().err
    assert state(page.parent) == before


@pytest.mark.parametrize("named", ["page", "folder", "pattern"])
def test_a_batch_takes_no_page_s_place(named: str, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = {"page": page, "folder": page.parent, "pattern": page.parent / "*.html"}[named]
    before = state(page.parent)
    assert run("batch", source, "-o", page.parent, "--to", "html,text") == 2
    assert "lies in the folder of results" in capsys.readouterr().err
    after = state(page.parent)
    assert {name: after[name] for name in before} == before


def test_pages_of_a_feed_take_no_file_s_place(page: Path, tmp_path: Path) -> None:
    """Their names are chosen by nobody."""
    own = tmp_path / "bells.txt"
    own.write_text("Words of one's own.", "utf-8")
    entry = Entry("Bells", "https://merrow.example/bells", lambda: opened(page))
    reports = list(export_all([entry], tmp_path, "text"))
    assert [Path(report.target).name for report in reports] == ["bells-2.txt"]
    assert own.read_text("utf-8") == "Words of one's own."
