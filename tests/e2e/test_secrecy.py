"""What leaves is for its addressees alone, what came is kept, and a forgotten passphrase is no
lost work: through the program's own commands.
"""

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from fichaat.domain.record import sha256_hex
from tests.support.program import PASSPHRASE, Machine
from tests.support.rows import jsonl, pending_row

COORDINATOR = (
    "--rol=coordinador",
    "--region=05",
    "--nombre=Rosa Huamán",
    "--cargo=Coordinadora",
    "--entidad=Gobierno Regional de Ayacucho",
)
NEW = "otra frase de prueba"


class Region:
    """A coordinator and a specialist who believe the same region key."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.llave = root / "region.llave"
        self.office = Machine(root, "oficina")
        self.office.create(*COORDINATOR)
        made = self.office.done("region", "crear", "--llave", self.llave)
        self.words = made["llave_region"]["palabras"]
        self.laptop = Machine(root, "campo")
        self.laptop.create()

    def approve(self) -> None:
        """Request, approval, and the answer carried back; the laptop believes the region."""
        request = self.root / "solicitud.fichaat"
        self.laptop.done("perfil", "solicitud", "-o", request)
        self.office.done("credencial", "aprobar", request, "--llave", self.llave)
        (answer,) = export(self.office, self.root / "vuelta", "--todo", "--sin-cifrar")
        self.laptop.done("paquete", "importar", answer["ruta"], code=3)
        self.laptop.done("region", "aceptar", *self.words)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Region:
    region = Region(tmp_path_factory.mktemp("region"))
    region.approve()
    return region


@pytest.fixture
def region(made: Region, tmp_path: Path) -> Region:
    """A copy for each test."""
    shutil.copytree(made.root, tmp_path / "r")
    copied = object.__new__(Region)
    copied.root, copied.words = tmp_path / "r", made.words
    copied.llave = copied.root / "region.llave"
    copied.office, copied.laptop = Machine(copied.root, "oficina"), Machine(copied.root, "campo")
    return copied


def export(machine: Machine, folder: Path, *options: str) -> list[dict[str, Any]]:
    answer = machine.done("paquete", "exportar", "-o", folder, *options)
    assert all(item["cifrado"] == answer["cifrado"] for item in answer["archivos"])
    files: list[dict[str, Any]] = answer["archivos"]
    return files


def seal(machine: Machine) -> None:
    machine.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=jsonl(pending_row(1)))


def kept(machine: Machine) -> list[str]:
    return sorted(item.stem for item in machine.folder.glob("recibidos/*"))


def test_without_a_catalogue_everything_leaves_plain(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    seal(machine)
    (file,) = export(machine, tmp_path / "usb")
    assert file["cifrado"] is False
    assert "Sin cifrar" in machine("paquete", "exportar", "-o", tmp_path, "--todo").out


def test_an_export_is_for_the_region_and_its_author(region: Region) -> None:
    seal(region.laptop)
    (file,) = export(region.laptop, region.root / "usb")
    path = Path(file["ruta"])
    assert file["cifrado"] is True
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert file["sha256"] == sha256_hex(path.read_bytes())
    read = region.office.json("paquete", "verificar", path).json
    assert (read["intacto"], read["cifrado"]) == (True, True)
    assert region.laptop.json("paquete", "verificar", path).json["intacto"]
    stranger = Machine(region.root, "otro")
    stranger.create()
    refused = stranger.done("paquete", "verificar", path, code=1)
    assert (refused["codigo"], refused["cifrado"]) == ("bundle.encrypted_for_others", True)
    nobody = Machine(region.root, "nadie")
    assert nobody.done("paquete", "verificar", path, code=1)["codigo"] == "bundle.encrypted"


def test_plain_is_a_deliberate_choice(region: Region) -> None:
    seal(region.laptop)
    (file,) = export(region.laptop, region.root / "usb", "--sin-cifrar")
    assert file["cifrado"] is False
    assert Path(file["ruta"]).read_bytes().startswith(b"PK\x03\x04")


def test_a_request_always_travels_plain(region: Region) -> None:
    path = region.root / "otra.fichaat"
    assert region.laptop.done("perfil", "solicitud", "-o", path)["cifrado"] is False
    assert path.read_bytes().startswith(b"PK\x03\x04")


def test_what_was_imported_is_kept_and_legible_to_nobody_else(region: Region) -> None:
    seal(region.laptop)
    (sealed,) = export(region.laptop, region.root / "usb")
    (plain,) = export(region.laptop, region.root / "usb2", "--todo", "--sin-cifrar")
    before = kept(region.office)
    region.office.json("paquete", "importar", sealed["ruta"], "--previa")
    assert kept(region.office) == before
    for file in (sealed, plain, plain):
        assert region.office.json("paquete", "importar", file["ruta"]).json["aplicado"]
    assert set(kept(region.office)) - set(before) == {sealed["sha256"], plain["sha256"]}
    folder = region.office.folder / "recibidos"
    for name in kept(region.office):
        path = folder / f"{name}.fichaat"
        assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
        if os.name != "nt":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert region.office.json("paquete", "verificar", path).json["intacto"]
    assert (folder / f"{sealed['sha256']}.fichaat").read_bytes() == Path(
        sealed["ruta"]
    ).read_bytes()
    assert {item.suffix for item in folder.iterdir()} == {".fichaat"}


def test_a_refused_file_is_not_kept(region: Region) -> None:
    seal(region.laptop)
    (file,) = export(region.laptop, region.root / "usb")
    path, before = Path(file["ruta"]), kept(region.office)
    path.write_bytes(path.read_bytes()[:-1])
    refused = region.office.done("paquete", "importar", path, code=1)
    assert refused["codigo"] == "bundle.encrypted_damaged"
    assert kept(region.office) == before


# the forgotten passphrase


def ask(region: Region) -> tuple[Path, list[str]]:
    """The request of somebody who has no passphrase to give."""
    del region.laptop.environ["FICHAAT_CLAVE_ARCHIVO"]
    path = region.root / "pedido.json"
    order = ("perfil", "pedir-recuperacion", "-o", path, "--reemplazar")
    made = region.laptop.done(*order)
    return path, made["palabras"]


def answer(region: Region, request: Path) -> tuple[Path, dict[str, Any]]:
    path = region.root / "respuesta.json"
    order = ("region", "recuperar", request, "--llave", region.llave, "-o", path, "--reemplazar")
    told = region.office.done(*order)
    return path, told


def open_with(region: Region, response: Path, words: str, code: int = 0) -> Any:  # noqa: ANN401  # the shape of any answer
    spoken, clave = region.root / "palabras.txt", region.root / "nueva.clave"
    spoken.write_text(words, "utf-8")
    clave.write_text(NEW, "utf-8")
    region.laptop.environ["FICHAAT_CLAVE_ARCHIVO"] = str(clave)
    return region.laptop.done(
        "perfil", "abrir", "--recuperacion", response, "--palabras", spoken, code=code
    )


def test_the_region_helps_who_forgot_the_passphrase(region: Region) -> None:
    seal(region.laptop)
    request, words = ask(region)
    response, told = answer(region, request)
    assert told["palabras"] == words
    assert told["de"]["nombre"] == "Marleni Ñahui"
    assert len(told["codigo"]) == 12
    assert PASSPHRASE not in request.read_text("utf-8") + response.read_text("utf-8")
    assert not set(told["codigo"]) & set(response.read_text("utf-8").split('"'))
    assert open_with(region, response, " ".join(told["codigo"]).upper())["abierto"]
    device = region.laptop.done("perfil", "mostrar")["device"]
    assert device == told["de"]["device"]
    again = open_with(region, response, " ".join(told["codigo"]), 1)
    assert again["error"]["code"] == "recuperacion.other_folder", "an answer is good for once"
    region.laptop.clave.write_text("la que se olvidó")
    region.laptop.environ["FICHAAT_CLAVE_ARCHIVO"] = str(region.laptop.clave)
    assert region.laptop.json("perfil", "mostrar").error == "storage.wrong_passphrase"


def test_the_slot_outlives_a_change_of_passphrase(region: Region) -> None:
    nueva = region.root / "nueva.clave"
    nueva.write_text(NEW, "utf-8")
    region.laptop.done("perfil", "clave", "--nueva", nueva)
    request, _ = ask(region)
    response, told = answer(region, request)
    assert open_with(region, response, " ".join(told["codigo"]))["abierto"]


def test_wrong_words_another_folder_and_damage_have_their_codes(region: Region) -> None:
    request, _ = ask(region)
    response, told = answer(region, request)
    _, other = answer(region, request)
    words = " ".join(told["codigo"])
    response, told = answer(region, request)
    assert open_with(region, response, words, 1)["error"]["code"] == "recuperacion.wrong_words"
    assert other["codigo"] != told["codigo"]
    words = " ".join(told["codigo"])
    assert open_with(region, response, "no son", 1)["error"]["code"] == "trust.recovery_code"
    bad = region.root / "mala.json"
    for damaged in (b"{}", b"{", request.read_bytes(), response.read_bytes()[:-40]):
        bad.write_bytes(damaged)
        error = open_with(region, bad, words, 1)["error"]["code"]
        assert error == "recuperacion.not_an_answer"
    content = json.loads(response.read_bytes())
    content["pedido"] = "ab" * 32
    bad.write_text(json.dumps(content), "utf-8")
    assert open_with(region, bad, words, 1)["error"]["code"] == "recuperacion.other_folder"
    content["version"] = 2
    bad.write_text(json.dumps(content), "utf-8")
    assert open_with(region, bad, words, 1)["error"]["code"] == "recuperacion.newer"


def test_an_answer_made_over_for_another_folder_opens_nothing_of_it(region: Region) -> None:
    """Somebody who can answer for one laptop changes the file to fit another."""
    victim = Machine(region.root, "victima")
    shutil.copytree(region.office.folder, victim.folder)
    del victim.environ["FICHAAT_CLAVE_ARCHIVO"]
    other = region.root / "otro.json"
    victim.done("perfil", "pedir-recuperacion", "-o", other)
    _, theirs = answer(region, other)
    fitting = json.loads((region.root / "respuesta.json").read_bytes())["pedido"]
    request, _ = ask(region)
    response, told = answer(region, request)
    content = json.loads(response.read_bytes())
    content["pedido"] = fitting
    response.write_text(json.dumps(content), "utf-8")
    region.laptop, victim = victim, region.laptop
    slots = (region.laptop.folder / "ranuras.json").read_bytes()
    error = open_with(region, response, " ".join(told["codigo"]), 1)["error"]["code"]
    assert error == "recuperacion.other_folder"
    assert (region.laptop.folder / "ranuras.json").read_bytes() == slots
    assert theirs["codigo"] != told["codigo"]


def test_who_is_not_the_region_cannot_answer(region: Region) -> None:
    request, _ = ask(region)
    other = Machine(region.root, "otra-oficina")
    other.create(*COORDINATOR)
    llave = region.root / "otra.llave"
    other.done("region", "crear", "--llave", llave)
    command = ("region", "recuperar", request, "--llave", llave, "-o", region.root / "x.json")
    assert other.json(*command).error == "recuperacion.other_region"
    request.write_bytes(b"hola")
    assert other.json(*command).error == "recuperacion.not_a_request"
    assert not (region.root / "x.json").exists()


def test_data_that_never_knew_a_region_have_no_slot(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert machine.json("perfil", "pedir-recuperacion").error == "perfil.missing"
    machine.create()
    assert machine.json("perfil", "pedir-recuperacion").error == "recuperacion.no_slot"


def test_the_person_is_told_when_the_region_can_help(tmp_path: Path) -> None:
    region = Region(tmp_path)
    request = tmp_path / "solicitud.fichaat"
    region.laptop.done("perfil", "solicitud", "-o", request)
    region.office.done("credencial", "aprobar", request, "--llave", region.llave)
    (answer_,) = export(region.office, tmp_path / "vuelta", "--todo", "--sin-cifrar")
    region.laptop("paquete", "importar", answer_["ruta"])
    assert "su región puede ayudarle" in region.laptop("region", "aceptar", *region.words).out
    assert "puede ayudarle" not in region.laptop("region", "aceptar", *region.words).out
    lines = region.laptop("perfil", "pedir-recuperacion", "-o", tmp_path / "p.json").out
    assert "Léale esas ocho palabras" in lines
    answer = ("--llave", region.llave, "-o", tmp_path / "r.json")
    told = region.office("region", "recuperar", tmp_path / "p.json", *answer)
    assert "Dicte estas doce palabras" in told.out
