"""The whole way and each half of it; files whole or not at all; many at once."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

import exporter
from exporter import Document, Options, UsageError, WriteError
from exporter.model import Article, Asset, Metadata, Paragraph, Text, codec
from exporter.model.walk import words_of
from exporter.runtime import files

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "documents"
Golden = Callable[[Path, bytes], None]
BEGINNINGS = {
    "pdf": b"%PDF-",
    "epub": b"PK\x03\x04",
    "html": b"<!DOCTYPE html>",
    "json": b"{",
    "text": b"",
    "markdown": b"",
}


# ------------------------------------------------------------------------------------------------------- read, write, export


@pytest.mark.parametrize("format_name", exporter.output_formats())
def test_each_format_is_written(page: Path, tmp_path: Path, format_name: str) -> None:
    target = tmp_path / "result.bin"
    report = exporter.export(page, target, format=format_name)
    assert target.read_bytes().startswith(BEGINNINGS[format_name])
    assert (report.source, report.target, report.exit_code) == (str(page), str(target), 0)


@pytest.mark.parametrize("ending", ["", "/"])
@pytest.mark.parametrize("format_name", exporter.output_formats())
def test_a_folder_takes_in_a_file_named_after_the_source(
    page: Path, tmp_path: Path, format_name: str, ending: str
) -> None:
    (tmp_path / "shelf").mkdir()
    report = exporter.export(page, f"{tmp_path}/shelf{ending}", format=format_name)
    (stored,) = (tmp_path / "shelf").iterdir()
    assert Path(report.target) == stored
    assert stored.stem == page.stem
    assert stored.read_bytes().startswith(BEGINNINGS[format_name])


@pytest.mark.parametrize("format_name", ["epub", "pdf", "text"])
def test_a_result_is_named_after_the_folder_that_was_asked_for(
    page: Path, tmp_path: Path, format_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, shelf = tmp_path / "the-keeper", tmp_path / "shelf"
    saved.mkdir()
    shelf.mkdir()
    (saved / "article.html").write_bytes(page.read_bytes())
    made = Path(exporter.export(saved, shelf, format=format_name).target)
    assert (made.parent, made.name.partition(".")[0]) == (shelf, "the-keeper")
    monkeypatch.chdir(saved)
    assert Path(exporter.export(".", shelf, format=format_name).target) == made


@pytest.mark.parametrize("format_name", exporter.output_formats())
def test_the_same_input_gives_the_same_bytes(kitchen_sink: Document, format_name: str) -> None:
    program = (
        f"import exporter.model.codec, pathlib, sys; d = exporter.model.codec.decode(pathlib.Path(sys.argv[1]).read_bytes()); \
sys.stdout.buffer.write(exporter.render(d, {format_name!r})[0])"
    )
    digests = set()
    for seed, zone in (("1", "Asia/Kathmandu"), ("2", "America/St_Johns")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        words = [sys.executable, "-c", program, str(DOCUMENTS / "kitchen-sink.json")]
        done = subprocess.run(words, env=surroundings, cwd="/", capture_output=True, check=True)
        digests.add(hashlib.sha256(done.stdout).hexdigest())
    digests.add(hashlib.sha256(exporter.render(kitchen_sink, format_name)[0]).hexdigest())
    assert len(digests) == 1


def test_the_suffix_tells_the_format(page: Path, tmp_path: Path) -> None:
    exporter.export(page, tmp_path / "x.md")
    assert (tmp_path / "x.md").read_text("utf-8").startswith('---\nlang: "en"\nauthor:\n  - "Ines Falk"\n')


def test_an_unknown_suffix_tells_nothing(page: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"does not tell its format"):
        exporter.export(page, tmp_path / "x.docx")


def test_an_unknown_format_names_the_known_ones(page: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no output format 'docx'.* pdf, epub, html"):
        exporter.export(page, tmp_path / "x", format="docx")


def test_an_editor_corrects_a_document_and_exports_it_again(page: Path, tmp_path: Path) -> None:
    middle = tmp_path / "bells.json"
    exporter.export(page, middle)
    middle.write_text(middle.read_text("utf-8").replace("The pigeons stay.", "The swifts stay."), "utf-8")
    exporter.export(middle, tmp_path / "bells.txt")
    assert "The swifts stay." in (tmp_path / "bells.txt").read_text("utf-8")
    first, again = exporter.read(page).document, exporter.read(middle).document
    assert again.assets == first.assets


def test_a_document_by_hand_names_its_pictures_by_path(tmp_path: Path, photo: Callable[..., bytes]) -> None:
    (tmp_path / "a.png").write_bytes(photo(30, 20, "PNG"))
    (tmp_path / "d.json").write_text(
        """{"type": "document", "article": {"type": "article", "metadata": {"type": "metadata"},
        "headline": [{"type": "text", "text": "A"}], "body": [
        {"type": "figure", "images": [{"type": "image", "asset": "one"}]},
        {"type": "figure", "images": [{"type": "image", "asset": "gone"}]}]},
        "assets": [{"type": "asset", "key": "one", "media_type": "image/jpeg", "path": "a.png", "width": 9},
        {"type": "asset", "key": "gone", "media_type": "image/jpeg", "path": "../b.png"},
        {"type": "asset", "key": "unused", "media_type": "image/jpeg", "path": "a.png"}]}""",
        "utf-8",
    )
    reading = exporter.read(tmp_path / "d.json")
    (asset,) = reading.document.assets
    assert (asset.media_type, asset.width, asset.height) == ("image/png", 30, 20)
    assert [each.code for each in reading.notices] == ["picture-refused"]


def test_what_no_figure_shows_is_left_out_with_a_notice(kitchen_sink: Document, tmp_path: Path) -> None:
    bare = replace(kitchen_sink, article=replace(kitchen_sink.article, lead=None))
    exporter.write(bare, tmp_path / "d.json")
    reading = exporter.read(tmp_path / "d.json")
    assert len(reading.document.assets) == 1
    assert [each.code for each in reading.notices] == ["picture-left-out"]


def test_bytes_are_a_source(page: Path) -> None:
    reading = exporter.read(page.read_bytes())
    assert "The pigeons stay." in " ".join(words_of(reading.document))


@pytest.mark.parametrize("moment", ["soon", "1e9", "9" * 30])
def test_a_bad_epoch_is_told(kitchen_sink: Document, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        exporter.render(kitchen_sink, "text")


def test_the_epoch_is_the_moment_of_making(kitchen_sink: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    given, _ = exporter.render(kitchen_sink, "epub", Options(made=moment))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    from_environment, _ = exporter.render(kitchen_sink, "epub")
    assert given == from_environment
    with zipfile.ZipFile(io.BytesIO(given)) as book:
        (package,) = (name for name in book.namelist() if name.endswith(".opf"))
        assert "2020-02-03T04:05:06Z" in book.read(package).decode()


def test_a_picture_that_is_none_is_told_when_written(kitchen_sink: Document) -> None:
    asset = kitchen_sink.assets[0]
    broken = replace(kitchen_sink, assets=(Asset(asset.key, asset.media_type, b"nonsense"), *kitchen_sink.assets[1:]))
    for format_name in ("pdf", "epub"):
        with pytest.raises(WriteError, match="cannot be used"):
            exporter.render(broken, format_name)


# ------------------------------------------------------------------------------------------------------- Markdown and text


@pytest.mark.parametrize(("format_name", "suffix"), [("markdown", "md"), ("text", "txt")])
def test_markdown_and_text_are_as_expected(
    kitchen_sink: Document, golden: Golden, format_name: str, suffix: str
) -> None:
    golden(ROOT / "tests" / "golden" / f"kitchen-sink.{suffix}", exporter.render(kitchen_sink, format_name)[0])


@pytest.mark.parametrize("format_name", ["markdown", "text"])
def test_no_word_is_lost(kitchen_sink: Document, format_name: str) -> None:
    written = exporter.render(kitchen_sink, format_name)[0].decode()
    bare = re.sub(r"<[^>]*>|[\\*#>|`]", "", written) if format_name == "markdown" else written
    # A raised 3 of the document; a formula is words in plain text, and TeX in Markdown.
    plain = bare + re.sub(r"[⁰¹²³]", "3", bare).replace("frac{k}{d^2}", "k/d²")
    printed = replace(kitchen_sink.article, related=())  # links to other articles are in the JSON only
    assert [word for run in words_of(printed) for word in run.split() if word not in plain] == []


HOSTILE = (
    "# no heading",
    "1. no list",
    "2) nor this",
    "- nor this",
    "+ nor this",
    "* nor this",
    "=== no rule",
    "---",
    "***",
    "> no quote",
    "    no code",
    "```no fence",
    "~~~ no fence",
    "[no link](javascript:alert(1))",
    "![no picture](x.png)",
    "[no]: definition",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp; &#60;",
    "a\\*b _c_ **d** `e` <https://x.org>",
    "| no | table |",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_means_what_it_says(words: str) -> None:
    document = Document(Article(Metadata(), (Text("A"),), body=(Paragraph((Text(words),)),)))
    written = exporter.render(document, "markdown")[0].decode()
    tokens = MarkdownIt("commonmark").parse(written)
    assert [token.type for token in tokens if token.nesting == 1] == ["heading_open", "paragraph_open"]
    (_, inline) = (token for token in tokens if token.type == "inline")
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children or ()) == words.strip()


# -------------------------------------------------------------------------------------------------------------------- files


def test_a_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.store(b"x", tmp_path / "x")
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


def test_a_link_is_replaced_and_what_it_leads_to_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"old")
    (tmp_path / "link").symlink_to("theirs")
    files.store(b"new", tmp_path / "link")
    assert (tmp_path / "theirs").read_bytes() == b"old"
    assert (tmp_path / "link").read_bytes() == b"new"


def test_a_pipe_that_nobody_reads_is_an_error_and_no_standstill(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="cannot be written"):
        files.store(b"new", tmp_path / "pipe")


def test_a_pipe_that_somebody_reads_is_filled(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    files.store(b"new", tmp_path / "pipe")
    assert os.read(reader, 10) == b"new"
    os.close(reader)


def test_a_device_is_written_to_and_not_replaced() -> None:
    files.store(b"x", os.devnull)
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(28, "No space left on device"), MemoryError])
def test_what_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, named: bool
) -> None:
    target = tmp_path / "x.pdf"
    target.write_bytes(b"old")

    def broken(_: int) -> None:
        assert len(list(tmp_path.iterdir())) == 1 + named
        raise fault

    if named:  # as on systems that know no files without a name
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("files without a name are Linux's")
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises((WriteError, KeyboardInterrupt, MemoryError)):
        files.store(b"new", target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


# --------------------------------------------------------------------------------------------------------------- transforms


def hostile(tmp_path: Path, page: Path) -> Path:
    middle = tmp_path / "d.json"
    words = page.read_text("utf-8").replace("<h3>Which", '<p><a href="https://example.org/x">leads</a></p><h3>Which', 1)
    exporter.export(words.encode(), middle)
    return middle


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "/a",
        "../a",
        "ht tp://a",
        "https://",
        "https://a b",
        "http://[",
        "#x",
    ],
)
def test_a_link_that_leads_nowhere_keeps_its_words(page: Path, tmp_path: Path, address: str) -> None:
    middle = hostile(tmp_path, page)
    middle.write_text(middle.read_text("utf-8").replace("https://example.org/x", address), "utf-8")
    reading = exporter.read(middle)
    assert next(each.message for each in reading.notices if each.code == "links-without-target").startswith("1 link")
    assert address not in codec.encode(reading.document).decode()
    assert "leads" in exporter.render(reading.document, "text")[0].decode()


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://example.org", "mailto:her@example.org"])
def test_a_link_that_leads_somewhere_stays(page: Path, tmp_path: Path, address: str) -> None:
    middle = hostile(tmp_path, page)
    middle.write_text(middle.read_text("utf-8").replace("https://example.org/x", address), "utf-8")
    assert address in codec.encode(exporter.read(middle).document).decode()


def test_what_no_address_may_hold_is_written_as_it_may_hold_it(page: Path, tmp_path: Path) -> None:
    middle = hostile(tmp_path, page)
    middle.write_text(
        middle.read_text("utf-8").replace("https://example.org/x", "https://example.org/100%|%zz?%C3%BC"), "utf-8"
    )
    assert '"https://example.org/100%25%7C%25zz?%C3%BC"' in codec.encode(exporter.read(middle).document).decode()


def test_control_characters_go_and_are_counted(page: Path, tmp_path: Path) -> None:
    middle = hostile(tmp_path, page)
    text = (
        middle.read_text("utf-8")
        .replace('"leads"', '"\\u0001\\u0002"')
        .replace("The pigeons", "The\\u0007 pig\\uffffeons")
    )
    middle.write_text(text, "utf-8")
    reading = exporter.read(middle)
    assert [each.message.split()[0] for each in reading.notices if each.code == "characters-left-out"] == ["4"]
    assert "The pigeons stay." in exporter.render(reading.document, "text")[0].decode()
    for format_name in ("epub", "pdf"):
        assert exporter.render(reading.document, format_name)[0]


def test_links_to_other_articles_are_left_out_with_a_notice(kitchen_sink: Document) -> None:
    for format_name in exporter.output_formats():
        codes = [each.code for each in exporter.render(kitchen_sink, format_name)[1]]
        assert ("related-left-out" in codes) is (format_name != "json")
