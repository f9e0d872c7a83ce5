"""What makes the coverage of the pictures: half a year of visits sealed on the coordinator's own
computer, most of them approved. Nobody here exists.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from fichaat.application.ports.keys import IdGenerator
from fichaat.application.ports.slots import KeyWrapper
from fichaat.bootstrap import Program, Session
from fichaat.domain.ficha import Sesion
from fichaat.domain.revision import Veredicto
from fichaat.system.settings import Settings
from scripts.scenery import PASSPHRASE, Visit, draft_of, sign

_MOMENT: Final = "2026-11-19T18:00:00-05:00"
_PEOPLE: Final = (("Rosmery Taipe Cuba", "Subgerenta de Programas Sociales"),)
_APPROVED: Final = 29
"""Of the signatories, in the order in which they were visited."""
_RECEIVED: Final = 34
_WITHOUT_FOLLOW_UP: Final = 42
_WITHOUT_DIAGNOSIS: Final = 44


class _Plan(NamedTuple):
    visit: Visit
    approved: bool


def cover(folder: Path, *, keys: KeyWrapper | None = None, ids: IdGenerator | None = None) -> None:
    """Fill the data folder of a coordinator whose catalogue names signatories."""
    program = Program(Settings(reloj=_MOMENT))
    if keys is not None:
        program.keys = keys
    if ids is not None:
        program.ids = ids
    with program.open(folder, PASSPHRASE) as session:
        _fill(session)
    program.close()


def _fill(session: Session) -> None:
    first, last = session.coverage.default_period()
    signed = [item.ubigeo for item in session.coverage(first, last).cobertura.gl]
    # As if by chance, and the same in every run.
    order = sorted(signed, key=lambda ubigeo: int(ubigeo) * 7919 % 1009)
    plans = [plan for number, ubigeo in enumerate(order) for plan in _plans(number, ubigeo, first)]
    codes = [draft_of(session, plan.visit) for plan in plans]
    for codigo in codes:
        sign(session, codigo, None)
    outcomes, _ = session.seal(codes, "Se registró al volver de la visita.")
    assert all(outcome.record is not None for outcome in outcomes)
    done = [codigo for codigo, plan in zip(codes, plans, strict=True) if plan.approved]
    for codigo in done:
        session.review(codigo, Veredicto.APROBADA)


def _plans(number: int, ubigeo: str, first: date) -> list[_Plan]:
    """What was done in one district."""
    approved = number < _APPROVED
    early = first + timedelta(days=5 + number)
    late = first + timedelta(days=40 + 3 * number % 90)
    found = []
    if number < _WITHOUT_FOLLOW_UP:
        found.append(_plan(ubigeo, early, Sesion.DIAGNOSTICO, approved=True))
    if number < _RECEIVED or _WITHOUT_FOLLOW_UP <= number < _WITHOUT_DIAGNOSIS:
        found.append(_plan(ubigeo, late, Sesion.SEGUIMIENTO, approved=approved))
    if number % 5 == 0:
        found.append(_plan(ubigeo, early + timedelta(days=60), Sesion.ESPECIFICA, approved=True))
    return found


def _plan(ubigeo: str, day: date, sesion: Sesion, *, approved: bool) -> _Plan:
    return _Plan(Visit(ubigeo, day.isoformat(), _PEOPLE, sesion=sesion), approved)
