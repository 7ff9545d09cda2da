"""Articles that go over several pages of a site: which page follows, told by the addresses alone."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from exporter.sources.web.skim import Skimmed, is_prose, letters

_NUMBER = re.compile(
    r"""(?P<query>(?<=[?&])(?:page|p|pg|seite|pagina|strona|sida|side|page_?no|part|start)=(?P<first>\d{1,2})(?=&|\#|$))
      | (?P<folder>/(?:page[-/]?|p|seite[-/]?|pagina[-/]?|pag[-/]?|part[-/]?)?(?P<second>\d{1,2})/?(?=$|\?))
      | (?P<name>[-_,.](?:p|page|seite|pagina|s)?[-_]?(?P<third>\d{1,2})(?=\.\w{3,5}(?:$|\?)))""",
    re.IGNORECASE | re.VERBOSE,
)


def numbered(address: str) -> list[tuple[str, int]]:
    """The ways to read a page number in an address: the address without it, and the number."""
    readings = []
    for found in _NUMBER.finditer(address):
        number = next(found[name] for name in ("first", "second", "third") if found[name] is not None)
        readings.append((_bare(address[: found.start()] + address[found.end() :]), int(number)))
    return readings


def following(seen: Skimmed, first: str, here: int) -> str:
    """The address of page ``here`` + 1 of the article whose first page is at ``first``; ``""`` where there is none.

    A link counts when its address is that of the first page but for the number; what calls itself ``next`` may as well
    lead to another article, so its name alone does not count.
    """
    home = {_bare(first), *(rest for rest, number in numbered(first) if number == 1)}
    for rel, _, link in sorted(seen.links, key=lambda each: "next" not in each[0].split()):
        address = _joined(first, link)
        if urlsplit(address).netloc != urlsplit(first).netloc or "nofollow" in rel.split():
            continue
        if any(rest in home and number == here + 1 for rest, number in numbered(address)):
            return address
    return ""


def says_again(seen: Skimmed, first: Skimmed) -> bool:
    """Whether a page holds most of the first one's text: the same article, beside other comments or pictures."""
    told = {block for block in first.blocks if is_prose(block)} or set(first.blocks)
    again = told & set(seen.blocks)
    return 2 * sum(map(letters, again)) >= sum(map(letters, told))


def views(seen: Skimmed, address: str) -> list[str]:
    """Other views of the same page that the page itself names: for print, then AMP."""
    print_view = [link for rel, media, link in seen.links if "alternate" in rel.split() and media == "print"]
    amp_view = [link for rel, _, link in seen.links if "amphtml" in rel.split()]
    return [found for link in (*print_view, *amp_view) if (found := _joined(address, link)) and found != address]


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link).partition("#")[0]
    except ValueError:
        return ""


def _bare(address: str) -> str:
    """An address without what differs between pages of one article besides their number."""
    trimmed = re.sub(r"[?&]+(?=$|#)", "", address.partition("#")[0]).replace("?&", "?")
    return trimmed.rstrip("/")
