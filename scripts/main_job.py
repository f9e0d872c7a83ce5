"""The main job, told as a person does it in the window: from the first start to a sealed ficha.

Everybody and everything here is fictitious. The same story is the tour of `make run` and the
end-to-end test; `Pilot.actions` is what it cost in clicks and shortcuts.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt

from fichaat.gui.widgets.signature_pad import SignaturePad
from scripts.pilot import Pilot

_K = Qt.Key
PASSPHRASE: Final = "queso puente lluvia maíz"  # noqa: S105  # of people who do not exist
NAME: Final = "Marleni Ficticia Ñahui"

NUDOS: Final = (
    (
        "14 niñas y niños menores de 12 meses no tienen DNI.",
        "Programar la jornada de DNI en Patahuayco y Ccollpa.",
    ),
    (
        "El cloro residual no se registra todos los meses.",
        "Se practicó el llenado del cuaderno de cloración con el área técnica.",
    ),
    (
        "Las gestantes de zonas alejadas no completan los controles.",
        "Se orientó a coordinar la visita de actores sociales con el puesto de salud.",
    ),
)
ACUERDOS: Final = (
    ("Realizar la jornada de DNI en Patahuayco y Ccollpa.", "Wilber Inventado Palomino"),
    ("Enviar el cuaderno de cloración de los 5 sistemas de agua.", "Yesenia Ejemplo Mendívil"),
)
DESTINATARIOS: Final = (
    ("Municipalidad Distrital de Quinua", "Wilber Inventado Palomino", "Gerente Social"),
    ("Municipalidad Distrital de Quinua", "Yesenia Ejemplo Mendívil", "Área Técnica Municipal"),
)
_SIGNATURE: Final = (
    ((0.25, 0.62), (0.33, 0.35), (0.34, 0.60), (0.40, 0.36), (0.41, 0.58), (0.46, 0.40)),
    ((0.46, 0.58), (0.50, 0.48), (0.53, 0.58), (0.57, 0.47), (0.60, 0.57), (0.70, 0.50)),
    ((0.27, 0.70), (0.50, 0.66), (0.72, 0.65)),
)


def first_start(pilot: Pilot) -> None:
    """Three screens and the recovery sheet, by keyboard."""
    pilot.wait_for("¿Quién es usted?")
    pilot.until(lambda: pilot.focus_is("Nombres y apellidos"), "the cursor in the name")
    pilot.type(NAME)
    pilot.tab_to("Cargo")
    pilot.type("Especialista en articulación territorial")
    pilot.press(_K.Key_Return)
    pilot.until(lambda: pilot.focus_is("Región"), "the cursor in the region")
    pilot.type("ayac")
    pilot.press(_K.Key_Return)
    pilot.until(lambda: pilot.focus_is("Frase de acceso nueva"), "the cursor in the passphrase")
    pilot.type(PASSPHRASE)
    pilot.tab_to("Escríbala otra vez")
    pilot.type(PASSPHRASE)
    pilot.press(_K.Key_Return)
    pilot.wait_for("Guarde su hoja de recuperación")
    pilot.tab_to("Ya tengo las doce palabras en un lugar seguro")
    pilot.press(_K.Key_Space)
    pilot.tab_to("Empezar a trabajar")
    pilot.press(_K.Key_Return)
    pilot.wait_for("Registre una asistencia técnica")


def begin_visit(pilot: Pilot, municipality: str = "quinua") -> None:
    """Some letters of the municipality, Enter."""
    pilot.do("Nueva visita", "Ctrl+N")
    pilot.until(lambda: pilot.focus_is("¿En qué municipalidad está?"), "the search box")
    pilot.type(municipality)
    pilot.wait_for("La ficha empezará con")
    pilot.press(_K.Key_Return)
    pilot.until(lambda: pilot.focus_is("Fecha"), "the cursor in the first field")


def fill_ficha(pilot: Pilot) -> None:
    """Every field in the order of the paper, from one to the next with Tab."""
    pilot.tab_to("Hora inicio")
    pilot.type("900")
    pilot.tab_to("Hora fin")
    pilot.type("11.30")
    pilot.tab_to("Modalidad: Presencial")
    pilot.press(_K.Key_Space)
    pilot.tab_to("Lugar (en caso sea presencial)")
    pilot.type("Sala de regidores de la Municipalidad Distrital de Quinua")
    pilot.tab_to("Salud")
    pilot.press(_K.Key_Space)
    _fill_rows(pilot, "Añadir destinatario", DESTINATARIOS)
    _fill_rows(pilot, "Añadir nudo", NUDOS)
    _fill_rows(pilot, "Añadir acuerdo", [(*acuerdo, "15/12/2026", "") for acuerdo in ACUERDOS])


def sign_all(pilot: Pilot, on_drawn: Callable[[], object] = lambda: None) -> None:
    """The pad, one participant after the other: strokes by pointer, Enter accepts."""
    signers = len(DESTINATARIOS) + 1
    pilot.do(f"Firmas (0 de {signers})", "F9")
    for number in range(1, signers + 1):
        pilot.wait_for(f"Firma {number} de {signers}")
        draw_signature(pilot)
        if number == 1:
            on_drawn()
        pilot.control("Aceptar firma")  # once there is something to accept
        pilot.press(_K.Key_Return)
    pilot.wait_for("Están las firmas de todos")


def review(pilot: Pilot) -> None:
    """What will be sealed."""
    pilot.do("Revisar y sellar", "Ctrl+Return")
    pilot.wait_for("La ficha está completa")
    pilot.until(lambda: pilot.reads("Página 1 de 2"), "the paper")


def seal(pilot: Pilot) -> None:
    """The ficha can no longer be changed."""
    pilot.do("Sellar ficha")
    pilot.wait_for("Ficha sellada.")
    pilot.until(lambda: pilot.reads("Página 1 de 2"), "the sealed paper")


def save_pdf(pilot: Pilot, path: Path) -> None:
    """The sealed paper as a file, from the view of the ficha."""
    pilot.do("Abrir la ficha")
    pilot.wait_for("Corregir ficha…")
    pilot.do("Más opciones")
    pilot.choose("Guardar PDF…")
    pilot.until(lambda: pilot.dialog_is("Guardar PDF"), "the file dialog")
    pilot.type(str(path))
    pilot.press(_K.Key_Return)
    pilot.until(path.exists, f"{path.name} written")


def export(pilot: Pilot) -> None:
    """The bundle for the region, in the folder of documents."""
    pilot.do("Paquetes, 1 por atender", "Ctrl+3")
    pilot.wait_for("Qué llevar")
    pilot.do("Exportar paquete")
    pilot.wait_for("Paquete listo")


def draw_signature(pilot: Pilot) -> None:
    """Three strokes on the pad that is shown."""
    pad = pilot.shown(SignaturePad)
    for stroke in _SIGNATURE:
        pilot.stroke(pad, stroke)


def _fill_rows(pilot: Pilot, add: str, rows: Sequence[Sequence[str]]) -> None:
    """The first row by the link at the head of the table, the next ones with Enter."""
    pilot.tab_to(add)
    pilot.press(_K.Key_Return)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            pilot.type(text)
            last = column == len(row) - 1
            if not last:
                pilot.press(_K.Key_Tab)
            elif number < len(rows) - 1:
                pilot.press(_K.Key_Return)
