"""Where pages come from, what they are made of, and what they may reach."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from exporter.images import Refused
from exporter.readers import READERS, named, sniff
from exporter.sources import open_source
from exporter.sources.encoding import decode
from exporter.sources.source import Source


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder as browsers and other savers leave it, beside something that is nobody's business."""
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    folder = tmp_path / "saved"
    for name in ("images", "Talk_files", "Talk"):
        (folder / name).mkdir(parents=True)
    (folder / "Talk.html").write_bytes(b"<p>words")
    (folder / "images" / "a b.jpg").write_bytes(b"one")
    (folder / "Talk_files" / "c.jpg").write_bytes(b"two")
    (folder / "Talk_files" / "caf\u00e9.jpg").write_bytes(b"three")
    (folder / "d?e=1.jpg").write_bytes(b"four")
    (folder / "out.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "in.jpg").symlink_to(folder / "images" / "a b.jpg")
    (folder / "ring.jpg").symlink_to(folder / "ring.jpg")
    return folder


FOUND = {
    "images/a b.jpg": b"one",
    " ./images/a%20b.jpg?w=900#x ": b"one",
    "https://example.org/media/images/a%20b.jpg?w=900": b"one",
    "//cdn.example.org/images/a%20b.jpg": b"one",
    "/images/a%20b.jpg": b"one",
    "images\\a b.jpg": b"one",
    "in.jpg": b"one",
    "Talk_files/c.jpg": b"two",
    "https://cdn.example.org/x/y/c.jpg": b"two",
    "Other_files/c.jpg": b"two",
    "Talk_files/cafe%CC%81.jpg": b"three",
    "d?e=1.jpg": b"four",
    "data:image/png;base64,b25l": b"one",
    "DATA:image/png;base64, b2 5s ": b"onl",
    "data:text/plain,a%20b": b"a b",
}


@pytest.mark.parametrize("reference", FOUND)
def test_a_picture_is_found_under_the_name_that_the_page_gives(saved: Path, reference: str) -> None:
    assert open_source(saved).picture(reference) == FOUND[reference]


def test_a_folder_that_comes_beside_the_page_later_is_seen(saved: Path) -> None:
    """The folders beside a page are remembered for all its pictures, and for the other pages there; not for good."""
    source = open_source(saved)
    assert isinstance(source.picture("https://cdn.example.org/x/late.jpg"), Refused)
    (saved / "Talk-Dateien").mkdir()
    (saved / "Talk-Dateien" / "late.jpg").write_bytes(b"late")
    assert source.picture("https://cdn.example.org/x/late.jpg") == b"late"


NOT_FOUND = {
    "../secret.jpg": "picture-refused",
    "images/../../secret.jpg": "picture-refused",
    "%2e%2e/secret.jpg": "picture-refused",
    "..\\secret.jpg": "picture-refused",
    "out.jpg": "picture-refused",
    "file:///etc/passwd": "picture-refused",
    "C:\\boot.ini": "picture-refused",
    "javascript:alert(1)": "picture-refused",
    "blob:https://example.org/1": "picture-refused",
    "/etc/passwd": "picture-missing",
    "images": "picture-missing",
    "ring.jpg": "picture-missing",
    "none.jpg": "picture-missing",
    "": "picture-missing",
    "?x=1": "picture-missing",
    "a\0b.jpg": "picture-missing",
    "x" * 9000: "picture-missing",
    "http://[": "picture-missing",
    "data:image/png": "picture-missing",
    "https://example.org/none.jpg": "picture-not-local",
    "https://example.org/": "picture-missing",
}


@pytest.mark.parametrize("reference", NOT_FOUND)
def test_nothing_else_is_opened(saved: Path, reference: str) -> None:
    found = open_source(saved).picture(reference)
    assert isinstance(found, Refused)
    assert found.code == NOT_FOUND[reference]


def test_a_pipe_or_a_folder_is_no_picture(saved: Path) -> None:
    os.mkfifo(saved / "pipe.jpg")
    assert isinstance(open_source(saved).picture("pipe.jpg"), Refused)


def test_a_page_without_a_folder_has_only_what_is_inside_it() -> None:
    source = open_source(b"<p>words")
    assert isinstance(source.picture("images/a.jpg"), Refused)
    assert source.picture("data:;base64," + base64.b64encode(b"x").decode()) == b"x"


def test_names_and_suffixes(saved: Path) -> None:
    source = open_source(saved / "Talk.html")
    assert (source.name, source.suffix, source.origin) == ("Talk", ".html", str(saved / "Talk.html"))


def test_a_page_that_begins_with_a_drawing_is_a_page() -> None:
    page = b"<svg><path d='M0 0'/></svg><p>words"
    assert open_source(page).content == page


# ------------------------------------------------------------------------------------------------------------ what kind

KINDS = {
    "<!DOCTYPE html><p>words": "html",
    "\ufeff  <html lang=en>": "html",
    "<!-- saved from url --><div>": "html",
    "words without marks": "text",
    "1 < 2 and <b>bold</b> stays text": "text",
    '{"type": "document", "article": {}}': "json",
    '{"other": 1}': "text",
}


@pytest.mark.parametrize("content", KINDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_kind_a_source_is_tells_its_beginning(content: str, encoding: str) -> None:
    assert sniff(Source("x", content.encode(encoding))).name == KINDS[content]


def test_the_suffix_decides_where_the_content_does_not() -> None:
    assert sniff(Source("x", b"plain words", suffix=".html")).name == "html"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_each_reader_is_found_by_name(reader: object) -> None:
    assert named(reader.name) is reader  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------------------- decoding

FRENCH = "<html lang=fr><p>Déjà vu — l’été fut très chaud, disait-elle ; où étiez-vous ?</p>"
RUSSIAN = "<html lang=ru><p>Он ждал прилива, а прилив никого не ждёт; так он и говорил каждому капитану.</p>"
POLISH = "<html lang=pl><p>Źródło bije pod dębem, a jeśli ktoś pyta, skąd ta woda, nikt już nie pamięta.</p>"
JAPANESE = "<html lang=ja><p>潮は人を待たない。船長は毎朝そう言って、静かに港を出て行った。</p>"
ARABIC = "<html lang=ar><p>المد لا ينتظر أحدا، هكذا كان يقول كل صباح وهو يخرج بالسفينة من الميناء.</p>"
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'

DECODED: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    # what it is: text, encoding it is written in, declared, codes of the notices
    "UTF-8, undeclared": (RUSSIAN, "utf-8", "", ()),
    "UTF-8, declared": (RUSSIAN, "utf-8", "utf-8", ()),
    "UTF-8, declared as something else": (FRENCH, "utf-8", "iso-8859-1", ("encoding-repaired",)),
    "UTF-8 with its mark": (FRENCH, "utf-8-sig", "iso-8859-1", ()),
    "UTF-16 with its mark": (RUSSIAN, "utf-16", "", ()),
    "UTF-16 without": (FRENCH, "utf-16-le", "", ("encoding-guessed",)),
    "UTF-16, the other way round": (ARABIC, "utf-16-be", "utf-8", ("encoding-guessed",)),
    "UTF-32 with its mark": (FRENCH, "utf-32", "", ()),
    "Western, declared": (FRENCH, "cp1252", "iso-8859-1", ()),
    "Western, undeclared": (FRENCH, "cp1252", "", ("encoding-guessed",)),
    "Western, declared UTF-8": (FRENCH, "cp1252", "utf-8", ("encoding-repaired",)),
    "Cyrillic, declared": (RUSSIAN, "cp1251", "windows-1251", ()),
    "Cyrillic, undeclared": (RUSSIAN, "cp1251", "", ("encoding-guessed",)),
    "Cyrillic, declared Latin": (RUSSIAN, "cp1251", "iso-8859-1", ("encoding-repaired",)),
    "KOI8": (RUSSIAN, "koi8-r", "koi8-r", ()),
    "Polish": (POLISH, "iso-8859-2", "iso-8859-2", ()),
    "Arabic": (ARABIC, "cp1256", "windows-1256", ()),
    "Japanese": (JAPANESE, "cp932", "Shift_JIS", ()),
    "Japanese, undeclared": (JAPANESE, "cp932", "", ("encoding-guessed",)),
    "Japanese in seven bits": (JAPANESE, "iso2022_jp", "ISO-2022-JP", ()),
    "a name that is none": (FRENCH, "cp1252", "x-user-defined", ("encoding-guessed",)),
    "a codec that is no encoding": (FRENCH, "utf-8", "rot13", ()),
}


@pytest.mark.parametrize("case", DECODED)
def test_words_come_out_as_they_were_written(case: str) -> None:
    text, encoding, declared, codes = DECODED[case]
    whole = (META.format(declared) if declared else "") + text
    decoded = decode(whole.encode(encoding))
    assert decoded.text == whole
    assert tuple(each.code for each in decoded.notices) == codes


def test_a_late_declaration_counts() -> None:
    whole = f"<script>{'x' * 50_000}</script>" + META.format("windows-1251") + RUSSIAN
    assert decode(whole.encode("cp1251")).text == whole


def test_a_declaration_of_xml_counts() -> None:
    whole = '<?xml version="1.0" encoding="iso-8859-2"?>' + POLISH
    assert decode(whole.encode("iso-8859-2")).text == whole


def test_what_the_server_said_counts() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "windows-1251").text == RUSSIAN


def test_one_torn_character_does_not_spoil_the_rest() -> None:
    decoded = decode(RUSSIAN.encode() + b"\xd0")
    assert decoded.text == RUSSIAN + "\ufffd"
    assert [each.code for each in decoded.notices] == ["characters-replaced"]
