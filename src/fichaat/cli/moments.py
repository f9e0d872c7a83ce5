"""Days and moments that a person names in an option."""

from datetime import date, datetime, time

from fichaat.cli.answer import WrongUsageError, shown
from fichaat.system.clock import LIMA

_DAY_LENGTH = len("2026-11-30")


def read_day(text: str, option: str) -> date:
    """A day as 2026-11-30.

    Raises:
        WrongUsageError: "cli.bad_day".
    """
    try:
        if len(text) != _DAY_LENGTH:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsageError("cli.bad_day", valor=shown(text), opcion=option) from None


def last_moment(day: date) -> datetime:
    """The last second of a day in Lima."""
    return datetime.combine(day, time(23, 59, 59), LIMA)


def read_moment(text: str, option: str) -> datetime:
    """A day, which begins at midnight in Lima, or an instant as 2026-11-30T09:00:00-05:00.

    Raises:
        WrongUsageError: "cli.bad_moment".
    """
    try:
        if len(text) == _DAY_LENGTH:
            return datetime.combine(date.fromisoformat(text), time(), LIMA)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(LIMA)
    except (ValueError, OverflowError):
        raise WrongUsageError("cli.bad_moment", valor=shown(text), opcion=option) from None
