"""One agreement as lists show it, and which of them a list shows."""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.acuerdo_state import CLOSED


class Segmento(StrEnum):
    """What of the agreements is looked at."""

    ABIERTOS = "abiertos"
    VENCIDOS = "vencidos"
    SEMANA = "semana"
    MES = "mes"
    CONTRADICCIONES = "contradicciones"
    CERRADOS = "cerrados"
    TODOS = "todos"


class AcuerdoFilter(Struct, frozen=True):
    """Which agreements a list shows; what is empty does not filter."""

    segmento: Segmento = Segmento.ABIERTOS
    ambito: str = ""
    """Two, four or six digits: those with a district that begins so."""
    responsable: str = ""
    """Words of who carries it out, folded when compared."""
    texto: str = ""
    """Words of what was agreed, of its municipality, its responsible or its ficha."""
    estado: EstadoAcuerdo | None = None
    ficha: str = ""
    """Code of the ficha that bears it."""


class AcuerdoLine(Struct, frozen=True, gc=False):
    """An agreement as its events leave it. Dates are ISO texts, "" where there is none."""

    id: str
    ficha: str
    """Id of the ficha in which it was born."""
    descripcion: str
    responsable: str
    plazo: str
    """In force: the last agreed one."""
    estado: str
    cumplido_el: str
    contradiccion: bool
    distritos: tuple[str, ...]
    codigo: str
    """Of that ficha."""
    nacio: str
    """The day of that visit."""
    plazo_original: str
    avance: int | None
    """In per cent."""
    movido_en: str
    """When the event that gives its state was sealed, an instant; "" before the first one."""
    movido_por: str
    heads: tuple[str, ...] = ()
    """Hashes of the records that the next event has to name."""

    @property
    def abierto(self) -> bool:
        """One that is contradicted is not settled, whatever its first head says."""
        return self.contradiccion or self.estado not in CLOSED

    def atraso(self, hoy: date) -> int:
        """Days that it is, or was, late; 0 where it is not."""
        if not self.plazo:
            return 0
        if self.abierto:
            until = hoy
        elif self.cumplido_el:
            until = date.fromisoformat(self.cumplido_el)
        else:
            return 0
        return max(0, (until - date.fromisoformat(self.plazo)).days)


def is_in(line: AcuerdoLine, segmento: Segmento, hoy: date) -> bool:
    """Whether a list of that segment has the agreement."""
    match segmento:
        case Segmento.TODOS:
            return True
        case Segmento.CERRADOS:
            return not line.abierto
        case Segmento.CONTRADICCIONES:
            return line.contradiccion
        case Segmento.ABIERTOS:
            return line.abierto
        case Segmento.VENCIDOS:
            return line.abierto and "" < line.plazo < hoy.isoformat()
    until = end_of_week(hoy) if segmento is Segmento.SEMANA else end_of_month(hoy)
    return line.abierto and hoy.isoformat() <= line.plazo <= until.isoformat()


def end_of_week(day: date) -> date:
    """The Sunday of its week."""
    return day + timedelta(days=6 - day.weekday())


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
