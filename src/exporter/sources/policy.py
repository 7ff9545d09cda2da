"""How a source is to be read: as which format, from which address, by which site's rules, within which limits."""

from __future__ import annotations

from msgspec import Struct

MIB = 2**20


class Limits(Struct, frozen=True, omit_defaults=True):
    """Bytes beyond which something is refused. Real pages stay under them, with all pictures inside."""

    page: int = 32 * MIB
    picture: int = 64 * MIB


class ReadOptions(Struct, frozen=True, omit_defaults=True):
    """How a source is read.

    ``format`` is the name of a reader, recognised from the content when None; ``base_url`` the web address that the page
    was saved from; ``site`` names the rules of a site (docs/sites.md), found by the page's address when None.
    """

    format: str | None = None
    base_url: str = ""
    site: str | None = None
    limits: Limits = Limits()


DEFAULTS = ReadOptions()
