"""Agreements of a visit reach every laptop of the region, and what each says of them comes back."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from fichaat.bootstrap import Program
from fichaat.system.settings import Settings
from tests.e2e.test_region import COORDINATOR, request_of, words_of
from tests.support.fichas import QUINUA
from tests.support.program import CHEAP_KEYS, PASSPHRASE, Machine
from tests.support.rows import STROKE, jsonl, pending_row

PROVINCE = (
    "--rol=provincial",
    "--region=05",
    "--provincia=0504",
    "--nombre=Teófilo Ñaupari",
    "--cargo=Responsable",
    "--entidad=Municipalidad Provincial",
)


class Stage:
    """A coordinator and two specialists whom the region has approved."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.llave = root / "region.llave"
        self.region, self.one, self.two = (Machine(root, n) for n in ("region", "uno", "dos"))

    def begin(self) -> None:
        self.region.create(*COORDINATOR)
        self.region.done("region", "crear", "--llave", self.llave)
        for machine in (self.one, self.two):
            self.join(machine)

    def join(self, made: Machine, *options: str) -> None:
        made.create(*options)
        told = self.region.done(
            "credencial", "aprobar", request_of(made), "--llave", self.llave, "-o", self.root / "r"
        )
        made.done("paquete", "importar", told["respuestas"][0]["archivos"][0]["ruta"], code=3)
        made.done("region", "aceptar", *words_of(self.region))

    def hand_in(self, machine: Machine) -> Any:  # noqa: ANN401  # the answer
        made = machine.done("paquete", "exportar", "-o", self.root / "usb")
        return self.region.done("paquete", "importar", made["archivos"][0]["ruta"])

    def answer(self, machine: Machine, *options: str) -> Any:  # noqa: ANN401  # the answer
        device = machine.done("perfil", "mostrar")["device"]
        told = ("paquete", "exportar", "-o", self.root / "r", "--para", device, *options)
        return machine.done("paquete", "importar", self.region.done(*told)["archivos"][0]["ruta"])


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a stage, to be copied."""
    root = tmp_path_factory.mktemp("acuerdos")
    Stage(root).begin()
    return root


@pytest.fixture
def stage(begun: Path, tmp_path: Path) -> Stage:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return Stage(tmp_path)


def seal(machine: Machine, number: int = 1, **changes: Any) -> str:  # noqa: ANN401  # any JSON
    """A visit with an agreement and a photo; its code."""
    photo = machine.root / "foto.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + STROKE)
    row = jsonl(pending_row(number, **changes))
    done = machine.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=row)
    codigo = str(done["detalle"][0]["codigo"])
    machine.done("ficha", "evidencia", codigo, "--adjunto", photo, "--clase", "foto")
    return codigo


def listed(machine: Machine, *options: str) -> list[Any]:
    return list(machine.done("acuerdos", "listar", *options)["acuerdos"])


def offered(machine: Machine, ubigeo: str = QUINUA) -> list[str]:
    """What *Nueva visita* begins with in «Seguimiento»."""
    program = Program(Settings.of(machine.environ))
    program.__dict__["keys"] = CHEAP_KEYS
    try:
        with program.open(machine.folder, PASSPHRASE) as session:
            draft, _ = session.start_visit(ubigeo)
            return [item.acuerdo or "" for item in draft.ficha.seguimientos]
    finally:
        program.close()


def clean(machine: Machine) -> bool:
    return bool(machine.done("datos", "comprobar")["diferencias"] == [])


def test_what_one_laptop_agreed_the_other_follows_up(stage: Stage) -> None:
    region, one, two = stage.region, stage.one, stage.two
    codigo, later = seal(one), seal(one, 2)
    stage.hand_in(one)
    region.done("revision", "aprobar", codigo)
    region.done("revision", "rechazar", later, "--motivo", "Es de otra región")
    told = stage.answer(two)
    assert told["huecos"] == []  # what stands between those records was left out on purpose
    (acuerdo,) = listed(two)
    assert (acuerdo["ficha"], acuerdo["distritos"]) == (codigo, [QUINUA])
    assert offered(two) == [acuerdo["id"]]
    found = two.done("recepcion", "mostrar")
    assert (found["huecos"], found["omitidos"] > 0) == ([], True)
    assert clean(two)
    # Neither the photo nor the paper came with it: nothing but the record.
    assert not list((stage.root / "r").glob("*.pdf"))
    move = ("acuerdos", "evento", acuerdo["id"][-8:], "--estado")
    two.done(*move, "cumplido", "--cumplido-el", "2026-11-20", "--comentario", "Hay acta")
    one.done(*move, "no_cumplido", "--motivo", "No se hizo")
    stage.hand_in(one)
    stage.hand_in(two)
    (disputed,) = listed(region, "--ver", "contradicciones")
    story = region.done("acuerdos", "mostrar", disputed["id"])
    heads = {event["equipo"]["device"] for event in story["eventos"] if event["cabeza"]}
    assert len(heads) == 2
    settled = region.done(*move, "en_proceso", "--avance", "50")
    assert not settled["contradiccion"]
    for machine in (one, two):
        stage.answer(machine)
        (line,) = [line for line in listed(machine) if line["ficha"] == codigo]
        assert (line["estado"], line["avance"]) == ("en_proceso", 50)
        assert not line["contradiccion"]
        assert clean(machine)
    assert clean(region)


def test_an_answer_repeats_nothing_that_is_known_to_have_come(stage: Stage) -> None:
    one, two = stage.one, stage.two
    seal(one)
    stage.hand_in(one)
    first = stage.answer(two)
    assert [item["kind"] for item in first["registros"]].count("ficha") == 1
    # As long as nobody says that it came, it is sent again; that changes nothing.
    again = stage.answer(two)
    assert {item["resultado"] for item in again["registros"]} <= {"known", "new"}
    assert [item["kind"] for item in again["registros"]].count("ficha") == 1
    seal(two, 5)
    stage.hand_in(two)
    third = stage.answer(two)
    assert "ficha" not in [item["kind"] for item in third["registros"]]
    device = two.done("perfil", "mostrar")["device"]
    whole = stage.region.done(
        "paquete", "exportar", "-o", stage.root / "r", "--para", device, "--todo"
    )
    told = two.done("paquete", "importar", whole["archivos"][0]["ruta"])
    assert [item["kind"] for item in told["registros"]].count("ficha") == 2
    # It closes: whoever was told of it hears that too.
    (acuerdo,) = [line for line in listed(one) if line["ficha"] != ""]
    done = ("--estado", "cumplido", "--cumplido-el", "2026-11-20")
    one.done("acuerdos", "evento", acuerdo["id"], *done)
    stage.hand_in(one)
    stage.answer(two)
    assert acuerdo["id"] not in [line["id"] for line in listed(two)]


def test_an_annulled_visit_takes_its_agreements_along_everywhere(stage: Stage) -> None:
    codigo = seal(stage.one)
    stage.hand_in(stage.one)
    stage.answer(stage.two)
    assert listed(stage.two)
    stage.one.done("ficha", "anular", codigo, "--motivo", "Se registró dos veces")
    stage.hand_in(stage.one)
    stage.answer(stage.two)
    assert not listed(stage.two)
    assert clean(stage.two)


def test_a_province_hears_of_its_own_places_only(stage: Stage) -> None:
    province = Machine(stage.root, "provincia")
    stage.join(province, *PROVINCE)
    seal(stage.one)
    elsewhere = "050401"
    person = {"entidad": "Municipalidad", "nombre": "Ana", "cargo": "Gerenta"}
    huanta = seal(
        stage.one,
        2,
        distritos=[{"ubigeo": elsewhere, "sesion": "diagnostico"}],
        destinatarios=[{"distrito": elsewhere, **person}],
    )
    stage.hand_in(stage.one)
    stage.answer(province)
    assert [line["ficha"] for line in listed(province)] == [huanta]
    # It holds what the region has acknowledged long ago: none of that waits for a delivery.
    left = province.json("paquete", "exportar", "-o", stage.root / "x")
    assert (left.code, left.error) == (1, "bundle.nothing_pending")
    assert clean(province)


def test_agreements_of_a_stranger_stay_with_the_region(stage: Stage) -> None:
    stranger = Machine(stage.root, "ajena")
    stranger.create()
    seal(stranger)
    made = stranger.done("paquete", "exportar", "-o", stage.root / "usb", "--sin-cifrar")
    stage.region.done("paquete", "importar", made["archivos"][0]["ruta"], code=3)
    stage.answer(stage.two)
    assert not listed(stage.two)


def test_what_was_left_out_on_purpose_is_told_from_what_was_lost(stage: Stage) -> None:
    """The attachments come later with the whole record: from then on they are missed."""
    stroke = stage.root / "trazo.json"
    stroke.write_bytes(STROKE)
    row = pending_row(1)
    person = row["responsables"][0]["id"]
    row["firmas"] = [firma for firma in row["firmas"] if firma["participante"] != person]
    done = stage.one.done("ficha", "importar", "-", stdin=jsonl(row))
    codigo = str(done["detalle"][0]["codigo"])
    sign = ("ficha", "firmar", codigo, "--participante", person)
    stage.one.done(*sign, "--trazos", stroke)
    stage.one.done("ficha", "sellar", codigo, "--motivo", "m")
    stage.hand_in(stage.one)
    stage.answer(stage.two)
    assert listed(stage.two)
    assert clean(stage.two)
    shown = stage.two.done("ficha", "mostrar", codigo)
    assert shown["contenido"]["codigo"] == codigo
    stage.two.done("ficha", "pdf", codigo, "-o", stage.root / "papel.pdf")
    made = stage.two.done("paquete", "exportar", "--todo", "-o", stage.root / "todo")
    stage.region.done("paquete", "importar", made["archivos"][0]["ruta"])
    assert clean(stage.region)
    whole = stage.one.done(
        "paquete", "exportar", "--todo", "--sin-cifrar", "-o", stage.root / "completo"
    )
    stage.two.done("paquete", "importar", whole["archivos"][0]["ruta"])
    assert clean(stage.two)


def test_the_commands_that_read_and_write_sheets(stage: Stage, tmp_path: Path) -> None:
    one = stage.one
    codigo = seal(one)
    book = tmp_path / "novedades.xlsx"
    made = one.done("plantilla", "acuerdos", "-o", book)
    assert made["bytes"] == book.stat().st_size
    empty = one.json("acuerdos", "importar", book)
    assert (empty.code, empty.error) == (1, "acuerdo.nothing_to_import")
    look = one.done("acuerdos", "importar", book, "--previa")
    assert (look["novedades"], look["sin_cambio"], look["aplicado"]) == (0, 1, False)
    (line,) = listed(one)
    done = one("acuerdos", "evento", line["id"][:13], "--estado", "en_proceso", "--avance", "40")
    assert done.out.startswith("Registrado.")
    assert "Quinua (Huamanga)" in done.out
    matrix = one.done("acuerdos", "matriz", "-o", tmp_path / "matriz.xlsx")
    assert (matrix["acuerdos"], matrix["eventos"]) == (1, 1)
    shown = one("acuerdos", "mostrar", line["id"])
    assert codigo in shown.out
    assert "en proceso" in shown.out
    assert one("acuerdos", "listar", "--ficha", "nada").out == "No hay acuerdos que mostrar.\n"
    assert not (tmp_path / "nada").exists()


@pytest.mark.parametrize(
    ("options", "code", "error"),
    [
        (("listar", "--ver", "algunos"), 2, "cli.bad_choice"),
        (("listar", "--estado", "listo"), 2, "cli.bad_choice"),
        (("listar", "--distrito", "0501"), 2, "cli.bad_district"),
        (("listar", "--provincia", "05"), 2, "cli.bad_province"),
        (("mostrar", "ffff"), 1, "acuerdo.unknown"),
        (("evento", "ffff", "--estado", "cumplido"), 1, "acuerdo.unknown"),
        (("evento", "ffff", "--estado", "hecho"), 2, "cli.bad_choice"),
        (("evento", "ffff", "--estado", "cumplido", "--avance", "101"), 2, "cli.bad_number"),
        (("evento", "x", "--estado", "cumplido", "--cumplido-el", "ayer"), 2, "cli.bad_day"),
        (("importar", "no-esta.xlsx"), 1, "cli.file_missing"),
    ],
)
def test_what_the_commands_refuse(
    office: Machine, options: tuple[str, ...], code: int, error: str
) -> None:
    result = office.json("acuerdos", *options)
    assert (result.code, result.error) == (code, error)
