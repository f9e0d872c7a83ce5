"""A region under attack: three computers run through the commands, and whoever sends them packages.

The coordinator, a province and a specialist accepted the same region key and hold the same records.
Everybody else is a `Sealer`: the region approved some of them, whatever they did later.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from fichaat.application.ports.keys import RecordKey
from fichaat.domain.record import Kind, Record
from fichaat.domain.rol import Rol
from fichaat.trust.region_key import LocalRegionKey
from tests.support import region
from tests.support.hostile import Parcel, Sealer, Target, package
from tests.support.program import CHEAP_REGION_KEYS, PASSPHRASE, Machine
from tests.support.rows import jsonl, pending_row

PROVINCE, NEIGHBOUR = "0501", "0504"
"""Huamanga, whose computer is run here, and Huanta, whose device only seals."""

COORDINATOR = ("--rol=coordinador", "--region=05", "--nombre=Rosa Ñaupari", "--cargo=Coordinadora")
PROVINCIAL = (
    "--rol=provincial",
    "--region=05",
    f"--provincia={PROVINCE}",
    "--nombre=Julián Cuba",
    "--cargo=Enlace",
)
ENTIDAD = "--entidad=Gobierno Regional de Ayacucho"

ANA, LADRON, HUANTA, JEFE = 81, 82, 83, 84
"""Seeds of the approved: two specialists, the neighbouring province, a second coordinator."""


class RegionSealer(Sealer):
    """A region key, right or wrong, on a chain of its own."""

    def __init__(self, root: LocalRegionKey, seed: int) -> None:
        super().__init__(seed)
        self.root = root

    @property
    def device(self) -> str:
        return self.root.device

    def sign(self, raw: bytes, record: Record[Any]) -> Parcel:
        signature = self.root.sign_record(raw)
        return Parcel(self.device, record.chain, record.sequence, raw, signature)

    def grant(
        self,
        sealer: Sealer,
        rol: Rol = Rol.ESPECIALISTA,
        ambito: str | None = None,
        *,
        after: Iterable[Parcel] = (),
        **options: Any,  # noqa: ANN401  # of `region.credencial`
    ) -> Parcel:
        """A credential of a device, which knows the ones named."""
        content = region.credencial(self.root, sealer.key, rol, ambito, **options)
        return self.seal(content, Kind.CREDENCIAL, after=_hashes(after))

    def revoke(self, sealer: Sealer, desde: datetime) -> Parcel:
        return self.seal(region.revocacion(sealer.key, desde), Kind.REVOCACION)


def _hashes(parcels: Iterable[Parcel]) -> tuple[str, ...]:
    return tuple(sorted(parcel.sha256 for parcel in parcels))


@dataclass
class RegionScene:
    folder: Path
    coord: Machine
    prov: Machine
    esp: Machine
    root: RegionSealer
    own: Target
    """The specialist's ficha, which everybody has and the region received."""
    ana: Sealer = field(default_factory=lambda: Sealer(ANA))
    ladron: Sealer = field(default_factory=lambda: Sealer(LADRON))
    huanta: Sealer = field(default_factory=lambda: Sealer(HUANTA))
    jefe: Sealer = field(default_factory=lambda: Sealer(JEFE))
    stranger: Sealer = field(default_factory=lambda: Sealer(99))
    impostor: RegionSealer = field(default_factory=lambda: RegionSealer(region.region_key(), 98))

    @property
    def machines(self) -> tuple[Machine, Machine, Machine]:
        return self.coord, self.prov, self.esp

    def package(self, exporter: Sealer, *parcels: Parcel, name: str = "ataque") -> Path:
        """A container in order of these records, with the certificates of whoever sealed them."""
        sealers = (self.ana, self.ladron, self.huanta, self.jefe, self.stranger)
        keys: dict[str, RecordKey] = {sealer.device: sealer.key for sealer in sealers}
        keys |= {item.device: item.root for item in (self.root, self.impostor)}
        devices = {parcel.device for parcel in parcels} - {exporter.device}
        used = [keys[device] for device in sorted(devices)]
        path = self.folder / f"{name}.fichaat"
        return package(path, exporter.key, parcels, keys=used)

    def take(self, path: Path, code: int, machine: Machine | None = None) -> Any:  # noqa: ANN401  # of paquete importar
        """Verify, look, import: all three must say the same, and looking changes nothing."""
        machine = machine or self.coord
        before = state(machine)
        seen = machine.done("paquete", "verificar", path, code=code)
        preview = machine.done("paquete", "importar", "--previa", path, code=code)
        assert state(machine) == before
        answer = machine.done("paquete", "importar", path, code=code)
        assert {**answer, "aplicado": False} == preview == {**seen, "aplicado": False}
        return answer

    def send(self, sender: Machine, *receivers: Machine) -> list[Any]:
        """Everything that one computer has, to others: what each of them makes of it."""
        target = self.folder / "envio"
        made = sender.done("paquete", "exportar", "--todo", "--sin-cifrar", "-o", target)
        answers = []
        for receiver in receivers:
            answer = receiver.json("paquete", "importar", made["archivos"][0]["ruta"])
            assert answer.code in {0, 3}, answer.out[:3000]
            answers.append(answer.json)
        shutil.rmtree(target)
        return answers

    def at(self, moment: str) -> None:
        """What the clocks of all three say from now on."""
        for machine in self.machines:
            machine.environ["FICHAAT_RELOJ"] = moment


def state(machine: Machine) -> tuple[int, str]:
    """How many records a computer has, and what they come to; nothing in it may differ."""
    found = machine.done("datos", "comprobar")
    assert found["diferencias"] == []
    return found["registros"], found["proyecciones_sha256"]


def rebuilt_alike(machine: Machine) -> None:
    """What was drawn bit by bit is what is drawn anew."""
    before = state(machine)
    found = machine.done("datos", "reconstruir")
    assert (found["registros"], found["proyecciones_sha256"]) == before


def estados(machine: Machine) -> dict[str, str]:
    """The state of every ficha in the list, by the hash of its newest version."""
    rows = machine.done("ficha", "listar", "--limite", "500")["fichas"]
    return {row["sha256"]: row["estado"] for row in rows}


def outcome(answer: Any, parcel: Parcel) -> str:  # noqa: ANN401  # of paquete importar
    """What became of one record, and its code."""
    (found,) = [item for item in answer["registros"] if item["sha256"] == parcel.sha256]
    return f"{found['resultado']} {found['codigo'] or ''}".strip()


@pytest.fixture(scope="session")
def region_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a region at work, to be copied."""
    folder = tmp_path_factory.mktemp("region")
    coord, prov, esp = machines(folder)
    coord.create(*COORDINATOR, ENTIDAD)
    made = coord.done("region", "crear", "--llave", folder / "region.llave")
    requests = []
    for machine, options in ((prov, (*PROVINCIAL, ENTIDAD)), (esp, ())):
        machine.create(*options)
        path = folder / f"{machine.folder.name}.fichaat"
        machine.done("perfil", "solicitud", "-o", path)
        requests.append(path)
    coord.done("credencial", "aprobar", *requests, "--llave", folder / "region.llave")
    esp.done("ficha", "importar", "-", "--sellar", "--motivo", "Viaje", stdin=jsonl(pending_row(1)))
    scene = scene_of(folder, Target("", "", ""))
    approved = scene.package(
        scene.ana,
        scene.root.grant(scene.ana),
        scene.root.grant(scene.ladron),
        scene.root.grant(scene.huanta, Rol.PROVINCIAL, NEIGHBOUR),
        scene.root.grant(scene.jefe, Rol.COORDINADOR),
    )
    coord.done("paquete", "importar", approved)
    scene.send(esp, coord)
    scene.send(coord, prov, esp)
    for machine in (prov, esp):
        machine.done("region", "aceptar", *made["llave_region"]["palabras"])
    scene.send(esp, coord, prov)
    scene.send(prov, coord, esp)
    scene.send(coord, prov, esp)
    return folder


def machines(folder: Path) -> tuple[Machine, Machine, Machine]:
    return Machine(folder, "coord"), Machine(folder, "prov"), Machine(folder, "esp")


def scene_of(folder: Path, own: Target) -> RegionScene:
    key = CHEAP_REGION_KEYS.open((folder / "region.llave").read_bytes(), PASSPHRASE)
    return RegionScene(folder, *machines(folder), RegionSealer(key, 97), own)


@pytest.fixture
def region_scene(region_template: Path, tmp_path: Path) -> RegionScene:
    folder = tmp_path / "region"
    shutil.copytree(region_template, folder)
    esp = Machine(folder, "esp")
    (row,) = esp.done("ficha", "listar")["fichas"]
    scene = scene_of(folder, Target(row["id"], row["sha256"], row["codigo"]))
    # Its chain of the template was another: this one begins anew.
    scene.root = RegionSealer(scene.root.root, 96)
    return scene
