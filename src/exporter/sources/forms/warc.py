"""WARC and WACZ: pages as an archive of the web received them, with the pictures that it has."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from exporter.errors import SourceError
from exporter.images import Refused
from exporter.notices import Notice, notice
from exporter.sources.encoding import decode
from exporter.sources.entry import Entry
from exporter.sources.forms.archive import content_of, opened_archive
from exporter.sources.kinds import is_warc
from exporter.sources.policy import MIB, Limits, ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import joined
from exporter.sources.web.decompression import Damaged, TooLarge, unpacker
from exporter.sources.web.page import name_of
from exporter.sources.web.skim import skim

PROSE = 200
"""Letters of prose below which a page is a frame or a beacon, unless the archive lists it as a page."""
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\n]{0,200}\r\n")
_PART = 256 * 1024
_MEMBER = b"\x1f\x8b\x08"
_HEAD = 4096
MAX_DAMAGES = 1000
"""Places of one file at which reading begins anew behind what is damaged."""
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class Held(Struct, frozen=True):
    """Where an address's record stands: in which of the files, at which byte."""

    file: int
    place: int


class Archive(Struct, frozen=True):
    """The files of an archive, each a path or its bytes; ``records`` by address, ``refers`` from revisits to first visits."""

    files: tuple[Path | bytes, ...]
    records: dict[str, Held]
    refers: dict[str, str]
    limits: Limits

    def get(self, address: str, limit: int) -> bytes | Refused:
        """The body of an address's record, its codings undone."""
        held = self.records.get(address) or self.records.get(self.refers.get(address, ""))
        if held is None:
            return Refused("the archive does not hold it", "picture-not-local")
        try:
            with _stream(self.files[held.file]) as stream:
                stream.seek(held.place)
                return _body(next(_records(stream)), limit)
        except (OSError, ValueError, EOFError, StopIteration):
            return Refused("its record in the archive is damaged", "picture-missing")


class ArchivedPictures(Struct, frozen=True):
    """The pictures of one page of an archive."""

    archive: Archive
    base_url: str

    def get(self, reference: str) -> bytes | Refused:
        """The record of that address, or of the same one by the other scheme."""
        address = joined(self.base_url, reference).partition("#")[0]
        scheme, _, rest = address.partition("://")
        other = {"http": "https", "https": "http"}.get(scheme, "") + f"://{rest}"
        known = address if address in self.archive.records or address in self.archive.refers else other
        return self.archive.get(known, self.archive.limits.picture)

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Records are there already."""


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The pages of the archive, in the order in which they were fetched; what its page list misses included."""
    files, titles = _files(source, options)
    archive, pages, whole = _indexed(files, options)
    if not whole and not pages:
        raise SourceError(f"The archive is damaged: {source.origin}.", "Fetch or pack it again.")
    told = () if whole else (notice("archive-damaged", origin=source.origin),)
    for address, (date, charset) in pages.items():
        content = archive.get(address, options.limits.page)
        if isinstance(content, Refused):
            yield Entry(titles.get(address, ""), address, partial(_refuse, address, content, source.origin), date)
            continue
        seen = skim(decode(content, charset).text)
        if seen.prose >= PROSE or address in titles:
            opening = partial(_opened, content, address, charset, archive, options, told)
            yield Entry(titles.get(address) or seen.title, address, opening, date)


def _refuse(address: str, why: Refused, origin: str) -> Source:
    raise SourceError(f"{address} cannot be read in {origin}: {why.reason}.", "Fetch or pack the archive again.")


def _opened(
    content: bytes, address: str, charset: str, archive: Archive, options: ReadOptions, told: tuple[Notice, ...]
) -> Source:
    base_url = options.base_url or address
    return Source(
        *(name_of(address), content, address, ".html"),
        resources=ArchivedPictures(archive, base_url),
        base_url=base_url,
        encoding=charset,
        notices=told,
        limits=options.limits,
    )


def _files(source: Source, options: ReadOptions) -> tuple[tuple[Path | bytes, ...], dict[str, str]]:
    """The WARC files of the source, and the titles of the pages that a WACZ lists."""
    if not source.content.startswith(b"PK"):
        return (source.path or source.content,), {}
    packed = opened_archive(source)
    names = packed.namelist()
    files = [
        content_of(packed, name, options.limits.container, source.origin)
        for name in names
        if name.startswith("archive/") and not name.endswith("/")
    ]
    titles: dict[str, str] = {}
    for name in names:
        if name.startswith("pages/") and name.endswith(".jsonl"):
            titles.update(_listed(content_of(packed, name, options.limits.page, source.origin)))
    return tuple(files), titles


def _listed(content: bytes) -> Iterator[tuple[str, str]]:
    for line in content.decode("utf-8", "replace").splitlines():
        try:
            page = json.loads(line)
        except ValueError:
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            yield page["url"], str(page.get("title") or "")


Pages = dict[str, tuple[str, str]]
"""The address of each page, with its date and declared encoding."""


def _indexed(files: tuple[Path | bytes, ...], options: ReadOptions) -> tuple[Archive, Pages, bool]:
    """The archive, its pages, and whether all of it could be read: an aborted crawl ends in the middle of a record."""
    archive = Archive(files, {}, {}, options.limits)
    pages: Pages = {}
    whole = True
    for number, file in enumerate(files):
        with _stream(file) as stream:
            place = 0
            for _ in range(MAX_DAMAGES):
                last, read = _noted(stream, place, number, archive, pages)
                whole = whole and read
                if read or (place := _member_behind(stream, last)) < 0:
                    break
    return archive, pages, whole


def _noted(stream: BinaryIO, place: int, file: int, archive: Archive, pages: Pages) -> tuple[int, bool]:
    """Notes the records from a byte on: where the last one begins, and whether all could be read to the file's end."""
    last = place
    try:
        stream.seek(place)
        for record in _records(stream):
            last = record.stream_pos
            _note(record, file, archive, pages)
        return last, _ends_whole(stream, last)
    except (OSError, ValueError, EOFError, zlib.error):
        return last, False


def _member_behind(stream: BinaryIO, place: int) -> int:
    """The first byte of the next record behind that one which is packed by itself, as all are; -1 where there is none."""
    stream.seek(place + 1)
    start, part = place + 1, b""
    while more := stream.read(_PART):
        part += more
        for found in re.finditer(_MEMBER, part):
            if is_warc(part[found.start() : found.start() + _HEAD]):
                return start + found.start()
        start += max(0, len(part) - _HEAD)
        part = part[-_HEAD:]
    return -1


def _ends_whole(stream: BinaryIO, place: int) -> bool:
    """Whether the records from that byte on are whole: FastWARC (2.0) takes a truncated one for the end of the file."""
    stream.seek(place)
    part = stream.read(_PART)
    if not part.startswith(_MEMBER[:2]):
        head, _, _ = part.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
        return length is None or stream.seek(0, io.SEEK_END) >= place + len(head) + 4 + int(length[1])
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while part:
        unpacking.decompress(part, _PART)
        part = unpacking.unconsumed_tail or unpacking.unused_data
        if unpacking.eof:
            part = part or stream.read(_PART)
            if part:
                unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            part = part or stream.read(_PART)
    return unpacking.eof


def _note(record: Any, file: int, archive: Archive, pages: Pages) -> None:
    """Puts a record into the index; of several visits to an address the first counts."""
    address = _address(record, "WARC-Target-URI")
    referred = _address(record, "WARC-Refers-To-Target-URI")
    if referred:
        archive.refers.setdefault(address, referred)
    elif record.http_headers is not None and record.http_headers.status_code == 200:
        archive.records.setdefault(address, Held(file, record.stream_pos))
        if record.http_content_type in _PAGES:
            date = record.record_date.isoformat() if record.record_date else ""
            pages.setdefault(address, (date, record.http_charset or ""))


def _records(stream: BinaryIO) -> Iterator[Any]:
    """The records that hold what servers answered, or that it was what they had answered before."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as fault:
        raise SourceError(
            "Archives of the web are read with FastWARC, which is not installed.",
            "Install it: pip install 'interview-exporter[archives]'",
        ) from fault
    kinds = WarcRecordType.response | WarcRecordType.revisit
    yield from ArchiveIterator(stream, record_types=kinds)


def _address(record: Any, name: str) -> str:
    """An address in a record's head: wget puts it into angle brackets, as WARC 1.0 wrongly showed."""
    return str(record.headers.get(name) or "").strip("<>")


def _body(record: Any, limit: int) -> bytes | Refused:
    """The body without the codings of the way: they are undone here, since FastWARC loses what follows a chunked one."""
    content: bytes = record.reader.read(limit + 1)
    headers = {name.lower(): value for name, value in record.http_headers.asdict().items()}
    if "chunked" in headers.get("transfer-encoding", "").lower():
        content = _without_chunks(content)
    try:
        if len(content) <= limit:
            packed = unpacker(headers.get("content-encoding", ""))
            return packed.unpack(content, limit)
    except TooLarge:
        pass
    except Damaged:  # archives unpack some bodies and leave the header as it was
        return content
    return Refused(f"it is larger than {limit // MIB} MB")


def _without_chunks(content: bytes) -> bytes:
    """The body of a chunked message (RFC 9112, 7.1); as it is where the archive has taken the chunks out already."""
    made = bytearray()
    place = 0
    while size := _CHUNK.match(content, place):
        length = int(size[1], 16)
        made += content[size.end() : size.end() + length]
        place = size.end() + length + 2
        if not length:
            return bytes(made)
    return bytes(made) or content


def _stream(file: Path | bytes) -> BinaryIO:
    return io.BytesIO(file) if isinstance(file, bytes) else file.open("rb")
