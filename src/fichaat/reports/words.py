"""The words of Anexo N°3, as the official text has them, and those of its complementary sheet."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Final

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.ficha import Modalidad, Nivel, Sesion, Tema
from fichaat.domain.firma import ClaseAdjunto

# --- Anexo N°3 of the ART-01 sheet, word for word ------------------------------------------------

ANEXO: Final = "Anexo N°3"
TITULO: Final = "Ficha de registro de acciones de asistencia técnica en el marco del Pacto Regional"
INSTRUCCIONES: Final = "Instrucciones:"
INSTRUCCIONES_TEXTO: Final = (
    "En la presente ficha se registran las acciones de asistencia técnica (AT) desarrolladas para "
    "cumplimiento de los indicadores contemplados en el Pacto Regional por el DIT suscrito. Las "
    "acciones de AT pueden ser individuales y/o grupales, asimismo se pueden realizar en modalidad "
    "presencial, virtual y/o mixta."
)
GOBIERNO_REGIONAL: Final = "Gobierno Regional:"
FECHA: Final = "Fecha:"
HORA_INICIO: Final = "Hora inicio:"
LUGAR: Final = "Lugar (en caso sea presencial):"
HORA_FIN: Final = "Hora fin:"
DISTRITOS: Final = "Distrito(s):"
MODALIDAD: Final = "Modalidad:"
MODALIDADES: Final[Mapping[Modalidad, str]] = {
    Modalidad.PRESENCIAL: "Presencial",
    Modalidad.VIRTUAL: "virtual",
    Modalidad.MIXTA: "Mixta",
}
RESPONSABLE: Final = "Responsable de la asistencia técnica"
DESTINATARIOS: Final = "Destinatario(s) de la asistencia técnica"
CONSIGNAR: Final = "(Consignar entidad, nombre y cargo)"
NUDO: Final = "Nudo crítico y/o dificultad"
ORIENTACIONES: Final = "Orientaciones brindadas"
ACUERDOS: Final = "Acuerdos/compromisos"
SEGUIMIENTO: Final = "Seguimiento de acuerdos/compromisos anteriores (si hubiera)"
FIRMA: Final = "Firma"
FIRMA_RESPONSABLE: Final = "Responsable de la AT"
FIRMA_DESTINATARIOS: Final = "Destinatario(s) de AT"

# --- our own words -------------------------------------------------------------------------------

CONTINUED: Final = "(continuación)"
MISSING: Final = "Por completar"
NOTHING: Final = "–"

ESTADOS: Final[Mapping[EstadoAcuerdo, str]] = {
    EstadoAcuerdo.PENDIENTE: "Pendiente",
    EstadoAcuerdo.EN_PROCESO: "En proceso",
    EstadoAcuerdo.CUMPLIDO: "Cumplido",
    EstadoAcuerdo.NO_CUMPLIDO: "No cumplido",
    EstadoAcuerdo.REPROGRAMADO: "Reprogramado",
}
NIVELES: Final[Mapping[Nivel, str]] = {
    Nivel.REGIONAL: "nivel regional",
    Nivel.PROVINCIAL: "nivel provincial",
    Nivel.OTRO: "otro nivel",
}
SESIONES: Final[Mapping[Sesion, str]] = {
    Sesion.DIAGNOSTICO: "Diagnóstico",
    Sesion.SEGUIMIENTO: "Seguimiento",
    Sesion.ESPECIFICA: "Específica",
}
TEMAS: Final[Mapping[Tema, str]] = {
    Tema.SALUD: "Salud",
    Tema.AGUA: "Agua",
    Tema.EDUCACION: "Educación",
    Tema.ARTICULACION: "Articulación territorial",
}

CLASES: Final[Mapping[ClaseAdjunto, str]] = {
    ClaseAdjunto.FOTO: "Foto",
    ClaseAdjunto.LISTA_ASISTENCIA: "Lista de asistencia",
    ClaseAdjunto.FICHA_FIRMADA: "Ficha firmada en papel",
    ClaseAdjunto.OTRO: "Otro documento",
}

_LIMA: Final = timezone(timedelta(hours=-5))
_I_SOUND: Final = re.compile(r"h?i(?![aeou])")


def day(value: date) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def moment(value: datetime) -> str:
    """Day and hour in Lima, whatever offset the moment was written with."""
    try:
        local = value.astimezone(_LIMA)
    except OverflowError:  # the first or the last day of the calendar
        return value.isoformat(timespec="minutes")
    return f"{day(local)} {local.hour:02d}:{local.minute:02d}"


def listing(names: Sequence[str]) -> str:
    """«Pacaycasa, Quinua y San José de Ticllas»; «y» turns «e» before the sound of i."""
    if len(names) < 2:
        return "".join(names)
    bare = unicodedata.normalize("NFKD", names[-1]).casefold()
    word = "e" if _I_SOUND.match(bare) else "y"
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def sentence(text: str) -> str:
    """The text as typed, closed with a full stop where it has no end of its own; "" stays."""
    return text if not text or text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}."


def size(count: int) -> str:
    """Bytes as a person reads them: «412 kB», «1,4 MB»."""
    if count < 1000:
        return f"{count} bytes"
    if count < 999_500:
        return f"{round(count / 1000)} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
