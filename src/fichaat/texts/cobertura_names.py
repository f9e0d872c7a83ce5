"""What kinds of coverage are called, alike on a screen, in a terminal and on paper.

Apart from the sentences: those are read before the first picture of the window, which does not wait
for the domain.
"""

from typing import Final

from fichaat.domain.cobertura import Alcance, Exclusion
from fichaat.domain.ficha import Sesion, Tema
from fichaat.domain.revision import Veredicto

EXCLUSIONES: Final = {
    Exclusion.ANULADA: "Anulada",
    Exclusion.CONFLICTO: "En conflicto: hay copias y ninguna cuenta todavía",
    Exclusion.CUARENTENA: "En cuarentena: quien la selló no tiene derecho",
    Exclusion.RECHAZADA: "Rechazada por la región",
    Exclusion.EJECUTOR_OTRO: "La hizo otra entidad, ni la región ni una provincia",
    Exclusion.CASCADA_SIN_RECIBIR: "De una provincia, y la región aún no la recibe",
    Exclusion.INCOMPLETA: "No dice su fecha o qué sesión fue",
    Exclusion.NO_FIRMANTE: "El distrito no había firmado el Pacto",
    Exclusion.OTRO_TEMA: "Trata de otro tema",
    Exclusion.FUERA_DE_PERIODO: "Fuera del periodo",
}
"""In the order of a report: what somebody can mend first, what is merely elsewhere last."""

SESIONES: Final = {
    Sesion.DIAGNOSTICO: "Diagnóstico",
    Sesion.SEGUIMIENTO: "Seguimiento",
    Sesion.ESPECIFICA: "Específica",
}

TEMAS: Final = {
    Tema.SALUD: "Salud",
    Tema.AGUA: "Agua",
    Tema.EDUCACION: "Educación",
    Tema.ARTICULACION: "Articulación territorial",
}

ESTADOS_ACCION: Final = {
    Veredicto.APROBADA.value: "Aprobada",
    Veredicto.OBSERVADA.value: "Observada",
    Veredicto.VISADA.value: "Visada",
    "recibida": "Recibida",
    "sellada": "Sellada",
}
"""By `cobertura.Accion.estado`."""

ALCANCES: Final = {
    Alcance.APROBADAS: "Sí",
    Alcance.RECIBIDAS: "Por revisar",
    Alcance.TODAS: "Aún no",
    None: "No",
}
"""Whether a local government received assistance."""

MESES: Final = (
    "ene",
    "feb",
    "mar",
    "abr",
    "may",
    "jun",
    "jul",
    "ago",
    "set",
    "oct",
    "nov",
    "dic",
)
