"""Feeds as OPDS 2.0 writes them: JSON, the Readium Web Publication Manifest's terms."""

from __future__ import annotations

import re

import msgspec

from exporter.catalogue.feeds import PER_PAGE, START, Feed
from exporter.catalogue.places import address_of
from exporter.catalogue.publication import Publication

SUFFIX = ".json"
_MEDIA_TYPE = "application/opds+json"
_OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"


def render(feed: Feed) -> bytes:
    """The feed as a JSON document."""
    metadata: dict[str, object] = {"title": feed.title, "identifier": feed.identifier, "modified": feed.updated}
    near = [_link(rel, name) for rel, name in feed.pages]
    told: dict[str, object] = {
        "metadata": metadata,
        "links": [_link("self", feed.name), _link("start", START), *near],
    }
    if feed.publications:
        metadata |= {"numberOfItems": feed.total, "itemsPerPage": PER_PAGE, "currentPage": feed.number}
        told["publications"] = [_publication(each) for each in feed.publications]
    else:
        told["navigation"] = [
            {**_link(each.rel, each.feed), "title": each.title, "properties": {"numberOfItems": each.count}}
            for each in feed.ways
        ]
    return msgspec.json.format(msgspec.json.encode(told), indent=1)


def _link(rel: str, name: str) -> dict[str, object]:
    return {"rel": rel, "href": f"{name}{SUFFIX}", "type": _MEDIA_TYPE}


def _publication(publication: Publication) -> dict[str, object]:
    links = [
        {"rel": _OPEN_ACCESS, "href": address_of(each.place), "type": each.media_type} for each in publication.editions
    ]
    told: dict[str, object] = {"metadata": _metadata(publication), "links": links, "images": []}
    if images := publication.images:
        told["images"] = [
            {"href": images.cover, "type": images.cover_type},
            {"href": images.thumbnail, "type": images.thumbnail_type},
        ]
    return told


def _metadata(publication: Publication) -> dict[str, object]:
    """The terms that the publication's files state; what they do not say is not there."""
    published = publication.published if re.fullmatch(r"\d{4}-\d\d-\d\d", publication.published) else ""
    stated: dict[str, object] = {
        "@type": "http://schema.org/Book",
        "title": publication.title,
        "identifier": publication.identifier,
        "language": publication.language,
        "author": [{"name": each.name, "sortAs": each.sort_name} for each in publication.authors],
        "publisher": publication.publisher,
        "published": published,
        "modified": publication.updated,
        "description": publication.summary,
        "belongsTo": _collections(publication),
    }
    return {name: value for name, value in stated.items() if value}


def _collections(publication: Publication) -> dict[str, object]:
    if not publication.series:
        return {}
    series: dict[str, object] = {"name": publication.series}
    if re.fullmatch(r"\d+(\.\d+)?", publication.position):
        series["position"] = float(publication.position) if "." in publication.position else int(publication.position)
    return {"series": [series]}
