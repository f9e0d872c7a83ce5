"""The inbox through the real command line: a folder of bundles, what waits, answers."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fichaat.application.catalogue.content import CatalogueContent, write_json
from fichaat.domain.catalogo import Firmante
from tests.e2e.test_region import COORDINATOR, request_of, sealed, words_of
from tests.support.program import Machine


@pytest.fixture
def region(tmp_path: Path) -> Machine:
    made = Machine(tmp_path, "region")
    made.create(*COORDINATOR)
    made.done("region", "crear", "--llave", llave(made))
    return made


def llave(machine: Machine) -> Path:
    return machine.root / "region.llave"


def handed_in(machine: Machine, folder: Path, *options: str) -> Path:
    done = machine.done("paquete", "exportar", "-o", folder, *options)
    return Path(done["archivos"][0]["ruta"])


def device_of(machine: Machine) -> str:
    return str(machine.done("perfil", "mostrar")["device"])


def inbox(region: Machine) -> Any:  # noqa: ANN401  # the answer
    return region.done("recepcion", "mostrar")


def test_a_folder_is_received_and_a_forged_file_stops_no_other(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    sealed(office)
    stick = tmp_path / "usb"
    good = handed_in(office, stick)
    forged = stick / "a-falso.fichaat"
    forged.write_bytes(good.read_bytes()[:-40] + bytes(40))
    (stick / "notas.txt").write_text("no es un paquete", "utf-8")
    verdicts = region.done("paquete", "importar", stick, code=1)
    assert [(Path(v["archivo"]).name, v["aplicado"]) for v in verdicts] == [
        (forged.name, False),
        (good.name, True),
    ]
    (delivered,) = inbox(region)["entregas"]
    assert delivered["resultados"] == {"new": 1}
    assert delivered["remitente"]["verificado"] is False
    assert delivered["remitente"]["dice"] == "Marleni Ñahui"


def test_an_empty_folder_is_refused(region: Machine, tmp_path: Path) -> None:
    (tmp_path / "vacia").mkdir()
    result = region.json("paquete", "importar", tmp_path / "vacia")
    assert (result.code, result.error) == (1, "system.no_bundles")


def test_a_request_waits_until_it_is_approved_with_its_answer(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    region.done("paquete", "importar", request_of(office), code=3)
    (waiting,) = inbox(region)["por_aprobar"]
    assert (waiting["nombre"], waiting["solicitud"]) == ("Marleni Ñahui", True)
    told = region.done(
        "credencial", "aprobar", device_of(office), "--llave", llave(region), "-o", tmp_path / "r"
    )
    (answer,) = told["respuestas"]
    (file,) = answer["archivos"]
    assert Path(file["ruta"]).name.startswith("respuesta-marleni-nahui-")
    assert file["cifrado"]
    assert (inbox(region)["por_aprobar"], inbox(region)["por_responder"]) == ([], [])
    office.done("paquete", "importar", file["ruta"], code=3)
    assert office.done("region", "aceptar", *words_of(region))["aprobacion"] == "aprobado"


def test_a_new_catalogue_is_for_whoever_has_not_delivered_yet(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    asked = region.done(
        "credencial", "aprobar", request_of(office), "--llave", llave(region), "-o", tmp_path / "r"
    )
    (answer,) = asked["respuestas"]
    office.done("paquete", "importar", answer["archivos"][0]["ruta"], code=3)
    office.done("region", "aceptar", *words_of(region))
    assert region.json("paquete", "responder", "-o", tmp_path / "r").code == 1
    content = CatalogueContent(firmantes=(Firmante("050101", date(2023, 6, 14)),))
    path = tmp_path / "catalogo.json"
    path.write_bytes(write_json(content))
    version = region.done("catalogo", "publicar", path)["version"]
    (waiting,) = inbox(region)["por_responder"]
    assert (waiting["nombre"], waiting["entregas"]) == ("Marleni Ñahui", 0)
    assert (waiting["respondido"], waiting["catalogo"]) == (True, version)
    assert f"Marleni Ñahui  Catálogo, versión {version}" in region("recepcion", "mostrar").out
    (told,) = region.done("paquete", "responder", "-o", tmp_path / "r2")["respuestas"]
    assert inbox(region)["por_responder"] == []
    office.done("paquete", "importar", told["archivos"][0]["ruta"])
    assert office.done("catalogo", "mostrar")["version"] == version


def test_senders_are_answered_until_nobody_waits(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    sealed(office)
    region.done("paquete", "importar", request_of(office), code=3)
    region.done("credencial", "aprobar", device_of(office), "--llave", llave(region))
    region.done("paquete", "importar", handed_in(office, tmp_path / "usb"))
    (waiting,) = inbox(region)["por_responder"]
    assert (waiting["entregas"], waiting["respondido"]) == (1, False)
    told = region.done("paquete", "responder", "-o", tmp_path / "r")["respuestas"]
    office.done("paquete", "importar", told[0]["archivos"][0]["ruta"], code=3)
    office.done("region", "aceptar", *words_of(region))
    # Only that the answer came is not known there yet: nobody waits for that.
    left = office.json("paquete", "exportar", "-o", tmp_path / "nada", "--pendiente")
    assert (left.code, left.error) == (1, "bundle.nothing_pending")
    assert inbox(region)["por_responder"] == []
    again = region.json("paquete", "responder", "-o", tmp_path / "r")
    assert (again.code, again.error) == (1, "bundle.nothing_to_answer")


def test_whoever_handed_in_sees_that_it_arrived(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    codigo = sealed(office)

    def told() -> tuple[Any, str, str]:
        """As programs get it, twice the same; the word of the list; the line of the ficha."""
        (row,) = office.done("ficha", "listar")["fichas"]
        assert row["entrega"] == office.done("ficha", "mostrar", codigo)["entrega"]
        assert row["estado"] == "sellada"
        listed, shown = office("ficha", "listar").out, office("ficha", "mostrar", codigo).out
        return row["entrega"], listed.split("  ")[1], shown.splitlines()[1]

    nothing = {"region": None, "provincia": None, "exportada": None}
    assert told() == (
        {"estado": "sin_exportar", **nothing},
        "sellada",
        "Versión 1: aún no se exportó",
    )
    bundle = handed_in(office, tmp_path / "usb")
    entrega, word, line = told()
    assert (entrega["estado"], entrega["region"], word) == ("exportada", None, "exportada")
    assert line.endswith("; aún sin respuesta")
    region.done("credencial", "aprobar", request_of(office), "--llave", llave(region))
    region.done("paquete", "importar", bundle)
    (answer,) = region.done("paquete", "responder", "-o", tmp_path / "r")["respuestas"]
    office.done("paquete", "importar", answer["archivos"][0]["ruta"], code=3)
    # Whoever says to be the region is believed once its words were compared.
    assert told()[1:] == ("exportada", line)
    office.done("region", "aceptar", *words_of(region))
    arrived, word, line = told()
    (row,) = region.done("ficha", "listar")["fichas"]
    assert arrived == {**entrega, "estado": "region", "region": row["entrega"]["region"]}
    day = date.fromisoformat(arrived["region"][:10])
    assert word == "recibida"
    assert line.startswith(f"Versión 1: la región la recibió el {day:%d/%m/%Y}, ")
    office.done("ficha", "rectificar", codigo, "--motivo", "Otra hora")
    assert office.done("ficha", "mostrar", codigo)["entrega"] is None


def test_a_review_is_news_for_its_author_only(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    codigo = sealed(office)
    other = Machine(tmp_path, "otra")
    other.create()
    sealed(other)
    for machine in (office, other):
        region.done("paquete", "importar", request_of(machine), code=3)
        region.done("credencial", "aprobar", device_of(machine), "--llave", llave(region))
        stick = tmp_path / f"u-{machine.folder.name}"
        region.done("paquete", "importar", handed_in(machine, stick))
    region.done("paquete", "responder", "-o", tmp_path / "r")
    region.done("revision", "observar", codigo, "--motivo", "Falta la hora.")
    (waiting,) = inbox(region)["por_responder"]
    assert (waiting["device"], waiting["propias"]) == (device_of(office), 1)
    (file,) = region.done(
        "paquete", "exportar", "--para", device_of(office)[:8], "-o", tmp_path / "r"
    )["archivos"]
    assert inbox(region)["por_responder"] == []
    assert other.json("paquete", "importar", file["ruta"]).code == 1


def test_one_visit_sealed_on_two_laptops_is_told(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    other = Machine(tmp_path, "otra")
    other.create()
    codigos = {sealed(office), sealed(other)}
    sealed(other, 2)
    for machine in (office, other):
        bundle = handed_in(machine, tmp_path / f"u-{machine.folder.name}")
        region.done("paquete", "importar", bundle, code=3)
    ((first, second),) = inbox(region)["duplicados"]
    assert {first["codigo"], second["codigo"]} == codigos


def test_two_visits_that_looked_like_one_are_put_aside_and_taken_back(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    other = Machine(tmp_path, "otra")
    other.create()
    codigos = [sealed(office), sealed(other)]
    for machine in (office, other):
        bundle = handed_in(machine, tmp_path / f"u-{machine.folder.name}")
        region.done("paquete", "importar", bundle, code=3)
    one = region.json("recepcion", "dejar-de-lado", codigos[0])
    assert (one.code, one.error) == (1, "recepcion.aside_copies_missing")
    assert codigos[1] in region("recepcion", "dejar-de-lado", codigos[0]).err
    done = region.done("recepcion", "dejar-de-lado", *codigos)
    assert (done["estado"], done["tipo"]) == ("de_lado", "duplicado")
    assert {side["codigo"] for side in done["lados"]} == set(codigos)
    found = inbox(region)
    assert found["duplicados"] == []
    (seen,) = found["duplicados_vistos"]
    assert (seen["lados"], seen["visto_en"]) == (done["lados"], "2026-11-21T10:00:00-05:00")
    told = region("recepcion", "mostrar").out
    assert "Probables duplicados: 0" in told
    assert "Dejados de lado: 1" in told
    assert region.done("recepcion", "dejar-de-lado", *codigos)["estado"] == "ya_estaba"
    back = region.done("recepcion", "volver-a-la-lista", *codigos)
    assert back == {**done, "estado": "en_lista"}
    assert region.done("recepcion", "volver-a-la-lista", *codigos)["estado"] == "ya_estaba"
    assert inbox(region)["duplicados"] == [done["lados"]]


def test_a_fork_is_put_aside_by_all_its_hashes(
    region: Machine, office: Machine, tmp_path: Path
) -> None:
    """A data folder that was copied and used on two laptops."""
    other = Machine(tmp_path, "otra")
    shutil.copytree(office.folder, other.folder)
    for number, machine in enumerate((office, other), 1):
        sealed(machine, number)
        bundle = handed_in(machine, tmp_path / f"u{number}")
        region.done("paquete", "importar", bundle, code=3)
    (fork,) = inbox(region)["bifurcaciones"]
    first, second = (side["sha256"][:8] for side in fork["lados"])
    one = region.json("recepcion", "dejar-de-lado", first)
    assert (one.code, one.error) == (1, "recepcion.aside_copies_missing")
    nothing = region.json("recepcion", "dejar-de-lado", "0" * 8)
    assert (nothing.code, nothing.error) == (1, "recepcion.aside_unknown_hash")
    done = region.done("recepcion", "dejar-de-lado", first, second)
    assert (done["estado"], done["tipo"], done["lados"]) == (
        "de_lado",
        "bifurcacion",
        fork["lados"],
    )
    found = inbox(region)
    assert found["bifurcaciones"] == []
    assert found["bifurcaciones_vistas"] == [{**fork, "visto_en": "2026-11-21T10:00:00-05:00"}]
    told = region("recepcion", "volver-a-la-lista", second, first)
    assert told.out.startswith("Volvió a la lista.")
    assert inbox(region)["bifurcaciones"] == [fork]


def test_everything_is_told_in_words(region: Machine, office: Machine, tmp_path: Path) -> None:
    sealed(office)
    region.done("paquete", "importar", handed_in(office, tmp_path / "usb"), code=3)
    result = region("recepcion", "mostrar")
    assert result.code == 0
    assert "Equipos por aprobar: 1" in result.out
    assert "Paquetes recibidos: 1" in result.out
    device = device_of(office)
    assert f"{device[:8]}  por aprobar  (sin solicitud)" in region("credencial", "listar").out
