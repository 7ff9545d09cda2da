"""Prepares a PDF for a press (PDF/X-4): colours as inks, room to trim, crop marks, the name of the printing condition.

The pages are laid out with a bleed; here a slug is put around it with the crop marks in it, clear of what bleeds, and every
colour that a page names is turned into inks. Pictures have been turned before they were laid out.
"""

from __future__ import annotations

import hashlib
import re
from uuid import UUID

from exporter.images.icc import Profile, ink_of
from exporter.writers.pdf.standards.file import Entries, Pdf
from exporter.writers.pdf.standards.objects import kind, with_intent, without_links

BLEED = 3.0
"""Millimetres by which pictures at an edge run over it, so that no white shows where the knife errs."""

SLUG = 7.0
"""Millimetres beyond the bleed, for the marks."""

_MARK = 5.0
"""Millimetres that a crop mark is long."""

_POINT = 72 / 25.4
"""Points in a millimetre."""

_LIGHTS = re.compile(rb"(\S+) (\S+) (\S+) (rg|RG)")
_IDENTIFIER = re.compile(rb"xmp\.did:[0-9a-f-]+")


def for_press(pdf: Pdf, profile: Profile) -> int:
    """Converts the file; returns how many pictures or shadings keep screen colours: those that a style sheet brought in."""
    without_links(pdf)
    _ink_streams(pdf, profile)
    with_intent(pdf, "GTS_PDFX", profile.content, profile.name, 4)
    for page in kind(pdf, "/Page"):
        _mark(pdf, page)
    _identify(pdf)
    return _screen_colours(pdf)


# -------------------------------------------------------------------------------------------------------------- colours


def _ink_streams(pdf: Pdf, profile: Profile) -> None:
    for each in pdf.objects:
        operators = getattr(each, "stream", None)
        if isinstance(operators, list):
            for place, operator in enumerate(operators):
                if isinstance(operator, bytes) and operator[-2:] in {b"rg", b"RG"}:
                    operators[place] = _inked(operator, profile)


def _inked(operator: bytes, profile: Profile) -> bytes:
    found = _LIGHTS.fullmatch(operator)
    if not found:
        return operator
    red, green, blue = (float(each) for each in found.groups()[:3])
    inks = " ".join(f"{each:g}" for each in ink_of(red, green, blue, profile))
    return f"{inks} {'k' if found[4] == b'rg' else 'K'}".encode()


def _screen_colours(pdf: Pdf) -> int:
    spaces = (
        each.get("ColorSpace") if isinstance(each, dict) else getattr(each, "extra", {}).get("ColorSpace")
        for each in pdf.objects
    )
    return sum(space == "/DeviceRGB" for space in spaces)


# ------------------------------------------------------------------------------------------------------- boxes and marks


def _mark(pdf: Pdf, page: Entries) -> None:
    """Puts the slug around the bleed, and the crop marks into it."""
    import pydyf

    left, bottom, right, top = page["TrimBox"]
    bleed, slug = BLEED * _POINT, (BLEED + SLUG) * _POINT
    page["BleedBox"] = pydyf.Array([left - bleed, bottom - bleed, right + bleed, top + bleed])
    page["MediaBox"] = pydyf.Array([left - slug, bottom - slug, right + slug, top + slug])
    marks = pydyf.Stream([_crop_marks(left, bottom, right, top)], compress=True)
    pdf.add_object(marks)
    page["Contents"] = pydyf.Array([page["Contents"], marks.reference])


def _crop_marks(left: float, bottom: float, right: float, top: float) -> bytes:
    """Two hairlines at each corner of the trimmed page, outside the bleed, in every ink: they show on each plate."""
    near, far = (BLEED + (SLUG - _MARK) / 2) * _POINT, (BLEED + (SLUG + _MARK) / 2) * _POINT
    lines = []
    for x, side in ((left, -1), (right, 1)):
        for y, end in ((bottom, -1), (top, 1)):
            lines += [(x + side * near, y, x + side * far, y), (x, y + end * near, x, y + end * far)]
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l" for a, b, c, d in lines)
    return f"q 1 1 1 1 K .25 w {drawn} S Q".encode()


# ------------------------------------------------------------------------------------------------------------- identifier


def _identify(pdf: Pdf) -> None:
    """Replaces the random identifier by one made of the pages' content, so that the same input gives the same bytes."""
    for each in pdf.objects:
        if getattr(each, "extra", {}).get("Type") == "/Metadata":
            digest = hashlib.sha256(b"".join(_content(pdf)))
            identifier = f"xmp.did:{UUID(bytes=digest.digest()[:16])}".encode()
            each.stream = [_IDENTIFIER.sub(identifier, part) for part in each.stream]


def _content(pdf: Pdf) -> list[bytes]:
    used = (each for each in pdf.objects if each.free == "n")
    return [each.data for each in used if getattr(each, "extra", {}).get("Type") != "/Metadata"]
