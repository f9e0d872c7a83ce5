"""What *Inicio* shows: what is unfinished, what falls due, what nobody has acknowledged yet."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from fichaat.application.acuerdo_line import end_of_week
from fichaat.application.delivery import undelivered
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import AcuerdoRow, Draft, Undelivered
from fichaat.application.ports.store import Reader
from fichaat.application.seal_ficha import Validator
from fichaat.domain.authority import continues
from fichaat.domain.problems import Problem, Severity, only_signature_errors, unanswered
from fichaat.domain.rol import Rol

DRAFTS = 5
OVERDUE = 3
DUE = 5
COUNTED = 100
"""Sealed fichas are counted up to here: beyond, a backup is late whatever the figure."""


class Readiness(Struct, frozen=True):
    """How far a draft is from its seal."""

    errores: int
    avisos: int
    """Warnings without a reason."""
    firmas: int
    """Signatures that lack, where nothing else does; else 0."""


class DraftLine(Struct, frozen=True):
    """A draft to go on with."""

    draft: Draft
    readiness: Readiness


class AcuerdoLine(Struct, frozen=True):
    """An agreement that falls due."""

    acuerdo: AcuerdoRow
    codigo: str
    """Of the ficha in which it was born."""
    plazo: date


class Panorama(Struct, frozen=True):
    """Everything at one moment."""

    now: datetime
    drafts: tuple[DraftLine, ...]
    draft_count: int
    vencidos: tuple[AcuerdoLine, ...]
    """The last to fall overdue, the oldest of them first."""
    vencidos_count: int
    esta_semana: tuple[AcuerdoLine, ...]
    esta_semana_count: int
    abiertos: int
    entrega: Undelivered
    selladas_desde: int
    """Fichas sealed since the last backup, at most `COUNTED`; all of them where there is none."""


class ReadPanorama:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._validator = Validator(here)

    def __call__(self, last_backup: datetime | None) -> Panorama:
        """Look everything up in one view of the database."""
        now = self._here.clock.now()
        today = now.date()
        device = self._here.key.device
        with self._here.store.read() as reader:
            drafts, draft_count = reader.newest_drafts(DRAFTS)
            opened = reader.open_plazos(self._origins(reader))
            overdue = [id_ for plazo, id_ in opened if "" < plazo < today.isoformat()]
            until = end_of_week(today).isoformat()
            due = [id_ for plazo, id_ in opened if today.isoformat() <= plazo <= until]
            entrega = undelivered(reader, self._here)
            return Panorama(
                now=now,
                drafts=tuple(
                    DraftLine(draft, readiness(draft, self._validator(reader, draft)))
                    for draft in drafts
                ),
                draft_count=draft_count,
                vencidos=_acuerdo_lines(reader, overdue[-OVERDUE:]),
                vencidos_count=len(overdue),
                esta_semana=_acuerdo_lines(reader, due[:DUE]),
                esta_semana_count=len(due),
                abiertos=len(opened),
                entrega=entrega,
                selladas_desde=entrega.fichas
                if last_backup is None
                else reader.sealed_since(device, last_backup, COUNTED),
            )

    def _origins(self, reader: Reader) -> set[str] | None:
        """Whose agreements fall due here: a specialist's own, though those of the whole region are
        known; everybody's for who collects.
        """
        if self._here.profile.rol is not Rol.ESPECIALISTA:
            return None
        own, authority = self._here.key.device, reader.authority()
        return {own, *(old for old in authority.relevos if continues(own, old, authority))}

    def undelivered(self) -> int:
        """How many fichas wait for an answer: the badge of *Paquetes*."""
        with self._here.store.read() as reader:
            return undelivered(reader, self._here).sin_acuse


def readiness(draft: Draft, problems: Sequence[Problem]) -> Readiness:
    """How far a draft is from its seal, by what the rules say of it."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    warnings = unanswered(draft.ficha, problems)
    signatures = len(errors) if only_signature_errors(errors) else 0
    return Readiness(len(errors), len(warnings), signatures)


def _acuerdo_lines(reader: Reader, ids: Sequence[str]) -> tuple[AcuerdoLine, ...]:
    rows = reader.acuerdos(ids) if ids else {}
    return tuple(
        AcuerdoLine(
            rows[id_],
            reader.fichas_with_id(rows[id_].ficha)[0].codigo,
            date.fromisoformat(rows[id_].plazo),
        )
        for id_ in ids
    )
