"""What people type for an hour, a day and a number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.typed_text import (
    parse_date,
    parse_hour,
    parse_number,
    show_date,
    show_hour,
    show_number,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("930", "09:30"),
        ("9.30", "09:30"),
        ("9:30", "09:30"),
        (" 09,30 ", "09:30"),
        ("9h30", "09:30"),
        ("9 30", "09:30"),
        ("9", "09:00"),
        ("9 h", "09:00"),
        ("9:30 hrs.", "09:30"),
        ("1430", "14:30"),
        ("2:30 pm", "14:30"),
        ("2:30PM", "14:30"),
        ("2.30 p. m.", "14:30"),
        ("12 am", "00:00"),
        ("12 p.m.", "12:00"),
        ("0", "00:00"),
        ("2359", "23:59"),
    ],
)
def test_an_hour_is_read_however_it_is_typed(typed: str, hour: str) -> None:
    assert parse_hour(typed) == hour


@pytest.mark.parametrize(
    "typed",
    ["", "24", "2400", "960", "9:60", "9:5", "14 pm", "0 am", "nueve", "12345", "-9", "٩:٣٠"],
)
def test_what_is_not_an_hour_is_refused(typed: str) -> None:
    assert parse_hour(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20/11", "2026-11-20"),
        ("20/11/2026", "2026-11-20"),
        ("20-11-26", "2026-11-20"),
        ("1.2.2027", "2027-02-01"),
        ("20112026", "2026-11-20"),
        ("201126", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("20 11", "2026-11-20"),
        ("20 nov", "2026-11-20"),
        ("20 de noviembre de 2026", "2026-11-20"),
        ("3 set. 2026", "2026-09-03"),
        ("3 septiembre 2026", "2026-09-03"),
        ("29/02/2028", "2028-02-29"),
    ],
)
def test_a_day_is_read_however_it_is_typed(typed: str, day: str) -> None:
    assert parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31/02",
        "29/02/2027",
        "32/01/2026",
        "20/13/2026",
        "20",
        "20/11/206",
        "20/11/0206",
        "20 brumario",
        "2026/11/20/1",
        "hoy",
        "\u0662\u0660/\u0661\u0661",  # 20/11 in Arabic digits
    ],
)
def test_what_is_not_in_the_calendar_is_refused(typed: str) -> None:
    assert parse_date(typed, TODAY) is None


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert parse_date("28/12", date(2027, 1, 3)) == "2026-12-28"
    assert parse_date("03/01", date(2026, 12, 28)) == "2027-01-03"


def test_a_deadline_without_a_year_has_not_passed() -> None:
    assert parse_date("30/06", TODAY, ahead=True) == "2027-06-30"
    assert parse_date("20/11", TODAY, ahead=True) == "2026-11-20"
    assert parse_date("29/02", TODAY, ahead=True) == "2028-02-29"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("60", 60),
        ("60 %", 60),
        ("60%", 60),
        ("1 234", 1234),
        ("1\u2009234\u2009567", 1234567),
        ("007", 7),
    ],
)
def test_a_number_is_read_with_its_blanks(typed: str, number: int) -> None:
    assert parse_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "%", "6,5", "1.234", "-3", "12 34", "sesenta", "٦٠", "9" * 40]
)
def test_what_is_not_a_whole_number_is_refused(typed: str) -> None:
    assert parse_number(typed) is None


@given(st.times())
def test_an_hour_that_is_shown_is_read_again(moment: object) -> None:
    hour = f"{moment:%H:%M}"
    assert parse_hour(show_hour(hour)) == hour


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_a_day_that_is_shown_is_read_again(day: date, today: date) -> None:
    assert parse_date(show_date(day.isoformat()), today) == day.isoformat()
    assert parse_date(day.isoformat(), today, ahead=True) == day.isoformat()


@given(st.integers(0, 999_999_999))
def test_a_number_that_is_shown_is_read_again(number: int) -> None:
    assert parse_number(show_number(number)) == number


@given(st.text(), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_nothing_typed_is_ever_a_mistake_of_the_program(typed: str, today: date) -> None:
    parse_hour(typed)
    parse_date(typed, today)
    parse_number(typed)


def test_nothing_is_shown_for_nothing() -> None:
    assert (show_hour(None), show_date(None), show_number(None)) == ("", "", "")
