"""The tree of a page, which we build by a shorter way than Beautiful Soup, is the tree that Beautiful Soup builds.

Shapes are left out: what only draws is no part of any article.
"""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, RubyTextString

import exporter
from exporter.readers.dom.search import elements, every, first, holds, rename
from exporter.readers.dom.tree import PageSoup, remembered

PAGES = sorted((Path(__file__).parent / "pages").glob("*/source.html"))
ODD = (
    "",
    "bare words",
    "<p>one<p>two</b></i></p></div>three",
    "<pre>  \n </pre> \n\n <p>\t</p><textarea> <b> </b> </textarea>",
    "<template><p>kept<script>var a</script><style>b{}</style></p></template>",
    "<ruby>漢<rp>(<rt>kan<rp>)</ruby><!-- a remark --><?php echo 1 ?>",
    '<p class="  a\n b "><a rel=" nofollow  author " href=" x "></a></p>',
    "<!doctype html><html lang=en><head><title>x</title><body><svg><path d='M0'/></svg><math><mi>x</mi></math>",
)
LINKS = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")


def _beautiful(markup: str) -> BeautifulSoup:
    """Beautiful Soup's tree, less what only draws."""
    soup = BeautifulSoup(markup, "lxml")
    for shape in soup.find_all(["path", "rect", "circle", "ellipse", "polygon", "polyline", "use", "stop"]):
        shape.unwrap()
    return soup


def _told(soup: BeautifulSoup) -> list[object]:
    """Every node with what it holds and which nodes are linked to it, by their numbers."""
    nodes: list[PageElement] = [soup, *soup.descendants]
    numbers = {id(node): number for number, node in enumerate(nodes)}
    return [
        (
            type(node) if isinstance(node, NavigableString) else _said(node),
            None if isinstance(node, Tag) else str(node),
            [None if getattr(node, link) is None else numbers[id(getattr(node, link))] for link in LINKS],
        )
        for node in nodes
    ]


def _said(tag: PageElement) -> object:
    assert isinstance(tag, Tag)
    attributes = {name: value if isinstance(value, str) else " ".join(value) for name, value in tag.attrs.items()}
    return tag.name, attributes, tag.get_text(), len(tag.contents)


@pytest.mark.parametrize("markup", ODD)
def test_the_tree_of_odd_markup_is_beautiful_soups(markup: str) -> None:
    assert _told(PageSoup(f"<body>{markup}")) == _told(_beautiful(f"<body>{markup}"))


@pytest.mark.parametrize("page", PAGES[::8], ids=lambda page: page.parent.name)
def test_the_tree_of_a_page_is_beautiful_soups(page: Path) -> None:
    markup = page.read_text(encoding="utf-8", errors="replace").replace("<?xml", "<!--")
    assert _told(PageSoup(markup)) == _told(_beautiful(markup))


BOXES = "<div id=a><p id=b>x<b id=c>y</b></p><i id=d>z</i></div><p id=e>w</p>" + "<u>v</u>" * 80
WANTED = frozenset({"p", "b", "i"})


def _ids(tags: list[Tag]) -> str:
    return "".join(str(tag.get("id", "")) for tag in tags)


def _by_walking(root: Tag) -> list[Tag]:
    return [each for each in root.descendants if isinstance(each, Tag)]


def _agree(soup: PageSoup) -> bool:
    for root in (soup, *_by_walking(soup)):
        inside = _by_walking(root)
        wanted = [each for each in inside if each.name in WANTED]
        found = (list(elements(root)), every(root, WANTED), [first(root, WANTED)] if holds(root, WANTED) else [])
        if [list(map(id, each)) for each in found] != [list(map(id, each)) for each in (inside, wanted, wanted[:1])]:
            return False
    return True


def test_a_search_finds_the_same_in_a_tree_just_read_one_changed_and_one_put_in_order() -> None:
    soup = PageSoup(BOXES)
    assert _ids(every(soup, WANTED)) == "bcde"
    assert _agree(soup)
    rename(soup.find(id="d"), "em")  # type: ignore[arg-type]
    assert _agree(soup)
    rename(soup.find(id="e"), "em")  # type: ignore[arg-type]
    assert _ids(every(soup, frozenset({"em"}))) == "de"
    rename(soup.find(id="e"), "p")  # type: ignore[arg-type]
    assert _agree(soup)
    soup.find(id="e").insert(0, soup.find(id="c").extract())  # type: ignore[union-attr]
    assert _ids(every(soup, WANTED)) == "bec"
    assert _agree(soup)
    soup.put_in_order()
    assert _agree(soup)
    soup.find(id="b").unwrap()  # type: ignore[union-attr]
    assert _ids(every(soup, WANTED)) == "ec"
    assert _agree(soup)


def test_a_question_about_an_element_is_asked_once_from_when_its_page_is_settled() -> None:
    asked = []

    @remembered
    def called(tag: Tag) -> str:
        asked.append(tag)
        return str(tag.get("id"))

    soup = PageSoup(BOXES)
    box = soup.find(id="b")
    assert isinstance(box, Tag)
    assert (called(box), called(box), len(asked)) == ("b", "b", 2)
    soup.settle()
    assert (called(box), called(box), len(asked)) == ("b", "b", 3)
    box.extract()
    assert (called(box), called(box), len(asked)) == ("b", "b", 5)


def test_the_words_of_an_element_are_those_that_beautiful_soup_has() -> None:
    for markup in ODD:
        ours, theirs = PageSoup(f"<body>{markup}"), _beautiful(f"<body>{markup}")
        for tag, other in zip(elements(ours), elements(theirs), strict=True):
            assert tag.get_text(" | ") == other.get_text(" | ")
            assert tag.get_text("", strip=True) == other.get_text("", strip=True)
            kinds = (NavigableString, RubyTextString)
            assert tag.get_text(" ", types=kinds) == other.get_text(" ", types=kinds)


def test_the_words_of_a_changed_tree_are_those_that_it_has_now() -> None:
    soup = PageSoup("<div><p>one</p><script>two</script><b>three</b><i>four</i></div>")
    whole = soup.find("div")
    assert isinstance(whole, Tag)
    said = [whole.get_text()]
    soup.find("p").extract()  # type: ignore[union-attr]
    said.append(whole.get_text())
    soup.put_in_order()
    said.append(whole.get_text())
    soup.find("i").string = "five"  # type: ignore[union-attr]
    said += [whole.get_text(), soup.get_text(" ")]
    assert said == ["onethreefour", "threefour", "threefour", "threefive", "three five"]


def test_a_tree_that_is_untied_leaves_no_circle_behind() -> None:
    soup = PageSoup(BOXES)
    nodes = [weakref.ref(node) for node in soup.descendants]
    every(soup, frozenset({"p"}))[0].extract()
    soup.settle()
    soup.untie()
    gc.collect()
    gc.disable()
    try:
        del soup
        assert not [node() for node in nodes if node() is not None]
    finally:
        gc.enable()


def test_a_long_page_is_untied_without_a_deep_fall() -> None:
    soup = PageSoup("<p>a<b>c</b>" * 100_000)
    soup.settle()
    soup.untie()
    del soup


def test_a_page_that_was_read_is_gone_without_the_collector() -> None:
    words = "<p>It was lit early, before the boats came home, and nobody remembers who had asked for that.</p>" * 90
    page = f"<title>The lamp</title><script>var lamp</script><h1>The lamp</h1>{words}".encode()
    exporter.read(page)
    gc.collect()
    gc.disable()
    try:
        exporter.read(page)
        assert gc.collect() < 90  # what the parser's own library leaves
    finally:
        gc.enable()
