"""The catalogue through the real commands: who publishes, who gets it, what it changes and what it
leaves alone.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from fichaat.application.catalogue.content import write_json
from fichaat.application.papers import Late
from fichaat.domain.catalogo import Firmante, Indicador
from fichaat.domain.credencial import Revocacion
from fichaat.domain.ficha import Tema
from fichaat.domain.record import CatalogRef, Kind
from tests.support import region
from tests.support.catalogues import COMPLETE
from tests.support.fault_stage import opened
from tests.support.fichas import LIMA
from tests.support.program import Machine, Result
from tests.support.records import make_ficha
from tests.support.region_scene import RegionScene, outcome, rebuilt_alike, state
from tests.support.rows import jsonl, pending_row, row

QUINUA = "050108"
WITHOUT_QUINUA = replace(
    COMPLETE,
    firmantes=tuple(item for item in COMPLETE.firmantes if item.ubigeo != QUINUA),
    metas=COMPLETE.metas[:2],
)

UNKNOWN = {"ficha.distrito_not_signatory", "ficha.indicador_unknown"}


def written(scene: RegionScene, content: Any = COMPLETE, name: str = "c.json") -> Path:  # noqa: ANN401
    path = scene.folder / name
    path.write_bytes(content if isinstance(content, bytes) else write_json(content))
    return path


def published(scene: RegionScene, content: Any = COMPLETE) -> Any:  # noqa: ANN401  # its answer
    return scene.coord.done("catalogo", "publicar", written(scene, content))


def codes(machine: Machine, codigo: str) -> set[str]:
    """What `ficha validar` finds."""
    found = machine.json("ficha", "validar", codigo).json["problemas"]
    return {item["code"] for item in found}


def draft(machine: Machine, **changes: Any) -> str:  # noqa: ANN401  # any member
    done = machine.done("ficha", "importar", "-", stdin=jsonl(row(**changes)))
    return str(done["detalle"][0]["codigo"])


def sealed(machine: Machine, number: int, **changes: Any) -> str:  # noqa: ANN401  # any member
    line = jsonl(pending_row(number, **changes))
    done = machine.done("ficha", "importar", "-", "--sellar", "--motivo", "Viaje", stdin=line)
    return str(done["detalle"][0]["codigo"])


def kept_draft(machine: Machine, codigo: str) -> bytes:
    with opened(machine) as session, session.here.store.read() as reader:
        return msgspec.json.encode(reader.draft(codigo))


def paper(machine: Machine, codigo: str) -> Any:  # noqa: ANN401  # what the renderer is given
    with opened(machine) as session, session.here.store.read() as reader:
        (found,) = reader.fichas_with_codigo(codigo)
        record = reader.record(found.sha256)
        assert record is not None
        return session.papers.paper(reader, record, Late())


def test_the_coordinator_publishes_and_everybody_gets_it(region_scene: RegionScene) -> None:
    scene = region_scene
    codigo = draft(scene.esp, indicadores=["I-77"])
    before = kept_draft(scene.esp, codigo)
    assert not codes(scene.esp, codigo) & {
        "ficha.distrito_not_signatory",
        "ficha.indicador_unknown",
    }

    preview = scene.coord.done("catalogo", "publicar", written(scene, WITHOUT_QUINUA), "--previa")
    assert (preview["version"], preview["publicado"]) == (2, False)
    assert scene.coord.done("catalogo", "mostrar")["version"] == 1
    told = published(scene, WITHOUT_QUINUA)
    assert {**told, "publicado": False, "sha256": None} == preview
    (answered,) = [
        item
        for item in scene.coord.done("paquete", "responder", "-o", scene.folder / "r")["respuestas"]
        if item["device"] == scene.esp.done("perfil", "mostrar")["device"]
    ]
    for file in answered["archivos"]:
        scene.esp.done("paquete", "importar", file["ruta"])

    seen = scene.esp.done("catalogo", "mostrar")
    assert (seen["version"], seen["sha256"]) == (2, told["sha256"])
    assert (seen["puede_publicar"], seen["motivo"]) == (False, "catalogo.not_issuer")
    assert seen["contenido"] == json.loads(write_json(WITHOUT_QUINUA))
    assert kept_draft(scene.esp, codigo) == before
    assert codes(scene.esp, codigo) >= UNKNOWN
    for machine in (scene.coord, scene.esp):
        rebuilt_alike(machine)


def test_a_ficha_keeps_the_catalogue_it_was_written_under(region_scene: RegionScene) -> None:
    scene = region_scene
    first = published(scene)
    scene.send(scene.coord, scene.esp)
    older = sealed(scene.esp, 5, indicadores=["I-01"])
    published(scene, WITHOUT_QUINUA)
    scene.send(scene.coord, scene.esp)
    newer = sealed(scene.esp, 6)
    shown = [scene.esp.done("ficha", "mostrar", codigo)["registro"] for codigo in (older, newer)]
    assert [record["catalog"]["version"] for record in shown] == [2, 3]
    assert shown[0]["catalog"]["sha256"] == first["sha256"]
    old, new = paper(scene.esp, older), paper(scene.esp, newer)
    assert old.firmantes == {QUINUA: "Sí, 14/06/2023"}
    assert old.indicadores == {"I-01": ("Gestantes con seis controles", "Salud")}
    assert new.firmantes == {QUINUA: "No"}
    own = paper(scene.esp, scene.own.codigo)
    assert (own.firmantes, own.indicadores, own.actividad) == ({}, {}, "")


def test_kept_papers_are_named_by_the_catalogue_too(region_scene: RegionScene) -> None:
    scene = region_scene
    published(scene)
    scene.send(scene.coord, scene.esp)
    sealed(scene.esp, 5, indicadores=["I-01"])

    def export(name: str) -> int:
        scene.esp.done("paquete", "exportar", "--todo", "--sin-cifrar", "-o", scene.folder / name)
        with opened(scene.esp) as session, session.here.store.read() as reader:
            return reader.carried().papers

    kept = export("uno")
    assert export("dos") == kept
    published(scene, WITHOUT_QUINUA)
    scene.send(scene.coord, scene.esp)
    assert export("tres") == kept


def test_only_the_issuing_device_publishes(region_scene: RegionScene) -> None:
    scene = region_scene
    path = written(scene)
    for machine in (scene.prov, scene.esp):
        for more in ((), ("--previa",)):
            refused = machine.json("catalogo", "publicar", path, *more)
            assert (refused.code, refused.error) == (1, "catalogo.not_issuer")
    before = state(scene.coord)
    scene.coord.environ["FICHAAT_RELOJ"] = "2037-01-05T09:00:00-05:00"
    assert scene.coord.json("catalogo", "publicar", path).error == "catalogo.expired"
    assert not scene.coord.done("catalogo", "mostrar")["puede_publicar"]
    scene.coord.environ["FICHAAT_RELOJ"] = "2026-11-22T09:00:00-05:00"
    assert state(scene.coord) == before
    device = scene.coord.done("perfil", "mostrar")["device"]
    lost = Revocacion(device, datetime(2026, 11, 20, tzinfo=LIMA), "Se perdió", ())
    scene.coord.json(
        "paquete", "importar", scene.package(scene.ana, scene.root.seal(lost, Kind.REVOCACION))
    )
    assert scene.coord.json("catalogo", "publicar", path).error == "catalogo.revoked"


def test_where_no_region_is_accepted_there_is_nothing_to_publish(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    path = tmp_path / "c.json"
    path.write_bytes(write_json(COMPLETE))
    assert machine.json("catalogo", "publicar", path).error == "region.none"
    assert machine.json("catalogo", "mostrar").error == "catalogo.none"


def test_errors_and_sameness_publish_nothing(region_scene: RegionScene) -> None:
    scene = region_scene
    published(scene)
    before = state(scene.coord)
    future = replace(
        COMPLETE, firmantes=(Firmante("050101", date(2027, 1, 1)), *COMPLETE.firmantes[1:])
    )
    answer = scene.coord.done("catalogo", "publicar", written(scene, future), code=1)
    assert not answer["publicado"]
    assert [item["code"] for item in answer["problemas"]] == ["catalogo.firma_future"]
    same = scene.coord.json("catalogo", "publicar", written(scene))
    assert (same.code, same.error) == (1, "catalogo.sin_cambios")
    assert state(scene.coord) == before


def test_a_preview_names_what_would_change(region_scene: RegionScene) -> None:
    scene = region_scene
    published(scene)
    moved = replace(COMPLETE.firmantes[1], firmo_el=date(2023, 7, 1))
    added = [Firmante(f"0501{number:02d}", date(2024, 1, 1)) for number in (2, 3)]
    content = replace(COMPLETE, firmantes=(COMPLETE.firmantes[0], moved, *added))
    told = scene.coord("catalogo", "publicar", written(scene, content), "--previa").out
    assert "Firmantes: 2 altas, 1 baja, 1 cambio" in told
    assert "Baja: 050401 Huanta (Huanta)" in told
    assert "Alta: 050102 Acocro (Huamanga)" in told
    changed = "Cambio: 050108 Quinua (Huamanga). Fecha de firma: 14/06/2023 → 01/07/2023"
    assert changed in " ".join(told.split())
    wrong = replace(COMPLETE, firmantes=(Firmante("050101", date(2027, 1, 1)),))
    refused = scene.coord("catalogo", "publicar", written(scene, wrong), "--previa").out
    assert "No se podría publicar" in refused
    assert "No se publicó" not in refused


def test_a_row_that_cannot_be_read_tells_its_district_too(region_scene: RegionScene) -> None:
    scene = region_scene
    data = b'{"firmantes": [{"ubigeo": "999999", "firmo_el": "2026-02-30"}]}'
    answer = scene.coord.done("catalogo", "publicar", written(scene, data), "--previa", code=1)
    assert [(item["code"], item["path"]) for item in answer["problemas"]][:2] == [
        ("catalogo.distrito_unknown", "/firmantes/0/ubigeo"),
        ("catalogo.want_fecha", "/firmantes/0/firmo_el"),
    ]


def test_a_retired_code_never_means_something_else(region_scene: RegionScene) -> None:
    scene = region_scene
    published(scene)
    codigo = draft(scene.coord, indicadores=["I-02"])
    left = replace(COMPLETE, indicadores=COMPLETE.indicadores[:1], metas=COMPLETE.metas[:2])
    told = published(scene, left)
    assert told["retirados"] == ["I-02"]
    kept = scene.coord.done("catalogo", "mostrar")["contenido"]["indicadores"]
    assert {item["codigo"]: item["retirado"] for item in kept} == {
        "I-01": False,
        "I-02": True,
        "I-09": True,
    }
    assert "ficha.indicador_unknown" not in codes(scene.coord, codigo)
    again = replace(
        left, indicadores=(*left.indicadores, Indicador("I-02", "Niños con vacunas", Tema.AGUA))
    )
    refused = scene.coord.done("catalogo", "publicar", written(scene, again), code=1)
    assert [item["code"] for item in refused["problemas"]] == ["catalogo.indicador_reused"]


def test_a_workbook_is_written_edited_and_published(region_scene: RegionScene) -> None:
    scene = region_scene
    published(scene)
    book = scene.folder / "c.xlsx"
    answer = scene.coord.done("catalogo", "mostrar", "-o", book)
    assert answer["archivo"]["bytes"] == book.stat().st_size
    assert scene.coord.json("catalogo", "publicar", book).error == "catalogo.sin_cambios"
    edited = edited_book(book, "Firmantes", "B3", date(2027, 3, 1))
    refused = scene.coord.done("catalogo", "publicar", edited, code=1)
    (problem,) = refused["problemas"]
    assert (problem["hoja"], problem["celda"]) == ("Firmantes", "B3")
    assert problem["code"] == "catalogo.firma_future"
    edited = edited_book(book, "Firmantes", "B3", date(2025, 3, 1))
    told = scene.coord.done("catalogo", "publicar", edited)
    assert [(item["clave"], item["campos"]) for item in told["cambios"]] == [
        (["050108"], ["firmo_el"])
    ]
    text = scene.coord("catalogo", "publicar", edited_book(book, "Metas", "C2", "mucho"))
    assert text.code == 1
    assert "Metas!C2" in text.out


def test_everything_wrong_in_a_file_is_told_at_once(region_scene: RegionScene) -> None:
    scene = region_scene
    published(scene)
    whole = json.loads(write_json(COMPLETE))
    first = whole["firmantes"][0]
    whole["firmantes"] = [{**first, "ubigeo": 5}, first, first]
    whole["metas"][0]["meta"] = float("nan")
    whole["verificaciones"][1]["minimo_analisis"] = "0.5"
    path = written(scene, json.dumps(whole).encode())
    told = scene.coord.done("catalogo", "publicar", path, code=1)["problemas"]
    assert {(item["code"], item["path"]) for item in told} == {
        ("catalogo.want_ubigeo", "/firmantes/0/ubigeo"),
        ("catalogo.want_cantidad", "/metas/0/meta"),
        ("catalogo.want_entero", "/verificaciones/1/minimo_analisis"),
        # Of the rows that can be read: what no unreadable one could answer.
        ("catalogo.firmante_repeated", "/firmantes/2/ubigeo"),
    }
    text = scene.coord("catalogo", "publicar", path).out
    assert "/metas/0/meta: Se encontró NaN y se espera un número de 0" in text
    book = scene.folder / "c.xlsx"
    scene.coord.done("catalogo", "mostrar", "-o", book)
    opened_book = load_workbook(book)
    opened_book["Firmantes"]["A2"] = opened_book["Firmantes"]["A3"].value
    opened_book["Metas"]["C2"] = -3
    opened_book["Directorio"]["A2"] = None
    opened_book.save(book)
    told = scene.coord.done("catalogo", "publicar", book, code=1)["problemas"]
    assert {(item["code"], item["hoja"], item["celda"]) for item in told} >= {
        ("hoja.required", "Directorio", "A2"),
        ("catalogo.want_cantidad", "Metas", "C2"),
        ("catalogo.firmante_repeated", "Firmantes", "A3"),
    }


def edited_book(book: Path, sheet: str, cell: str, value: object) -> Path:
    """The workbook as a person leaves it after changing one cell."""
    opened_book = load_workbook(book)
    opened_book[sheet][cell] = value
    target = book.with_name("editado.xlsx")
    opened_book.save(target)
    return target


def test_the_template_is_filled_in_and_published(region_scene: RegionScene) -> None:
    scene = region_scene
    book = scene.folder / "plantilla.xlsx"
    scene.coord.done("plantilla", "catalogo", "-o", book)
    filled = edited_book(book, "Firmantes", "A2", "050101 Ayacucho (Huamanga)")
    filled.replace(book)
    told = scene.coord.done(
        "catalogo", "publicar", edited_book(book, "Firmantes", "B2", date(2023, 6, 14))
    )
    assert {item["seccion"] for item in told["cambios"]} == {"firmantes", "verificaciones"}
    content = scene.coord.done("catalogo", "mostrar")["contenido"]
    assert content["firmantes"] == [{"ubigeo": "050101", "firmo_el": "2023-06-14"}]
    assert len(content["provincias"]) == 11


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("c.json", b"", "catalogo.not_json"),
        ("c.json", b"\xff\xfe{", "schema.not_utf8"),
        ("c.json", b'{"firmantes": {}}', "catalogo.want_lista"),
        ("c.json", b"[" * 100_000, "schema.nesting"),
        ("c.json", b'{"otro": 1}', "schema.unknown_member"),
    ],
)
def test_garbage_in_json_is_told_and_changes_nothing(
    name: str, data: bytes, code: str, region_scene: RegionScene
) -> None:
    scene = region_scene
    before = state(scene.coord)
    answer = scene.coord.done("catalogo", "publicar", written(scene, data, name), code=1)
    assert [item["code"] for item in answer["problemas"]] == [code]
    assert state(scene.coord) == before


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("c.xlsx", b"", "hoja.unreadable"),
        ("c.xlsx", b"{}", "hoja.unreadable"),
        ("c.xlsx", b"PK\x03\x04" + b"\0" * 200, "hoja.unreadable"),
        ("c.json", b"PK\x03\x04 nada", "hoja.unreadable"),
        ("c.txt", b"{}", "catalogo.file_kind"),
    ],
)
def test_what_is_no_catalogue_is_refused(
    name: str, data: bytes, code: str, region_scene: RegionScene
) -> None:
    scene = region_scene
    before = state(scene.coord)
    assert (
        refused(scene.coord("catalogo", "publicar", written(scene, data, name), "--json")) == code
    )
    missing = scene.coord.json("catalogo", "publicar", scene.folder / "no-hay.json")
    assert refused(missing) == "system.file_missing"
    assert refused(scene.coord.json("catalogo", "publicar", scene.folder)) == "system.is_folder"
    assert refused(scene.coord.json("catalogo", "mostrar", "-o", scene.folder / "x.txt")) == (
        "catalogo.file_kind"
    )
    assert state(scene.coord) == before


def refused(result: Result) -> str:
    assert result.code == 1, result.err
    return result.error


def test_a_catalogue_of_whoever_may_not_has_no_effect(region_scene: RegionScene) -> None:
    scene = region_scene
    codigo = draft(scene.coord)
    before = codes(scene.coord, codigo)
    false = replace(
        region.catalogo(scene.root.root, 7), firmantes=(Firmante("050101", date(2023, 6, 14)),)
    )
    parcel = scene.ana.seal(false, Kind.CATALOGO)
    ficha = scene.ana.seal(
        make_ficha(3, distritos=["050101"]), catalog=CatalogRef(7, parcel.sha256)
    )
    answer = scene.take(scene.package(scene.ana, parcel, ficha), 3)
    assert outcome(answer, parcel) == "wrong_signer record.wrong_signer"
    assert scene.coord.done("catalogo", "mostrar")["version"] == 1
    assert codes(scene.coord, codigo) == before
    with opened(scene.coord) as session, session.here.store.read() as reader:
        assert reader.catalogos({parcel.sha256}) == {}
    listed = scene.coord.done("ficha", "listar")["fichas"]
    (shown,) = [item["codigo"] for item in listed if item["sha256"] == ficha.sha256]
    assert paper(scene.coord, shown).firmantes == {}
