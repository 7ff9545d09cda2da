"""Pages whose pictures came in the same file: the parts of an MHTML, a mail, a web archive, by address and by content id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from exporter.images import Refused
from exporter.sources.policy import MIB, Limits
from exporter.sources.urls import joined


class Parts(Struct, frozen=True):
    """The parts of one file. ``base_url`` is the page's address; keys are addresses, or ``cid:`` and the content's id."""

    by_address: dict[str, bytes]
    base_url: str = ""
    limits: Limits = Limits()

    def get(self, reference: str) -> bytes | Refused:
        """The part at that address, resolved against the page's; else the only one whose file is called so."""
        for address in _spellings(reference, self.base_url):
            if address in self.by_address:
                return self._bounded(self.by_address[address])
        named = self._named(reference)
        if named is not None:
            return self._bounded(named)
        return Refused("the file that the page came in does not hold it", "picture-not-local")

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Does nothing: parts are there already."""

    def _named(self, reference: str) -> bytes | None:
        """The one part whose path ends as the reference's does: hosts are renamed when sites move pictures."""
        name = urlsplit(reference).path.rsplit("/", 1)[-1]
        found = [content for address, content in self.by_address.items() if _last(address) == name]
        return found[0] if name and len(found) == 1 else None

    def _bounded(self, content: bytes) -> bytes | Refused:
        if len(content) > self.limits.picture:
            return Refused(f"it is larger than {self.limits.picture // MIB} MB")
        return content


def _spellings(reference: str, base_url: str) -> Iterable[str]:
    """The ways in which an address may be a key: as it is written, in full, without its fragment, percent-decoded."""
    whole = joined(base_url, reference)
    bare = whole.partition("#")[0]
    return dict.fromkeys((reference, whole, bare, unquote(reference), unquote(bare)))


def _last(address: str) -> str:
    try:
        return urlsplit(address).path.rsplit("/", 1)[-1]
    except ValueError:
        return ""
