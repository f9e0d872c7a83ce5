"""From a request to an approved, trusted laptop, through the real command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row

COORDINATOR = (
    "--rol=coordinador",
    "--region=05",
    "--nombre=Rosa Huamaní",
    "--cargo=Coordinadora",
    "--entidad=Gobierno Regional de Ayacucho",
)
PROVINCE = (
    "--rol=provincial",
    "--region=05",
    "--provincia=0501",
    "--nombre=Teófilo Ñaupari",
    "--cargo=Responsable",
    "--entidad=Municipalidad Provincial de Huamanga",
)


@pytest.fixture
def region(tmp_path: Path) -> Machine:
    """The coordinator's computer, with its region."""
    made = Machine(tmp_path, "region")
    made.create(*COORDINATOR)
    made.done("region", "crear", "--region", "05", "--llave", tmp_path / "region.llave")
    return made


@pytest.fixture
def llave(tmp_path: Path) -> Path:
    return tmp_path / "region.llave"


def request_of(machine: Machine) -> Path:
    target = machine.root / f"{machine.folder.name}-solicitud.fichaat"
    machine.done("perfil", "solicitud", "-o", target, "--reemplazar")
    return target


def carry(giver: Machine, taker: Machine, code: int = 0) -> Any:  # noqa: ANN401  # the answer
    """Everything of one computer into another, plain."""
    folder = giver.root / f"{giver.folder.name}-a-{taker.folder.name}"
    files = giver.done("paquete", "exportar", "-o", folder, "--todo", "--sin-cifrar")["archivos"]
    return taker.done("paquete", "importar", files[-1]["ruta"], code=code)


def sealed(machine: Machine, number: int = 1) -> str:
    row = jsonl(pending_row(number))
    done = machine.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=row)
    return str(done["detalle"][0]["codigo"])


def approved(region: Machine, llave: Path, machine: Machine) -> dict[str, Any]:
    answer = region.done("credencial", "aprobar", request_of(machine), "--llave", llave)
    (device,) = answer["equipos"]
    assert isinstance(device, dict)
    return device


def words_of(region: Machine) -> list[str]:
    told: list[str] = region.done("region", "mostrar")["llave_region"]["palabras"]
    return told


def test_a_request_becomes_an_approved_laptop(
    region: Machine, llave: Path, office: Machine, tmp_path: Path
) -> None:
    codigo = sealed(office)
    assert office.done("perfil", "mostrar")["region_estado"]["aprobacion"] == "sin_region"
    device = approved(region, llave, office)
    assert device["estado"] == "aprobado"
    assert device["palabras"] == office.done("perfil", "mostrar")["palabras"]
    carry(region, office, code=3)
    assert office.done("region", "mostrar")["llave_region"] is None
    told = office.done("region", "aceptar", *words_of(region))
    assert told["aprobacion"] == "aprobado"
    assert told["catalogo"]["version"] == 1
    assert told["rol_aprobado"] == "especialista"
    exported = office.done("paquete", "exportar", "-o", tmp_path / "usb", "--todo")["archivos"]
    assert office.done("paquete", "verificar", exported[0]["ruta"])["confiable"]
    assert region.done("paquete", "importar", exported[0]["ruta"])["confiable"]
    listed = region.done("ficha", "listar")["fichas"]
    assert [(row["codigo"], row["aprobacion"]) for row in listed] == [(codigo, "aprobado")]
    for machine in (region, office):
        assert machine.done("datos", "comprobar")["diferencias"] == []


def test_approving_again_seals_nothing(region: Machine, llave: Path, office: Machine) -> None:
    approved(region, llave, office)
    before = region.done("datos", "comprobar")["registros"]
    again = approved(region, llave, office)
    assert (again["estado"], again["sha256"]) == ("ya_estaba", None)
    assert region.done("datos", "comprobar")["registros"] == before


def test_the_region_reviews_and_the_author_sees_it(
    region: Machine, llave: Path, office: Machine
) -> None:
    codigo = sealed(office)
    approved(region, llave, office)
    carry(region, office, code=3)
    office.done("region", "aceptar", *words_of(region))
    carry(office, region)
    observed = region.done(
        "revision", "observar", codigo, "--motivo", "Falta un dato", "--plazo", "2026-12-15"
    )
    assert (observed["veredicto"], observed["plazo"]) == ("observada", "2026-12-15")
    assert region.done("revision", "aprobar", codigo)["veredicto"] == "aprobada"
    taken = region.done("revision", "retirar", codigo, "--motivo", "se aprobó por error")
    assert taken["copia"] == observed["copia"]
    assert office.json("revision", "aprobar", codigo).error == "revision.coordinator_only"
    assert region.json("revision", "visar", codigo).error == "revision.province_only"
    carry(region, office)


def test_a_lost_laptop_is_revoked_and_its_successor_relieves_it(
    region: Machine, llave: Path, office: Machine, tmp_path: Path
) -> None:
    successor = Machine(tmp_path, "nueva")
    successor.create()
    old = approved(region, llave, office)["device"]
    new = approved(region, llave, successor)["device"]
    words = " ".join(office.done("perfil", "mostrar")["palabras"]).upper()
    told = region.done("credencial", "revocar", words, "--llave", llave, "--motivo", "robada")
    assert (told["device"], told["estado"]) == (old, "revocado")
    again = region.done("credencial", "revocar", old[:8], "--llave", llave, "--motivo", "robada")
    assert again["estado"] == "ya_estaba"
    relieved = region.done(
        "credencial", "relevo", old[:10], new[:10], "--llave", llave, "--motivo", "laptop nueva"
    )
    assert (relieved["anterior"], relieved["nuevo"]) == (old, new)
    listed = {row["device"]: row for row in region.done("credencial", "listar")["equipos"]}
    assert listed[old]["aprobacion"] == "revocado"
    assert listed[old]["relevado_por"] == [new]
    assert listed[new]["aprobacion"] == "aprobado"
    refused = region.json("credencial", "aprobar", request_of(office), "--llave", llave)
    assert refused.error == "credencial.revoked"
    # Said again from an earlier moment on: what stops counting is told.
    earlier = ("credencial", "revocar", old[:8], "--llave", llave, "--motivo", "desde antes")
    said = region(*earlier, "--desde", "2026-10-01").out
    assert "revocado desde el 01/10/2026 00:00. Lo que la región recibió antes de ese" in said


def test_a_new_root_repeats_what_the_old_one_said_and_is_accepted_by_hand(
    region: Machine, llave: Path, office: Machine, tmp_path: Path
) -> None:
    approved(region, llave, office)
    carry(region, office, code=3)
    office.done("region", "aceptar", *words_of(region))
    new = tmp_path / "nueva.llave"
    assert region.json("region", "crear", "--llave", new).error == "region.exists"
    made = region.done("region", "crear", "--llave", new, "--reemplaza")
    assert made["aprobacion"] == "aprobado"
    assert made["catalogo"]["version"] == 2
    assert [root["reemplazada"] for root in made["otras_raices"]] == [True]
    assert "Raíz anterior, reemplazada en este equipo" in region("region", "mostrar").out
    stale = region.json("credencial", "aprobar", request_of(office), "--llave", llave)
    assert stale.error == "region.other_key"
    carry(region, office, code=3)
    assert office.json("region", "aceptar", *words_of(region)).error == "region.other_root"
    told = office.done("region", "aceptar", *words_of(region), "--reemplaza")
    assert told["aprobacion"] == "aprobado"
    assert told["catalogo"]["version"] == 2
    assert region.done("credencial", "listar") == {
        "equipos": [
            {**row, "este_equipo": not row["este_equipo"], "solicitud": False}
            | {"registros": mine["registros"]}
            for row, mine in zip(
                office.done("credencial", "listar")["equipos"],
                region.done("credencial", "listar")["equipos"],
                strict=True,
            )
        ]
    }


def test_a_second_coordinator_opens_the_key_and_approves_a_province(
    region: Machine, llave: Path, tmp_path: Path
) -> None:
    second, province = Machine(tmp_path, "segunda"), Machine(tmp_path, "provincia")
    second.create(*COORDINATOR)
    province.create(*PROVINCE)
    carry(region, second, code=3)
    opened = second.done("region", "abrir", "--llave", llave)
    assert opened["abre_lo_cifrado"]
    assert opened["aprobacion"] == "por_aprobar"
    assert approved(second, llave, second)["rol"] == "coordinador"
    device = approved(second, llave, province)
    assert (device["rol"], device["ambito"]) == ("provincial", "0501")
    carry(second, region)
    listed = region.done("credencial", "listar")["equipos"]
    assert {row["aprobacion"] for row in listed} == {"aprobado"}
    assert region.done("datos", "comprobar")["diferencias"] == []


def test_a_province_marks_what_it_has_seen(region: Machine, llave: Path, tmp_path: Path) -> None:
    province = Machine(tmp_path, "provincia")
    province.create(*PROVINCE)
    approved(region, llave, province)
    carry(region, province, code=3)
    province.done("region", "aceptar", *words_of(region))
    codigo = sealed(province)
    assert province.done("revision", "visar", codigo)["veredicto"] == "visada"
    assert province.json("revision", "aprobar", codigo).error == "revision.coordinator_only"
    carry(province, region)
    region.done("revision", "aprobar", codigo)
    carry(region, province)
    # The region is no sender: what it hears from here leaves with the deliveries.
    assert province.done("recepcion", "mostrar")["por_responder"] == []


def test_the_passphrase_of_the_key_is_its_own(
    region: Machine, llave: Path, office: Machine
) -> None:
    other = region.root / "otra.clave"
    other.write_text("otra frase distinta\n", encoding="utf-8")
    region.environ["FICHAAT_CLAVE_REGION_ARCHIVO"] = str(other)
    refused = region.json("credencial", "aprobar", request_of(office), "--llave", llave)
    assert refused.error == "region.wrong_passphrase"


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff" * 100, b"[" * 100_000])
def test_a_file_that_is_no_key_is_said(region: Machine, data: bytes) -> None:
    file = region.root / "falsa"
    file.write_bytes(data)
    refused = region.json("region", "abrir", "--llave", file)
    assert refused.error == "region.key_file"


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["credencial", "renovar", "abc"], "credencial.device_short"),
        (["credencial", "renovar", "abcdef012345"], "credencial.device_unknown"),
        (["credencial", "renovar", "uno dos tres"], "credencial.device_unknown"),
        (["credencial", "aprobar", "nada.fichaat"], "bundle.not_found"),
        (["credencial", "renovar", "abcdef", "--hasta", "31/12/2029"], "cli.bad_day"),
        (["credencial", "revocar", "abcdef", "--motivo", "x", "--desde", "ayer"], "cli.bad_moment"),
    ],
)
def test_what_makes_no_sense_is_refused(
    region: Machine, llave: Path, argv: list[str], code: str
) -> None:
    assert region.json(*argv, "--llave", llave).error == code


def test_a_specialist_has_no_region_key(office: Machine, tmp_path: Path) -> None:
    refused = office.json("region", "crear", "--llave", tmp_path / "k")
    assert refused.error == "region.coordinator_only"
    assert not (tmp_path / "k").exists()
    assert office.json("region", "aceptar", *["ábaco"] * 8).error == "region.words"


def test_a_key_file_is_never_overwritten(region: Machine, llave: Path) -> None:
    before = llave.read_bytes()
    refused = region.json("region", "crear", "--llave", llave, "--reemplaza")
    assert refused.error == "region.key_exists"
    assert llave.read_bytes() == before


def test_a_restored_coordinator_begins_another_chain_of_the_region(
    region: Machine, llave: Path, office: Machine, tmp_path: Path
) -> None:
    second, taker = Machine(tmp_path, "segunda"), Machine(tmp_path, "recibe")
    second.create()
    taker.create()
    kept = region.done("respaldo", "crear")["ruta"]
    approved(region, llave, office)
    carry(region, taker, code=3)
    region.done("respaldo", "restaurar", kept)
    approved(region, llave, second)
    told = carry(region, taker, code=3)
    assert {item["resultado"] for item in told["registros"]} == {"known", "new"}
    told = taker.done("region", "aceptar", *words_of(region))
    assert told["catalogo"]["version"] == 1
    states = {row["aprobacion"] for row in taker.done("credencial", "listar")["equipos"]}
    assert states == {"aprobado", "por_aprobar"}
    assert taker.done("datos", "comprobar")["diferencias"] == []
    approvals = [row for row in taker.done("credencial", "listar")["equipos"] if row["hasta"]]
    assert len(approvals) == 3
