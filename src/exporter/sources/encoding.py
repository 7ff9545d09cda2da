"""Bytes → text. Declarations lie and are late, so what the bytes prove comes first.

In order: a byte order mark; the pattern of zeros that UTF-16 leaves; UTF-8, if every byte agrees; what the page declares
(by the labels of the WHATWG Encoding Standard), if the bytes bear it out; Western European, if they look like it; detection.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from exporter.notices import Notice, notice

_HEAD = 100_000  # real pages declare their encoding as late as this
_SAMPLE = 64 * 1024

_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARATION = re.compile(
    rb"""<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+) | ^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE | re.VERBOSE,
)

# A label often means a larger encoding than its name says (WHATWG Encoding Standard, 4.2).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_SINGLE_BYTE = re.compile(r"cp125\d|cp874|cp866|iso8859-\d+|koi8-[ru]|mac-.*")
_SEVEN_BIT = {"iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz", "utf-7"}  # these pass for plain ASCII

# What Western European pages are made of beyond ASCII. Letters that look likely here but mean another one in the encodings
# of other languages (š and ž, þ and ý, superscript figures) are left out on purpose.
_WESTERN = frozenset("ÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØÜÚàâäáãåæçéèêëíîïñóòôöõøœßúùûü“”‘’„«»–—…•·¡¿€£©®°\xa0")
_WESTERN_LANGUAGES = frozenset("af ca da de en es eu fi fo fr fy ga gl id is it lb ms nb nl nn no pt rm sq sv".split())  # noqa: SIM905
_LANGUAGE = re.compile(rb"""<html\b[^>]{0,400}?\blang\s*=\s*["']?([a-zA-Z]+)""", re.IGNORECASE)


class Decoded(NamedTuple):
    """A text, the encoding it was read by (IANA's or Python's name), and what is to be said about that."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(content: bytes, declared: str = "") -> Decoded:
    """The text of a page. ``declared`` is an encoding known from elsewhere, such as an HTTP header; it may be empty."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _replaced(content[len(mark) :], encoding)
    encoding = _utf_16(content)
    if encoding:
        return _replaced(content, encoding, notice("encoding-guessed", encoding=encoding))
    claim = _known(declared) or _declaration(content)
    if claim in _SEVEN_BIT and content.isascii():
        return _replaced(content, claim)
    try:
        return _told("utf-8", claim, content.decode("utf-8"), content.isascii())
    except UnicodeDecodeError:
        return _not_quite_utf_8(content, claim)


def looks_binary(content: bytes) -> bool:
    """Whether these bytes are no text in any encoding: control characters where none can stand."""
    sample = content[:_SAMPLE]
    if sample.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)) or _utf_16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 50 > len(sample)


_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})


def _utf_16(content: bytes) -> str:
    """The kind of UTF-16 whose markup and spaces leave zeros in every second byte; ``""`` if it is none."""
    sample = content[: _SAMPLE & ~1]
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second * 5 > pairs and first * 50 < pairs:
        return "utf-16-le"
    return "utf-16-be" if first * 5 > pairs and second * 50 < pairs else ""


def _declaration(content: bytes) -> str:
    found = _DECLARATION.search(content[:_HEAD])
    return _known((found[1] or found[2]).decode("ascii", "replace")) if found else ""


def _known(label: str) -> str:
    """Python's name of the encoding that the label means; ``""`` for one that is no encoding of text."""
    try:
        found = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return ""
    text_codec = getattr(found, "_is_text_encoding", True)
    return _MEANT.get(found.name, found.name) if text_codec and found.name not in {"idna", "punycode"} else ""


def _told(encoding: str, claim: str, text: str, unquestionable: bool = False) -> Decoded:
    """The text, with a notice where the page claimed another encoding."""
    if not claim or claim == encoding or unquestionable:
        return Decoded(text, encoding)
    return Decoded(text, encoding, (notice("encoding-repaired", declared=claim, encoding=encoding),))


def _replaced(content: bytes, encoding: str, *notices: Notice) -> Decoded:
    text = content.decode(encoding, "replace")
    count = text.count("\ufffd")
    if count:  # some may be the page's own
        count -= content.decode(encoding, "ignore").count("\ufffd")
    if count:
        notices = (*notices, notice("characters-replaced", count=count))
    return Decoded(text, encoding, notices)


def _not_quite_utf_8(content: bytes, claim: str) -> Decoded:
    """UTF-8 with a few torn characters, or the declared encoding if the text bears it out, or the likeliest one."""
    text = content.decode("utf-8", "replace")
    torn = text.count("\ufffd")
    if sum(not character.isascii() for character in text) > 2 * torn:
        told = _told("utf-8", claim, text)
        return told._replace(notices=(*told.notices, notice("characters-replaced", count=torn)))
    single = bool(_SINGLE_BYTE.fullmatch(claim))
    if not single and _looks_western(content):
        return _said("cp1252", claim, content)
    text = _as_claimed(content, claim)
    if text and not (claim == "cp1252" and _too_many_accents(text)):
        return Decoded(text, claim)
    return _said(_detected(content), claim, content)


def _as_claimed(content: bytes, claim: str) -> str:
    """The text by the claimed encoding; ``""`` when its bytes are not of that encoding."""
    try:
        return content.decode(claim) if claim and claim != "utf-8" else ""
    except UnicodeDecodeError:
        return ""


def _looks_western(content: bytes) -> bool:
    """Whether few letters are beyond ASCII, all of them common in Western Europe, on a page that names no other language."""
    language = _LANGUAGE.search(content[:_HEAD])
    if language and language[1].decode().lower() not in _WESTERN_LANGUAGES:
        return False
    beyond = [character for character in content.decode("cp1252", "replace") if not character.isascii()]
    return _WESTERN.issuperset(beyond) and len(beyond) * 5 < len(content)


def _too_many_accents(text: str) -> bool:
    """Whether accented letters outnumber plain ones outside the markup: then another alphabet was declared as Latin."""
    letters = [letter for letter in re.sub(r"<[^>]*>", " ", text) if letter.isalpha()]
    return 2 * sum(not letter.isascii() for letter in letters) > len(letters)


def _detected(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(re.sub(rb"<[^>]*>", b" ", content)[: 4 * _SAMPLE]).best()
    return best.encoding if best else "cp1252"


def _said(encoding: str, claim: str, content: bytes) -> Decoded:
    """The text by an encoding that was guessed, with a notice of it."""
    if claim and claim != encoding:
        return _replaced(content, encoding, notice("encoding-repaired", declared=claim, encoding=encoding))
    return _replaced(content, encoding, notice("encoding-guessed", encoding=encoding))
