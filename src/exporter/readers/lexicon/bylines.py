"""A byline cut into its parts: the words of each, with the role that the words around it give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from exporter.model import Role
from exporter.readers.lexicon.name_words import AND, cue_pattern, known, listed, role_of, roles_in, surnames
from exporter.readers.lexicon.reporters import HAN_NAME, LEADING, REPORTED_FROM
from exporter.readers.lexicon.vocabulary import either


def _with_a_word(kind: str, word: str = r"\w+") -> str:
    """An expression for the phrases of a list, any word in the place of ``*``."""
    return either(listed(kind)).replace(r"\*", word).replace(r"\ ", r"\s+")


_ADDRESS = re.compile(r"[(<\[]?\b[\w.+-]+@[\w-]+\.[\w.]+[)>\]]?|\bhttps?://\S+|\bwww\.\S+|[(\[]?(?<!\w)@\w+[)\]]?")
_JOINT = re.compile(
    rf"\s*(?P<joint>[,;]\s*{AND}\s|[,;&|/•+、，；،؛\n／｜丨│]|\s·|·\s|(?<=[가-힣])·(?=[가-힣])|\s{AND}\s|\s[–—-]\s)\s*"
)
_BETWEEN = either(listed("between_surnames"))
_SURNAMES = re.compile(rf"(?<=\w\s)(?P<joint>{_BETWEEN})(?=\s[^\W\d_]+\s*(?:$|[,;&|/•·+]|\s{_BETWEEN}\s))")
"""Spanish, Portuguese and Catalan join two surnames as they join two people: one word behind is a surname."""
_OF_ONE_NAME = re.compile(
    r"(?<=\bvon\s)(?P<joint>und)(?=\szu\s)|(?<=\bde\s)(?P<last>y)(?=\s[^\W\d_]+\s*$)", re.IGNORECASE
)
"""Words that join two people elsewhere, inside the name of one: "von und zu"."""
_BEHIND = re.compile(r"^(?P<name>.+?)\s*[(\[（](?P<cue>[^)\]）]*)[)\]）]?$")
PLAIN_AND = either(listed("and_in_capitals"))
"""Words that join two people and are part of no name."""
_AND_OF_CAPITALS = PLAIN_AND.upper()
_JOINT_OF_CAPITALS = re.compile(
    rf"\s*(?P<joint>[,;]\s*{_AND_OF_CAPITALS}\s|[,;&|/•·+\n]|\s{_AND_OF_CAPITALS}\s|\s[–—-]\s)\s*"
)
LEADING_AND = re.compile(rf"^(?:{AND}|(?i:{PLAIN_AND}))\s+(?=\S)")
"""Before a name that another line or another part led to: "and Bo Stern"."""
PARTING = frozenset(",،|–—-\n")
"""Signs behind which a place or a house stands as often as another person."""
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2,4}(?:[\s，、]|$))")
"""Before names in Chinese papers: "南都见习记者 林子沛"; between two of them."""
_HAN_NAMES = re.compile(rf"{HAN_NAME}(?:\s{HAN_NAME})+")
_HAN_ROLE = re.compile(r"(?<=，)(?P<word>[\u4e00-\u9fff]{1,4})，(?=[\u4e00-\u9fff]{2,4}(?:，|$))")
_FROM_LANGUAGE = re.compile(rf"\b{_with_a_word('translated_by')}\b", re.IGNORECASE)
"""Who translated, with the language that the words were translated from."""
_WITH = re.compile(rf"\(\s*{either(listed('with'))}\s+([^)]*)\)")
_PLACE = r"[^\W\d_][\w-]*(?:\s[A-ZÄÖÜ][\w-]*)?"
_REPORTS_FROM = re.compile(rf"^{_with_a_word('reports_from', _PLACE)}\s+(?=[A-ZÄÖÜ])", re.IGNORECASE)
"""A correspondent behind the place: "Aus Wien berichtet X"."""
_FOR_HOUSE = re.compile(
    rf"\s+(?:reporter\s+)?{either(listed('for'))}\s+(?:the\s+)?[\w-]+\.(?:com|co\.uk|net|org|[a-z]{{2}})\b",
    re.IGNORECASE,
)
"""For whose site somebody writes: "Ann Lee for Harbour.com"."""
_SUFFIX = re.compile(r",\s+(?=(?:Jr|Sr)\b\.?|I{2,3}\b|IV\b)")
"""The comma before "Jr." parts nobody."""
_WAW = re.compile(r"(?P<before>[\u0621-\u06d3]+)(?P<joint>\s+و)(?P<word>[\u0621-\u06d3]{2,})(?=\s+[\u0621-\u06d3]{2,})")
"""The Arabic "and", which is written as a part of the word behind it, in front of two words of a name."""
_EDGES = " .,:;|-–—\"'“”"


class Part(NamedTuple):
    """A part of a byline: its words, the role that the words before it give, the sign that parts it from the part before."""

    words: str
    role: Role
    joint: str


def parts_of(text: str) -> list[Part]:
    """Every part of a byline with the role that the words before it give, the author's where none does.

    Those behind whom a role stands have that one: "Per Lind, photographer".
    """
    made: list[Part] = []
    for part in _parts(text):
        role = role_of().get(part.words.casefold(), "author")
        if made and part.joint in PARTING and role not in ("author", "interviewer", "editor"):
            made[-1] = made[-1]._replace(role=cast(Role, role))
        made.append(part)
    return made


def leading_particle(text: str) -> int:
    """Characters of the "by" at the beginning of a byline that may be part of a name elsewhere: "de Ion Popescu"; else 0."""
    pattern = cue_pattern(text)
    found = pattern.match(text) if pattern else None
    return found.end() if found and found["cues"].casefold() in known("particles") and _leads(text, found) else 0


def _parts(text: str) -> Iterator[Part]:
    line = _WITH.sub(
        r", \1", re.sub(r"[(\[]\s*[)\]]", "", _ADDRESS.sub(" ", _FOR_HOUSE.sub("", _plainer(text))))
    ).strip()
    pattern = cue_pattern(line)
    cues = [found for found in pattern.finditer(line) if _leads(line, found)] if pattern else []
    starts = [(0, 0, ("author",)), *((found.start(), found.end(), roles_in(found["cues"])) for found in cues)]
    for place, (_, start, roles) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(line)
        for joint, part in _split(line[start:end]):
            behind = _BEHIND.match(part)
            cue = roles_in(behind["cue"]) if behind else ()
            # "Text und Fotos: X" gives one person two roles.
            for role in cue or roles:
                yield Part(_bare(behind["name"]) if behind else part, cast(Role, role), joint)
            if behind and not cue:
                yield Part("", "author", "(")  # an office or a place, not a person


def _plainer(text: str) -> str:
    """The line with a comma where Chinese papers print the word for a reporter between names, and "translated by"."""
    told = LEADING.sub("，", REPORTED_FROM.sub("", text))
    if _HAN_NAMES.fullmatch(told.strip()) and all(each[0] in surnames() for each in told.split()):
        return told.strip().replace(" ", "，")
    listed = told if told == text else _HAN_ROLE.sub(_led, _HAN_SPACE.sub("，", told))
    plain = _FROM_LANGUAGE.sub("translated by", _WAW.sub(_parted, listed))
    return _SUFFIX.sub(" ", _REPORTS_FROM.sub("von ", plain))


def _parted(found: re.Match[str]) -> str:
    """A comma for the Arabic "and", where the word with it is no name of its own such as "وليد" and a name is before it."""
    whole = " " in found.string[: found.start("joint")].strip() and f"و{found['word']}" not in known("names_with_waw")
    return f"{found['before']}، {found['word']}" if whole else found[0]


def _led(found: re.Match[str]) -> str:
    """A word between commas as what leads the name behind it, where it is one that says what somebody did."""
    return f"{found['word']}：" if found["word"] in role_of() else found[0]


def _leads(line: str, found: re.Match[str]) -> bool:
    """Whether a cue is one: a colon behind it, or a name; "Di Matteo" alone is a name itself."""
    piece = _JOINT.split(line[found.start() :].strip(), maxsplit=1)[0]
    rest, cue = line[found.end() :].split(), found["cues"].casefold()
    if not _is_apart(line, found):
        return False
    if not rest or piece.casefold().strip(" .") in known("offices"):
        return False
    if found["colon"] is not None and (found["colon"] != "/" or len(rest) > 1 or not cue.isascii()):
        return True
    if cue in known("office_words") and (cue not in known("callings") or not rest[0][0].isupper() or len(rest) < 2):
        return False
    return (len(rest) > 1 and not _is_name_too(line, found)) or cue not in known("particles") | known("names_too")


def _is_apart(line: str, found: re.Match[str]) -> bool:
    """Whether a cue right behind a word stands, with a capital, between two names: "Ann Lee Photos Bo Stern"."""
    before = line[: found.start("cues")]
    if not before.strip() or not before.rstrip()[-1].isalpha() or found["colon"] or " " in found["cues"]:
        return True
    words = re.split(rf"[,;|/•·(\n]|\s(?:{AND}|-)(?=\s)", before.rstrip())[-1].split()
    ahead = line[found.end() :].split()
    named = [*words, *ahead[:2]]
    if not words:  # behind "and"
        return True
    return len(words) > 1 and len(ahead) > 1 and all(each[0].isupper() for each in (found["cues"], *named))


def _is_name_too(line: str, found: re.Match[str]) -> bool:
    """Whether a cue is a part of the name that it would lead to: "Yazan Abu Salem" is nobody's "written by Abu Salem"."""
    cues = found["cues"]
    return cues.casefold() in known("names_too") and cues[:1].isupper() and not line[: found.start("cues")].strip()


def _split(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text, each with the sign before it: ``""`` before the first, ``"and"`` for words."""
    # In a line of capitals a single letter such as E or I is an initial, not the Italian or Russian "and".
    joint = _JOINT_OF_CAPITALS if text.isupper() else _JOINT
    bare = _OF_ONE_NAME.sub(lambda found: f"\0{found[0]}\0", LEADING_AND.sub("", text.strip()))
    whole = bare if text.isupper() else _SURNAMES.sub(lambda found: f"\0{found['joint']}\0", bare)
    pieces = ["", *joint.split(whole)]  # joint, part, joint, part
    parts = [
        (sign.strip(" "), _bare(each.replace("\0", ""))) for sign, each in zip(pieces[::2], pieces[1::2], strict=True)
    ]
    parts = [(sign if len(sign) < 2 else "and", part) for sign, part in parts if part]
    if len(parts) == 2 and all(len(part.split()) == 1 for _, part in parts) and re.fullmatch(r"\s*\w+,\s\w+\s*", text):
        parts = [("", f"{parts[1][1]} {parts[0][1]}")]  # a name turned round, as libraries write it
    yield from parts


def _bare(part: str) -> str:
    """A part without the marks around it; the full stop of "Jr." is the name's."""
    opening = "" if set(part) & set(")）】」") else "(（【「"
    closing = "" if set(part) & set("(（【「") else ")）】」"
    bare = part.strip(_EDGES + opening + closing)
    return f"{bare}." if re.search(r"\b\w{1,2}$", bare) and f"{bare}." in part else bare
