"""What went wrong with the data folder, and what to do."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "storage.no_space": "NO se guardó: no queda espacio en el disco. Libere espacio e intente otra vez; lo anterior sigue como estaba.",
    "storage.read_only": "NO se abrió ni se guardó nada: la carpeta no deja escribir, y el programa lo necesita también para leer. Revise los permisos, o copie la carpeta a otro lugar y ábrala allí.",
    "storage.corrupt": "La base de datos está dañada. No la borre: restaure la última copia de seguridad con «fichaat respaldo restaurar».",
    "storage.locked": "La base de datos está ocupada con otra tarea. Espere un momento e intente otra vez.",
    "storage.io": "No se pudo leer o guardar en la carpeta de datos: el disco falló o se retiró. Revise el disco e intente otra vez.",
    "storage.newer_schema": "Estos datos son de una versión más nueva del programa. Actualice el programa para abrirlos; no se cambió nada.",
    "storage.in_use": "Otra ventana del programa ya usa esta carpeta de datos. Ciérrela e intente otra vez.",
    "storage.wrong_passphrase": "La frase de acceso no es correcta. Revise mayúsculas y tildes, o abra con el código de recuperación.",
    "storage.wrong_recovery": "El código de recuperación no es el de estos datos. Busque la hoja impresa al crear este perfil.",
    "storage.no_secret": "Falta la frase de acceso. Escríbala, o indique su archivo en FICHAAT_CLAVE_ARCHIVO.",
    "storage.missing": "En esta carpeta no hay un perfil. Cree uno con «fichaat perfil crear» o elija otra carpeta.",
    "storage.exists": "En esta carpeta ya hay un perfil. Ábralo, o elija otra carpeta para uno nuevo.",
    "storage.files_missing": "En esta carpeta falta una parte del perfil: la base de datos o su archivo de claves. Restaure la última copia de seguridad; no se cambió nada.",
    "storage.backup_missing": "Esa copia de seguridad no está o le falta su archivo de claves. Elija otra de la lista.",
    "storage.backup_foreign": "Esa carpeta tiene copias de seguridad de otro perfil. Elija otra carpeta.",
    "storage.backup_read_only": "NO se hizo la copia de seguridad: la carpeta «{carpeta}» no deja escribir. Elija otra carpeta, o quite la protección contra escritura.",
    "storage.backup_no_space": "NO se hizo la copia de seguridad: no queda espacio donde está «{carpeta}». Libere espacio allí o elija otra carpeta; las copias anteriores siguen.",
    "storage.backup_io": "NO se hizo la copia de seguridad: no se pudo escribir en «{carpeta}», porque el disco falló o se retiró. Revíselo o elija otra carpeta; sus datos siguen como estaban.",
    "storage.backup_corrupt": "El archivo «blobs.db» de esas copias de seguridad está dañado o no se puede leer; no se cambió nada. Cámbielo por otra copia, o retírelo para restaurar sin los adjuntos.",
    # What a check found: nothing was changed.
    "storage.page_damaged": "Una página de la base de datos está dañada: {detalle}. Restaure la última copia de seguridad.",
    "storage.structure_damaged": "La estructura de la base de datos está dañada: {detalle}. Restaure la última copia de seguridad.",
    "storage.record_damaged": "Un registro no se puede leer: {detalle}. Restaure la última copia de seguridad.",
    "storage.record_hash": "El contenido de un registro no corresponde a su huella: {detalle}. Restaure la última copia de seguridad.",
    "storage.record_place": "El lugar anotado de un registro no es el que dice su contenido: {detalle}. Restaure la última copia de seguridad.",
    "storage.record_signature": "La firma de un registro no corresponde a su equipo: {detalle}. Restaure la última copia de seguridad.",
    "storage.record_sealer": "Un registro es de una clase que su llave no puede sellar: {detalle}. Restaure la última copia de seguridad.",
    "storage.certificate_damaged": "El certificado de un equipo está dañado: {detalle}. Restaure la última copia de seguridad.",
    "storage.certificate_missing": "Falta el certificado del equipo que selló un registro: {detalle}. Restaure la última copia de seguridad.",
    "storage.blob_damaged": "Un adjunto está dañado: {detalle}. Restaure la última copia de seguridad.",
    "storage.blob_missing": "Falta un adjunto que un registro nombra: {detalle}. Restaure la última copia de seguridad con su archivo «blobs.db».",
    "storage.projection_differs": "Una tabla deducida no corresponde a los registros: {detalle}. Ejecute «fichaat datos reconstruir».",
    "storage.search_differs": "El índice de búsqueda no corresponde a los registros: {detalle}. Ejecute «fichaat datos reconstruir».",
}
