"""What the commands about the catalogue and the list of districts answer (codes `cli.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "cli.doing_catalogue": "Leyendo el catálogo",
    "cli.doing_ubigeo": "Leyendo la lista de distritos",
    "cli.list_or_own": "Dé una lista de distritos o --oficial, una de las dos cosas.",
    "cli.catalogue_head": "Catálogo versión {version}, publicado el {fecha:fecha} por {nombre} ({entidad})",
    "cli.catalogue_begins": "  Inicio del plan: {fecha:fecha}",
    "cli.catalogue_would": "Sería la versión {version}. No se publicó nada.",
    "cli.catalogue_published": "Se publicó el catálogo versión {version}. Llega a los demás equipos con la próxima respuesta o entrega.",
    "cli.catalogue_change": "  {seccion}: {cambios}",
    "cli.catalogue_entry": "    {hecho}: {nombre}",
    "cli.catalogue_changed": "    {hecho}: {nombre}. {cambios}",
    "cli.catalogue_field": "{campo}: {antes} → {despues}",
    "cli.catalogue_blank": "en blanco",
    "cli.ubigeo_own": "Se usa la lista de distritos del programa: {distritos}.",
    "cli.ubigeo_given": "Se usa la lista de distritos que se dio aquí: {distritos}.",
    "cli.ubigeo_would": "La lista tendría {distritos} distritos. No se cambió nada.",
    "cli.ubigeo_applied": "La lista tiene {distritos} distritos y se usa desde ahora.",
    "cli.ubigeo_added": "  Nuevos: {cantidad}",
    "cli.ubigeo_removed": "  Ya no están: {cantidad}",
    "cli.ubigeo_renamed": "  Cambian de nombre: {cantidad}",
    "cli.ubigeo_moved": "  Cambian de código: {cantidad}",
}
