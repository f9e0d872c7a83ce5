"""Which backups stay: every one of the last day, then one a day, a week, a month."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

DAYS: Final = 7
WEEKS: Final = 5
MONTHS: Final = 12


def expired(instants: Collection[datetime], now: datetime) -> set[datetime]:
    """The backups that another one makes superfluous; the newest always stays.

    A backup from the future (a clock that was wrong) counts as one of the last day.
    """
    ordered = sorted(set(instants), reverse=True)
    kept = {instant for instant in ordered if now - instant < timedelta(days=1)} | set(ordered[:1])
    kept |= _newest_of_each(ordered, "%Y-%j", DAYS)
    kept |= _newest_of_each(ordered, "%G-%V", WEEKS)
    kept |= _newest_of_each(ordered, "%Y-%m", MONTHS)
    return set(ordered) - kept


def _newest_of_each(ordered: Collection[datetime], period: str, count: int) -> set[datetime]:
    """The newest of each of the last `count` periods that have any."""
    newest: dict[str, datetime] = {}
    for instant in ordered:
        newest.setdefault(instant.strftime(period), instant)
    return set(list(newest.values())[:count])
