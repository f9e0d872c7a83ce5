"""Why a package (.fichaat) is refused, and what to do."""

from typing import Final

_OTHER_COPY = "No se importó nada; pida otra copia."
_DAMAGED = f"El paquete está dañado o fue alterado. {_OTHER_COPY}"
_CHANGED = f"El paquete cambió después de firmarse. {_OTHER_COPY}"
_FOREIGN = f"El paquete no fue hecho por este programa o fue alterado. {_OTHER_COPY}"

MESSAGES: Final[dict[str, str]] = {
    # What was chosen is not a package.
    "bundle.not_found": "No se encontró el archivo. Revise el nombre y que el USB siga conectado.",
    "bundle.not_a_file": "Eso no es un archivo. Elija un archivo .fichaat.",
    "bundle.empty": "El archivo está vacío: no terminó de copiarse. Pida otra copia.",
    "bundle.not_a_bundle": "El archivo no es un paquete de fichas. Elija un archivo .fichaat.",
    "bundle.encrypted": "El paquete está cifrado para otra persona o equipo. Ábralo en el equipo al que va dirigido.",
    "bundle.newer_format": "Este paquete viene de una versión más nueva del programa (formato {formato}). Actualice y vuelva a abrirlo.",
    "bundle.unreadable": "No se pudo seguir leyendo el paquete. Revise el USB o el disco e intente otra vez.",
    "bundle.changed_while_reading": "El archivo cambió mientras se leía. Espere a que termine de copiarse y ábralo otra vez.",
    # Sizes, also of what is exported.
    "bundle.too_many": "El paquete pasa de {limite} archivos. Divídalo en volúmenes más pequeños.",
    "bundle.too_large": "El paquete pasa del tamaño permitido ({limite} bytes). Divídalo en volúmenes más pequeños.",
    "bundle.size": "«{miembro}» pasa del tamaño permitido ({limite} bytes). Redúzcalo o quítelo del paquete.",
    # Structure of the file.
    "bundle.truncated": "El paquete está incompleto: se cortó al copiarlo o descargarlo. Pida otra copia.",
    "bundle.trailing_data": f"Hay datos añadidos al final del paquete. {_OTHER_COPY}",
    "bundle.prepended": f"Hay datos añadidos al inicio del paquete. {_OTHER_COPY}",
    "bundle.concatenated": f"Hay dos archivos unidos en uno. {_OTHER_COPY}",
    "bundle.comment": f"El paquete lleva un comentario oculto. {_OTHER_COPY}",
    "bundle.structure": _FOREIGN,
    "bundle.count": f"El paquete no tiene los archivos que dice tener. {_OTHER_COPY}",
    "bundle.directory_offset": f"El índice del paquete no está donde debe. {_OTHER_COPY}",
    "bundle.gap": f"Hay datos ocultos dentro del paquete. {_OTHER_COPY}",
    "bundle.overlap": f"Hay archivos encimados dentro del paquete. {_OTHER_COPY}",
    "bundle.order": f"Los archivos del paquete no están en su orden. {_OTHER_COPY}",
    "bundle.duplicate_name": f"Un archivo está dos veces en el paquete. {_OTHER_COPY}",
    "bundle.case_clash": f"Dos archivos del paquete solo difieren en mayúsculas: «{{miembro}}». {_OTHER_COPY}",
    "bundle.name": f"El paquete contiene un archivo ajeno: «{{miembro}}». {_OTHER_COPY}",
    "bundle.name_traversal": f"El paquete intenta escribir fuera de su carpeta: «{{miembro}}». {_OTHER_COPY}",
    "bundle.name_device": f"El paquete usa un nombre reservado de Windows: «{{miembro}}». {_OTHER_COPY}",
    "bundle.name_nfd": f"El paquete usa un nombre con letras engañosas: «{{miembro}}». {_OTHER_COPY}",
    "bundle.name_folder": f"El paquete usa un nombre como archivo y como carpeta: «{{miembro}}». {_OTHER_COPY}",
    "bundle.symlink": f"El paquete contiene un enlace a otro archivo. {_OTHER_COPY}",
    "bundle.header_mismatch": f"Los datos de un archivo no coinciden con el índice del paquete. {_OTHER_COPY}",
    "bundle.size_differs": f"El tamaño de un archivo no coincide con el índice del paquete. {_OTHER_COPY}",
    "bundle.encrypted_member": f"Un archivo del paquete tiene contraseña. {_OTHER_COPY}",
    "bundle.method": f"Un archivo del paquete está comprimido; los paquetes no se comprimen. {_OTHER_COPY}",
    "bundle.extra_field": f"Un archivo del paquete lleva datos ocultos en su cabecera. {_OTHER_COPY}",
    "bundle.mimetype": f"El paquete no empieza como debe. {_OTHER_COPY}",
    "bundle.required_member": f"Falta «{{miembro}}» en el paquete. {_OTHER_COPY}",
    "bundle.crc": _DAMAGED,
    # Signature of the container.
    "bundle.signature_digest": _CHANGED,
    "bundle.signature_value": f"La firma del paquete no corresponde a su contenido. {_OTHER_COPY}",
    "bundle.signature_attribute_confusion": f"La firma del paquete fue tomada de otro contenido. {_OTHER_COPY}",
    "bundle.signature_no_signing_certificate": f"La firma del paquete no dice con qué certificado se hizo. {_OTHER_COPY}",
    "bundle.signature_two_signers": f"El paquete lleva más de una firma. {_OTHER_COPY}",
    "bundle.signature_embedded_content": f"La firma del paquete esconde otro contenido. {_OTHER_COPY}",
    "bundle.signature_der": f"La firma del paquete está cortada o mal formada. {_OTHER_COPY}",
    "bundle.signature_weak_digest": f"La firma del paquete usa un método inseguro. {_OTHER_COPY}",
    "bundle.signature_profile": f"La firma del paquete no tiene la forma que hace este programa. {_OTHER_COPY}",
    # Manifest and digests.
    "bundle.manifest_form": f"La lista firmada del paquete no tiene la forma que hace este programa. {_OTHER_COPY}",
    "bundle.manifest_doctype": f"La lista firmada del paquete contiene definiciones peligrosas. {_OTHER_COPY}",
    "bundle.manifest_weak_digest": f"La lista firmada del paquete usa una huella insegura. {_OTHER_COPY}",
    "bundle.manifest_repeated": f"La lista firmada del paquete nombra dos veces un archivo. {_OTHER_COPY}",
    "bundle.manifest_signature_reference": f"La lista del paquete apunta a otra firma. {_OTHER_COPY}",
    "bundle.member_unlisted": f"El paquete contiene un archivo que nadie firmó: «{{miembro}}». {_OTHER_COPY}",
    "bundle.member_missing": f"Falta en el paquete un archivo firmado: «{{miembro}}». {_OTHER_COPY}",
    "bundle.digest": _CHANGED,
    # paquete.json.
    "bundle.info_form": f"No se entiende la descripción del paquete (paquete.json). {_OTHER_COPY}",
    "bundle.info_exporter": f"El paquete dice venir de un equipo y lo firmó otro. {_OTHER_COPY}",
    "bundle.info_volume": f"El número de volumen del paquete no es posible. {_OTHER_COPY}",
    "bundle.info_records": f"El paquete dice traer {{dice}} registros y trae {{tiene}}. {_OTHER_COPY}",
    "bundle.info_chains": f"El paquete no trae los registros que dice traer. {_OTHER_COPY}",
    "bundle.info_request": f"Una solicitud de credencial no puede traer registros. {_OTHER_COPY}",
    # Certificates.
    "bundle.certificate": f"El certificado de un equipo no es válido. {_OTHER_COPY}",
    "bundle.certificate_name": f"El certificado de un equipo está a nombre de otro. {_OTHER_COPY}",
    "bundle.certificate_missing": f"Falta el certificado de un equipo que selló registros. {_OTHER_COPY}",
    "bundle.paper_unknown": f"El paquete trae un PDF que no es de ninguno de sus registros. {_OTHER_COPY}",
    "bundle.certificate_unused": f"El paquete trae el certificado de un equipo sin registros. {_OTHER_COPY}",
    # Records and attachments.
    "bundle.record_pair": f"Un registro vino sin su firma, o una firma sin su registro. {_OTHER_COPY}",
    "bundle.record_signature": f"La firma de un registro no es de quien dice. {_OTHER_COPY}",
    "bundle.record_hash": f"Un registro no coincide con su nombre. {_OTHER_COPY}",
    "bundle.record_place": f"Un registro no está en el lugar que dice. {_OTHER_COPY}",
    "bundle.record_form": f"Un registro no tiene la forma debida ({{problema}}). {_OTHER_COPY}",
    "bundle.record_not_canonical": f"Un registro no está escrito en su única forma válida. {_OTHER_COPY}",
    "bundle.record_region": f"Un registro es de otra región ({{region}}). {_OTHER_COPY}",
    "bundle.record_practice": f"El paquete mezcla registros de práctica y registros reales. {_OTHER_COPY}",
    "bundle.blob_hash": f"Un adjunto no coincide con su nombre. {_OTHER_COPY}",
    # Where it belongs.
    "bundle.other_region": "El paquete es de la región {region} y este perfil trabaja en la {propia}. No se importó nada.",
    "bundle.practice": "El paquete es de práctica y este perfil es de trabajo real. No se importó nada.",
    "bundle.not_practice": "El paquete es de trabajo real y este perfil es de práctica. Ábralo en su perfil de trabajo.",
    # Export.
    "bundle.nothing_to_export": "No hay nada que exportar. Selle una ficha primero.",
    "bundle.volume_too_small": "Un registro no cabe en un volumen de {limite} bytes. Elija volúmenes más grandes.",
}
