"""Pages at addresses, served on the loopback device: read as saved ones are, refused when they are none, kept, joined."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from msgspec.structs import replace

from exporter import Reading, SourceError, read
from exporter.errors import ExtractionError
from exporter.images import Refused
from exporter.model.codec import encode
from exporter.model.walk import walk
from exporter.sources import open_source
from exporter.sources.fetch import FetchError
from exporter.sources.policy import ReadOptions, Stated
from exporter.sources.web.obstacles import refuse_obstacle
from exporter.sources.web.page import name_of
from exporter.sources.web.parts import following, numbered
from exporter.sources.web.session import Web, close_webs
from exporter.sources.web.skim import skim

from .conftest import Served, running, serve

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "source" / "the-last-lampist"
PROSE = "The harbour was quiet that morning, and nobody spoke before the second boat came in. "


def article(question: int, count: int = 4, head: str = "", foot: str = "") -> str:
    """A page of ours with an interview of that many questions, counted from one."""
    turns = "".join(
        f"<h2>What did you see in year {number}?</h2><p>{PROSE * 3}That was year {number}.</p>"
        for number in range(question, question + count)
    )
    return (
        f"<html lang=en><head><title>A talk by the sea</title>{head}</head><body><article><h1>A talk by the sea</h1>"
        f"<p class=deck>Ten years on the pier, told in one go to a friend.</p>{turns}</article>{foot}</body></html>"
    )


def fetched(address: str, options: ReadOptions) -> Reading:
    close_webs()
    return read(address, read_options=options)


def words_of(reading: Reading) -> str:
    return " ".join(str(node.text) for node in walk(reading.document.article) if hasattr(node, "text"))


def test_a_page_at_an_address_is_the_page_that_was_saved(served: Served, web: ReadOptions) -> None:
    served.add_folder(SAMPLE)
    online = fetched(f"{served.url}/article.html", web).document
    saved = read(SAMPLE / "article.html", base_url=f"{served.url}/article.html").document
    assert encode(online) == encode(saved)
    assert sum(path.endswith(".jpg") for path in served.paths) == len(set(served.paths)) - 1


def test_without_an_address_the_network_is_not_asked(served: Served, web: ReadOptions, tmp_path: Path) -> None:
    served.add_folder(SAMPLE)
    page = (SAMPLE / "article.html").read_text("utf-8").replace('src="images', f'src="{served.url}/images')
    (tmp_path / "saved.html").write_text(page, "utf-8")
    alone = read(tmp_path / "saved.html", read_options=web)
    assert served.asked == []
    assert {each.code for each in alone.notices} >= {"picture-not-local"}
    pictures = replace(web, network=replace(web.network, pictures=True))
    assert len(read(tmp_path / "saved.html", read_options=pictures).document.assets) > 0
    noted = f"<!-- saved from url=(0030){served.url}/article.html -->"
    relative = (SAMPLE / "article.html").read_text("utf-8").replace("<html", f"{noted}<html", 1)
    (tmp_path / "relative.html").write_text(relative, "utf-8")
    assert len(read(tmp_path / "relative.html", read_options=pictures).document.assets) > 0


def test_pictures_come_side_by_side(served: Served, web: ReadOptions) -> None:
    picture = next((SAMPLE / "images").glob("*.jpg")).read_bytes()
    all_of_them = threading.Barrier(8)

    def together(request: BaseHTTPRequestHandler) -> None:
        all_of_them.wait(20)  # for as long, none is answered before each has been asked for
        request.send_response(200)
        request.send_header("Content-Length", str(len(picture)))
        request.end_headers()
        request.wfile.write(picture)

    figures = "".join(f"<figure><img src=p{number}.jpg width=900 height=600></figure>" for number in range(8))
    served.add("/talk", article(1).replace("</article>", figures + "</article>"))
    served.pages.update({f"/p{number}.jpg": together for number in range(8)})
    fetched(f"{served.url}/talk", web)
    assert len([path for path in served.paths if path.endswith(".jpg")]) == 8
    assert not all_of_them.broken


def test_a_picture_that_is_missing_is_told_and_the_next_of_its_addresses_tried(
    served: Served, web: ReadOptions
) -> None:
    served.add("/small.jpg", next((SAMPLE / "images").glob("*.jpg")).read_bytes(), "image/jpeg")
    figures = "<figure><img src=small.jpg srcset='large.jpg 1600w' width=900></figure>"
    figures += "<figure><img src=none.jpg width=900></figure>"
    served.add("/talk", article(1).replace("</article>", figures + "</article>"))
    reading = fetched(f"{served.url}/talk", web)
    assert len(reading.document.assets) == 1
    assert [each.message for each in reading.notices if each.code == "picture-missing"] == [
        f"the picture {served.url}/none.jpg is missing: it answers 404 (not found)"
    ]


def test_a_base_element_leads_to_the_pictures(served: Served, web: ReadOptions) -> None:
    served.add("/media/a.jpg", next((SAMPLE / "images").glob("*.jpg")).read_bytes(), "image/jpeg")
    page = article(1, head="<base href=/media/>").replace(
        "</article>", "<figure><img src=a.jpg width=900></figure></article>"
    )
    served.add("/talk", page)
    assert len(fetched(f"{served.url}/talk", web).document.assets) == 1


def test_a_source_of_the_web_can_travel_to_another_process(served: Served, web: ReadOptions) -> None:
    served.add("/talk", article(1))
    source = open_source(f"{served.url}/talk", web)
    source.prepare([("a.jpg",), ("b.jpg",)])
    again = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own
    assert (again.content, again.base_url) == (source.content, source.base_url)
    assert isinstance(again.picture("a.jpg"), Refused)


# ------------------------------------------------------------------------------------------------------------------- charset


def test_the_server_s_word_on_the_encoding_counts(served: Served, web: ReadOptions) -> None:
    page = article(1).replace("harbour was quiet", "гавань была тиха").replace("lang=en", "lang=ru")
    served.add("/talk", page.encode("cp1251"), "text/html; charset=windows-1251")
    served.add("/lie", page.encode("utf-8"), "text/html; charset=iso-8859-1")
    for path in ("/talk", "/lie"):
        assert "гавань была тиха" in words_of(fetched(served.url + path, web))


# --------------------------------------------------------------------------------------------------------------------- cache


def test_a_second_run_without_a_network_gives_the_same(served: Served, web: ReadOptions) -> None:
    served.add_folder(SAMPLE)
    first = encode(fetched(f"{served.url}/article.html", web).document)
    asked = len(served.asked)
    offline = replace(web, network=replace(web.network, offline=True))
    assert encode(fetched(f"{served.url}/article.html", offline).document) == first
    assert len(served.asked) == asked
    with pytest.raises(FetchError, match="was not fetched before"):
        fetched(f"{served.url}/other.html", offline)


def test_a_copy_serves_when_the_server_fails_and_says_so(served: Served, web: ReadOptions) -> None:
    served.add("/talk", article(1))
    first = encode(fetched(f"{served.url}/talk", web).document)
    served.add("/talk", b"", status=503)
    again = fetched(f"{served.url}/talk", web)
    assert encode(again.document) == first
    assert [each.code for each in again.notices if each.severity == "warning"] == ["address-stale"]
    served.add("/talk", b"", status=410)
    with pytest.raises(FetchError, match="410"):
        fetched(f"{served.url}/talk", web)


def test_a_copy_is_asked_about_or_used_as_its_server_said(served: Served, web: ReadOptions) -> None:
    def validated(request: BaseHTTPRequestHandler) -> None:
        body = b"" if request.headers.get("If-None-Match") == '"one"' else article(1).encode()
        request.send_response(200 if body else 304)
        request.send_header("ETag", '"one"')
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    served.pages["/asked"] = validated
    served.add("/fresh", article(1), Cache_Control="max-age=600")
    served.add("/never", article(1), Cache_Control="no-store")
    for path, requests in (("/asked", 2), ("/fresh", 1), ("/never", 2)):
        first, second = (encode(fetched(served.url + path, web).document) for _ in range(2))
        assert first == second
        assert served.paths.count(path) == requests
    assert len(list(Path(web.network.cache).iterdir())) == 2


def test_a_copy_that_was_torn_is_none(served: Served, web: ReadOptions) -> None:
    served.add("/fresh", article(1), Cache_Control="max-age=600")
    fetched(f"{served.url}/fresh", web)
    for file in Path(web.network.cache).iterdir():
        file.write_bytes(file.read_bytes()[:-5])
    fetched(f"{served.url}/fresh", web)
    assert served.paths.count("/fresh") == 2


def test_the_cache_is_never_larger_than_its_room(served: Served, web: ReadOptions) -> None:
    small = replace(web, limits=replace(web.limits, cache=200_000))
    for number in range(6):
        served.add(f"/{number}", article(1) + "x" * 60_000)
        fetched(f"{served.url}/{number}", small)
    assert sum(file.stat().st_size for file in Path(web.network.cache).iterdir()) < 200_000


def test_what_may_pass_is_tried_again(served: Served, web: ReadOptions) -> None:
    answers = iter([503, 503, 200])

    def hesitant(request: BaseHTTPRequestHandler) -> None:
        request.send_response(next(answers))
        request.send_header("Content-Length", "5")
        request.send_header("Retry-After", "0")
        request.end_headers()
        request.wfile.write(b"words")

    served.pages["/page"] = hesitant
    patient = Web(web.network, replace(web.limits, retries=2, seconds=10.0))
    assert patient.get(f"{served.url}/page")[0].content == b"words"
    patient.close()


# --------------------------------------------------------------------------------------------------------------- robots, pace


def test_many_pages_of_a_site_are_fetched_as_it_allows(served: Served, web: ReadOptions) -> None:
    served.add("/robots.txt", "\ufeffUser-agent: *\nDisallow: /private/*.html\nCrawl-delay: 0.3\n", "text/plain")
    served.add("/a", b"a")
    polite = Web(replace(web.network, pace=0.0), web.limits)
    begun = time.monotonic()
    for _ in range(3):
        polite.get_politely(f"{served.url}/a")
    assert time.monotonic() - begun > 0.55
    with pytest.raises(FetchError, match=r"robots\.txt"):
        polite.get_politely(f"{served.url}/private/x.html")
    assert served.paths == ["/robots.txt", "/a", "/a", "/a"]
    polite.close()


# ----------------------------------------------------------------------------------------------------------------- obstacles

WALLS = {
    "consent": (
        (
            "<title>Before you read</title><h1>We value your privacy</h1><p>We and our partners use cookies to store and access"
            " information on your device, such as browsing habits, and you can change your mind at any time.</p>"
            "<button>Accept all</button><button>Manage options</button>"
        ),
        "a question for consent",
    ),
    "consent in German": (
        (
            "<title>Zustimmung</title><h1>Weiter mit Werbung lesen</h1><p>Mit Werbung und Tracking nutzen, Ihre Einwilligung "
            "können Sie im Datenschutz jederzeit ablehnen oder ändern.</p><button>Alle akzeptieren</button>"
        ),
        "a question for consent",
    ),
    "paywall": (
        article(1, 1).replace(
            "</article>", "<div>This article is for subscribers. Already a subscriber? Log in.</div></article>"
        ),
        "the beginning of an article that is sold",
    ),
    "paywall by declaration": (
        article(
            1, 2, head='<script type="application/ld+json">{"isAccessibleForFree": false, "wordCount": 2400}</script>'
        ),
        "the beginning of an article that is sold",
    ),
    "shell": (
        (
            "<title>App</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
            "<script src=a.js></script>"
        ),
        "an empty page that scripts would fill",
    ),
    "error with status 200": (
        "<title>Page not found | The Harbour</title><h1>Page not found</h1><p>Try the search, or the front page.</p>",
        "an error page",
    ),
}


@pytest.mark.parametrize("wall", WALLS)
def test_what_stands_in_an_article_s_place_is_refused_with_advice(wall: str, served: Served, web: ReadOptions) -> None:
    page, said = WALLS[wall]
    served.add("/talk", page)
    with pytest.raises(ExtractionError, match=said) as caught:
        fetched(f"{served.url}/talk", web)
    assert f"{served.url}/talk" in caught.value.message
    assert caught.value.advice


WORDY = {
    "cookies in the talk": article(
        1, 6, foot="<footer>We and our partners use cookies. Accept all. Privacy policy.</footer>"
    ),
    "sold and whole": article(
        1, 12, head='<script type="application/ld+json">{"isAccessibleForFree": false, "wordCount": 700}</script>'
    ),
    "a talk about a page not found": article(1, 6).replace("A talk by the sea", "404, page not found: a talk"),
    "scripts around a talk": article(1, 6, foot="<noscript>Please enable JavaScript.</noscript><script>1</script>"),
}


@pytest.mark.parametrize("page", WORDY)
def test_a_talk_is_none_of_these(page: str) -> None:
    refuse_obstacle(skim(WORDY[page]), "https://example.org/talk")


def test_a_print_view_is_taken_where_it_holds_more(served: Served, web: ReadOptions) -> None:
    head = "<link rel=alternate media=print href=/talk/print>"
    served.add(
        "/talk", article(1, 1, head=head).replace("</article>", "<div>Subscribe to read the full talk.</div></article>")
    )
    served.add("/talk/print", article(1, 8))
    reading = fetched(f"{served.url}/talk", web)
    assert "That was year 8." in words_of(reading)
    assert "view-taken" in {each.code for each in reading.notices}


def test_a_page_that_only_leads_on_is_followed(served: Served, web: ReadOptions) -> None:
    served.add("/short", f"<meta http-equiv=refresh content='0; url={served.url}/talk'>")
    served.add("/talk", article(1))
    assert fetched(f"{served.url}/short", web).document.article.metadata.source_url == f"{served.url}/talk"


# --------------------------------------------------------------------------------------------------------------------- parts

SERIES = {
    "query": ("/talk", "/talk?page={}"),
    "query beside another": ("/talk?id=7", "/talk?id=7&page={}"),
    "folder": ("/talk/", "/talk/{}/"),
    "named folder": ("/talk", "/talk/seite-{}"),
    "file name": ("/talk.html", "/talk-{}.html"),
    "numbered from the first": ("/talk-1.html", "/talk-{}.html"),
}


@pytest.mark.parametrize("series", SERIES)
def test_an_article_over_several_pages_is_joined(series: str, served: Served, web: ReadOptions) -> None:
    first, others = SERIES[series]
    addresses = [first, others.format(2), others.format(3)]
    for number, path in enumerate(addresses):
        links = "".join(f"<a href='{each}'>{place}</a> " for place, each in enumerate(addresses, 1) if each != path)
        foot = f"<nav>Page {number + 1} of 3 {links}</nav><a rel=next href=/another-talk>Next talk</a>"
        served.add(path, article(1 + 4 * number, 4, foot=foot))
    served.add("/another-talk", article(90))
    reading = fetched(served.url + first, web)
    told = words_of(reading)
    assert [told.count(f"That was year {year}.") for year in (1, 4, 5, 8, 9, 12, 90)] == [1, 1, 1, 1, 1, 1, 0]
    assert told.count("Ten years on the pier") == 1
    assert [each.message for each in reading.notices if each.code == "pages-joined"] == [
        "the article goes over 3 pages, which were joined"
    ]


def test_the_next_article_is_no_next_page() -> None:
    page = skim("<link rel=next href=/2025/12/other><a href=/talks?page=2>more talks</a><a href='/talk-3.html'>x</a>")
    assert following(page, "https://example.org/talk", 1) == ""
    assert ("https://example.org/talk", 2) in numbered("https://example.org/talk?page=2")


def test_the_same_article_beside_other_comments_is_no_further_page(served: Served, web: ReadOptions) -> None:
    """Nor is what a site gives that does not know the number."""
    for number, comments in (
        (1, "Nice talk. "),
        (2, "I was there, and it was not like that at all, for it rained. " * 60),
    ):
        foot = f"<section><h3>Comments</h3><p>{comments}</p><a href='/talk?page=2'>2</a></section>"
        served.add("/talk" if number == 1 else "/talk?page=2", article(1, 4, foot=foot))
    reading = fetched(f"{served.url}/talk", web)
    assert words_of(reading).count("That was year 1.") == 1
    assert "pages-joined" not in {each.code for each in reading.notices}


def test_a_further_page_that_is_missing_is_told(served: Served, web: ReadOptions) -> None:
    served.add("/talk", article(1, foot="<a href='/talk?page=2'>2</a>"))
    assert "further-page-missing" in {each.code for each in fetched(f"{served.url}/talk", web).notices}


# ---------------------------------------------------------------------------------------------------------------- other things


def test_results_are_called_after_the_address() -> None:
    assert name_of("https://example.org/2025/05/a-talk-by-the-sea.html?x=1") == "a-talk-by-the-sea"
    assert name_of("https://example.org/entretien/%C3%A9t%C3%A9/123") == "été"
    assert name_of("https://example.org/") == "example.org"
    assert name_of("https://example.org/../..%2f..%2fetc/passwd") == "passwd"


def test_what_is_no_page_is_named(served: Served, web: ReadOptions) -> None:
    served.add("/file.pdf", b"%PDF-1.7\n", "application/pdf")
    with pytest.raises(SourceError, match="a PDF"):
        fetched(f"{served.url}/file.pdf", web)


HOSTILE = {
    "open brackets": "<" * 400_000,
    "open tags": "<a " * 200_000,
    "open scripts": "<script>" * 100_000,
    "open comments": "<!--" * 200_000,
    "open quotes": "<a href='" * 100_000,
    "spaces": "<a" + " " * 400_000 + "x>",
}


@pytest.mark.parametrize("page", HOSTILE)
def test_a_look_over_any_page_takes_linear_time(page: str) -> None:
    begun = time.process_time()
    skim(HOSTILE[page])
    assert time.process_time() - begun < 3


def test_what_the_user_states_stands_in_place_of_the_page_s(served: Served, web: ReadOptions) -> None:
    served.add("/talk", article(1))
    stated = Stated(
        title="The pier",
        authors=("Ada Byrd",),
        interviewers=("Ada Byrd",),
        interviewees=("Tom Reed",),
        published="2025-05",
        publication="The Harbour",
        language="en-GB",
        source_url="https://example.org/talk",
        deck="A talk.",
    )
    made = fetched(f"{served.url}/talk", replace(web, stated=stated)).document.article
    known = made.metadata
    assert [each.text for each in (*made.headline, *made.deck)] == ["The pier", "A talk."]  # type: ignore[union-attr]
    assert (known.published, known.publication, known.language, known.source_url) == (
        "2025-05",
        "The Harbour",
        "en-GB",
        "https://example.org/talk",
    )
    assert {each.name: each.roles for each in known.contributors} == {
        "Ada Byrd": ("author", "interviewer"),
        "Tom Reed": ("interviewee",),
    }


# ------------------------------------------------------------------------------------------------------------------ services

GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
SERVICES = {
    "sizes by query, as imgix and WordPress.com write them": (
        "<img src='/p.jpg?w=320' srcset='/p.jpg?w=320 320w, /p.jpg?w=1280&amp;dpr=2 2560w, /p.jpg?w=4000 4000w' sizes=100vw>",
        "/p.jpg?w=1280&dpr=2",
    ),
    "sizes by path, commas in them, as Cloudinary writes them": (
        "<img src='/c_fill,w_400/p.jpg' srcset='/c_fill,w_400/p.jpg 400w, /c_fill,w_1600/p.jpg 1600w'>",
        "/c_fill,w_1600/p.jpg",
    ),
    "formats in a picture element, the last the plain one": (
        "<picture><source type=image/webp srcset='/p.webp?w=800 800w, /p.webp?w=1600 1600w'><img src='/p.jpg?w=800'></picture>",
        "/p.webp?w=1600",
    ),
    "lazily, with a stand-in": (
        f"<img src='{GIF}' data-src='/p-800.jpg' data-srcset='/p-800.jpg 800w, /p-1600.jpg 1600w'>",
        "/p-1600.jpg",
    ),
    "for those without scripts": (
        f"<img class=lazy src='{GIF}'><noscript><img src='/p-full.jpg' width=900></noscript>",
        "/p-full.jpg",
    ),
    "by density, twice of which is more than print needs": (
        "<img src='/p?w=3840' srcset='/p?w=1920 1x, /p?w=3840 2x' width=1600>",
        "/p?w=1920",
    ),
    "by density": ("<img src='/p.jpg' srcset='/p.jpg 1x, /p@2x.jpg 2x' width=900>", "/p@2x.jpg"),
}


@pytest.mark.parametrize("service", SERVICES)
def test_the_largest_sensible_size_is_fetched_and_no_other(service: str, served: Served, web: ReadOptions) -> None:
    markup, wanted = SERVICES[service]
    served.add(
        "/talk",
        article(1).replace("</article>", f"<figure>{markup}<figcaption>The pier.</figcaption></figure></article>"),
    )
    served.add(wanted, next((SAMPLE / "images").glob("*.jpg")).read_bytes(), "image/jpeg")
    reading = fetched(f"{served.url}/talk", web)
    assert len(reading.document.assets) == 1
    assert served.paths == ["/talk", wanted]


def test_whoever_ends_the_program_waits_for_no_server(served: Served, tmp_path: Path) -> None:
    figures = "".join(f"<figure><img src='/{number}.jpg' width=900></figure>" for number in range(12))
    served.add("/talk", article(1).replace("</article>", f"{figures}</article>"))
    ended = threading.Event()
    for number in range(12):
        served.pages[f"/{number}.jpg"] = lambda _: ended.wait(60)  # type: ignore[assignment]
    target = tmp_path / "talk.epub"
    command = [sys.executable, "-m", "exporter", "epub", f"{served.url}/talk", "-o", str(target), "--cache", "none"]
    program = subprocess.Popen([*command, "--http", "--private-host", "127.0.0.1"], stderr=subprocess.PIPE, text=True)
    try:
        while len(served.asked) < 5 and program.poll() is None:
            time.sleep(0.05)
        begun = time.monotonic()
        program.terminate()
        said = program.communicate(timeout=20)[1]
    finally:
        ended.set()
        program.kill()
    assert time.monotonic() - begun < 10  # a server's silence alone is waited for longer
    assert (program.returncode, said) == (143, "exporter: Ended by SIGTERM; no file was left half made.\n")
    assert sorted(tmp_path.iterdir()) == []


def test_pictures_that_lead_into_the_private_network_are_not_asked_for(served: Served, web: ReadOptions) -> None:
    with running(*serve("127.0.0.2")) as other:
        other.add("/secret.jpg", b"")
        served.add("/moved.jpg", b"", status=302, Location=f"{other.url}/secret.jpg")
        lead = (f"{other.url}/secret.jpg", "/moved.jpg")
        figures = "".join(f"<figure><img src='{each}' width=900></figure>" for each in lead)
        served.add("/talk", article(1).replace("</article>", f"{figures}</article>"))
        reading = fetched(f"{served.url}/talk", web)
        assert other.asked == []
    told = [each.message for each in reading.notices if each.code == "picture-missing"]
    assert len(told) == 2
    assert all("not on the public network" in each for each in told)
