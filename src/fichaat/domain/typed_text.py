"""Hours, dates and numbers as people type them: read when they can be, shown in one form.

What cannot be read gives None; the text that was typed is never this module's to change.
"""

import re
from datetime import date
from typing import Final

_HOUR: Final = re.compile(r"([0-9]{1,2})(?:[.:,h ]([0-9]{2}))?")
_HOUR_JOINED: Final = re.compile(r"([0-9]{1,2})([0-9]{2})")
_MERIDIAN: Final = re.compile(r"\s*([ap])\s*\.?\s*m\s*\.?$")
_HOUR_UNIT: Final = re.compile(r"\s*(?:h|hs|hrs|horas?)\s*\.?$")

_DATE: Final = re.compile(
    r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})(?:\s*[/.\- ]\s*([0-9]{4}|[0-9]{2}))?"
)
_DATE_JOINED: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
_DATE_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE_WORDS: Final = re.compile(
    r"([0-9]{1,2})\s*(?:de\s+)?([a-z]{3,10})\.?(?:\s*(?:de\s+|del\s+)?([0-9]{4}))?"
)
_MONTHS: Final = (
    ("enero",),
    ("febrero",),
    ("marzo",),
    ("abril",),
    ("mayo",),
    ("junio",),
    ("julio",),
    ("agosto",),
    ("setiembre", "septiembre"),
    ("octubre",),
    ("noviembre",),
    ("diciembre",),
)
_YEARS: Final = range(1900, 2200)
"""A year outside is a slip of the hand."""

_NUMBER: Final = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,2}")
_THIN_SPACE: Final = "\N{THIN SPACE}"


def parse_hour(text: str) -> str | None:
    """«930», «9.30», «9», «1430», «2:30 pm» as HH:MM of the 24-hour clock."""
    words = _lower(text)
    meridian = _MERIDIAN.search(words)
    words = (_MERIDIAN if meridian else _HOUR_UNIT).sub("", words)
    match = _HOUR.fullmatch(words) or _HOUR_JOINED.fullmatch(words)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if meridian is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if meridian[1] == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def show_hour(value: str | None) -> str:
    """As it stands in the field; nothing for None."""
    return value or ""


def parse_date(text: str, today: date, *, ahead: bool = False) -> str | None:
    """A typed day as YYYY-MM-DD: «20/11», «20-11-26», «20112026», «20 nov 2026», ISO.

    A day without a year is the one nearest to `today`, or with `ahead` (a deadline) the first
    that has not passed. What is not in the calendar, 31/02, is refused.
    """
    words = _lower(text)
    if iso := _DATE_ISO.fullmatch(words):
        return _iso(int(iso[1]), int(iso[2]), int(iso[3]))
    if spelled := _DATE_WORDS.fullmatch(words):
        day, month, year = int(spelled[1]), _month(spelled[2]), spelled[3]
    elif match := _DATE.fullmatch(words) or _DATE_JOINED.fullmatch(words):
        day, month, year = int(match[1]), int(match[2]), match[3]
    else:
        return None
    if year is None:
        return _near(day, month, today, ahead=ahead)
    return _iso(int(year) if len(year) == 4 else 2000 + int(year), month, day)


def show_date(value: str | None) -> str:
    """An ISO date as 20/11/2026; nothing for None."""
    if value is None:
        return ""
    year, month, day = value.split("-")
    return f"{day}/{month}/{year}"


def parse_number(text: str) -> int | None:
    """A whole number; blanks between thousands and a final «%» are understood."""
    words = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(words):
        return None
    return int("".join(char for char in words if char in "0123456789"))


def show_number(value: int | None) -> str:
    """With a thin space between thousands; nothing for None."""
    return "" if value is None else f"{value:,}".replace(",", _THIN_SPACE)


def _lower(text: str) -> str:
    return " ".join(text.lower().split())


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(word) for name in names):
            return number
    return 0


def _iso(year: int, month: int, day: int) -> str | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _near(day: int, month: int, today: date, *, ahead: bool) -> str | None:
    years = range(today.year - 1, today.year + 9)  # far enough for the next 29 February
    days = [date.fromisoformat(iso) for year in years if (iso := _iso(year, month, day))]
    if ahead:
        days = [found for found in days if found >= today]
    nearest = min(days, key=lambda found: abs((found - today).days), default=None)
    return None if nearest is None else nearest.isoformat()
