"""Invented visits obey the same rules as real ones."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.rows import Draft
from fichaat.application.profiles import PRACTICE
from fichaat.application.seal_ficha import Validator
from fichaat.application.sign_ficha import people
from fichaat.bootstrap import Program
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.ficha import Ficha
from fichaat.domain.problems import Severity, unanswered
from fichaat.system.settings import Settings
from tests.support.program import CHEAP_KEYS, NOW, PASSPHRASE


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(Program, "keys", CHEAP_KEYS)
    return Program(Settings(reloj=NOW))


def without_ids(ficha: Ficha) -> object:
    """What the seed decides: everything but fresh identifiers."""
    named = [person.nombre for person in people(ficha)]
    return (
        ficha.fecha,
        ficha.hora_inicio,
        ficha.distritos,
        ficha.nudos_criticos,
        [(a.descripcion, a.plazo, a.responsable) for a in ficha.acuerdos],
        [(s.estado, s.cumplido_el) for s in ficha.seguimientos],
        named,
    )


def seeded(program: Program, folder: Path, count: int, seed: int) -> list[Ficha]:
    program.create(folder, PRACTICE, PASSPHRASE)
    with program.open(folder, PASSPHRASE) as session:
        assert session.seed(count, seed)[0] == count
        with session.here.store.read() as reader:
            contents = [item.record.content for item in reader.records()]
    return [content for content in contents if isinstance(content, Ficha)]


def test_the_same_seed_tells_the_same_visits(program: Program, tmp_path: Path) -> None:
    first, again, other = (
        [without_ids(ficha) for ficha in seeded(program, tmp_path / str(n), 40, seed)]
        for n, seed in enumerate((7, 7, 8))
    )
    assert first == again
    assert first != other


def test_every_visit_could_have_been_sealed_by_hand(program: Program, tmp_path: Path) -> None:
    fichas = seeded(program, tmp_path / "a", 300, 1)
    assert any(ficha.seguimientos for ficha in fichas)
    assert len({item.ubigeo for ficha in fichas for item in ficha.distritos}) > 100
    with program.open(tmp_path / "a", PASSPHRASE) as session:
        validator = Validator(session.here)
        for number, ficha in enumerate(fichas):
            # Its own record is here already, and bears its agreements.
            draft = Draft(session.here.ids.new_id(), ficha, session.here.clock.now())
            with session.here.store.read() as reader:
                problems = validator(reader, draft)
            problems = [p for p in problems if p.code != "ficha.acuerdo_of_other"]
            errors = [p for p in problems if p.severity is not Severity.WARNING]
            assert not errors, (number, errors)
            late = {"ficha.open_acuerdos_not_followed", "ficha.possible_duplicate"}
            left = [p for p in unanswered(ficha, problems) if p.code not in late]
            assert not left, (number, left)


def test_it_stops_between_batches(program: Program, tmp_path: Path) -> None:
    program.create(tmp_path, PRACTICE, PASSPHRASE)
    cancel = CancelToken()
    with program.open(tmp_path, PASSPHRASE) as session:
        with pytest.raises(CancelledError):
            session.seed(1200, 1, progress=lambda _done, _total: cancel.cancel(), cancel=cancel)
        found = session.check(lambda _done, _total: None, CancelToken())
    assert (found.records, found.differences) == (500, ())


def test_a_real_profile_stays_real(program: Program, tmp_path: Path) -> None:
    program.create(tmp_path, replace(PRACTICE, practice=False), PASSPHRASE)
    with program.open(tmp_path, PASSPHRASE) as session, pytest.raises(UserFacingError) as refused:
        session.seed(1, 1)
    assert refused.value.code == "perfil.practice_only"
