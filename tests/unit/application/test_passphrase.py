import pytest

from fichaat.application.passphrase import Strength, strength


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Strength.SHORT),
        ("corta", Strength.SHORT),
        ("       a", Strength.SHORT),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmn", Strength.WEAK),
        ("contraseña", Strength.WEAK),
        ("password password", Strength.WEAK),
        ("quinua2026", Strength.WEAK),
        ("la casa de quinua", Strength.FAIR),
        ("cuatro palabras nada comunes", Strength.GOOD),
        ("Tr3s-Lobos&Un-Puma", Strength.GOOD),
    ],
)
def test_a_hint_that_is_not_fooled_by_runs_and_repetitions(text: str, found: Strength) -> None:
    assert strength(text) is found
