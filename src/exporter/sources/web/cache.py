"""What was fetched, kept on disk: one file an address, whole or not there, with what the server said of its age.

Freshness follows RFC 9111. A copy that may not be fresh any more is asked about (ETag, Last-Modified), and serves where
nobody answers.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exporter.sources.fetch import Answer
from exporter.sources.policy import NO_CACHE, Network

DAY = 86_400.0
_SUFFIX = ".fetched"
_SEAL = hashlib.sha256().digest_size


class Copy(Struct, frozen=True):
    """An answer, and the moment (seconds since 1970) at which it was known to be the server's."""

    answer: Answer
    confirmed: float

    def is_fresh(self, now: float) -> bool:
        """Whether it may be used without asking (RFC 9111, 4.2)."""
        return now - self.confirmed < _lifetime(self.answer.headers, self.confirmed)

    @property
    def validators(self) -> dict[str, str]:
        """The headers by which a server is asked whether anything changed."""
        named = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
        return {asked: self.answer.headers[said] for asked, said in named.items() if said in self.answer.headers}


class Cache:
    """The copies in one folder, at most ``room`` bytes of them; the oldest go first."""

    def __init__(self, folder: Path | None, room: int) -> None:
        self._folder = folder
        self._room = room

    def find(self, key: str) -> Copy | None:
        """The copy that was kept under ``key``, if it is whole."""
        if self._folder is None:
            return None
        with suppress(OSError, msgspec.MsgspecError):
            content = _place(self._folder, key).read_bytes()
            if hashlib.sha256(content[_SEAL:]).digest() == content[:_SEAL]:
                return msgspec.msgpack.decode(content[_SEAL:], type=Copy)
        return None

    def keep(self, key: str, answer: Answer) -> None:
        """Keeps the answer, unless its server forbids it. A full disk is no error: then nothing is kept."""
        forbidden = "no-store" in _directives(answer.headers) or answer.headers.get("vary", "").strip() == "*"
        if self._folder is None or forbidden:
            return
        packed = msgspec.msgpack.encode(Copy(answer, time.time()))
        with suppress(OSError):
            _make_room(self._folder, self._room - len(packed))
            _store(_place(self._folder, key), hashlib.sha256(packed).digest() + packed)

    def confirm(self, key: str, known: Copy, headers: dict[str, str]) -> Answer:
        """The copy again, after a server said that it still holds (304) and under which ``headers``."""
        answer = replace(known.answer, headers={**known.answer.headers, **headers})
        self.keep(key, answer)
        return answer


def _place(folder: Path, key: str) -> Path:
    return folder / (hashlib.sha256(key.encode()).hexdigest() + _SUFFIX)


def _store(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    passing = place.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        passing.replace(place)
    finally:
        passing.unlink(missing_ok=True)


def _make_room(folder: Path, room: int) -> None:
    """Deletes the oldest copies until no more than ``room`` bytes are taken."""
    known = sorted(((file.stat(), file) for file in folder.glob(f"*{_SUFFIX}")), key=lambda each: each[0].st_mtime)
    taken = sum(status.st_size for status, _ in known)
    for status, file in known:
        if taken <= room:
            return
        file.unlink(missing_ok=True)
        taken -= status.st_size


def folder_of(network: Network) -> Path | None:
    """Where the network options want copies kept; None for nowhere."""
    if network.cache == NO_CACHE:
        return None
    if network.cache:
        return Path(network.cache)
    from platformdirs import user_cache_path

    return user_cache_path("exporter") / "web"


def _directives(headers: dict[str, str]) -> dict[str, str]:
    found = re.findall(r"([\w-]+)(?:\s*=\s*\"?([^\",]*))?", headers.get("cache-control", "").lower())
    return dict(found)


def _lifetime(headers: dict[str, str], confirmed: float) -> float:
    """Seconds for which an answer is fresh: as it says, else a tenth of the time that it had not changed, a day at most."""
    said = _directives(headers)
    if "no-cache" in said:
        return 0.0
    if said.get("max-age", "").isdigit():
        age = headers.get("age", "")
        return float(said["max-age"]) - (float(age) if age.isdigit() else 0.0)
    if "expires" in headers:
        return (_moment(headers["expires"]) or confirmed) - confirmed
    changed = _moment(headers.get("last-modified", ""))
    return min(DAY, (confirmed - changed) / 10) if changed else 0.0


def _moment(value: str) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError):
        return None
