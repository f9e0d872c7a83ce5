"""A ficha as its reviewer sees it: beside its history and its municipality's."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.party import Party, party
from fichaat.application.ports.rows import FichaFilter, FichaRow
from fichaat.application.ports.store import Reader
from fichaat.application.read_sealed import ReadSealed, SealedView
from fichaat.application.review_queue import Reviewer, ReviewQueue, duplicates, undiagnosed
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.authority import Authority
from fichaat.domain.cobertura import Alcance, CoberturaGL, Falta, Visita, cobertura
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Lineage
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision, Veredicto

MUNICIPALITIES = 8
"""Of a ficha with more districts only so many are looked up."""

VISITS = 12
"""Of each municipality, the newest."""

AGREEMENTS = 20


class Answered(Struct, frozen=True):
    """What the region said of the version before."""

    version: int
    veredicto: Veredicto
    motivo: str
    plazo: date | None
    fecha: date
    quien: Party
    own: bool
    """It was said here."""


class PastVisit(Struct, frozen=True):
    """A ficha of the municipality."""

    codigo: str
    version: int
    fecha: date | None
    sesion: str
    """In that municipality; "" where it is not said."""
    estado: str
    """Of `lineage.Estado`, or what was said of it, else "recibida" or "sellada"."""
    nudos: int
    acuerdos: int
    shown: bool
    """It is the ficha under review."""
    motivo: str = ""
    """Of an observation or a rejection."""


class Municipality(Struct, frozen=True):
    """What is known of one district of the ficha."""

    ubigeo: str
    visitas: tuple[PastVisit, ...]
    """Oldest first."""
    mas: int
    """Older visits that are left out."""
    catalogo: bool
    """A catalogue names who signed the Pacto."""
    firmo_el: date | None
    antes: Alcance | None
    """How far its coverage has come, since the plan began."""
    despues: Alcance | None
    """Once this ficha is approved."""
    falta: tuple[Falta, ...]
    """What it then lacks to count."""
    seguimiento_antes: bool
    """Every follow-up is dated before the first diagnosis."""


class Agreement(Struct, frozen=True):
    """An agreement that this visit makes, follows up or leaves open."""

    descripcion: str
    estado: EstadoAcuerdo
    plazo: date | None
    """As it is in force; the new one where this visit moves it."""
    followed: bool
    """This visit says how it stands."""
    new: bool
    """This visit makes it."""
    cumplido_el: date | None = None
    vencido: bool = False


class ReviewView(Struct, frozen=True):
    """Everything that a reviewer needs of one ficha."""

    reviewer: Reviewer
    today: date
    seen: SealedView
    before: SealedRecord | None
    """The version that the newest replaces."""
    answered: Answered | None
    quien: Party
    """Whose device sealed the newest version."""
    municipios: tuple[Municipality, ...]
    otros: int
    """Districts that were not looked up."""
    acuerdos: tuple[Agreement, ...]
    anteriores: dict[str, str]
    """What the agreements say that it follows up, by id."""
    duplicados: tuple[str, ...]
    """Codes of fichas that may record the same visit."""
    sin_diagnostico: dict[str, date | None]
    """Districts followed up before they were diagnosed, and when they were."""
    forked: bool
    """The chain of its device has two records in one place."""

    @property
    def line(self) -> Lineage:
        return self.seen.lineage

    @property
    def ficha(self) -> Ficha:
        return self.seen.lineage.ficha


class ReadReview:
    def __init__(self, here: Installation, queue: ReviewQueue) -> None:
        self._here = here
        self._read = ReadSealed(here)
        self._queue = queue

    def __call__(self, codigo: str, sha256: str = "") -> ReviewView:
        """The sealed ficha that a code means here.

        Args:
            codigo: of the ficha.
            sha256: of its newest version, where it is known which one is meant.

        Raises:
            UserFacingError: "ficha.unknown", "ficha.not_sealed".
        """
        seen = self._read(codigo, newest=sha256)
        line, today = seen.lineage, self._here.clock.now().date()
        ficha, device = line.ficha, line.head.record.device
        places = list(dict.fromkeys(item.ubigeo for item in ficha.distritos))
        with self._here.store.read() as reader:
            authority = reader.authority()
            return ReviewView(
                reviewer=self._queue.reviewer(reader),
                today=today,
                seen=seen,
                before=_before(line),
                answered=self._answered(line, authority),
                quien=party(authority, device),
                municipios=tuple(map(_Neighbours(reader, line, today).of, places[:MUNICIPALITIES])),
                otros=max(0, len(places) - MUNICIPALITIES),
                acuerdos=tuple(_agreements(reader, ficha, places, today)),
                anteriores=_earlier(reader, ficha),
                duplicados=tuple(duplicates(reader, line.id, ficha, places)),
                sin_diagnostico=undiagnosed(reader, line.id, ficha),
                forked=any(at[0] == device for at in reader.forks()),
            )

    def _answered(self, line: Lineage, authority: Authority) -> Answered | None:
        """The last word about any earlier version; what its author answers."""
        earlier = {
            item.sha256: item.record.version
            for item in line.versions
            if item.record.version < line.head.record.version
        }
        said = [
            (earlier[content.sujeto.sha256], item.record.sealed_at, item.sha256, item, content)
            for item in line.revisiones
            if isinstance(content := item.record.content, Revision)
            and content.sujeto.sha256 in earlier
            and content.veredicto in (Veredicto.OBSERVADA, Veredicto.RECHAZADA)
        ]
        if not said:
            return None
        version, _, _, item, content = max(said, key=lambda one: one[:3])
        zone = self._here.clock.now().tzinfo
        return Answered(
            version=version,
            veredicto=content.veredicto,
            motivo=content.motivo,
            plazo=content.plazo,
            fecha=item.record.sealed_at.astimezone(zone).date(),
            quien=party(authority, item.record.device),
            own=item.record.device == self._here.key.device,
        )


def _before(line: Lineage) -> SealedRecord | None:
    replaced = line.head.record.supersedes
    if replaced is None:
        return None
    return next((item for item in line.versions if item.sha256 == replaced.sha256), None)


# the municipality


class _Neighbours:
    """The municipalities of one ficha; what they share is looked up once."""

    def __init__(self, reader: Reader, line: Lineage, today: date) -> None:
        known = reader.catalogo()
        self._reader = reader
        self._line = line
        self._today = today
        self._catalogo = None if known is None else known[0]
        self._signed = {} if known is None else known[0].firmantes_al(today)
        self._visitas = reader.visitas([item.ubigeo for item in line.ficha.distritos])

    def of(self, ubigeo: str) -> Municipality:
        """What is known of one of them."""
        there = [v for v in self._visitas if any(ubigeo == place for place, _ in v.distritos)]
        approved = [self._approved(visita) for visita in there]
        antes, despues = self._coverage(there, ubigeo), self._coverage(approved, ubigeo)
        rows = self._reader.fichas(FichaFilter(distrito=ubigeo), limit=VISITS)
        by_id = {(item.id, item.codigo): item for item in there}
        others = [
            _past(self._reader, row, ubigeo, by_id.get((row.id, row.codigo)))
            for row in rows
            if row.id != self._line.id
        ]
        return Municipality(
            ubigeo=ubigeo,
            visitas=tuple(_in_order([*others, *_own(self._line, ubigeo)])),
            mas=max(0, self._reader.visit_count(ubigeo) - len(rows)),
            catalogo=bool(self._signed),
            firmo_el=self._signed.get(ubigeo),
            antes=None if antes is None else antes.estricta,
            despues=None if despues is None else despues.estricta,
            falta=() if despues is None else despues.falta,
            seguimiento_antes=despues is not None and despues.seguimiento_antes,
        )

    def _approved(self, visita: Visita) -> Visita:
        if (visita.id, visita.codigo) != (self._line.id, self._line.ficha.codigo):
            return visita
        return replace(visita, revision=Veredicto.APROBADA, recibida=True)

    def _coverage(self, visitas: Sequence[Visita], ubigeo: str) -> CoberturaGL | None:
        """Since the plan began, where the catalogue says when."""
        firmo_el = self._signed.get(ubigeo)
        if firmo_el is None or self._catalogo is None:
            return None
        since = self._catalogo.inicio_plan
        return cobertura(visitas, {ubigeo: firmo_el}, since, self._today).gl[0]


def _past(reader: Reader, row: FichaRow, ubigeo: str, visita: Visita | None) -> PastVisit:
    sealed = reader.record(row.sha256)
    content = None if sealed is None else sealed.record.content
    received = "sellada" if visita is None or not visita.recibida else "recibida"
    estado = row.estado if row.estado != "sellada" else (row.revision or received)
    ficha = content if isinstance(content, Ficha) else None
    return PastVisit(
        codigo=row.codigo,
        version=row.version,
        fecha=date.fromisoformat(row.fecha) if row.fecha else None,
        sesion="" if ficha is None else _sesion(ficha, ubigeo),
        estado=estado,
        nudos=0 if ficha is None else len(ficha.nudos_criticos),
        acuerdos=0 if ficha is None else len(ficha.acuerdos),
        shown=False,
    )


def _own(line: Lineage, ubigeo: str) -> Iterable[PastVisit]:
    """Every version of the ficha under review that was of this district."""
    for item in line.versions:
        ficha = item.record.content
        assert isinstance(ficha, Ficha)  # `versions` holds nothing else
        if all(place.ubigeo != ubigeo for place in ficha.distritos):
            continue
        head = item.sha256 == line.head.sha256
        word = None if head else _word_of(line, item)
        if head:
            estado = "en_revision" if line.revision is None else line.revision.value
        else:
            estado = "reemplazada" if word is None else word.veredicto.value
        yield PastVisit(
            codigo=ficha.codigo,
            version=item.record.version,
            fecha=ficha.fecha,
            sesion=_sesion(ficha, ubigeo),
            estado=estado,
            nudos=len(ficha.nudos_criticos),
            acuerdos=len(ficha.acuerdos),
            shown=head,
            motivo="" if word is None else word.motivo,
        )


def _word_of(line: Lineage, version: SealedRecord) -> Revision | None:
    said = [
        (item.record.sealed_at, item.sha256, content)
        for item in line.revisiones
        if isinstance(content := item.record.content, Revision)
        and content.sujeto.sha256 == version.sha256
        and content.veredicto in (Veredicto.OBSERVADA, Veredicto.RECHAZADA, Veredicto.APROBADA)
    ]
    return max(said, key=lambda one: one[:2])[2] if said else None


def _sesion(ficha: Ficha, ubigeo: str) -> str:
    found = (item.sesion for item in ficha.distritos if item.ubigeo == ubigeo)
    sesion = next(found, None)
    return "" if sesion is None else sesion.value


def _in_order(visits: Sequence[PastVisit]) -> list[PastVisit]:
    return sorted(visits, key=lambda one: (one.fecha or date.min, one.codigo, one.version))


# agreements


def _agreements(
    reader: Reader, ficha: Ficha, places: Sequence[str], today: date
) -> Iterable[Agreement]:
    """What this visit says of earlier ones, what it makes, what stays open: in that order."""
    followed = {item.acuerdo for item in ficha.seguimientos if item.acuerdo is not None}
    made = {item.id for item in ficha.acuerdos}
    still = {id_ for ids in reader.open_acuerdos(places).values() for id_ in ids}
    rows = reader.acuerdos([*followed, *still])
    for item in ficha.seguimientos:
        row = None if item.acuerdo is None else rows.get(item.acuerdo)
        plazo = item.nuevo_plazo
        if plazo is None and row is not None and row.plazo:
            plazo = date.fromisoformat(row.plazo)
        words = item.descripcion or ("" if row is None else row.descripcion)
        yield Agreement(
            words,
            item.estado,
            plazo,
            followed=True,
            new=False,
            cumplido_el=item.cumplido_el,
            vencido=_is_due(item.estado, plazo, today),
        )
    for acuerdo in ficha.acuerdos:
        estado = EstadoAcuerdo.PENDIENTE
        late = _is_due(estado, acuerdo.plazo, today)
        yield Agreement(
            acuerdo.descripcion, estado, acuerdo.plazo, followed=False, new=True, vencido=late
        )
    left = sorted((rows[id_] for id_ in still - followed - made), key=lambda row: row.plazo)
    for row in left[:AGREEMENTS]:
        plazo = date.fromisoformat(row.plazo) if row.plazo else None
        estado = EstadoAcuerdo(row.estado)
        late = _is_due(estado, plazo, today)
        yield Agreement(row.descripcion, estado, plazo, followed=False, new=False, vencido=late)


def _earlier(reader: Reader, ficha: Ficha) -> dict[str, str]:
    named = [item.acuerdo for item in ficha.seguimientos if item.acuerdo is not None]
    return {id_: row.descripcion for id_, row in reader.acuerdos(named).items()}


def _is_due(estado: EstadoAcuerdo, plazo: date | None, today: date) -> bool:
    """Whether its day has passed and it was not fulfilled."""
    closed = (EstadoAcuerdo.CUMPLIDO, EstadoAcuerdo.NO_CUMPLIDO)
    return estado not in closed and plazo is not None and plazo < today
