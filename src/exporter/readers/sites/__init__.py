"""What is true of one site only, as files: where its pages keep their parts, and what to drop. docs/sites.md tells how.

A file names hosts, and for each role CSS selectors. Rules win over guessing, and what they settle is told under their name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from exporter.errors import UsageError
from exporter.runtime.compiled import table
from exporter.sources.urls import ascii_host, host_of

NO_RULES = "none"
"""The site that switches every rule off."""

ROLES: tuple[str, ...] = (
    *("drop", "article", "headline", "kicker", "deck", "byline", "dateline", "interviewer", "speaker"),
    *("caption", "credit", "pull_quote", "attribution", "read_more", "question", "answer", "keep"),
)
"""The keys that hold selectors. An element taken by two of them has the role that stands first here."""

MAX_BYTES = 256 * 1024
"""A file of rules larger than this is refused."""
MAX_SELECTORS = 200
MAX_LENGTH = 300
"""Characters of one selector."""
MAX_COMBINATORS = 8
"""Each combinator may multiply the work by the number of elements on the page; no honest selector has as many."""

Selectors = str | tuple[str, ...]

_EXAMPLE = "docs/sites.md shows a whole file."


class _Stated(Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is written: each key holds a text or a list of texts."""

    summary: str = ""
    hosts: Selectors = ()
    drop: Selectors = ()
    keep: Selectors = ()
    article: Selectors = ()
    headline: Selectors = ()
    kicker: Selectors = ()
    deck: Selectors = ()
    byline: Selectors = ()
    dateline: Selectors = ()
    question: Selectors = ()
    answer: Selectors = ()
    interviewer: Selectors = ()
    speaker: Selectors = ()
    caption: Selectors = ()
    credit: Selectors = ()
    pull_quote: Selectors = ()
    attribution: Selectors = ()
    read_more: Selectors = ()


class SiteRules(Struct, frozen=True):
    """The rules of one site.

    ``hosts`` are in small ASCII letters; ``selectors`` are pairs of role and selector, in the order of :data:`ROLES`.
    """

    name: str
    summary: str
    hosts: tuple[str, ...]
    selectors: tuple[tuple[str, str], ...]

    def serves(self, host: str) -> int:
        """How many labels of ``host`` its best host shares, 0 when the rules are not for it: subdomains belong to a host."""
        return max((each.count(".") + 1 for each in self.hosts if f".{host}".endswith(f".{each}")), default=0)


# ------------------------------------------------------------------------------------------------------------- which rules


def chosen(site: str | None, addresses: tuple[str, ...]) -> SiteRules | None:
    """The rules for a page: those that ``site`` names, or those of the host of the first address that has one.

    ``site`` is a name of :func:`known`, ``"none"``, a ``.toml`` file, or a folder of such files that join the known ones.
    Raises :class:`UsageError` for anything else, and for a file that is wrong.
    """
    if site == NO_RULES:
        return None
    if site and not os.path.isdir(site):  # noqa: PTH112 - any text at all, "a\0b" too
        return load(site) if _is_path(site) else _named(site)
    candidates = (*_folder(Path(site)), *known()) if site else known()
    host = next((found for address in addresses if (found := host_of(address))), "")
    best = max(candidates, key=lambda rules: rules.serves(host), default=None)
    return best if best is not None and best.serves(host) else None


def _is_path(site: str) -> bool:
    return site.endswith(".toml") or "/" in site or os.sep in site


def _named(name: str) -> SiteRules:
    for rules in known():
        if rules.name == name:
            return rules
    names = ", ".join(rules.name for rules in known())
    raise UsageError(f"There are no rules for a site {name!r}.", f"Choose one of: {names}, none; or give a .toml file.")


@cache
def known() -> tuple[SiteRules, ...]:
    """The rules that come with the program, by name."""
    folder = files("exporter") / "sites"
    found = sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml"))
    return tuple(_rules(table("exporter", f"sites/{each}"), each) for each in found)


def _folder(folder: Path) -> tuple[SiteRules, ...]:
    return tuple(load(str(file)) for file in sorted(folder.glob("*.toml")))


# ----------------------------------------------------------------------------------------------------------------- reading


def load(path: str) -> SiteRules:
    """The rules in a file. Raises :class:`UsageError`, in one line that names the file, the key, and what to do."""
    try:
        file = Path(path)
        if file.stat().st_size > MAX_BYTES or not file.is_file():
            raise UsageError(f"{path} is no file of rules, or larger than {MAX_BYTES // 1024} KiB.", _EXAMPLE)
        return parsed(file.read_text("utf-8"), file.name)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8"
        raise UsageError(f"The site rules {path} cannot be read: {reason}.", "Check the path.") from fault


def parsed(text: str, name: str) -> SiteRules:
    """The rules that ``text`` states, under the name of their file. Raises as :func:`load` does."""
    import tomllib

    try:
        stated = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UsageError(f"{name} is no TOML: {fault}.", _EXAMPLE) from fault
    rules = _rules(stated, name)
    for role, each in rules.selectors:
        check_selector(each, role, name)
    return rules


def _rules(table: dict[str, Any], name: str) -> SiteRules:
    """The rules of a table. Their selectors are not tried: what parses them costs more than half of all other reading."""
    _check_keys(table, name)
    try:
        stated = msgspec.convert(table, _Stated)
    except msgspec.ValidationError as fault:
        raise UsageError(
            f"{name}: {_told(str(fault))}.", 'Write a text or a list of texts: key = ["one", "two"].'
        ) from fault
    selectors = tuple((role, each) for role in ROLES for each in _listed(getattr(stated, role)))
    if len(selectors) > MAX_SELECTORS:
        raise UsageError(f"{name} has {len(selectors)} selectors.", f"{MAX_SELECTORS} are the most; join or drop some.")
    return SiteRules(name.removesuffix(".toml"), stated.summary, tuple(_hosts(stated, name)), selectors)


def _check_keys(table: dict[str, Any], name: str) -> None:
    keys = _Stated.__struct_fields__
    for key in table:
        if key not in keys:
            close = get_close_matches(key, keys, 1)
            advice = f"Did you mean {close[0]!r}?" if close else f"The keys are: {', '.join(keys)}."
            raise UsageError(f"{name}: there is no key {key!r}.", advice)


def _told(fault: str) -> str:
    """A remark of msgspec's, the key in front: ``drop[1]: Expected `str`, got `int```."""
    reason, _, place = fault.partition(" - at ")
    return f"{place.strip('`').removeprefix('$.') or 'the file'}: {reason}"


def _listed(stated: Selectors) -> tuple[str, ...]:
    return (stated,) if isinstance(stated, str) else stated


def _hosts(stated: _Stated, name: str) -> Iterator[str]:
    for host in _listed(stated.hosts):
        if not re.fullmatch(r"[^\s/:@*]+\.[^\s/:@*]+", host):
            raise UsageError(
                f"{name}: hosts: {host!r} is no host.",
                'Write it bare, such as "talks.example"; its subdomains belong to it.',
            )
        yield ascii_host(host)


def check_selector(selector: str, role: str, name: str) -> None:
    """Raises :class:`UsageError` for a selector that is wrong, or that would take too long on a large page."""
    if reason := _fault_of(selector):
        raise UsageError(
            f"{name}: {role}: the selector {selector[:80]!r} {reason}.", "It is CSS, such as div.promo > p."
        )


def _fault_of(selector: str) -> str:
    if len(selector) > MAX_LENGTH or not selector.strip():
        return f"has not between 1 and {MAX_LENGTH} characters"
    bare = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'", "", selector)
    longest = max(len(re.findall(r"(?<=[^\s>+~,])\s*(?:[>+~]|\s)\s*(?=[^\s>+~,])", part)) for part in bare.split(","))
    if longest > MAX_COMBINATORS or bare.count(":has(") > 1 or bare.count("(") > 6:
        return "is too costly: leave out steps, or :has()"
    return _syntax_fault(selector)


def _syntax_fault(selector: str) -> str:
    import soupsieve

    if ":contains(" in re.sub(r"\"[^\"]*\"|'[^']*'", "", selector).lower():
        return "cannot be read: the name of :contains() is :-soup-contains()"
    try:
        soupsieve.compile(selector)
    except (soupsieve.SelectorSyntaxError, ValueError, RuntimeError) as fault:
        return f"cannot be read: {str(fault).splitlines()[0].rstrip('.')}"
    return ""
