"""One page to be read, and what it may refer to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from exporter.images import Refused
from exporter.notices import Notice
from exporter.sources.policy import Limits
from exporter.sources.resources import NoResources, Resources, checked, embedded


class CorrectionsFile(Struct, frozen=True):
    """A file of corrections, not read yet: what messages call it, and its bytes."""

    origin: str
    content: bytes


class Source(Struct, frozen=True):
    """A page to read.

    ``name`` is the file's name without suffix, ``origin`` what messages call it, ``suffix`` the file's suffix in lower case
    or ``""``, ``resources`` answers for its pictures, ``base_url`` is the web address it was saved from, if known.
    ``asked_for`` is the name of the folder that was named in place of the page, ``encoding`` what the container or the
    server says about the content's, ``notices`` are what is to be said about how it came here, ``further`` the further
    pages of the same article, in their order, ``path`` the file that it came out of, if it did; ``corrections`` are the
    user's own for this page (docs/correcting.md).
    """

    name: str
    content: bytes
    origin: str = "standard input"
    suffix: str = ""
    resources: Resources = NoResources()
    base_url: str = ""
    asked_for: str = ""
    encoding: str = ""
    notices: tuple[Notice, ...] = ()
    further: tuple[Source, ...] = ()
    path: Path | None = None
    limits: Limits = Limits()
    corrections: CorrectionsFile | None = None

    @property
    def title(self) -> str:
        """What results are called: after the folder or the file, whichever was asked for."""
        return self.asked_for or self.name

    def picture(self, reference: str) -> bytes | Refused:
        """The bytes of the picture that the page calls ``reference``, or why there are none.

        Understands ``data:`` addresses, paths relative to the page (percent-encoded or not, query dropped), and web
        addresses whose file came with the page. The bytes are as found: :func:`exporter.images.admit` checks them.
        """
        reference = reference.strip()
        if reference[:5].lower() == "data:":
            return embedded(reference, self.limits)
        return checked(reference) or self.resources.get(reference)

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Gets ahead of :meth:`picture`: for each picture that will be asked for its addresses, the best first."""
        self.resources.prepare([[each.strip() for each in addresses] for addresses in choices])
