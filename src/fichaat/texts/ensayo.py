"""What `fichaat demo --region` tells of its steps (codes `ensayo.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "ensayo.head": "Una región FICTICIA durante cuarenta días: nadie de aquí existe.",
    "ensayo.founded": "Quien coordina creó la región con su llave; {equipos} equipos empezaron a trabajar.",
    "ensayo.sealed_before": "Antes de que nadie los aprobara ya sellaron {fichas} fichas.",
    "ensayo.approved": "Se aprobaron {equipos} equipos; cada uno recibió su credencial cifrada y aceptó la región por sus ocho palabras.",
    "ensayo.delivered": "Llegaron las primeras entregas, dos de ellas en cascada por su provincia; {repetidos} paquetes llegaron dos veces y no cambiaron nada.",
    "ensayo.restored": "Un equipo volvió de su respaldo con una cadena nueva: {perdidas} fichas que nunca entregó se perdieron con su disco.",
    "ensayo.forked": "Dos personas siguieron con copias de una misma carpeta: su cadena se bifurcó y dos fichas quedaron en conflicto.",
    "ensayo.volume_lost": "De {volumenes} volúmenes se perdió el primero: queda un hueco que espera.",
    "ensayo.tolerated": "Un contrato terminó ayer y su credencial también: lo recibido dentro de la tolerancia cuenta.",
    "ensayo.expired": "Lo que siguió sellando quien tenía el contrato terminado quedó en cuarentena.",
    "ensayo.stolen": "Quien robó una laptop revocada selló {fichas} fichas con el reloj atrasado y una provincia honrada las reenvió: nada de eso cuenta.",
    "ensayo.relieved": "Un equipo nuevo relevó al que se malogró: corrigió una de sus fichas, anuló otra y siguió.",
    "ensayo.impostor": "Un impostor con los mismos nombres y una región propia entregó {fichas} fichas, una copia y una corrección ajenas: nada de eso quita nada a nadie.",
    "ensayo.out_of_scope": "Un equipo provincial pasó a otra provincia y siguió en la anterior: {fichas} fichas fuera de su ámbito.",
    "ensayo.later_visits": "Siguieron las visitas, directas y en cascada.",
    "ensayo.strangers": "Una provincia corrigió la ficha de otro equipo y una especialista aprobó la suya: sin efecto.",
    "ensayo.reviewed": "La región aprobó, observó, rechazó, retiró una aprobación y eligió una de dos copias.",
    "ensayo.answered": "Las respuestas volvieron, una de ellas a través de su provincia: nadie de quienes las recibieron espera un acuse.",
    "ensayo.corrected": "Una ficha observada volvió corregida y se aprobó.",
    "ensayo.equal": "Un segundo equipo de coordinación tiene los mismos {registros} registros y ve exactamente lo mismo.",
    "ensayo.records": "Registros: {cantidad} ({detalle})",
    "ensayo.fichas": "Fichas: {cantidad} ({detalle})",
    "ensayo.devices": "Equipos: {detalle}",
    "ensayo.chains": "Huecos: {huecos}; lugares bifurcados: {bifurcaciones}; fichas en conflicto: {conflictos}",
    "ensayo.apart": "En cuarentena o sin efecto: {cantidad} ({detalle})",
    "ensayo.folders": "Las carpetas de datos quedaron en {carpeta}; su frase de acceso está en clave.txt.",
    "ensayo.only_region": "{opcion} solo acompaña a --region.",
    "ensayo.folder_used": "«{carpeta}» no está vacía. Elija una carpeta nueva para los equipos ficticios.",
}
