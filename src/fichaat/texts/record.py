"""What became of one record of a package (codes `record.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "record.opaque": "El registro viene de una versión más nueva del programa. Se guarda; actualice para leerlo.",
    "record.fork": "Otro registro ocupa el mismo lugar de la cadena. Se guardan los dos.",
    "record.conflict": "Hay otra copia de la misma versión. Ninguna cuenta hasta que la región decida.",
    "record.device_pending": "El equipo que lo selló aún no está aprobado por la región.",
    "record.out_of_scope": "El equipo que lo selló no trabaja en ese ámbito. Queda aparte.",
    "record.quarantined": "La ficha es de otro equipo. Esta copia queda aparte hasta que la región decida.",
    "record.revoked": "El equipo que lo selló fue dado de baja por la región antes de que llegara. Queda en cuarentena.",
    "record.expired": "Llegó cuando la credencial de su equipo no estaba vigente. Queda en cuarentena.",
    "record.wrong_signer": "Quien lo selló no puede cambiar esa ficha. Se guarda sin efecto.",
}
