"""What cannot be taken back is asked for where somebody can answer."""

import io
import sys

import pytest

from fichaat.cli.terminal import confirm
from fichaat.domain.errors import UserFacingError


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("typed", ["sí\n", "SI\n", " s \n"])
def test_a_yes_goes_on(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))
    confirm("¿Seguro?")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("no\n", "cli.not_confirmed"), ("\n", "cli.not_confirmed"), ("", "cli.input_closed")],
)
def test_anything_else_does_not(monkeypatch: pytest.MonkeyPatch, typed: str, code: str) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))
    with pytest.raises(UserFacingError) as refused:
        confirm("¿Seguro?")
    assert refused.value.code == code


def test_nobody_is_asked_without_a_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    confirm("¿Seguro?")
