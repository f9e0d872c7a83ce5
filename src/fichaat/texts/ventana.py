"""Words of the window's frame (codes `ventana.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "ventana.places": "Lugares del programa",
    "ventana.place_inicio": "Inicio",
    "ventana.place_fichas": "Fichas",
    "ventana.place_paquetes": "Paquetes",
    "ventana.place_ayuda": "Ayuda",
    "ventana.place_ajustes": "Ajustes",
    "ventana.waiting": "{lugar}, {cantidad} por atender",
    "ventana.role": "{rol} · {lugar}",
    "ventana.practice": "Práctica: datos ficticios",
    "ventana.practice_title": "fichaat · PRÁCTICA, datos ficticios",
    "ventana.role_especialista": "Especialista",
    "ventana.role_provincial": "Gobierno provincial",
    "ventana.role_coordinador": "Coordinación",
    "ventana.back": "Volver",
    "ventana.cancel": "Cancelar",
    "ventana.close": "Cerrar",
    "ventana.undo": "Deshacer",
    "ventana.progress": "{hechos} de {total}",
    "ventana.cancelling": "Cancelando…",
    "ventana.unsaved": "Hay algo escrito que aún no se guardó",
    "ventana.unsaved_what": "El programa no pudo guardar lo último que escribió. Si cierra ahora, eso se pierde; lo anterior está guardado.",
    "ventana.unsaved_close": "Cerrar y perder lo último",
    "ventana.unsaved_leave_what": "El programa no pudo guardar lo último que escribió. Si sale de esta página, eso se pierde; lo anterior está guardado.",
    "ventana.unsaved_leave": "Salir y perder lo último",
    "ventana.bug": "El programa tuvo un problema",
    "ventana.bug_what": "Lo que escribió sigue en pantalla y puede continuar. Si se repite, cierre y abra el programa, y envíe este archivo a quien le da soporte: {archivo}",
    "ventana.bug_nowhere": "no se pudo guardar el detalle",
    "ventana.bug_go_on": "Continuar",
}
