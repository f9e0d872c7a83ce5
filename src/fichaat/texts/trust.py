"""What went wrong with keys, and what to do."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "trust.device_key": "La clave de este equipo está dañada. Restaure la última copia de seguridad.",
    "trust.key_slot": "El archivo de claves está dañado. Restaure la última copia de seguridad.",
    "trust.recovery_code": "El código de recuperación no está completo o tiene un error. Revise las doce palabras y su orden.",
    # Why an intact and valid package is not trusted yet.
    "trust.exporter_pending": "El equipo que hizo el paquete aún no está aprobado por la región.",
    "trust.signer_pending": "Un equipo que selló registros de este paquete aún no está aprobado por la región.",
    "trust.records_apart": "Algunos registros quedan aparte hasta que la región decida.",
}
