"""Sentences about spreadsheets that are read and written (codes `hoja.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    # the file as a whole
    "hoja.exists": "Ya existe {archivo}, y puede tener fichas o datos escritos. Elija otro nombre, o use --reemplazar.",
    "cli.workbook_file": "Se escribe un libro de Excel: termine en .xlsx el nombre «{archivo}».",
    "hoja.unreadable": "El archivo no es un libro de Excel (.xlsx) o está dañado. Ábralo en Excel y guárdelo otra vez como Libro de Excel, sin contraseña.",
    "hoja.too_large": "El libro pasa de lo que se lee de una vez: {filas} filas, {columnas} columnas o {megas} MB. Divídalo en varios.",
    "hoja.missing": "Falta la hoja «{hoja}». Use la plantilla y no cambie los nombres de sus hojas.",
    "hoja.repeated": "Hay dos hojas llamadas «{hoja}». Deje una.",
    # the row of titles
    "hoja.no_header": "No se encuentra la fila de títulos de la hoja «{hoja}». Copie los títulos de la plantilla en la primera fila.",
    "hoja.column_missing": "Falta la columna «{columna}» de la hoja «{hoja}». Copie los títulos de la plantilla.",
    "hoja.column_unknown": "La columna «{columna}» no es de la plantilla. Quítela o corrija su título.",
    "hoja.column_repeated": "La columna «{columna}» está dos veces. Deje una.",
    "hoja.cell_outside": "La celda tiene un dato, pero su columna no tiene título. Bórrelo o llévelo a su columna.",
    "hoja.too_many_problems": "La hoja tiene más de {maximo} errores. Corrija los primeros y vuelva a intentarlo.",
    # the rows of several sheets
    "hoja.key_repeated": "El N.º {texto} ya está en otra fila de «{hoja}». Dele uno propio.",
    "hoja.key_unknown": "El N.º {texto} no está en la hoja «{hoja}». Corríjalo o añada la ficha.",
    "hoja.key_unknown_rows": "El N.º {texto} está en {filas} filas de otras hojas y no en la hoja «{hoja}». Corrija allí el N.º de la ficha o añádala.",
    "hoja.acuerdo_unknown": "«{texto}» no es el código de un acuerdo conocido aquí. Elija de la lista, o copie el código de la hoja Acuerdos abiertos (entero o sus 8 primeras letras al menos).",
    "hoja.acuerdo_ambiguous": "Hay {cantidad} acuerdos cuyo código empieza con «{texto}». Copie el código entero de la hoja Acuerdos abiertos.",
    "hoja.district_unknown": "«{texto}» no es un distrito de la lista. Elija uno de la lista o escriba su ubigeo.",
    "hoja.district_ambiguous": "Hay varios distritos llamados «{texto}». Elija uno de la lista o escriba su ubigeo.",
    # one cell
    "hoja.required": "Falta «{columna}». Complete esa celda.",
    "hoja.error_value": "La celda muestra el error {texto}. Escriba el dato en lugar de la fórmula.",
    "hoja.formula": "La fórmula de la celda no tiene resultado. Escriba el dato en lugar de la fórmula.",
    "hoja.text": "«{texto}» no es un texto. Escríbalo como texto.",
    "hoja.date": "«{texto}» no es una fecha con día, mes y año. Escríbala como 20/11/2026.",
    "hoja.time": "«{texto}» no es una hora del día. Escríbala como 09:30.",
    "hoja.whole": "«{texto}» no es un número entero. Escríbalo sin decimales ni signos, como 12.",
    "hoja.number": "«{texto}» no es un número. Escríbalo solo con cifras, como 80 u 80,5.",
    "hoja.number_long": "El número «{texto}» tiene {cifras} cifras y caben {maximo}. Corríjalo.",
    "hoja.percent": "«{texto}» no es un porcentaje. Escriba un número de 0 a 100.",
    "hoja.choice": "«{texto}» no es una de las opciones. Elija una de la lista.",
    "hoja.control_character": "El texto tiene caracteres que no se ven. Escríbalo otra vez.",
    "hoja.too_long": "El texto tiene {letras} letras y caben {maximo}. Acórtelo.",
}
