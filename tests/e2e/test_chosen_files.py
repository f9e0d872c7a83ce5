"""What commands do to files that a person names: one rule for all of them."""

from pathlib import Path

import pytest

from tests.support.program import Machine

PAPER = ("ficha", "pdf", "--en-blanco", "-o")


@pytest.mark.parametrize(
    "order",
    [
        PAPER,
        ("perfil", "solicitud", "-o"),
        ("plantilla", "fichas", "-o"),
        ("acuerdos", "matriz", "-o"),
    ],
)
def test_a_file_is_replaced_only_on_request_and_only_by_its_kind(
    office: Machine, tmp_path: Path, order: tuple[str, ...]
) -> None:
    path = tmp_path / ("f.xlsx" if order[0] in ("plantilla", "acuerdos") else "f")
    path.write_bytes(b"una llave")
    taken = office.json(*order, path)
    assert (taken.code, taken.error) == (
        1,
        "hoja.exists" if order[0] == "plantilla" else "cli.file_exists",
    )
    assert office.json(*order, path, "--reemplazar").error == "system.other_kind"
    assert path.read_bytes() == b"una llave"
    path.unlink()
    office.done(*order, path)
    office.done(*order, path, "--reemplazar")
    inside = office.folder / ("f.xlsx" if path.suffix else "fichaat.db")
    assert office.json(*order, inside, "--reemplazar").error == "system.data_folder"
    far = tmp_path / "no" / path.name
    assert office.json(*order, far).error == "system.no_folder"
    assert not far.parent.exists()
    office.done("perfil", "mostrar")


def test_only_the_last_folder_is_made(office: Machine, tmp_path: Path) -> None:
    for order in (("paquete", "exportar", "-o"), ("respaldo", "crear", "-o")):
        told = office.json(*order, tmp_path / "no" / "hay")
        assert (told.code, told.error) == (1, "system.no_folder")
        assert office.json(*order, office.folder).error == "system.data_folder"
        assert office.json(*order, office.folder / "x").error == "system.in_data_folder"
        assert not (office.folder / "x").exists()
        office.json(*order, tmp_path / order[0])
        assert (tmp_path / order[0]).is_dir()
    assert not (tmp_path / "no").exists()


def test_a_region_key_goes_where_a_folder_is(office: Machine, tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "no" / "r.llave", "system.no_folder"),
        (office.folder / "r.llave", "system.data_folder"),
    ):
        assert office.json("region", "crear", "--llave", path).error == code
        assert not path.exists()


def test_the_data_folder_is_a_folder_with_a_name(machine: Machine, tmp_path: Path) -> None:
    for order in (("ficha", "listar"), ("perfil", "crear", "--practica"), ("demo",)):
        told = machine.json("--datos", "", *order)
        assert (told.code, told.error) == (2, "cli.blank_folder")
        assert machine.json(*order, "--datos", " ").error == "cli.blank_folder"
    file = tmp_path / "clave.txt"
    file.write_text("frase")
    for place in (file, file / "datos"):
        told = machine.json("--datos", place, "ficha", "listar")
        assert (told.code, told.error) == (1, "cli.data_is_file")
    assert machine.json("respaldo", "listar", "-o", file).error == "cli.not_a_folder"
    made = machine.json("--datos", file, "perfil", "crear", "--practica")
    assert made.error == "storage.not_a_folder"
