"""The words of the window: every sentence lives in `texts/`, by its code."""

from datetime import date, datetime

from fichaat.texts import message

_SAID_AGAIN = 40
_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def say(code: str, /, **params: str | int) -> str:
    """The sentence or label of a code."""
    return message(code, params)


def beginning(text: str) -> str:
    """What was searched for, as it is said again: a whole page of it would bend the window."""
    words = " ".join(text.split())
    return words if len(words) <= _SAID_AGAIN else f"{words[:_SAID_AGAIN]}…"


def short_date(day: date | str) -> str:
    """20/11/2026, from a date or its ISO text."""
    iso = day if isinstance(day, str) else day.isoformat()
    year, month, number = iso[:10].split("-")
    return f"{number}/{month}/{year}"


def weekday(day: date) -> str:
    """«viernes»."""
    return _DAYS[day.weekday()]


def long_date(day: date) -> str:
    """«Viernes 20 de noviembre de 2026»."""
    return f"{weekday(day).capitalize()} {day.day} de {_MONTHS[day.month - 1]} de {day.year}"


def hour(moment: datetime) -> str:
    """«10:32», in the moment's own offset."""
    return f"{moment:%H:%M}"


def thousands(number: int) -> str:
    """12 345 with a thin space, as the official papers write numbers."""
    return f"{number:,}".replace(",", "\N{THIN SPACE}")


def size_words(count: int) -> str:
    """«640 KB», «3,4 MB», «1,2 GB», as file managers count them."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB" if count else "0 KB"
    size, unit = (count / 1_000_000, "MB") if count < 1_000_000_000 else (count / 1e9, "GB")
    return f"{size:.1f} {unit}".replace(".", ",")
