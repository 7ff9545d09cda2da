"""Bad input: one line that says what to do, the documented exit code, nothing left behind, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote

import pytest

import exporter
from exporter import cli

Command = Callable[..., "subprocess.CompletedProcess[bytes]"]
Maker = Callable[[Path], Path]

PLAIN_LETTERS = "This is a sentence of an article that has nothing to hide. "


def missing(folder: Path) -> Path:
    return folder / "none.html"


def empty(folder: Path) -> Path:
    return written(folder / "empty.html", b"")


def blank(folder: Path) -> Path:
    return written(folder / "blank.html", b" \n\t\n")


def folder_without_page(folder: Path) -> Path:
    (folder / "photos").mkdir()
    written(folder / "photos" / "a.jpg", b"\xff\xd8\xff")
    return folder / "photos"


def folder_with_two_pages(folder: Path) -> Path:
    (folder / "two").mkdir()
    written(folder / "two" / "a.html", b"<p>a")
    written(folder / "two" / "b.html", b"<p>b")
    return folder / "two"


def pdf_named_html(folder: Path) -> Path:
    return written(folder / "paper.html", b"%PDF-1.7\n1 0 obj")


def picture_named_html(folder: Path) -> Path:
    return written(folder / "picture.html", b"\x89PNG\r\n\x1a\n" + bytes(100))


def zip_named_html(folder: Path) -> Path:
    return written(folder / "book.html", b"PK\x03\x04" + bytes(100))


def noise_named_html(folder: Path) -> Path:
    return written(folder / "noise.html", bytes(range(256)) * 40)


def too_large(folder: Path) -> Path:
    return written(folder / "large.html", b"<p>" + b"x" * (33 * 2**20))


def no_article(folder: Path) -> Path:
    return written(
        folder / "menu.html", b"<html><body><nav><a href='/'>Home</a></nav><script>go()</script></body></html>"
    )


def no_document(folder: Path) -> Path:
    return written(folder / "half.json", b'{"type": "document", "article": {')


def written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


SOURCES: dict[str, tuple[Maker, int, str, str]] = {
    "missing": (missing, 10, "There is no file", "Check the name"),
    "empty": (empty, 10, "is empty", "save it"),
    "blank": (blank, 10, "is empty", "save it"),
    "folder without a page": (folder_without_page, 10, "holds no page", "Give the .html file"),
    "folder with two pages": (folder_with_two_pages, 10, "holds 2 pages: a.html, b.html", "Choose one"),
    "PDF named .html": (pdf_named_html, 10, "a PDF", "save it"),
    "picture named .html": (picture_named_html, 10, "a picture (image/png)", "save it"),
    "a torn ZIP named .html": (zip_named_html, 10, "The archive is damaged", "Pack it again"),
    "noise named .html": (noise_named_html, 10, "a binary file", "save it"),
    "too large": (too_large, 10, "larger than 32 MB", "beside it"),
    "page without an article": (no_article, 20, "article", ""),
    "half a document": (no_document, 30, "no document of exporter", "docs/model.md"),
}


@pytest.mark.parametrize("case", SOURCES)
@pytest.mark.parametrize("format_name", ["pdf", "epub", "text"])
def test_a_bad_source(case: str, format_name: str, command: Command, tmp_path: Path) -> None:
    make, code, told, advice = SOURCES[case]
    source = make(tmp_path)
    done = command(format_name, source)
    expect_one_line(done, code, told, advice)
    assert list((tmp_path / "here").iterdir()) == []


def expect_one_line(done: subprocess.CompletedProcess[bytes], code: int, told: str, advice: str = "") -> None:
    complaint = done.stderr.decode()
    assert done.returncode == code, complaint
    assert done.stdout == b""
    assert complaint.startswith("exporter: ")
    assert complaint.count("\n") == 1
    assert told in complaint
    assert advice in complaint


def test_nothing_on_standard_input(command: Command) -> None:
    expect_one_line(command("text", "-"), 10, "The source is empty: standard input.")


@pytest.mark.parametrize("address", ["http://[::1", "javascript:alert(1)", "/bells", "ftp://merrow.example/"])
def test_a_base_that_is_no_web_address(address: str, page: Path, command: Command) -> None:
    expect_one_line(command("text", page, "--base-url", address), 2, f"No page was saved from {address!r}", "https://")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(page: Path, command: Command) -> None:
    page.chmod(0)
    expect_one_line(command("text", page), 10, "may not be read", "chmod u+r")


# -------------------------------------------------------------------------------------------------------------- targets


def test_a_missing_output_folder(page: Path, command: Command, tmp_path: Path) -> None:
    expect_one_line(command("pdf", page, "-o", tmp_path / "no" / "x.pdf"), 50, "does not exist", "mkdir -p")
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("name", ["no/", "no/such/"])
def test_an_output_folder_that_is_not_there(name: str, page: Path, command: Command, tmp_path: Path) -> None:
    expect_one_line(command("text", page, "-o", f"{tmp_path}/{name}"), 50, "does not exist", "mkdir -p")
    assert not (tmp_path / "no").exists()


def test_a_folder_in_the_place_of_the_output(page: Path, command: Command, tmp_path: Path) -> None:
    (tmp_path / f"{page.stem}.txt").mkdir()
    expect_one_line(command("text", page, "-o", tmp_path), 50, "is a folder", "Name a file in it")


def test_a_folder_named_as_a_result_is_left_alone(page: Path, command: Command, tmp_path: Path) -> None:
    """A book of some programs is a folder; whoever means to put another into it says so with a stroke at its end."""
    (tmp_path / "talk.epub").mkdir()
    expect_one_line(command("epub", page, "-o", tmp_path / "talk.epub"), 50, "is a folder", "Name a file in it")
    assert list((tmp_path / "talk.epub").iterdir()) == []
    assert command("epub", page, "-o", f"{tmp_path}/talk.epub/").returncode == 0
    assert (tmp_path / "talk.epub" / "bells.epub").is_file()


def test_an_output_below_a_file(page: Path, command: Command) -> None:
    expect_one_line(command("pdf", page, "-o", page / "x.pdf"), 50, "is no folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_output_folder(page: Path, command: Command, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    expect_one_line(command("pdf", page, "-o", locked / "x.pdf"), 50, "Nothing may be written", "Choose another")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk(page: Path, command: Command) -> None:
    expect_one_line(command("text", page, "-o", "/dev/full"), 50, "No space left on device")


def test_no_room_for_what_is_kept_meanwhile(page: Path, tmp_path: Path) -> None:
    """The renderer needs the fonts in files, which may be larger than a file may be here."""
    program = f"ulimit -f 8; exec {quote(sys.executable)} -B -m exporter pdf {quote(str(page))} -o talk.pdf"
    done = subprocess.run(["/bin/sh", "-c", program], cwd=tmp_path, capture_output=True, check=False)
    expect_one_line(done, 50, "Nothing can be stored in", "TMPDIR")
    assert not (tmp_path / "talk.pdf").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [["text", "-o", "-"], ["explain"], ["json", "--json"]])
def test_standard_output_on_a_full_disk(words: list[str], page: Path, tmp_path: Path) -> None:
    done = in_a_shell(f"{words[0]} {quote(str(page))} {' '.join(words[1:])} >/dev/full", tmp_path)
    assert done.returncode == 50
    assert (
        done.stderr.decode().splitlines()[-1].startswith("exporter: Standard output cannot be written: No space left")
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", ["--help", "pdf --help", "--version"])
def test_help_on_a_full_disk(words: str, tmp_path: Path) -> None:
    expect_one_line(in_a_shell(f"{words} >/dev/full", tmp_path), 50, "Standard output cannot be written: No space left")


def test_closed_streams(page: Path, tmp_path: Path) -> None:
    """What a caller closes is missed only where it is needed, and nothing else gets its number."""
    done = in_a_shell(f"text {quote(str(page))} -o - >&-", tmp_path)
    expect_one_line(done, 50, "Standard output is closed.", "Name a file with -o")
    assert in_a_shell(f"epub {quote(str(page))} -o a.epub >&- 2>&- <&-", tmp_path).returncode == 0
    assert in_a_shell(f"epub {quote(str(page))} -o b.epub", tmp_path).returncode == 0
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()
    expect_one_line(in_a_shell("text - <&-", tmp_path), 10, "The source is empty: standard input.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_nobody_can_read_what_is_said(page: Path, tmp_path: Path) -> None:
    assert in_a_shell(f"text {quote(str(page))} -o a.txt 2>/dev/full", tmp_path).returncode == 0
    assert in_a_shell("text none.html -o b.txt 2>/dev/full", tmp_path).returncode == 10


def in_a_shell(words: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    line = f"exec {quote(sys.executable)} -m exporter {words}"
    return subprocess.run(["/bin/sh", "-c", line], cwd=folder, capture_output=True, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="file names of macOS are Unicode")
def test_a_name_that_is_no_text(page: Path, command: Command, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    done = command("text", page, "-o", name)
    assert (done.returncode, done.stdout) == (0, b"caf\xe9.txt\n"), done.stderr.decode()
    done = command("text", page, "-o", name, "--json")
    assert (done.returncode, json.loads(done.stdout)["target"]) == (0, name), done.stderr.decode()


def test_a_terminal_without_the_letters(page: Path, command: Command) -> None:
    page.write_text(page.read_text("utf-8").replace("The pigeons", "Éoliennes: the pigeons"), "utf-8")
    done = command("explain", page, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr.decode()
    assert rb"\xc9oliennes" in done.stdout


def test_a_name_too_long(page: Path, command: Command, tmp_path: Path) -> None:
    expect_one_line(command("text", page, "-o", tmp_path / ("x" * 300 + ".txt")), 50, "too long")


def test_an_old_result_stays_when_the_new_one_fails(command: Command, tmp_path: Path) -> None:
    old = written(tmp_path / "here" / "menu.txt", b"the old one")
    assert command("text", no_article(tmp_path), "-o", old).returncode == 20
    assert old.read_bytes() == b"the old one"


# ------------------------------------------------------------------------------------------------- bad, but good enough


@pytest.mark.parametrize("head", ["<base href='http://[x/'>", "<base href='https://merrow.example/'>", ""])
@pytest.mark.parametrize("address", ["http://[x", "/bells"])
def test_a_malformed_address_leads_nowhere(head: str, address: str, page: Path, command: Command) -> None:
    """In the page's own head, in links and pictures: it is dropped, and the words stay."""
    links = f"{head}<link rel='canonical' href='{address}'>"
    words = (
        page.read_text("utf-8")
        .replace("<title>", f"{links}<title>")
        .replace("To be left", "<a href=//[x>To</a> be left")
    )
    page.write_text(words.replace("images/tower.png", "//[x/tower.png"), "utf-8")
    done = command("json", page, "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert [
        line for line in done.stdout.splitlines() if b"[x" in line and b'"source": "//[x/tower.png"' not in line
    ] == []


def test_a_missing_picture_is_a_notice(page: Path, command: Command) -> None:
    (page.parent / "images" / "tower.png").unlink()
    for format_name in ("pdf", "epub", "html", "json"):
        done = command(format_name, page, "--json")
        assert done.returncode == 0, done.stderr.decode()
        assert "picture-missing" in {each["code"] for each in json.loads(done.stdout)["notices"]}
    text = command("text", page, "-o", "-").stdout.decode()
    assert "The tower at Merrow." in text
    assert "Ola Venn" in text


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\n torn", b"not a picture"])
def test_a_bad_picture_is_a_notice(page: Path, command: Command, content: bytes) -> None:
    (page.parent / "images" / "tower.png").write_bytes(content)
    done = command("epub", page, "--json")
    assert done.returncode == 0
    assert "picture-refused" in {each["code"] for each in json.loads(done.stdout)["notices"]}


@pytest.mark.parametrize("share", [0.9, 0.75])
def test_a_truncated_page_gives_what_it_has(page: Path, command: Command, share: float) -> None:
    whole = page.read_bytes()
    page.write_bytes(whole[: int(len(whole) * share)])
    done = command("text", page, "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert "To be left alone, mostly." in done.stdout.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1251x", "shift_jis"])
def test_a_wrong_declaration_does_not_hurt(page: Path, command: Command, encoding: str, declared: str) -> None:
    words = page.read_text("utf-8").replace("utf-8", declared).replace("The pigeons", "Åse’s café — “the pigeons”")
    page.write_bytes(words.encode(encoding))
    done = command("text", page, "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert "Åse’s café — “the pigeons” stay." in done.stdout.decode()


def test_a_page_of_20_megabytes(page: Path, command: Command, tmp_path: Path) -> None:
    filler = "<script>" + "x = 1;\n" * (20 * 2**20 // 7) + "</script>"
    page.write_text(page.read_text("utf-8").replace("</body>", filler + "</body>"), "utf-8")
    assert page.stat().st_size > 20 * 2**20
    done = command("text", page, "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert "The pigeons stay." in done.stdout.decode()


def test_a_paragraph_without_end_is_too_long_for_print_only(page: Path, command: Command, tmp_path: Path) -> None:
    """The renderer of print needs minutes for such a one, above all where no space stands in it; it is never asked."""
    endless = "coo " * 8_000 + "coo."
    words = page.read_text("utf-8").replace("</article>", f"<p>One of a kind: {endless}</p></article>")
    assert endless in words
    page.write_text(words, "utf-8")
    done = command("pdf", page, "-o", tmp_path / "pigeons.pdf")
    assert done.returncode == 50, done.stderr.decode()
    assert "letters in one paragraph" in done.stderr.decode()
    done = command("html", page, "-o", tmp_path / "pigeons.html")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "pigeons.html").read_text("utf-8").count("coo") == 8001


def test_a_page_cannot_reach_outside_its_folder(page: Path, command: Command, photo: Callable[..., bytes]) -> None:
    secret = page.parent.parent / "secret.jpg"
    secret.write_bytes(photo())
    (page.parent / "images" / "link.jpg").symlink_to(secret)
    for reference in ("../secret.jpg", "%2e%2e/secret.jpg", secret.as_uri(), str(secret), "images/link.jpg"):
        page.write_text(page.read_text("utf-8").replace("images/tower.png", reference), "utf-8")
        done = command("json", page, "-o", "-")
        assert json.loads(done.stdout).get("assets", []) == [], reference
        page.write_text(page.read_text("utf-8").replace(reference, "images/tower.png"), "utf-8")


def test_without_pango_one_line_names_the_doctor(tmp_path: Path) -> None:
    program = """
import sys, cffi
def nowhere(*_):
    raise OSError("cannot load library 'libpango-1.0-0'")
cffi.FFI.dlopen = nowhere
from exporter import cli
sys.exit(cli.run(sys.argv[1:]))
"""
    source = Path(__file__).resolve().parent / "documents" / "kitchen-sink.json"
    words = [sys.executable, "-c", program]
    done = subprocess.run([*words, "pdf", source], cwd=tmp_path, capture_output=True, check=False)
    expect_one_line(done, 50, "WeasyPrint cannot start", "exporter doctor")
    assert list(tmp_path.iterdir()) == []
    done = subprocess.run([*words, "doctor"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"trial pdf" in done.stdout
    assert b"To mend it:" in done.stderr


# ------------------------------------------------------------------------------------------------- what keeps one waiting

NO_FILES = {
    "source": ("text", "{}"),
    "document": ("pdf", "{}", "--from", "json"),
    "explained": ("explain", "{}"),
    "proofread": ("proof", "{}"),
    "drawn": ("preview", "{}"),
    "checked": ("check", "{}"),
    "style": ("html", "{page}", "--style", "{}"),
    "cover": ("epub", "{page}", "--cover", "{}"),
    "profile": ("pdf", "{page}", "--standard", "x", "--icc", "{}"),
    "site rules": ("text", "{page}", "--site", "{}.toml"),
    "rules to check": ("sites", "--check", "{}.toml"),
    "site config": ("sites", "--import", "{}"),
    "page for rules": ("sites", "--check", "{rules}", "{}"),
    "theme": ("epub", "{page}", "--theme", "{theme}"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize("use", NO_FILES)
def test_nobody_waits_for_a_pipe(use: str, kind: str, page: Path, command: Command, tmp_path: Path) -> None:
    made = tmp_path / "made"
    for name in (made, made.with_suffix(".toml")):
        os.mkfifo(name) if kind == "pipe" else name.symlink_to("/dev/zero")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "theme.toml").symlink_to(made)
    rules = written(tmp_path / "rules.toml", b'hosts = ["merrow.example"]\nheadline = "h1"\n')
    words = [word.format(made, page=page, rules=rules, theme=theme) for word in NO_FILES[use]]
    done = command(*words)
    assert done.returncode in {2, 10, 40}, done.stderr
    expect_one_line(done, done.returncode, "")
    assert list((tmp_path / "here").iterdir()) == []


# ----------------------------------------------------------------------------------------------------------------- depth


def nested(kind: str, depth: int) -> bytes:
    """A document whose parts stand inside one another so many times."""
    text = '{"type":"text","text":"x"}'
    paragraph = f'{{"type":"paragraph","children":[{text}]}}'
    opened, inside, closed = {
        "sidebar": ('{"type":"sidebar","blocks":[', paragraph, "]}"),
        "quote": ('{"type":"block-quote","blocks":[', paragraph, "]}"),
        "list": ('{"type":"list","entries":[{"type":"list-entry","blocks":[', paragraph, "]}]}"),
        "emphasis": ('{"type":"emphasis","children":[', text, "]}"),
    }[kind]
    block = opened * depth + inside + closed * depth
    if kind == "emphasis":
        block = f'{{"type":"paragraph","children":[{block}]}}'
    head = f'{{"type":"document","assets":[],"article":{{"type":"article","headline":[{text}],"metadata":{{"type":"metadata"}}'
    return f'{head},"body":[{block}]}}}}'.encode()


@pytest.mark.parametrize("levels", [148, 200, 400])
@pytest.mark.parametrize("kind", ["sidebar", "quote", "list", "emphasis"])
def test_a_document_may_be_as_deep_as_the_model_says(
    kind: str, levels: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    depth = levels // 2 if kind == "list" else levels  # an entry is a level as well
    source = written(tmp_path / "deep.json", nested(kind, depth))
    for suffix in (".json", ".txt", ".md", ".html", ".epub"):
        target = tmp_path / f"out{suffix}"
        if levels < 150:
            exporter.export(source, target)
        else:
            with pytest.raises(exporter.InvalidDocument):
                exporter.export(source, target)
    code = cli.run(["pdf", str(source), "-o", str(tmp_path / "out.pdf")])
    assert code in ({0, 50} if levels < 150 else {30})  # print may refuse earlier
    assert capsys.readouterr().err.count("\n") == 1
