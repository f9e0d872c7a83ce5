"""Hypothesis strategies for what the program stores: texts, fichas, records of every kind."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, EventoAcuerdo, Seguimiento
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial, LugarConocido, Relevo, Revocacion
from fichaat.domain.ficha import (
    Advertencia,
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    NudoCritico,
    Origen,
    Sesion,
    Tema,
)
from fichaat.domain.firma import (
    Adjunto,
    Anulacion,
    ClaseAdjunto,
    Evidencia,
    Firma,
    Sujeto,
    TipoFirma,
    Trazo,
)
from fichaat.domain.persona import Autor, Destinatario, Responsable
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import KINDS, CatalogRef, Kind, Record, Supersedes
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from fichaat.domain.text import MAX_LINE, defect, normalise
from tests.support.fichas import complete_ficha, uuid7

# Letters of the country, quotes, dashes, quechua, emoji, right-to-left, zero width, combining.
NASTY = "aZ09 ñÑáÉü'\"\\/«»–—“”…q\u02bc😀👩‍👧ش\u200b\u0301\u00ad\u2028漢"

words: st.SearchStrategy[str] = st.one_of(
    st.text("abc ñáé09.", max_size=12),
    st.text(NASTY, max_size=12),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)


def _normal(*, multiline: bool) -> st.SearchStrategy[str]:
    raw = st.lists(words, min_size=1, max_size=3).map("\n".join) if multiline else words
    return raw.map(normalise).filter(lambda text: defect(text, multiline=multiline) is None)


lines = _normal(multiline=False).filter(lambda text: len(text) <= MAX_LINE)
long_texts = _normal(multiline=True)
reasons = long_texts.filter(bool)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
uuids = st.integers(0, 16**12 - 1).map(uuid7)
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True)
dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))
hours = st.builds(lambda h, m: f"{h:02}:{m:02}", st.integers(0, 23), st.integers(0, 59))
distritos = st.sampled_from(["050101", "050108", "050401", "030101", "999999"])
zones = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001


def tuples_of(items: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=most).map(tuple)


firmas = st.builds(
    Firma,
    participante=uuids,
    tipo=st.sampled_from(TipoFirma),
    motivo=st.none() | long_texts,
    firmado_en=st.none() | instants,
    contenido=st.none() | hashes,
    blob=st.none() | hashes,
)
adjuntos = st.builds(
    Adjunto,
    sha256=hashes,
    nombre=lines,
    tipo=st.sampled_from(["image/jpeg", "application/pdf", ""]),
    bytes=st.integers(0, 50 * 1024 * 1024),
    descripcion=long_texts,
    clase=st.sampled_from(ClaseAdjunto),
)
eventos = st.builds(
    EventoAcuerdo,
    acuerdo=uuids,
    estado=st.sampled_from(EstadoAcuerdo),
    avance=st.none() | st.integers(0, 100),
    cumplido_el=st.none() | dates,
    comentario=long_texts,
    nuevo_plazo=st.none() | dates,
    motivo=st.none() | long_texts,
)
seguimientos = st.builds(
    Seguimiento,
    acuerdo=st.none() | uuids,
    descripcion=st.none() | long_texts,
    estado=st.sampled_from(EstadoAcuerdo),
    avance=st.none() | st.integers(0, 100),
    cumplido_el=st.none() | dates,
    comentario=long_texts,
    nuevo_plazo=st.none() | dates,
    motivo=st.none() | long_texts,
)
nudos = st.builds(
    NudoCritico,
    descripcion=long_texts,
    orientacion=long_texts,
    distrito=st.none() | distritos,
    indicador=st.none() | codes,
)
trazos = st.builds(
    Trazo,
    ancho=st.integers(1, 32767),
    alto=st.integers(1, 32767),
    trazos=st.lists(
        st.lists(
            st.tuples(st.integers(0, 32767), st.integers(0, 32767)), min_size=1, max_size=4
        ).map(tuple),
        min_size=1,
        max_size=3,
    ).map(tuple),
)


# Made once: a strategy that is made for every example is slower than the example.
_people = st.lists(uuids, min_size=9, max_size=9, unique=True)
_half_typed = st.builds(
    Ficha,
    codigo=st.sampled_from(["05-2026-K7Q2MX-0012", "07-2027-000000-123456789"]),
    ejecutor=st.builds(
        Ejecutor, st.sampled_from(Nivel), st.sampled_from([None, "05", "0501", "0301"]), lines
    ),
    origen=st.sampled_from(Origen),
    gobierno_regional=st.sampled_from([None, "05", "03"]),
    fecha=st.none() | dates,
    hora_inicio=st.none() | hours,
    hora_fin=st.none() | hours,
    modalidad=st.none() | st.sampled_from(Modalidad),
    lugar=st.none() | lines,
    plataforma=st.none() | lines,
    distritos=tuples_of(
        st.builds(DistritoAtendido, distritos, st.none() | st.sampled_from(Sesion))
    ),
    temas=tuples_of(st.sampled_from(Tema)),
    indicadores=tuples_of(codes),
    actividad_plan=st.none() | uuids,
    responsables=tuples_of(st.builds(Responsable, st.just(""), lines, lines, lines)),
    destinatarios=tuples_of(
        st.builds(Destinatario, st.just(""), st.none() | distritos, lines, lines, lines)
    ),
    nudos_criticos=tuples_of(nudos),
    acuerdos=tuples_of(
        st.builds(
            Acuerdo,
            id=st.just(""),
            descripcion=long_texts,
            responsable=lines,
            plazo=st.none() | dates,
            distrito=st.none() | distritos,
            indicador=st.none() | codes,
            nudo=st.none() | st.integers(0, 2),
        )
    ),
    seguimientos=tuples_of(seguimientos),
    firmas=tuples_of(firmas),
    adjuntos=tuples_of(adjuntos),
    advertencias=tuples_of(st.builds(Advertencia, codes, lines, long_texts)),
    observaciones=long_texts,
)


@st.composite
def incomplete_fichas(draw: st.DrawFn) -> Ficha:
    """Any ficha of the right shape: a draft half typed, or complete by chance."""
    ficha, people = draw(_half_typed), iter(draw(_people))
    nudos_held = len(ficha.nudos_criticos)
    return replace(
        ficha,
        responsables=tuple(replace(item, id=next(people)) for item in ficha.responsables),
        destinatarios=tuple(replace(item, id=next(people)) for item in ficha.destinatarios),
        acuerdos=tuple(
            replace(
                item,
                id=next(people),
                nudo=item.nudo % nudos_held if nudos_held and item.nudo is not None else None,
            )
            for item in ficha.acuerdos
        ),
    )


_visible = lines.filter(bool)
_some_temas = st.lists(st.sampled_from(Tema), min_size=1, max_size=4).map(tuple)
_some_nudos = st.lists(st.builds(NudoCritico, reasons, reasons), min_size=1, max_size=3).map(tuple)


@st.composite
def valid_fichas(draw: st.DrawFn) -> Ficha:
    """Fichas without any problem in `tests.support.fichas.contexto()`."""
    return complete_ficha(
        lugar=draw(_visible),
        observaciones=draw(long_texts),
        temas=draw(_some_temas),
        nudos_criticos=draw(_some_nudos),
    )


sujetos = st.builds(Sujeto, id=uuids, version=st.integers(1, 9), sha256=hashes)

recipients = st.text("02345qz", min_size=58, max_size=58).map("age1{}".format)
certificates = st.from_regex(r"[A-Za-z0-9+/]{4,40}={0,2}", fullmatch=True)


@st.composite
def credenciales(draw: st.DrawFn) -> Credencial:
    rol = draw(st.sampled_from(Rol))
    desde, hasta = sorted(draw(st.lists(instants, min_size=2, max_size=2, unique=True)))
    return Credencial(
        device=draw(hashes),
        certificado=draw(certificates),
        nombre=draw(lines.filter(bool)),
        cargo=draw(lines),
        entidad=draw(lines),
        rol=rol,
        ambito="0501" if rol is Rol.PROVINCIAL else "05",
        desde=desde,
        hasta=hasta,
        age=draw(st.none() | recipients),
        emisor=rol is Rol.COORDINADOR and draw(st.booleans()),
    )


contents: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.FICHA: valid_fichas() | incomplete_fichas(),
    Kind.EVIDENCIA: st.builds(
        Evidencia,
        sujeto=sujetos,
        firmas=tuples_of(firmas),
        adjuntos=tuples_of(adjuntos),
        comentario=long_texts,
    ),
    Kind.ANULACION: st.builds(Anulacion, sujeto=sujetos, motivo=reasons),
    Kind.SEGUIMIENTO: eventos,
    Kind.RECEPCION: st.builds(
        Recepcion,
        paquete=hashes,
        paquete_id=uuids,
        recibido_en=instants,
        remitente=st.builds(Remitente, hashes, lines, lines),
        registros=tuples_of(
            st.builds(Recibido, hashes, st.sampled_from(Resultado), st.none() | codes)
        ),
    ),
    Kind.REVISION: st.builds(
        Revision,
        sujeto=sujetos,
        veredicto=st.sampled_from(Veredicto),
        motivo=long_texts,
        plazo=st.none() | dates,
    ),
    Kind.CREDENCIAL: credenciales(),
    Kind.REVOCACION: st.builds(
        Revocacion,
        device=hashes,
        desde=instants,
        motivo=reasons,
        conocidos=tuples_of(st.builds(LugarConocido, uuids, st.integers(1, 99_999_999), hashes)),
    ),
    Kind.RELEVO: st.builds(Relevo, anterior=hashes, nuevo=hashes, motivo=reasons),
    Kind.CATALOGO: st.builds(
        Catalogo,
        version=st.integers(1, 99_999),
        gobierno_regional=st.sampled_from(["05", "07"]),
        certificado=certificates,
        age=recipients,
        provincias=tuples_of(st.sampled_from(["0501", "0504"])),
    ),
}


_supersedes = st.builds(Supersedes, st.just(1), hashes, reasons)
_after = st.sets(hashes, max_size=3).map(sorted).map(tuple)
_authors = st.builds(Autor, lines, lines, lines)
_catalogs = st.none() | st.builds(CatalogRef, st.integers(1, 99), hashes)
_apps = st.from_regex(r"[0-9]\.[0-9]\.[0-9]", fullmatch=True)


@st.composite
def records(draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind)) -> Record[Any]:
    """Any record that may be sealed: envelope and content of one kind."""
    kind = draw(st.sampled_from(kinds))
    version = draw(st.integers(1, 3)) if kind is Kind.FICHA else 1
    sequence = draw(st.integers(1, 99_999_999))
    first = sequence == 1
    supersedes = None if version == 1 else replace(draw(_supersedes), version=version - 1)
    return Record(
        kind=str(kind),
        schema=KINDS[kind].schema,
        id=draw(uuids),
        version=version,
        supersedes=supersedes,
        after=draw(_after),
        region=draw(st.sampled_from(["05", "07", "25"])),
        practice=draw(st.booleans()),
        chain=draw(uuids),
        sequence=sequence,
        previous=draw((st.none() | hashes) if first else hashes),
        device=draw(hashes),
        sealed_at=draw(instants),
        author=draw(_authors),
        catalog=draw(_catalogs),
        app=draw(_apps),
        content=draw(contents[kind]),
    )
