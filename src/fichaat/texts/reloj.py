"""What speaks against this computer's own clock, and what to do (codes `reloj.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "reception.own_clock": "El reloj de este computador parece estar mal. La fecha de recepción queda para siempre: con una equivocada no se importa.",
    # What speaks against it.
    "reloj.sellado_despues": "Este computador dice que hoy es {ahora:fecha}, {hora}, pero lo último que se selló en él es del {contra:fecha}, {contra_hora}.",
    "reloj.credencial_futura": "Este computador dice que hoy es {ahora:fecha}, pero su propia credencial vale desde el {contra:fecha}.",
    "reloj.credencial_vencida": "Este computador dice que hoy es {ahora:fecha}, y su propia credencial venció el {contra:fecha}.",
    "reloj.salto": "Este computador dice que hoy es {ahora:fecha}, y lo último que se selló en él es del {contra:fecha}, hace más de un año.",
    "reloj.otros_adelantados": "Este computador dice que hoy es {ahora:fecha}, {hora}, y todos los que sellaron el paquete lo hicieron después.",
    "reloj.sin_vigencia": "Este computador dice que hoy es {ahora:fecha}, y {registros:1 registro llega|{registros} registros llegan} cuando su credencial no vale.",
    # What to do.
    "reloj.do_stop": "Corrija la fecha y la hora del computador e importe otra vez. Si son correctas, use «--con-este-reloj».",
    "reloj.do_renew": "Corrija la fecha del computador e importe otra vez. Si es correcta, renueve antes la credencial de este equipo, o use «--con-este-reloj».",
    "reloj.do_before": "Si esa no es la fecha de hoy, corrija el reloj antes de importar.",
    "reloj.do_after": "Si esa no es la fecha de hoy, corrija el reloj antes de seguir.",
    "reloj.accepted": "Se importó con esa fecha porque usted lo pidió.",
    # In the window.
    "reloj.window_stop": "Corrija la fecha y la hora del computador y abra otra vez el paquete. La fecha de recepción queda para siempre.",
    "reloj.window_renew": "Corrija la fecha del computador o, si es correcta, renueve la credencial de este equipo; después abra otra vez el paquete.",
    "reloj.ask_title": "¿Es correcta la fecha de este computador?",
    "reloj.ask": "{duda} La fecha de recepción queda para siempre: si está mal, lo que llega puede quedar en cuarentena. Corríjala antes de importar.",
    "reloj.ask_yes": "La fecha es correcta: importar",
    "reloj.trusted_no": "No se importó: revise la fecha de este computador.",
    "reloj.ahead": "{cantidad:Un equipo que selló aquí tiene|{cantidad} equipos que sellaron aquí tienen} el reloj adelantado",
    "reloj.ahead_what": "Puede importar igual: la región juzga por la fecha en que recibe. Avise a quien lo usa.",
}
