"""A complete ficha and a context in which nothing is wrong with it; tests break one thing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

from msgspec.structs import replace

from fichaat.domain.acuerdo import Acuerdo
from fichaat.domain.ficha import (
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    NudoCritico,
    Sesion,
    Tema,
    contenido_sha256,
)
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.domain.persona import Autor, Destinatario, Responsable
from fichaat.domain.problem import ContextoValidacion
from fichaat.domain.record import KINDS, Kind, Record
from fichaat.domain.territorio import Distrito

LIMA = timezone(timedelta(hours=-5))
HOY = date(2026, 11, 21)
QUINUA = "050108"
AYACUCHO = "050101"
HUANTA = "050401"
ABANCAY = "030101"
STROKE = "ab" * 32


def uuid7(number: int) -> str:
    """A well-formed UUID version 7, different for each number."""
    return f"01900000-0000-7000-8000-{number:012x}"


RESPONSABLE = Responsable(
    uuid7(1), "Gobierno Regional de Ayacucho", "Marleni Ñahui", "Especialista"
)
DESTINATARIO = Destinatario(
    uuid7(2), QUINUA, "Municipalidad Distrital de Quinua", "Wilber Ayme", "Gerente"
)
DISTRITOS = {
    row.ubigeo: row
    for row in (
        Distrito(AYACUCHO, "Ayacucho", "Huamanga", "Ayacucho"),
        Distrito(QUINUA, "Ayacucho", "Huamanga", "Quinua"),
        Distrito(HUANTA, "Ayacucho", "Huanta", "Huanta"),
        Distrito(ABANCAY, "Apurímac", "Abancay", "Abancay"),
    )
}


def unsigned_ficha(**changes: object) -> Ficha:
    """Complete but for its signatures."""
    ficha = Ficha(
        codigo="05-2026-K7Q2MX-0012",
        ejecutor=Ejecutor(Nivel.REGIONAL, "05", "Gobierno Regional de Ayacucho"),
        gobierno_regional="05",
        fecha=date(2026, 11, 20),
        hora_inicio="09:00",
        hora_fin="11:30",
        modalidad=Modalidad.PRESENCIAL,
        lugar="Sala de regidores",
        distritos=(DistritoAtendido(QUINUA, Sesion.DIAGNOSTICO),),
        temas=(Tema.SALUD,),
        responsables=(RESPONSABLE,),
        destinatarios=(DESTINATARIO,),
        nudos_criticos=(NudoCritico("14 niñas y niños no tienen DNI.", "Programar la jornada."),),
        acuerdos=(
            Acuerdo(uuid7(3), "Realizar la jornada", "Wilber Ayme", date(2026, 12, 15), nudo=0),
        ),
    )
    return replace(ficha, **changes)


def with_new_acuerdos(ficha: Ficha, new_id: Callable[[], str]) -> Ficha:
    """The same with agreements of its own: no two sealed fichas bear one id."""
    return replace(ficha, acuerdos=tuple(replace(a, id=new_id()) for a in ficha.acuerdos))


def sign(ficha: Ficha) -> Ficha:
    """Everyone's stroke over this content, instead of any signature it had."""
    contenido = contenido_sha256(ficha)
    people = [person.id for person in ficha.responsables]
    people += [person.id for person in ficha.destinatarios]
    firmas = tuple(
        Firma(person, TipoFirma.TRAZO, contenido=contenido, blob=STROKE) for person in people
    )
    return replace(ficha, firmas=firmas)


def complete_ficha(**changes: object) -> Ficha:
    """Nothing is wrong with it, unless the changes say so; signed after them."""
    return sign(unsigned_ficha(**changes))


def contexto(**changes: object) -> ContextoValidacion:
    """Ayacucho on HOY, no catalogue, no other ficha, the stroke's bytes present."""
    plain = ContextoValidacion(HOY, "05", DISTRITOS, blobs=frozenset({STROKE}))
    return replace(plain, **changes)


def record_of(content: object, kind: Kind = Kind.FICHA, **changes: object) -> Record[Any]:
    """A first version in the first place of a chain, around a content."""
    record: Record[Any] = Record(
        kind=str(kind),
        schema=KINDS[kind].schema,
        id=uuid7(100),
        version=1,
        supersedes=None,
        after=(),
        region="05",
        practice=False,
        chain=uuid7(200),
        sequence=1,
        previous=None,
        device="cd" * 32,
        sealed_at=datetime(2026, 11, 20, 11, 35, 12, tzinfo=LIMA),
        author=Autor("Marleni Ñahui", "Especialista", "Gobierno Regional de Ayacucho"),
        catalog=None,
        app="1.0.0",
        content=content,
    )
    return replace(record, **changes)
