"""MathML, cleaned to what the model holds, and said in a line of plain text.

Clean is MathML Core (W3C) without annotations, links, scripts and styles: whatever a page or a document brings, nothing else
gets through. A formula that is broken, such as a fraction without a denominator, is none: it is not drawn wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

LARGEST = 100_000
"""Characters of MathML: more is no formula."""
_COUNTS = {
    "mfrac": 2,
    "msup": 2,
    "msub": 2,
    "mover": 2,
    "munder": 2,
    "mroot": 2,
    "msubsup": 3,
    "munderover": 3,
}
"""Element → how many children it must have."""
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_KNOWN = (
    frozenset(_COUNTS)
    | _TOKENS
    | frozenset(
        (
            "math",
            "mrow",
            "mspace",
            "msqrt",
            "mstyle",
            "mpadded",
            "mphantom",
            "merror",
            "mmultiscripts",
            "mprescripts",
            "none",
        )
    )
    | frozenset(("mtable", "mtr", "mtd", "menclose"))
)
_BARE = {"semantics", "maction", "mlabeledtr", "mfenced"}
_ATTRIBUTES = frozenset(
    (
        *("stretchy", "fence", "separator", "form", "lspace", "rspace", "minsize", "maxsize", "accent", "accentunder"),
        *("largeop", "movablelimits", "symmetric", "linethickness", "displaystyle", "scriptlevel", "columnalign"),
        *("rowalign", "columnspacing", "rowspacing", "columnspan", "rowspan", "columnlines", "rowlines", "frame"),
        *("notation", "width", "height", "depth", "voffset", "bevelled", "dir"),
    )
)
_VALUE = re.compile(r"[\w.%+\- #]{0,60}")
_STYLES = {
    "bold": "BOLD",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "bold-italic": "BOLD ITALIC",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "monospace": "MONOSPACE",
}
_CHARACTER = re.compile(r"(?:LATIN|GREEK) (CAPITAL|SMALL) LETTER (\w+)|(DIGIT) (\w+)")


@lru_cache(maxsize=4096)
def cleaned(source: str) -> str:
    """The formula as one element ``math`` without a namespace; ``""`` when it is no sound MathML."""
    root = _parsed(source)
    if root is None or _local(root) != "math":
        return ""
    clean = _clean(root)
    if clean is None or not "".join(clean.itertext()).strip():
        return ""
    return ET.tostring(clean, encoding="unicode")


def _parsed(source: str) -> Element | None:
    if len(source) > LARGEST or "<!" in source or "<?" in source:
        return None
    try:
        return ET.fromstring(source)  # noqa: S314 - declarations, and so entities, were refused
    except ET.ParseError:
        return None


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _clean(element: Element) -> Element | None:
    """A copy with known elements and attributes only; None where something is missing that would change what it says."""
    name = _local(element)
    inside = list(element)
    if name in ("semantics", "maction"):
        return _clean(inside[0]) if inside else None
    if name == "mlabeledtr":
        name, inside = "mtr", inside[1:]
    if name == "mfenced":
        return _fenced(element)
    if name not in _KNOWN:
        return None
    children = [_clean(each) for each in inside if _local(each) not in ("annotation", "annotation-xml")]
    if any(each is None for each in children) or len(children) != _COUNTS.get(name, len(children)):
        return None
    made = Element(name, _attributes(element))
    made.extend(each for each in children if each is not None)
    if name in _TOKENS:
        made.text = _styled("".join(element.itertext()), element.get("mathvariant", ""))
        del made[:]
    return made


def _attributes(element: Element) -> dict[str, str]:
    found = {key: value for key, value in element.attrib.items() if key in _ATTRIBUTES and _VALUE.fullmatch(value)}
    if _local(element) == "mtd":
        found.pop("width", None)
    if element.get("mathvariant") == "normal":
        found["mathvariant"] = "normal"
    return found


def _fenced(element: Element) -> Element | None:
    """``mfenced`` as the row of operators that it stands for (MathML 3, 3.3.8)."""
    row = Element("mrow")
    separators = element.get("separators", ",").replace(" ", "")
    _operator(row, element.get("open", "("))
    for place, each in enumerate(element):
        if place and separators:
            _operator(row, separators[min(place - 1, len(separators) - 1)])
        clean = _clean(each)
        if clean is None:
            return None
        row.append(clean)
    _operator(row, element.get("close", ")"))
    return row


def _operator(row: Element, text: str) -> None:
    operator = Element("mo")
    operator.text = text
    row.append(operator)


def _styled(text: str, variant: str) -> str:
    """Letters of a style as characters of their own: a renderer that knows no ``mathvariant`` would print R for the reals."""
    text = " ".join(text.split()) if text.strip() else text
    style = _STYLES.get(variant)
    return "".join(_letter(each, style) for each in text) if style else text


def _letter(character: str, style: str) -> str:
    found = _CHARACTER.fullmatch(unicodedata.name(character, ""))
    if not found:
        return character
    kind, name = found[1] or found[3], found[2] or found[4]
    forms = [f"MATHEMATICAL {style} {kind} {name}", f"{style} {kind} {name}"]
    if style == "FRAKTUR":
        forms.append(f"BLACK-LETTER {kind} {name}")
    for form in forms:
        try:
            return unicodedata.lookup(form)
        except KeyError:
            continue
    return character


# ------------------------------------------------------------------------------------------------------- in a line of text

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_UNSEEN = re.compile(r"[\u2061-\u2064\u200b]")
_SPACED = frozenset("=≠<>≤≥≈≡∼→⇒⇔∈∉⊂⊆±×÷+−∣←↦≪≫∝∪∩∧∨")


@lru_cache(maxsize=4096)
def words_of(source: str) -> str:
    """Clean MathML in a line of text: ``f = k/d²``. Nothing is left out but space."""
    root = _parsed(source)
    return re.sub(r"\s+", " ", _UNSEEN.sub("", _said(root))).strip() if root is not None else ""


def _said(element: Element) -> str:
    name = _local(element)
    if name in _TOKENS:
        text = (element.text or "").strip()
        return f" {text} " if name == "mo" and text in _SPACED else text
    speak = _SPEECH.get(name)
    parts = [_said(each).strip() for each in element] if speak else []
    return speak(parts) if speak else "".join(_said(each) for each in element)


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _power(base: str, raised: str) -> str:
    small = raised.translate(_RAISED)
    return (
        f"{_grouped(base)}{small}"
        if raised and all(a != b for a, b in zip(raised, small, strict=True))
        else (f"{_grouped(base)}^{_grouped(raised)}")
    )


def _index(base: str, lowered: str) -> str:
    small = lowered.translate(_LOWERED)
    changed = bool(lowered) and all(a != b for a, b in zip(lowered, small, strict=True))
    return f"{base}{small}" if changed else f"{base}_{_grouped(lowered)}"


_SPEECH: dict[str, Callable[[list[str]], str]] = {
    "mfrac": lambda parts: f"{_grouped(parts[0])}/{_grouped(parts[1])}",
    "msqrt": lambda parts: f"√{_grouped(' '.join(parts))}",
    "mroot": lambda parts: f"{parts[1].translate(_RAISED)}√{_grouped(parts[0])}",
    "msup": lambda parts: _power(*parts),
    "msub": lambda parts: _index(*parts),
    "msubsup": lambda parts: _index(parts[0], parts[1]) + _power("", parts[2]),
    "munder": lambda parts: _index(*parts),
    "mover": lambda parts: f"{parts[0]}{parts[1]}" if len(parts[1]) < 2 else _power(*parts),
    "munderover": lambda parts: _index(parts[0], parts[1]) + _power("", parts[2]),
    "mspace": lambda parts: " ",
    "mtd": " ".join,
    "mtr": "  ".join,
    "mtable": "; ".join,
}
