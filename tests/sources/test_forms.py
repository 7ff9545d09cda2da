"""The same page in every form that people have it in: the same document, differences explained one by one."""

from __future__ import annotations

import io
import pickle
import plistlib
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from exporter import Document, SourceError, read
from exporter.images import Refused
from exporter.model import Figure, Text
from exporter.model.walk import walk
from exporter.sources import open_source, openings
from exporter.sources.kinds import SOURCES, kind_of
from exporter.sources.policy import MIB, Limits, ReadOptions

FORMS = Path(__file__).resolve().parent / "forms"
PLAIN = FORMS / "plain"
ADDRESS = "https://pier.example/talks/tide.html"
NOTE = (
    "A note from the editors: the hut can be seen from outside only, and the boards are slippery after rain, "
    "so wear good shoes."
)


def words(document: Document) -> list[str]:
    """The text of the article in its order, white space as browsers show it."""
    return [" ".join(node.text.split()) for node in walk(document.article) if isinstance(node, Text)]


def pictures(document: Document) -> list[str]:
    return [asset.digest for asset in document.assets]


@pytest.fixture(scope="module")
def plain() -> Document:
    """The page as it is."""
    return read(PLAIN / "talk.html").document


def files() -> dict[str, bytes]:
    return {each.relative_to(PLAIN).as_posix(): each.read_bytes() for each in PLAIN.rglob("*") if each.is_file()}


def zipped(prefix: str = "", *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in files().items():
            archive.writestr(prefix + name, content)
    return packed.getvalue()


def webarchive(form: plistlib.PlistFormat = plistlib.FMT_BINARY) -> bytes:
    parts = [
        {
            "WebResourceURL": f"https://pier.example/talks/{name}",
            "WebResourceData": content,
            "WebResourceMIMEType": "image/jpeg",
        }
        for name, content in files().items()
        if name.startswith("images/")
    ]
    main = {
        "WebResourceURL": ADDRESS,
        "WebResourceData": files()["talk.html"],
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceFrameName": "",
    }
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": parts}, fmt=form)


def newsletter() -> bytes:
    mail = EmailMessage()
    mail["From"] = "The Pier Review <letters@pier.example>"
    mail["To"] = "reader@example.org"
    mail["Subject"] = "“The tide keeps no calendar”"
    mail["Date"] = "Tue, 20 May 2025 08:00:00 +0200"
    mail["Message-ID"] = "<1@pier.example>"
    mail.set_content("Read it in your browser.")
    page = files()["talk.html"].decode()
    for name in files():
        page = page.replace(name, f"cid:{name.replace('/', '.')}@pier.example")
    mail.add_alternative(page, subtype="html")
    related = mail.get_payload()[1]  # type: ignore[index]
    for name, content in files().items():
        if name.startswith("images/"):
            subtype = name.rpartition(".")[2].replace("jpg", "jpeg")
            related.add_related(content, "image", subtype, cid=f"<{name.replace('/', '.')}@pier.example>")  # type: ignore[union-attr]
    return mail.as_bytes()


FORMS_OF_IT: dict[str, Callable[[], bytes | Path]] = {
    "MHTML of Chromium": lambda: FORMS / "chromium.mhtml",
    "SingleFile": lambda: FORMS / "single-file.html",
    "folder of Firefox": lambda: FORMS / "firefox",
    "web archive of Safari": webarchive,
    "web archive in XML": lambda: webarchive(plistlib.FMT_XML),
    "ZIP": zipped,
    "ZIP of a folder": lambda: zipped("the talk/"),
    "ZIP of a web archive": lambda: _packed("talk.webarchive", webarchive()),
    "ZIP of an MHTML file": lambda: _packed("talk.mhtml", (FORMS / "chromium.mhtml").read_bytes()),
    "mail": newsletter,
}
SCRIPTED = {"MHTML of Chromium", "SingleFile", "ZIP of an MHTML file"}
"""These keep what scripts made: the note in the shadow tree."""

SHOWN = {*SCRIPTED, "folder of Firefox"}
"""These put first what was shown of a picture element: the WebP. Of the page as it is, the JPEG is taken."""
WEBP = sha256((PLAIN / "images" / "boat.webp").read_bytes()).hexdigest()


def _packed(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("form", FORMS_OF_IT)
def test_the_same_page_gives_the_same_document(form: str, plain: Document) -> None:
    document = read(FORMS_OF_IT[form]()).document
    told = words(document)
    if form in SCRIPTED:
        told.remove(NOTE)
    assert told == words(plain)
    assert document.article.metadata.published[:10] == "2025-05-20"
    first, boat, *others = pictures(document)
    assert [first, *others] == [pictures(plain)[0], *pictures(plain)[2:]]
    assert boat == (WEBP if form in SHOWN else pictures(plain)[1])
    assert all(image.asset for node in walk(document.article) if isinstance(node, Figure) for image in node.images)


def test_ruby_and_paragraphs_keep_their_ends_where_singlefile_leaves_out_the_tags() -> None:
    told = "".join(words(read(FORMS / "single-file-ruby.html").document))
    assert "灯台守" in told
    assert "とうだいもり" in told
    assert told.index("油のにおいがする") < told.index("古いランプ") < told.index("その夜も同じだった")


def test_a_page_in_a_container_knows_its_address() -> None:
    assert open_source(FORMS / "chromium.mhtml").base_url == "http://127.0.0.1:8766/talk.html"
    assert open_source(webarchive()).base_url == ADDRESS
    other = ReadOptions(base_url="https://other.example/")
    assert open_source(webarchive(), other).base_url == "https://other.example/"


def test_a_mail_without_html_is_read_as_text() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ada <ada@pier.example>", "you@example.org"
    mail["Subject"], mail["Date"] = "A talk by the sea", "Tue, 20 May 2025 08:00:00 +0200"
    mail.set_content(
        "\n\n".join(["Nobody spoke before the second boat came in, and then everybody did at once. " * 3] * 4)
    )
    document = read(mail.as_bytes()).document
    assert words(document)[0] == "A talk by the sea"


def test_a_zip_of_several_pages_holds_them_all() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for folder in ("one", "two"):
            for name, content in files().items():
                archive.writestr(f"{folder}/{name}", content)
            archive.writestr(f"{folder}/talk_files/frame.html", b"<p>a frame of the page, no page")
    content = packed.getvalue()
    found = [opened() for _, opened in openings(content)]
    assert len(found) == 2
    assert not isinstance(found[1].picture("images/lamp.jpg"), Refused)
    with pytest.raises(SourceError, match="more than one page"):
        open_source(content)
    again = pickle.loads(pickle.dumps(found[0]))  # noqa: S301 - our own
    assert again.picture("images/lamp.jpg") == found[0].picture("images/lamp.jpg")


WRONG: dict[str, tuple[bytes, str]] = {
    "a torn archive": (zipped()[:-200], "The archive is damaged"),
    "an archive without pages": (_packed("a.jpg", b"x"), "no page"),
    "an office document": (_packed("[Content_Types].xml", b"<x/>"), "an office document"),
    "a web archive without its page": (
        plistlib.dumps({"WebSubresources": []}, fmt=plistlib.FMT_BINARY),
        "no web archive",
    ),
    "half a web archive": (webarchive()[:500], "no web archive"),
    "a torn web archive in XML": (webarchive(plistlib.FMT_XML)[:2000], "no web archive"),
    "an MHTML file of pictures": (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\nwords",
        "holds no page",
    ),
    "a mail without words": (
        b"From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nwords",
        "holds no words",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_damaged_is_said_in_one_line(case: str) -> None:
    content, said = WRONG[case]
    with pytest.raises(SourceError, match=said):
        open_source(content)


def test_sizes_are_counted_and_not_believed() -> None:
    small = ReadOptions(limits=replace(Limits(), page=2000))
    with pytest.raises(SourceError, match="is larger than"):
        open_source(zipped(), small)
    packed = _packed("talk.html", b"<p>" + b"words " * (6 * MIB))
    assert len(packed) > 32 * MIB
    with pytest.raises(SourceError, match=r"talk\.html in the page is larger than 32 MB"):
        open_source(packed)


def test_an_encrypted_page_is_told() -> None:
    content = bytearray(_packed("talk.html", b"<p>words"))
    for place in (6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1  # what says that a password is wanted
    with pytest.raises(SourceError, match="encrypted"):
        open_source(bytes(content))


NOT_THESE = {
    "a page that quotes a message": b"<!DOCTYPE html><pre>From: a\nTo: b\nContent-Type: text/html\n</pre>",
    "a talk with labels": b"Q: When did you come?\nA: In winter.\nDate: unknown\nFrom: the pier\n",
    "a text that speaks of PK": b"PK, the initials on the lamp, were his uncle's.",
}


@pytest.mark.parametrize("case", NOT_THESE)
def test_a_page_is_no_container(case: str) -> None:
    assert kind_of(NOT_THESE[case]) is None


def test_telling_the_kind_of_any_page_takes_no_time() -> None:
    hostile = (b"a: b\n" * 20_000, b"a:\n " * 20_000, b"x" * 70_000, b"\n" * 70_000, b"<plist" * 12_000)
    begun = time.process_time()
    for content in hostile:
        kind_of(content)
    assert time.process_time() - begun < 1
    assert len({kind.name for kind in SOURCES}) == len(SOURCES)


# ---------------------------------------------------------------------------------------------------------- office, e-books

WRITTEN = """<html><head><title>The pier</title></head><body><h1>The pier</h1>
<p>For thirty years Tom Reed has lit the lamps on the old pier, and he has never once been late for it, he says.</p>
<p><img src="images/lamp.jpg" width="480" height="320"/></p>
<h2>When did you first come out here?</h2><p>In the winter of ninety-four, with my uncle.</p>
<h2>What has changed since then?</h2><p>The lamps, for one thing. We had oil until the storm, and now there is a box.</p>
<h2>Do you miss the sound?</h2><p>Every night. My daughter recorded it for me on her telephone.</p>
</body></html>"""


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_document_of_a_word_processor_is_read_through_pandoc(kind: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(WRITTEN, "utf-8")
    command = ["pandoc", "page.html", "--quiet", f"--resource-path={PLAIN}", "-o", f"talk.{kind}"]
    subprocess.run(command, cwd=tmp_path, check=True)
    document = read(tmp_path / f"talk.{kind}").document
    plain = read(WRITTEN.encode()).document
    assert [text for text in words(document) if text.startswith("The lamps")] == [
        text for text in words(plain) if text.startswith("The lamps")
    ]
    assert [type(block).__name__ for block in document.article.body].count("Turn") == 3
    assert pictures(document) == [sha256((PLAIN / "images" / "lamp.jpg").read_bytes()).hexdigest()]
    torn = (tmp_path / f"talk.{kind}").read_bytes()[:-400]
    with pytest.raises(SourceError, match="pandoc cannot read"):
        open_source(torn)


def test_without_pandoc_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SourceError, match="document of a word processor") as caught:
        open_source(_packed("word/document.xml", b"<x/>"))
    assert "Install pandoc" in caught.value.advice


def test_a_picture_above_the_page_of_an_archive_is_found_and_nothing_outside_of_it() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("OEBPS/text/one.xhtml", WRITTEN)
        archive.writestr("OEBPS/images/lamp.jpg", b"lamp")
    source = open_source(packed.getvalue())
    assert source.picture("../images/lamp.jpg") == b"lamp"
    assert source.picture("images/../../images/./lamp.jpg") == b"lamp"
    assert isinstance(source.picture("../../../../etc/passwd"), Refused)
    assert isinstance(source.picture("/etc/passwd"), Refused)
