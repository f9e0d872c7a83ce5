"""The «Matriz de seguimiento de acuerdos» (R037) as a workbook: one row an agreement, then every
event that counts.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from fichaat.application.acuerdo_line import AcuerdoFilter, AcuerdoLine
from fichaat.application.acuerdos.list_acuerdos import ListAcuerdos
from fichaat.application.acuerdos.story import HeldStory, read_stories
from fichaat.application.installation import Installation
from fichaat.application.party import party
from fichaat.application.sheets import CellKind, Column, Sheet, Value, Workbook
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.territorio import Territorio

ESTADOS: Final = {
    EstadoAcuerdo.PENDIENTE: "Pendiente",
    EstadoAcuerdo.EN_PROCESO: "En proceso",
    EstadoAcuerdo.CUMPLIDO: "Cumplido",
    EstadoAcuerdo.NO_CUMPLIDO: "No cumplido",
    EstadoAcuerdo.REPROGRAMADO: "Reprogramado",
}
CONTRADICCION: Final = "En contradicción"
MATRIX_TITLE: Final = "Matriz de seguimiento de acuerdos"

_MATRIX: Final = (
    Column("Gobierno local"),
    Column("Provincia"),
    Column("Ficha"),
    Column("Fecha", CellKind.FECHA),
    Column("Acuerdo", CellKind.TEXTO_LARGO),
    Column("Nudo crítico que atiende", CellKind.TEXTO_LARGO),
    Column("Responsable"),
    Column("Plazo original", CellKind.FECHA),
    Column("Plazo vigente", CellKind.FECHA),
    Column("Estado"),
    Column("Avance", CellKind.PORCENTAJE),
    Column("Cumplido el", CellKind.FECHA),
    Column("Días de atraso", CellKind.ENTERO),
    Column("Último comentario", CellKind.TEXTO_LARGO),
    Column("Identificador"),
)
_EVENTS: Final = (
    Column("Identificador"),
    Column("Gobierno local"),
    Column("Acuerdo", CellKind.TEXTO_LARGO),
    Column("Registrado el", CellKind.FECHA),
    Column("Registrado por"),
    Column("Entidad"),
    Column("En la ficha"),
    Column("Estado"),
    Column("Avance", CellKind.PORCENTAJE),
    Column("Cumplido el", CellKind.FECHA),
    Column("Nuevo plazo", CellKind.FECHA),
    Column("Motivo", CellKind.TEXTO_LARGO),
    Column("Comentario", CellKind.TEXTO_LARGO),
)


class _Place(Struct, frozen=True):
    gl: str
    provincia: str


class WriteMatrix:
    def __init__(self, here: Installation, lines: ListAcuerdos) -> None:
        self._here = here
        self._lines = lines

    def __call__(self, wanted: AcuerdoFilter) -> Workbook:
        """The agreements of a filter, in the order of the list."""
        listing = self._lines(wanted)
        with self._here.store.read() as reader:
            ids = [line.id for line in listing.lines]
            rows: list[Sequence[Value]] = []
            events: list[Sequence[Value]] = []
            by_id = {line.id: line for line in listing.lines}
            for held in read_stories(reader, ids):
                line = by_id[held.story.state.acuerdo.id]
                place = _place(line.distritos, self._here.territorio)
                rows.append(_row(line, held, place, listing.hoy))
                events.extend(_event_rows(line, held, place))
        lead = (MATRIX_TITLE, self._context(listing.hoy, len(rows)))
        return Workbook(
            MATRIX_TITLE,
            (
                Sheet("Matriz", _MATRIX, tuple(rows), lead),
                Sheet("Eventos", _EVENTS, tuple(events)),
            ),
        )

    def _context(self, hoy: date, count: int) -> str:
        profile = self._here.profile
        region = self._here.territorio.gobierno_regional(profile.region) or profile.region
        parts = [region, f"al {hoy:%d/%m/%Y}", f"{count} acuerdos de visitas"]
        if profile.practice:
            parts.append("PRÁCTICA: datos ficticios")
        return " · ".join(parts)


def _place(ubigeos: Sequence[str], territorio: Territorio) -> _Place:
    found = [territorio.known(ubigeo) for ubigeo in ubigeos]
    names = [
        ubigeo if place is None else place.distrito
        for ubigeo, place in zip(ubigeos, found, strict=True)
    ]
    provinces = dict.fromkeys(place.provincia for place in found if place is not None)
    return _Place(", ".join(names), ", ".join(provinces))


def estado_word(line: AcuerdoLine) -> str:
    """What a sheet says of its state."""
    return CONTRADICCION if line.contradiccion else ESTADOS[EstadoAcuerdo(line.estado)]


def day(text: str) -> date | None:
    """Of an ISO text; None of an empty one."""
    return date.fromisoformat(text) if text else None


def _row(line: AcuerdoLine, held: HeldStory, place: _Place, hoy: date) -> Sequence[Value]:
    story = held.story
    nudo = story.state.acuerdo.nudo
    last = [event.said.comentario for event in story.events if event.said.comentario]
    return (
        place.gl,
        place.provincia,
        line.codigo,
        day(line.nacio),
        line.descripcion,
        "" if nudo is None else story.line.ficha.nudos_criticos[nudo].descripcion,
        line.responsable,
        day(line.plazo_original),
        day(line.plazo),
        estado_word(line),
        line.avance,
        None if line.contradiccion else day(line.cumplido_el),
        line.atraso(hoy),
        last[-1] if last else "",
        line.id,
    )


def _event_rows(line: AcuerdoLine, held: HeldStory, place: _Place) -> list[Sequence[Value]]:
    rows: list[Sequence[Value]] = []
    for event in held.story.events:
        said = event.said
        who = party(held.authority, held.records[event.sha256].record.device)
        rows.append(
            (
                line.id,
                place.gl,
                line.descripcion,
                _local(event.en),
                who.nombre or event.por.nombre,
                who.entidad or event.por.entidad,
                event.codigo,
                ESTADOS[said.estado],
                said.avance,
                said.cumplido_el,
                said.nuevo_plazo,
                said.motivo or "",
                said.comentario,
            )
        )
    return rows


def _local(moment: datetime) -> datetime:
    """As its device said: without the offset, which a sheet cannot hold."""
    return moment.replace(tzinfo=None)
