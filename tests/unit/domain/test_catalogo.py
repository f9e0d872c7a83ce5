"""A catalogue as a record: its shapes, its days."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.application.catalogue.content import next_version
from fichaat.domain import codec
from fichaat.domain.catalogo import (
    DEFAULT_VERIFICACIONES,
    Cantidad,
    Catalogo,
    Firmante,
    Porcentaje,
)
from fichaat.domain.errors import SchemaError
from fichaat.domain.record import Kind
from tests.support import region
from tests.support.catalogues import COMPLETE, amounts, contents, shares

KEY = region.region_key()
FIRST = region.catalogo(KEY)


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        (
            Porcentaje,
            ("0", "7", "80", "80.5", "99.99", "100", "0.01"),
            ("101", "100.5", "080", "80.50", "80.", ".5", "-1", "80,5", "", "1e2", "80\n"),
        ),
        (
            Cantidad,
            ("0", "999999999", "0.0001", "12.5"),
            ("1000000000", "00", "1.0", "1.00001", "-1", "1e3", " 1", "1\n"),
        ),
    ],
)
def test_a_number_has_one_form(type_: Any, good: tuple[str, ...], bad: tuple[str, ...]) -> None:  # noqa: ANN401
    for text in good:
        assert msgspec.convert(text, type_) == text
    for text in bad:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, type_)


@given(st.one_of(amounts.map(lambda t: (t, Cantidad)), shares.map(lambda t: (t, Porcentaje))))
def test_what_the_program_writes_is_in_that_form(pair: tuple[str, Any]) -> None:
    text, type_ = pair
    assert msgspec.convert(text, type_) == text


@given(contents)
def test_every_content_can_be_sealed_and_read(content: Any) -> None:  # noqa: ANN401
    catalogo = next_version(FIRST, content)
    assert (catalogo.version, catalogo.certificado, catalogo.age) == (
        2,
        FIRST.certificado,
        FIRST.age,
    )
    sealed = region.seal(KEY, Kind.CATALOGO, catalogo)
    assert codec.decode_record(sealed.raw).record.content == catalogo


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"inicio_plan": date(1899, 12, 31)}, "/content/inicio_plan"),
        (
            {"firmantes": (Firmante("050101", date(2200, 1, 1)),)},
            "/content/firmantes/0/firmo_el",
        ),
        (
            {"verificaciones": (replace(DEFAULT_VERIFICACIONES[0], plan_hasta=date(1, 1, 1)),)},
            "/content/verificaciones/0/plan_hasta",
        ),
    ],
)
def test_days_beyond_any_calendar_are_refused(change: dict[str, Any], path: str) -> None:
    with pytest.raises(SchemaError) as refused:
        region.seal(KEY, Kind.CATALOGO, replace(FIRST, **change))
    assert (refused.value.code, refused.value.path) == ("schema.date", path)


def test_signatories_of_a_day_are_those_who_had_signed() -> None:
    catalogo: Catalogo = next_version(FIRST, COMPLETE)
    assert set(catalogo.firmantes_al(date(2023, 6, 13))) == set()
    assert set(catalogo.firmantes_al(date(2023, 6, 14))) == {"050101", "050108"}
    assert catalogo.firmantes_al(date(2024, 2, 1))["050401"] == date(2024, 2, 1)
