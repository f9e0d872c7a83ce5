"""What the commands about region, devices and reviews answer and ask (codes `cli.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "cli.bad_day": "«{valor}» no es un día: {opcion} lleva una fecha como 2026-11-30.",
    "cli.bad_moment": "«{valor}» no es un momento: {opcion} lleva una fecha como 2026-11-30 o un instante como 2026-11-30T09:00:00-05:00.",
    "cli.not_confirmed": "No se confirmó. No se hizo nada.",
    "cli.ask_region_passphrase": "Frase de la llave de la región:",
    "cli.ask_new_region_passphrase": "Frase nueva para la llave de la región (otra que la suya):",
    # region
    "cli.doing_region": "Preparando la región",
    "cli.region_made": "Se creó la llave de la región en {archivo}.",
    "cli.region_copies": "Guarde dos copias de ese archivo en dos USB, y su frase aparte. Sin él no se puede aprobar ni revocar a nadie.",
    "cli.region_opened": "Este equipo acepta la llave de la región y abre lo que se cifra para ella.",
    "cli.region_accepted": "Este equipo acepta la llave de la región.",
    "cli.region_state": "Este equipo: {estado}",
    "cli.region_validity": "Su credencial vale en {ambito} del {desde:fecha} al {hasta:fecha}",
    "cli.region_root": "Llave de la región: {palabras}",
    "cli.region_replaced_root": "Raíz anterior, reemplazada en este equipo; no la acepte otra vez: {palabras}",
    "cli.region_other_root": "Otra raíz, sin efecto aquí: {palabras}",
    "cli.region_catalog": "Catálogo en vigor: versión {version}",
    # credencial
    "cli.doing_approval": "Sellando con la llave de la región",
    "cli.asks": "Pide aprobación {nombre} ({entidad}) como {rol}.",
    "cli.ask_words_agree": "¿Leyó esa persona por teléfono exactamente esas palabras? Escriba sí para aprobar",
    "cli.approved": "Aprobado: {nombre} como {rol} en {ambito}, hasta el {hasta:fecha}.",
    "cli.approved_before": "Ya estaba aprobado: {nombre} como {rol} en {ambito}. No se selló nada.",
    "cli.revoked": "Equipo {equipo} de {nombre} revocado. Lo que la región recibió antes sigue valiendo.",
    "cli.ask_revoke_since": "Lo que la región recibió del equipo {equipo} de {nombre} desde el {desde} dejará de contar, y eso no se deshace. Escriba sí para revocarlo desde entonces",
    "cli.revoked_since": "Equipo {equipo} de {nombre} revocado desde el {desde}. Lo que la región recibió antes de ese momento sigue valiendo; lo que recibió después ya no cuenta.",
    "cli.revoked_before": "El equipo {equipo} de {nombre} ya estaba revocado desde entonces. No se selló nada.",
    "cli.relieved": "El equipo {nuevo} de {a} continúa las fichas del equipo {anterior} de {de}.",
    "cli.relieved_before": "El equipo {nuevo} de {a} ya continuaba las fichas del equipo {anterior} de {de}. No se selló nada.",
    "cli.device_unasked": "{equipo}  {estado}  (sin solicitud)",
    "cli.device_line": "{equipo}  {estado}  {nombre}  {rol}  {ambito}  {hasta:fecha}",
    # revision
    "cli.only_of_one": "{opcion} solo se puede decir de una ficha. Quítelo o nombre una sola.",
    "cli.reviewed": "Ficha {codigo}: {veredicto}.",
}
