"""Sentences about data of the wrong shape (codes `schema.*`); `path` says where."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    # the file as a whole
    "schema.not_utf8": "El texto no está en UTF-8. Guárdelo otra vez en UTF-8.",
    "schema.not_json": "El texto no es JSON. Revise comillas, comas y llaves.",
    "schema.not_canonical": "El registro no está escrito en su forma única. Pida otra copia a quien lo selló.",
    "schema.nesting": "Los datos están anidados a demasiada profundidad. Revise cómo se generó el archivo.",
    "schema.too_many_values": "El contenido tiene más de {limit} valores. Divídalo en partes.",
    "schema.too_large": "El contenido pasa de {limit:tamano}. Divídalo o acorte sus textos.",
    "schema.duplicate_member": "El dato {path} está dos veces. Deje uno.",
    "schema.float": "El dato {path} dice «{value}», que no es un número entero. Escríbalo solo con cifras.",
    # one member
    "schema.shape": "El dato {path} no tiene la forma esperada. Compárelo con la plantilla.",
    "schema.type": "El dato {path} no es del tipo esperado. Compárelo con la plantilla.",
    "schema.unknown_member": "El dato {path} no existe en el formato. Quítelo o corrija su nombre.",
    "schema.missing_member": "Falta el dato {path}. Añádalo.",
    "schema.value": "El dato {path} no es una de las opciones. Compárelo con la plantilla.",
    "schema.pattern": "El dato {path} no está bien escrito. Compárelo con la plantilla.",
    "schema.length": "El dato {path} es demasiado largo: admite hasta {limit} letras o filas. Acórtelo.",
    "schema.too_short": "El dato {path} es demasiado corto: necesita al menos {limit} letras o filas. Complételo.",
    "schema.range": "El número de {path} está fuera de lo permitido. Corríjalo.",
    "schema.date": "La fecha de {path} no es válida. Escríbala como 2026-11-20, con un año de 1900 a 2199.",
    "schema.control_character": "El texto de {path} tiene caracteres de control. Escríbalo otra vez.",
    "schema.lone_surrogate": "El texto de {path} tiene un carácter incompleto. Escríbalo otra vez.",
    "schema.not_nfc": "El texto de {path} no está normalizado (NFC). Pida otra copia a quien lo generó.",
    "schema.outer_blanks": "El texto de {path} empieza o termina en blanco. Quite ese espacio.",
    # rules between members
    "schema.not_object": "La fila no es un objeto JSON entre llaves. Escriba una ficha por línea.",
    "schema.firma_absent": "Quien aún no firma no lleva contenido ni trazo: deje {path} en null.",
    "schema.duplicate_id": "El identificador de {path} ya se usó en la misma ficha. Genere otro.",
    "schema.nudo_index": "El dato {path} señala un nudo que no existe. Corrija su número.",
    "schema.scope": "El rol y el ámbito de una credencial no concuerdan. Pida otra copia a quien la selló.",
    "schema.supersedes": "La versión del registro y la que dice reemplazar no concuerdan. Pida otra copia a quien lo selló.",
    "schema.version": "Este tipo de registro no tiene versiones. Pida otra copia a quien lo selló.",
    "schema.previous": "El registro no dice cuál es el anterior de su cadena. Pida otra copia a quien lo selló.",
    "schema.after_order": "Los registros conocidos no están en orden. Pida otra copia a quien lo selló.",
    "schema.firma_without_identity": "Una firma dada necesita el código de la ficha, el ejecutor y los identificadores de personas y acuerdos. Añádalos o quite la firma.",
    # the list of districts
    "schema.ubigeo_header": "La lista de distritos no empieza con ubigeo,departamento,provincia,distrito. Use la lista oficial con esas columnas.",
    "schema.ubigeo_row": "La fila {fila} de la lista de distritos no está bien escrita. Corríjala.",
    "schema.ubigeo_empty": "La lista de distritos está vacía. Use la lista oficial.",
    "schema.ubigeo_repeated": "El ubigeo {value} está dos veces en la lista de distritos. Deje uno.",
    "schema.ubigeo_contradiction": "El ubigeo {value} tiene dos nombres en la lista de distritos. Corrija la lista.",
}
