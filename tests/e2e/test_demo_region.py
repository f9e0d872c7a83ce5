"""The rehearsal of a region: its figures are those that the words of the design give."""

import json
import shutil
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.rehearsal.cast import FICHAS, FIRST_VISITS, STOLEN, Who
from fichaat.bootstrap import Program
from fichaat.cli.demo_region import RegionTour
from fichaat.cli.progress import Job
from fichaat.domain.errors import CancelledError
from fichaat.system.settings import Settings
from tests.e2e.reference_region import Line, Region
from tests.support.few_papers import FewPapers
from tests.support.program import Machine

PLAIN = "region-completa-sin-cifrar.fichaat"
DRAWN = 10
"""One paper in so many is drawn: what is looked at here are records."""

COORDINATOR = (
    "--practica",
    "--rol=coordinador",
    "--region=05",
    "--nombre=Coordinadora Ficticia de Relevo",
    "--cargo=Coordinadora",
    "--entidad=Gobierno Regional de Ayacucho",
)


@dataclass(frozen=True)
class Rehearsed:
    """What one rehearsal left."""

    root: Path
    told: dict[str, Any]
    reference: Region

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def figures(self) -> dict[str, Any]:
        return dict(self.told["cifras"])

    def laptop(self, who: Who) -> Machine:
        """Somebody's data folder, as it stayed."""
        machine = Machine(self.root, f"de-{who.value}")
        machine.folder = self.root / "equipos" / who.value
        machine.clave = self.root / "equipos" / "clave.txt"
        machine.environ["FICHAAT_DATOS"] = str(machine.folder)
        machine.environ["FICHAAT_CLAVE_ARCHIVO"] = str(machine.clave)
        return machine

    def device(self, who: Who) -> str:
        return str(self.laptop(who).done("perfil", "mostrar")["device"])


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    root = tmp_path_factory.mktemp("ensayo")
    machine = Machine(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Program, "renderer", property(lambda _: FewPapers(DRAWN)))
        told = machine.done(
            "demo", "--region", "--salida", root / "out", "--carpetas", root / "equipos"
        )
    return Rehearsed(root, told, Region.of(root / "out" / PLAIN, told["raiz"]["device"]))


def fichas(machine: Machine) -> list[Any]:
    """Every line of the list, as scripts get it, in an order of its own; but what left from here,
    which each installation knows for itself.
    """
    rows = machine.done("ficha", "listar", "--limite", "10000")["fichas"]
    for row in rows:
        if row["entrega"] is not None:
            del row["entrega"]["exportada"]
    return sorted(rows, key=lambda row: (row["id"], row["sha256"]))


def test_the_figures_are_those_of_the_reference(rehearsed: Rehearsed) -> None:
    reference = rehearsed.reference.figures()
    assert rehearsed.figures.keys() == reference.keys()
    for name, figure in reference.items():
        assert rehearsed.figures[name] == figure, name


def test_everything_that_was_to_happen_happened(rehearsed: Rehearsed) -> None:
    told, figures = rehearsed.told, rehearsed.figures
    assert told["fichas_selladas"] == FICHAS == 600
    assert told["sin_acuse"] == {"cumplida": 0, "huamanga-campo": 0}
    assert len(told["raiz"]["palabras"]) == 8
    # 20 were in the lost volume and 5 on the lost disk; 12 came of a thief, 9 of an impostor.
    assert figures["fichas"] == 600 - 20 - 5 + 12 + 9
    assert figures["fichas_por_estado"] == {
        "anulada": 1,
        "aprobada": 23,
        "conflicto": 1,
        "cuarentena": 53,
        "observada": 2,
        "rechazada": 1,
        "recibida": 506,
        "visada": 9,
    }
    assert figures["equipos_por_estado"] == {
        "aprobado": 10,
        "fuera_de_vigencia": 1,
        "por_aprobar": 3,
        "revocado": 1,
    }
    # Before them stood that laptop's reception of what the region had answered.
    assert [gap["hasta"] - gap["desde"] + 1 for gap in figures["huecos"]] == [20 + 1]
    assert len(figures["bifurcaciones"]) == 12
    assert figures["cuarentena_por_motivo"] == {
        "fuera_de_ambito": 20,
        "fuera_de_vigencia": 10,
        "otra_linea": 1,
        "por_aprobar": 2,
        "revocado": 10 + STOLEN + 1,
        "sin_derecho": 3,
    }


def test_the_files_that_it_leaves(rehearsed: Rehearsed) -> None:
    out = rehearsed.out
    left = {Path(item["ruta"]).name for item in rehearsed.told["archivos"]}
    assert left == {
        "region-completa.fichaat",
        PLAIN,
        "respuesta.fichaat",
        *(f"ficha-{number}.pdf" for number in (1, 2, 3)),
    }
    assert {path.name for path in out.iterdir()} == left | {"resumen.txt", "resumen.json"}
    assert json.loads((out / "resumen.json").read_bytes()) == rehearsed.told
    summary = (out / "resumen.txt").read_text(encoding="utf-8")
    assert all(step in summary for step in rehearsed.told["pasos"])
    for name in ("region-completa.fichaat", "respuesta.fichaat"):
        assert (out / name).read_bytes().startswith(b"age-encryption.org/v1")
    for number in (1, 2, 3):
        assert (out / f"ficha-{number}.pdf").read_bytes().startswith(b"%PDF")


def test_the_coordinators_lists_say_what_the_reference_says(rehearsed: Rehearsed) -> None:
    machine, region = rehearsed.laptop(Who.COORDINADORA), rehearsed.reference
    listed = {
        (row["id"], row["sha256"]): (row["version"], row["estado"], row["aprobacion"])
        for row in fichas(machine)
    }
    assert listed == {
        (line.id, line.head.sha256): (
            line.head.version,
            line.estado,
            line.marks[line.head.sha256],
        )
        for line in region.lines
    }
    assert machine.done("datos", "comprobar")["diferencias"] == []


def test_the_inbox_says_what_the_reference_says(rehearsed: Rehearsed) -> None:
    inbox = rehearsed.laptop(Who.COORDINADORA).done("recepcion", "mostrar")
    figures = rehearsed.reference.figures()
    assert {(row["sha256"], row["motivo"]) for row in inbox["cuarentena"]} == {
        (row["sha256"], row["motivo"]) for row in figures["cuarentena"]
    }
    assert [(gap["chain"], gap["desde"], gap["hasta"]) for gap in inbox["huecos"]] == [
        (gap["chain"], gap["desde"], gap["hasta"]) for gap in figures["huecos"]
    ]
    assert {(fork["chain"], fork["sequence"]) for fork in inbox["bifurcaciones"]} == {
        (fork["chain"], fork["secuencia"]) for fork in figures["bifurcaciones"]
    }
    sides = [len(conflict["lados"]) for conflict in inbox["conflictos"]]
    assert sides == [2] * len(figures["conflictos"])
    assert len(inbox["por_aprobar"]) == figures["equipos_por_estado"]["por_aprobar"]


def test_a_thief_gets_nothing_counted(rehearsed: Rehearsed) -> None:
    stolen = rehearsed.device(Who.ROBADA)
    lines = [line for line in rehearsed.reference.lines if line.origin == stolen]
    counted = [line for line in lines if line.estado != "cuarentena"]
    assert len(counted) == FIRST_VISITS[Who.ROBADA]
    assert {line.head.version for line in counted} == {1}
    assert Counter(map(reason, lines)) == {"aprobado": 40, "revocado": 10 + STOLEN}


def test_an_impostor_takes_nothing_from_the_one_it_imitates(rehearsed: Rehearsed) -> None:
    region = rehearsed.reference
    author, impostor = rehearsed.device(Who.CUMPLIDA), rehearsed.device(Who.IMPOSTOR)
    of_author = {line.id: line for line in region.lines if line.origin == author}
    of_impostor = [line for line in region.lines if line.origin == impostor]
    assert {line.estado for line in of_author.values()} == {"sellada"}
    assert {reason(line) for line in of_author.values()} == {"aprobado"}
    assert {reason(line) for line in of_impostor} == {"por_aprobar"}
    copied = [line for line in of_impostor if line.id in of_author]
    assert [line.estado for line in copied] == ["cuarentena"]
    names = {item.device: item.author for item in region.records}
    assert names[author] == names[impostor]


def test_the_new_laptop_continues_what_the_old_one_began(rehearsed: Rehearsed) -> None:
    old, new = rehearsed.device(Who.VIEJA), rehearsed.device(Who.NUEVA)
    lines = [line for line in rehearsed.reference.lines if line.origin == old]
    assert Counter(line.estado for line in lines) == {"sellada": 49, "anulada": 1}
    assert [line.head.version for line in lines if line.head.device == new] == [2]


def test_a_restored_laptop_goes_on_in_a_chain_of_its_own(rehearsed: Rehearsed) -> None:
    device, region = rehearsed.device(Who.RESTAURADA), rehearsed.reference
    chains = {item.chain for item in region.records if item.device == device}
    assert len(chains) == 2
    assert not chains & {row["chain"] for row in rehearsed.figures["huecos"]}
    assert not chains & {row["chain"] for row in rehearsed.figures["bifurcaciones"]}
    lines = [line for line in region.lines if line.origin == device]
    assert [reason(line) for line in lines] == ["aprobado"] * (40 + 5 + 20)


def test_whoever_has_the_same_records_sees_the_same(rehearsed: Rehearsed, tmp_path: Path) -> None:
    """A laptop that never met the others: one file, one comparison of eight words."""
    first = Machine(tmp_path, "copia")
    shutil.copytree(rehearsed.laptop(Who.COORDINADORA).folder, first.folder)
    shutil.copy(rehearsed.laptop(Who.COORDINADORA).clave, first.clave)
    second = Machine(tmp_path, "tercera", now="2026-11-21T11:00:00-05:00")
    second.create(*COORDINATOR)
    second.done("paquete", "importar", rehearsed.out / PLAIN, code=3)
    before = fichas(second)
    second.done("region", "aceptar", *rehearsed.told["raiz"]["palabras"])
    assert before != fichas(second) == fichas(first)
    # Its own reception is all that the coordinator has not: then nothing at all differs.
    (answer,) = second.done(
        "paquete", "exportar", "-o", tmp_path, "--para", rehearsed.device(Who.COORDINADORA)
    )["archivos"]
    first.done("paquete", "importar", answer["ruta"], code=3)
    assert first.done("datos", "comprobar") == second.done("datos", "comprobar")


def test_an_answer_brings_nothing_twice(rehearsed: Rehearsed) -> None:
    specialist = rehearsed.laptop(Who.CUMPLIDA)
    answer = rehearsed.out / "respuesta.fichaat"
    # It holds all that the answer before held, and nothing happened to its fichas since.
    held = specialist.done("datos", "comprobar")
    for _ in range(2):
        told = specialist.json("paquete", "importar", answer).json
        assert len(told["registros"]) > 20
        assert {item["resultado"] for item in told["registros"]} == {"known"}
    assert specialist.done("datos", "comprobar") == held


def test_nobody_else_opens_what_went_to_the_region(rehearsed: Rehearsed) -> None:
    sealed = rehearsed.out / "region-completa.fichaat"
    refused = rehearsed.laptop(Who.VENCIDA).done("paquete", "verificar", sealed, code=1)
    assert refused["codigo"] == "bundle.encrypted_for_others"
    assert not zipfile.is_zipfile(sealed)


def test_a_folder_in_use_and_a_lonely_option_are_refused(
    rehearsed: Rehearsed, tmp_path: Path
) -> None:
    machine = Machine(tmp_path)
    used = machine.json(
        "demo", "--region", "--salida", tmp_path / "out", "--carpetas", rehearsed.root / "equipos"
    )
    assert (used.code, used.error) == (1, "ensayo.folder_used")
    lonely = machine.json("demo", "--salida", tmp_path / "out", "--carpetas", tmp_path / "x")
    assert (lonely.code, lonely.error) == (2, "ensayo.only_region")


def test_a_stopped_rehearsal_leaves_no_laptops(tmp_path: Path) -> None:
    token = CancelToken()
    program = Program(Settings.of({}))
    tour = RegionTour(program, tmp_path, str(tmp_path / "equipos"), Job(stop(token), token))
    with pytest.raises(CancelledError):
        tour.run()
    assert not (tmp_path / "equipos").exists()
    assert tour.files == []


def stop(token: CancelToken) -> Progress:
    """Whoever looks at the bar changes their mind at the first step."""

    def look(done: int, total: int) -> None:
        token.cancel()

    return look


def reason(line: Line) -> str:
    """The standing of the version that holds."""
    return line.marks[line.head.sha256]
