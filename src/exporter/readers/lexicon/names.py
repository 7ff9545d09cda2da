"""Who made a segment: the people of a byline, each with a role, told from agencies, offices, addresses and the publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import compress
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
_JOINT = re.compile(
    rf"\s*(?P<joint>[,;]\s*(?:{_AND})\s|[,;&|/•+、，；،؛\n]|\s·|·\s|(?<=[가-힣])·(?=[가-힣])|\s(?:{_AND})\s|\s[–—-]\s)\s*"
)
_SURNAMES = re.compile(r"(?<=\w\s)(?P<joint>y|e|i)(?=\s[^\W\d_]+\s*(?:$|[,;&|/•·+]|\s(?:y|e|i)\s))")
"""Spanish, Portuguese and Catalan join two surnames as they join two people: one word behind is a surname."""
_EDGE = (
    r"(?:^|(?<=\s)(?=[^:：]{1,40}[:：])|(?<=[,;|/•·(–—\n])|(?<=\s(?:&|-)\s)|(?<=\.\s)"
    r"|(?<=\s(?:und|and)\s)|(?<=\s(?:et|og)\s)|(?<=\s(?:y|e|i|и)\s))"
)
_BEHIND = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<cue>[^)\]]*)[)\]]$")
_AND_OF_CAPITALS = r"UND|AND|ET|VE|OG|OCH|EN"
_JOINT_OF_CAPITALS = re.compile(
    rf"\s*(?P<joint>[,;]\s*(?:{_AND_OF_CAPITALS})\s|[,;&|/•·+\n]|\s(?:{_AND_OF_CAPITALS})\s|\s[–—-]\s)\s*"
)
_FIRST_AND = re.compile(rf"^(?:{_AND})\s+(?=\S)")
_SPOKEN = frozenset("?？!！。:：…")
"""Signs that no byline has behind its first word."""
_PARTING = frozenset(",،|–—-\n")
"""Signs behind which a place or a house stands as often as another person."""
_PLACE = re.compile(r"\s+(?:for|in|pour|aus|at|from|bei)\s.*$")
_RANK = re.compile(r"\s*(?:(?:선임|수습|인턴|전문)?\s?기자|특파원|記者|记者|특약)$")
"""The word for a reporter behind a name, as Korean, Japanese and Chinese papers print it."""
_REPORTER = re.compile(r"(?:^|(?<=[\s，、,/／|]))[^\s，、,/／|]{0,12}?(?:记者|記者|通讯员|通訊員|实习生)[\s:：]+(?=\S)")
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2,4}(?:[\s，、]|$))")
"""Before names in Chinese papers: "南都见习记者 林子沛"; between two of them."""
_SENT = re.compile(r"^\S+\s+(?:\S+\s+)?[가-힣]{2,4}\s?(?:기자|특파원)$")
"""A reporter behind a place, in Korean."""
_TITLED = re.compile(r"^([가-힣]{2,4})(?:\s\S+){0,4}\s\S*(?:칼럼니스트|논설위원|교수|평론가|변호사|작가|앵커)$")
_SENT_FROM = re.compile(r"^(?:\S+\s+){1,2}(?=[가-힣]{2,4}$)")
_PLAIN_NAME = re.compile(r"[\w\s.'’·・-]{3,50}")
_LONG_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\s]{11,}")
"""More letters than a name in Chinese or Japanese has; foreign names have a dot between their parts."""
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


class _Part(NamedTuple):
    """A part of a byline: its words, the role that the words before it give, the sign that parts it from the part before."""

    words: str
    role: Role
    joint: str


def people_in(text: str, publication: str = "") -> list[Person]:
    """The people of a byline or of a declared author, in order; no agency, office, address, and not the publication."""
    return list(_people_in(text, publication))


@lru_cache(maxsize=256)
def _people_in(text: str, publication: str) -> list[Person]:
    """The same, found once: each step that decides over a page's makers asks for those of the same few lines."""
    parts = list(_parts(text))
    named = _without_places(_with_roles_behind(parts), publication)
    found = [person for part in named if (person := _person(part.words, part.role, publication)) is not None]
    whole = [person for person in found if " " in person.name or _uncased(person.name)]
    return whole or (found if len(found) == len(parts) else [])  # "Jane Doe, London": one is a place


def only_people(text: str) -> bool:
    """Whether a line holds nothing but names with the words that say what they did."""
    parts = [part for part in _parts(text) if part.words]
    return bool(parts) and all(_person(part.words, part.role, "") is not None for part in parts)


def led_by_person(text: str) -> bool:
    """Whether a line begins with a full name and goes on with other names, offices, houses and what else people are."""
    first, *others = [part for part in _parts(text) if part.words] or [_Part("", "author", "")]
    lead = _person(first.words, first.role, "")
    if lead is None or not (" " in lead.name or _uncased(lead.name)) or any(each in _SPOKEN for each in text):
        return False
    return all(_person(part.words, part.role, "") is not None or is_office(part.words) for part in others)


def is_office(text: str) -> bool:
    """Whether words name no person but what one does, an editorial office, an agency or a house."""
    folded = _fold(text)
    if folded in _known("agencies") | _known("offices") or folded in _role_of():
        return True
    return not (_known("office_words") | _known("house_words")).isdisjoint(re.split(r"[\s-]+", folded))


def is_full_name(text: str, publication: str = "") -> bool:
    """Whether a line is the name of one person, as far as its words tell: none in small letters, no "New" or "San" in front."""
    words = text.split()
    cased = all(word[:1].isupper() or word in particles() or _uncased(word) for word in words)
    plain = _PLAIN_NAME.fullmatch(text) is not None
    named = plain and 2 <= len(words) <= 4 and cased and only_people(text) and len(people_in(text, publication)) == 1
    return named and _fold(words[0]) not in _known("no_given_names")


def names_trade(text: str) -> bool:
    """Whether words say that somebody writes for a living: "a freelance reporter who lives in Oban"."""
    trades = _known("office_words") | _known("trades")
    return not trades.isdisjoint(re.split(r"[^\w]+", text.casefold()))


def role_behind(text: str) -> bool:
    """Whether a line says what the person before it is, and no more: "Photographer"."""
    return _role_of().get(_fold(text), "editor") != "editor" or _fold(text) in _known("callings")


def _with_roles_behind(parts: list[_Part]) -> list[_Part]:
    """The parts, with the roles of those behind whom it stands: "Per Lind, photographer"."""
    made: list[_Part] = []
    for part in parts:
        role = _role_of().get(_fold(part.words), "author")
        if made and part.joint in _PARTING and role not in ("author", "interviewer", "editor"):
            made[-1] = made[-1]._replace(role=cast(Role, role))
        made.append(part)
    return made


def _without_places(parts: list[_Part], publication: str) -> list[_Part]:
    """The parts without those that follow the last office or house: "Ann Lee, our envoy, Los Gallardos" ends in a place.

    So do those before the place in which a Korean reporter is: "순천, 광양 구현모 기자".
    """
    named = [_person(part.words, part.role, publication) is not None for part in parts]
    last = max((place for place, person in enumerate(named) if not person), default=-1)
    if last >= 1 and any(named[:last]):
        kept = (
            place <= last or part.joint not in _PARTING or part.role != "author" for place, part in enumerate(parts)
        )
        parts = list(compress(parts, kept))
    sent = next((place for place, part in enumerate(parts) if _SENT.match(part.words)), 0)
    return parts[sent:]


def _uncased(name: str) -> bool:
    """Whether a name is of a script without capitals, in which one word may be a whole name."""
    return any(each.isalpha() and each.lower() == each.upper() for each in name)


def houses(declared: Iterable[str], publication: str) -> list[str]:
    """Of what a page declares as its authors, those that are nobody's name: they stand where no person is named.

    An office without a name of its own is none of them. Those known as agencies, or by the publication's name, come first.
    """
    found: list[str] = []
    for name in declared:
        parts = [name] if _DOMAIN.fullmatch(name) else [each.words for each in _parts(name) if each.words]
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


def _parts(text: str) -> Iterator[_Part]:
    """Every part of a byline with the role that the words before it give, the author's where none does."""
    line = _WITH.sub(r", \1", re.sub(r"[(\[]\s*[)\]]", "", _ADDRESS.sub(" ", _plainer(text)))).strip()
    pattern = _cue_pattern(line)
    cues = [found for found in pattern.finditer(line) if _leads(line, found)] if pattern else []
    starts = [(0, 0, ("author",)), *((found.start(), found.end(), _roles(found["cues"])) for found in cues)]
    for place, (_, start, roles) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(line)
        for joint, part in _split(line[start:end]):
            behind = _BEHIND.match(part)
            cue = _roles(behind["cue"]) if behind else ()
            # "Text und Fotos: X" gives one person two roles.
            for role in cue or roles:
                yield _Part(behind["name"] if behind else part, cast(Role, role), joint)
            if behind and not cue:
                yield _Part("", "author", "(")  # an office or a place, not a person


def _plainer(text: str) -> str:
    """The line with a comma where Chinese papers print the word for a reporter between names, and "translated by"."""
    told = _REPORTER.sub("，", text)
    return _FROM_LANGUAGE.sub("translated by", text if told == text else _HAN_SPACE.sub("，", told))


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


def _split(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text, each with the sign before it: ``""`` before the first, ``"and"`` for words."""
    # In a line of capitals a single letter such as E or I is an initial, not the Italian or Russian "and".
    joint = _JOINT_OF_CAPITALS if text.isupper() else _JOINT
    bare = _FIRST_AND.sub("", text.strip())
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
    bare = part.strip(" .,:;|-–—\"'“”）】" + ("" if ")" in part else "("))
    return f"{bare}." if re.search(r"\b\w{1,2}$", bare) and f"{bare}." in part else bare


def _person(part: str, role: Role, publication: str) -> Person | None:
    name = _bare_name(part)
    if not name or is_office(name) or _is_publication(name, publication):
        return None
    if (
        any(each.isdigit() or each in ":《》？！" for each in name)
        or _DOMAIN.fullmatch(name)
        or len(name.split()) > LONGEST_NAME
        or _LONG_UNSPACED.fullmatch(name)
    ):
        return None
    cased = in_case(name)
    return Person(cased, role) if like_name(" ".join(cased.split()[:6])) else None


def _bare_name(part: str) -> str:
    """A part without what stands behind or before a name: a number, a place, the word for a reporter, a title."""
    unplaced = _PLACE.sub("", _COUNTED.sub("", part))
    name = _RANK.sub("", unplaced).strip()
    name = _SENT_FROM.sub("", name) if name != unplaced.strip() else name
    return _TITLED.sub(r"\1", name)


def _is_publication(name: str, publication: str) -> bool:
    """Whether it is the site's own name or one of its sections; sites fill their author field with it when nobody is named."""
    if not publication:
        return False
    ours, words = fold_name(publication), fold_name(name)
    section = " " in ours and f" {words} ".startswith(f" {ours} ")
    return words in (ours, fold_name(f"the {publication}")) or section


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
