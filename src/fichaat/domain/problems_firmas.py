"""Rules about signatures (R108, R109). Any other section may be changed without touching these."""

from collections.abc import Iterator

from fichaat.domain.ficha import Ficha, contenido_sha256
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.domain.problem import ContextoValidacion, Problem, blank, error, warning
from fichaat.domain.problems_visita import distrito_params

_WITHOUT_SIGNATURE = (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)


def check_firma_responsable(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """«Firma: Responsable de la AT», or why there is none (R108)."""
    accounted = _accounted(ficha)
    if ficha.responsables and not any(person.id in accounted for person in ficha.responsables):
        yield error("ficha.firma_responsable_missing", "/responsables/0")


def check_firma_destinatarios(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """«Firma: Destinatario(s) de AT», one for each district, or why there is none (R109).

    A rectification may be signed by the responsable alone. A district without recipients already
    has its own problem.
    """
    if contexto.version > 1:
        return
    accounted = _accounted(ficha)
    first: dict[str | None, int] = {}
    signed = set()
    for row, person in enumerate(ficha.destinatarios):
        first.setdefault(person.distrito, row)
        if person.id in accounted:
            signed.add(person.distrito)
    for ubigeo in dict.fromkeys(item.ubigeo for item in ficha.distritos):
        if ubigeo in first and ubigeo not in signed:
            params = distrito_params(ubigeo, contexto)
            path = f"/destinatarios/{first[ubigeo]}"
            yield error("ficha.firma_destinatario_missing", path, **params)


def check_firmas(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """Each signature is of someone of this visit, of this content, and its bytes are here."""
    if not ficha.firmas:
        return
    names = {person.id: person.nombre for person in ficha.responsables}
    names.update((person.id, person.nombre) for person in ficha.destinatarios)
    contenido = contenido_sha256(ficha)
    for row, firma in enumerate(ficha.firmas):
        path = f"/firmas/{row}"
        name = names.get(firma.participante)
        if name is None:
            path_of_person = f"{path}/participante"
            yield error("ficha.firma_participante_unknown", path_of_person, fila=row + 1)
        params: dict[str, str | int] = {"fila": row + 1, "nombre": name or ""}
        if firma.tipo is TipoFirma.PENDIENTE:
            yield warning("ficha.firma_pending", path, **params)
        elif firma.tipo is TipoFirma.NO_FIRMO:
            yield warning("ficha.firma_refused", path, **params)
        else:
            if firma.contenido != contenido:
                yield error("ficha.firma_void", path, **params)
            yield from _check_blob(firma, path, params, contexto)


def _check_blob(
    firma: Firma, path: str, params: dict[str, str | int], contexto: ContextoValidacion
) -> Iterator[Problem]:
    """A stroke has its bytes here; the scan of a signature on paper may come later, but a scan
    that is named must be here too.
    """
    if firma.blob is None and firma.tipo is TipoFirma.PAPEL:
        yield warning("ficha.firma_scan_missing", path, **params)
    elif firma.blob is None or firma.blob not in contexto.blobs:
        yield error("ficha.firma_blob_missing", path, **params)


def _accounted(ficha: Ficha) -> set[str]:
    """Who signed, or did not for a reason that is written down."""
    return {
        firma.participante
        for firma in ficha.firmas
        if firma.tipo not in _WITHOUT_SIGNATURE or not blank(firma.motivo)
    }
