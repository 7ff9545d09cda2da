"""Finishes a PDF before it is written: does what WeasyPrint leaves undone.

Each step changes the objects of the file in memory (pydyf's), so that nothing is parsed again. A standard says which steps it
takes (:mod:`exporter.writers.pdf.standards`).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from exporter.writers.pdf.standards.file import Content, Entries, Pdf

PRINT = 4
"""The flag of an annotation that may be printed (ISO 32000-1, table 165)."""


def with_page_labels(pdf: Pdf) -> None:
    """Says that pages are numbered from 1, as their folios are."""
    import pydyf

    numbers = pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


_JOINTS = {0x200B: None, 0x2060: None, 0xA0: " ", 0x202F: " "}
"""What tells a renderer where lines may break, and nobody else."""


def with_plain_bookmarks(pdf: Pdf) -> None:
    """Takes the characters that steer line breaks out of the bookmarks, since some viewers draw them as boxes."""
    import pydyf

    for each in pdf.objects:
        if isinstance(each, dict) and "Dest" in each and "Title" in each:
            each["Title"] = pydyf.String(each["Title"].string.translate(_JOINTS))


def with_printing_links(pdf: Pdf) -> None:
    """Gives every link the flag that archives and checkers want (ISO 19005-2, 6.3.2)."""
    for each in kind(pdf, "/Annot"):
        each["F"] = PRINT


def without_links(pdf: Pdf) -> None:
    """Removes every annotation: a file for a press may have none on its pages (ISO 15930-7, 6.17)."""
    for page in kind(pdf, "/Page"):
        page.pop("Annots", None)
    for each in kind(pdf, "/Annot"):
        each.clear()


def with_plain_metadata(pdf: Pdf) -> None:
    """Leaves the metadata uncompressed, so that programs that know no PDF can read them (ISO 19005-1, 6.7.2)."""
    for each in _metadata(pdf):
        each.compress = False


UNCLEAR = b"\r\nendstream"
"""How a stream ends whose last byte is a carriage return."""


def with_clear_ends(pdf: Pdf, spare: int) -> None:
    """Lets no stream end in a carriage return.

    With the line feed that follows, it would pass for the end of a line, and the length stated for false by a byte
    (ISO 19005-2, 6.1.7.1). A line feed more after the operators, or after the tables of a font, and the compressed stream
    is another. So are those that are made last, of all objects together, with ``spare`` objects more.
    """
    import pydyf

    for each in pdf.objects:
        if hasattr(each, "stream") and each.data.endswith(UNCLEAR):
            # pydyf joins the parts of a stream with line feeds.
            each.stream.append(b"")
            if "Length1" in each.extra:
                each.extra["Length1"] += 1
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())


_ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def with_claim_of_access(pdf: Pdf) -> None:
    """Says in an archive's file that it is a PDF/UA-1 as well, which PDF/A allows where the claim is described beside it."""
    for each in _metadata(pdf):
        each.stream = [part.replace(b"</rdf:RDF>", _ACCESSIBLE + b"</rdf:RDF>") for part in each.stream]


def _metadata(pdf: Pdf) -> list[Content]:
    return [each for each in pdf.objects if getattr(each, "extra", {}).get("Type") == "/Metadata"]


def for_screens(pdf: Pdf) -> None:
    """Says that colours are those of a screen: sRGB, by the profile that WeasyPrint brings (it leaves the file open itself)."""
    profile = files("weasyprint").joinpath("pdf", "sRGB2014.icc").read_bytes()
    with_intent(pdf, "GTS_PDFA1", profile, "sRGB IEC61966-2.1", 3)


def with_intent(pdf: Pdf, use: str, profile: bytes, name: str, components: int) -> None:
    """States the output intent, an ICC profile of so many components (ISO 32000-1, 14.11.5)."""
    import pydyf

    stream = pydyf.Stream([profile], pydyf.Dictionary({"N": components}), compress=True)
    pdf.add_object(stream)
    words = pydyf.String(name)
    intent = {"Type": "/OutputIntent", "S": f"/{use}", "OutputConditionIdentifier": words, "Info": words}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary({**intent, "DestOutputProfile": stream.reference})])


def with_quiet_margins(pdf: Pdf) -> None:
    """Makes running heads and folios artifacts: no content, nothing to be read aloud on every page (ISO 14289-1, 7.1).

    WeasyPrint marks them as content and leaves their tags beside the tree. They are found by that, their marks changed and
    their tags emptied.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    whole = _object(pdf, root["K"][0])
    linked = set(whole["K"])
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    for each in kind(pdf, "/StructElem"):
        if each.get("P") == whole.reference and each.reference not in linked:
            silence(pdf, each, numbers, Subtype="/Footer" if "bottom" in margin_of(pdf, each) else "/Header")


def with_scopes(pdf: Pdf) -> None:
    """Says of each header cell whether it heads a column or a row (ISO 14289-1, 7.5): a row of nothing else heads columns."""
    import pydyf

    for row in kind(pdf, "/StructElem"):
        if row.get("S") == "/TR":
            cells = list(_cells(pdf, row))
            scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
            for cell in cells:
                if cell["S"] == "/TH":
                    cell["A"] = pydyf.Dictionary({"O": "/Table", **cell.get("A", {}), "Scope": scope})


def _cells(pdf: Pdf, row: Entries) -> Iterator[Entries]:
    return (_object(pdf, kid) for kid in row["K"] if isinstance(kid, bytes))


def silence(pdf: Pdf, top: Entries, numbers: Any, **said: str) -> None:
    """Turns the content of a tag into an artifact with these properties, and empties the tag and those below it."""
    page = _object(pdf, top["Pg"])
    elements = [top, *_below(pdf, top)]
    marks = {kid for each in elements for kid in each.get("K", ()) if isinstance(kid, int)}
    _as_artifacts(_object(pdf, page["Contents"]).stream, marks, said)
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))[page["StructParents"]]
    # The parent tree must not lead from artifacts to tags that are empty now.
    for mark in marks:
        owners[mark] = "null"
    for each in elements:
        each.clear()


def _below(pdf: Pdf, element: Entries) -> Iterator[Entries]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            child = _object(pdf, kid)
            yield child
            yield from _below(pdf, child)


def _as_artifacts(operators: list[Any], marks: set[int], said: dict[str, str]) -> None:
    import pydyf

    for place, operator in enumerate(operators):
        # ``/Tag properties BDC`` (ISO 32000-1, 14.6): the two operands stand before their operator.
        if operator == b"BDC" and operators[place - 1].get("MCID") in marks:
            operators[place - 2] = "/Artifact"
            operators[place - 1] = pydyf.Dictionary({"Type": "/Pagination", **said})


def margin_of(pdf: Pdf, element: Entries) -> str:
    """The name of the margin box that a tag was made of, such as ``@top-left``; empty where it is not known."""
    box = pdf.__dict__.get("boxes", {}).get(element.reference)
    return str(pdf.__dict__.get("margins", {}).get(id(box), ""))


def _object(pdf: Pdf, reference: bytes) -> Any:
    """What a reference such as ``b"12 0 R"`` refers to."""
    return pdf.objects[int(reference.split()[0])]


def kind(pdf: Pdf, name: str) -> list[Entries]:
    """The file's objects of a type, such as ``/Page``."""
    entries: list[Any] = [each for each in pdf.objects if isinstance(each, dict)]
    return [each for each in entries if each.get("Type") == name]
