"""Data folders made once and copied for every case, and what must hold in each after a fault."""

import json
import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from filelock import FileLock

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.slots import Argon2Cost, KeyWrapper
from fichaat.application.profiles import NewProfile
from fichaat.application.selection import ANSWERED_SETTING
from fichaat.bootstrap import Program, Session
from fichaat.domain.record import Kind
from fichaat.domain.rol import Rol
from fichaat.storage.store import SqlStore
from fichaat.storage.trust_rows import ROOT_SETTING, TRUST_KINDS
from fichaat.system.profile_files import RECEIVED
from fichaat.system.settings import Settings
from fichaat.texts import MESSAGES
from fichaat.trust.key_slots import LocalKeyWrapper
from tests.support.fault_table import exhaustive
from tests.support.program import PASSPHRASE, Machine, Result
from tests.support.rows import jsonl, pending_row
from tests.support.strace import Point, points, sample_points

MOTIVO: Final = "Se tuvo que viajar"
OWN_FILES: Final = {"fichaat.db", "fichaat.lock", "ranuras.json", "registro/fichaat.log"}
"""Everything that a data folder holds while nobody works in it, but for what was received."""

_PHOTO: Final = b"\xff\xd8\xff" + bytes(range(256)) * 60
_CHEAP: Final = Argon2Cost(memory_kib=8, passes=1, lanes=1)
PROFILE: Final = NewProfile(
    Rol.ESPECIALISTA, "05", None, "Marleni Ñahui", "Especialista", "Gobierno Regional (ficticio)"
)


class CheapProgram(Program):
    """Makes profiles whose passphrase is tried in no time: every slot carries its own cost."""

    @cached_property
    def keys(self) -> KeyWrapper:
        return LocalKeyWrapper(cost=_CHEAP)


@dataclass(frozen=True)
class View:
    """Everything in a data folder that a fault may not lose, halve or invent."""

    records: frozenset[str]
    receptions: int
    drafts: frozenset[tuple[str, bytes]]
    blobs: frozenset[str]
    exported: int
    counters: tuple[tuple[object, ...], ...]
    said: tuple[tuple[str, str], ...]
    """What the region said: the kind, and of which device or version."""
    believes: bool
    """Whether a region key is accepted."""
    answered: tuple[tuple[str, str], ...]
    """To whom an answer was written, and up to where."""


def new_machine(root: Path, name: str = "datos", profile: NewProfile = PROFILE) -> Machine:
    """A computer with a profile that is cheap to open."""
    root.mkdir(parents=True, exist_ok=True)
    machine = Machine(root, name)
    program = CheapProgram(Settings.of(machine.environ))
    program.create(machine.folder, profile, PASSPHRASE)
    program.close()
    return machine


@contextmanager
def opened(machine: Machine) -> Iterator[Session]:
    """The open data folder, in this process and without a question."""
    program = Program(Settings.of(machine.environ))
    try:
        with program.open(machine.folder, PASSPHRASE) as session:
            yield session
    finally:
        program.close()


def look(machine: Machine) -> View:
    """Open a data folder, demand that nothing in it differs, and tell what is in it."""
    with opened(machine) as session:
        found = session.check(no_progress, CancelToken())
        assert found.differences == (), found.differences
        store = session.store
        assert isinstance(store, SqlStore)
        with store._session(writes=False) as sql:
            records = sql.rows("SELECT sha256, kind FROM records")
            alike = {Kind.RECEPCION, *TRUST_KINDS}
            return View(
                frozenset(sha256 for sha256, kind in records if kind not in alike),
                sum(kind == Kind.RECEPCION for _, kind in records),
                frozenset(sql.rows("SELECT codigo, data FROM drafts")),
                frozenset(digest for (digest,) in sql.rows("SELECT sha256 FROM blobs")),
                sql.value("SELECT count(*) FROM export_marks"),
                tuple(sql.rows("SELECT chain, year, last FROM counters ORDER BY 1, 2")),
                tuple(sorted(_said(raw) for (raw,) in sql.rows(_SAID, *sorted(TRUST_KINDS)))),
                bool(sql.value("SELECT count(*) FROM settings WHERE key = ?", ROOT_SETTING)),
                tuple(
                    sql.rows(
                        "SELECT key, value FROM settings WHERE key GLOB ? ORDER BY key",
                        f"{ANSWERED_SETTING}*",
                    )
                ),
            )


_SAID: Final = f"SELECT raw FROM records WHERE kind IN ({', '.join('?' * len(TRUST_KINDS))})"


def _said(raw: bytes) -> tuple[str, str]:
    """Keys and ids are others in every run; of whom it speaks is not."""
    record = json.loads(raw)
    content = record["content"]
    return record["kind"], str(content.get("device") or content.get("version"))


def files(folder: Path) -> set[str]:
    """Every file below a folder, by its path from there."""
    if not folder.exists():
        return set()
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def whole_bundles(machine: Machine, folder: Path) -> int:
    """How many bundles a folder holds; each must verify."""
    found = sorted(folder.glob("*.fichaat")) if folder.exists() else []
    for path in found:
        assert machine.json("paquete", "verificar", path).code == 0, path
    return len(found)


def told(result: Result) -> str:
    """The code of a refusal, once it is sure that a person could read it."""
    assert result.code == 1, (result.code, result.out, result.err)
    assert result.err == "", repr(result.err)
    error = result.json["error"]
    code = str(error["code"])
    assert code in MESSAGES, error
    assert not code.startswith("cli.bug"), error
    assert error["mensaje"], error
    assert "Traceback" not in error["mensaje"], error
    return code


@dataclass(frozen=True)
class Operation:
    """One command that writes, on a data folder of its own."""

    name: str
    prepare: Callable[[Machine, Path], None]
    """Bring the stage's machine to where the command begins; the path is a folder to share."""
    argv: Callable[[Path, Path], tuple[str | Path, ...]]
    """From the case's folder and the shared one."""
    code: int = 0
    again: int = 0
    """Exit code where the command is repeated although it was done."""
    profile: NewProfile = PROFILE
    """Of whom the stage's machine is."""
    writes: bool = False
    """Whether it leaves a bundle in the case's folder "salida", each time that it does its work."""
    demand: Callable[[Machine], None] = lambda _: None
    """What else must hold once it is done."""


@dataclass(frozen=True)
class Stage:
    """What every case of one operation shares; nothing in it changes any more."""

    operation: Operation
    root: Path
    before: View
    after: View
    points: tuple[Point, ...]
    kept: frozenset[str]
    """What is received and kept once it is done, by its names."""

    def case(self, root: Path) -> Machine:
        """A copy of the data folder to hurt."""
        return copy_machine(self.root / "inicio", root)

    @property
    def states(self) -> list[View]:
        """The old one and the new one; where something is sealed and then written out, also what
        is sealed and not written yet: repeating the command writes it.
        """
        before, after = self.before, self.after
        sealed = replace(after, exported=before.exported, answered=before.answered)
        return [before, after, *([sealed] if self.operation.writes else [])]

    def argv(self, machine: Machine) -> tuple[str | Path, ...]:
        return (*self.operation.argv(machine.root, self.root), "--json")


@dataclass(frozen=True)
class Trial:
    """What a test needs to hurt copies of a data folder at chosen points."""

    stage: Callable[[Operation], Stage]
    seed: int
    root: Path
    row: Callable[[str, int, int], None]
    """Tells the table how many points were tried, of how many."""

    def choose(self, found: Sequence[Point], key: str, count: int) -> list[Point]:
        """Some of the points; every one where FICHAAT_FAULTS says so."""
        return sample_points(found, f"{self.seed} {key}", None if exhaustive() else count)

    @contextmanager
    def case(self, stage: Stage) -> Iterator[Machine]:
        """A copy of the data folder to hurt, gone after the block."""
        root = self.root / "caso"
        yield stage.case(root)
        shutil.rmtree(root)


def copy_machine(source: Path, root: Path) -> Machine:
    """The machine of a folder, copied to another."""
    shutil.copytree(source, root)
    return Machine(root, "datos")


def import_rows(machine: Machine, first: int, count: int, *options: str) -> None:
    """Fichas that lack nothing but a reason for what is pending, each with the same photo."""
    folder = machine.root / "adjuntos"
    folder.mkdir(exist_ok=True)
    digest = sha256(_PHOTO).hexdigest()
    (folder / digest).write_bytes(_PHOTO)
    photo = {"sha256": digest, "nombre": "foto.jpg", "tipo": "image/jpeg", "bytes": len(_PHOTO)}
    rows = [pending_row(number, adjuntos=[photo]) for number in range(first, first + count)]
    machine.done("ficha", "importar", "-", "--adjuntos", folder, *options, stdin=jsonl(*rows))


def seal_rows(machine: Machine, first: int, count: int) -> None:
    import_rows(machine, first, count, "--sellar", "--motivo", MOTIVO)


def _before_seal(machine: Machine, _shared: Path) -> None:
    seal_rows(machine, 1, 1)
    import_rows(machine, 2, 3)


def _before_export(machine: Machine, _shared: Path) -> None:
    seal_rows(machine, 1, 4)


def _before_import(machine: Machine, shared: Path) -> None:
    seal_rows(machine, 1, 1)
    other = new_machine(shared / "otra")
    seal_rows(other, 11, 3)
    made = other.done("paquete", "exportar", "-o", shared)["archivos"]
    Path(made[0]["ruta"]).rename(shared / "recibido.fichaat")


def _before_backup(machine: Machine, _shared: Path) -> None:
    seal_rows(machine, 1, 2)


def _before_restore(machine: Machine, shared: Path) -> None:
    seal_rows(machine, 1, 1)
    machine.done("respaldo", "crear", "-o", shared / "respaldos")
    seal_rows(machine, 2, 2)


SEAL: Final = Operation(
    "sellar",
    _before_seal,
    lambda _case, _shared: ("ficha", "sellar", "--todo", "--motivo", MOTIVO),
)
EXPORT: Final = Operation(
    "exportar",
    _before_export,
    lambda case, _shared: ("paquete", "exportar", "-o", case / "salida"),
    writes=True,
)
IMPORT: Final = Operation(
    "importar",
    _before_import,
    lambda _case, shared: ("paquete", "importar", shared / "recibido.fichaat"),
    code=3,
    again=3,
)
BACKUP: Final = Operation(
    "respaldar",
    _before_backup,
    lambda case, _shared: ("respaldo", "crear", "-o", case / "respaldos"),
)
RESTORE: Final = Operation(
    "restaurar",
    _before_restore,
    lambda _case, shared: ("respaldo", "restaurar", *(shared / "respaldos").glob("fichaat-*.db")),
)


def stage_of(operation: Operation, root: Path) -> Stage:
    """The stage of an operation, made by whoever needs it first; processes share it."""
    kept = root / "etapa"
    with FileLock(f"{root}.lock"):
        if not kept.exists():
            made = _make_stage(operation, root)
            shared = made.before, made.after, made.points, made.kept
            kept.write_bytes(pickle.dumps(shared))
        return Stage(operation, root, *pickle.loads(kept.read_bytes()))


def _make_stage(operation: Operation, root: Path) -> Stage:
    shutil.rmtree(root, ignore_errors=True)
    machine = new_machine(root / "inicio", profile=operation.profile)
    operation.prepare(machine, root)
    before = look(machine)
    shutil.rmtree(machine.root / "adjuntos", ignore_errors=True)
    counted = copy_machine(machine.root, root / "contado")
    argv = (*operation.argv(counted.root, root), "--json")
    found = points(counted, *argv, code=operation.code)
    after = look(counted)
    assert after != before or operation is BACKUP
    return Stage(operation, root, before, after, tuple(found), kept_files(counted))


def kept_files(machine: Machine) -> frozenset[str]:
    """The bundles that were received whole."""
    return frozenset(name for name in files(machine.folder / RECEIVED) if name.endswith(".fichaat"))


def demand_retry(stage: Stage, machine: Machine, view: View) -> None:
    """Repeat the command after a fault: it works, and nothing is left of the first try."""
    target = machine.root / "salida"
    bundles = whole_bundles(machine, target)
    again = machine(*stage.argv(machine))
    done = view == stage.after
    assert again.code == (stage.operation.again if done else stage.operation.code), again
    assert again.err == "", again
    after = look(machine)
    if stage.operation.writes:
        assert whole_bundles(machine, target) == bundles + (again.code == 0)
        after = replace(after, exported=stage.after.exported)
    assert after == stage.after
    stage.operation.demand(machine)
    assert kept_files(machine) == stage.kept
    assert files(machine.folder) == OWN_FILES | {f"{RECEIVED}/{name}" for name in stage.kept}
    assert not {name for name in files(target) if not name.endswith(".fichaat")}
