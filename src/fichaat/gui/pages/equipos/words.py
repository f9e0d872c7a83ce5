"""What *Equipos* says of each device."""

from typing import Final, NamedTuple

from fichaat.application.region.devices import Aprobacion, DeviceRow
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.importar.words import device_words
from fichaat.gui.pages.recepcion.words import scope_words
from fichaat.gui.text import say, thousands

_LOOKS: Final = {
    Aprobacion.SIN_REGION: ("neutral", "vacio"),
    Aprobacion.POR_APROBAR: ("warn", "aviso"),
    Aprobacion.APROBADO: ("ok", "bien"),
    Aprobacion.FUERA_DE_VIGENCIA: ("warn", "reloj"),
    Aprobacion.REVOCADO: ("error", "anulada"),
}
_ASIDE: Final = ("neutral", "vacio")


class EquipoWords(NamedTuple):
    """One device."""

    device: str
    nombre: str
    detalle: str
    palabras: tuple[str, ...]
    estado: str
    tone: str
    icon: str
    approvable: bool
    """It waits for the region, and its request is here."""
    renewable: bool
    revocable: bool
    relievable: bool
    """Another may go on with its fichas."""
    takes_over: bool
    """It may go on with those of another."""
    aside: bool | None
    """Whether it was put aside; None where it does not wait."""


def equipo_row(row: DeviceRow, territorio: Territorio) -> EquipoWords:
    grant = row.grant
    told = grant or row.solicitud
    nombre = say("recepcion.nameless", equipo=device_words(row.device))
    parts = []
    if told is not None:
        nombre = told.nombre or nombre
        parts = [
            say(f"recepcion.rol_{told.rol.value}"),
            scope_words(told.ambito, territorio),
            told.entidad,
        ]
    unapproved = row.aprobacion is Aprobacion.POR_APROBAR
    if unapproved and told is None:
        parts.append(say("recepcion.asks_nothing"))
    if row.own:
        parts.append(say("equipos.own"))
    if row.registros:
        parts.append(say("equipos.records", cantidad=thousands(row.registros)))
    if row.relevado_por:
        parts.append(say("equipos.relieved", equipo=device_words(row.relevado_por[0])))
    approved = row.aprobacion in (Aprobacion.APROBADO, Aprobacion.FUERA_DE_VIGENCIA)
    revoked = row.aprobacion is Aprobacion.REVOCADO
    return EquipoWords(
        row.device,
        nombre,
        " · ".join(filter(None, parts)),
        row.palabras,
        _state(row),
        *(_ASIDE if row.visto_en is not None else _LOOKS[row.aprobacion]),
        approvable=unapproved and row.waits and row.solicitud is not None,
        renewable=approved,
        revocable=not row.own and not revoked,
        relievable=not row.own and grant is not None,
        takes_over=row.aprobacion is Aprobacion.APROBADO,
        aside=row.visto_en is not None if row.waits or row.visto_en is not None else None,
    )


def _state(row: DeviceRow) -> str:
    if row.visto_en is not None:
        return say("equipos.aside", fecha=row.visto_en.date().isoformat())
    if row.revocado_desde is not None:
        return say("equipos.revocado", fecha=row.revocado_desde.date().isoformat())
    hasta = "" if row.grant is None else row.grant.hasta.date().isoformat()
    return say(f"equipos.{row.aprobacion.value}", fecha=hasta)
