"""A PDF as printers and screen readers see it: tags, title and language, boxes, fonts, resolution of pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.errors import SourceError, UsageError
from exporter.notices import Notice, notice

LEAST_DPI = 150
"""Dots an inch below which a picture looks soft in print."""

_SLACK = 0.01  # points: boxes are written with few digits
_DEEPEST = 8  # drawings inside drawings


def examine(content: bytes) -> tuple[Notice, ...]:
    """What is found wrong. Raises :class:`UsageError` without pypdfium2, :class:`SourceError` when the PDF is torn."""
    try:
        import pypdfium2
    except ImportError as fault:
        raise UsageError(
            "Checking a PDF needs pypdfium2.", "Install it beside exporter: pip install pypdfium2"
        ) from fault
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        if fault.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise SourceError("The PDF is locked with a password.", "Unlock it, or make it again.") from fault
        raise SourceError("The PDF cannot be opened: it is damaged.", "Make it again.") from fault
    try:
        return tuple(_findings(document))
    except pypdfium2.PdfiumError as fault:
        raise SourceError("The PDF cannot be read to its end: it is damaged.", "Make it again.") from fault
    finally:
        document.close()


def _findings(document: Any) -> Iterator[Notice]:
    from pypdfium2 import raw

    if not raw.FPDFCatalog_IsTagged(document):
        yield notice("print-untagged")
    if not document.get_metadata_value("Title").strip():
        yield notice("print-without", part="title")
    loose: dict[str, int] = {}
    coarse: list[Notice] = []
    for number in range(len(document)):
        page = document[number]
        yield from _boxes(page, number + 1)
        for each in page.get_objects(max_depth=_DEEPEST):
            if each.type == raw.FPDF_PAGEOBJ_TEXT:
                _note_loose(each, number + 1, loose)
            elif each.type == raw.FPDF_PAGEOBJ_IMAGE:
                coarse.extend(_coarse(each, number + 1))
    yield from (notice("print-font-loose", f"page {page}", font=font) for font, page in sorted(loose.items()))
    yield from coarse


def _boxes(page: Any, number: int) -> Iterator[Notice]:
    """Trim and bleed lie in one another and in the page (ISO 32000-2, 14.11.2)."""
    media, bleed, trim = page.get_mediabox(), page.get_bleedbox(), page.get_trimbox()
    for inner, outer, names in ((trim, bleed, ("trim", "bleed")), (bleed, media, ("bleed", "media"))):
        low = all(a >= b - _SLACK for a, b in zip(inner[:2], outer[:2], strict=True))
        high = all(a <= b + _SLACK for a, b in zip(inner[2:], outer[2:], strict=True))
        if not (low and high):
            yield notice("print-box", f"page {number}", page=number, inner=names[0], outer=names[1])
    if min(media[2] - media[0], media[3] - media[1]) <= 0:
        yield notice("print-box", f"page {number}", page=number, inner="media", outer="paper")


def _note_loose(text: Any, number: int, loose: dict[str, int]) -> None:
    import ctypes

    from pypdfium2 import raw

    font = raw.FPDFTextObj_GetFont(text)
    if font and not raw.FPDFFont_GetIsEmbedded(font):
        letters = ctypes.create_string_buffer(200)
        raw.FPDFFont_GetBaseFontName(font, letters, 200)
        loose.setdefault(letters.value.decode("utf-8", "replace") or "without a name", number)


def _coarse(picture: Any, number: int) -> Iterator[Notice]:
    width, height = picture.get_px_size()
    if min(width, height) <= 1:
        return  # a rule or a wash of colour
    metadata = picture.get_metadata()
    dpi = round(min(metadata.horizontal_dpi, metadata.vertical_dpi))
    if dpi < LEAST_DPI:
        yield notice("print-picture-coarse", f"page {number}", page=number, dpi=dpi, least=LEAST_DPI)
