"""A newer official list of districts on one computer: looked at, kept, saved, undone."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from fichaat.application.catalogue.content import CatalogueContent, write_json
from fichaat.application.catalogue.ubigeo_csv import write_official
from fichaat.application.changes import Kind
from fichaat.application.papers import Late
from fichaat.application.ports.rows import FichaFilter
from fichaat.application.repository.names import ficha_folder
from fichaat.domain.catalogo import Firmante
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Distrito
from fichaat.system.territorio_file import load_territorio
from tests.support.catalogues import COMPLETE, TERRITORIO
from tests.support.fault_stage import opened
from tests.support.program import Machine
from tests.support.region_scene import RegionScene
from tests.support.rows import jsonl, pending_row, row

QUINUA = "050108"
NEW = Distrito("050199", "Ayacucho", "Huamanga", "Nuevo Amanecer")

Change = Callable[[dict[str, Distrito]], None]


@pytest.fixture(scope="module")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    machine = Machine(tmp_path_factory.mktemp("ubigeo"))
    machine.create()
    return machine


@pytest.fixture
def office(office_template: Machine) -> Machine:
    """With the list that came along; every test leaves it so."""
    office_template.json("catalogo", "ubigeo", "--oficial")
    return office_template


def listed(machine: Machine, change: Change, name: str = "lista.csv") -> Path:
    rows = dict(TERRITORIO.distritos)
    change(rows)
    path = machine.root / name
    path.write_text(write_official(tuple(rows.values())), encoding="utf-8")
    return path


def without_quinua(rows: dict[str, Distrito]) -> None:
    del rows[QUINUA]
    rows[NEW.ubigeo] = NEW
    rows["050101"] = replace(rows["050101"], distrito="Huamanga Centro")
    gone = rows.pop("050102")
    rows["050198"] = replace(gone, ubigeo="050198")


def without_huanta(rows: dict[str, Distrito]) -> None:
    del rows["050401"]


def own_list(machine: Machine) -> Any:  # noqa: ANN401  # what it says of itself
    return machine.done("catalogo", "ubigeo")


def test_a_list_is_looked_at_then_kept_then_undone(office: Machine) -> None:
    path = listed(office, without_quinua)
    seen = office.done("catalogo", "ubigeo", path, "--previa")
    assert not seen["aplicado"]
    assert [item["ubigeo"] for item in seen["agregados"]] == [NEW.ubigeo]
    assert [item["ubigeo"] for item in seen["quitados"]] == [QUINUA]
    assert [item["despues"]["distrito"] for item in seen["renombrados"]] == ["Huamanga Centro"]
    assert [(item["antes"]["ubigeo"], item["despues"]["ubigeo"]) for item in seen["movidos"]] == [
        ("050102", "050198")
    ]
    assert own_list(office) == {"oficial": True, "distritos": len(TERRITORIO.distritos)}
    applied = office.done("catalogo", "ubigeo", path)
    assert applied == {**seen, "aplicado": True}
    assert own_list(office) == {"oficial": False, "distritos": len(TERRITORIO.distritos)}
    with opened(office) as session:
        assert session.here.territorio.get(NEW.ubigeo) == NEW
        assert session.here.territorio.get(QUINUA) is None
    again = office.json("catalogo", "ubigeo", path)
    assert (again.code, again.error) == (1, "distritos.unchanged")
    back = office.done("catalogo", "ubigeo", "--oficial", "--previa")
    assert [item["ubigeo"] for item in back["agregados"]] == [QUINUA]
    assert office.done("catalogo", "ubigeo", "--oficial")["aplicado"]
    assert own_list(office)["oficial"]
    assert office.json("catalogo", "ubigeo", "--oficial").error == "distritos.unchanged"


def test_the_own_list_given_again_is_the_own_list(office: Machine) -> None:
    office.done("catalogo", "ubigeo", listed(office, without_quinua))
    office.done("catalogo", "ubigeo", listed(office, lambda _: None))
    assert own_list(office)["oficial"]


def test_an_open_session_uses_the_new_list_at_once(office: Machine) -> None:
    path = listed(office, without_quinua)
    with opened(office) as session:
        shipped = load_territorio()
        here = session.here.territorio
        _, changes = session.update_ubigeo.apply(path)
        assert Kind.UBIGEO in changes
        assert here.get(QUINUA) is None
        assert here.known(QUINUA) == TERRITORIO.distritos[QUINUA]
        assert here.search("nuevo amanecer") == [NEW]
        session.update_ubigeo.restore()
        assert (here.get(QUINUA), here.get(NEW.ubigeo)) == (TERRITORIO.distritos[QUINUA], None)
        assert here.known(NEW.ubigeo) == NEW
        assert shipped.known(NEW.ubigeo) is None


def test_a_refused_list_leaves_the_one_in_use(office: Machine) -> None:
    path = listed(office, without_quinua)
    path.write_text(path.read_text("utf-8") + "050101,Ayacucho,Huamanga,Otra vez\n", "utf-8")
    with opened(office) as session:
        with pytest.raises(UserFacingError, match=r"distritos\.has_errors"):
            session.update_ubigeo.apply(path)
        assert session.here.territorio.get(QUINUA) is not None


def test_fichas_of_codes_that_are_gone_stay_and_keep_their_name(office: Machine) -> None:
    done = office.done("ficha", "importar", "-", stdin=jsonl(row()))
    codigo = done["detalle"][0]["codigo"]
    path = listed(office, without_quinua)
    seen = office.done("catalogo", "ubigeo", path, "--previa")
    (problem,) = seen["problemas"]
    assert (problem["code"], problem["params"]["fichas"]) == ("distritos.removed_fichas", 1)
    office.done("catalogo", "ubigeo", path)
    shown = office("ficha", "mostrar", codigo)
    assert "Quinua (Huamanga)" in shown.out
    before = office.json("ficha", "validar", codigo).json["problemas"]
    assert "ficha.distrito_unknown" not in {item["code"] for item in before}
    office.done("catalogo", "ubigeo", listed(office, without_huanta))
    with opened(office) as session:
        known = session.here.territorio.conocidos
        assert known.keys() >= {QUINUA, NEW.ubigeo, "050401", "050198"}
        assert session.here.territorio.get("050401") is None
    office.done("catalogo", "ubigeo", "--oficial")
    assert office.json("ficha", "validar", codigo).json["problemas"] == before
    office.done("ficha", "descartar", codigo)


def with_another_code(rows: dict[str, Distrito]) -> None:
    rows["050190"] = replace(rows.pop(QUINUA), ubigeo="050190")


def test_a_district_in_use_that_has_another_code_is_told_with_it(office: Machine) -> None:
    done = office.done("ficha", "importar", "-", stdin=jsonl(row()))
    seen = office.done("catalogo", "ubigeo", listed(office, with_another_code), "--previa")
    (problem,) = seen["problemas"]
    assert (problem["code"], problem["params"]["nuevo"]) == ("distritos.moved_fichas", "050190")
    office.done("ficha", "descartar", done["detalle"][0]["codigo"])


def test_a_sealed_paper_keeps_the_name_of_a_district_that_is_gone(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    line = jsonl(pending_row(1))
    machine.done("ficha", "importar", "-", "--sellar", "--motivo", "Viaje", stdin=line)
    names = printed_names(machine)
    assert names[QUINUA] == ("Quinua", "Huamanga")
    machine.done("catalogo", "ubigeo", listed(machine, without_quinua))
    assert printed_names(machine) == names


def printed_names(machine: Machine) -> Mapping[str, tuple[str, str]]:
    with opened(machine) as session, session.here.store.read() as reader:
        (row,) = reader.fichas(FichaFilter())
        record = reader.record(row.sha256)
        assert record is not None
        return session.papers.paper(reader, record, Late()).distritos


def test_a_backup_holds_the_list(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    machine.done("catalogo", "ubigeo", listed(machine, without_quinua))
    backup = machine.done("respaldo", "crear", "-o", tmp_path / "copias")
    restored = Machine(tmp_path, "otra")
    restored.done("respaldo", "restaurar", backup["ruta"])
    assert not own_list(restored)["oficial"]
    with opened(restored) as session:
        assert session.here.territorio.get(NEW.ubigeo) == NEW


def test_a_signatory_that_is_gone_is_told(region_scene: RegionScene) -> None:
    coord = region_scene.coord
    content = CatalogueContent(firmantes=(Firmante(QUINUA, COMPLETE.firmantes[0].firmo_el),))
    path = region_scene.folder / "c.json"
    path.write_bytes(write_json(content))
    coord.done("catalogo", "publicar", path)
    seen = coord.done("catalogo", "ubigeo", listed(coord, without_quinua), "--previa")
    assert {item["code"] for item in seen["problemas"]} == {
        "distritos.removed_fichas",
        "distritos.removed_firmante",
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("050101,Ayacucho", "5010,Ayacucho"), "row_code"),
        (lambda text: text + "050101,Ayacucho,Huamanga,Otra vez\n", "row_repeated"),
        (lambda text: text.replace("Huamanga,Acocro", ",Acocro"), "row_name"),
    ],
)
def test_a_wrong_row_changes_nothing(
    change: Callable[[str], str], code: str, office: Machine
) -> None:
    path = listed(office, without_quinua)
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    for more in ((), ("--previa",)):
        answer = office.done("catalogo", "ubigeo", path, *more, code=1)
        assert not answer["aplicado"]
        assert {item["code"] for item in answer["problemas"]} == {f"distritos.{code}"}
    assert own_list(office)["oficial"]


def test_a_list_of_one_region_or_none_is_refused(office: Machine) -> None:
    rows = [item for code, item in TERRITORIO.distritos.items() if code.startswith("05")]
    path = office.root / "una.csv"
    path.write_text(write_official(rows), "utf-8")
    assert office.json("catalogo", "ubigeo", path).error == "distritos.region_missing"
    path.write_bytes(b"\x89PNG\r\n")
    assert office.json("catalogo", "ubigeo", path).error in {"distritos.text", "distritos.header"}
    assert office.json("catalogo", "ubigeo", office.root / "no.csv").error == "system.file_missing"
    assert own_list(office)["oficial"]


def test_the_command_wants_a_list_or_the_own_one(office: Machine) -> None:
    path = listed(office, without_quinua)
    assert office.json("catalogo", "ubigeo", path, "--oficial").code == 2
    assert office.json("catalogo", "ubigeo", "--previa").code == 2


def test_a_kept_list_that_cannot_be_read_keeps_nobody_out(office: Machine) -> None:
    with opened(office) as session, session.here.store.write() as tx:
        tx.set_setting("ubigeo", "basura")
        tx.set_setting("ubigeo_former", "ubigeo,departamento,provincia,distrito\nx,y,z,w\n")
    with opened(office) as session:
        assert len(session.here.territorio.distritos) == len(TERRITORIO.distritos)
    office.json("catalogo", "ubigeo", "--oficial")


def test_coverage_and_the_repository_keep_the_place_of_a_code_that_moved(office: Machine) -> None:
    office.done("catalogo", "ubigeo", listed(office, without_quinua))
    with opened(office) as session:
        territorio = session.here.territorio
        assert territorio.get(QUINUA) is None
        day = session.here.clock.now().date()
        folder = ficha_folder(territorio, QUINUA, day)
        gone = territorio.lugar(QUINUA)
    assert folder == f"Huamanga/{QUINUA}-Quinua/{day.isoformat()}"
    assert (gone.distrito, gone.provincia) == ("Quinua", "Huamanga")
    office.done("catalogo", "ubigeo", "--oficial")
