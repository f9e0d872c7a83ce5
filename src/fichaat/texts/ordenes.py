"""The help of every command, and the words of its answers."""

from typing import Final

from fichaat.application.catalogue.changes import Deed
from fichaat.application.queries import BORRADOR
from fichaat.application.region.devices import Aprobacion
from fichaat.domain.firma import TipoFirma
from fichaat.domain.lineage import Estado
from fichaat.domain.problems import Severity
from fichaat.domain.recepcion import Resultado
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol

COMMON: Final = {
    "--datos": "Carpeta de datos. Sin ella vale FICHAAT_DATOS, o la carpeta de la cuenta.",
    "--json": "Responde en JSON, para otros programas.",
    "--help": "Muestra esta ayuda.",
    "--version": "Muestra la versión del programa.",
    "--reemplazar": "Reemplaza el archivo de esta clase que ya exista.",
}

ORDERS: Final = {
    "": "Registra, sella e intercambia fichas de asistencia técnica (Anexo N°3), sin internet.",
    "demo": "Recorre el trabajo principal con datos ficticios. Deja PDF, paquete y resumen en una carpeta.",
    "perfil": "Quién trabaja en una carpeta de datos.",
    "perfil crear": "Crea el perfil, la clave del equipo y el código de recuperación. Pide la frase de acceso dos veces.",
    "perfil mostrar": "Muestra el perfil y la huella del equipo.",
    "perfil solicitud": "Escribe el archivo con el que la región aprueba este equipo.",
    "perfil abrir": "Abre los datos con el código de recuperación, o con la respuesta de la región, y fija una frase de acceso nueva.",
    "perfil pedir-recuperacion": "Escribe el pedido con que la región ayuda a quien olvidó su frase de acceso. No pide la frase.",
    "perfil clave": "Cambia la frase de acceso.",
    "region": "La llave de la región y quién la acepta.",
    "region crear": "Crea la llave de la región, aprueba este equipo y publica el primer catálogo. Solo con el perfil de quien coordina.",
    "region abrir": "Trabaja con una llave de región que ya existe: en otro equipo de quien coordina.",
    "region aceptar": "Acepta la llave de la región después de comparar por teléfono sus ocho palabras.",
    "region mostrar": "Muestra la región que se acepta aquí y si este equipo está aprobado.",
    "region recuperar": "Responde a quien olvidó su frase de acceso: escribe un archivo y muestra doce palabras para dictarle.",
    "credencial": "Los equipos que la región aprueba, renueva, revoca o releva.",
    "credencial aprobar": "Aprueba equipos con su solicitud. Antes compare por teléfono las ocho palabras de cada uno.",
    "credencial renovar": "Da a equipos aprobados una credencial igual con vigencia nueva.",
    "credencial revocar": "Deja de creer a un equipo perdido o robado. No se deshace; lo recibido antes sigue valiendo.",
    "credencial relevo": "Un equipo nuevo continúa las fichas que otro empezó.",
    "credencial listar": "Lista los equipos que se conocen aquí, primero los que esperan aprobación.",
    "catalogo": "El catálogo de la región: firmantes, indicadores, metas, verificaciones y directorio.",
    "catalogo publicar": "Publica la versión siguiente del catálogo. Solo desde el equipo emisor de la región.",
    "catalogo mostrar": "Muestra el catálogo en vigor, o lo escribe en un archivo que se puede editar y publicar.",
    "catalogo ubigeo": "Cambia la lista de distritos de este equipo por una oficial más nueva. Sin lista dice cuál se usa.",
    "ficha": "Las fichas, desde que llegan hasta que se imprimen.",
    "ficha importar": "Importa fichas de un archivo JSONL, una por línea, o del libro de Excel de «plantilla fichas». Si una se rechaza, no se importa ninguna.",
    "ficha listar": "Lista borradores y fichas selladas, las más nuevas primero, y dice cuáles ya se recibieron.",
    "ficha mostrar": "Muestra una ficha con sus firmas y si ya la recibió la región.",
    "ficha validar": "Dice qué le falta a un borrador para sellarse.",
    "ficha firmar": "Anota la firma de un participante de un borrador.",
    "ficha sellar": "Sella borradores. Lo sellado ya no cambia; un error se corrige con una versión nueva.",
    "ficha rectificar": "Abre una versión nueva de una ficha sellada, con su motivo.",
    "ficha anular": "Anula una ficha sellada. Se conserva y deja de contar.",
    "ficha descartar": "Lleva un borrador a la papelera. Estará allí 30 días.",
    "ficha recuperar": "Saca un borrador de la papelera, tal como estaba.",
    "ficha evidencia": "Añade a una ficha sellada la firma, el escaneo o la foto que llegó después.",
    "ficha pdf": "Escribe el Anexo N°3 de una ficha, o el formato en blanco.",
    "acuerdos": "Los acuerdos de las visitas y cómo van.",
    "acuerdos listar": "Lista acuerdos, el de plazo más próximo primero. Sin opciones, los abiertos.",
    "acuerdos mostrar": "Muestra un acuerdo y todo lo que se registró de él.",
    "acuerdos evento": "Registra cómo va un acuerdo, fuera de una visita. Si había una contradicción, la resuelve.",
    "acuerdos matriz": "Escribe en XLSX la Matriz de seguimiento de acuerdos, con sus eventos en otra hoja.",
    "acuerdos importar": "Registra las novedades de una plantilla llena. Si una celda está mal, no se registra ninguna.",
    "plantilla": "Libros de Excel vacíos para escribir fuera del programa.",
    "plantilla acuerdos": "Escribe un libro de Excel con los acuerdos abiertos, para decir cómo van. Se registra con «acuerdos importar».",
    "plantilla catalogo": "Escribe un libro de Excel para llenar el catálogo, con los distritos de su región. Se publica con «catalogo publicar».",
    "plantilla fichas": "Escribe un libro de Excel para registrar fichas, con las listas de su región. Se importa con «ficha importar».",
    "revision": "Lo que la provincia o la región dice de una ficha sellada.",
    "revision visar": "La provincia da por vistas fichas de sus distritos.",
    "revision aprobar": "La región aprueba fichas: todas las nombradas o ninguna.",
    "revision observar": "La región pide a quien hizo la ficha que la corrija, con un motivo y un plazo.",
    "revision rechazar": "La región rechaza una ficha, con un motivo.",
    "revision retirar": "La región retira lo que dijo antes de una ficha, con un motivo.",
    "revision elegir": "De varias copias de una misma versión, dice cuál vale.",
    "cobertura": "Dice qué municipalidades recibieron asistencia técnica en un periodo y qué le falta a cada una. Sin fechas, en la verificación en curso.",
    "paquete": "Los archivos firmados que llevan el trabajo sellado.",
    "paquete exportar": "Escribe en un paquete firmado lo que falta entregar.",
    "paquete verificar": "Dice si un paquete está intacto, es válido y es confiable. No necesita perfil ni cambia nada.",
    "paquete importar": "Verifica un paquete e incorpora lo que trae: todo o nada.",
    "paquete repositorio": "Arma la carpeta que se sube al repositorio del Coordinador Territorial del FED. Repetida, escribe solo lo que cambió.",
    "paquete responder": "Escribe una respuesta para cada remitente con novedades: qué se recibió y qué se dijo de sus fichas.",
    "recepcion": "La bandeja de quien recibe paquetes.",
    "recepcion mostrar": "Muestra los equipos por aprobar, lo apartado, los conflictos, lo que falta, lo recibido y a quién falta responder.",
    "recepcion dejar-de-lado": "Deja de lado una cadena bifurcada o un probable duplicado que usted ya miró. Solo en este equipo.",
    "recepcion volver-a-la-lista": "Devuelve a la lista lo que se dejó de lado.",
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
    ("catalogo publicar", "CATALOGO"): "Archivo .xlsx de la plantilla, o .json.",
    ("catalogo ubigeo", "LISTA"): "Lista oficial de distritos de todo el país, en CSV.",
    ("ficha importar", "ARCHIVO"): "Archivo JSONL o .xlsx; «-» lee JSONL de la entrada estándar.",
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
    (
        "region aceptar",
        "PALABRA",
    ): "Las ocho palabras de la llave de la región; no importan tildes ni mayúsculas.",
    (
        "credencial aprobar",
        "SOLICITUD",
    ): "Archivos de solicitud, o equipos cuya solicitud ya se importó.",
    (
        "credencial renovar",
        "EQUIPO",
    ): "Primeros dígitos del equipo, o sus ocho palabras entre comillas.",
    (
        "credencial revocar",
        "EQUIPO",
    ): "Primeros dígitos del equipo, o sus ocho palabras entre comillas.",
    ("credencial relevo", "ANTERIOR"): "El equipo que empezó las fichas.",
    ("credencial relevo", "NUEVO"): "El equipo aprobado que las continúa.",
    ("acuerdos mostrar", "ACUERDO"): "Su identificador, o su comienzo o final.",
    ("acuerdos evento", "ACUERDO"): "Su identificador, o su comienzo o final.",
    ("acuerdos importar", "ARCHIVO"): "La plantilla llena, en XLSX.",
    ("revision visar", "CODIGO"): "Códigos de las fichas selladas.",
    ("revision aprobar", "CODIGO"): "Códigos de las fichas selladas.",
    ("revision observar", "CODIGO"): "Código de la ficha sellada.",
    ("revision rechazar", "CODIGO"): "Código de la ficha sellada.",
    ("revision retirar", "CODIGO"): "Código de la ficha sellada.",
    ("revision elegir", "CODIGO"): "Código de la ficha sellada.",
    ("region recuperar", "PEDIDO"): "El pedido de quien olvidó su frase de acceso.",
    ("paquete verificar", "ARCHIVO"): "Archivos .fichaat, o carpetas que los tienen.",
    ("paquete importar", "ARCHIVO"): "Archivos .fichaat, o carpetas que los tienen.",
    (
        "recepcion dejar-de-lado",
        "COPIA",
    ): "Todas sus copias: de una cadena bifurcada, los primeros dígitos de cada huella; de un probable duplicado, los dos códigos.",
    (
        "recepcion volver-a-la-lista",
        "COPIA",
    ): "Todas sus copias: de una cadena bifurcada, los primeros dígitos de cada huella; de un probable duplicado, los dos códigos.",
    ("respaldo restaurar", "RESPALDO"): "El respaldo, como lo nombra «respaldo listar».",
}

OPTIONS: Final = {
    ("demo", "--salida"): "Carpeta de los resultados; por defecto, out.",
    (
        "demo",
        "--region",
    ): "Ensaya una región entera: doce equipos, seiscientas fichas y todo lo que puede salir mal.",
    (
        "demo",
        "--carpetas",
    ): "Con --region: carpeta nueva donde quedan los datos de cada equipo ficticio.",
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
    (
        "perfil abrir",
        "--recuperacion",
    ): "Archivo con las doce palabras, o la respuesta de la región.",
    ("perfil abrir", "--palabras"): "Archivo con las doce palabras que dictó la región.",
    ("perfil pedir-recuperacion", "--salida"): "Archivo que se escribe.",
    ("region recuperar", "--llave"): "Archivo de la llave de la región.",
    ("region recuperar", "--salida"): "Archivo de la respuesta.",
    ("perfil clave", "--nueva"): "Archivo con la frase nueva; sin él se escribe dos veces.",
    ("catalogo publicar", "--previa"): "Muestra qué cambiaría, sin publicar nada.",
    (
        "catalogo mostrar",
        "--salida",
    ): "Archivo .xlsx o .json que se escribe, o la carpeta donde queda.",
    ("catalogo ubigeo", "--previa"): "Muestra qué cambiaría, sin cambiar nada.",
    ("catalogo ubigeo", "--oficial"): "Vuelve a la lista que trae el programa.",
    ("plantilla acuerdos", "--salida"): "Archivo .xlsx que se escribe, o la carpeta donde queda.",
    ("plantilla catalogo", "--salida"): "Archivo .xlsx que se escribe, o la carpeta donde queda.",
    ("plantilla fichas", "--salida"): "Archivo .xlsx que se escribe, o la carpeta donde queda.",
    ("ficha importar", "--previa"): "Muestra qué se importaría, sin importar nada.",
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
    ("region crear", "--llave"): "Archivo que se escribe; lo mejor es un USB que se guarda aparte.",
    ("region crear", "--region"): "Dos dígitos, los del perfil; puede omitirse.",
    (
        "region crear",
        "--reemplaza",
    ): "La llave anterior se perdió o alguien más la tiene: la nueva repite lo que aquella dijo.",
    ("region abrir", "--llave"): "Archivo de la llave de la región.",
    ("region abrir", "--reemplaza"): "Deja de aceptar la llave anterior.",
    ("region aceptar", "--reemplaza"): "Deja de aceptar la llave anterior.",
    ("credencial aprobar", "--llave"): "Archivo de la llave de la región.",
    (
        "credencial aprobar",
        "--rol",
    ): "especialista, provincial o coordinador; por defecto, el que se pidió.",
    (
        "credencial aprobar",
        "--ambito",
    ): "Los cuatro dígitos de su provincia, o los dos de la región.",
    ("credencial aprobar", "--hasta"): "Último día en que vale; por defecto, tres años.",
    ("credencial aprobar", "--emisor"): "Además publica el catálogo.",
    (
        "credencial aprobar",
        "--salida",
    ): "Carpeta donde queda la respuesta para cada equipo aprobado.",
    ("credencial renovar", "--llave"): "Archivo de la llave de la región.",
    ("credencial renovar", "--hasta"): "Último día en que vale; por defecto, tres años.",
    ("credencial renovar", "--emisor"): "Desde ahora publica el catálogo.",
    ("credencial revocar", "--llave"): "Archivo de la llave de la región.",
    ("credencial revocar", "--motivo"): "Por qué; queda en el registro.",
    (
        "credencial revocar",
        "--desde",
    ): "Día o instante desde el que no se le cree; por defecto, ahora.",
    ("credencial relevo", "--llave"): "Archivo de la llave de la región.",
    ("credencial relevo", "--motivo"): "Por qué; queda en el registro.",
    (
        "acuerdos listar",
        "--ver",
    ): "abiertos, vencidos, semana, mes, contradicciones, cerrados o todos.",
    ("acuerdos listar", "--vencidos"): "Los abiertos cuyo plazo ya pasó.",
    (
        "acuerdos listar",
        "--estado",
    ): "pendiente, en_proceso, cumplido, no_cumplido o reprogramado.",
    ("acuerdos listar", "--distrito"): "Ubigeo de seis dígitos.",
    ("acuerdos listar", "--provincia"): "Ubigeo de cuatro dígitos.",
    ("acuerdos listar", "--responsable"): "Palabras del nombre de quien lo cumple.",
    ("acuerdos listar", "--buscar"): "Palabras del texto; no importan tildes ni mayúsculas.",
    ("acuerdos listar", "--ficha"): "Código de la ficha en que se tomaron.",
    (
        "acuerdos evento",
        "--estado",
    ): "pendiente, en_proceso, cumplido, no_cumplido o reprogramado.",
    ("acuerdos evento", "--avance"): "De 0 a 100.",
    ("acuerdos evento", "--cumplido-el"): "El día en que se cumplió.",
    ("acuerdos evento", "--nuevo-plazo"): "El plazo nuevo de uno reprogramado.",
    ("acuerdos evento", "--motivo"): "Por qué se reprogramó o no se cumplió.",
    ("acuerdos evento", "--comentario"): "Una nota sobre cómo va.",
    (
        "acuerdos matriz",
        "--salida",
    ): "Archivo .xlsx que se escribe, o la carpeta donde queda; por defecto, matriz-acuerdos.xlsx aquí.",
    (
        "acuerdos matriz",
        "--ver",
    ): "abiertos, vencidos, semana, mes, contradicciones, cerrados o todos (lo usual).",
    ("acuerdos matriz", "--distrito"): "Ubigeo de seis dígitos.",
    ("acuerdos matriz", "--provincia"): "Ubigeo de cuatro dígitos.",
    ("acuerdos importar", "--previa"): "Muestra qué registraría, sin registrar nada.",
    ("cobertura", "--desde"): "Primer día; sin él cuenta desde el comienzo.",
    ("cobertura", "--hasta"): "Último día; con solo --desde, hasta hoy.",
    ("cobertura", "--tema"): "Solo visitas sobre salud, agua, educacion o articulacion.",
    ("cobertura", "--provincia"): "Cuatro dígitos: solo las municipalidades de esa provincia.",
    (
        "cobertura",
        "--salida",
    ): "Además escribe el reporte, un libro .xlsx o un documento .pdf.",
    ("revision visar", "--motivo"): "Una nota; puede omitirse.",
    ("revision visar", "--version"): "Número de la versión; por defecto, la más nueva.",
    (
        "revision visar",
        "--sha256",
    ): "Primeros dígitos del SHA-256 de la copia; hacen falta si hay varias.",
    ("revision aprobar", "--motivo"): "Una nota; puede omitirse.",
    ("revision aprobar", "--version"): "Número de la versión; por defecto, la más nueva.",
    (
        "revision aprobar",
        "--sha256",
    ): "Primeros dígitos del SHA-256 de la copia; hacen falta si hay varias.",
    ("revision observar", "--motivo"): "Qué hay que corregir; lo lee quien hizo la ficha.",
    ("revision observar", "--plazo"): "Último día para corregirla.",
    ("revision observar", "--version"): "Número de la versión; por defecto, la más nueva.",
    (
        "revision observar",
        "--sha256",
    ): "Primeros dígitos del SHA-256 de la copia; hacen falta si hay varias.",
    ("revision rechazar", "--motivo"): "Por qué se rechaza; lo lee quien hizo la ficha.",
    ("revision rechazar", "--version"): "Número de la versión; por defecto, la más nueva.",
    (
        "revision rechazar",
        "--sha256",
    ): "Primeros dígitos del SHA-256 de la copia; hacen falta si hay varias.",
    ("revision retirar", "--motivo"): "Por qué se retira; queda en el registro.",
    ("revision retirar", "--version"): "Número de la versión; por defecto, la más nueva.",
    (
        "revision retirar",
        "--sha256",
    ): "Primeros dígitos del SHA-256 de la copia; hacen falta si hay varias.",
    ("revision elegir", "--motivo"): "Una nota; puede omitirse.",
    ("revision elegir", "--version"): "Número de la versión; por defecto, la más nueva.",
    (
        "revision elegir",
        "--sha256",
    ): "Primeros dígitos del SHA-256 de la copia; hacen falta si hay varias.",
    ("paquete exportar", "--salida"): "Carpeta donde queda el paquete.",
    (
        "paquete exportar",
        "--para",
    ): "El equipo de un remitente: lo que le concierne, que solo él puede abrir; con --todo, también lo que él selló.",
    ("paquete responder", "--salida"): "Carpeta donde quedan las respuestas.",
    ("paquete exportar", "--pendiente"): "Lo que la región aún no acusó (es lo usual).",
    ("paquete exportar", "--todo"): "Todos los registros de esta carpeta.",
    ("paquete exportar", "--volumen"): "Parte el paquete en archivos de hasta estos MB.",
    (
        "paquete exportar",
        "--sin-cifrar",
    ): "Sin cifrar, a propósito. Mientras no haya catálogo de la región, siempre es así.",
    ("paquete repositorio", "--salida"): "Carpeta vacía, o la que se armó antes.",
    ("paquete repositorio", "--desde"): "Desde este día; lo que ya está en la carpeta se queda.",
    ("paquete repositorio", "--hasta"): "Hasta este día.",
    (
        "paquete repositorio",
        "--volumen",
    ): "Reparte en carpetas de hasta estos MB; no cambia después.",
    (
        "paquete repositorio",
        "--solo-aprobadas",
    ): "Solo las fichas que la región aprobó (es lo usual).",
    ("paquete repositorio", "--todas"): "También las que la región no ha aprobado.",
    ("paquete importar", "--previa"): "Muestra qué traería, sin incorporar nada.",
    (
        "paquete importar",
        "--con-este-reloj",
    ): "Importa aunque el reloj de este computador parezca estar mal. Solo si su fecha es correcta.",
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

APROBACIONES: Final = {
    Aprobacion.SIN_REGION: "sin región aceptada",
    Aprobacion.POR_APROBAR: "por aprobar",
    Aprobacion.APROBADO: "aprobado",
    Aprobacion.FUERA_DE_VIGENCIA: "fuera de vigencia",
    Aprobacion.REVOCADO: "revocado",
}

VEREDICTOS: Final = {
    Veredicto.VISADA: "visada",
    Veredicto.APROBADA: "aprobada",
    Veredicto.OBSERVADA: "observada",
    Veredicto.RECHAZADA: "rechazada",
    Veredicto.RETIRADA: "retirada",
    Veredicto.ELEGIDA: "elegida",
}

SECCIONES: Final[dict[str, str]] = {
    "inicio_plan": "inicio del plan",
    "provincias": "provincias en cascada",
    "firmantes": "firmantes",
    "indicadores": "indicadores",
    "metas": "metas",
    "verificaciones": "verificaciones",
    "directorio": "directorio",
    "actividades": "actividades del plan",
}
"""Of a catalogue."""

CAMBIOS: Final = {
    Deed.AGREGADO: ("alta", "altas"),
    Deed.QUITADO: ("baja", "bajas"),
    Deed.CAMBIADO: ("cambio", "cambios"),
}
"""One and several."""

STATES: Final[dict[str, str]] = {
    BORRADOR: "borrador",
    Estado.SELLADA: "sellada",
    Estado.ANULADA: "anulada",
    Estado.CONFLICTO: "en conflicto",
    Estado.CUARENTENA: "en cuarentena",
}

SEEN: Final[dict[str, str]] = {
    **STATES,
    "exportada": "exportada",
    "recibida": "recibida",
    **{said.value: word for said, word in VEREDICTOS.items()},
}
"""Of a line of the list: what was said of a sealed ficha tells more than that it is sealed."""

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
