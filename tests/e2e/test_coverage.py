"""`fichaat cobertura`: through real records, receptions, reviews and a published catalogue."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from tests.support.program import Machine
from tests.support.rows import Row, jsonl, pending_row

COORDINATOR = (
    "--rol=coordinador",
    "--region=05",
    "--nombre=Rosa Ñaupari",
    "--cargo=Coordinadora",
    "--entidad=Gobierno Regional de Ayacucho",
)
QUINUA, VINCHOS, PACAYCASA, HUANTA = "050108", "050114", "050107", "050401"
PERIOD = ("--desde=2026-07-01", "--hasta=2026-12-31")


def visit(number: int, day: str, *distritos: tuple[str, str], **changes: Any) -> Row:  # noqa: ANN401  # any JSON value
    """A visit of some districts, each with its session."""
    places = [{"ubigeo": ubigeo, "sesion": sesion} for ubigeo, sesion in distritos]
    row = pending_row(number, distritos=places, **changes)
    first, people = row["destinatarios"][0], []
    signatures = row["firmas"][:1]
    for place, (ubigeo, _) in enumerate(distritos):
        person = {**first, "distrito": ubigeo, "id": f"{first['id'][:-2]}{place:02d}"}
        people.append(person)
        signatures.append({**row["firmas"][1], "participante": person["id"]})
    return {**row, "fecha": day, "destinatarios": people, "firmas": signatures}


def signatory(ubigeo: str, day: str = "2023-06-14") -> Row:
    return {"ubigeo": ubigeo, "firmo_el": day}


@pytest.fixture(scope="module")
def coord(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A coordinator with a catalogue and five visits, of which two are approved."""
    folder = tmp_path_factory.mktemp("cobertura")
    machine = Machine(folder, "coord")
    machine.create(*COORDINATOR)
    refused = machine.json("cobertura")
    assert (refused.code, refused.error) == (1, "cobertura.sin_catalogo")
    machine.done("region", "crear", "--llave", folder / "region.llave")
    publish(machine, [signatory(QUINUA), signatory(VINCHOS), signatory(HUANTA, "2026-11-10")])
    rows = (
        visit(1, "2026-11-03", (QUINUA, "diagnostico")),
        visit(2, "2026-11-20", (QUINUA, "seguimiento"), temas=["agua"]),
        visit(3, "2026-11-04", (VINCHOS, "diagnostico"), (HUANTA, "diagnostico")),
        visit(4, "2026-11-05", (PACAYCASA, "diagnostico")),
        visit(5, "2026-03-05", (VINCHOS, "seguimiento")),
    )
    made = machine.done(
        "ficha", "importar", "-", "--sellar", "--motivo", "Viaje", stdin=jsonl(*rows)
    )
    for row in made["detalle"][:2]:
        machine.done("revision", "aprobar", row["codigo"])
    return machine


def publish(machine: Machine, firmantes: list[Row]) -> None:
    period = {"numero": 1, "desde": "2026-07-01", "hasta": "2026-12-31", "meta": "60"}
    content = {
        "inicio_plan": "2026-01-01",
        "provincias": ["0501"],
        "firmantes": firmantes,
        "verificaciones": [{**period, "corte": "2026-12-31", "corte_acuerdos": "2026-12-30"}],
    }
    path = machine.root / "catalogo.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    machine.done("catalogo", "publicar", path)


def figures(found: Row) -> tuple[list[int], list[int]]:
    steps = ("aprobadas", "recibidas", "todas")
    return [found["estricta"][step] for step in steps], [
        found["dos_acciones"][step] for step in steps
    ]


def test_the_shape_that_scripts_rely_on(coord: Machine) -> None:
    found = coord.done("cobertura", *PERIOD)
    assert (found["region"], found["desde"], found["hasta"]) == ("05", "2026-07-01", "2026-12-31")
    assert found["corte"] == "2026-11-21T10:00:00-05:00"
    assert found["catalogo"]["version"] == 2
    assert (found["firmantes"], found["meta"], found["faltan"]) == (3, "60", 1)
    assert figures(found) == ([1, 1, 1], [1, 1, 1])
    assert found["acumulada"]["desde"] == "2026-01-01"
    assert figures(found["acumulada"]) == ([1, 2, 2], [1, 2, 2])
    by_gl = {item["ubigeo"]: item for item in found["gl"]}
    assert {ubigeo: item["falta"] for ubigeo, item in by_gl.items()} == {
        QUINUA: [],
        VINCHOS: ["seguimiento", "accion"],
        HUANTA: ["seguimiento", "accion"],
    }
    assert [(x["fecha"], x["sesion"], x["estado"]) for x in by_gl[QUINUA]["acciones"]] == [
        ("2026-11-03", "diagnostico", "aprobada"),
        ("2026-11-20", "seguimiento", "aprobada"),
    ]
    assert [(x["ficha"][-1], x["motivo"], x["ubigeo"]) for x in found["excluidas"]] == [
        ("4", "no_firmante", PACAYCASA),
        ("5", "fuera_de_periodo", None),
    ]
    assert found["evolucion"] == [
        {"hasta": "2026-11-21", "aprobadas": 1, "recibidas": 1, "todas": 1, "firmantes": 3}
    ]


def test_without_dates_it_is_the_verification_that_runs(coord: Machine) -> None:
    asked, found = coord.done("cobertura", *PERIOD), coord.done("cobertura")
    assert found == asked


@pytest.mark.parametrize(
    ("options", "period", "aprobadas", "firmantes"),
    [
        (("--hasta=2026-11-20",), (None, "2026-11-20"), 1, 3),
        (("--hasta=2026-11-09",), (None, "2026-11-09"), 0, 2),
        (("--desde=2026-11-04",), ("2026-11-04", "2026-11-21"), 0, 3),
        ((*PERIOD, "--tema=agua"), ("2026-07-01", "2026-12-31"), 0, 3),
        ((*PERIOD, "--tema=Educación"), ("2026-07-01", "2026-12-31"), 0, 3),
        ((*PERIOD, "--provincia=0504"), ("2026-07-01", "2026-12-31"), 0, 1),
        ((*PERIOD, "--provincia=0501"), ("2026-07-01", "2026-12-31"), 1, 2),
    ],
)
def test_what_is_asked_for(
    coord: Machine,
    options: tuple[str, ...],
    period: tuple[str | None, str],
    aprobadas: int,
    firmantes: int,
) -> None:
    found = coord.done("cobertura", *options)
    assert (found["desde"], found["hasta"]) == period
    assert (found["estricta"]["aprobadas"], found["firmantes"]) == (aprobadas, firmantes)
    if "--provincia=0504" in options:
        assert (found["excluidas"], found["faltan"], found["meta"]) == ([], None, "60")


@pytest.mark.parametrize(
    ("options", "exit_code", "code"),
    [
        (("--desde=2026-12-31", "--hasta=2026-07-01"), 1, "cobertura.periodo_invertido"),
        (("--desde=2027-01-01",), 1, "cobertura.desde_futuro"),
        (("--provincia=1501",), 1, "cobertura.provincia_desconocida"),
        (("--provincia=",), 1, "cobertura.provincia_desconocida"),
        (("--provincia=\udcff\n",), 1, "cobertura.provincia_desconocida"),
        (("--desde=31/12/2026",), 2, "cli.bad_day"),
        (("--hasta=2026-02-30",), 2, "cli.bad_day"),
        (("--tema=salut",), 2, "cli.bad_choice"),
        (("-o", "cobertura.docx"), 2, "cli.cobertura_file"),
        (("-o", "cobertura"), 2, "cli.cobertura_file"),
    ],
)
def test_what_is_refused(
    coord: Machine, options: tuple[str, ...], exit_code: int, code: str
) -> None:
    result = coord.json("cobertura", *options)
    assert (result.code, result.error) == (exit_code, code)


def test_people_get_tables(coord: Machine) -> None:
    result = coord("cobertura", *PERIOD)
    assert result.code == 0
    for words in (
        "Recibieron asistencia: 1 de 3 · 33,3 %",
        "Meta 60 % · falta 1",
        "Acumulado desde el 01/01/2026: 1 de 3",
        "Sesión de seguimiento",
        "Nada, ya cuenta",
        "El distrito no había firmado el Pacto: 1",
    ):
        assert words in result.out
    assert max(map(len, result.out.splitlines())) <= 120


def test_the_reports_are_written_beside_the_answer(coord: Machine, tmp_path: Path) -> None:
    (tmp_path / "reportes").mkdir()
    for name in ("reportes/a.xlsx", "reportes/b.PDF"):
        target = tmp_path / name
        found = coord.done("cobertura", *PERIOD, "-o", target)
        data = target.read_bytes()
        assert found["archivo"]["bytes"] == len(data)
        if target.suffix == ".PDF":
            text = pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()
            assert "1 de 3" in text
            assert "Quinua" in text
        else:
            rows = list(openpyxl.load_workbook(BytesIO(data))["Municipalidades"].values)
            assert [row[2] for row in rows if row[2] in (QUINUA, VINCHOS, HUANTA)] == [
                QUINUA,
                VINCHOS,
                HUANTA,
            ]
    kept = (tmp_path / "reportes/a.xlsx").read_bytes()
    (tmp_path / "reportes/c.xlsx").mkdir()
    assert coord.json("cobertura", "-o", tmp_path / "reportes/c.xlsx").error == "system.is_folder"
    again = ("cobertura", *PERIOD, "-o", tmp_path / "reportes/a.xlsx")
    assert coord.json(*again).error == "cli.file_exists"
    coord.done(*again, "--reemplazar")
    assert (tmp_path / "reportes/a.xlsx").read_bytes() == kept


def test_a_later_catalogue_changes_the_denominator_and_no_record(
    coord: Machine, tmp_path: Path
) -> None:
    shutil.copytree(coord.root, tmp_path / "copia")
    coord = Machine(tmp_path / "copia", "coord")
    before = coord.done("cobertura", *PERIOD)
    publish(coord, [signatory(VINCHOS), signatory(PACAYCASA)])
    after = coord.done("cobertura", *PERIOD)
    assert after["catalogo"]["version"] == before["catalogo"]["version"] + 1
    assert (after["firmantes"], after["estricta"]["aprobadas"]) == (2, 0)
    left = {(item["ubigeo"], item["motivo"]) for item in after["excluidas"] if item["ubigeo"]}
    assert left == {(QUINUA, "no_firmante"), (HUANTA, "no_firmante")}
    assert len(coord.done("ficha", "listar")["fichas"]) == 5
