"""What went wrong with a region and its key, and what to do."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "region.wrong_passphrase": "La frase de la llave de la región no es correcta.",
    "region.key_file": "Ese archivo no es una llave de región, o está dañado. Use la otra copia de la llave.",
    "region.key_missing": "No está el archivo «{archivo}». Conecte el USB de la llave o elija la otra copia.",
    "region.key_file_newer": "La llave de la región viene de una versión más nueva del programa. Actualice y vuelva a abrirla.",
    "region.none": "Este equipo todavía no acepta la llave de ninguna región. Abra la suya con «fichaat region abrir --llave ARCHIVO».",
    "region.profile_differs": "Este perfil es de la región {propia}, no de la {region}. Cree la llave con el perfil de esa región.",
    "region.exists": "Este equipo ya acepta la llave de una región. Si esa llave se perdió o alguien más la tiene, añada --reemplaza.",
    "region.other_root": "Este equipo acepta la llave de otra región. Si la región anunció una llave nueva, añada --reemplaza.",
    "region.other_key": "Esa llave no es la que este equipo acepta. Use la otra, o ábrala con «fichaat region abrir --reemplaza».",
    "region.other_region": "Esa llave es de la región {region} y este perfil es de la {propia}. Use la llave de su región.",
    "region.coordinator_only": "La llave de la región solo se usa con el perfil de quien coordina. Cree un perfil de coordinador en otra carpeta.",
    "region.key_exists": "Ya existe {archivo} y una llave nunca se sobrescribe. Elija otro nombre de archivo.",
    "region.device_revoked": "La región revocó este equipo. Haga la llave nueva en otro equipo.",
    "region.words": "Aquí no hay nada sellado por una llave de región con esas palabras. Importe primero la respuesta de la región y compare las ocho palabras otra vez.",
}
