"""The catalogue of a folder: what it says of each file, in both forms, and whose files it leaves alone."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as ET

import feedparser
import pikepdf
import pytest
from PIL import Image

import exporter
from exporter import cli
from exporter.catalogue import catalogue

DOCUMENTS = Path(__file__).parent / "documents"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
ATOM = "{http://www.w3.org/2005/Atom}"


def epub_of(title: str, metadata: str = "", cover: bytes = b"") -> bytes:
    """A small EPUB of those statements; not more than a catalogue looks at."""
    listed = '<item id="c" href="c%20over.png" media-type="image/png" properties="cover-image"/>' if cover else ""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<dc:title>{title}</dc:title>{metadata}</metadata><manifest>{listed}</manifest><spine/></package>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/p.opf"/></rootfiles></container>',
        )
        archive.writestr("OPS/p.opf", package)
        if cover:
            archive.writestr("OPS/c over.png", cover)
    return target.getvalue()


def picture(colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (900, 1400), colour).save(target, "PNG")
    return target.getvalue()


def pdf_of(title: str, author: str) -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(300, 400))
    document.docinfo["/Title"] = title
    document.docinfo["/Author"] = author
    document.docinfo["/ModDate"] = "D:20240102030405+01'00'"
    document.Root.Lang = pikepdf.String("de")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def atom(folder: Path, name: str = "all-1") -> Any:
    text = (folder / "opds" / f"{name}.xml").read_bytes()
    ET.fromstring(text)  # noqa: S314 - our own
    found = feedparser.parse(text)
    assert not found.bozo
    return found


def opds2(folder: Path, name: str = "all-1") -> Any:
    return json.loads((folder / "opds" / f"{name}.json").read_bytes())


def everything(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder of exports: one in two formats, one in another script, a strange name, another's PDF, what is broken."""
    for name in ("ebook-keeper", "interview-arabic"):
        exporter.export(DOCUMENTS / f"{name}.json", tmp_path / f"{name}.epub")
    exporter.export(
        DOCUMENTS / "ebook-keeper.json", tmp_path / "ebook-keeper.pdf", options=exporter.Options(draft=True)
    )
    (tmp_path / "two: 50 % & <more>").mkdir()
    (tmp_path / "two: 50 % & <more>" / "it's #1?.epub").write_bytes(
        epub_of("A &amp; B", "<dc:creator>Ada Quill</dc:creator><dc:language>en</dc:language>", picture("red"))
    )
    (tmp_path / "other.pdf").write_bytes(pdf_of("Das Meer", "Bo Tide"))
    (tmp_path / "torn.epub").write_bytes(epub_of("Torn")[:200])
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / "notes.txt").write_text("mine")
    return tmp_path


def test_each_readable_file_is_in_both_forms_and_each_other_is_named(shop: Path) -> None:
    before = everything(shop)
    report = catalogue(shop, title="The coast")
    assert report.publications == 4
    left_out = [each.where for each in report.notices if each.code == "publication-left-out"]
    assert left_out == ["torn.epub", "torn.pdf"]
    titles = [each.title for each in atom(shop).entries]
    assert titles == [each["metadata"]["title"] for each in opds2(shop)["publications"]]
    assert {"A & B", "Das Meer"} < set(titles)
    after = everything(shop)
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("opds/") for name in set(after) - set(before))


def test_every_address_leads_to_a_file(shop: Path) -> None:
    catalogue(shop)
    found = 0
    for file in (shop / "opds").glob("*.xml"):
        for link in ET.parse(file).iter(f"{ATOM}link"):  # noqa: S314 - our own
            address = urljoin("http://localhost/opds/" + file.name, link.get("href"))
            assert (shop / unquote(address.removeprefix("http://localhost/"))).is_file(), address
            found += 1
    for file in (shop / "opds").glob("*.json"):
        for address in re.findall(r'"href": ?"(.*?)"', file.read_text("utf-8")):
            assert (shop / "opds" / unquote(address)).is_file(), address
            found += 1
    assert found > 60


def test_what_the_book_says_of_itself_is_what_the_catalogue_says(shop: Path) -> None:
    catalogue(shop)
    document = exporter.read(DOCUMENTS / "ebook-keeper.json").document
    stated = document.article.metadata
    entry = next(each for each in atom(shop).entries if len(each.links) == 4)
    told = next(each for each in opds2(shop)["publications"] if each["metadata"]["identifier"] == entry.id)
    assert told["metadata"]["language"] == stated.language
    kinds = [each.type for each in entry.links if each.rel == OPEN_ACCESS]
    assert kinds == ["application/epub+zip", "application/pdf"]
    relations = {each.rel for each in entry.links}
    assert {"http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"} < relations
    with zipfile.ZipFile(shop / "ebook-keeper.epub") as book:
        package = next(book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
    assert entry.id in package
    assert entry.updated in package
    assert all(each.name in package for each in entry.authors)


def test_a_pdf_of_others_is_told_by_its_dictionary_and_shown_by_its_first_page(shop: Path) -> None:
    catalogue(shop)
    found = next(each for each in opds2(shop)["publications"] if each["metadata"]["title"] == "Das Meer")
    assert found["metadata"]["author"] == [{"name": "Bo Tide", "sortAs": "Bo Tide"}]
    assert (found["metadata"]["modified"], found["metadata"]["language"]) == ("2024-01-02T02:04:05Z", "de")
    sizes = [Image.open(io.BytesIO((shop / "opds" / each["href"]).read_bytes())).size for each in found["images"]]
    assert [max(size) for size in sizes] == [1200, 300]


def test_the_second_form_states_what_it_must(shop: Path) -> None:
    # OPDS 2.0, 2 and 4, and the manifest's schemas: the fields without which a client refuses a feed.
    catalogue(shop)
    for file in (shop / "opds").glob("*.json"):
        feed = json.loads(file.read_bytes())
        assert feed["metadata"]["title"]
        assert {"rel": "self", "href": file.name, "type": "application/opds+json"} in feed["links"]
        assert ("publications" in feed) != ("navigation" in feed)
        assert all(each["title"] and each["href"] and each["rel"] for each in feed.get("navigation", ()))
        for each in feed.get("publications", ()):
            assert each["metadata"]["title"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each["metadata"]["modified"])
            assert any(link["rel"] == OPEN_ACCESS and link["type"] for link in each["links"])
            assert {image["type"] for image in each["images"]} <= {"image/jpeg", "image/png"}


def test_the_same_folder_gives_the_same_bytes_and_a_smaller_one_a_smaller_catalogue(shop: Path) -> None:
    catalogue(shop)
    first = everything(shop)
    catalogue(shop)
    assert everything(shop) == first
    (shop / "other.pdf").unlink()
    catalogue(shop)
    assert (
        len([name for name in everything(shop) if "/covers/" in name])
        == len([name for name in first if "/covers/" in name]) - 1
    )
    again = everything(shop)
    assert set(again["opds/files.txt"].decode().split()) == {
        name.removeprefix("opds/") for name in again if name.startswith("opds/") and not name.endswith("files.txt")
    }


@pytest.mark.parametrize("name", ["index.xml", "style.css", "covers/mine.png"])
def test_a_file_of_somebody_else_s_is_never_written_over(
    shop: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = shop / "opds" / name
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    before = everything(shop)
    assert cli.run(["opds", str(shop)]) == 2
    assert name in capsys.readouterr().err
    assert everything(shop) == before


def test_a_folder_that_leads_elsewhere_is_refused(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (shop / "opds").symlink_to(elsewhere)
    assert cli.run(["opds", str(shop)]) == 2
    assert not list(elsewhere.iterdir())


def test_a_run_that_was_killed_is_taken_up(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue(shop)
    whole = everything(shop)
    for name in whole:
        if name.startswith("opds/"):
            (shop / name).unlink()
    from exporter.catalogue import shelf

    count = 0

    def dying(content: bytes, target: Path) -> None:
        nonlocal count
        count += 1
        if count == 9:
            raise KeyboardInterrupt
        target.write_bytes(content)

    monkeypatch.setattr(shelf, "store", dying)
    with pytest.raises(KeyboardInterrupt):
        catalogue(shop)
    monkeypatch.undo()
    catalogue(shop)
    assert everything(shop) == whole


def test_the_command_prints_where_it_starts_and_says_what_it_left_out(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["opds", str(shop), "--language", "de"]) == 4
    told = capsys.readouterr()
    assert told.out.splitlines() == [str(shop / "opds" / "index.xml")]
    assert "torn.epub is not in the catalogue" in told.err
    start = atom(shop, "index")
    assert [each.title for each in start.entries] == ["Inhalt", "Neueste", "Personen", "Sprache"]
    assert start.feed.title == shop.name


def test_a_folder_without_books_is_refused(tmp_path: Path) -> None:
    assert cli.run(["opds", str(tmp_path / "none")]) == 10
    assert cli.run(["opds", str(tmp_path)]) == 10
    assert not list(tmp_path.iterdir())


def test_many_come_in_pages_that_lead_on(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number}.epub").write_bytes(epub_of(f"Talk {number:03}"))
    catalogue(tmp_path)
    titles: list[str] = []
    name = "all-1"
    while name:
        feed = atom(tmp_path, name)
        titles += [each.title for each in feed.entries]
        assert feed.feed.opensearch_totalresults == "120"
        onward = [each.href for each in feed.feed.links if each.rel == "next"]
        name = onward[0].removesuffix(".xml") if onward else ""
    assert titles == [f"Talk {number:03}" for number in range(120)]
    assert opds2(tmp_path, "all-3")["metadata"]["currentPage"] == 3


def test_volumes_of_a_series_stand_in_their_order(tmp_path: Path) -> None:
    collection = (
        '<meta property="belongs-to-collection" id="s">The Coast</meta>'
        '<meta refines="#s" property="group-position">{}</meta>'
    )
    (tmp_path / "a.epub").write_bytes(epub_of("Tenth", collection.format(10)))
    (tmp_path / "b.epub").write_bytes(epub_of("Second", collection.format(2)))
    old = '<meta name="calibre:series" content="The Coast"/><meta name="calibre:series_index" content="1.5"/>'
    (tmp_path / "c.epub").write_bytes(epub_of("First and a half", old))
    catalogue(tmp_path)
    way = atom(tmp_path, "series-1").entries[0]
    assert way.title == "The Coast"
    name = way.links[0].href.removesuffix(".xml")
    assert [each.title for each in atom(tmp_path, name).entries] == ["First and a half", "Second", "Tenth"]
    first = opds2(tmp_path, name)["publications"][0]["metadata"]
    assert first["belongsTo"] == {"series": [{"name": "The Coast", "position": 1.5}]}


def test_two_files_of_one_identifier_have_an_identity_each(tmp_path: Path) -> None:
    stated = '<dc:identifier id="i">urn:uuid:00000000-0000-4000-8000-000000000001</dc:identifier>'
    (tmp_path / "a.epub").write_bytes(epub_of("One", stated))
    (tmp_path / "b.epub").write_bytes(epub_of("One", stated))
    (tmp_path / "c.epub").write_bytes(epub_of("One", '<dc:identifier id="i">no address</dc:identifier>'))
    catalogue(tmp_path)
    keys = [each.id for each in atom(tmp_path).entries]
    assert len(set(keys)) == 3
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", key) for key in keys)
