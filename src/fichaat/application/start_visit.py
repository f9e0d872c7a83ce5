"""Use case: begin a ficha with everything that is known about the municipality and the person."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import AcuerdoRow, Draft, FichaFilter
from fichaat.application.ports.store import Reader
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.application.sealed import find_copy, find_lineage
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import DistritoAtendido, Ficha, NudoCritico, Sesion
from fichaat.domain.lineage import Estado
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.text import MAX_LIST, fold

HISTORY = 8
"""Visits that the history shows."""

_PAGE = 50
"""Visits of a municipality that are looked at together."""

_RECENT = 200
"""Drafts among which one of today or of a municipality is looked for: the last ones saved."""


class PastVisit(Struct, frozen=True):
    """One earlier visit to the municipality."""

    codigo: str
    fecha: date | None
    sesion: Sesion | None
    estado: str
    """See `lineage.Estado`."""


class Proposal(Struct, frozen=True):
    """A municipality as it is known here, and what a new ficha would begin with."""

    ubigeo: str
    fecha: date
    historia: tuple[PastVisit, ...]
    """Newest first."""
    visitas: int
    """How many there are in all; those in the history and older ones."""
    falta: tuple[Sesion, ...]
    """Sessions without which the municipality does not count, as far as is known here."""
    sesion: Sesion
    responsables: tuple[Responsable, ...]
    destinatarios: tuple[Destinatario, ...]
    """Those of the last visit."""
    acuerdos: tuple[AcuerdoRow, ...]
    """Open ones, the oldest date first."""
    hoy: str | None
    """Code of a draft of this municipality and day: to be gone on with, not begun twice."""
    ajena: bool
    """Outside what this profile may register: a ficha of it could never be sealed."""


class Brief(Struct, frozen=True):
    """One line about a municipality in a list."""

    ubigeo: str
    ultima: date | None
    """Day of the last visit that is sealed."""
    abiertos: int
    """Agreements that are not closed."""
    borrador: bool
    """A visit is still a draft."""
    dia_borrador: date | None = None


class Begun(Struct, frozen=True):
    """A draft to go on with."""

    codigo: str
    nueva: bool
    """It was begun just now."""


class StartVisit:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def propose(self, ubigeo: str, duplicate: str | None = None, copia: str = "") -> Proposal:
        """What a new ficha of a district would begin with.

        Args:
            ubigeo: six digits.
            duplicate: code of a ficha whose content it takes over.
            copia: SHA-256 of the sealed version of it that is meant; where empty, its draft or
                else the one that the code means.

        Raises:
            UserFacingError: "ficha.unknown": there is no ficha to duplicate.
        """
        with self._here.store.read() as reader:
            source = None if duplicate is None else _source(reader, duplicate, copia, self._here)
            return self._propose(reader, ubigeo, source)

    def __call__(
        self, ubigeo: str, duplicate: str | None = None, copia: str = ""
    ) -> tuple[Draft, Changes]:
        """Begin the ficha.

        Raises:
            UserFacingError: "ficha.unknown", and those of `Store.write`.
        """
        with self._here.store.write() as tx:
            source = None if duplicate is None else _source(tx, duplicate, copia, self._here)
            proposal = self._propose(tx, ubigeo, source)
            ficha = self._ficha(proposal, new_codigos(tx, self._here, 1)[0])
            if source is not None:
                ficha = self._with_content(ficha, source, ubigeo)
            draft = new_draft(self._here, ficha)
            tx.put_draft(draft)
        return draft, Changes.of(Kind.DRAFT)

    def go_on(self, ubigeo: str) -> tuple[Begun, Changes]:
        """Today's draft of a district, begun where there is none: a visit is not begun twice.

        Raises:
            UserFacingError: those of `Store.write`.
        """
        with self._here.store.read() as reader:
            held = _draft_of(reader, ubigeo, self._here.clock.now().date())
        if held is not None:
            return Begun(held, nueva=False), Changes()
        draft, changes = self(ubigeo)
        return Begun(draft.ficha.codigo, nueva=True), changes

    def briefs(self, ubigeos: Sequence[str]) -> list[Brief]:
        """What a list says of these municipalities, in their order."""
        with self._here.store.read() as reader:
            return self._briefs(reader, ubigeos)

    def recent(self, limit: int) -> list[Brief]:
        """The municipalities of the newest drafts and of the newest own visits."""
        with self._here.store.read() as reader:
            drafts, _ = reader.newest_drafts(limit)
            fichas = [draft.ficha for draft in drafts]
            seen = {item.ubigeo: None for ficha in fichas for item in ficha.distritos}
            rows = reader.fichas(FichaFilter(estado=Estado.SELLADA.value), limit=4 * _PAGE)
            seen |= {
                ubigeo: None
                for row in rows
                if row.origin == self._here.key.device
                for ubigeo in row.distritos
            }
            known = [ubigeo for ubigeo in seen if self._here.territorio.get(ubigeo)]
            return self._briefs(reader, known[:limit])

    def _briefs(self, reader: Reader, ubigeos: Sequence[str]) -> list[Brief]:
        visits = reader.last_visits(ubigeos)
        opened = reader.open_acuerdos(ubigeos)
        drafted = _drafted(reader)
        return [
            Brief(
                ubigeo,
                visits.get(ubigeo),
                len(opened.get(ubigeo, ())),
                ubigeo in drafted,
                drafted.get(ubigeo),
            )
            for ubigeo in ubigeos
        ]

    def _propose(self, reader: Reader, ubigeo: str, source: Ficha | None) -> Proposal:
        today = self._here.clock.now().date()
        past = _Past(reader, ubigeo)
        return Proposal(
            ubigeo=ubigeo,
            fecha=today,
            historia=past.visits(),
            visitas=past.count,
            falta=past.missing(),
            sesion=Sesion.DIAGNOSTICO
            if Sesion.DIAGNOSTICO in past.missing()
            else Sesion.SEGUIMIENTO,
            responsables=self._responsables(source),
            destinatarios=tuple(
                replace(person, id=self._here.ids.new_id()) for person in past.destinatarios(source)
            ),
            acuerdos=_open_acuerdos(reader, ubigeo),
            hoy=_draft_of(reader, ubigeo, today),
            ajena=not ubigeo.startswith(self._here.ambito),
        )

    def _responsables(self, source: Ficha | None) -> tuple[Responsable, ...]:
        """The person who works here; in a copy also whoever else was there."""
        profile = self._here.profile
        new_id = self._here.ids.new_id
        own = Responsable(new_id(), profile.entidad, profile.nombre, profile.cargo)
        others = () if source is None else source.responsables
        name = _same_name(own.nombre)
        return (
            own,
            *(replace(p, id=new_id()) for p in others if _same_name(p.nombre) != name),
        )

    def _ficha(self, proposal: Proposal, codigo: str) -> Ficha:
        return Ficha(
            codigo=codigo,
            ejecutor=self._here.ejecutor,
            gobierno_regional=self._here.profile.region,
            fecha=proposal.fecha,
            distritos=(DistritoAtendido(proposal.ubigeo, proposal.sesion),),
            responsables=proposal.responsables,
            destinatarios=proposal.destinatarios,
            seguimientos=tuple(_follow_up(row) for row in proposal.acuerdos[:MAX_LIST]),
        )

    def _with_content(self, ficha: Ficha, source: Ficha, ubigeo: str) -> Ficha:
        """What was treated there, about another visit: nothing that belongs to that day stays."""
        same_place = any(item.ubigeo == ubigeo for item in source.distritos)
        return replace(
            ficha,
            modalidad=source.modalidad,
            lugar=source.lugar if same_place else None,
            plataforma=source.plataforma,
            temas=source.temas,
            indicadores=source.indicadores,
            actividad_plan=source.actividad_plan,
            nudos_criticos=tuple(_moved_nudo(nudo, ubigeo) for nudo in source.nudos_criticos),
            acuerdos=tuple(self._moved_acuerdo(item, ficha, ubigeo) for item in source.acuerdos),
            observaciones=source.observaciones,
        )

    def _moved_acuerdo(self, acuerdo: Acuerdo, ficha: Ficha, ubigeo: str) -> Acuerdo:
        """A date that has passed is asked for again."""
        past = ficha.fecha is not None and acuerdo.plazo is not None and acuerdo.plazo < ficha.fecha
        return replace(
            acuerdo,
            id=self._here.ids.new_id(),
            plazo=None if past else acuerdo.plazo,
            distrito=None if acuerdo.distrito is None else ubigeo,
        )


class _Past:
    """The sealed visits to one municipality, read a page at a time and no further than needed."""

    def __init__(self, reader: Reader, ubigeo: str) -> None:
        self._reader = reader
        self._ubigeo = ubigeo
        self._diagnosed = bool(reader.first_diagnosis([ubigeo], but=""))
        self._newest: tuple[tuple[PastVisit, Ficha], ...] = ()
        self._followed = False
        self._missing: tuple[Sesion, ...] = ()
        self._read()

    @property
    def count(self) -> int:
        return self._reader.visit_count(self._ubigeo)

    def visits(self) -> tuple[PastVisit, ...]:
        return tuple(visit for visit, _ in self._newest[:HISTORY])

    def missing(self) -> tuple[Sesion, ...]:
        """Of the two sessions that make a municipality count."""
        found = {Sesion.DIAGNOSTICO: self._diagnosed, Sesion.SEGUIMIENTO: self._followed}
        return tuple(sesion for sesion, held in found.items() if not held)

    def destinatarios(self, source: Ficha | None) -> tuple[Destinatario, ...]:
        """Of the ficha that is copied where it is of this municipality, else of the last visit."""
        living = [ficha for visit, ficha in self._newest if visit.estado == Estado.SELLADA]
        if source is not None:
            living.insert(0, source)
        for ficha in living:
            people = tuple(p for p in ficha.destinatarios if p.distrito == self._ubigeo)
            if people:
                return people
        return ()

    def _read(self) -> None:
        after: str | None = None
        while True:
            rows = self._reader.fichas(FichaFilter(distrito=self._ubigeo), after=after, limit=_PAGE)
            page = []
            for row in rows:
                sealed = self._reader.record(row.sha256)
                assert sealed is not None  # the list and the record are of one view
                ficha = sealed.record.content
                assert isinstance(ficha, Ficha)  # the list holds nothing else
                visit = PastVisit(row.codigo, ficha.fecha, self._session(ficha), row.estado)
                page.append((visit, ficha))
            self._newest = self._newest or tuple(page)
            self._followed = self._followed or any(
                visit.sesion is Sesion.SEGUIMIENTO and visit.estado == Estado.SELLADA
                for visit, _ in page
            )
            if self._followed or len(rows) < _PAGE:
                return
            after = rows[-1].key

    def _session(self, ficha: Ficha) -> Sesion | None:
        return next((i.sesion for i in ficha.distritos if i.ubigeo == self._ubigeo), None)


def _source(reader: Reader, codigo: str, copia: str, here: Installation) -> Ficha:
    if copia:
        return find_copy(reader, codigo, copia).ficha
    draft = reader.draft(codigo)
    if draft is not None:
        return draft.ficha
    return find_lineage(reader, codigo, here.key.device).ficha


def _open_acuerdos(reader: Reader, ubigeo: str) -> tuple[AcuerdoRow, ...]:
    ids = reader.open_acuerdos([ubigeo]).get(ubigeo, frozenset())
    rows = reader.acuerdos(ids) if ids else {}
    return tuple(sorted(rows.values(), key=lambda row: (row.plazo, row.id)))


def _follow_up(row: AcuerdoRow) -> Seguimiento:
    """Its line in the next visit: as it stands, for the person to answer."""
    going_on = row.estado == EstadoAcuerdo.EN_PROCESO
    return Seguimiento(
        row.id, estado=EstadoAcuerdo.EN_PROCESO if going_on else EstadoAcuerdo.PENDIENTE
    )


def _draft_of(reader: Reader, ubigeo: str, day: date) -> str | None:
    """The draft of a visit of that day, a correction of an older ficha aside."""
    return next(
        (
            draft.ficha.codigo
            for draft in reader.newest_drafts(_RECENT)[0]
            if draft.supersedes is None
            and draft.ficha.fecha == day
            and any(item.ubigeo == ubigeo for item in draft.ficha.distritos)
        ),
        None,
    )


def _drafted(reader: Reader) -> dict[str, date | None]:
    drafts, _ = reader.newest_drafts(_RECENT)
    return {
        item.ubigeo: draft.ficha.fecha
        for draft in reversed(drafts)
        for item in draft.ficha.distritos
    }


def _moved_nudo(nudo: NudoCritico, ubigeo: str) -> NudoCritico:
    return nudo if nudo.distrito is None else replace(nudo, distrito=ubigeo)


def _same_name(name: str) -> str:
    return " ".join(fold(name).split())
