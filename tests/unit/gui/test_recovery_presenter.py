"""The region's side of a forgotten passphrase: who asks is seen before anything is answered."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from fichaat.application.ports.slots import SlotOwner
from fichaat.application.region_recovery import RecoveryAnswer
from fichaat.domain.errors import UserFacingError
from fichaat.gui.key_file import KeyFile
from fichaat.gui.pages.ajustes.recovery_presenter import (
    Asked,
    RecoveryPresenter,
    RecoverySources,
)
from tests.support.fichas import LIMA
from tests.support.signing import PromptTasks

KEY = KeyFile(Path("/usb/region.llave"), "frase")
ANSWER = RecoveryAnswer(
    data=b"respuesta",
    codigo=("uno", "dos"),
    owner=SlotOwner("ab" * 32, "Marleni Ñahui", "Especialista", "GORE Ayacucho"),
    pedido_en=datetime(2026, 11, 20, 10, 32, tzinfo=LIMA),
    palabras=("ala", "mar"),
)


class Dialog:
    def __init__(self) -> None:
        self.error = ""
        self.asked: Asked | None = None
        self.answered = ""
        self.codigo: Sequence[str] = ()
        self.busy: list[bool] = []

    def set_busy(self, *, busy: bool) -> None:
        self.busy.append(busy)

    def show_error(self, sentence: str) -> None:
        self.error = sentence

    def show_asked(self, asked: Asked) -> None:
        self.asked = asked

    def show_answered(self, sentence: str, codigo: Sequence[str]) -> None:
        self.answered, self.codigo = sentence, codigo


class Region:
    def __init__(self) -> None:
        self.code: str | None = None
        self.written: list[tuple[Path, bytes]] = []

    def answer(self, data: bytes, key: KeyFile) -> RecoveryAnswer:
        assert (data, key) == (b"pedido.json", KEY)
        if self.code is not None:
            raise UserFacingError(self.code)
        return ANSWER

    def write(self, path: Path, data: bytes) -> None:
        if self.code is not None:
            raise UserFacingError(self.code, archivo=path.name)
        self.written.append((path, data))


@pytest.fixture
def dialog() -> Dialog:
    return Dialog()


@pytest.fixture
def region() -> Region:
    return Region()


@pytest.fixture
def presenter(dialog: Dialog, region: Region) -> RecoveryPresenter:
    sources = RecoverySources(
        lambda path: path.name.encode(), region.answer, lambda _: ("sol", "pan"), region.write
    )
    return RecoveryPresenter(dialog, PromptTasks(), sources)


def test_who_asks_is_shown_before_anything_is_written(
    presenter: RecoveryPresenter, dialog: Dialog, region: Region
) -> None:
    presenter.save(Path("/usb/antes.json"))
    presenter.open(Path("/usb/pedido.json"), KEY)
    assert dialog.asked == Asked(
        "Marleni Ñahui, Especialista (GORE Ayacucho)",
        "Pedido del 20/11/2026, 10:32",
        ("sol", "pan"),
        ("ala", "mar"),
    )
    assert not region.written
    assert not dialog.codigo
    presenter.save(Path("/usb/respuesta.json"))
    assert region.written == [(Path("/usb/respuesta.json"), b"respuesta")]
    told = "La respuesta quedó en «respuesta.json». Entréguela a esa persona."
    assert (dialog.answered, dialog.codigo) == (told, ("uno", "dos"))
    assert dialog.busy == [True, False, True, False]


def test_a_refusal_is_told_and_may_be_tried_again(
    presenter: RecoveryPresenter, dialog: Dialog, region: Region
) -> None:
    region.code = "recuperacion.other_region"
    presenter.open(Path("/usb/pedido.json"), KEY)
    assert dialog.error.startswith("El pedido no es para esta llave")
    assert dialog.busy == [True, False]
    region.code = None
    presenter.open(Path("/usb/pedido.json"), KEY)
    assert dialog.asked is not None
    assert not dialog.error
    region.code = "system.no_space"
    presenter.save(Path("/usb/respuesta.json"))
    assert "no queda espacio" in dialog.error
    assert not dialog.codigo
