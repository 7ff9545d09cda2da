"""How a source is to be read: as which format, from which address, by which site's rules, within which limits."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from msgspec import Struct

MIB = 2**20
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?")

Kind = Literal["", "interview", "article"]

NO_CACHE = "none"
"""The ``cache`` that keeps nothing."""


class Limits(Struct, frozen=True, omit_defaults=True):
    """Bounds beyond which something is refused. Real pages stay under them, with all pictures inside.

    ``page``, ``picture`` and ``pictures`` (all of one page) are bytes after unpacking, ``container`` those of a file with
    pictures in it, ``archive`` those of an archive of the web, ``cache`` those of all copies that are kept. ``seconds`` is the
    time for one address, redirects included, ``pictures_seconds`` that for all pictures of a page. ``entries`` is how many
    pages are taken of one source, ``parts`` how many pages an article may go over.
    """

    page: int = 32 * MIB
    picture: int = 64 * MIB
    pictures: int = 256 * MIB
    container: int = 256 * MIB
    archive: int = 2048 * MIB
    seconds: float = 30.0
    pictures_seconds: float = 120.0
    redirects: int = 3
    retries: int = 2
    parallel: int = 8
    entries: int = 1000
    parts: int = 20
    cache: int = 512 * MIB


class Network(Struct, frozen=True, omit_defaults=True):
    """What may be asked of the network, and how. Nothing is, unless the source is an address or ``pictures`` is set.

    ``pictures``: fetch the pictures that a page of this machine lacks. ``http``: addresses without encryption, too.
    ``headers`` and the cookies of the file ``cookies`` (Netscape form) go to the host of the source alone, cookies to
    where they belong. ``proxy`` is an address, or ``"env"`` for those that the environment names, which are not asked else.
    ``authorities`` is a PEM file with certificates to trust besides. ``private_hosts`` may be reached though they are not
    public. ``cache`` is a folder, ``"none"``, or the user's own when empty; ``offline`` takes everything from there.
    ``pace`` is the time in seconds between two requests to one host for the entries of feeds and lists; ``robots`` heeds
    robots.txt there.
    """

    pictures: bool = False
    http: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    cookies: str = ""
    proxy: str = ""
    authorities: str = ""
    private_hosts: tuple[str, ...] = ()
    cache: str = ""
    offline: bool = False
    pace: float = 1.0
    robots: bool = True


class Stated(Struct, frozen=True, omit_defaults=True):
    """What the user knows better than the page; what is empty stays as the page has it.

    ``published`` is an ISO 8601 date, ``language`` a BCP 47 tag. Names given for a role replace everybody in that role.
    """

    title: str = ""
    deck: str = ""
    authors: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    interviewees: tuple[str, ...] = ()
    published: str = ""
    publication: str = ""
    language: str = ""
    source_url: str = ""


class Choice(Struct, frozen=True, omit_defaults=True):
    """Which pages of a source that holds several: by address (``*`` for any part), not before a date, at most so many."""

    url: str = ""
    since: str = ""
    limit: int = 0


class ReadOptions(Struct, frozen=True, omit_defaults=True):
    """How a source is read.

    ``format`` is the name of a reader, recognised from the content when None; ``base_url`` the web address that the page
    was saved from; ``site`` names the rules of a site (docs/sites.md), found by the page's address when None; ``kind`` says
    that the page is an interview or that it is none, which the reader finds out when it is empty; ``stated`` is what the
    document says in place of the page; ``choice`` tells which pages of a source that holds several; ``corrections`` names a
    file of corrections (docs/correcting.md) or is ``"none"``; the one beside the page's own file is taken when it is empty.
    """

    format: str | None = None
    base_url: str = ""
    site: str | None = None
    kind: Kind = ""
    limits: Limits = Limits()
    network: Network = Network()
    stated: Stated = Stated()
    choice: Choice = Choice()
    corrections: str = ""


DEFAULTS = ReadOptions()


def is_date(text: str) -> bool:
    """Whether it is a year, a month, a day, or a moment of ISO 8601."""
    padded = text + "-01-01"[len(text) - 4 :] if len(text) < len("2025-05-20") else text
    try:
        return bool(_DATE.fullmatch(text)) and bool(datetime.fromisoformat(padded))
    except ValueError:
        return False
