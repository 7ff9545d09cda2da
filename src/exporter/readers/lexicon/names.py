"""Who made a segment: the people of a byline, each with a role, told from agencies, offices, addresses and the publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from exporter.model import Role
from exporter.readers.lexicon.credits import like_name
from exporter.readers.lexicon.folding import fold_name
from exporter.runtime.compiled import table

LONGEST_NAME = 8
"""Words of a name."""

_ADDRESS = re.compile(r"[(<\[]?\b[\w.+-]+@[\w-]+\.[\w.]+[)>\]]?|\bhttps?://\S+|\bwww\.\S+|[(\[]?(?<!\w)@\w+[)\]]?")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
_AND = r"und|and|et|y|e|i|и|й|та|і|ve|og|och|en|ja|és|și|sowie|dan|và|ir|un|και|ו|एवं|और|এবং|ও|&|\+|/|,|و"
_JOINT = re.compile(rf"\s*(?:[,;&|/•+、，；]|\s·|·\s|(?<=[가-힣])·(?=[가-힣])|\s(?:{_AND})\s|\s[–—-]\s)\s*")
_SURNAMES = re.compile(r"(?<=\w\s)(?P<joint>y|e|i)(?=\s[^\W\d_]+\s*(?:$|[,;&|/•·+]|\s(?:y|e|i)\s))")
"""Spanish, Portuguese and Catalan join two surnames as they join two people: one word behind is a surname."""
_EDGE = (
    r"(?:^|(?<=\s)(?=[^:：]{1,40}[:：])|(?<=[,;|/•·(–—\n])|(?<=\s(?:&|-)\s)|(?<=\.\s)"
    r"|(?<=\s(?:und|and)\s)|(?<=\s(?:et|og)\s)|(?<=\s(?:y|e|i|и)\s))"
)
_BEHIND = re.compile(r"^(?P<name>.*?)\s*[(\[](?P<cue>[^)\]]*)[)\]]$")
_JOINT_OF_CAPITALS = re.compile(r"\s*(?:[,;&|/•·+]|\s(?:UND|AND|ET|VE|OG|OCH|EN)\s|\s[–—-]\s)\s*")
_PLACE = re.compile(r"\s+(?:for|in|pour|aus|at|from|bei)\s.*$")
_RANK = re.compile(r"\s*(?:(?:선임|수습|인턴|전문)?\s?기자|특파원|記者|记者|특약)$")
"""The word for a reporter behind a name, as Korean, Japanese and Chinese papers print it."""
_COUNTED = re.compile(r"(?<=[^\W\d_])\s+\d{1,2}$|\s*외\s*\d+\s*명$")
"""A number by which a site tells accounts of one name apart; "and two others" in Korean."""
_FROM_LANGUAGE = re.compile(
    r"\b(?:translated from (?:the )?\w+ by|aus dem \w+ (?:übersetzt )?von|traduit (?:de l['’]|du )\s?\w+ par"
    r"|traducid[oa] del \w+ por|tradott[oa] (?:dal(?:l['’])?)\s?\w+ da|traduzid[oa] do \w+ por"
    r"|vertaald uit het \w+ door|перевод с \w+)\b",
    re.IGNORECASE,
)
"""Who translated, with the language that the words were translated from."""
_WITH = re.compile(r"\(\s*(?:with|mit|avec|con|com|met)\s+([^)]*)\)")


class Person(NamedTuple):
    """Somebody who made the segment, and as what."""

    name: str
    role: Role


def people_in(text: str, publication: str = "") -> list[Person]:
    """The people of a byline or of a declared author, in order; no agency, office, address, and not the publication."""
    parts = list(_parts(text))
    found = [person for part, role in parts if (person := _person(part, role, publication)) is not None]
    # Names in scripts without spaces are whole with one word.
    whole = [person for person in found if " " in person.name or not person.name.isascii()]
    return whole or (found if len(found) == len(parts) else [])  # "Jane Doe, London": one is a place


def only_people(text: str) -> bool:
    """Whether a line holds nothing but names with the words that say what they did."""
    parts = list(_parts(text))
    return bool(parts) and all(_person(part, role, "") is not None for part, role in parts)


def houses(declared: Iterable[str], publication: str) -> list[str]:
    """Of what a page declares as its authors, those that are nobody's name: they stand where no person is named.

    An office without a name of its own is none of them. Those known as agencies, or by the publication's name, come first.
    """
    found: list[str] = []
    for name in declared:
        parts = [name] if _DOMAIN.fullmatch(name) else [each for each, _ in _parts(name)]
        nobodys = [part for part in parts if _person(part, "author", publication) is None]
        alone = len(nobodys) == len(parts) == 1
        found += [part for part in nobodys if _is_house(part, publication) or (alone and _is_called(part))]
    return sorted(dict.fromkeys(found), key=lambda part: not _is_house(part, publication))


def _is_called(name: str) -> bool:
    """Whether it may be a name at all: no office's, no account of a few small letters, no number."""
    words = re.split(r"[\s-]+", _fold(name))
    account = len(words) == 1 and name.islower() and name.isascii()
    of_office = not _known("office_words").isdisjoint(words) or _fold(name) in _known("offices")
    return len(words) <= LONGEST_NAME and not (account or of_office) and any(map(str.isalpha, name))


def _is_house(name: str, publication: str) -> bool:
    words = set(re.split(r"[\s-]+", _fold(name)))
    if not name or words <= _known("offices") | _known("office_words") or _fold(name) in _known("offices"):
        return False
    ours = set(fold_name(publication).split())
    return (
        _fold(name) in _known("agencies")
        or bool(_DOMAIN.fullmatch(name))
        or not ours.isdisjoint(fold_name(name).split())
    )


def authors(persons: Iterable[Person]) -> list[str]:
    """The names of those who wrote or asked."""
    return list(dict.fromkeys(person.name for person in persons if person.role in ("author", "interviewer")))


def _parts(text: str) -> Iterator[tuple[str, Role]]:
    """Every part of a byline with the role that the words before it give, the author's where none does."""
    text = _FROM_LANGUAGE.sub("translated by", text)
    line = _WITH.sub(r", \1", re.sub(r"[(\[]\s*[)\]]", "", _ADDRESS.sub(" ", text))).strip()
    pattern = _cue_pattern(line)
    cues = [found for found in pattern.finditer(line) if _leads(line, found)] if pattern else []
    starts = [(0, 0, ("author",)), *((found.start(), found.end(), _roles(found["cues"])) for found in cues)]
    for place, (_, start, roles) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(line)
        for part in _split(line[start:end]):
            behind = _BEHIND.match(part)
            cue = _roles(behind["cue"]) if behind else ()
            # "Text und Fotos: X" gives one person two roles.
            for role in cue or roles:
                yield (behind["name"] if behind else part), cast(Role, role)


def _leads(line: str, found: re.Match[str]) -> bool:
    """Whether a cue is one: a colon behind it, or a name; "Di Matteo" alone is a name itself."""
    rest = line[found.end() :].split()
    return bool(rest) and (
        found["colon"] is not None
        or (len(rest) > 1 and not _is_name_too(line, found))
        or found["cues"].casefold() not in _known("particles") | _known("names_too")
    )


def _is_name_too(line: str, found: re.Match[str]) -> bool:
    """Whether a cue is a part of the name that it would lead to: "Yazan Abu Salem" is nobody's "written by Abu Salem"."""
    cues = found["cues"]
    return cues.casefold() in _known("names_too") and cues[:1].isupper() and not line[: found.start("cues")].strip()


def _split(text: str) -> Iterator[str]:
    # In a line of capitals a single letter such as E or I is an initial, not the Italian or Russian "and".
    joint = _JOINT_OF_CAPITALS if text.isupper() else _JOINT
    whole = text if text.isupper() else _SURNAMES.sub(lambda found: f"\0{found['joint']}\0", text)
    parts = [part for each in joint.split(whole) if (part := _bare(each.replace("\0", "")))]
    if len(parts) == 2 and all(len(part.split()) == 1 for part in parts) and re.fullmatch(r"\s*\w+,\s\w+\s*", text):
        parts = [f"{parts[1]} {parts[0]}"]  # a name turned round, as libraries write it
    yield from parts


def _bare(part: str) -> str:
    """A part without the marks around it; the full stop of "Jr." is the name's."""
    bare = part.strip(" .,:;|-–—\"'“”）】" + ("" if ")" in part else "("))
    return f"{bare}." if re.search(r"\b\w{1,2}$", bare) and f"{bare}." in part else bare


def _person(part: str, role: Role, publication: str) -> Person | None:
    name = _RANK.sub("", _PLACE.sub("", _COUNTED.sub("", part))).strip()
    folded = _fold(name)
    if not name or folded in _known("agencies") | _known("offices") or folded in _role_of():
        return None
    if set(re.split(r"[\s-]+", folded)) & _known("office_words"):
        return None
    if (
        any(each.isdigit() or each == ":" for each in name)
        or _DOMAIN.fullmatch(name)
        or len(name.split()) > LONGEST_NAME
    ):
        return None
    # Sites fill their author field with their own name when nobody is named.
    if publication and fold_name(name) in (fold_name(publication), fold_name(f"the {publication}")):
        return None
    cased = in_case(name)
    return Person(cased, role) if like_name(" ".join(cased.split()[:6])) else None


def _fold(name: str) -> str:
    return name.casefold().strip(" .")


def in_case(name: str) -> str:
    """A name in capitals as it is written otherwise: ``"LUDWIG VAN BEETHOVEN"`` → ``"Ludwig van Beethoven"``."""
    if len(name.split()) < 2 or not name.isupper() or _fold(name) in _known("agencies"):
        return name
    words = [_word_in_case(word) for word in name.split()]
    return " ".join(
        word.lower() if place and word.lower() in _known("particles") else word for place, word in enumerate(words)
    )


def _word_in_case(word: str) -> str:
    if len(word) < 3 and "." not in word and not re.search(r"[AEIOUYÄÖÜ]", word):
        return word  # initials: "JK Rowling"
    cased = re.sub(r"[^\W\d_]+", lambda found: found[0][0] + found[0][1:].lower(), word)
    return re.sub(r"^(Mc|O['’])(\w)", lambda found: found[1] + found[2].upper(), cased)


# ---------------------------------------------------------------------------------------------------------------- the words


@cache
def _tables() -> dict[str, Any]:
    return table("exporter.readers.lexicon", "names.toml")


def particles() -> frozenset[str]:
    """The small words inside names."""
    return _known("particles")


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(_tables()[kind])


@cache
def _role_of() -> dict[str, str]:
    return {cue: role for role, cues in _tables()["roles"].items() for cue in cues}


def _cue_pattern(line: str) -> re.Pattern[str] | None:
    """One or several cues at the beginning of a part of a byline, with their colon; None when the line holds no cue."""
    # Both, because casefolding makes "ss" of the "ß" that some cues have.
    folded = line.casefold() + line.lower()
    beginnings = _cues_by_beginning()
    likely = beginnings.keys() & {*folded, *(folded[at : at + 2] for at in range(len(folded)))}
    # The longest first, and those of one length in the order of the table.
    met = sorted((len(cue), place, cue) for each in likely for place, cue in beginnings[each] if cue in folded)
    return _pattern_of(tuple(cue for _, _, cue in sorted(met, key=lambda each: (-each[0], each[1]))))


@cache
def _cues_by_beginning() -> dict[str, list[tuple[int, str]]]:
    """Their first two letters, the first where there is one only → the cues, each with its place in the table."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, cue in enumerate(_role_of()):
        found.setdefault(cue[:2], []).append((place, cue))
    return found


@lru_cache(maxsize=1024)
def _pattern_of(known: tuple[str, ...]) -> re.Pattern[str] | None:  # of all cues at once it would take long to compile
    cue = "(?:" + "|".join(map(re.escape, known)) + ")"
    cues = rf"(?P<cues>{cue}(?:\s*(?:{_AND})\s*{cue})*)"
    whole = rf"{_EDGE}\s*{cues}(?:\s*(?P<colon>[:：・＝=])\s*|\s+)(?=\S)"
    return re.compile(whole, re.IGNORECASE) if known else None


def _roles(cues: str) -> tuple[str, ...]:
    """The roles that one or several cues give: ``"Text und Fotos"`` gives two."""
    known, folded = _role_of(), cues.casefold().strip(" :")
    parts = [folded] if folded in known else [part for part in _JOINT.split(folded) if part]
    return tuple(dict.fromkeys(known[part] for part in parts if part in known))
