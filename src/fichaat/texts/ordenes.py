"""The help of every command, and the words of its answers."""

from typing import Final

from fichaat.application.queries import BORRADOR
from fichaat.domain.authority import Rol
from fichaat.domain.firma import TipoFirma
from fichaat.domain.lineage import Estado
from fichaat.domain.problems import Severity
from fichaat.domain.recepcion import Resultado

COMMON: Final = {
    "--datos": "Carpeta de datos. Sin ella vale FICHAAT_DATOS, o la carpeta de la cuenta.",
    "--json": "Responde en JSON, para otros programas.",
    "--help": "Muestra esta ayuda.",
    "--version": "Muestra la versión del programa.",
}

ORDERS: Final = {
    "": "Registra, sella e intercambia fichas de asistencia técnica (Anexo N°3), sin internet.",
    "demo": "Recorre el trabajo principal con datos ficticios. Deja PDF, paquete y resumen en una carpeta.",
    "perfil": "Quién trabaja en una carpeta de datos.",
    "perfil crear": "Crea el perfil, la clave del equipo y el código de recuperación. Pide la frase de acceso dos veces.",
    "perfil mostrar": "Muestra el perfil y la huella del equipo.",
    "perfil solicitud": "Escribe el archivo con el que la región aprueba este equipo.",
    "perfil abrir": "Abre los datos con el código de recuperación y fija una frase de acceso nueva.",
    "perfil clave": "Cambia la frase de acceso.",
    "ficha": "Las fichas, desde que llegan hasta que se imprimen.",
    "ficha importar": "Importa fichas de un archivo JSONL, una por línea. Si una fila se rechaza, no se importa ninguna.",
    "ficha listar": "Lista borradores y fichas selladas, las más nuevas primero.",
    "ficha mostrar": "Muestra una ficha con sus firmas.",
    "ficha validar": "Dice qué le falta a un borrador para sellarse.",
    "ficha firmar": "Anota la firma de un participante de un borrador.",
    "ficha sellar": "Sella borradores. Lo sellado ya no cambia; un error se corrige con una versión nueva.",
    "ficha rectificar": "Abre una versión nueva de una ficha sellada, con su motivo.",
    "ficha anular": "Anula una ficha sellada. Se conserva y deja de contar.",
    "ficha descartar": "Lleva un borrador a la papelera. Estará allí 30 días.",
    "ficha recuperar": "Saca un borrador de la papelera, tal como estaba.",
    "ficha evidencia": "Añade a una ficha sellada la firma, el escaneo o la foto que llegó después.",
    "ficha pdf": "Escribe el Anexo N°3 de una ficha, o el formato en blanco.",
    "paquete": "Los archivos firmados que llevan el trabajo sellado.",
    "paquete exportar": "Escribe en un paquete firmado lo que falta entregar.",
    "paquete verificar": "Dice si un paquete está intacto, es válido y es confiable. No necesita perfil ni cambia nada.",
    "paquete importar": "Verifica un paquete e incorpora lo que trae: todo o nada.",
    "respaldo": "Copias de la carpeta de datos.",
    "respaldo crear": "Guarda un respaldo completo.",
    "respaldo listar": "Lista los respaldos, del más nuevo al más antiguo.",
    "respaldo restaurar": "Trae de vuelta un respaldo. Pide la frase de acceso que valía al hacerlo.",
    "datos": "Lo guardado, en conjunto.",
    "datos comprobar": "Recalcula huellas, firmas, cadenas y tablas, y dice qué no coincide.",
    "datos reconstruir": "Vuelve a formar las tablas a partir de los registros sellados.",
    "datos sembrar": "Llena un perfil de práctica con fichas ficticias selladas.",
}
"""The first sentence stands in the list of its group."""

PLACES: Final = {
    ("ficha importar", "ARCHIVO"): "Archivo JSONL; «-» lee la entrada estándar.",
    ("ficha mostrar", "CODIGO"): "Código de la ficha.",
    ("ficha validar", "CODIGO"): "Código de la ficha.",
    ("ficha firmar", "CODIGO"): "Código del borrador.",
    ("ficha sellar", "CODIGO"): "Códigos de los borradores.",
    ("ficha rectificar", "CODIGO"): "Código de la ficha sellada.",
    ("ficha anular", "CODIGO"): "Código de la ficha sellada.",
    ("ficha descartar", "CODIGO"): "Código del borrador.",
    ("ficha recuperar", "CODIGO"): "Código del borrador descartado.",
    ("ficha evidencia", "CODIGO"): "Código de la ficha sellada.",
    ("ficha pdf", "CODIGO"): "Código de la ficha.",
    ("paquete verificar", "ARCHIVO"): "Uno o varios archivos .fichaat.",
    ("paquete importar", "ARCHIVO"): "Uno o varios archivos .fichaat.",
    ("respaldo restaurar", "RESPALDO"): "El respaldo, como lo nombra «respaldo listar».",
}

OPTIONS: Final = {
    ("demo", "--salida"): "Carpeta de los resultados; por defecto, out.",
    ("perfil crear", "--rol"): "especialista, provincial o coordinador.",
    ("perfil crear", "--region"): "Dos dígitos del departamento; Ayacucho es 05.",
    ("perfil crear", "--provincia"): "Cuatro dígitos; solo para el rol provincial.",
    ("perfil crear", "--nombre"): "Nombres y apellidos.",
    ("perfil crear", "--cargo"): "Cargo.",
    ("perfil crear", "--entidad"): "Entidad donde trabaja.",
    (
        "perfil crear",
        "--practica",
    ): "Perfil de práctica, en su propia carpeta y con datos ficticios.",
    ("perfil solicitud", "--salida"): "Archivo que se escribe.",
    ("perfil abrir", "--recuperacion"): "Archivo con las doce palabras.",
    ("perfil clave", "--nueva"): "Archivo con la frase nueva; sin él se escribe dos veces.",
    ("ficha importar", "--sellar"): "Sella las fichas que estén completas.",
    ("ficha importar", "--parcial"): "Importa las filas buenas aunque otras se rechacen.",
    ("ficha importar", "--motivo"): "Responde a todos los avisos que aún no tienen motivo.",
    (
        "ficha importar",
        "--adjuntos",
    ): "Carpeta con los archivos adjuntos, nombrados por su SHA-256.",
    ("ficha listar", "--estado"): "borrador, sellada, anulada, conflicto o cuarentena.",
    ("ficha listar", "--distrito"): "Ubigeo de seis dígitos.",
    ("ficha listar", "--buscar"): "Palabras del texto; no importan tildes ni mayúsculas.",
    ("ficha listar", "--limite"): "Cuántas como máximo; por defecto, 50.",
    ("ficha firmar", "--participante"): "Identificador del participante (véase «ficha mostrar»).",
    ("ficha firmar", "--trazos"): "Archivo JSON con el trazo dibujado.",
    ("ficha firmar", "--papel"): "Escaneo o foto de la firma en papel.",
    ("ficha firmar", "--pendiente"): "Firmará después; necesita --motivo.",
    ("ficha firmar", "--no-firmo"): "No firmó; necesita --motivo.",
    ("ficha firmar", "--motivo"): "Por qué no está la firma.",
    ("ficha sellar", "--todo"): "Todos los borradores.",
    ("ficha sellar", "--motivo"): "Responde a todos los avisos que aún no tienen motivo.",
    ("ficha rectificar", "--motivo"): "Por qué se corrige; queda en el registro.",
    (
        "ficha rectificar",
        "--contenido",
    ): "Archivo JSON con el contenido corregido; sin él, el de antes.",
    ("ficha anular", "--motivo"): "Por qué se anula; queda en el registro.",
    ("ficha evidencia", "--participante"): "Quién firmó después.",
    ("ficha evidencia", "--trazos"): "Archivo JSON con el trazo dibujado.",
    ("ficha evidencia", "--papel"): "Escaneo o foto de la firma en papel.",
    ("ficha evidencia", "--adjunto"): "Archivo que se añade; se puede repetir.",
    ("ficha evidencia", "--clase"): "foto, lista_asistencia, ficha_firmada u otro.",
    ("ficha evidencia", "--comentario"): "Una nota sobre lo que se añade.",
    ("ficha pdf", "--en-blanco"): "El formato oficial sin llenar; no necesita perfil.",
    ("ficha pdf", "--salida"): "Archivo o carpeta; por defecto, CODIGO.pdf aquí.",
    ("paquete exportar", "--salida"): "Carpeta donde queda el paquete.",
    ("paquete exportar", "--pendiente"): "Lo que la región aún no acusó (es lo usual).",
    ("paquete exportar", "--todo"): "Todos los registros de esta carpeta.",
    ("paquete exportar", "--volumen"): "Parte el paquete en archivos de hasta estos MB.",
    (
        "paquete exportar",
        "--sin-cifrar",
    ): "Sin cifrar, a propósito. Mientras no haya catálogo de la región, siempre es así.",
    ("paquete importar", "--previa"): "Muestra qué traería, sin incorporar nada.",
    ("respaldo crear", "--salida"): "Carpeta de respaldos; por defecto, dentro de los datos.",
    ("respaldo listar", "--salida"): "Carpeta de respaldos; por defecto, dentro de los datos.",
    ("datos sembrar", "--fichas"): "Cuántas fichas.",
    ("datos sembrar", "--semilla"): "Número que decide qué se inventa; el mismo da lo mismo.",
}

ROLES: Final = {
    Rol.ESPECIALISTA: "especialista",
    Rol.PROVINCIAL: "provincial",
    Rol.COORDINADOR: "coordinador",
}

STATES: Final[dict[str, str]] = {
    BORRADOR: "borrador",
    Estado.SELLADA: "sellada",
    Estado.ANULADA: "anulada",
    Estado.CONFLICTO: "en conflicto",
    Estado.CUARENTENA: "en cuarentena",
}

SEVERITIES: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "aviso",
    Severity.REFUSED: "rechazo",
}

SIGNATURES: Final = {
    TipoFirma.TRAZO: "firma dibujada",
    TipoFirma.PAPEL: "firma en papel",
    TipoFirma.DIGITAL: "firma digital",
    TipoFirma.PENDIENTE: "firma pendiente",
    TipoFirma.NO_FIRMO: "no firmó",
}

RESULTS: Final = {
    Resultado.NEW: "nuevos",
    Resultado.KNOWN: "ya estaban",
    Resultado.NEW_VERSION: "versiones nuevas",
    Resultado.CONFLICT: "en conflicto",
    Resultado.FORK: "en cadena bifurcada",
    Resultado.WRONG_SIGNER: "de quien no podía sellarlos",
    Resultado.OUT_OF_SCOPE: "fuera de ámbito",
    Resultado.QUARANTINED: "en cuarentena",
    Resultado.OPAQUE: "de una versión más nueva del programa",
    Resultado.REFUSED: "rechazados",
}

YES_NO: Final = {True: "sí", False: "no"}

SESIONES: Final[dict[str, str]] = {
    "diagnostico": "diagnóstico",
    "seguimiento": "seguimiento",
    "especifica": "asistencia específica",
}

ESTADOS_ACUERDO: Final[dict[str, str]] = {
    "pendiente": "pendiente",
    "en_proceso": "en proceso",
    "cumplido": "cumplido",
    "no_cumplido": "no cumplido",
    "reprogramado": "reprogramado",
}
