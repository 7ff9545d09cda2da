"""The file of corrections, read: two tables, ``[metadata]`` and ``[blocks]``. Whatever is wrong in it is told with its line."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import Any, NoReturn

from exporter.corrections import Correction, Corrections
from exporter.corrections.roles import ROLES, role_named
from exporter.errors import UsageError
from exporter.runtime.compiled import Toml
from exporter.sources.policy import Stated
from exporter.sources.source import CorrectionsFile

TABLES = ("metadata", "blocks")

METADATA: dict[str, str] = {
    "title": "title",
    "deck": "deck",
    "author": "authors",
    "interviewer": "interviewers",
    "interviewee": "interviewees",
    "date": "published",
    "publication": "publication",
    "language": "language",
    "source-url": "source_url",
}
"""Key of ``[metadata]``, as the option of that name is called → the field of :class:`~exporter.sources.policy.Stated`."""

SEVERAL = frozenset({"author", "interviewer", "interviewee"})
"""Keys that take a list of names as well as one."""

_IDENTITY = re.compile(r"[0-9a-f]{10}(?:-[0-9]{1,6})?")


def parsed(file: CorrectionsFile) -> Corrections:
    """What the file says. Raises :class:`UsageError` in one line, which names the file, the line and what there is."""
    return _Form(file).corrections()


class _Form:
    """One file while it is read; it knows where in the text a key stands."""

    def __init__(self, file: CorrectionsFile) -> None:
        self.origin = file.origin
        try:
            self.text = file.content.decode("utf-8-sig").replace("\r\n", "\n")
            self.tables: Toml = tomllib.loads(self.text)
        except (ValueError, RecursionError) as fault:
            reason = "it is not UTF-8" if isinstance(fault, UnicodeDecodeError) else str(fault)
            advice = 'A line is: 3f2a9c1b7d = "answer". docs/correcting.md shows a whole file.'
            raise UsageError(f"{self.origin} is no file of corrections: {reason}.", advice) from fault

    def corrections(self) -> Corrections:
        for key, found in self.tables.items():
            if key not in TABLES or not isinstance(found, dict):
                self.refuse(key, f"there is no table {key!r}", TABLES, "tables")
        blocks = tuple(self._block(*each) for each in self.tables.get("blocks", {}).items())
        return Corrections(blocks, self._stated(self.tables.get("metadata", {})), self.origin)

    def _stated(self, table: Toml) -> Stated:
        fields: Toml = {}
        for key, value in table.items():
            if key not in METADATA:
                self.refuse(key, f"there is no key {key!r} in [metadata]", tuple(METADATA), "keys")
            names = value if isinstance(value, list) and key in SEVERAL else [value]
            if not all(isinstance(each, str) for each in names):
                self.refuse(key, f"{key} wants a text between quotation marks")
            fields[METADATA[key]] = tuple(filter(None, names)) if key in SEVERAL else value
        return Stated(**fields)

    def _block(self, identity: str, said: Any) -> Correction:
        if not _IDENTITY.fullmatch(identity):
            self.refuse(identity, f"{identity!r} names no block", (), "")
        keys = said if isinstance(said, dict) else {"role": said}
        word = keys.get("role")
        role = role_named(word) if isinstance(word, str) else None
        if role is None:
            told = f"there is no role {word!r}" if word is not None else "the role is missing"
            self.refuse(identity, told, tuple(each.name for each in ROLES), "roles")
        known = ("role", *role.takes)
        for key, value in keys.items():
            if key not in known:
                self.refuse(identity, f"there is no key {key!r} of a block that is {role.name}", known, "keys")
            if not isinstance(value, str):
                self.refuse(identity, f"{key} wants a text between quotation marks")
        return Correction(identity, role, *(keys.get(each, "") for each in ("of", "attribution")))

    def refuse(self, key: str, what: str, known: tuple[str, ...] = (), kind: str = "") -> NoReturn:
        """Raises the error for the key's line, with what is near to it or all that is known."""
        found = re.search(rf"""^[ \t]*\[?[ \t]*["']?{re.escape(key)}["']?[ \t]*[].=]""", self.text, re.MULTILINE)
        line = f", line {self.text[: found.start()].count(chr(10)) + 1}" if found else ""
        wrong = re.findall(r"'([^']*)'", what)
        close = get_close_matches(wrong[0], known, 1) if wrong else []
        advice = f"Did you mean {close[0]!r}? " if close else ""
        advice += f"The {kind} are: {', '.join(known)}." if known else "docs/correcting.md shows a whole file."
        raise UsageError(f"{self.origin}{line}: {what}.", advice)
