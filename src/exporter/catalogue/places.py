"""Where a publication's files are, seen from a feed."""

from __future__ import annotations

import os
from urllib.parse import quote


def address_of(place: str) -> str:
    """The relative address of a file below the folder that the catalogue tells of; a name's bytes stay as they are."""
    return f"../{quote(os.fsencode(place), safe='/')}"
