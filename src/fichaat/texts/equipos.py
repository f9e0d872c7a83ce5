"""Words of the devices of a region (codes `equipos.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "equipos.title": "Equipos de la región",
    "equipos.context": "Quién puede sellar, hasta cuándo y quién continúa a quién",
    "equipos.list": "Equipos",
    "equipos.records": "{cantidad} {cantidad:registro|registros} aquí",
    "equipos.own": "este equipo",
    "equipos.relieved": "lo continúa el equipo {equipo}",
    "equipos.sin_region": "Sin región",
    "equipos.por_aprobar": "Por aprobar",
    "equipos.aprobado": "Aprobado hasta {fecha:fecha}",
    "equipos.fuera_de_vigencia": "Venció el {fecha:fecha}",
    "equipos.revocado": "Revocado el {fecha:fecha}",
    "equipos.choice": "{nombre} ({palabras}…)",
    # What is done to one.
    "equipos.renew": "Renovar…",
    "equipos.revoke": "Revocar…",
    "equipos.relieve": "Relevar…",
    "equipos.title_renew": "Renovar la credencial de {nombre}",
    "equipos.title_revoke": "Revocar el equipo de {nombre}",
    "equipos.title_relieve": "Relevar el equipo de {nombre}",
    "equipos.what_renew": "La credencial dice lo mismo y vale tres años desde ahora.",
    "equipos.what_revoke": "Para un equipo perdido o robado. Lo que la región recibió antes sigue valiendo; lo que llegue después queda aparte. No se deshace.",
    "equipos.what_relieve": "Otro equipo aprobado continúa las fichas que este empezó: las corrige, las completa y las anula.",
    "equipos.do_renew": "Renovar credencial",
    "equipos.do_revoke": "Revocar equipo",
    "equipos.do_relieve": "Registrar relevo",
    "equipos.done_renew": "Renovada la credencial de {nombre}. Para que lo sepa, respóndale.",
    "equipos.done_revoke": "Revocado el equipo de {nombre}. Lo sabrán los demás con su próxima respuesta.",
    "equipos.done_relieve": "Relevado el equipo de {nombre}. Para que lo sepan, respóndales.",
    "equipos.reason": "Motivo",
    "equipos.reason_hint": "Queda en el registro y lo leen los demás equipos.",
    "equipos.reason_missing": "Escriba el motivo.",
    "equipos.successor": "Equipo que continúa",
    "equipos.successor_none": "Ningún otro equipo está aprobado. Apruebe primero el nuevo.",
}
