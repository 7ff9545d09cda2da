"""What a server packed, unpacked part by part: never more than is allowed, and never half of it without a word.

urllib3 would unpack too, but gives a body that was cut short at a matching length for a whole one.
"""

from __future__ import annotations

import zlib
from typing import Protocol

STEP = 256 * 1024
"""Bytes unpacked at a time."""


class TooLarge(Exception):
    """The unpacked body is larger than was allowed."""


class Damaged(Exception):
    """The body is not what its coding says, or ends too early."""


class Unpacker(Protocol):
    """Takes the parts of a body in their order."""

    def unpack(self, part: bytes, room: int) -> bytes:
        """The unpacked part. Raises :class:`TooLarge` when it is more than ``room`` bytes, :class:`Damaged`."""

    def finish(self) -> None:
        """Raises :class:`Damaged` when the body has not come to its end."""


class _Plain:
    def unpack(self, part: bytes, room: int) -> bytes:
        return _within(part, room)

    def finish(self) -> None:
        """A plain body ends where it ends: its length is checked by the connection."""


class _Zlib:
    """gzip (several members as well) and deflate, with the head that RFC 9110 wants or without it."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)
        self._begun = False

    def unpack(self, part: bytes, room: int) -> bytes:
        made = bytearray()
        while part or not self._stream.eof:
            if self._stream.eof and not self._goes_on(part):
                break  # padding, or what browsers do not look at either
            if not self._begun and part:
                self._begin(part)
            try:
                step = self._stream.decompress(part, STEP)
            except zlib.error as fault:
                raise Damaged from fault
            made += step
            _within(made, room)
            part = self._stream.unconsumed_tail or self._stream.unused_data
            if not part and len(step) < STEP:
                break
        return bytes(made)

    def _begin(self, part: bytes) -> None:
        self._begun = True
        if self._window == zlib.MAX_WBITS and part[0] & 0x0F != 8:
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate as some servers send it

    def _goes_on(self, part: bytes) -> bool:
        """Whether another member of a gzip file follows."""
        if not part.startswith(b"\x1f\x8b"):
            return False
        self._stream = zlib.decompressobj(self._window)
        return True

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise Damaged


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._fault = brotli.error
        self._stream = brotli.Decompressor()
        self._begun = False

    def unpack(self, part: bytes, room: int) -> bytes:
        made = bytearray()
        self._begun = True
        try:
            while step := self._stream.process(part, output_buffer_limit=STEP):
                made += step
                _within(made, room)
                part = b""
        except self._fault as fault:
            raise Damaged from fault
        return bytes(_within(made, room))

    def finish(self) -> None:
        if self._begun and not self._stream.is_finished():
            raise Damaged


def unpacker(coding: str) -> Unpacker:
    """For a Content-Encoding. Raises :class:`Damaged` for one that was not asked for, or several."""
    named = coding.strip().lower()
    if named in {"", "identity"}:
        return _Plain()
    if named in {"gzip", "x-gzip"}:
        return _Zlib(zlib.MAX_WBITS | 16)
    if named == "deflate":
        return _Zlib(zlib.MAX_WBITS)
    if named == "br":
        return _Brotli()
    raise Damaged


def _within(made: bytes | bytearray, room: int) -> bytes:
    if len(made) > room:
        raise TooLarge
    return bytes(made)
