"""What went wrong with keys, and what to do."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "trust.device_key": "La clave de este equipo está dañada. Restaure la última copia de seguridad.",
    "trust.key_slot": "El archivo de claves está dañado. Restaure la última copia de seguridad.",
    "trust.recovery_code": "El código de recuperación no está completo o tiene un error. Revise las doce palabras y su orden.",
    # Why an intact and valid package is not trusted yet.
    "trust.exporter_pending": "El equipo que hizo el paquete aún no está aprobado por la región.",
    "trust.exporter_revoked": "El equipo que hizo el paquete fue dado de baja por la región.",
    "trust.other_region_key_own": "Trae otra llave de región, aquí sin efecto. Si la cambió otra persona que coordina, compare con ella sus ocho palabras y acéptela en Ajustes o con «fichaat region aceptar … --reemplaza». Si no, no la acepte.",
    "trust.other_region_key": "Trae otra llave de región, aquí sin efecto. Si su coordinador anunció una nueva, compare con él sus ocho palabras y acéptela en Ajustes o con «fichaat region aceptar … --reemplaza». Si no, avísele.",
    "trust.region_pending": "El paquete trae credenciales de una región que usted aún no ha aceptado. Compare sus ocho palabras con su coordinador y acéptela con «fichaat region aceptar» o en Ajustes.",
    "trust.signer_pending": "Un equipo que selló registros de este paquete aún no está aprobado por la región.",
    "trust.records_apart": "Algunos registros quedan aparte hasta que la región decida.",
}
