"""Fichas by workbook in the terminal: the template, a look before, an import, what is refused."""

from pathlib import Path
from typing import Any

import pytest

from scripts.books import slips, visits
from tests.support.fichas_book import NAMES, opened, saved, written
from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row

NUMERO = "N.º de ficha"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """One computer for what leaves nothing."""
    machine = Machine(tmp_path_factory.mktemp("libros"))
    machine.create()
    return machine


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "fichas.xlsx"
    path.write_bytes(written(visits(2)))
    return path


def counted(answer: Any) -> tuple[int, ...]:  # noqa: ANN401  # JSON
    names = ("filas", "importadas", "selladas", "rechazadas")
    return tuple(answer[name] for name in names)


def test_the_template_has_the_lists_of_the_region(office: Machine, tmp_path: Path) -> None:
    answer = office.done("plantilla", "fichas", "-o", tmp_path)
    path = tmp_path / "plantilla-fichas.xlsx"
    assert answer["ruta"] == str(path)
    made = opened(path.read_bytes())
    assert made.sheetnames == ["Instrucciones", *NAMES, "Listas"]
    assert made["Instrucciones"]["B2"].value.startswith("En la hoja Fichas")
    districts = [cell.value for cell in made["Listas"]["A"]]
    assert len(districts) > 100
    assert all(district.startswith("05") for district in districts)
    assert "050108 Quinua (Huamanga)" in districts
    assert all(made[name].freeze_panes == "A2" for name in NAMES)
    # What is filled in with openpyxl, as with any other program, can be imported.
    for column, value in enumerate((1, "20/11/2026", "9:30", 1130, "presencial"), 1):
        made["Fichas"].cell(2, column).value = value
    made["Distritos"].append([1, "quinua", "DIAGNOSTICO"])
    path.write_bytes(saved(made))
    seen = office.done("ficha", "importar", path, "--previa")
    assert counted(seen) == (1, 1, 0, 0)
    filled = path.read_bytes()
    for target in (path, tmp_path):
        assert office.json("plantilla", "fichas", "-o", target).error == "hoja.exists"
    assert path.read_bytes() == filled
    again = office.done("plantilla", "fichas", "-o", path, "--reemplazar")
    assert again["sha256"] == answer["sha256"]


@pytest.mark.parametrize("order", [("plantilla", "fichas"), ("acuerdos", "matriz")])
def test_a_workbook_is_named_as_one(
    office: Machine, tmp_path: Path, order: tuple[str, str]
) -> None:
    for name in ("x.pdf", "x.csv", "x"):
        told = office.json(*order, "-o", tmp_path / "nueva" / name)
        assert (told.code, told.error) == (2, "cli.workbook_file")
    assert not (tmp_path / "nueva").exists()


def test_a_look_before_keeps_nothing(office: Machine, book: Path) -> None:
    for seal in ((), ("--sellar", "--motivo", "Por escanear")):
        seen = office.done("ficha", "importar", book, "--previa", *seal)
        assert counted(seen) == (2, 2, 2 if seal else 0, 0)
        assert [row["codigo"] for row in seen["detalle"]] == [None, None]
    told = office("ficha", "importar", book, "--previa")
    assert told.out.startswith("Vista previa, no se importó nada. De 2 filas se importarían 2")
    assert "Fila 2: quedaría en borrador." in told.out
    assert "aviso en Responsables!E2: Falta el escaneo" in told.out
    assert office.done("ficha", "listar")["fichas"] == []


def test_what_is_wrong_is_told_by_cell_and_nothing_is_kept(office: Machine, book: Path) -> None:
    book.write_bytes(written(slips(3)))
    answer = office.done("ficha", "importar", book, "--sellar", "--motivo", "m", code=1)
    assert counted(answer) == (4, 0, 0, 4)
    cells = {
        problem["celda"]: problem["code"]
        for row in answer["detalle"]
        for problem in row["problemas"]
    }
    assert cells == {
        "Fichas!B2": "hoja.date",
        "Acuerdos!D2": "hoja.date",
        "Fichas!D3": "hoja.time",
        "Fichas!E3": "hoja.choice",
        "Seguimientos!D3": "hoja.percent",
        "Distritos!B4": "hoja.district_unknown",
        "Nudos!A5": "hoja.key_unknown",
    }
    last = answer["detalle"][-1]
    assert (last["hoja"], last["fila"], last["celda"]) == ("Nudos", 5, "Nudos!A5")
    told = office("ficha", "importar", book)
    assert (told.code, told.err) == (1, "")
    assert "rechazo en Distritos!B4: «Santa Rosa de Lima» no es un distrito" in told.out
    assert "No se importó nada" in told.out
    assert office.done("ficha", "listar")["fichas"] == []


def test_the_shape_is_asked_where_a_cell_cannot_tell(office: Machine, book: Path) -> None:
    rows = visits(2)
    rows["Nudos"][1] = {**rows["Nudos"][1], "Indicador": "¡no!"}
    rows["Acuerdos"][0] = {**rows["Acuerdos"][0], "Nudo que atiende": 9}
    book.write_bytes(written(rows))
    answer = office.done("ficha", "importar", book, code=1)
    told = {row["celda"]: row["problemas"][0]["code"] for row in answer["detalle"]}
    assert told == {"Acuerdos!G2": "schema.nudo_index", "Nudos!E3": "schema.pattern"}


def test_partly_takes_the_good_ones_and_sealing_needs_a_reason(tmp_path: Path, book: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    rows = visits(3)
    rows["Fichas"][1] = {**rows["Fichas"][1], "Fecha": "ayer"}
    book.write_bytes(written(rows))
    answer = machine.done(
        "ficha", "importar", book, "--parcial", "--sellar", "--motivo", "Por escanear", code=1
    )
    assert counted(answer) == (3, 2, 2, 1)
    estados = [(row["fila"], row["estado"]) for row in answer["detalle"]]
    assert estados == [(2, "sellada"), (3, "rechazada"), (4, "sellada")]
    shown = machine.done("ficha", "mostrar", answer["detalle"][0]["codigo"])["contenido"]
    assert (shown["origen"], shown["gobierno_regional"], shown["temas"]) == (
        "papel",
        "05",
        ["salud"],
    )
    assert [firma["tipo"] for firma in shown["firmas"]] == ["papel", "papel"]
    assert shown["acuerdos"][0]["nudo"] == 0
    assert machine.done("datos", "comprobar")["registros"] == 2


def test_a_book_goes_without_attachments(office: Machine, book: Path, tmp_path: Path) -> None:
    result = office.json("ficha", "importar", book, "--adjuntos", tmp_path)
    assert (result.code, result.error) == (2, "cli.sheet_with_attachments")
    book.write_bytes(written({name: [] for name in NAMES}))
    assert office.json("ficha", "importar", book).error == "cli.no_rows"


def test_a_known_agreement_is_answered_in_the_sheet(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    machine.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=jsonl(pending_row(1)))
    (known,) = machine.done("acuerdos", "listar")["acuerdos"]
    path = tmp_path / "plantilla.xlsx"
    machine.done("plantilla", "fichas", "-o", path)
    made = opened(path.read_bytes())
    assert made.sheetnames == ["Instrucciones", *NAMES, "Acuerdos abiertos", "Listas"]
    titles, shown = made["Acuerdos abiertos"].iter_rows(values_only=True, max_row=2)
    assert titles[-1] == "Código"
    assert (*shown[:3], shown[4]) == ("Quinua", "Jornada", "Wilber Ayme", known["id"])
    assert f"{shown[3]:%d/%m/%Y}" == "15/12/2026"
    choice = f"Quinua: Jornada · {known['id']}"
    (offered,) = (
        rule
        for rule in made["Seguimientos"].data_validations.dataValidation
        if str(rule.sqref).startswith("I2")
    )
    assert offered.formula1 == f'"{choice}"'
    # A code that is typed is not in the list: the import judges it.
    assert not offered.showErrorMessage

    rows = visits(1)
    rows["Fichas"][0] = {**rows["Fichas"][0], "Fecha": "20/11/2026"}
    rows["Distritos"][0] = {**rows["Distritos"][0], "Sesión": "Seguimiento"}
    for name, firma in (("Responsables", "Pendiente"), ("Destinatarios", "No firmó")):
        reason = {"Firma": firma, "Motivo sin firma": "Estuvo de viaje"}
        rows[name][0] = {**rows[name][0], **reason}
    rows["Seguimientos"].append({NUMERO: 1, "Acuerdo (código)": choice, "Estado": "En proceso"})
    path.write_bytes(written(rows))
    # Neither the agreement nor the signatures ask for another reason.
    answer = machine.done("ficha", "importar", path, "--sellar")
    assert counted(answer) == (1, 1, 1, 0)
    assert answer["detalle"][0]["problemas"] == []
    said = machine.done("ficha", "mostrar", answer["detalle"][0]["codigo"])["contenido"]
    assert [item["acuerdo"] for item in said["seguimientos"]] == [None, known["id"]]
    assert [(item["code"], item["motivo"]) for item in said["advertencias"]] == [
        ("ficha.firma_pending", "Estuvo de viaje"),
        ("ficha.firma_refused", "Estuvo de viaje"),
    ]
    states = {item["id"]: item["estado"] for item in machine.done("acuerdos", "listar")["acuerdos"]}
    assert states[known["id"]] == "en_proceso"


def test_a_code_of_no_agreement_is_told_by_cell(office: Machine, book: Path) -> None:
    rows = visits(1)
    rows["Seguimientos"][0] = {**rows["Seguimientos"][0], "Acuerdo (código)": "019a0000-ffff"}
    book.write_bytes(written(rows))
    answer = office.done("ficha", "importar", book, code=1)
    (refused,) = answer["detalle"]
    (problem,) = refused["problemas"]
    assert (problem["celda"], problem["code"]) == ("Seguimientos!I2", "hoja.acuerdo_unknown")


def test_a_wrong_number_of_a_ficha_is_told_once(office: Machine, book: Path) -> None:
    rows = visits(2)
    rows["Fichas"][0] = {**rows["Fichas"][0], NUMERO: "1O"}
    book.write_bytes(written(rows))
    answer = office.done("ficha", "importar", book, code=1)
    refused = [row for row in answer["detalle"] if row["problemas"]]
    (problem,) = refused[0]["problemas"]
    assert len(refused) == 1
    assert (problem["celda"], problem["code"]) == ("Distritos!A2", "hoja.key_unknown_rows")
    assert "El N.º 1 está en 6 filas" in office("ficha", "importar", book).out
