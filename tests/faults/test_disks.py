"""Disks that are really full or read-only, and a USB stick that is pulled out."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.fault_stage import (
    EXPORT,
    IMPORT,
    SEAL,
    Operation,
    Stage,
    Trial,
    demand_retry,
    files,
    look,
    told,
    whole_bundles,
)
from tests.support.program import Machine, Result
from tests.support.small_disk import SmallDisk
from tests.support.strace import Point, points, refused_at, stopped_at

pytestmark = pytest.mark.faults

_NO_SPACE_TO_READ = "storage.no_space_to_read"
_NO_SPACE = {"storage.no_space", "storage.backup_no_space", "system.no_space", _NO_SPACE_TO_READ}
_READ_ONLY = {"storage.read_only", "storage.backup_read_only", "system.read_only"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Holds a data folder with some room to spare."""
    made = SmallDisk(tmp_path / "disco", 4096)
    yield made
    made.remove()


# --- a full disk ---------------------------------------------------------------------------------


@pytest.mark.parametrize("free", [0, 4096, 36_864, 49_152, 90_112, 180_224])
@pytest.mark.parametrize("operation", [SEAL, IMPORT], ids=lambda operation: operation.name)
def test_the_data_are_on_a_full_disk(
    operation: Operation, free: int, stages: Callable[[Operation], Stage], disk: SmallDisk
) -> None:
    stage = stages(operation)
    machine = stage.case(disk.path / "caso")
    disk.fill(free)
    ended = machine(*stage.argv(machine))
    done = ended.code == operation.code
    if not done:
        assert told(ended) in _NO_SPACE
    disk.empty()
    view = look(machine)
    assert view == (stage.after if done else stage.before)
    demand_retry(stage, machine, view)


@pytest.mark.parametrize("free", [0, 4096, 65_536, 131_072])
def test_the_target_is_a_full_disk(
    free: int, stages: Callable[[Operation], Stage], disk: SmallDisk, tmp_path: Path
) -> None:
    stage = stages(EXPORT)
    machine = stage.case(tmp_path / "caso")
    disk.fill(free)
    command = ("paquete", "exportar", "-o", disk.path)
    assert told(machine.json(*command)) == "system.no_space"
    assert files(disk.path) == {"relleno"}
    assert look(machine) == stage.before
    disk.empty()
    machine.done(*command)
    assert whole_bundles(machine, disk.path) == 1


def test_a_full_disk_still_lets_read(stages: Callable[[Operation], Stage], disk: SmallDisk) -> None:
    """Or says that it is full: reading needs a little room for the log of the database."""
    stage = stages(SEAL)
    machine = stage.case(disk.path / "caso")
    for free in (0, 4096, 40_960):
        disk.fill(free)
        for command in (("ficha", "listar"), ("datos", "comprobar")):
            answer = machine.json(*command)
            assert answer.code == 0 or told(answer) == _NO_SPACE_TO_READ
    disk.empty()
    assert look(machine) == stage.before


def test_no_profile_fits(disk: SmallDisk) -> None:
    machine = Machine(disk.path)
    command = (
        "perfil", "crear", "--rol=especialista", "--region=05", "--nombre=N", "--cargo=C",
        "--entidad=E",
    )  # fmt: skip
    for free in (0, 4096, 40_960, 131_072):
        disk.fill(free)
        assert told(machine.json(*command)) in _NO_SPACE
    disk.empty()
    machine.done(*command)
    look(machine)


# --- a read-only disk ----------------------------------------------------------------------------


def test_the_data_are_on_a_read_only_disk(
    stages: Callable[[Operation], Stage], disk: SmallDisk, tmp_path: Path
) -> None:
    stage = stages(SEAL)
    machine = stage.case(disk.path / "caso")
    disk.read_only(on=True)
    for command in (
        ("ficha", "sellar", "--todo", "--motivo", "m"),
        ("ficha", "listar"),
        ("datos", "comprobar"),
        ("datos", "reconstruir"),
        ("perfil", "mostrar"),
        ("perfil", "clave", "--nueva", str(machine.clave)),
        ("paquete", "exportar", "-o", str(tmp_path / "salida")),
        ("respaldo", "crear"),
    ):
        answer = machine.json(*command)
        assert answer.code == 0 or told(answer) in _READ_ONLY, command
    disk.read_only(on=False)
    assert look(machine) == stage.before


def test_the_target_is_a_read_only_disk(
    stages: Callable[[Operation], Stage], disk: SmallDisk, tmp_path: Path
) -> None:
    stage = stages(EXPORT)
    machine = stage.case(tmp_path / "caso")
    (disk.path / "hay").mkdir()
    disk.read_only(on=True)
    profile = ("--rol=especialista", "--region=05", "--nombre=N", "--cargo=C", "--entidad=E")
    for command in (
        ("paquete", "exportar", "-o", disk.path),
        ("paquete", "exportar", "-o", disk.path / "hay"),
        ("paquete", "exportar", "-o", disk.path / "nueva"),
        ("respaldo", "crear", "-o", disk.path),
        ("respaldo", "crear", "-o", disk.path / "nueva"),
        ("ficha", "pdf", "--en-blanco", "-o", disk.path / "f.pdf"),
        ("perfil", "solicitud", "-o", disk.path / "s.fichaat"),
        ("--datos", disk.path / "otro", "perfil", "crear", *profile),
    ):
        assert told(machine.json(*command)) in _READ_ONLY, command
    assert look(machine) == stage.before


@pytest.mark.parametrize("operation", [SEAL, EXPORT, IMPORT], ids=lambda operation: operation.name)
def test_the_system_says_read_only(operation: Operation, trial: Trial) -> None:
    """The same where nobody may mount: every opening for writing, every new folder."""
    stage = trial.stage(operation)
    with trial.case(stage) as counted:
        argv = stage.argv(counted)
        found = points(counted, *argv, code=operation.code, calls=("openat", "mkdir"))
    chosen = trial.choose(found, f"{operation.name} EROFS", 2)
    for point in chosen:
        with trial.case(stage) as machine:
            ended = refused_at(machine, point, "EROFS", *stage.argv(machine))
            done = ended.code == operation.code
            is_log = point.file.endswith(("-wal", "-shm"))
            assert done or told(ended) in _READ_ONLY | ({"storage.io"} if is_log else set()), point
            view = look(machine)
            assert view == (stage.after if done else stage.before), point
            demand_retry(stage, machine, view)
    trial.row(f"EROFS al {operation.name}", len(chosen), len(found))


# --- a USB stick ---------------------------------------------------------------------------------


def _writes_to_target(stage: Stage) -> list[Point]:
    return [point for point in stage.points if point.file.startswith("salida")]


def _demand_told_of_removal(ended: Result) -> None:
    assert told(ended) == "system.removed"
    assert "USB" in ended.json["error"]["mensaje"]


@pytest.mark.parametrize("error", ["EIO", "ENODEV", "ENXIO", "ENOENT"])
def test_the_stick_fails(error: str, trial: Trial) -> None:
    stage = trial.stage(EXPORT)
    possible = [
        point
        for point in _writes_to_target(stage)
        if not (error == "ENOENT" and point.call == "unlink")  # nothing to remove, as it should be
    ]
    chosen = trial.choose(possible, error, 2)
    for point in chosen:
        with trial.case(stage) as machine:
            ended = refused_at(machine, point, error, *stage.argv(machine))
            _demand_told_of_removal(ended)
            assert whole_bundles(machine, machine.root / "salida") <= 1
            view = look(machine)
            assert view == stage.before
            demand_retry(stage, machine, view)
    trial.row(f"{error} del USB al exportar", len(chosen), len(possible))


@pytest.mark.parametrize("place", [0, 1, -1])
def test_the_folder_of_the_stick_vanishes(
    place: int, stages: Callable[[Operation], Stage], tmp_path: Path
) -> None:
    stage = stages(EXPORT)
    machine = stage.case(tmp_path / "caso")
    target = machine.root / "salida"
    writes = [point for point in _writes_to_target(stage) if point.call == "write"]
    with stopped_at(machine, writes[place], *stage.argv(machine)) as ended:
        shutil.rmtree(target)
    _demand_told_of_removal(ended[0])
    assert not target.exists()
    view = look(machine)
    assert view == stage.before
    demand_retry(stage, machine, view)


def test_the_stick_is_pulled_out(
    stages: Callable[[Operation], Stage], disk: SmallDisk, tmp_path: Path
) -> None:
    stage = stages(EXPORT)
    machine = stage.case(tmp_path / "caso")
    (machine.root / "salida").symlink_to(disk.path)
    writes = [point for point in _writes_to_target(stage) if point.call == "write"]
    with stopped_at(machine, writes[2], *stage.argv(machine)) as ended:
        disk.remove()
    _demand_told_of_removal(ended[0])
    assert files(disk.path) == set()
    assert look(machine) == stage.before
