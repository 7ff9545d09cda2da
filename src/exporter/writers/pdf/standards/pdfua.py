"""The structure of a tagged PDF: what a screen reader is told a thing is, and in which order (ISO 32000-1, 14.8; ISO 14289-1).

WeasyPrint makes a tag of every box, page by page: a paragraph that goes over to the next page is two, an article as many as it
has pages; a note is a line at the foot of a page, far from its mark; no tag says in which language its words are. It is asked
here which box each tag was made of, and the tags become what the document's nodes are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from exporter.writers.pdf.standards.file import Entries, Pdf
from exporter.writers.pdf.standards.objects import silence

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

POINTS = 0.75
"""Points of a pixel of CSS."""

_KINDS = {"pre": "P", "code": "Code", "ruby": "Ruby", "rt": "RT"}
"""Elements of HTML that the renderer has no kind for."""

_CLASSES = {
    "pull-quote": "BlockQuote",
    "sidebar": "Sect",
    "colophon": "Sect",
    "footnote": "Note",
    "note": "Note",
    "note-number": "Lbl",
    "note-mark": "Reference",
}
"""Classes of elements, for what HTML has no element for."""

_NUMBERS = frozenset({"li::marker", "li::before"})
"""What draws the number or the bullet of an entry."""

_PSEUDO = {"footnote-call": "Reference", "footnote-marker": "Lbl"}

_NAMELESS = frozenset(
    {
        "/P",
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H5",
        "/H6",
        "/Art",
        "/BlockQuote",
        "/Caption",
        "/Div",
        "/Part",
        "/Sect",
        "/Span",
    }
)
"""What a box without an element of its own is not, though it is made from one: it only groups lines."""

_FULL = frozenset({"/Figure", "/TD", "/TH"})
"""What may be empty: a picture has its description, an empty cell keeps its place."""

_OPEN = frozenset({"/LBody", "/TD", "/TH", "/Caption"})
"""What takes the notes of its words in; of other blocks the notes stand behind them."""

_BLOCKS = _OPEN | {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}


def with_structure(pdf: Pdf) -> None:
    """Makes the tags what the document's nodes are. Margins must have been told from content before."""
    if "boxes" not in pdf.__dict__:
        return
    tree = _Tree(pdf)
    tree.name()
    tree.put_lists_right()
    tree.join()
    tree.put_links_right()
    tree.put_cells_right()
    tree.put_notes_right()
    tree.prune()


class _Tree:
    """The tags of one file. They are found by their references, and each knows the element of HTML that it stands for."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        root = self.tag(pdf.catalog["StructTreeRoot"])
        self.top = self.tag(root["K"][0])
        self.numbers = self.tag(root["ParentTree"])["Nums"]
        self.seen: dict[tuple[int, str, str], Entries] = {}
        self.heirs: dict[bytes, bytes] = {}
        self.cells: dict[str, str] = {}

    def tag(self, reference: bytes) -> Entries:
        """The object that a reference such as ``b"12 0 R"`` refers to."""
        found: Entries = self.pdf.objects[int(reference.split()[0])]
        return found

    def kids(self, tag: Entries) -> list[Entries]:
        """The tags directly in a tag."""
        known = (self.tag(kid) for kid in tag.get("K", ()) if isinstance(kid, bytes))
        return [kid for kid in known if kid.get("Type") == "/StructElem"]

    def origin(self, tag: Entries) -> tuple[Element | None, str]:
        """The element of HTML that a tag stands for, None where there is none; what its box is called: ``li::marker``."""
        box = self.pdf.boxes.get(tag.reference)
        return (None, "") if box is None or box.element is None else (box.element, box.element_tag)

    def is_nameless(self, tag: Entries) -> bool:
        """Whether a tag was made of an anonymous box, which only groups the content of another and shares its element."""
        return type(getattr(self.pdf.boxes.get(tag.reference), "style", None)).__name__ == "AnonymousStyle"

    # ------------------------------------------------------------------------------------------------------------ names

    def name(self) -> None:
        """Gives tags their kinds and languages, pictures their places, notes their names."""
        import pydyf

        notes = 0
        for tag in self.all(self.top):
            element, called = self.origin(tag)
            if element is None:
                continue
            if self.is_nameless(tag):
                tag["S"] = "/NonStruct" if tag["S"] in _NAMELESS else tag["S"]
                tag["S"] = "/RB" if called == "ruby" else tag["S"]  # the base is the one part without an element there
                continue
            kind = _kind_of(element, called)
            tag["S"] = f"/{kind}" if kind else tag["S"]
            if kind == "Note":
                notes += 1
                tag["ID"] = pydyf.String(f"note-{notes}")
            elif tag["S"] == "/Figure":
                tag["A"]["BBox"] = self._on_paper(tag)
                tag["S"] = "/Formula" if element.get("class") == "formula" else tag["S"]
            if element.get("lang") and "::" not in called:
                tag["Lang"] = pydyf.String(element.get("lang"))

    def _on_paper(self, tag: Entries) -> Any:
        """Where a picture stands, in points from the page's lower left corner: the renderer says it as CSS does."""
        page = self.tag(tag["Pg"])
        top = page.get("TrimBox", page["MediaBox"])[3]
        left, upper, right, lower = (POINTS * edge for edge in tag["A"]["BBox"])
        return type(tag["A"]["BBox"])((left, top - lower, right, top - upper))

    def all(self, tag: Entries) -> Iterator[Entries]:
        """All tags below one, each after the one that holds it."""
        for kid in self.kids(tag):
            yield kid
            yield from self.all(kid)

    def put_lists_right(self) -> None:
        """Takes the number or bullet of an entry out of its body, and puts a term to the words that explain it."""
        for tag in list(self.all(self.top)):
            if tag["S"] == "/LI":
                bodies = [kid for kid in self.kids(tag) if kid["S"] == "/LBody"]
                first = next(iter(self.kids(bodies[0])), None) if bodies else None
                if first is not None and self.origin(first)[1] in _NUMBERS:
                    first["S"] = "/Lbl"
                    self.move(first, tag, 0)
            elif tag["S"] == "/L":
                kids = self.kids(tag)
                for term, words in pairwise(kids):
                    if (self.origin(term)[1], self.origin(words)[1]) == ("dt", "dd") and self.kids(term):
                        label = self.kids(term)[0]
                        label["S"] = "/Lbl"
                        self.move(label, words, 0)

    # ------------------------------------------------------------------------------------------------------------ pages

    def join(self) -> None:
        """Joins the tags of one thing that goes over several lines or pages: a link, a paragraph, a table, an article."""
        kids = list(self.top["K"])
        self.top["K"].clear()
        for kid in kids:
            self._place(kid, self.top, goes_on=True)
        for place, owner in enumerate(self.numbers):
            if isinstance(owner, list):
                owner[:] = [self.heirs.get(each, each) for each in owner]
            elif isinstance(owner, bytes):
                self.numbers[place] = self.heirs.get(owner, owner)

    def _place(self, kid: object, parent: Entries, goes_on: bool) -> None:
        """Puts a tag into its parent; or, where it continues an earlier tag, puts its content into that one.

        ``goes_on`` says that it is the first on its page of a parent that goes on there.
        """
        tag = self.tag(kid) if isinstance(kid, bytes) else None
        if tag is None or tag.get("Type") != "/StructElem":
            parent["K"].append(kid)
            return
        # A paragraph that goes over to the next page was made of one element, and has a tag on each page.
        element, called = self.origin(tag)
        key = (id(element), called, tag["S"])
        first = self.seen.get(key) if element is not None and tag["S"] != "/Figure" else None
        if first is not None and self.is_nameless(tag) and not goes_on and parent["K"][-1:] != [first.reference]:
            first = None  # another of the same element, with something between them
        if first is not None and tag["S"] == "/THead":
            self._silence_again(tag, first)
            return
        kids = tag["K"]
        if first is None:
            self.seen[key] = first = tag
            tag["K"] = type(kids)()
            tag["P"] = parent.reference
            parent["K"].append(tag.reference)
        else:
            self.heirs[tag.reference] = first.reference
            kids = [self._of_page(each, tag, first) for each in kids]
            tag.clear()
        for number, each in enumerate(kids):
            self._place(each, first, goes_on=first is not tag and not number)

    def _silence_again(self, head: Entries, first: Entries) -> None:
        """Makes a repeated table head an artifact: it is drawn on each page and is content on the first only."""
        cells, known = ([each["ID"].string for each in self.all(tag) if "ID" in each] for tag in (head, first))
        self.cells.update(zip(cells, known, strict=False))
        silence(self.pdf, head, self.numbers)

    def put_links_right(self) -> None:
        """Puts each annotation of a link into the link's own tag, also that which the renderer makes of an element in it."""
        for tag in list(self.all(self.top)):
            link = self._above(tag, lambda each: each["S"] == "/Link")
            if link is None or link is tag:
                continue
            for kid in [each for each in tag["K"] if self._is_annotation(each)]:
                tag["K"].remove(kid)
                link["K"].append(kid)
                number = self.tag(self.tag(kid)["Obj"])["StructParent"]
                self.numbers[self.numbers[::2].index(number) * 2 + 1] = link.reference

    def _is_annotation(self, kid: object) -> bool:
        return isinstance(kid, bytes) and self.tag(kid).get("Type") == "/OBJR"

    def put_cells_right(self) -> None:
        """Lets cells name the header cells that were kept."""
        for tag in self.all(self.top):
            for name in tag.get("A", {}).get("Headers", ()):
                name.string = self.cells.get(name.string, name.string)

    def _of_page(self, kid: object, tag: Entries, first: Entries) -> Any:
        """Names the page of marked content that stands on another page than the tag that it is now in."""
        import pydyf

        if not isinstance(kid, int) or tag["Pg"] == first["Pg"]:
            return kid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": tag["Pg"], "MCID": kid})

    # ------------------------------------------------------------------------------------------------------------ notes

    def put_notes_right(self) -> None:
        """Moves a note to where its mark is read: behind the paragraph, or at the end of the entry, cell or caption."""
        tags = list(self.all(self.top))
        notes = {id(self.origin(tag)[0]): tag for tag in tags if tag["S"] == "/Note"}
        for mark in [tag for tag in tags if tag["S"] == "/Reference"]:
            note = notes.get(id(self.origin(mark)[0]))
            block = self._above(mark, lambda tag: tag["S"] in _BLOCKS)
            if note is None or block is None:
                continue
            if block["S"] in _OPEN:
                self.move(note, block, len(block["K"]))
            else:
                parent = self.tag(block["P"])
                place = parent["K"].index(block.reference) + 1
                while place < len(parent["K"]) and self._is_note(parent["K"][place]):
                    place += 1
                self.move(note, parent, place)

    def _is_note(self, kid: object) -> bool:
        return isinstance(kid, bytes) and self.tag(kid).get("S") == "/Note"

    def _above(self, tag: Entries, fits: Callable[[Entries], bool]) -> Entries | None:
        while tag is not self.top and not fits(tag):
            tag = self.tag(tag["P"])
        return None if tag is self.top else tag

    def move(self, tag: Entries, parent: Entries, place: int) -> None:
        """Puts a tag into another, before the kid of that number."""
        self.tag(tag["P"])["K"].remove(tag.reference)
        parent["K"].insert(place, tag.reference)
        tag["P"] = parent.reference

    # ------------------------------------------------------------------------------------------------------------ empty

    def prune(self) -> None:
        """Takes out the tags of boxes in which nothing is drawn."""
        # Backwards, so that a tag is looked at when those in it are gone.
        for tag in reversed(list(self.all(self.top))):
            if not tag["K"] and tag["S"] not in _FULL:
                self.tag(tag["P"])["K"].remove(tag.reference)
                tag.clear()


def _kind_of(element: Element, called: str) -> str:
    """The kind of a tag by its element; ``""`` where the renderer's own choice stays."""
    name, _, pseudo = called.partition("::")
    if pseudo:
        return _PSEUDO.get(pseudo, "")
    classes = (element.get("class") or "").split()
    return next((_CLASSES[each] for each in classes if each in _CLASSES), _KINDS.get(name, ""))
