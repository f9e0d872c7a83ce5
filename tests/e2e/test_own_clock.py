"""A coordinator's laptop whose battery died, through the real command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_region import COORDINATOR, approved, carry, sealed, words_of
from tests.support.program import NOW, Machine

LATER = "2026-11-25T10:00:00-05:00"


class Desk:
    """A region that approved an office, and what that office hands in."""

    def __init__(self, root: Path, office: Machine) -> None:
        self.jefa = Machine(root, "region")
        self.jefa.create(*COORDINATOR)
        llave = root / "region.llave"
        self.jefa.done("region", "crear", "--region", "05", "--llave", llave)
        approved(self.jefa, llave, office)
        carry(self.jefa, office, code=3)
        office.done("region", "aceptar", *words_of(self.jefa))
        self.codigo = sealed(office)
        made = office.done("paquete", "exportar", "-o", root / "usb", "--todo", "--sin-cifrar")
        self.handed_in = made["archivos"][0]["ruta"]

    def at(self, now: str) -> None:
        self.jefa.environ["FICHAAT_RELOJ"] = now

    def take(self, *options: str, code: int) -> Any:  # noqa: ANN401  # of paquete importar
        return self.jefa.done("paquete", "importar", self.handed_in, *options, code=code)

    def listed(self) -> list[tuple[str, str]]:
        rows = self.jefa.done("ficha", "listar")["fichas"]
        return [(row["codigo"], row["aprobacion"]) for row in rows]

    def records(self) -> int:
        found = self.jefa.done("datos", "comprobar")
        assert found["diferencias"] == []
        return int(found["registros"])


@pytest.fixture
def desk(tmp_path: Path, office: Machine) -> Desk:
    return Desk(tmp_path, office)


def test_a_wrong_date_applies_nothing_until_it_is_put_right(desk: Desk) -> None:
    before = desk.records()
    for now, why, seen in (
        ("2024-11-21T10:00:00-05:00", "sellado_despues", 3),
        ("2026-11-20T09:00:00-05:00", "sellado_despues", 0),
        ("2030-11-21T10:00:00-05:00", "salto", 3),
    ):
        desk.at(now)
        preview = desk.take("--previa", code=seen)
        answer = desk.take(code=1)
        assert {**preview, "codigo": "", "mensaje": ""} == {**answer, "codigo": "", "mensaje": ""}
        assert (answer["aplicado"], answer["codigo"]) == (False, "reception.own_clock")
        doubt = answer["reloj_propio"]
        assert (doubt["motivo"], doubt["ahora"], doubt["contra"]) == (why, now, NOW)
        assert doubt["detiene"]
        # Whose clock is wrong is not said of others meanwhile.
        assert answer["relojes"] == []
    assert desk.records() == before
    desk.at(LATER)
    assert desk.take(code=0)["reloj_propio"] is None
    assert desk.listed() == [(desk.codigo, "aprobado")]


def test_a_date_that_the_person_says_is_right_is_taken_and_asked_once(
    desk: Desk, office: Machine
) -> None:
    desk.at("2026-11-20T09:00:00-05:00")
    told = desk.jefa("paquete", "importar", desk.handed_in)
    assert told.code == 1
    assert (
        "  Este computador dice que hoy es 20/11/2026, 09:00, pero lo último que se selló en él es "
        "del 21/11/2026, 10:00.\n"
        "  Corrija la fecha y la hora del computador e importe otra vez. Si son correctas, use "
        "«--con-este-reloj».\n"
        "  No se importó nada.\n"
    ) in told.out
    answer = desk.take("--con-este-reloj", code=0)
    assert (answer["aplicado"], answer["reloj_propio"]["motivo"]) == (True, "sellado_despues")
    assert desk.listed() == [(desk.codigo, "aprobado")]
    # The reception is the last seal now: what others say is told, and stops nothing.
    sealed(office, 2)
    again = carry(office, desk.jefa)
    assert again["aplicado"]
    assert again["reloj_propio"]["motivo"] == "otros_adelantados"


def test_an_ended_credential_of_ones_own_is_told_with_what_else_it_may_be(
    desk: Desk, tmp_path: Path
) -> None:
    device = desk.jefa.done("perfil", "mostrar")["device"]
    llave = ("--llave", tmp_path / "region.llave")
    desk.at("2040-02-01T10:00:00-05:00")
    result = desk.jefa("paquete", "importar", desk.handed_in)
    assert result.code == 1
    assert "hoy es 01/02/2040, y su propia credencial venció el " in result.out
    assert "Si es correcta, renueve antes la credencial de este equipo" in result.out
    desk.jefa.done("credencial", "renovar", device, *llave)
    # Those of the senders have ended as well: that is told, and may be so.
    answer = desk.take(code=3)
    assert answer["aplicado"]
    assert answer["reloj_propio"]["motivo"] == "sin_vigencia"


def test_whoever_receives_for_nobody_is_told_and_not_stopped(desk: Desk, office: Machine) -> None:
    desk.take(code=0)
    office.environ["FICHAAT_RELOJ"] = "2024-11-21T10:00:00-05:00"
    answer = carry(desk.jefa, office, code=0)
    assert answer["aplicado"]
    assert (answer["reloj_propio"]["motivo"], answer["reloj_propio"]["detiene"]) == (
        "sellado_despues",
        False,
    )
