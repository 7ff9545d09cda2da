"""The standards that a PDF can keep: one line each, with what each wants of the page and of the finished file."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from exporter.errors import UsageError
from exporter.images.icc import Profile, profile_named
from exporter.notices import Notice, notice
from exporter.writers.pdf.standards import objects, pdfua, pdfx


class Standard(Struct, frozen=True):
    """One standard. ``variant`` is WeasyPrint's name for it; ``tagged`` files tell readers their structure; ``style`` is CSS.

    ``dated`` files must say when they were made.
    """

    name: str
    variant: str
    summary: str
    tagged: bool = True
    dated: bool = False
    style: str = ""


STANDARDS: tuple[Standard, ...] = (
    Standard("ua", "pdf/ua-1", "PDF/UA-1, for screens and screen readers (ISO 14289-1)"),
    Standard(
        "a",
        "pdf/a-2u",
        "PDF/A-2u, for archives: all that it needs is in it (ISO 19005-2)",
        # A smoothed picture is one that the file does not hold.
        style="html { image-rendering: crisp-edges }",
    ),
    Standard(
        "x",
        "pdf/x-4",
        "PDF/X-4, for a printing house: inks, bleed, crop marks (ISO 15930-7)",
        tagged=False,
        dated=True,
        style=f"@page {{ bleed: {pdfx.BLEED:g}mm }} :root {{ --bleed: {pdfx.BLEED:g}mm }}",
    ),
)


def standard_named(name: str) -> Standard:
    """The standard of that name. Raises :class:`UsageError` naming the ones there are."""
    for standard in STANDARDS:
        if standard.name == name:
            return standard
    raise UsageError(f"There is no standard {name!r}.", f"Choose one of: {', '.join(each.name for each in STANDARDS)}.")


UNKNOWN = "1970-01-01T00:00:00Z"
"""The date of an article that has none, in a file that must say one."""


class Finish:
    """The steps that a finished PDF takes by its standard, and what they have to say."""

    def __init__(self, standard: Standard, icc: str = "") -> None:
        """``icc`` is the file of a press's profile. Raises :class:`UsageError` for one that is none, or of no use."""
        self.standard = standard
        if icc and standard.name != "x":
            raise UsageError("A colour profile is of use to a press only.", "Say --standard x too, or leave --icc out.")
        self.profile: Profile | None = profile_named(icc) if standard.name == "x" else None
        self.notices: tuple[Notice, ...] = ()
        self.spare = 0

    @property
    def options(self) -> dict[str, Any]:
        """What WeasyPrint is told when it lays out and when it writes."""
        known = {"pdf_variant": self.standard.variant, "pdf_tags": self.standard.tagged}
        return known if self.profile else {**known, "output_intent": "none"}

    def date(self, metadata: Any) -> None:
        """Gives a file that must have dates those that it lacks, so that WeasyPrint does not take the present moment."""
        if self.standard.dated:
            metadata.modified = metadata.modified or metadata.created or UNKNOWN
            metadata.created = metadata.created or metadata.modified

    def is_whole(self, content: bytes) -> bool:
        """Whether the file may leave as it is; if not, it is to be written again, and will be another."""
        unclear = self.standard.name == "a" and objects.UNCLEAR in content
        self.spare += unclear
        return not unclear

    def __call__(self, pdf: Any) -> None:
        """Takes the steps on WeasyPrint's file."""
        objects.with_page_labels(pdf)
        objects.with_plain_bookmarks(pdf)
        if self.standard.tagged:
            objects.with_quiet_margins(pdf)
            pdfua.with_structure(pdf)
            objects.with_scopes(pdf)
        if self.profile:
            strangers = pdfx.for_press(pdf, self.profile)
            self.notices = (notice("colours-of-a-screen", count=strangers),) if strangers else ()
        else:
            objects.with_printing_links(pdf)
        if self.standard.name == "a":
            objects.for_screens(pdf)
            objects.with_claim_of_access(pdf)
            objects.with_clear_ends(pdf, self.spare)
        if self.standard.name != "ua":
            objects.with_plain_metadata(pdf)
