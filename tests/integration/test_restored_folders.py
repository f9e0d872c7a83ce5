"""Backups brought back: a new chain each time, so that nobody ever forks by accident.

What was sealed after the backup comes back from packages already handed over, without a conflict.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row

Make = Callable[[str], Machine]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(name: str) -> Machine:
        machine = Machine(tmp_path, name)
        machine.create()
        return machine

    return made


def seal(machine: Machine, *numbers: int) -> list[str]:
    data = jsonl(*(pending_row(number) for number in numbers))
    answer = machine.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=data)
    return [item["codigo"] for item in answer["detalle"]]


def export(machine: Machine, folder: Path) -> str:
    answer = machine.done("paquete", "exportar", "-o", folder, "--todo")
    return str(answer["archivos"][0]["ruta"])


def take(machine: Machine, file: str) -> Any:  # noqa: ANN401  # of paquete importar
    answer = machine.json("paquete", "importar", file)
    assert answer.code in {0, 3}
    return answer.json


def results(answer: Any) -> set[str]:  # noqa: ANN401  # of paquete importar
    return {item["resultado"] for item in answer["registros"]}


def backup(machine: Machine, folder: Path) -> str:
    return str(machine.done("respaldo", "crear", "-o", folder)["ruta"])


def restored(machine: Machine, snapshot: str, name: str) -> Machine:
    """A new laptop with the backup of the old one, and the same passphrase."""
    laptop = Machine(machine.root, name)
    laptop.done("respaldo", "restaurar", snapshot)
    return laptop


def states(machine: Machine) -> dict[str, str]:
    rows = machine.done("ficha", "listar", "--limite", "100")["fichas"]
    return {row["codigo"]: row["estado"] for row in rows}


def chains(machine: Machine) -> set[str]:
    return {
        machine.done("ficha", "mostrar", codigo)["registro"]["chain"] for codigo in states(machine)
    }


def agree(machines: list[Machine], folder: Path) -> None:
    """Everything to everyone, until they come to the same."""
    folder.mkdir()
    for number in range(5):
        files = [export(machine, folder / str(number)) for machine in machines]
        fresh = set[str]()
        for machine in machines:
            for file in files:
                answer = take(machine, file)
                fresh |= results(answer) - {"known"}
                assert answer["huecos"] == []
        if not fresh:
            break
    found = [machine.done("datos", "comprobar") for machine in machines]
    assert all(item["diferencias"] == [] for item in found)
    assert len({item["proyecciones_sha256"] for item in found}) == 1


def test_what_was_sealed_after_the_backup_comes_back(make: Make, tmp_path: Path) -> None:
    office, region = make("oficina"), make("region")
    seal(office, 1, 2)
    snapshot = backup(office, tmp_path / "respaldos")
    seal(office, 3, 4)
    take(region, export(office, tmp_path / "usb"))
    before = states(office)
    shutil.rmtree(office.folder)

    laptop = restored(office, snapshot, "nueva")
    assert len(states(laptop)) == 2
    (fresh,) = seal(laptop, 5)
    assert fresh.split("-")[2] != next(iter(before)).split("-")[2]
    back = take(laptop, export(region, tmp_path / "vuelta"))
    assert results(back) == {"known", "new"}
    assert back["huecos"] == []
    assert states(laptop) == {**before, fresh: "sellada"}
    # They are its own again: it may correct what it sealed before the loss.
    last = sorted(before)[-1]
    laptop.done("ficha", "anular", last, "--motivo", "Registrada dos veces")
    take(region, export(laptop, tmp_path / "usb2"))
    assert states(region) == {**before, fresh: "sellada", last: "anulada"}
    agree([laptop, region], tmp_path / "todo")
    assert len(chains(region)) == 2


def test_one_backup_restored_twice_does_not_fork(make: Make, tmp_path: Path) -> None:
    office, region = make("oficina"), make("region")
    seal(office, 1)
    snapshot = backup(office, tmp_path / "respaldos")
    seal(office, 2)
    machines = [office, *(restored(office, snapshot, name) for name in ("una", "otra"))]
    codes = [seal(machine, number)[0] for number, machine in enumerate(machines, 10)]
    assert len(set(codes)) == 3
    for machine in machines:
        assert results(take(region, export(machine, tmp_path / "usb"))) <= {"known", "new"}
    assert set(states(region).values()) == {"sellada"}
    assert len(states(region)) == 5
    assert len(chains(region)) == 3
    agree([*machines, region], tmp_path / "todo")


def test_restoring_twice_on_the_same_computer(make: Make, tmp_path: Path) -> None:
    """The second restore follows the backup, not the first restore; what that sealed returns."""
    office = make("oficina")
    seal(office, 1)
    snapshot = backup(office, tmp_path / "respaldos")
    office.done("respaldo", "restaurar", snapshot)
    seal(office, 2)
    file = export(office, tmp_path / "usb")
    office.done("respaldo", "restaurar", snapshot)
    assert len(states(office)) == 1
    seal(office, 3)
    answer = office.done("paquete", "importar", file)
    assert results(answer) == {"known", "new"}
    assert set(states(office).values()) == {"sellada"}
    assert len(chains(office)) == 3
    found = office.done("datos", "comprobar")
    assert found["diferencias"] == []


def test_a_draft_of_the_backup_that_was_sealed_meanwhile(make: Make, tmp_path: Path) -> None:
    """The draft comes back with the backup, its sealed ficha from a package: sealing it again
    would be two first versions of one ficha.
    """
    office, region = make("oficina"), make("region")
    seal(office, 1)
    answer = office.done("ficha", "importar", "-", stdin=jsonl(pending_row(2)))
    codigo = answer["detalle"][0]["codigo"]
    snapshot = backup(office, tmp_path / "respaldos")
    office.done("ficha", "sellar", codigo, "--motivo", "m")
    take(region, export(office, tmp_path / "usb"))
    laptop = restored(office, snapshot, "nueva")
    assert states(laptop)[codigo] == "borrador"
    take(laptop, export(region, tmp_path / "vuelta"))
    refused = laptop.json("ficha", "sellar", codigo, "--motivo", "m")
    codes = [problem["code"] for problem in refused.json["detalle"][0]["problemas"]]
    assert (refused.code, codes[0]) == (1, "ficha.sealed_meanwhile")
    take(region, export(laptop, tmp_path / "usb2"))
    assert states(region)[codigo] == "sellada"
