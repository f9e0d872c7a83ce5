"""The computer under attack, run through the commands, and whoever sends it packages."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import Parcel, Sealer, Target
from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row

State = tuple[int, str]


@dataclass
class Scene:
    """The computer under attack, its ficha, someone honest and someone who is not."""

    casa: Machine
    own: Target
    ana: Sealer
    stranger: Sealer
    folder: Path

    def file(self, name: str = "ataque") -> Path:
        return self.folder / f"{name}.fichaat"

    def from_stranger(self, *parcels: Parcel, **options: Any) -> Path:  # noqa: ANN401  # of `package`
        return self.stranger.package(self.file(), parcels, **options)

    def from_ana(self, *parcels: Parcel, name: str = "ana") -> Path:
        return self.ana.package(self.file(name), parcels)

    def take(self, path: Path, code: int = 3) -> Any:  # noqa: ANN401  # of paquete importar
        """Import, the preview first: it must say the same and change nothing."""
        before = self.state()
        preview = self.casa.done("paquete", "importar", "--previa", path, code=code)
        assert self.state() == before
        answer = self.casa.done("paquete", "importar", path, code=code)
        assert {**answer, "aplicado": False} == preview
        return answer

    def state(self) -> State:
        found = self.casa.done("datos", "comprobar")
        assert found["diferencias"] == []
        return found["registros"], found["proyecciones_sha256"]

    def shown(self, codigo: str | None = None) -> Any:  # noqa: ANN401  # of ficha mostrar
        return self.casa.done("ficha", "mostrar", codigo or self.own.codigo)

    def listed(self) -> list[dict[str, Any]]:
        fichas: list[dict[str, Any]] = self.casa.done("ficha", "listar")["fichas"]
        return fichas

    def rebuilt_alike(self) -> None:
        before = self.state()
        found = self.casa.done("datos", "reconstruir")
        assert (found["registros"], found["proyecciones_sha256"]) == before


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A profile with one sealed ficha, to be copied: making it anew each time is slow."""
    machine = Machine(tmp_path_factory.mktemp("plantilla"), "casa")
    machine.create()
    machine.done(
        "ficha", "importar", "-", "--sellar", "--motivo", "Sin luz", stdin=jsonl(pending_row(1))
    )
    return machine


@pytest.fixture
def scene(template: Machine, tmp_path: Path) -> Scene:
    casa = Machine(tmp_path, "casa")
    shutil.copytree(template.folder, casa.folder)
    (row,) = casa.done("ficha", "listar")["fichas"]
    own = Target(row["id"], row["sha256"], row["codigo"])
    return Scene(casa, own, Sealer(71), Sealer(72), tmp_path)


def verdicts(answer: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401  # of paquete importar
    """Outcome and code of each record, in the order of the file."""
    return [(item["resultado"], item["codigo"]) for item in answer["registros"]]


def code_of(verdict: Any) -> str:  # noqa: ANN401  # of paquete importar
    """The code of a refusal, with the code of what is wrong inside the record."""
    inner = re.search(r"\((schema\.[a-z0-9_]+)\)", verdict["mensaje"])
    return str(verdict["codigo"]) + (f" {inner[1]}" if inner else "")
