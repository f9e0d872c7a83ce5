from datetime import UTC, datetime

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from fichaat.trust import der
from fichaat.trust.der import DerError


@given(st.integers(0, 2**170))
def test_integers_are_those_of_another_library(number: int) -> None:
    assert der.integer(number) == core.Integer(number).dump()


@given(st.lists(st.integers(0, 2**40), max_size=6))
def test_identifiers_are_those_of_another_library(numbers: list[int]) -> None:
    dotted = ".".join(map(str, (1, 2, *numbers)))
    assert der.oid(dotted) == core.ObjectIdentifier(dotted).dump()


@given(st.integers(0, 70_000))
def test_every_length_is_read_back(size: int) -> None:
    raw = der.tlv(der.OCTET_STRING, bytes(size))
    assert raw == core.OctetString(bytes(size)).dump()
    assert der.one(raw, der.OCTET_STRING).content == bytes(size)


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_are_read_back_to_the_second(moment: datetime) -> None:
    (element,) = der.children(der.time(moment))
    assert der.read_time(element) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (der.UTC_TIME, b"261120160000"),
        (der.UTC_TIME, b"2611201600Z"),
        (der.UTC_TIME, b"261120160000+0000"),
        (der.UTC_TIME, b"261320160000Z"),
        (der.UTC_TIME, b"261120160060Z"),
        (der.UTC_TIME, b"26112016000 Z"),
        (der.UTC_TIME, b"\xff61120160000Z"),
        (der.UTC_TIME, b""),
        (der.GENERALIZED_TIME, b"20261120160000Z"),  # before 2050 only UTCTime is right
        (der.GENERALIZED_TIME, b"20600101000000.5Z"),
        (der.OCTET_STRING, b"261120160000Z"),
    ],
)
def test_other_times_are_refused(tag: int, text: bytes) -> None:
    (element,) = der.children(der.tlv(tag, text))
    with pytest.raises(DerError):
        der.read_time(element)


@pytest.mark.parametrize(
    "raw",
    [
        b"\x04",
        b"\x04\x01",
        b"\x04\x81",
        b"\x04\x80\0\0",
        b"\x04\x81\x01x",
        b"\x04\x82\0\x80" + bytes(128),
        b"\x04\xff" + bytes(200),
        b"\x1f\x01\0",
        b"\x04\0\x04",
    ],
)
def test_what_is_not_strict_is_refused(raw: bytes) -> None:
    with pytest.raises(DerError):
        der.children(raw)


@given(st.binary(max_size=100))
def test_what_is_read_is_what_is_written(data: bytes) -> None:
    try:
        elements = der.children(data)
    except DerError:
        return
    assert b"".join(element.raw for element in elements) == data
    for element in elements:
        assert der.tlv(element.tag, element.content) == element.raw


def test_one_means_one() -> None:
    for raw in (b"", der.TRUE * 2, der.integer(1)):
        with pytest.raises(DerError):
            der.one(raw, der.BOOLEAN)
