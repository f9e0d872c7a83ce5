"""Sentences about files, folders and disks."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "system.no_space": "NO se guardó «{archivo}»: no queda espacio en el disco de la carpeta donde iba. Libere espacio allí e intente otra vez; lo anterior sigue como estaba.",
    "system.read_only": "NO se guardó «{archivo}»: el disco o USB es de solo lectura. Elija otra carpeta o quite la protección contra escritura.",
    "system.no_permission": "No hay permiso para usar «{archivo}». Elija otra carpeta o pida acceso a quien administra el equipo.",
    "system.removed": "No se alcanza la carpeta de «{archivo}»: el USB se retiró, falló o la carpeta ya no está. Conéctelo e intente otra vez.",
    "system.in_use": "Otro programa está usando «{archivo}». Ciérrelo e intente otra vez.",
    "system.io": "No se pudo leer o guardar «{archivo}». Intente otra vez o elija otra carpeta.",
    "system.is_folder": "«{archivo}» es una carpeta. Elija un archivo.",
    "system.file_missing": "No se encuentra el archivo «{archivo}». Revise el nombre y la carpeta.",
    "system.file_too_large": "«{archivo}» pasa de {megas} MB, más de lo que se lee de una vez. Revise que sea el archivo correcto.",
    "system.no_bundles": "En la carpeta «{carpeta}» no hay ningún archivo .fichaat. Elija otra carpeta.",
    "system.not_a_file": "NO se guardó «{archivo}»: con ese nombre hay un dispositivo u otra cosa que no es un archivo. Elija otro nombre.",
    "system.no_folder": "No existe la carpeta «{carpeta}». Créela antes o elija otra.",
    "system.not_a_folder": "«{carpeta}» es un archivo y no una carpeta. Elija una carpeta.",
    "system.in_data_folder": "«{carpeta}» está dentro de «{datos}», que es una carpeta de datos del programa: ahí no se escribe nada más. Elija otra carpeta.",
    "system.data_folder": "«{carpeta}» es una carpeta de datos del programa: ahí no se escribe nada más. Elija otra carpeta.",
    "system.file_name": "«{archivo}» no puede ser el nombre de un archivo. Elija otro nombre.",
    "system.other_kind": "NO se guardó: «{archivo}» ya existe y es otra clase de archivo, que no se reemplaza. Elija otro nombre.",
    "system.clock": "FICHAAT_RELOJ no tiene un instante válido: «{valor}». Escríbalo como 2026-11-20T09:00:00-05:00 o quítelo.",
    "system.passphrase_missing": "No existe el archivo de la frase de acceso «{archivo}». Revise el nombre y la carpeta.",
    "system.passphrase_folder": "El archivo de la frase de acceso «{archivo}» es una carpeta. Nombre el archivo que tiene la frase.",
    "system.passphrase_unreadable": "No se pudo leer el archivo de la frase de acceso «{archivo}». Revise que su usuario tenga permiso para leerlo.",
    "system.passphrase_file": "El archivo de la frase de acceso no es un texto en UTF-8. Guárdelo otra vez o escriba la frase.",
}
