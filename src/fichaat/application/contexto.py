"""Gathers what the rules need to know besides the ficha itself (house rule 8)."""

from datetime import date

from fichaat.application.acuerdo_bearers import sealed_bearers
from fichaat.application.extracto import Extracto, ExtractoEvidencia, ExtractoFicha
from fichaat.application.known_catalogue import known_firmantes, known_indicadores
from fichaat.application.ports.store import Reader
from fichaat.domain.ficha import Ficha, Sesion
from fichaat.domain.firma import Evidencia
from fichaat.domain.problems import ContextoValidacion, overlaps
from fichaat.domain.record import Record
from fichaat.domain.territorio import Territorio


def gather(
    reader: Reader,
    ficha: Ficha,
    *,
    id_: str,
    version: int,
    today: date,
    region: str,
    territorio: Territorio,
) -> ContextoValidacion:
    """The context of one ficha, by the catalogue in force; rules that need one are silent while it
    is not known.
    """
    in_force = reader.catalogo()
    catalogo = None if in_force is None else in_force[0]
    ubigeos = {item.ubigeo for item in ficha.distritos}
    followed = {item.acuerdo for item in ficha.seguimientos if item.acuerdo is not None}
    follows_up = {d.ubigeo for d in ficha.distritos if d.sesion is Sesion.SEGUIMIENTO}
    opened = reader.open_acuerdos(follows_up) if follows_up else {}
    own = {acuerdo.id for acuerdo in ficha.acuerdos}
    return ContextoValidacion(
        hoy=today,
        region=region,
        distritos_conocidos=territorio.conocidos,
        firmantes=known_firmantes(catalogo),
        indicadores=known_indicadores(catalogo),
        primer_diagnostico=reader.first_diagnosis(follows_up, but=id_) if follows_up else {},
        acuerdos_conocidos=frozenset(reader.acuerdos(followed)) if followed else frozenset(),
        acuerdos_abiertos={ubigeo: ids - own for ubigeo, ids in opened.items()},
        acuerdos_ajenos=sealed_bearers(reader, own, but=id_),
        posibles_duplicados=_duplicates(reader, ficha, id_, ubigeos),
        blobs=_present_blobs(reader, ficha),
        version=version,
    )


def blobs_of(content: Ficha | Evidencia | ExtractoFicha | ExtractoEvidencia) -> frozenset[str]:
    """Every blob that a content names."""
    return frozenset(
        [firma.blob for firma in content.firmas if firma.blob is not None]
        + [adjunto.sha256 for adjunto in content.adjuntos]
    )


def blobs_of_record(record: Record[object] | Extracto[object]) -> frozenset[str]:
    """Every blob that a record names."""
    content = record.content
    if isinstance(content, Ficha | Evidencia | ExtractoFicha | ExtractoEvidencia):
        return blobs_of(content)
    return frozenset()


def _present_blobs(reader: Reader, ficha: Ficha) -> frozenset[str]:
    named = blobs_of(ficha)
    return frozenset(reader.blob_sizes(named)) if named else frozenset()


def _duplicates(reader: Reader, ficha: Ficha, id_: str, ubigeos: set[str]) -> tuple[str, ...]:
    if ficha.fecha is None or not ubigeos:
        return ()
    same_day = reader.fichas_of_day(ficha.fecha, ubigeos)
    return tuple(
        sorted(other.codigo for key, other in same_day if key != id_ and overlaps(ficha, other))
    )
