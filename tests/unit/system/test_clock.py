from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.errors import UserFacingError
from fichaat.system.clock import LIMA, LimaClock, parse_clock


def test_the_clock_of_the_computer_speaks_lima_time() -> None:
    now = LimaClock().now()
    assert now.utcoffset() == timedelta(hours=-5)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_replaced_clock_stands_still_in_lima_time() -> None:
    clock = parse_clock(" 2026-11-20T23:30:00Z ")
    assert clock.now() == clock.now()
    assert clock.now().isoformat() == "2026-11-20T18:30:00-05:00"


@pytest.mark.parametrize(
    "text",
    ["", "hoy", "2026-11-20", "2026-11-20T10:00:00", "1999-12-31T00:00:00Z", "9999-12-31T23:59Z"],
)
def test_anything_but_an_instant_of_this_age_is_refused(text: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        parse_clock(text)
    assert refused.value.code == "system.clock"


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    with suppress(UserFacingError):
        assert parse_clock(text).now().tzinfo is LIMA
