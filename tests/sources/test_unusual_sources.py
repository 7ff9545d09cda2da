"""What people give by mistake, and what came to them broken: one line that says what to do, and nothing left behind."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from exporter import SourceError, read
from exporter.cli import run
from exporter.sources import entries_of, open_entry, open_source
from exporter.sources.kinds import kind_of
from exporter.sources.policy import ReadOptions
from exporter.sources.urls import host_alone

from .conftest import Served
from .test_collections import serve_feed, shelf
from .test_web import PROSE, article, words_of

__all__ = ["shelf"]
FORMS = Path(__file__).resolve().parent / "forms"


def said_of(argument: str, folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    """The exit code of an export and what it said; a failure has left nothing behind."""
    code = run(["text", argument, "-o", str(folder), "--cache", "none", *more])
    said = capsys.readouterr().err.strip()
    assert "fault of exporter" not in said
    if code:
        assert sorted(folder.iterdir()) == []
    return code, said


ADDRESSES = {
    "ftp://a.example/talk": "This is no web address: ftp://a.example/talk. Give one that begins with https://",
    "zip://a.html::https://127.0.0.1/a.zip": "This is no web address",
    "https://name:word@a.example/talk": "The address of a.example holds a name or password.",
    "file://elsewhere/talk.html": "is a file of another machine",
    "a.example/talk": "https://a.example/talk",
    "//a.example/talk": "https://a.example/talk",
    "https:/a.example/talk": "https://a.example/talk",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_nearly_an_address_is_told(address: str, shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = said_of(address, shelf, capsys)
    assert code == 10
    assert ADDRESSES[address] in said
    assert len(said.splitlines()) == 1
    assert "word" not in said.replace("password", "")


def test_the_address_of_a_file_is_the_file_with_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "my talk.html").write_text(article(1))
    page = (tmp_path / "my talk.html").as_uri()
    assert "%20" in page
    assert read(page).document == read(tmp_path / "my talk.html").document
    plain = FORMS / "plain" / "talk.html"
    assert read(plain.as_uri()).document == read(plain).document


EMPTY = {
    "feed": '<rss version="2.0"><channel><title>x</title></channel></rss>',
    "JSON Feed": json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}),
    "list of feeds": '<opml version="2.0"><body><outline text="A"/></body></opml>',
    "sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
}


@pytest.mark.parametrize("kind", EMPTY)
def test_a_source_of_many_that_holds_none_is_a_failure(
    kind: str, shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").write_text(EMPTY[kind])
    code, said = said_of(str(tmp_path / "source"), shelf, capsys)
    assert (code, said.count("\n")) == (10, 0)
    assert f"There is no page in {tmp_path / 'source'}." in said


def test_no_news_is_none(served: Served, shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pattern that fits nothing is a mistake; a day on which nothing came, and what was taken before, is not."""
    feed = serve_feed(served, 2)
    network = ["--http", "--private-host", "127.0.0.1"]
    code, said = said_of(feed, shelf, capsys, *network, "--url", "*/talks/*")
    assert (code, "There is no such page in" in said) == (10, True)
    code, said = said_of(feed, shelf, capsys, *network, "--since", "2030-01-01")
    assert (code, said) == (0, "nothing new")
    code, said = said_of(feed, shelf, capsys, *network, "--limit", "1")
    assert (code, said.splitlines()[-1]) == (0, "1 page exported, 0 failed")
    code, said = said_of(feed, shelf, capsys, *network, "--limit", "1")
    assert (code, said) == (0, "nothing new")


def test_a_failure_among_many_names_its_page(shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("one.html", "<title>One</title><p>Nothing.")
        archive.writestr("more/two.html", "<title>Two</title><p>Nothing.")
    code, said = said_of(str(tmp_path / "two.zip"), shelf, capsys)
    assert code == 20
    assert [line.split(": ")[1] for line in said.splitlines()[:2]] == ["more/two.html", "one.html"]


def test_a_list_of_addresses_as_people_write_them(tmp_path: Path, web: ReadOptions) -> None:
    lines = (
        *("# to read", "", "https://a.example/one#part", "  https://a.example/two  # the long one"),
        *("www.a.example/three", "https://a.example/four", "the one about the pier", "https://a.example/five"),
    )
    (tmp_path / "list").write_text("\r\n".join(lines), "utf-8-sig")
    entries = list(entries_of(tmp_path / "list", web))
    assert [each.address for each in entries] == [
        *("https://a.example/one#part", "https://a.example/two", "https://www.a.example/three"),
        *("https://a.example/four", "", "https://a.example/five"),
    ]
    with pytest.raises(SourceError, match=r"Line 7 of .* is no web address: the one about the pier"):
        open_entry(entries[4], web)


CALLS = {
    ("--since", "last week"): "This is no date: 'last week'. Write it as 2025-05-20, 2025-05 or 2025.",
    ("--since", "2025-13-45"): "This is no date",
    ("--cacert", "page.html"): "The certificates in page.html cannot be read: it holds no certificate as PEM.",
    ("--cookies", "page.html"): "The cookies in page.html cannot be read: it is no cookies.txt in Netscape's form.",
    ("--proxy", "nonsense://x"): "This is no proxy: nonsense://x. Give it as http://host:port.",
    ("--header", "nonsense"): "This is no header: 'nonsense'. Give it as 'Name: value'.",
}


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_an_option_that_means_nothing_is_told(
    call: tuple[str, str],
    shelf: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text(article(1))
    code, said = said_of("https://127.0.0.1:9/talk", shelf, capsys, "--private-host", "127.0.0.1", *call)
    assert (code, said.startswith(f"exporter: {CALLS[call]}")) == (2, True)
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("stated", ["127.0.0.1", "127.0.0.1:8080", "http://127.0.0.1:8080/talk"])
def test_a_host_of_one_s_own_may_be_named_with_its_port(
    stated: str, served: Served, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served.add("/talk", article(1))
    assert said_of(f"{served.url}/talk", shelf, capsys, "--http", "--private-host", stated)[0] == 0


def test_hosts_are_understood_however_they_are_written() -> None:
    stated = ("A.example", "a.example:81", "[::1]:81", "::1", "https://a.example/x", "bücher.example", "")
    assert [host_alone(each) for each in stated] == [
        *("a.example", "a.example", "::1", "::1", "a.example", "xn--bcher-kva.example", ""),
    ]


# ------------------------------------------------------------------------------------------------------------ damaged files


def record(number: int) -> bytes:
    """A response of an archive, not packed."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + article(10 * number).encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2025-05-20T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:08}-0000-0000-0000-000000000000>\r\n"
        f"WARC-Target-URI: https://a.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


DAMAGES = {"in its head": (0, 30), "in its midst": (-60, -40), "at its end": (-8, -4)}


@pytest.mark.parametrize("where", DAMAGES)
def test_one_damaged_record_costs_an_archive_no_other(where: str, tmp_path: Path, web: ReadOptions) -> None:
    packed = [bytearray(gzip.compress(record(number), mtime=0)) for number in range(1, 5)]
    first, last = DAMAGES[where]
    packed[1][first:last] = bytes(last - first)
    (tmp_path / "crawl").write_bytes(b"".join(packed))
    entries = list(entries_of(tmp_path / "crawl", web))
    assert [each.address[-1] for each in entries if each.address[-1] != "2"] == ["1", "3", "4"]
    whole = open_entry(entries[-1], web)
    assert [each.code for each in whole.notices] == ["archive-damaged"]
    assert "That was year 40." in words_of(read(whole))


def test_a_page_whose_record_cannot_be_read_is_told(tmp_path: Path, web: ReadOptions) -> None:
    (tmp_path / "crawl").write_bytes(gzip.compress(record(1)) + gzip.compress(record(2)))
    small = replace(web, limits=replace(web.limits, page=100))
    entries = list(entries_of(tmp_path / "crawl", small))
    assert [each.address for each in entries] == ["https://a.example/1", "https://a.example/2"]
    with pytest.raises(SourceError, match=r"https://a\.example/1 .*larger than"):
        open_entry(entries[0], small)


def test_an_archive_that_is_not_packed_and_cut_says_so(tmp_path: Path, web: ReadOptions) -> None:
    for name, content in (("whole", record(1) + record(2)), ("cut", (record(1) + record(2))[:-300])):
        (tmp_path / name).write_bytes(content)
        opened = open_entry(next(entries_of(tmp_path / name, web)), web)
        assert [each.code for each in opened.notices] == (["archive-damaged"] if name == "cut" else [])


def test_a_message_that_is_cut_says_so(tmp_path: Path) -> None:
    """The end of the page may be missing: that must not pass in silence."""
    whole = (FORMS / "chromium.mhtml").read_bytes()
    (tmp_path / "cut.mhtml").write_bytes(whole[: len(whole) // 3])
    assert "archive-damaged" in {each.code for each in read(tmp_path / "cut.mhtml").notices}
    assert "archive-damaged" not in {each.code for each in read(FORMS / "chromium.mhtml").notices}


def test_an_entry_without_title_and_address_is_named(tmp_path: Path, web: ReadOptions) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": "short"}]}
    (tmp_path / "feed").write_text(json.dumps(feed))
    with pytest.raises(SourceError, match=r"An entry of .* has no title, no address and no article"):
        open_entry(next(entries_of(tmp_path / "feed", web)), web)


def test_the_words_of_a_feed_may_be_text(tmp_path: Path, web: ReadOptions) -> None:
    told = "The harbour was quiet that morning, and nobody spoke before the boat came in."
    turns = [f"What did you see in year {year}?\n\n{told} That was year {year}." for year in range(40)]
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"id": "1", "url": "https://a.example/talk", "title": "A talk", "content_text": "\n\n".join(turns)}],
    }
    (tmp_path / "feed").write_text(json.dumps(feed))
    reading = read(open_entry(next(entries_of(tmp_path / "feed", web)), web))
    assert "That was year 39." in words_of(reading)


def test_a_packed_page_is_called_as_the_page_is(tmp_path: Path, web: ReadOptions) -> None:
    (tmp_path / "talk.html.gz").write_bytes(gzip.compress(article(1).encode()))
    assert open_source(tmp_path / "talk.html.gz", web).title == "talk"


def turns_of_a_talk() -> str:
    turns = [f"Ada: What did you see in year {year}?\n\nTom: {PROSE}That was year {year}." for year in range(6)]
    return "\n\n".join(turns)


HEADERS = (
    "From: Ada Byrd <ada@pier.example>\nTo: tom@pier.example\nSubject: A talk by the sea\n"
    "Date: Tue, 20 May 2025 08:00:00 +0000\n"
)
TYPED = f"{HEADERS}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
MAILS = {
    "a mail": TYPED + turns_of_a_talk(),
    "a mail of before MIME": f"{HEADERS}\n{turns_of_a_talk()}",
    "a mail out of a mailbox": f"From ada@pier.example Tue May 20 08:00:00 2025\n{TYPED}{turns_of_a_talk()}",
    "a mail of Apple Mail": "",
}
KNOWN = "<?xml version='1.0'?><plist version='1.0'><dict><key>flags</key></dict></plist>"
MAILS["a mail of Apple Mail"] = f"{len(MAILS['a mail']):<10}\n{MAILS['a mail']}{KNOWN}"


@pytest.mark.parametrize("mail", MAILS)
def test_a_mail_is_one_however_a_program_kept_it(mail: str, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text(MAILS[mail], "utf-8")
    reading = read(tmp_path / "mail")
    article_of_it = reading.document.article
    assert [each.text for each in article_of_it.headline] == ["A talk by the sea"]  # type: ignore[union-attr]
    told = words_of(reading)
    assert "That was year 5." in told
    assert "pier.example" not in told
    assert "plist" not in told


def test_a_mailbox_holds_a_page_for_each_mail(tmp_path: Path, web: ReadOptions) -> None:
    second = MAILS["a mail"].replace("by the sea", "by the river").replace("year 5", "year 9")
    identified = [
        f"Message-ID: <{number}@pier.example>\n{each}" for number, each in enumerate((MAILS["a mail"], second))
    ]
    (tmp_path / "box").write_text(
        "".join(f"From ada@pier.example Tue May 20 08:00:00 2025\n{each}\n\n" for each in identified)
    )
    entries = list(entries_of(tmp_path / "box", web))
    assert [(each.title, each.address) for each in entries] == [
        ("A talk by the sea", "mid:0@pier.example"),
        ("A talk by the river", "mid:1@pier.example"),
    ]
    told = [words_of(read(open_entry(each, web))) for each in entries]
    assert ["That was year 9." in each for each in told] == [False, True]
    assert [open_entry(each, web).title for each in entries] == ["A-talk-by-the-sea", "A-talk-by-the-river"]


def test_a_text_with_a_colon_in_each_line_is_no_mail() -> None:
    for text in ("Date: May 2025\nPlace: the pier\n\nAda: What?\n", "Subject: A talk\n\nAda: What did you see?\n"):
        assert kind_of(text.encode()) is None


@pytest.mark.parametrize("depth", [60, 3000])
def test_a_mail_of_mails_in_mails_is_refused(
    depth: int, shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{each}"\n\n--b{each}\n' for each in range(depth))
    (tmp_path / "mail").write_text(f"{HEADERS}MIME-Version: 1.0\n{nested}Content-Type: text/plain\n\nhi")
    code, said = said_of(str(tmp_path / "mail"), shelf, capsys)
    assert (code, "parts in parts, 50 deep" in said, len(said.splitlines())) == (10, True, 1)


ENTITIES = "".join(f'<!ENTITY e{each + 1} "{f"&e{each};" * 10}">' for each in range(8))
NAMED = '<!DOCTYPE x [<!ENTITY title "A talk"><!ENTITY local SYSTEM "file:///etc/hostname">]>'
GROWING = f'<!DOCTYPE x [<!ENTITY e0 "ten letter">{ENTITIES}]>'
LISTS = {
    "feed": "<rss version='2.0'><channel><title>x</title><item><title>{}</title><link>https://a.example/1</link></item></channel></rss>",
    "sitemap": "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/{}</loc></url></urlset>",
    "opml": "<opml version='2.0'><body><outline text='{}'/></body></opml>",
}


def told_of(place: Path, options: ReadOptions) -> str:
    """The titles and addresses of a source, or why it has none."""
    try:
        return " ".join(f"{each.title} {each.address}" for each in entries_of(place, options))
    except SourceError as fault:
        return fault.message


@pytest.mark.parametrize("kind", LISTS)
def test_entities_of_a_list_grow_to_nothing_and_open_nothing(kind: str, tmp_path: Path, web: ReadOptions) -> None:
    for doctype, named in ((NAMED, "&title;"), (NAMED, "&local;"), (GROWING, "&e8;")):
        content = f"<?xml version='1.0'?>{doctype}{LISTS[kind].format(named)}"
        known = kind_of(content.encode())
        assert known is not None
        assert known.name == kind
        (tmp_path / "list").write_text(content)
        found = told_of(tmp_path / "list", web)
        assert len(found) < 1000
        assert Path("/etc/hostname").read_text().strip() not in found


def test_an_archive_may_come_through_a_pipe(shelf: Path) -> None:
    """Of a kind of which two gigabytes are allowed no more memory is taken than there is of it."""
    crawl = gzip.compress(record(1)) + gzip.compress(record(2))
    command = [sys.executable, "-m", "exporter", "text", "-", "-o", str(shelf), "--max-memory", "1GiB"]
    done = subprocess.run(command, input=crawl, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (0, "2 pages exported, 0 failed")
