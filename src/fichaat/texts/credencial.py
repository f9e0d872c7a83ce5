"""Why a device was not approved, renewed, revoked or relieved (codes `credencial.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    # Requests.
    "credencial.no_request": "{archivo} no es una solicitud de aprobación. Pida el archivo que escribe «fichaat perfil solicitud».",
    "credencial.not_asked": "Del equipo {equipo} no se ha importado ninguna solicitud. Pídale el archivo que escribe «fichaat perfil solicitud».",
    "credencial.asked_twice": "Hay dos solicitudes distintas del equipo de {nombre}. Apruebe solo la última.",
    "credencial.name_required": "La solicitud del equipo {equipo} no dice de quién es. Pida una nueva.",
    "credencial.other_region": "La solicitud de {nombre} es para la región {region}. Apruébela allí.",
    "credencial.province_required": "Para aprobar a {nombre} como provincial falta su provincia. Añada --ambito con sus cuatro dígitos.",
    "credencial.province_unknown": "La provincia {provincia} no es de la región {region}. Revise sus cuatro dígitos.",
    "credencial.scope_region": "El rol {rol} tiene por ámbito toda la región. Quite --ambito o dé {region}.",
    "credencial.issuer_role": "Solo quien coordina publica el catálogo, y {nombre} tiene otro rol. Quite --emisor.",
    "credencial.hasta_past": "El {fecha:fecha} ya pasó. Dé una fecha futura.",
    "credencial.hasta_far": "La vigencia termina a más tardar en {ultimo}. Dé una fecha anterior.",
    "credencial.hasta_shorter": "{nombre} ya está aprobado hasta el {fecha:fecha} y una renovación solo puede alargar. Dé esa fecha o una posterior; para terminar antes, revoque el equipo.",
    # Which device.
    "credencial.device_short": "Dé al menos {minimo} dígitos de la huella del equipo, o sus ocho palabras.",
    "credencial.device_unknown": "Aquí no se conoce ningún equipo «{equipo}». Búsquelo con «fichaat credencial listar».",
    "credencial.device_ambiguous": "«{equipo}» puede ser cualquiera de {cantidad} equipos. Dé más dígitos, o las ocho palabras.",
    # What the region says later.
    "credencial.not_approved": "El equipo {equipo} todavía no está aprobado. Apruébelo primero con su solicitud.",
    "credencial.never_approved": "El equipo anterior {equipo} nunca fue aprobado y no hay qué continuar. Apruébelo primero con su solicitud, o revise cuál es.",
    "credencial.revoked": "El equipo de {nombre} está revocado y eso no se deshace. Apruebe el equipo nuevo de esa persona.",
    "credencial.motivo_required": "Escriba el motivo: queda en el registro.",
    "credencial.own_device": "No se puede revocar el equipo en el que está trabajando. Hágalo desde otro equipo que coordine.",
    "credencial.region_key": "Esa es la llave de la región, no un equipo. Para cambiarla use «fichaat region crear --reemplaza».",
    "credencial.desde_future": "La revocación no puede empezar en el futuro. Dé el momento en que el equipo dejó de estar en buenas manos.",
    "credencial.same_device": "Un equipo no se releva a sí mismo. Dé primero el anterior y después el nuevo.",
}
