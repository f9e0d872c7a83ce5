"""Why a review was not sealed (codes `revision.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    # What was said.
    "revision.motivo_required": "Escriba el motivo: quien hizo la ficha lo leerá.",
    "revision.plazo_unexpected": "Solo una observación lleva plazo. Quítelo.",
    "revision.plazo_past": "El plazo {plazo:fecha} ya pasó. Dé una fecha futura.",
    "revision.repeated": "La ficha {codigo} está dos veces. Nómbrela una sola vez.",
    # Of which copy.
    "revision.newer": "De la ficha {codigo} llegó una versión más nueva que la que usted vio. Véala antes de decidir.",
    "revision.version_unknown": "La ficha {codigo} no tiene aquí esa versión. Revise el número.",
    "revision.copies": "Hay {cantidad} copias de esa versión. Diga cuál con --sha256.",
    "revision.copy_unknown": "Ninguna copia, o más de una, empieza con «{huella}». Dé al menos {minimo} dígitos de su SHA-256.",
    "revision.nothing_to_choose": "La ficha {codigo} no está en conflicto: no hay copias entre las que elegir.",
    "revision.nothing_to_retract": "Esa versión de {codigo} no está aprobada, observada ni rechazada, o ya se retiró lo que la región dijo de ella. El visto de una provincia no se retira: observe o rechace la ficha.",
    "revision.quarantined": "La ficha {codigo} está en cuarentena. Resuelva primero el equipo que la selló.",
    "revision.device_pending": "La ficha {codigo} es de un equipo que la región no ha aprobado: lo que diga de ella no tendría efecto. Apruebe primero el equipo.",
    "revision.already_approved": "La ficha {codigo} ya está aprobada.",
    "revision.conflict": "La ficha {codigo} tiene copias en conflicto. Elija primero cuál vale.",
    "revision.annulled": "La ficha {codigo} está anulada y ya no se revisa.",
    # By what right.
    "revision.no_region": "Este equipo todavía no acepta la llave de ninguna región. Importe la respuesta de la región y acéptela primero.",
    "revision.not_approved": "La región todavía no aprueba este equipo: su revisión no tendría efecto. Envíe primero su solicitud.",
    "revision.expired": "La credencial de este equipo no está vigente: su revisión no tendría efecto. Pida a la región que la renueve.",
    "revision.device_revoked": "La región revocó este equipo: su revisión no tendría efecto.",
    "revision.province_only": "Visar es tarea de la provincia. Quien coordina la región aprueba, observa o rechaza.",
    "revision.coordinator_only": "Eso lo decide quien coordina la región. Una provincia solo visa.",
    "revision.visa_stands": "Una provincia no retira su visto. Avise a quien coordina la región: puede observar o rechazar la ficha, y su palabra vale más.",
    "revision.out_of_scope": "La ficha tiene distritos fuera de su ámbito ({ambito}). Solo se visa lo de la propia provincia.",
}
