"""Tells a caption from a credit: pure text in, two texts out.

Agencies and publishers write credits in a handful of ways (Chicago Manual of Style 3.29 to 3.37 describes the English ones):
a lead word ("Photograph: X", "Foto von X"), a sign ("© X"), a name and its agency ("X / AFP"), either in parentheses at the
end of the caption, on a line of its own, or before the caption.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from exporter.readers.lexicon.name_words import listed
from exporter.readers.lexicon.reporters import BEFORE, KOREAN, KOREAN_NAME
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, either

_SIGN = r"(?:©|\(c\)|[（(][Ｃｃ][)）]|Ⓒ|℗|&copy;)"
_OPENING, _CLOSING = "([（［【〔", ")]）］】〕"
_BRACKETS = _OPENING + _CLOSING
_PLAIN_WORDS = frozenset(each for each in cues("credit_lead") if each.endswith((" by", " of", " von", " door", ".")))
"""Leads that need no sign behind them: "courtesy of", "fot."."""
_PLAIN = f"(?:{'|'.join(map(re.escape, sorted(_PLAIN_WORDS)))})"
_LEAD = Cue(
    "credit_lead",
    rf"^\W{{0,3}}(?:{WORDS}\s*(?:[:：|/＝=・]|\.{{3}}|…|\bby\b|\bvon\b|\bdoor\b|\bde\b|\bdi\b|–|-)\s*|{_PLAIN}\s+|{_SIGN}\s*)(?P<who>.+)$",
    re.DOTALL,
    needed=False,
)
_TRAILING_LEAD = Cue(
    "credit_lead",
    rf"^(?P<caption>.+?)(?:[.!?…\"”»)。]|\s[|–—/·•-]|\s)\s*\(?(?P<credit>{WORDS}\s*(?:[:：=＝]|\sby\s|\svon\s)\s*\S.{{1,110}}?|{_SIGN}\s*\S.{{1,110}}?)\)?\.?$",
    re.DOTALL,
    needed=False,
)
_ENDING_LEAD = Cue(
    _PLAIN_WORDS,
    rf"^(?P<caption>.+?)(?:[.!?…\"”»)。,]|\s[|–—/·•-])\s*(?P<credit>{WORDS}\s+\S.{{1,90}}?)\.?$",
    re.DOTALL,
)
_CREDIT_BEHIND = Cue(
    "credit_behind",
    rf"^(?P<caption>.+?)(?:[.!?”\"]|\s[/–—-])\s+(?P<credit>[^.!?/]{{0,3}}[^!?/]{{3,50}}\s{WORDS})\.?$",
    re.DOTALL,
)
"""The word for a photo stands behind the name: "T. Vaitkaus nuotr."."""
_TRAILING_SIGN = re.compile(rf"^(?P<caption>.+?)\s*(?P<credit>{_SIGN}\s*\S.{{1,110}}?)[)）\]]?[.。]?$", re.DOTALL)
"""Behind a sign the credit begins, whatever stands before it."""
_BARE_LEAD = Cue("credit_lead", rf"^\W{{0,3}}{WORDS}\s+(?P<who>\S.*)$", re.DOTALL)
_PARENTHESIS = re.compile(
    r"^(?P<caption>.*?)\s*[(\[（［【〔](?P<credit>[^()\[\]（）［］【】〔〕]{2,110})[)\]）］】〕][.。]?\s*$", re.DOTALL
)
_SLASH = re.compile(
    r"^(?P<caption>.+?)\s*(?:\s[/|•·]\s|\s[–—-]\s)(?P<credit>[^/|]{2,60}(?:\s*/\s*[^/|]{2,60})?)$", re.DOTALL
)
_SLASHED = re.compile(r"^(?P<caption>.+?[.!?。”\"])\s*/\s?(?P<credit>[^/|.]{2,40})$", re.DOTALL)
"""Behind a sentence and a slash that stands right before it: "The pier. /AFP", as Korean papers print it."""
_SENTENCE = re.compile(r"^(?P<caption>.*?[.!?”\"»])\s+(?P<credit>[^.!?]{2,70})\.?$", re.DOTALL)
_LAST_NAME = re.compile(r"(?<=[.!?…»”\"])\s+(?P<name>[^.!?]{3,40})$")
_GIVEN = re.compile(
    rf"^(?P<caption>.+?\.|.+?(?=\s*[/|]))\s*[/|]?\s*(?P<credit>[^./|]{{2,20}}?)(?P<kept>\s?{either(cues('archive_photo'))})?"
    rf"(?:\s{either(cues('given_by'))})?\.?$",
    re.DOTALL,
)
"""Korean: whose picture it is before a word for "given by" or "from the archive"."""
_GIVERS_END = (*cues("given_by"), *cues("photo_behind"))
_RESERVED = frozenset({"DR", "D.R.", "D. R.", "LDD", "ldd", "zvg", "ZVG", "z.V.g."})
"""French and Swiss: the rights are somebody's, or somebody lent the picture."""
_LEAST_TOLD = 3
"""Words of a caption between a lead and a credit."""
_PLAYING_TIME = re.compile(r"^\d{1,2}:\d\d(?::\d\d)?\s*[•·|/–—-]\s*")
"""How long a video is, in front of whose it is."""
_DATED_HOUSE = re.compile(
    r"^(?P<caption>.+?)\s[-–—]\s(?P<credit>(?P<person>[^-–—/|]{3,50}?)"
    r"\s[-–—]\s\d{1,2}[./ ]\w{1,4}[./ ]\d{2,4}\s?/\s?\S[^/|]{1,40})$",
    re.DOTALL,
)
"""``"caption - person - 3.mar.24/house"``."""
_FOR_HOUSE = rf"\b{either(['via', *listed('for')])}\b"
_PARTS = re.compile(rf"\s*(?:/|\||,|–|—|©|{_FOR_HOUSE})\s*")
_FOR = re.compile(rf"\s{_FOR_HOUSE}\s")
_NAMES_AND_AGENCY = re.compile(rf"^[^.!?]{{2,60}}\s*(?:/|{_FOR_HOUSE})\s*[^.!?]{{2,60}}$")


_UNCASED = re.compile(r"[\u0590-\u06ff\s]{3,40}")
"""Hebrew, Arabic, Persian: a house in parentheses ends the caption, and no capital tells that it is a name."""
_LONGEST_ACRONYM = 6
"""Letters of an agency's name in capitals behind a bar."""


def is_credit(text: str, house: str = "") -> bool:
    """Whether the whole of a short text is a credit; ``house`` is the publication, which credits itself by its bare name."""
    text = text.strip().strip(_BRACKETS).strip()
    if not text or len(text) > 130:
        return False
    # Any other short text may name a newspaper; only this one credits itself without a lead.
    parts = [part.strip() for part in _PARTS.split(text)] if house else []
    others = [part for part in parts if part and part.casefold() != house.casefold()]
    if len(others) < len([part for part in parts if part]) and all(map(like_name, others)):
        return len(text.split()) <= 8
    led = _LEAD.match(text)
    if (
        led
        and len(text.split()) <= 14
        and (not _begins_sentence(led) or text[: led.start("who")].rstrip()[-1:] in ":：/|.©")
    ):
        return True
    return _names_agency(text) or _led_by_a_bare_word(text)


def _led_by_a_bare_word(text: str) -> bool:
    """Whether a word such as "Photo" stands right before an agency or a full name, without a sign: ``"Foto LaPresse"``."""
    found = _BARE_LEAD.match(text)
    if not found or len(text.split()) > 7:
        return False
    who = found["who"].strip(" .")
    if who.casefold() in cues("of_author"):
        return True
    named = (
        like_name(who)
        and ":" not in who
        and 2 <= len(who.split()) <= 4
        and all(word[0].isupper() for word in who.split())
    )
    return _names_agency(who) or (named and not text.rstrip().endswith((".", "!", "?")))


def _begins_sentence(led: re.Match[str]) -> bool:
    """Whether what stands behind a bare lead is no name but goes on in small letters: "Foto de familia de …"."""
    return led["who"][:1].islower() and not re.match(r"the [A-Z]", led["who"])


def _names_agency(text: str) -> bool:
    """Whether the text is an agency, or names of people and an agency: ``"X / AFP"``, ``"X for Y via Getty Images"``."""
    if len(text.split()) > 10 or text.endswith(("?", "!")) or "(" in text:
        return False
    parts = [part.strip(" .") for part in _PARTS.split(text) if part.strip(" .")]
    if (
        len(parts) == 2
        and _FOR.search(text)
        and all(like_name(part) for part in parts)
        and 2 <= len(parts[0].split()) <= 4
    ):
        return True
    agencies = [part for part in parts if _is_agency(part)]
    return bool(agencies) and all(_is_agency(part) or like_name(part) for part in parts)


def _is_agency(part: str) -> bool:
    known = cues("agencies")
    first, *rest = part.casefold().split()
    # "wenn" is an agency, and a word that many a German sentence begins with.
    named = not rest or like_name(" ".join(part.split()[1:]))
    return part.casefold() in known or (first in known and len(rest) < 3 and named)


def like_name(text: str) -> bool:
    """Whether a few words could be the name of a person or a house: all capitalised but for particles."""
    words = text.replace(" in 't ", " ").replace(" in ’t ", " ").split()
    return 0 < len(words) <= 6 and all(_capital(word) or word in cues("particles") for word in words)


_ELIDED = re.compile(r"(?:[dl]|dell|dall|nell|a[ldnrsz]|ash|e[lz]|u[dl]|ibn|bin|abu)['’-](?=\w)")
"""Before a name, in small letters: "d’Aubigny", "al-Hakim"."""


def _capital(word: str) -> bool:
    """A word that begins with a capital, with no letter, or in a script that has no capitals."""
    elided = _ELIDED.match(word)
    first = word[elided.end()] if elided else word[0]
    return not first.isalpha() or first.isupper() or first.lower() == first.upper()


def strip_lead(text: str) -> str:
    """A credit without the word in front of it: ``"Photograph: X / AFP"`` → ``"X / AFP"``."""
    bare = _unclosed(_PLAYING_TIME.sub("", text.strip()))
    while (inner := bare.strip()) and inner[0] in _OPENING and inner[-1] in _CLOSING:
        bare = inner[1:-1]
    found = _LEAD.match(bare) or (_BARE_LEAD.match(bare) if _led_by_a_bare_word(bare) else None)
    while found and found["who"].strip():
        bare = found["who"].strip()
        found = _LEAD.match(bare)
    return bare.strip().strip("|·•–—-").strip()


def maker_in(credit: str) -> str:
    """The part of a credit that says who made the picture, if any does: ``"X for Y / AFP"`` → ``"X"``.

    Whom somebody works for, the house behind a name, and what names an agency are none.
    """
    parts = (part.strip(" .") for part in _PARTS.split(_FOR.split(strip_lead(credit))[0]))
    return next((part for part in parts if part and not _is_agency(part)), "")


def _unclosed(text: str) -> str:
    """The text less a bracket at its end that was never opened."""
    return text[:-1] if text[-1:] in tuple(")]") and not set(text) & set("([") else text


def split(text: str, house: str = "") -> tuple[str, str]:
    """``(caption, credit)`` of the text under a picture; either may be empty. The caption keeps its own words unchanged.

    ``house`` is the publication's name, if known. The credit loses its lead word and its parentheses, nothing else.
    """
    text = text.strip()
    if not text:
        return "", ""
    if is_credit(text, house):
        return _told_behind_lead(text, house) or ("", strip_lead(text))
    for attempt in SPLITS:
        found = attempt(text, house)
        if found is not None:
            caption, credit = found
            if len(caption.split()) == 1 and text[len(caption) :].lstrip()[:1] in "-–—" and _names_agency(credit):
                return "", strip_lead(text)  # an account or a name and its agency
            return caption.strip().rstrip("|·•–—-/, ").strip(), strip_lead(credit)
    return text, ""


def _told_behind_lead(text: str, house: str) -> tuple[str, str] | None:
    """A caption that begins as a credit does and has a credit behind it: ``"File photo: The ferry in ice. X / AFP"``."""
    led = _LEAD.match(text)
    who = led["who"] if led else ""
    for attempt in SPLITS:
        found = attempt(who, house) if len(who.split()) > _LEAST_TOLD else None
        if found is not None:
            caption, credit = found[0].strip(), found[1]
            said = len(caption.split()) >= _LEAST_TOLD and not like_name(caption.rstrip(".!?…"))
            # A name before a slash is not told from a caption; the end of a sentence, or a word before the credit, is one.
            if said and (caption[-1:] in ".!?…" or attempt in (_by_parenthesis, _by_lead_word)):
                return text[: text.rindex(who)] + caption, strip_lead(credit)
    return None


def _by_unspaced(text: str, house: str) -> tuple[str, str] | None:
    found = None if text.isascii() else _unspaced().match(text)
    if found is None or found["caption"].endswith(tuple(cues("photo_behind"))):  # "사진=X 기자" is told by its lead
        return None
    return found["caption"] + _stop(text, found), found["named"] or found["shot"] or found["paper"]


@cache
def _unspaced() -> re.Pattern[str]:
    """Japanese, Chinese and Korean: "＝撮影・X", "X 摄", "X 기자"."""
    kinds = ("unspaced_credit_lead", "unspaced_credit_behind", "passed_on")
    lead, behind, passed = (either(cues(kind)) for kind in kinds)
    return re.compile(
        rf"^(?P<caption>.+?)[＝=（(。、，,/｜|\s]+(?:{lead}[＝=・:：/／]\s*(?P<named>[^\s。）)]{{2,24}})"
        rf"|(?:[^\s。（(]{{0,6}}{BEFORE}\s?)?(?P<shot>[^\s。、，（(]{{2,12}})\s?{behind}(?:\s\S{{2,4}}{passed})?"
        rf"|(?P<paper>{KOREAN_NAME}\s?{KOREAN})(?:\s\S+@\S+)?)[）)]?[。.]?$"
    )


def _stop(text: str, found: re.Match[str]) -> str:
    """The full stop behind the caption, which the pattern takes for a sign between."""
    following = text[found.end("caption") : found.end("caption") + 1]
    return following if following == "。" else ""


def _by_ending_lead(text: str, house: str) -> tuple[str, str] | None:
    found = _ENDING_LEAD.match(text) or _CREDIT_BEHIND.match(text)
    return (text[: found.start("credit")].rstrip(), found["credit"]) if found else None


def _by_parenthesis(text: str, house: str) -> tuple[str, str] | None:
    found = _PARENTHESIS.match(text)
    if not found or not found["caption"].strip():
        return None
    inside = found["credit"].strip()
    shouted = inside.isupper() and len(inside.split()) <= 4 and len(inside) > 3
    ended = found["caption"].rstrip()[-1:] in '.!?…”"»。' and _is_full_name(inside)
    uncased = len(inside.split()) <= 2 and bool(_UNCASED.fullmatch(inside)) and len(found["caption"].split()) > 2
    made = is_credit(inside, house) or inside in _RESERVED or shouted or _two_names(inside) or ended or uncased
    return (found["caption"], inside) if made else None


def _is_full_name(text: str) -> bool:
    """Two to four words that begin with a capital each: who took the picture, in parentheses behind a whole sentence."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() and word.isalpha() for word in words)


def _two_names(text: str) -> bool:
    """``"House / Person"``: two capitalised names with a slash between."""
    parts = [part.strip() for part in text.split("/")]
    return len(parts) == 2 and all(like_name(part) and len(part.split()) <= 4 for part in parts)


def _by_lead_word(text: str, house: str) -> tuple[str, str] | None:
    found = _TRAILING_LEAD.match(text)
    if not found:
        return None
    end = found.start("credit")
    caption = text[:end].rstrip().rstrip("(").rstrip()
    return (caption, found["credit"]) if len(caption.split()) >= 1 else None


def _by_sign(text: str, house: str) -> tuple[str, str] | None:
    found = _TRAILING_SIGN.match(text)
    caption = found["caption"].rstrip(" (（[") if found else ""
    return (caption, found["credit"]) if found and caption and len(found["credit"].split()) <= 12 else None


def _by_slash(text: str, house: str) -> tuple[str, str] | None:
    found = _SLASH.match(text)
    if found is None:
        return None
    credit = found["credit"]
    person = _LAST_NAME.search(found["caption"])
    if person and _names_agency(credit) and like_name(person["name"]) and 2 <= len(person["name"].split()) <= 4:
        return found["caption"][: person.start()], text[person.start("name") :]
    barred = text[found.end("caption") :].lstrip()[:1] in "|•·"
    short = barred and credit.isupper() and len(credit) <= _LONGEST_ACRONYM
    told = short or _names_agency(credit) or is_credit(credit, house)
    named = (barred or _is_phrase(found["caption"])) and _names_somebody(credit)
    return (found["caption"], credit) if told or named else None


def _by_slash_before(text: str, house: str) -> tuple[str, str] | None:
    found = _SLASHED.match(text)
    told = found is not None and len(found["credit"].split()) <= 4 and like_name(found["credit"].strip())
    return (found["caption"], found["credit"]) if found and told else None


def _is_phrase(text: str) -> bool:
    """Whether words are no name: several, two of them in small letters."""
    words = text.split()
    return len(words) >= _LEAST_TOLD and sum(word.islower() for word in words) >= 2


def _by_dated_house(text: str, house: str) -> tuple[str, str] | None:
    found = _DATED_HOUSE.match(text)
    return (found["caption"], found["credit"]) if found and like_name(found["person"]) else None


def _names_somebody(text: str) -> bool:
    """Whether the text is a name of two to four words, with a house behind a slash or without."""
    person, *house = text.split("/")
    return 2 <= len(person.split()) <= 4 and len(house) < 2 and all(like_name(each) for each in (person, *house))


def _by_sentence(text: str, house: str) -> tuple[str, str] | None:
    found = _SENTENCE.match(text)
    if not found:
        return None
    last = found["credit"].strip()
    if is_credit(last, house) or (
        _NAMES_AND_AGENCY.match(last) and "/" in last and last[0].isupper() and len(last.split()) <= 8
    ):
        return found["caption"], last
    shouted = last.isupper() and not found["caption"].isupper() and like_name(last) and 2 <= len(last.split()) <= 4
    return (found["caption"], last) if shouted and all(map(str.isalpha, last.split())) else None


def _by_giver(text: str, house: str) -> tuple[str, str] | None:
    found = _GIVEN.match(text) if text.rstrip(".").endswith(_GIVERS_END) else None
    return (found["caption"], found["credit"] + (found["kept"] or "")) if found else None


SPLITS: tuple[Callable[[str, str], tuple[str, str] | None], ...] = (
    _by_giver,
    _by_unspaced,
    _by_parenthesis,
    _by_lead_word,
    _by_ending_lead,
    _by_sign,
    _by_dated_house,
    _by_slash,
    _by_slash_before,
    _by_sentence,
)
"""By which the credit at the end of a caption is told, in this order."""
