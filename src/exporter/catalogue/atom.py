"""Feeds as OPDS 1.2 writes them: Atom (RFC 4287) with the Dublin Core terms and relations of its specification."""

from __future__ import annotations

from exporter.catalogue.feeds import PER_PAGE, START, Feed, Way
from exporter.catalogue.places import address_of
from exporter.writers.xhtml.templates import fill

SUFFIX = ".xml"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
_MEDIA_TYPE = "application/atom+xml;profile=opds-catalog;kind="


def render(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    entries = [(each, media_type(each)) for each in feed.ways]
    links = [
        ("self", f"{feed.name}{SUFFIX}", kind_of(feed)),
        ("start", f"{START}{SUFFIX}", f"{_MEDIA_TYPE}navigation"),
        ("alternate", f"{feed.name}.json", "application/opds+json"),
        *((rel, f"{name}{SUFFIX}", kind_of(feed)) for rel, name in feed.pages),
    ]
    told = fill(
        "opds.xml.j2",
        feed=feed,
        links=links,
        ways=entries,
        suffix=SUFFIX,
        per_page=PER_PAGE,
        address_of=address_of,
        open_access=OPEN_ACCESS,
    )
    return str(told).encode("utf-8")


def kind_of(feed: Feed) -> str:
    """The media type of a feed, with the kind that its entries make it."""
    return f"{_MEDIA_TYPE}{'acquisition' if feed.publications else 'navigation'}"


def media_type(way: Way) -> str:
    """The media type of the feed that a way leads to."""
    return f"{_MEDIA_TYPE}{'navigation' if way.is_navigation else 'acquisition'}"
