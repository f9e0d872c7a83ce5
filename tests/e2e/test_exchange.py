"""Several computers exchanging packages come to the same, whatever the order."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.support.program import PROFILE, Machine
from tests.support.rows import jsonl, pending_row

Make = Callable[[str], Machine]


def seal(machine: Machine, *numbers: int) -> None:
    data = jsonl(*(pending_row(number) for number in numbers))
    machine.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=data)


def export(machine: Machine, folder: Path, *options: str) -> list[str]:
    answer = machine.done("paquete", "exportar", "-o", folder, *options)
    return [item["ruta"] for item in answer["archivos"]]


def fichas(machine: Machine) -> dict[str, str]:
    listed = machine.done("ficha", "listar", "--limite", "1000")["fichas"]
    return {item["sha256"]: item["estado"] for item in listed}


def exchange(machines: Sequence[Machine], folder: Path) -> int:
    """Everybody gives everything to everybody until nothing is new; the rounds it took."""
    for rounds in range(1, 8):
        fresh = 0
        for giver in machines:
            for file in export(giver, folder, "--todo"):
                for taker in machines:
                    if taker is not giver:
                        answer = taker.done("paquete", "importar", file, code=3)
                        fresh += sum(i["resultado"] != "known" for i in answer["registros"])
        if not fresh:
            return rounds
    raise AssertionError("the exchange never ends")


def test_three_computers_converge(another: Make, tmp_path: Path) -> None:
    machines = [another(name) for name in ("uno", "dos", "tres")]
    for place, machine in enumerate(machines):
        seal(machine, 10 * place + 1, 10 * place + 2)
    assert exchange(machines, tmp_path / "usb") <= 5
    hashes = {machine.done("datos", "comprobar")["proyecciones_sha256"] for machine in machines}
    assert len(hashes) == 1
    assert len(fichas(machines[0])) == 6
    for machine in machines:
        assert machine.done("datos", "comprobar")["diferencias"] == []


def test_volumes_import_in_any_order_and_show_their_gaps(another: Make, tmp_path: Path) -> None:
    giver, taker = another("da"), another("recibe")
    photo = tmp_path / "foto.jpg"
    codigos = []
    for number in range(1, 5):
        data = jsonl(pending_row(number))
        row = giver.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=data)
        codigos.append(row["detalle"][0]["codigo"])
        photo.write_bytes(bytes([number]) * 400_000)
        giver.done("ficha", "evidencia", codigos[-1], "--adjunto", photo, "--clase", "foto")
    files = export(giver, tmp_path / "usb", "--volumen", "1")
    assert len(files) > 1
    last = taker.done("paquete", "importar", files[-1], code=3)
    assert last["huecos"]
    assert last["huecos"][0]["desde"] == 1
    several = taker.done("paquete", "importar", *reversed(files), code=3)
    assert isinstance(several, list)
    assert several[-1]["huecos"] == []
    assert set(fichas(taker)) == set(fichas(giver))


def test_several_files_give_a_list_and_the_worst_exit_code(another: Make, tmp_path: Path) -> None:
    giver, taker = another("da"), another("recibe")
    seal(giver, 1)
    (good,) = export(giver, tmp_path / "usb")
    bad = tmp_path / "cortado.fichaat"
    bad.write_bytes(Path(good).read_bytes()[:-100])
    answer = taker.done("paquete", "verificar", good, bad, tmp_path / "no", code=1)
    assert [item["intacto"] for item in answer] == [True, False, False]
    assert [item["codigo"] for item in answer[1:]] == ["bundle.truncated", "bundle.not_found"]
    assert giver.done("paquete", "verificar", good, good)[0]["confiable"] is True
    told = taker("paquete", "verificar", good, bad)
    assert told.code == 1
    assert "Intacto: sí · Válido: sí · Confiable: no" in told.out
    assert "Intacto: no · Válido: no · Confiable: no" in told.out
    words = giver.done("perfil", "mostrar")["palabras"]
    assert " ".join(words) in told.out
    applied = taker.done("paquete", "importar", bad, good, code=1)
    assert [item["aplicado"] for item in applied] == [False, True]


def test_a_package_is_verified_without_any_profile(office: Machine, tmp_path: Path) -> None:
    seal(office, 1)
    (file,) = export(office, tmp_path / "usb")
    nobody = Machine(tmp_path, "nadie")
    for environ in (nobody.environ, {}):
        nobody.environ = environ
        answer = nobody.done("paquete", "verificar", file, code=3)
        assert (answer["intacto"], answer["valido"], answer["confiable"]) == (True, True, False)
        assert answer["codigo"] == "trust.exporter_pending"
        assert [item["resultado"] for item in answer["registros"]] == ["new"]
        assert "aplicado" not in answer
    assert not nobody.folder.exists()


def test_another_region_and_another_kind_of_work_are_refused(
    office: Machine, tmp_path: Path
) -> None:
    seal(office, 1)
    (file,) = export(office, tmp_path / "usb")
    cusco = Machine(tmp_path, "cusco")
    cusco.create(*PROFILE, "--region=08")
    answer = cusco.done("paquete", "importar", file, code=1)
    assert (answer["codigo"], answer["intacto"], answer["valido"]) == (
        "bundle.other_region",
        True,
        False,
    )
    assert cusco.done("datos", "comprobar")["registros"] == 0


def test_a_restored_computer_goes_on_in_a_new_chain(
    office: Machine, another: Make, tmp_path: Path
) -> None:
    seal(office, 1)
    made = office.done("respaldo", "crear", "-o", tmp_path / "respaldos")
    assert Path(made["ruta"]).exists()
    listed: list[Any] = office.done("respaldo", "listar", "-o", tmp_path / "respaldos")["respaldos"]
    assert [item["ruta"] for item in listed] == [made["ruta"]]
    assert set(listed[0]) == {"ruta", "creado", "bytes"}
    seal(office, 2)
    before = fichas(office)
    (lost,) = export(office, tmp_path / "usb")
    shutil.rmtree(office.folder)
    office.done("respaldo", "restaurar", made["ruta"])
    assert len(fichas(office)) == 1
    seal(office, 3)
    region = another("region")
    region.done("paquete", "importar", lost, code=3)
    (file,) = export(office, tmp_path / "usb", "--todo")
    answer = region.done("paquete", "importar", file, code=3)
    assert {item["resultado"] for item in answer["registros"]} == {"known", "new"}
    assert len(fichas(region)) == 3
    assert set(before) < set(fichas(region))
    assert office.done("datos", "comprobar")["diferencias"] == []


def test_people_are_told_when_a_package_brings_nothing(another: Make, tmp_path: Path) -> None:
    giver, taker = another("da"), another("recibe")
    seal(giver, 1)
    (file,) = export(giver, tmp_path / "usb")
    assert taker("paquete", "importar", file).out.endswith("  Importado.\n")
    assert taker("paquete", "importar", file).out.endswith("  No traía nada nuevo.\n")
    own = giver("paquete", "importar", file)
    assert own.code == 0
    assert "Todo lo firmó este mismo equipo." in own.out
    assert "aprobado" not in own.out


def test_a_request_says_who_asks_and_who_approves(another: Make, tmp_path: Path) -> None:
    asking, region = another("pide"), another("region")
    made = asking.done("perfil", "solicitud", "-o", tmp_path / "s.fichaat")
    for order in ("verificar", "importar"):
        answer = region.done("paquete", order, made["ruta"], code=3)
        assert answer["paquete"]["solicitud"]["rol"] == "especialista"
        assert answer["exportador"]["palabras"] == made["palabras"]
        told = region("paquete", order, made["ruta"]).out
        who = "Marleni Ñahui (Gobierno Regional de Ayacucho) como especialista"
        assert f"solicitud de aprobación de {who}" in told
        assert " ".join(made["palabras"]) in told
        assert "quien coordina la región" in told
        assert "Importado" not in told
        assert told.endswith("  No traía nada nuevo.\n") is (order == "importar")
