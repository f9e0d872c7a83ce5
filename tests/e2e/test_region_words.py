"""What people read of bundles, reviews and region keys, and that it is true."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_region import COORDINATOR, approved, request_of, sealed, words_of
from tests.support.program import Machine


@pytest.fixture
def llave(tmp_path: Path) -> Path:
    return tmp_path / "region.llave"


@pytest.fixture
def region(tmp_path: Path, llave: Path) -> Machine:
    made = Machine(tmp_path, "region")
    made.create(*COORDINATOR)
    made.done("region", "crear", "--llave", llave)
    return made


@pytest.fixture
def member(region: Machine, llave: Path, office: Machine, tmp_path: Path) -> Machine:
    """A specialist whom the region has approved and who believes it."""
    answer = ("credencial", "aprobar", request_of(office), "--llave", llave, "-o", tmp_path / "r")
    (told,) = region.done(*answer)["respuestas"]
    office.done("paquete", "importar", told["archivos"][0]["ruta"], code=3)
    office.done("region", "aceptar", *words_of(region))
    return office


def device_of(machine: Machine) -> str:
    return str(machine.done("perfil", "mostrar")["device"])


def exported(machine: Machine, name: str, *options: str) -> Path:
    made = machine.done("paquete", "exportar", "-o", machine.root / name, *options)
    return Path(made["archivos"][0]["ruta"])


def answer_to(region: Machine, machine: Machine, *options: str) -> Path:
    return exported(region, "respuestas", "--para", device_of(machine), *options)


def codes(machine: Machine) -> dict[str, Any]:
    rows = machine.done("ficha", "listar")["fichas"]
    return {row["codigo"]: row["revision"] for row in rows}


def test_a_bundle_of_others_is_said_to_be_approved_not_own(
    region: Machine, member: Machine
) -> None:
    sealed(member)
    told = region("paquete", "importar", exported(member, "usb"))
    assert told.code == 0
    assert "La región aprobó a todos los que lo firmaron." in told.out
    assert "este mismo equipo" not in told.out


def test_a_revoked_sender_is_not_called_approved(
    region: Machine, llave: Path, member: Machine
) -> None:
    sealed(member)
    region.done("credencial", "revocar", device_of(member), "--llave", llave, "--motivo", "robada")
    told = region("paquete", "verificar", exported(member, "usb"))
    assert told.code == 3
    assert "que la región revocó" in told.out
    assert ", aprobado por la región" not in told.out


def test_what_cannot_be_opened_is_not_called_broken(
    region: Machine, llave: Path, member: Machine, tmp_path: Path
) -> None:
    other = Machine(tmp_path, "otra")
    other.create()
    approved(region, llave, other)
    told = other("paquete", "importar", answer_to(region, member))
    assert told.code == 1
    assert "Intacto: no" not in told.out
    assert "cifrado para otra persona" in told.out
    assert "No se importó nada." in told.out


def test_an_answer_reports_no_gap_for_what_concerns_others(
    region: Machine, llave: Path, member: Machine, tmp_path: Path
) -> None:
    other = Machine(tmp_path, "otra")
    other.create()
    codigo = sealed(other)
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"foto")
    other.done("ficha", "evidencia", codigo, "--adjunto", photo, "--clase", "foto")
    sealed(other, 3)
    sealed(member, 2)
    approved(region, llave, other)
    region.done("paquete", "importar", exported(other, "de-otra"))
    region.done("paquete", "importar", exported(member, "usb"))
    answer = member.done("paquete", "importar", answer_to(region, member))
    assert answer["paquete"]["omitidos"] > 0
    assert answer["huecos"] == []
    assert "Faltan los registros" not in member("paquete", "verificar", answer["archivo"]).out


def test_a_review_is_read_in_the_list_and_in_the_ficha(region: Machine, member: Machine) -> None:
    codigo, second = sealed(member), sealed(member, 2)
    region.done("paquete", "importar", exported(member, "usb"))
    said = ("--motivo", "Falta la hora.", "--plazo", "2026-12-15")
    region.done("revision", "observar", codigo, *said)
    member.done("paquete", "importar", answer_to(region, member))
    assert codes(member) == {codigo: "observada", second: None}
    (review,) = member.done("ficha", "mostrar", codigo)["revisiones"]
    assert {name: review[name] for name in ("veredicto", "version", "motivo", "plazo")} == {
        "veredicto": "observada",
        "version": 1,
        "motivo": "Falta la hora.",
        "plazo": "2026-12-15",
    }
    shown = member("ficha", "mostrar", codigo).out
    assert "Versión 1: observada, plazo 15/12/2026 · Falta la hora." in shown
    assert f"{codigo}  observada  " in member("ficha", "listar").out
    assert f"{second}  recibida  " in member("ficha", "listar").out


def test_a_sender_that_lost_its_work_gets_all_of_it_back(
    region: Machine, member: Machine, tmp_path: Path
) -> None:
    kept = member.done("respaldo", "crear", "-o", tmp_path / "respaldos")["ruta"]
    codigo = sealed(member)
    region.done("paquete", "importar", exported(member, "usb"))
    member.done("respaldo", "restaurar", kept)
    member.done("paquete", "importar", answer_to(region, member))
    assert codes(member) == {}
    answer = answer_to(region, member, "--todo")
    assert answer.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert member.done("paquete", "importar", answer)["huecos"] == []
    assert codes(member) == {codigo: None}
    assert member.done("datos", "comprobar")["diferencias"] == []
    refused = region.json("paquete", "exportar", "-o", "x", "--para", "abcdef", "--pendiente")
    assert (refused.code, refused.error) == (2, "cli.pending_or_all")


def test_another_region_key_is_announced_once_and_believed_only_by_hand(
    region: Machine, member: Machine, tmp_path: Path
) -> None:
    old = words_of(region)
    region.done("region", "crear", "--llave", tmp_path / "nueva.llave", "--reemplaza")
    answer = answer_to(region, member)
    first = member.done("paquete", "importar", answer, code=3)
    assert first["codigo"] == "trust.other_region_key"
    assert member.done("region", "mostrar")["llave_region"]["palabras"] == old
    again = member.json("paquete", "verificar", answer).json
    assert again["codigo"] != "trust.other_region_key"
    shown = member("region", "mostrar").out
    assert shown.index("Llave de la región") < shown.index("Otra raíz")
    member.done("region", "aceptar", *words_of(region), "--reemplaza")
    assert member.done("paquete", "verificar", answer)["confiable"]
