"""Which backups stay."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from fichaat.storage.retention import DAYS, MONTHS, WEEKS, expired

LIMA = timezone(timedelta(hours=-5))
NOW = datetime(2026, 11, 20, 12, tzinfo=LIMA)

instants = st.sets(
    st.integers(-1000, 800 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    max_size=60,
)


def test_two_a_day_for_more_than_a_year() -> None:
    kept: set[datetime] = set()
    moment = NOW - timedelta(days=400)
    while moment <= NOW:
        kept.add(moment)
        kept -= expired(kept, moment)
        assert len(kept) <= 3 + DAYS + WEEKS + MONTHS
        moment += timedelta(hours=12)
    days = sorted({instant.date() for instant in kept}, reverse=True)
    assert [(NOW.date() - day).days for day in days[:7]] == list(range(7))
    assert len({(day.year, day.month) for day in days}) == MONTHS


@given(instants)
def test_the_newest_and_those_of_the_last_day_stay(found: set[datetime]) -> None:
    gone = expired(found, NOW)
    assert gone <= found
    assert not {instant for instant in gone if NOW - instant < timedelta(days=1)}
    if found:
        assert max(found) not in gone
        assert expired(found - gone, NOW) == set()
