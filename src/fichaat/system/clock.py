"""The moment, in the one time zone of the country: America/Lima, five hours behind UTC, always.

A fixed offset needs no time-zone files, which Windows does not have.
"""

from datetime import datetime, timedelta, timezone
from typing import Final

from fichaat.domain.errors import UserFacingError

LIMA: Final = timezone(timedelta(hours=-5))

_LONGEST = 40


class LimaClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """The present moment with the offset of America/Lima."""
        return datetime.now(LIMA)


class FixedClock:
    """Stands still at one moment: tests, demonstrations, papers that must come out the same."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(LIMA)

    def now(self) -> datetime:
        """Always the same moment."""
        return self._moment


def parse_clock(text: str) -> FixedClock:
    """The clock that stands at an ISO 8601 instant with its offset.

    Raises:
        UserFacingError: "system.clock": not such an instant.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None or not 2000 <= moment.year <= 2200:
            raise ValueError(text)
        return FixedClock(moment)
    except (ValueError, OverflowError):
        shown = text.strip()[:_LONGEST].encode("utf-8", "replace").decode()
        raise UserFacingError("system.clock", valor=shown) from None
