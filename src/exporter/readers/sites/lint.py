"""Tries the rules of a site on a page: how many elements each selector takes."""

from __future__ import annotations

from msgspec import Struct

from exporter.readers.dom.parse import parsed_page
from exporter.readers.sites import SiteRules
from exporter.readers.sites.applied import Site
from exporter.sources import open_source
from exporter.sources.encoding import decode


class Taken(Struct, frozen=True):
    """One selector, its role, and how many elements of the page it takes; None when no page was tried."""

    role: str
    selector: str
    elements: int | None = None


def taken(rules: SiteRules, page: str | None) -> tuple[Taken, ...]:
    """Every selector of the rules, tried on the page at that path if there is one. Raises :class:`SourceError`."""
    if page is None:
        return tuple(Taken(role, selector) for role, selector in rules.selectors)
    soup = parsed_page(decode(open_source(page).content).text)
    return tuple(Taken(*counted) for counted in Site(rules, soup).counts)
