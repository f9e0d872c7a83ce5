"""The agreement that a cell names: by its code, by its beginning, or by an entry of the list."""

import pytest

from fichaat.application.find_acuerdo import FindAcuerdo, OpenAcuerdo
from fichaat.application.sheet_values import NotReadError

ONE = "019a1111-0000-7000-8000-000000000001"
TWIN = "019a1111-0000-7000-8000-000000000002"
OTHER = "019b2222-0000-7000-8000-000000000003"
find = FindAcuerdo([ONE, TWIN, OTHER])


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (ONE, ONE),
        (f"  {TWIN.upper()} ", TWIN),
        ("019b2222", OTHER),
        ("019B2222-0000-7", OTHER),
        (f"Quinua: Jornada · {ONE}", ONE),
        (OpenAcuerdo(OTHER, "Quinua", "agua · luz\n" * 90, "Yo", None).choice, OTHER),
    ],
)
def test_a_code_names_one(text: str, id_: str) -> None:
    assert find(text) == id_


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("019b222", "hoja.acuerdo_unknown"),
        ("019c3333", "hoja.acuerdo_unknown"),
        (f"{ONE}0", "hoja.acuerdo_unknown"),
        ("Jornada · ", "hoja.acuerdo_unknown"),
        ("·", "hoja.acuerdo_unknown"),
        ("019a1111", "hoja.acuerdo_ambiguous"),
        (ONE[:-1], "hoja.acuerdo_ambiguous"),
    ],
)
def test_what_names_none_or_several_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotReadError) as error:
        find(text)
    assert error.value.code == code


def test_an_entry_of_the_list_fits_in_a_cell() -> None:
    choice = OpenAcuerdo(ONE, "Quinua", "x" * 20_000, "Yo", None).choice
    assert choice.startswith("Quinua: xxx")
    assert choice.endswith(f"… · {ONE}")
    assert len(choice) < 160
