"""Books of many articles, through the public surface: contents that lead where they say, people, sources, what is missing."""

from __future__ import annotations

import ctypes
import html
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import page as page_validation
import pypdfium2
import pytest
from pypdfium2 import raw

from exporter import cli
from exporter.check import check

TESTS = Path(__file__).resolve().parent
SOURCES = [
    TESTS.parent / "source" / "the-last-lampist",
    *(TESTS / "documents" / f"interview-{language}.json" for language in ("greek", "hebrew", "mixed")),
]
PLAN = """title = "Four Talks"
subtitle = "Heard on the coast"
editors = ["Ada Quill"]
series = "Conversations"
position = 2
foreword = "foreword.md"
articles = ["{0}"]
[[part]]
heading = "Elsewhere"
articles = ["{1}", "{2}", "{3}"]
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    (folder / "book.toml").write_text(PLAN.format(*SOURCES), "utf-8")
    (folder / "foreword.md").write_text("These were read *aloud* first.\n\nThen they were set.\n", "utf-8")
    return folder / "book.toml"


@pytest.fixture(scope="module")
def printed(plan: Path) -> pypdfium2.PdfDocument:
    target = plan.with_name("talks.pdf")
    assert cli.run(["bind", str(plan), "-o", str(target), "--theme", "book", "-q"]) == 0
    return pypdfium2.PdfDocument(target.read_bytes())


@pytest.fixture(scope="module")
def volume(plan: Path) -> zipfile.ZipFile:
    target = plan.with_name("talks.epub")
    assert cli.run(["bind", str(plan), "-o", str(target), "-q"]) == 0
    assert [each.message for each in check(target) if each.severity == "error"] == []
    return zipfile.ZipFile(io.BytesIO(target.read_bytes()))


def words(document: pypdfium2.PdfDocument, page: int) -> str:
    return " ".join(str(document[page].get_textpage().get_text_range()).split())


def pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    return (words(document, page) for page in range(len(document)))


def test_the_contents_of_a_printed_book_name_the_pages_on_which_articles_begin(printed: pypdfium2.PdfDocument) -> None:
    contents = next(page for page in pages(printed) if page.startswith("Contents"))
    for headline in ("What the Lampist Knows About the Dark", "The man who paints the names of harbours"):
        number = int(re.search(rf"{headline}\D+(\d+)", contents)[1])  # type: ignore[index]
        beginning = words(printed, number - 1)
        assert headline in beginning or " ".join(headline.split()[:3]) in beginning
        assert str(number) in beginning.split(), "the folio is the number that the contents name"


def test_folios_run_through_in_the_digits_that_the_contents_are_set_in(tmp_path: Path) -> None:
    arabic = TESTS / "documents" / "interview-arabic.json"
    for sources, digits in (((SOURCES[1], arabic), "0123456789"), ((arabic, SOURCES[1], arabic), "٠١٢٣٤٥٦٧٨٩")):
        target = tmp_path / "talks.pdf"
        called = ["bind", *map(str, sources), "-o", str(target), "--theme", "book", "--draft", "-q"]
        assert cli.run(called) == 0
        texts = list(pages(pypdfium2.PdfDocument(target.read_bytes())))
        listed = next(number for number, text in enumerate(texts) if "αλάτι" in text)
        for number, text in enumerate(texts[listed:], listed + 1):
            folio = "".join(digits[int(each)] for each in str(number))
            assert not text or folio in re.findall(r"\d+", text), (number, text[-60:])


def test_folios_are_set_in_digits_that_css_knows_by_no_name(tmp_path: Path) -> None:
    nko = "߀߁߂߃߄߅߆߇߈߉"
    listed = [shutil.which("fc-list") or "true", f":charset={ord(nko[1]):x}"]
    if not subprocess.run(listed, capture_output=True, check=False).stdout:
        pytest.skip("no font here has the digits of N'Ko")
    document = json.loads((TESTS / "documents" / "interview-arabic.json").read_text("utf-8"))
    document["article"]["metadata"]["language"] = "nqo"
    source = tmp_path / "talk.json"
    source.write_text(json.dumps(document), "utf-8")
    assert cli.run(["bind", str(source), "-o", str(tmp_path / "talk.pdf"), "--theme", "book", "--draft", "-q"]) == 0
    texts = list(pages(pypdfium2.PdfDocument((tmp_path / "talk.pdf").read_bytes())))
    opening = next(number for number, text in enumerate(texts, 1) if "نول" in text and number > 5)
    folios = ["".join(nko[int(each)] for each in str(number)) for number in range(opening, len(texts))]
    assert all(folio in text for folio, text in zip(folios, texts[opening - 1 :], strict=False) if text)


def test_the_half_title_stands_on_a_right_hand_page_and_the_imprint_behind_it(printed: pypdfium2.PdfDocument) -> None:
    texts = list(pages(printed))
    assert texts[1] == ""
    assert texts[2].startswith("Four Talks")
    assert "Ada Quill" in texts[3]
    assert texts[4].startswith("Contents")


def test_every_number_of_contents_and_index_is_that_of_the_page_it_leads_to(printed: pypdfium2.PdfDocument) -> None:
    listed = [number for number, text in enumerate(pages(printed)) if text.startswith(("Contents", "People"))]
    found = 0
    for number in listed:
        page = printed[number]
        for link in links_of(page):
            text = page.get_textpage().get_text_bounded(*link.box)
            if stated := re.search(r"(\d+)\s*$", text):
                assert int(stated[1]) == link.page + 1, text
                found += 1
    assert found >= 2 * len(SOURCES)


class Link(NamedTuple):
    """A link of a page: the corners of its box, and the number of the page that it leads to, from 0."""

    box: tuple[float, float, float, float]
    page: int


def links_of(page: pypdfium2.PdfPage) -> Iterator[Link]:
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, place, link):
        box = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, box)
        target = raw.FPDFLink_GetDest(page.pdf, link)
        if target:
            yield Link((box.left, box.bottom, box.right, box.top), raw.FPDFDest_GetDestPageIndex(page.pdf, target))


def test_a_book_is_tagged_as_the_standard_for_screen_readers_wants(tmp_path: Path) -> None:
    target = tmp_path / "talks.pdf"
    assert cli.run(["bind", str(SOURCES[1]), str(SOURCES[2]), "-o", str(target), "-q"]) == 0
    found = page_validation.validate_pdf_bytes(target.read_bytes(), profile="ua1").failures
    assert [each.message for each in found] == []


def test_notes_at_the_end_of_an_article_lead_back_to_their_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["bind", *map(str, SOURCES[:2]), "-o", str(tmp_path / "b.pdf"), "--links", "endnotes", "--draft"]
    assert cli.run(words) == 0
    assert "the renderer reports" not in capsys.readouterr().err


def test_the_proof_reader_speaks_of_the_pages_of_the_book_and_not_of_its_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "talks.pdf"
    assert (
        cli.run(["bind", str(SOURCES[1]), str(SOURCES[2]), "-o", str(target), "--theme", "book", "--draft", "--json"])
        == 0
    )
    found = [each for each in json.loads(capsys.readouterr().out)["notices"] if each["code"].startswith("proof-")]
    places = [int(each["where"].removeprefix("page ")) for each in found]
    assert places
    assert min(places) > 5, "cover, its back, half title, imprint, contents"


LINKED = """<!doctype html><html lang="en"><head><title>{0}</title></head><body><article><h1>{0}</h1>
<p class="byline">By <a href="https://example.org/ada">Ada Quill</a></p><p>{1}</p></article></body></html>"""


@pytest.mark.parametrize("theme", ["book", "magazine"])
def test_a_byline_that_is_a_link_changes_nothing_in_the_contents(tmp_path: Path, theme: str) -> None:
    words = "The tide came in twice that day, and nobody on the quay had expected it to. " * 12
    page = LINKED.format("The Second Tide", words)
    (tmp_path / "one.html").write_text(page, "utf-8")
    (tmp_path / "two.html").write_text(
        page.replace('<a href="https://example.org/ada">Ada Quill</a>', "Ada Quill"), "utf-8"
    )
    target = tmp_path / "talks.pdf"
    sources = [str(tmp_path / "one.html"), str(tmp_path / "two.html")]
    assert cli.run(["bind", *sources, "-o", str(target), "--theme", theme, "--draft", "-q"]) == 0
    document = pypdfium2.PdfDocument(target.read_bytes())
    contents = next(page for page in document if page.get_textpage().get_text_range().startswith("Contents"))
    assert len(list(links_of(contents))) % 2 == 0, "both lines are links, and nothing in them is another"
    text = contents.get_textpage()
    sizes = {words: heights_of(text, words) for words in ("The Second Tide", "Ada Quill")}
    assert all(len(set(found)) == 1 and len(found) == 2 for found in sizes.values()), sizes


def heights_of(text: pypdfium2.PdfTextPage, words: str) -> list[float]:
    """The height of each place where the words stand."""
    finder, found = text.search(words), []
    while place := finder.get_next():
        _, bottom, _, top = text.get_charbox(place[0])
        found.append(round(top - bottom, 1))
    return found


def test_sources_are_named_in_their_own_language_and_what_made_the_book_in_the_imprint_alone(
    volume: zipfile.ZipFile,
) -> None:
    sources = volume.read("EPUB/sources.xhtml").decode("utf-8")
    assert re.search(r'<div class="source" lang="he" xml:lang="he" dir="rtl">', sources)
    assert "exporter" not in re.sub(r"https?://\S+", "", sources)
    assert "Typeset from the web pages by exporter" in volume.read("EPUB/imprint.xhtml").decode("utf-8")


def test_a_name_of_another_script_in_the_index_keeps_its_direction(volume: zipfile.ZipFile) -> None:
    assert re.search(
        r'<li class="person"><span lang="he" xml:lang="he" dir="rtl">', volume.read("EPUB/people.xhtml").decode()
    )


def test_the_imprint_of_a_book_that_appeared_in_a_month_says_so_in_words(tmp_path: Path) -> None:
    plan = f'title = "T"\nlanguage = "en"\npublished = "2026-11"\narticles = ["{SOURCES[1]}"]'
    (tmp_path / "book.toml").write_text(plan, "utf-8")
    assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.epub"), "-q"]) == 0
    assert "November 2026" in zipfile.ZipFile(tmp_path / "b.epub").read("EPUB/imprint.xhtml").decode("utf-8")


def test_a_book_in_a_language_without_words_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = f'title = "T"\nlanguage = "ckb"\narticles = ["{SOURCES[1]}"]'
    (tmp_path / "book.toml").write_text(plan, "utf-8")
    assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.epub"), "--json"]) == 0
    codes = [each["code"] for each in json.loads(capsys.readouterr().out)["notices"]]
    assert codes.count("language-without-words") == 1


def test_a_foreword_is_in_the_contents_and_its_first_heading_is_its_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "before.md").write_text("# Before you read\n\nThese were heard.\n\n![A lamp](lamp.png)\n", "utf-8")
    plan = f'title = "T"\nlanguage = "en"\ntheme = "book"\nforeword = "before.md"\narticles = ["{SOURCES[1]}"]'
    (tmp_path / "book.toml").write_text(plan, "utf-8")
    assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.pdf"), "--draft", "--notices"]) == 0
    assert "the picture lamp.png was left out" in capsys.readouterr().err
    printed = pypdfium2.PdfDocument((tmp_path / "b.pdf").read_bytes())
    contents = next(page for page in pages(printed) if page.startswith("Contents"))
    number = int(re.search(r"Before you read (\d+)", contents)[1])  # type: ignore[index]
    beginning = words(printed, number - 1)
    assert ("Before you read These were heard." in beginning, "Foreword" in beginning) == (True, False)
    assert number % 2, "a right-hand page, as the theme wants of beginnings"
    assert words(printed, number - 2) == "", "nothing stands on the empty page before it"
    assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.epub"), "-q"]) == 0
    made = zipfile.ZipFile(tmp_path / "b.epub")
    assert '<a href="foreword.xhtml">Before you read</a>' in made.read("EPUB/nav.xhtml").decode("utf-8")
    assert made.read("EPUB/foreword.xhtml").decode("utf-8").count("Before you read</h1>") == 1


@pytest.mark.parametrize("verbatim", [False, True])
def test_the_words_of_a_plan_are_set_as_those_of_its_articles_are(tmp_path: Path, verbatim: bool) -> None:
    (tmp_path / "before.md").write_text('She said "no" -- it\'s hers.[^1]\n\n[^1]: A note.\n', "utf-8")
    plan = f"""title = "The keeper's \\"Book\\""\nsubtitle = "It's late"\nlanguage = "en"\nforeword = "before.md"
    [[part]]\nheading = "The sea's edge"\narticles = ["{SOURCES[1]}"]"""
    (tmp_path / "book.toml").write_text(plan, "utf-8")
    words = ["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.epub"), "-q"]
    assert cli.run([*words, *(["--verbatim"] if verbatim else [])]) == 0
    made = zipfile.ZipFile(tmp_path / "b.epub")
    names = ("content.opf", "titlepage.xhtml", "foreword.xhtml", "part-1.xhtml")
    package, title, foreword, part = (html.unescape(made.read(f"EPUB/{name}").decode("utf-8")) for name in names)
    for text, straight, curly in (
        (package, 'The keeper\'s "Book"', "The keeper’s “Book”"),
        (title, "It's late", "It’s late"),
        (foreword, 'She said "no"', "She said “no”"),
        (part, "The sea's edge", "The sea’s edge"),
    ):
        found = " ".join(text.split())
        assert (straight in found, curly in found) == (verbatim, not verbatim), text
    assert "↩" not in foreword


def test_a_shelf_shows_the_editors_of_a_book_as_who_made_it(
    volume: zipfile.ZipFile, printed: pypdfium2.PdfDocument
) -> None:
    package = volume.read("EPUB/content.opf").decode("utf-8")
    assert re.findall(r"<dc:creator[^>]*>(.*?)<", package) == ["Ada Quill"]
    assert re.findall(r'property="role"[^>]*>(\w+)<', package) == ["aut", "edt"]
    assert printed.get_metadata_value("Author") == "Ada Quill"


def test_bookmarks_lead_to_the_articles(printed: pypdfium2.PdfDocument) -> None:
    marked = {mark.get_title(): mark.get_dest().get_index() for mark in printed.get_toc() if mark.level == 0}
    assert {"Contents", "Foreword", "Elsewhere", "People", "Sources"} <= set(marked)
    assert "Lampist" in words(printed, marked["What the Lampist Knows About the Dark"])


def test_articles_of_a_book_begin_on_right_hand_pages(printed: pypdfium2.PdfDocument) -> None:
    starts = [
        mark.get_dest().get_index() + 1
        for mark in printed.get_toc()
        if mark.level == 0 and "man who" in mark.get_title()
    ]
    assert starts
    assert all(number % 2 for number in starts)


def test_the_index_of_people_names_the_page_of_each(printed: pypdfium2.PdfDocument) -> None:
    index = next(page for page in pages(printed) if page.startswith("People"))
    assert re.search(r"Castellane\D*\d+", index)


@pytest.mark.parametrize(
    ("credit", "people"),
    [
        ("Photograph: Una Sarkis / The Tidewater", {"Sarkis, Una"}),
        ("Photographs: Una Sarkis and Bo Stern for The Tidewater", {"Sarkis, Una", "Stern, Bo"}),
        ("© Una Sarkis 2026", {"Sarkis, Una"}),
        ("REUTERS/Una Sarkis", {"Sarkis, Una"}),
        ("Getty Images", set()),
        ("Harbour Museum", set()),
        ("Courtesy of the artist", set()),
    ],
)
def test_the_index_of_people_lists_those_whom_credits_of_pictures_name(
    credit: str, people: set[str], page: Path
) -> None:
    picture = f'<figure><img src="images/tower.png" alt="A tower"><figcaption>The tower. {credit}</figcaption></figure>'
    page.write_text(page.read_text("utf-8").replace("</h1>", f"</h1>{picture}", 1), "utf-8")
    assert cli.run(["bind", str(page), str(SOURCES[1]), "-o", str(page.with_name("talks.epub")), "-q"]) == 0
    index = zipfile.ZipFile(page.with_name("talks.epub")).read("EPUB/people.xhtml").decode("utf-8")
    listed = set(re.findall(r'<li class="person"><span lang="en"[^>]*>(.*?)</span>', index))
    assert {each for each in listed if each.split(",")[0] in ("Sarkis", "Stern", "Images", "Museum")} == people


def test_notes_of_a_foreword_stand_at_the_foot_of_its_page_and_behind_it_in_an_e_book(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(f'title = "One"\nforeword = "fore.md"\narticles = ["{SOURCES[1]}"]\n', "utf-8")
    (tmp_path / "fore.md").write_text("Read aloud[^1] first.\n\nThen set.\n\n[^1]: In the harbour hall.\n", "utf-8")
    for target in ("one.epub", "one.pdf"):
        called = ["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / target), "--draft", "-q"]
        assert cli.run(called) == 0
    text = zipfile.ZipFile(tmp_path / "one.epub").read("EPUB/foreword.xhtml").decode("utf-8")
    mark = re.search(r'Read aloud<a href="#(n-\d+)" id="(r-\d+)"', text)
    assert mark
    assert re.search(rf'id="{mark[1]}".*?<a href="#{mark[2]}".*?In the harbour hall', text, re.DOTALL)
    assert [each.message for each in check(tmp_path / "one.epub") if each.severity == "error"] == []
    page = next(each for each in pages(pypdfium2.PdfDocument(tmp_path / "one.pdf")) if "Read aloud" in each)
    assert page.index("Then set") < page.index("In the harbour hall")


def test_an_e_book_of_many_has_its_articles_and_their_questions_in_two_levels(volume: zipfile.ZipFile) -> None:
    nav = volume.read("EPUB/nav.xhtml").decode("utf-8")
    assert re.search(r'a1-titlepage\.xhtml">What the Lampist Knows.*?<ol>.*?a1-text-1\.xhtml#q-1', nav, re.DOTALL)
    assert "part-1.xhtml" in nav or "part-2.xhtml" in nav
    opf = volume.read("EPUB/content.opf").decode("utf-8")
    assert "Conversations" in opf
    assert 'property="group-position"' in opf


def test_a_page_list_of_a_book_names_the_pages_of_its_pdf(tmp_path: Path) -> None:
    sources = [str(SOURCES[1]), str(SOURCES[2])]
    for suffix, more in (("pdf", []), ("epub", ["--page-list"])):
        called = ["bind", *sources, "-o", str(tmp_path / f"talks.{suffix}"), "--theme", "book", "-q", *more]
        assert cli.run(called) == 0
    assert [each.message for each in check(tmp_path / "talks.epub") if each.severity == "error"] == []
    book = zipfile.ZipFile(tmp_path / "talks.epub")
    nav = book.read("EPUB/nav.xhtml").decode("utf-8")
    listed = dict(re.findall(r'<a href="([^"]+)#page-(\d+)">', nav.split('epub:type="page-list"')[1])[::-1])
    with pypdfium2.PdfDocument((tmp_path / "talks.pdf").read_bytes()) as printed:
        marks = [mark.get_dest().get_index() + 1 for mark in printed.get_toc() if mark.level == 0]
    starts = [int(listed[name]) for name in ("a1-titlepage.xhtml", "a2-titlepage.xhtml")]
    assert set(starts[1:]) < set(marks), "an article begins on the page that its bookmark leads to"
    assert "pageBreakMarkers" in book.read("EPUB/content.opf").decode("utf-8")


def test_each_article_of_an_e_book_keeps_its_language_and_direction(volume: zipfile.ZipFile) -> None:
    hebrew = volume.read("EPUB/a3-text-1.xhtml").decode("utf-8")
    assert 'lang="he"' in hebrew
    assert 'dir="rtl"' in hebrew


def test_a_picture_that_stands_in_two_articles_is_held_once(tmp_path: Path) -> None:
    one, two = tmp_path / "one.epub", tmp_path / "two.epub"
    source = str(SOURCES[0])
    assert cli.run(["bind", source, "-o", str(one), "-q", "--title", "T"]) == 0
    assert cli.run(["bind", source, source, "-o", str(two), "-q", "--title", "T"]) == 0
    assert pictures(one) == pictures(two)


def pictures(book: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(book).namelist() if "/images/" in name and "cover" not in name}


def test_a_source_that_cannot_be_read_stops_the_book_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "talks.epub"
    lost = tmp_path / "lost.html"
    assert cli.run(["bind", str(SOURCES[1]), str(lost), "-o", str(target)]) == 10
    assert "lost.html" in capsys.readouterr().err
    assert not target.exists()


def test_with_keep_going_the_imprint_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "talks.epub"
    lost = tmp_path / "lost.html"
    assert cli.run(["bind", str(SOURCES[1]), str(lost), "-o", str(target), "--keep-going"]) == 3
    assert f"{lost} is not in the book" in capsys.readouterr().err
    told = zipfile.ZipFile(target).read("EPUB/imprint.xhtml").decode("utf-8")
    assert ("lost.html" in told, str(tmp_path) in told) == (True, False), "no folder of this machine is printed"


def test_of_an_archive_one_page_is_left_out_and_not_those_behind_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = (SOURCES[0] / "article.html").read_text("utf-8")
    pages = {"one.html": article, "two.html": "<p>Nothing", "three.html": article.replace("Lampist", "Clockmaker")}
    with zipfile.ZipFile(tmp_path / "talks.zip", "w") as archive:
        for number, (name, content) in enumerate(pages.items()):
            archive.writestr(f"{number}/{name}", content)
    words = ["bind", str(tmp_path / "talks.zip"), "-o", str(tmp_path / "talks.epub"), "-q"]
    assert cli.run(words) == 20
    assert f"{tmp_path / 'talks.zip'} 1/two.html: There is no article" in capsys.readouterr().err
    assert cli.run([*words, "--keep-going"]) == 3
    made = zipfile.ZipFile(tmp_path / "talks.epub")
    told = made.read("EPUB/imprint.xhtml").decode("utf-8")
    assert ("two.html" in told, "one.html" in told) == (True, False)
    nav = made.read("EPUB/nav.xhtml").decode("utf-8")
    assert ("What the Lampist Knows" in nav, "What the Clockmaker Knows" in nav) == (True, True)


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        ("title = 1", "no plan of a book"),
        ('title = "T"', "names no articles"),
        ('title = "T"\narticels = ["a.html"]', "articels"),
        ('title = "T"\narticles = ["book.toml"]', "There is no article"),
        ('title = "T"\narticles = ["{greek}", ""]', "the source of an article is empty"),
        ('title = " "\narticles = ["a.html"]', "title is ' ', it is empty"),
        ('title = "T"\nlanguage = "the English one"\narticles = ["a.html"]', "it is no tag"),
        ('title = "T"\npublished = "yesterday"\narticles = ["a.html"]', "it is no date"),
        ('title = "T"\nposition = -1\narticles = ["a.html"]', "less than 0"),
        ('title = "T"\nforeword = "lost.md"\narticles = ["{greek}"]', "cannot be read: No such file or directory."),
    ],
)
def test_a_plan_that_is_wrong_says_how(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], plan: str, fault: str
) -> None:
    (tmp_path / "book.toml").write_text(plan.replace("{greek}", str(SOURCES[1])), "utf-8")
    assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.epub")]) in {2, 10, 20}
    assert fault in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "own", "theme"),
    [
        ((), "", "book"),
        (("--theme", "magazine"), "", "magazine"),
        ((), 'theme = "plain"', "book"),
        (("--theme", "magazine"), 'theme = "plain"', "magazine"),
    ],
)
def test_the_look_is_the_call_s_else_the_plan_s_else_one_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], own: str, theme: str
) -> None:
    (tmp_path / "own.toml").write_text(own, "utf-8")
    monkeypatch.setenv("EXPORTER_CONFIG", str(tmp_path / "own.toml"))
    (tmp_path / "book.toml").write_text(f'title = "T"\ntheme = "book"\narticles = ["{SOURCES[1]}"]', "utf-8")
    made, stated = tmp_path / "made.epub", tmp_path / "stated.epub"
    assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(made), "-q", *words]) == 0
    monkeypatch.setenv("EXPORTER_CONFIG", "none")
    assert cli.run(["bind", str(SOURCES[1]), "--title", "T", "-o", str(stated), "-q", "--theme", theme]) == 0
    assert made.read_bytes() == stated.read_bytes()


def test_a_source_that_the_call_has_wrong_is_not_said_to_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = f'{{ source = "{SOURCES[1]}", corrections = "lost.toml" }}'
    (tmp_path / "book.toml").write_text(f'title = "T"\narticles = [{article}]', "utf-8")
    for words in ((), ("--keep-going",)):
        assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.epub"), *words]) == 2
        told = capsys.readouterr().err
        assert "lost.toml" in told
        assert "--keep-going" not in told


@pytest.mark.parametrize("target", ["-", "talks", ".", "talks/"])
def test_a_name_that_tells_no_format_is_answered_with_names_that_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["bind", str(SOURCES[1]), "-o", target]) == 2
    assert "Name the file: NAME.pdf or NAME.epub." in capsys.readouterr().err


def test_a_date_of_toml_s_own_is_a_date(tmp_path: Path) -> None:
    plan = f'title = "T"\nlanguage = "en"\npublished = 2026-11-29\narticles = ["{SOURCES[1]}"]'
    (tmp_path / "book.toml").write_text(plan, "utf-8")
    assert cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(tmp_path / "b.epub"), "-q"]) == 0
    assert "29 November 2026" in zipfile.ZipFile(tmp_path / "b.epub").read("EPUB/imprint.xhtml").decode("utf-8")


def test_a_plan_that_is_not_there_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["bind", str(tmp_path / "lost.toml"), "-o", str(tmp_path / "b.epub")]) == 2
    assert "lost.toml cannot be read: No such file or directory." in capsys.readouterr().err


def test_a_book_never_overwrites_what_it_is_made_of(tmp_path: Path) -> None:
    copy = tmp_path / "talk.epub"
    copy.write_bytes(SOURCES[1].read_bytes())
    assert cli.run(["bind", str(copy), "-o", str(copy)]) == 2
    assert copy.read_bytes() == SOURCES[1].read_bytes()


def test_only_some_formats_have_books(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["bind", "lost.html", "-o", str(tmp_path / "b.html")]) == 2, "said before anything is read"
    assert "pdf, epub" in capsys.readouterr().err
