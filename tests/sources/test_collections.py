"""Sources that hold several pages: feeds, lists, sitemaps, archives; what is taken of them, and what was taken before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from exporter import Report, SourceError, UsageError, WriteError, read
from exporter.cli import run
from exporter.collection import STATE, export_all
from exporter.images import Refused
from exporter.model import Text
from exporter.model.walk import walk
from exporter.sources import SeveralPages, entries_of, open_entry, open_source
from exporter.sources.choice import pattern_of
from exporter.sources.forms.feed import is_whole
from exporter.sources.kinds import kind_of
from exporter.sources.policy import Choice, ReadOptions

from .conftest import Served
from .test_web import PROSE, article

FORMS = Path(__file__).resolve().parent / "forms"
PLAIN = FORMS / "plain" / "talk.html"


def rss(url: str, count: int, *, whole: tuple[int, ...] = ()) -> str:
    """A feed of that many entries, the first the latest; those in ``whole`` have their content in the feed."""
    entries = "".join(
        f"<item><title>Talk {number}</title><link>{url}/talk/{number}</link>"
        f"<pubDate>{count - number + 1:02} May 2025 08:00:00 GMT</pubDate><author>a@b.example (Ada Byrd)</author>"
        f"<description>A summary…</description>"
        + (f"<content:encoded><![CDATA[{article(number, 6)}]]></content:encoded>" if number in whole else "")
        + "</item>"
        for number in range(1, count + 1)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Pier Review</title><language>en</language>{entries}</channel></rss>"
    )


def serve_feed(served: Served, count: int = 4, *, whole: tuple[int, ...] = ()) -> str:
    served.add("/feed.xml", rss(served.url, count, whole=whole), "application/rss+xml")
    for number in range(1, count + 1):
        served.add(f"/talk/{number}", article(10 * number).replace("A talk by the sea", f"Talk {number} by the sea"))
    return f"{served.url}/feed.xml"


def taken(argument: str | Path, options: ReadOptions, folder: Path, *, again: bool = False) -> list[Report]:
    return list(export_all(entries_of(argument, options), folder, "text", read_options=options, again=again))


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """An empty folder for results."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def test_a_feed_gives_a_file_for_each_entry_and_the_second_time_none(
    served: Served, web: ReadOptions, shelf: Path
) -> None:
    feed = serve_feed(served, whole=(2,))
    reports = taken(feed, web, shelf)
    assert [(each.exit_code, Path(each.target).name) for each in reports] == [
        (0, "talk.txt"),
        (0, "talk-2.txt"),
        (0, "talk-3.txt"),
        (0, "talk-4.txt"),
    ]
    assert "/talk/2" not in served.paths  # it is whole in the feed
    assert "That was year 2." in (shelf / "talk-2.txt").read_text("utf-8")
    assert taken(feed, web, shelf) == []
    before = {file.name: file.read_bytes() for file in shelf.iterdir()}
    assert [Path(each.target).name for each in taken(feed, web, shelf, again=True)] == [
        Path(each.target).name for each in reports
    ]
    assert {file.name: file.read_bytes() for file in shelf.iterdir()} == before


def test_a_new_entry_is_taken_alone_and_keeps_no_other_s_name(served: Served, web: ReadOptions, shelf: Path) -> None:
    feed = serve_feed(served, 2)
    taken(feed, web, shelf)
    serve_feed(served, 3)
    assert [Path(each.target).name for each in taken(feed, web, shelf)] == ["talk-3.txt"]


def test_one_broken_entry_stops_no_other(served: Served, web: ReadOptions, shelf: Path) -> None:
    feed = serve_feed(served)
    served.add("/talk/2", b"", status=410)
    reports = taken(feed, web, shelf)
    assert [each.exit_code for each in reports] == [0, 10, 0, 0]
    assert "410" in reports[1].failure
    served.add("/talk/2", article(20))
    assert [each.exit_code for each in taken(feed, web, shelf)] == [0]


def test_a_feed_is_taken_offline_from_what_was_fetched(
    served: Served, web: ReadOptions, shelf: Path, tmp_path: Path
) -> None:
    feed = serve_feed(served)
    taken(feed, web, shelf)
    other = tmp_path / "other"
    other.mkdir()
    asked = len(served.asked)
    taken(feed, replace(web, network=replace(web.network, offline=True)), other)
    assert len(served.asked) == asked
    assert {each.name: each.read_bytes() for each in other.iterdir()} == {
        each.name: each.read_bytes() for each in shelf.iterdir()
    }


CHOSEN: dict[str, tuple[Choice, list[int]]] = {
    "since": (Choice(since="2025-05-03"), [1, 2]),
    "limit": (Choice(limit=3), [1, 2, 3]),
    "address": (Choice(url="*/talk/3"), [3]),
    "all": (Choice(), [1, 2, 3, 4]),
    "none": (Choice(url="*/other/*"), []),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_entries_are_chosen(case: str, served: Served, web: ReadOptions) -> None:
    choice, numbers = CHOSEN[case]
    found = list(entries_of(serve_feed(served), replace(web, choice=choice)))
    assert [each.title for each in found] == [f"Talk {number}" for number in numbers]
    assert served.paths == ["/feed.xml"]


def test_a_pattern_has_one_wild_sign() -> None:
    assert pattern_of("https://a.example/talk?id=*").fullmatch("https://a.example/talk?id=7")
    assert not pattern_of("https://a.example/talk?id=7").fullmatch("https://a.example/talkXid=7")


def test_one_page_is_not_chosen_from(web: ReadOptions) -> None:
    with pytest.raises(SourceError, match="This is one page"):
        open_source(PLAIN, replace(web, choice=Choice(limit=1)))


def test_one_document_is_not_made_of_many(served: Served, web: ReadOptions, shelf: Path) -> None:
    feed = serve_feed(served)
    with pytest.raises(SeveralPages, match="more than one page"):
        read(feed, read_options=web)
    with pytest.raises(UsageError, match="Name a folder"):
        list(export_all(entries_of(feed, web), shelf / "one.txt", "text"))


def test_a_list_of_what_was_taken_that_is_damaged_is_told(served: Served, web: ReadOptions, shelf: Path) -> None:
    (shelf / STATE).write_text("{", "utf-8")
    with pytest.raises(WriteError, match="Delete it"):
        taken(serve_feed(served), web, shelf)


# ------------------------------------------------------------------------------------------------------------------- kinds

ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Pier</title><entry>'
    "<title>Talk 1</title>"
    '<link href="{url}/talk/1"/><id>urn:1</id><updated>2025-05-20T08:00:00Z</updated></entry></feed>'
)
RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    "<channel><title>The Pier</title></channel><item><title>Talk 1</title><link>{url}/talk/1</link></item></rdf:RDF>"
)
OPML = (
    '<opml version="2.0"><body><outline text="Pier"><outline type="rss" xmlUrl="/feed.xml"/><outline xmlUrl="/gone.xml"/>'
    "</outline></body></opml>"
)
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{url}/talk/1</loc>'
    "<lastmod>2025-05-20</lastmod></url></urlset>"
)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{url}/map.xml</loc></sitemap></sitemapindex>'
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Pier",
    "items": [
        {
            "id": "1",
            "url": "/talk/1",
            "title": "Talk 1",
            "date_published": "2025-05-20T08:00:00Z",
            "content_html": "short",
        }
    ],
}
LIST = "# talks to read\n{url}/talk/1\n\n"
KINDS = {
    "feed: RSS": rss("{url}", 1),
    "feed: Atom": ATOM,
    "feed: RSS 1.0": RDF,
    "feed: JSON Feed": json.dumps(JSON_FEED),
    "opml": OPML,
    "sitemap": SITEMAP,
    "sitemap: index": INDEX,
    "addresses": LIST,
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_leads_to_its_pages(kind: str, served: Served, web: ReadOptions) -> None:
    serve_feed(served, 1)
    served.add("/map.xml", SITEMAP.replace("{url}", served.url), "application/xml")
    content = KINDS[kind].replace("{url}", served.url)
    found_kind = kind_of(content.encode())
    assert found_kind is not None
    assert found_kind.name == kind.partition(":")[0]
    served.add("/source", content, "application/octet-stream")
    entries = list(entries_of(f"{served.url}/source", web))
    assert entries[0].address == f"{served.url}/talk/1"
    assert b"Talk 1 by the sea" in open_entry(entries[0], web).content
    if kind == "opml":
        with pytest.raises(SourceError, match="404"):
            entries[1].open()


def test_a_list_is_known_in_a_file_of_any_name(served: Served, web: ReadOptions, tmp_path: Path) -> None:
    serve_feed(served, 1)
    (tmp_path / "later.html").write_text(LIST.replace("{url}", served.url))
    assert len(list(entries_of(tmp_path / "later.html", web))) == 1


NO_LIST = {
    "a text with an address in it": b"https://a.example/talk is where I read it.",
    "a page": b"<!DOCTYPE html><p>https://a.example/talk",
    "XHTML": b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><p>rss feed opml</p></html>',
    "a document of ours": b'{"type": "document", "version": 1, "article": {}}',
    "a page that shows a feed": b"<html><pre>&lt;rss></pre><rss></rss></html>",
}


@pytest.mark.parametrize("case", NO_LIST)
def test_what_is_no_list_is_none(case: str) -> None:
    assert kind_of(NO_LIST[case]) is None


def test_content_is_whole_or_a_summary() -> None:
    assert is_whole(article(1, 6))
    assert not is_whole(article(1, 1))
    assert not is_whole(f"<p>{PROSE * 30}</p><p>Read the rest of this talk</p>")
    assert not is_whole(f"<p>{PROSE * 30} And then […]</p>")


def test_words_of_a_feed_stay_as_they_are(web: ReadOptions, tmp_path: Path) -> None:
    """The parser of feeds would take out ruby, marks and the sizes of pictures, if it was let clean."""
    content = article(1, 6).replace("quiet", "<ruby>quiet<rt>still</rt></ruby> <mark>very</mark>")
    feed = rss("https://a.example", 1, whole=(1,)).replace(article(1, 6), content)
    (tmp_path / "feed.xml").write_text(feed, "utf-8")
    entry = next(entries_of(tmp_path / "feed.xml", web))
    assert b"<ruby>quiet<rt>still</rt></ruby> <mark>very</mark>" in open_entry(entry, web).content


def test_an_entry_knows_what_its_feed_says(web: ReadOptions, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss("https://a.example", 1, whole=(1,)), "utf-8")
    source = open_entry(next(entries_of(tmp_path / "feed.xml", web)), web)
    known = read(source).document.article.metadata
    assert (known.published[:10], known.publication, known.source_url) == (
        "2025-05-01",
        "The Pier Review",
        "https://a.example/talk/1",
    )
    assert isinstance(source.picture("a.jpg"), Refused)


# ---------------------------------------------------------------------------------------------------------------- archives


def words(source_words: Iterator[object]) -> list[str]:
    return [" ".join(node.text.split()) for node in source_words if isinstance(node, Text)]


@pytest.mark.parametrize("name", ["wget.warc.gz", "talk.wacz"])
def test_a_page_of_an_archive_is_the_page(name: str) -> None:
    """The archive was made by wget, which puts addresses in brackets; the WACZ lists no page at all."""
    made = read(FORMS / name).document
    plain = read(PLAIN).document
    assert words(walk(made.article)) == words(walk(plain.article))
    assert [each.digest for each in made.assets] == [each.digest for each in plain.assets]


def test_records_are_read_as_servers_sent_them(web: ReadOptions) -> None:
    """Written by warcio: a chunked and packed page, a revisit of its picture, a missing page, a frame, another page."""
    crawl = FORMS / "warcio.warc.gz"
    entries = list(entries_of(crawl, web))
    assert [each.address for each in entries] == ["https://a.example/talk", "https://a.example/other"]
    reading = read(open_entry(entries[0], web))
    assert "That was year 4." in words(walk(reading.document.article))[-1]
    assert len(reading.document.assets) == 1
    chosen = replace(web, choice=Choice(url="*/other"))
    assert open_source(crawl, chosen).base_url == "https://a.example/other"
    assert [each.address for each in entries_of(crawl.read_bytes(), web)] == [each.address for each in entries]


def test_an_archive_that_is_cut_gives_what_it_has_and_says_so(tmp_path: Path, web: ReadOptions) -> None:
    (tmp_path / "cut").write_bytes((FORMS / "warcio.warc.gz").read_bytes()[:-700])
    entries = list(entries_of(tmp_path / "cut", web))
    assert [each.address for each in entries] == ["https://a.example/talk"]
    assert "archive-damaged" in {each.code for each in read(open_entry(entries[0], web)).notices}
    (tmp_path / "nothing").write_bytes((FORMS / "warcio.warc.gz").read_bytes()[:300])
    with pytest.raises(SourceError, match="damaged"):
        list(entries_of(tmp_path / "nothing", web))


@pytest.mark.parametrize("cut", [40, 900, 9000, 18_000, 20_000])
def test_a_wacz_that_is_cut_is_told_in_one_line(cut: int, tmp_path: Path, web: ReadOptions) -> None:
    (tmp_path / "cut").write_bytes((FORMS / "talk.wacz").read_bytes()[:cut])
    with pytest.raises(SourceError, match="archive is damaged"):
        list(entries_of(tmp_path / "cut", web))


# ------------------------------------------------------------------------------------------------------------ command line


def test_the_command_lists_and_takes(
    served: Served, shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = serve_feed(served, 3)
    network = ["--http", "--private-host", "127.0.0.1", "--cache", str(tmp_path / "cache")]
    assert run(["ls", feed, *network, "--since", "2025-05-02"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        f"2025-05-03  Talk 1  {served.url}/talk/1",
        f"2025-05-02  Talk 2  {served.url}/talk/2",
    ]
    assert "2 pages" in told.err
    served.add("/talk/1", b"", status=404)
    assert run(["text", feed, "-o", str(shelf), "--limit", "2", *network]) == 10
    told = capsys.readouterr()
    assert told.out == f"{shelf / 'talk.txt'}\n"
    assert "answers 404" in told.err
    assert "1 page exported, 1 failed" in told.err
    assert run(["text", feed, "-o", str(tmp_path / "one.txt"), *network]) == 2
    assert "Name a folder" in capsys.readouterr().err


def test_one_page_of_a_feed_is_opened_by_its_address(served: Served, web: ReadOptions) -> None:
    chosen = replace(web, choice=Choice(url=f"{served.url}/talk/3"))
    assert open_source(serve_feed(served), chosen).base_url == f"{served.url}/talk/3"
    with pytest.raises(SeveralPages):
        open_source(f"{served.url}/feed.xml", replace(web, choice=Choice(url="*/talk/3")))


@pytest.mark.parametrize("held_in", ["feed", "archive", "MHTML"])
def test_a_page_is_corrected_wherever_it_was_held(
    held_in: str, served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = ["--http", "--private-host", "127.0.0.1", "--cache", "none"]
    source = {
        "feed": [serve_feed(served), "--url", f"{served.url}/talk/2"],
        "archive": [str(FORMS / "warcio.warc.gz"), "--url", "https://a.example/other"],
        "MHTML": [str(FORMS / "chromium.mhtml")],
    }[held_in]
    said = tmp_path / "said.toml"
    assert run(["correct", *source, *network, "-o", str(said)]) == 0
    skeleton = said.read_text("utf-8")
    question = next(line for line in skeleton.splitlines() if line.startswith("#") and '= "question"' in line)
    stated = '[metadata]\ntitle = "What the editor calls it"\n\n[blocks]\n' + question.strip("# ").replace(
        '"question"', '"crosshead"', 1
    )
    said.write_text(stated, "utf-8")
    capsys.readouterr()
    assert run(["json", *source, *network, "--corrections", str(said), "-o", str(tmp_path / "talk.json")]) == 0
    made = (tmp_path / "talk.json").read_text("utf-8")
    assert "What the editor calls it" in made
    assert '"crosshead"' in made


THIRTY = 30
BROKEN, WHOLE = 7, (12, 13)


def test_a_feed_of_thirty_with_one_entry_broken(served: Served, web: ReadOptions, tmp_path: Path) -> None:
    """The table of docs/sources.md: what is made, what the server is asked, and what stays as it was."""
    feed = serve_feed(served, THIRTY, whole=WHOLE)
    served.add(f"/talk/{BROKEN}", b"", status=410)
    rows: list[tuple[str, int, int, int]] = []

    def step(name: str, folder: Path, options: ReadOptions) -> dict[str, bytes]:
        folder.mkdir(exist_ok=True)
        served.asked.clear()
        reports = taken(feed, options, folder)
        failed = [report for report in reports if report.exit_code]
        assert all(f"/talk/{BROKEN}" in report.failure for report in failed)
        rows.append((name, len(reports) - len(failed), len(failed), len(served.asked)))
        return {each.name: each.read_bytes() for each in folder.iterdir()}

    fresh = replace(web, choice=Choice(since="2025-05-24"))
    first = step("all", tmp_path / "all", web)
    assert step("again", tmp_path / "all", web) == first
    chosen = step("since", tmp_path / "since", fresh)
    assert set(chosen.values()) - {chosen[STATE]} <= set(first.values())
    offline = step("offline", tmp_path / "offline", replace(web, network=replace(web.network, offline=True)))
    assert offline == first
    served.add(f"/talk/{BROKEN}", article(10 * BROKEN))
    step("mended", tmp_path / "all", web)
    step("nothing", tmp_path / "all", web)
    assert rows == [
        ("all", 29, 1, 30),
        ("again", 0, 1, 2),
        ("since", 6, 1, 8),
        ("offline", 29, 1, 0),
        ("mended", 1, 0, 2),
        ("nothing", 0, 0, 1),
    ]
