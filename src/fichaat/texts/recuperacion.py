"""The region's recovery slot and its ceremony (codes `recuperacion.*`)."""

from typing import Final

_ASK_AGAIN = "Pida a la región que responda otra vez."

MESSAGES: Final[dict[str, str]] = {
    "recuperacion.no_slot": "Estos datos aún no conocen el catálogo de su región y la región no puede abrirlos. Use las doce palabras de su hoja impresa.",
    "recuperacion.not_a_request": "Ese archivo no es un pedido de recuperación. Elija el que guardó quien olvidó su frase.",
    "recuperacion.request_damaged": "El pedido está dañado o fue alterado. Pida que lo guarden y envíen otra vez.",
    "recuperacion.other_region": "El pedido no es para esta llave: se hizo para otra región o para una llave anterior. Use la llave que corresponde.",
    "recuperacion.newer": "El archivo viene de una versión más nueva del programa. Actualice y vuelva a intentarlo.",
    "recuperacion.not_an_answer": "Ese archivo no es la respuesta de la región, o está dañado. Elija el archivo que la región le entregó.",
    "recuperacion.other_folder": f"La respuesta es para otros datos o para un pedido anterior. {_ASK_AGAIN}",
    "recuperacion.wrong_words": "Las doce palabras no abren esta respuesta. Compárelas otra vez con quien se las dictó.",
}
