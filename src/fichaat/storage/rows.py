"""What one ficha, one agreement and one chain look like as rows: pure, the same everywhere."""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.acuerdo_state import CLOSED, AcuerdoState
from fichaat.domain.authority import BELIEVED, Authority, Standing, standing
from fichaat.domain.ficha import Ficha, Sesion
from fichaat.domain.lineage import Estado, History, Lineage, waits
from fichaat.domain.record import SealedRecord

Row = tuple[object, ...]

_NO_DATE: Final = "0000-00-00"
_DAY_SHIFT: Final = 41
"""Bits under the day in the number of a document: the newest day has the highest numbers."""

ROW_BITS: Final = (1 << _DAY_SHIFT) - 1
"""What of a document's number is the ficha's own."""

WAITING: Final = "en_espera"
"""Why a record about a ficha has no effect where that ficha has yet to come."""

AFTER_A_DAY: Final = "g"
"""Stands behind every key of a day: what follows the day in a key is hexadecimal."""


class FichaRows(Struct, frozen=True, gc=False):
    """One lineage."""

    ficha: Row
    distritos: list[Row]
    diagnosticos: list[Row]
    document: tuple[int, str]


def ficha_key(fecha: date | None, id_: str, origin: str) -> str:
    """Orders fichas by day, then by the moment their draft was born; unique for a lineage: 128
    bits of the device are more than anybody can make two keys for.
    """
    day = _NO_DATE if fecha is None else fecha.isoformat()
    return f"{day}{id_.replace('-', '')}{origin[:32]}"


def key_id_span() -> tuple[int, int]:
    """Where the id stands in a key: first character (from 1) and length, as SQL's substr."""
    return len(_NO_DATE) + 1, 32


def document_number(fecha: str, n: int) -> int:
    """The number of a ficha in the search index."""
    day = date.fromisoformat(fecha).toordinal() if fecha else 0
    return day << _DAY_SHIFT | n


def first_of_day(document: int) -> int:
    """The lowest number that a ficha of the same day may have."""
    return document >> _DAY_SHIFT << _DAY_SHIFT


def row_number(document: int) -> int:
    """The ficha's own number."""
    return document & ROW_BITS


def ficha_rows(line: Lineage, n: int) -> FichaRows:
    """The rows of one lineage; `n` numbers it on this installation only."""
    ficha = line.ficha
    shown = shown_columns(ficha)
    fecha = shown[0]
    key = ficha_key(ficha.fecha, line.id, line.origin)
    estado = str(line.estado)
    row = (
        n,
        key,
        line.id,
        line.origin,
        ficha.codigo,
        line.head.record.version,
        line.head.sha256,
        estado,
        str(line.aprobacion),
        int(line.disputed),
        *shown,
        "" if line.revision is None else str(line.revision),
        int(line.contradicha),
        str(ficha.ejecutor.nivel),
        " ".join(ficha.temas),
    )
    diagnosed = {
        item.ubigeo
        for item in ficha.distritos
        if item.sesion is Sesion.DIAGNOSTICO and fecha and line.estado is Estado.SELLADA
    }
    return FichaRows(
        row,
        [(ubigeo, key, estado, n, sesion) for ubigeo, sesion in _sesiones(ficha)],
        [(ubigeo, key) for ubigeo in sorted(diagnosed)],
        (document_number(fecha, n), search_text(ficha)),
    )


def shown_columns(ficha: Ficha) -> tuple[str, str, str, str, str, int]:
    """What the list shows of a content: fecha, distritos, responsable, sesion, modalidad and how
    many acuerdos.
    """
    return (
        "" if ficha.fecha is None else ficha.fecha.isoformat(),
        " ".join(dict.fromkeys([item.ubigeo for item in ficha.distritos])),
        "; ".join([person.nombre for person in ficha.responsables]),
        " ".join(dict.fromkeys([d.sesion for d in ficha.distritos if d.sesion is not None])),
        "" if ficha.modalidad is None else str(ficha.modalidad),
        len(ficha.acuerdos),
    )


def _sesiones(ficha: Ficha) -> Iterable[tuple[str, str]]:
    """Every district once with its session; of one that stands there twice the first line holds."""
    found: dict[str, str] = {}
    for item in ficha.distritos:
        found.setdefault(item.ubigeo, "" if item.sesion is None else str(item.sesion))
    return found.items()


def newborn_lineage(item: SealedRecord, authority: Authority) -> Lineage:
    """What `history` draws of a first version that is alone, without the detour."""
    record = item.record
    aprobacion = standing(item, authority, record.device)
    return Lineage(
        id=record.id,
        origin=record.device,
        head=item,
        estado=Estado.SELLADA if aprobacion in BELIEVED else Estado.CUARENTENA,
        aprobacion=aprobacion,
        disputed=False,
        versions=(item,),
    )


def newborn_acuerdos(line: Lineage, ids: Container[str]) -> list[AcuerdoState]:
    """What `acuerdo_state` says of those agreements of a ficha that nobody has followed up yet."""
    ficha = line.ficha
    attended = tuple(sorted({item.ubigeo for item in ficha.distritos}))
    return [
        AcuerdoState(
            acuerdo=acuerdo,
            ficha=line.id,
            origin=line.origin,
            distritos=attended if acuerdo.distrito is None else (acuerdo.distrito,),
            estado=EstadoAcuerdo.PENDIENTE,
            plazo=acuerdo.plazo,
            cumplido_el=None,
            contradiccion=False,
            heads=(line.head.sha256,),
            codigo=ficha.codigo,
            nacio=ficha.fecha,
        )
        for acuerdo in ficha.acuerdos
        if acuerdo.id in ids
    ]


def apart_rows(id_: str, story: History) -> list[Row]:
    """What about one ficha is kept without effect, and why."""
    left = {
        item.sha256: WAITING if waits(item, story) else Standing.SIN_DERECHO.value
        for item in story.refused
    }
    for line in story.lineages:
        left |= {apart.item.sha256: apart.motivo.value for apart in line.apartados}
    return [(id_, digest, mark) for digest, mark in left.items()]


def search_text(ficha: Ficha) -> str:
    """What a search looks into: code, people, place, nudos, orientations, agreements, remarks."""
    parts = [ficha.codigo, ficha.lugar or "", ficha.observaciones]
    for responsable in ficha.responsables:
        parts += (responsable.nombre, responsable.entidad, responsable.cargo)
    for destinatario in ficha.destinatarios:
        parts += (destinatario.nombre, destinatario.entidad, destinatario.cargo)
    for nudo in ficha.nudos_criticos:
        parts += (nudo.descripcion, nudo.orientacion)
    for acuerdo in ficha.acuerdos:
        parts += (acuerdo.descripcion, acuerdo.responsable)
    # SQLite ends a text at a null character; no record holds one, and this one never will.
    return "\n".join(parts)


def acuerdo_rows(state: AcuerdoState) -> tuple[Row, list[Row]]:
    """The row of an agreement and those of its districts."""
    acuerdo = state.acuerdo
    # One that is contradicted is not settled, whatever its first head says.
    is_open = state.contradiccion or state.estado not in CLOSED
    plazo = "" if state.plazo is None else state.plazo.isoformat()
    row = (
        acuerdo.id,
        state.ficha,
        state.origin,
        acuerdo.descripcion,
        acuerdo.responsable,
        plazo,
        str(state.estado),
        "" if state.cumplido_el is None else state.cumplido_el.isoformat(),
        int(state.contradiccion),
        " ".join(state.distritos),
        " ".join(state.heads),
        state.codigo,
        "" if state.nacio is None else state.nacio.isoformat(),
        "" if acuerdo.plazo is None else acuerdo.plazo.isoformat(),
        state.avance,
        "" if state.movido_en is None else state.movido_en.isoformat(),
        state.movido_por,
    )
    places: list[Row] = [
        (ubigeo, int(is_open), acuerdo.id, plazo) for ubigeo in dict.fromkeys(state.distritos)
    ]
    return row, places


def mentions(lines: Sequence[Lineage], acuerdos: set[str]) -> dict[str, list[Lineage]]:
    """The lineages with a version that bears or follows up each of these agreements."""
    found: dict[str, list[Lineage]] = {}
    for line in lines:
        named: set[str] = set()
        for item in line.versions:
            content = item.record.content
            assert isinstance(content, Ficha)  # `versions` holds nothing else
            named.update(acuerdo.id for acuerdo in content.acuerdos)
            named.update(s.acuerdo for s in content.seguimientos if s.acuerdo is not None)
        for id_ in named & acuerdos:
            found.setdefault(id_, []).append(line)
    return found
