"""Whatever is typed, nothing is drawn outside the page or over the foot."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fichaat.application.ports.papers import FichaPaper, PaperFace, PaperFirma
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import (
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    NudoCritico,
    Sesion,
    Tema,
)
from fichaat.domain.firma import Adjunto, ClaseAdjunto, Firma, TipoFirma, Trazo
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.text import normalise
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer, layout
from fichaat.reports.fonts import FontSet
from fichaat.reports.sheet import BOTTOM, LEFT, PAGE_HEIGHT, RIGHT
from fichaat.reports.text_layout import Measure
from tests.support.samples import sample_id

T = TypeVar("T")

MEASURE = Measure(FontSet())
RENDERER = ReportlabPaperRenderer()

_CHAR = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from(
    "WÑ á.🎉\u202e"
)
LINE = st.text(_CHAR, max_size=300).map(normalise)
LONG = st.builds(
    lambda text, times, glue: normalise(glue.join([text] * times))[:20_000].strip(),
    st.text(_CHAR | st.just("\n") | st.just("\t"), max_size=80),
    st.sampled_from([1, 1, 1, 5, 200]),
    st.sampled_from(["", " ", "\n"]),
)
DAY = st.none() | st.dates()
MOMENT = st.none() | st.datetimes(timezones=st.just(UTC))
UBIGEO = st.sampled_from(["050106", "050107", "150101", "250401"])
IDS = st.integers(0, 40).map(sample_id)
POINT = st.tuples(st.integers(0, 32767), st.integers(0, 32767))


def many(
    build: Callable[..., T], size: int = 3, /, **parts: st.SearchStrategy[object]
) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(st.builds(build, **parts), max_size=size).map(tuple)


STROKE = st.builds(
    Trazo,
    ancho=st.integers(1, 32767),
    alto=st.integers(1, 32767),
    trazos=st.lists(st.lists(POINT, min_size=1, max_size=4).map(tuple), min_size=1, max_size=3).map(
        tuple
    ),
)
FIRMA = st.builds(
    Firma,
    participante=IDS,
    tipo=st.sampled_from(TipoFirma),
    motivo=st.none() | LONG,
    firmado_en=MOMENT,
    contenido=st.none() | st.just("ab" * 32),
)
FICHA = st.builds(
    Ficha,
    codigo=st.just("05-2026-K7Q2MX-0012"),
    ejecutor=st.builds(Ejecutor, nivel=st.sampled_from(Nivel), entidad=LINE),
    fecha=DAY,
    hora_inicio=st.sampled_from([None, "09:00"]),
    modalidad=st.none() | st.sampled_from(Modalidad),
    lugar=st.none() | LINE,
    plataforma=st.none() | LINE,
    distritos=many(DistritoAtendido, ubigeo=UBIGEO, sesion=st.none() | st.sampled_from(Sesion)),
    temas=st.lists(st.sampled_from(Tema), max_size=4).map(tuple),
    responsables=many(Responsable, id=IDS, entidad=LINE, nombre=LINE, cargo=LINE),
    destinatarios=many(Destinatario, 8, id=IDS, entidad=LINE, nombre=LINE, cargo=LINE),
    nudos_criticos=many(NudoCritico, 4, descripcion=LONG, orientacion=LONG),
    acuerdos=many(Acuerdo, id=IDS, descripcion=LONG, responsable=LINE, plazo=DAY),
    seguimientos=many(
        Seguimiento,
        estado=st.sampled_from(EstadoAcuerdo),
        descripcion=LONG,
        comentario=LONG,
        avance=st.none() | st.integers(0, 100),
        cumplido_el=DAY,
        nuevo_plazo=DAY,
        motivo=st.none() | LONG,
    ),
    adjuntos=many(
        Adjunto,
        sha256=st.just("cd" * 32),
        nombre=LINE,
        tipo=st.just("image/jpeg"),
        bytes=st.integers(0, 50_000_000),
        descripcion=LONG,
        clase=st.sampled_from(ClaseAdjunto),
    ),
    observaciones=LONG,
)
PAPER = st.builds(
    FichaPaper,
    ficha=FICHA,
    face=st.builds(
        PaperFace,
        kind=st.sampled_from(["borrador", "para_firmar", "sellada"]),
        version=st.integers(1, 9999),
        sealed_at=MOMENT,
        supersedes_reason=st.none() | LONG,
    ),
    gobierno_regional=LINE,
    distritos=st.dictionaries(UBIGEO, st.tuples(LINE, LINE), max_size=3),
    firmas=many(
        PaperFirma,
        10,
        firma=FIRMA,
        void=st.booleans(),
        trazo=st.none() | STROKE,
        late=st.booleans(),
    ),
    firmantes=st.dictionaries(UBIGEO, LINE, max_size=2),
    avisos=st.lists(st.tuples(LINE, LONG), max_size=6).map(tuple),
    practice=st.booleans(),
    anulada=st.none() | LONG,
)


@given(PAPER)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_mark_lies_inside_the_margins(paper: FichaPaper) -> None:
    for sheet in layout(paper, MEASURE):
        assert sheet.texts
        for text in sheet.texts:
            assert text.x >= LEFT
            assert text.x + MEASURE.width(text.text, text.face, text.size) <= RIGHT + 0.01
            assert BOTTOM <= text.y <= PAGE_HEIGHT - 18 * 2
        for rule in sheet.rules:
            assert LEFT - 0.01 <= rule.x0 <= rule.x1 <= RIGHT + 0.01
            assert BOTTOM - 0.1 <= rule.y0 <= rule.y1 <= PAGE_HEIGHT
        for stroke in sheet.strokes:
            for line in stroke.polylines:
                for x, y in line:
                    assert LEFT <= stroke.x + stroke.scale * x <= RIGHT
                    assert BOTTOM <= stroke.y - stroke.scale * y <= PAGE_HEIGHT


@given(PAPER)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_paper_becomes_the_same_file_twice(paper: FichaPaper) -> None:
    data = RENDERER.render(paper)
    assert data.startswith(b"%PDF-")
    assert RENDERER.render(paper) == data


def test_days_at_the_ends_of_the_calendar_print() -> None:
    paper = FichaPaper(
        ficha=Ficha(
            codigo="05-2026-K7Q2MX-0012", ejecutor=Ejecutor(Nivel.REGIONAL), fecha=date(1, 1, 1)
        ),
        face=PaperFace("sellada", sealed_at=datetime(1, 1, 1, tzinfo=UTC)),
        gobierno_regional="",
        distritos={},
    )
    assert RENDERER.render(paper)
