"""Killed while a whole data folder is made, copied or brought back."""

import shutil
from pathlib import Path

import pytest

from tests.support.fault_stage import (
    BACKUP,
    OWN_FILES,
    RESTORE,
    Stage,
    Trial,
    files,
    look,
    told,
)
from tests.support.fault_table import exhaustive
from tests.support.program import PROFILE, Machine
from tests.support.strace import killed_at, points

pytestmark = pytest.mark.faults

SAMPLED = 3
_PARTS = range(4 if exhaustive() else 1)
_CREATE = ("perfil", "crear", *PROFILE, "--json")


@pytest.mark.parametrize("part", _PARTS)
def test_a_profile_is_made_whole_or_can_be_begun_again(
    part: int, trial: Trial, tmp_path: Path
) -> None:
    (tmp_path / "contado").mkdir()
    found = points(Machine(tmp_path / "contado", "datos"), *_CREATE)
    reached = 0
    for point in trial.choose(found, "crear", SAMPLED)[part :: len(_PARTS)]:
        case = tmp_path / "caso"
        case.mkdir()
        machine = Machine(case, "datos")
        ended = killed_at(machine, point, *_CREATE)
        reached += ended.killed
        before = machine.json("ficha", "listar")
        again = machine(*_CREATE)
        if before.code == 0:
            assert told(again) == "perfil.exists", point
        else:
            assert told(before) == "perfil.missing", point
            assert again.code == 0, (point, again)
        assert look(machine).records == frozenset(), point
        assert files(machine.folder) == OWN_FILES, point
        shutil.rmtree(case)
    trial.row("matar al crear el perfil", reached, len(found))


@pytest.mark.parametrize("part", _PARTS)
def test_a_backup_is_whole_or_not_there(part: int, trial: Trial) -> None:
    stage = trial.stage(BACKUP)
    reached = 0
    for point in trial.choose(stage.points, "respaldar", SAMPLED)[part :: len(_PARTS)]:
        with trial.case(stage) as machine:
            reached += killed_at(machine, point, *stage.argv(machine)).killed
            assert look(machine) == stage.before, point
            _demand_restorable(machine, stage, at_least=0)
            assert machine(*stage.argv(machine)).code == 0, point
            _demand_restorable(machine, stage, at_least=1)
            assert files(machine.folder) == OWN_FILES, point
            found = files(machine.root / "respaldos")
            assert not {name for name in found if not name.startswith(_KEPT)}, point
    trial.row("matar al respaldar", reached, len(stage.points))


_KEPT = ("fichaat-2", "ranuras-2", "blobs.db")


def _demand_restorable(machine: Machine, stage: Stage, *, at_least: int) -> None:
    """Every backup that is listed brings everything back, on another computer."""
    folder = machine.root / "respaldos"
    listed = machine.done("respaldo", "listar", "-o", folder)["respaldos"]
    assert len(listed) >= at_least
    for item in listed:
        root = machine.root / "otra"
        root.mkdir()
        other = Machine(root)
        other.done("respaldo", "restaurar", item["ruta"])
        found = look(other)
        assert (found.records, found.drafts, found.blobs) == (
            stage.before.records,
            stage.before.drafts,
            stage.before.blobs,
        )
        shutil.rmtree(root)


@pytest.mark.parametrize("part", _PARTS)
def test_a_restored_folder_is_old_or_new_or_begun_again(part: int, trial: Trial) -> None:
    stage = trial.stage(RESTORE)
    reached = 0
    for point in trial.choose(stage.points, "restaurar", SAMPLED)[part :: len(_PARTS)]:
        with trial.case(stage) as machine:
            reached += killed_at(machine, point, *stage.argv(machine)).killed
            listed = machine.json("ficha", "listar")
            if listed.code == 0:
                assert look(machine) in (stage.before, stage.after), point
            else:
                assert told(listed) == "storage.files_missing", point
            again = machine(*stage.argv(machine))
            assert again.code == 0, (point, again)
            assert look(machine) == stage.after, point
            kept = {name for name in files(machine.folder) if not name.startswith("anterior-")}
            assert kept == OWN_FILES, point
            (aside,) = machine.folder.glob("anterior-*")
            before = look(Machine(machine.folder, aside.name))
            assert before.records == stage.before.records, point
    trial.row("matar al restaurar", reached, len(stage.points))
