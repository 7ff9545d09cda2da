"""What was left out, guessed or repaired on the way: never an exception, never silence.

Every notice has a code of :data:`NOTICES`, which gives its severity and its sentence. Adding a notice is adding one entry
there. A :class:`Fate` says what became of one block of the page; together the fates account for all visible text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["info", "warning", "error"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
"""From the mildest to the gravest: the order ``--fail-on`` compares in."""

NOTICES: dict[str, tuple[Severity, str]] = {
    # reading
    "encoding-guessed": ("info", "the page declares no usable encoding; read as {encoding}"),
    "encoding-repaired": ("warning", "the page declares {declared} but is {encoding}; read as {encoding}"),
    "characters-replaced": ("warning", "{count} bytes could not be decoded and stand as replacement characters"),
    "nesting-cut": ("warning", "elements nested deeper than {limit} levels were flattened"),
    "language-guessed": ("info", "the page declares no language; taken for {language}"),
    "language-without-words": ("info", "no words of {language} are known: labels and colophon are English"),
    "language-overruled": ("info", "the page declares {declared}, its words are {language}; read as {language}"),
    "date-refused": ("info", "the page gives {date} as a date, which no article can be of"),
    "dates-disagree": ("info", "published on {date} by its {source}, on {other} by its {elsewhere}; {date} is taken"),
    # fetching
    "address-stale": ("warning", "the copy that was kept of {address} is used: {reason}"),
    "view-taken": ("info", "the page itself shows too little; another view of it was taken: {address}"),
    "further-page-missing": ("warning", "the article goes on at {address}, which is missing: {reason}"),
    "archive-damaged": ("warning", "{origin} is damaged or cut off; what stood there was not read"),
    "pages-joined": ("info", "the article goes over {count} pages, which were joined"),
    # cleaning
    "site-rules": ("info", "the rules of the site {name} took {count} elements of the page"),
    "site-rules-idle": ("warning", "the rules of the site {name} match nothing on the page"),
    "left-out": ("info", "left out by rule {rule}: {excerpt}"),
    "repeated-headline": ("info", "the headline stands on the page again and was left out there"),
    "headline-guessed": ("warning", "no headline on the page; taken from {origin}"),
    "turns-found": ("info", "read as an interview of {count} questions, told by {manner}, {confidence} % sure"),
    "turns-unsure": (
        "warning",
        "read as an interview of {count} questions, told by {manner}, only {confidence} % sure; least of “{weakest}”",
    ),
    "turns-missed": (
        "warning",
        "no questions and answers were found, though {reason}; --interview looks harder, --article says it is none",
    ),
    "links-without-target": ("info", "{count} links lead nowhere outside the page; their words stay"),
    "embed-linked": ("info", "what {provider} plays here stands as a link"),
    "characters-left-out": ("info", "{count} control characters, which no result can hold, were left out"),
    # correcting
    "corrections": ("info", "{file} corrects {count} blocks of the page{besides}"),
    "corrections-idle": ("info", "{file} corrects blocks, and a document of exporter has none: it is taken as it is"),
    "correction-unmatched": (
        "warning",
        "no block {block} is on the page, which {file} corrects; take its line out, or see: exporter correct --force",
    ),
    "correction-unfit": ("warning", "the block {block} cannot be “{role}”: {reason} ({excerpt})"),
    # pictures
    "picture-missing": ("warning", "the picture {source} is missing: {reason}"),
    "picture-refused": ("warning", "the picture {source} was refused: {reason}"),
    "picture-not-local": ("warning", "the picture {source} is on the web and was not fetched"),
    "picture-left-out": ("info", "the picture {source} was left out: {reason}"),
    "picture-repeated": ("info", "the picture {source} stands on the page twice and is printed once"),
    # binding
    "source-left-out": ("warning", "{source} is not in the book: {reason}"),
    # writing
    "related-left-out": ("info", "{count} links to other articles were left out"),
    "pictures-reduced": ("info", "the pictures were made smaller, {longest} pixels at most, to keep within {limit}"),
    "links-unprinted": ("info", "the addresses of {count} links in the deck or in captions are not printed"),
    "notes-collected": ("info", "{count} notes would not stand at the foot of their mark's page; all stand at the end"),
    "colours-of-a-screen": (
        "warning",
        "{count} pictures or shadings of the style have no inks but colours of a screen",
    ),
    "glyphs-missing": ("warning", "no font at hand has {count} of the characters, among them {excerpt}{remedy}"),
    "renderer-unpatched": ("warning", "this release of the renderer is built otherwise; without effect: {lost}"),
    "renderer": ("warning", "the renderer reports: {message}"),
    # proof-reading
    "proof-parted-question": ("warning", "a question stands apart from its answer, {reason}: {excerpt}"),
    "proof-note-astray": ("warning", "a footnote is not on the page of its mark, {reason}: {excerpt}"),
    "proof-opening-split": ("warning", "the opening does not fit on its page, {reason}: {excerpt}"),
    "proof-empty-page": ("warning", "{reason}"),
    "proof-widow": ("warning", "a line alone at the head of a page, {reason}: {excerpt}"),
    "proof-orphan": ("warning", "a line alone at the foot of a page, {reason}: {excerpt}"),
    "proof-quote-cut": ("warning", "a pull quote is cut, {reason}: {excerpt}"),
    "proof-lonely-page": ("warning", "only {reason}"),
    "proof-overfull-line": ("warning", "a line is too long, {reason}: {excerpt}"),
    "proof-figure-far": ("warning", "a figure stands far from its place, {reason}: {excerpt}"),
    "proof-single-word": ("info", "a word of the headline stands alone, {reason}: {excerpt}"),
    "proof-coarse-picture": ("warning", "a picture is coarse as printed, {reason}: {excerpt}"),
    "proof-hyphen-ladder": ("info", "divided words in a row, {reason}: {excerpt}"),
    "proof-quote-echo": ("info", "a pull quote stands beside its own words, {reason}: {excerpt}"),
    "proof-margin-crowded": ("warning", "the margin is crowded, {reason}: {excerpt}"),
    "proof-feet-apart": ("info", "facing pages end apart, {reason}"),
    "proof-quotes-crowded": ("info", "a pull quote is not alone, {reason}: {excerpt}"),
    "proof-quote-last": ("info", "a pull quote has the last word on its page, {reason}: {excerpt}"),
    "proof-short-line": ("info", "a paragraph ends in a short line, {reason}: {excerpt}"),
    "proof-bad-spacing": ("info", "a line has holes, {reason}: {excerpt}"),
    # cataloguing
    "publication-left-out": ("warning", "{source} is not in the catalogue: {reason}"),
    "cover-left-out": ("info", "no font here can set the headline on a cover: the book has none"),
    "cover-without-words": ("info", "no font here can set the headline on the cover: the photo stands alone"),
    "publication-without-cover": ("info", "{source} has no cover that a catalogue can show"),
    # checking
    "book-container": ("error", "the container is wrong: {reason}"),
    "book-package": ("error", "the package document is wrong: {reason}"),
    "book-malformed": ("error", "{name} is not well formed: {reason}"),
    "book-file-missing": ("error", "{name} is listed and not there"),
    "book-file-unlisted": ("warning", "{name} is there and not listed"),
    "book-link-broken": ("error", "{name} leads to {target}, which is not there"),
    "book-picture-silent": ("warning", "{count} pictures of {name} say nothing to those who do not see them"),
    "book-without-cover": ("info", "the book has no cover picture"),
    "checker-error": ("error", "{checker} says: {message}"),
    "checker-warning": ("warning", "{checker} says: {message}"),
    "checker-info": ("info", "{checker} says: {message}"),
    "checker-absent": ("info", "{checker} was not asked: {reason}"),
    "print-untagged": ("warning", "the PDF is not tagged: screen readers must guess its order"),
    "print-without": ("warning", "the PDF states no {part}"),
    "print-box": ("error", "the {inner} box of page {page} does not lie in its {outer} box"),
    "print-font-loose": ("error", "the font {font} is not embedded"),
    "print-picture-coarse": ("warning", "a picture on page {page} has {dpi} dots an inch; print wants {least}"),
}
"""Code → (severity, sentence). The sentence's fields are the keyword arguments of :func:`notice`."""


class Notice(Struct, frozen=True, omit_defaults=True):
    """One remark. ``where`` is a place on the page or in the document, as exact as it is known."""

    code: str
    severity: Severity
    message: str
    where: str = ""


def notice(code: str, where: str = "", **fields: object) -> Notice:
    """The notice of ``code`` with its sentence filled in. An unregistered code is a :class:`KeyError`."""
    severity, sentence = NOTICES[code]
    return Notice(code, severity, sentence.format(**fields), where)


def excerpt(text: str, limit: int = 60) -> str:
    """The beginning of ``text`` on one line, at most ``limit`` characters, with an ellipsis where it was cut."""
    folded = " ".join(text.split())
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def at_least(notices: Iterable[Notice], severity: Severity) -> tuple[Notice, ...]:
    """Those of the notices that are as grave as ``severity`` or graver."""
    floor = SEVERITIES.index(severity)
    return tuple(each for each in notices if SEVERITIES.index(each.severity) >= floor)
