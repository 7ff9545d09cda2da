"""Years and days of other calendars in ours: Thailand's count of years, Iran's solar year."""

from __future__ import annotations

from datetime import date, timedelta

BUDDHIST = 543
"""Years by which Thailand's count is ahead of ours."""
SOLAR_EARLIEST, SOLAR_LATEST = 1200, 1500
"""Years of Iran's calendar that an article may be of."""

_NEW_YEAR = date(2025, 3, 21)
_NEW_YEAR_OF = 1404
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Years of each thirty-three that have a day more, which holds for all those years.

Source: Borkowski, The Persian calendar for 3000 years (1996), whose table agrees with this cycle from 1178 to 1633.
"""
_LONG_MONTHS = 6
"""Months of 31 days, with which the year begins; the others have 30, and the last 29 or, in a leap year, 30."""


def of_our_era(year: str, latest: int) -> str:
    """A year as Thailand counts it, from the Buddha's death, in our count; one of ours, up to ``latest``, stays."""
    return str(int(year) - BUDDHIST) if len(year) == 4 and int(year) > latest else year


def from_solar(year: int, month: int, day: int) -> date | None:
    """A day of Iran's calendar in ours; None where there is no such day, or no article can be of it."""
    if not SOLAR_EARLIEST <= year <= SOLAR_LATEST or not 1 <= month <= 12 or not 1 <= day <= _days_of(year, month):
        return None
    before = sum(_days_of(year, each) for each in range(1, month))
    return _new_year(year) + timedelta(days=before + day - 1)


def _days_of(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < 12 or year % 33 in _LEAPS else 29


def _new_year(year: int) -> date:
    first, last = sorted((year, _NEW_YEAR_OF))
    days = sum(365 + (each % 33 in _LEAPS) for each in range(first, last))
    return _NEW_YEAR + timedelta(days=days if year > _NEW_YEAR_OF else -days)
