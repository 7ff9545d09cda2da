"""Reporters as papers in Chinese, Japanese and Korean name them: the word for one stands right before or right behind the name.

The expressions hold only what these scripts have in common, the length of a name and the signs between; the words stand in
``names.toml``.
"""

from __future__ import annotations

import re

from exporter.readers.lexicon.name_words import listed
from exporter.readers.lexicon.vocabulary import either

HAN_NAME = r"[\u4e00-\u9fff]{2,4}"
KOREAN_NAME = r"[가-힣]{2,4}"


def _any(kind: str) -> str:
    return either(listed(kind))


BEFORE = _any("reporter_before")
"""The word for a reporter in front of a name."""
KOREAN = rf"(?:(?:{_any('korean_grades')}\s?)?{_any('korean_reporter')})"
"""The word for a reporter behind a Korean name, and what kind of reporter."""
REPORTS = _any("reports")
"""What closes the line of a reporter: "reports", behind the place or the name."""
_KOREANS = rf"{KOREAN_NAME}(?:[·,\s]+{KOREAN_NAME})*?\s?{KOREAN}"

KOREANS_BEFORE_DATE = re.compile(
    rf"^\W*(?P<who>{_KOREANS})(?=\s|$)(?:\s+\S+@\S+)?(?:\s+{_any('korean_date_labels')}?\s*[\d:：./-]+.*)?$", re.DOTALL
)
"""Korean reporters before an address or a date, or alone."""
CHINESE_WITH_PLACE = re.compile(
    rf"^\W*[\u4e00-\u9fff]{{0,6}}{BEFORE}[\s:：]*(?P<who>{HAN_NAME})(?:[／/｜|\s]+[\u4e00-\u9fff]{{2,8}}{REPORTS})?\W*$"
)
"""A Chinese reporter, with the place or without: "記者蔡佳蓉／基隆報導"."""
OPENING_A_TEXT = (
    re.compile(
        rf"^.{{0,30}}?[（(](?:[\u4e00-\u9fff]{{0,8}}{BEFORE})[\s:：]*(?P<who>{HAN_NAME}(?:[\s、，]+{HAN_NAME})*)[）)]"
    ),
    re.compile(rf"^[(（\[][^)）\]]{{2,20}}[)）\]]\s*(?P<who>{_KOREANS})\s*[=＝]"),
)
"""Reporters with whom texts begin: "（记者 祝清妍）", "(속초=연합) 표하은 기자 ="."""
SIGNING = re.compile(rf"^(?:\S{{1,12}}[,\s]+){{0,3}}?(?P<who>{_KOREANS})(?:\s\S+@\S+)?$")
"""Korean reporters who sign a text, a place or a paper in front of them."""
IN_PLACE = re.compile(rf"^\S+\s+(?:\S+\s+)?{KOREAN_NAME}\s?{KOREAN}$")
"""A Korean reporter behind a place."""
RANK = re.compile(rf"\s*(?:{KOREAN}|{_any('reporter_behind')}|(?<=[\u4e00-\u9fff]{{2}}){REPORTS})$")
"""What a reporter is called, behind the name."""
TITLED = re.compile(rf"^({KOREAN_NAME})(?:\s\S+){{0,4}}\s\S*{_any('korean_titles')}$")
"""A Korean with a house, an office and a title behind the name."""
LEADING = re.compile(
    rf"(?:^|(?<=[\s，、,/／|(（【]))[^\s，、,/／|(（【]{{0,12}}?{BEFORE}"
    rf"(?:[\s:：]+(?=\S)|(?={HAN_NAME}(?:[\s，、,/／|)）】]|$|{REPORTS})))"
)
"""The word for a reporter before a name, as Chinese papers print it, with or without white space between."""
REPORTED_FROM = re.compile(rf"\s*[／/｜|]\s*[\u4e00-\u9fff]{{2,8}}{REPORTS}\s*$")
"""Where a reporter in Taiwan writes from: "記者蔡佳蓉／基隆報導"."""
