"""The fictitious visits that tests, pictures and measurements share. Nobody here exists."""

import hashlib
import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

import msgspec

from fichaat.application.avisos import avisos
from fichaat.application.ports.papers import FichaPaper, PaperFace, PaperFirma
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import (
    Advertencia,
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
from fichaat.domain.firma import Adjunto, ClaseAdjunto, Firma, TipoFirma, Trazo
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.texts import message

LIMA = timezone(timedelta(hours=-5))

DISTRITOS = {
    "050106": ("Pacaycasa", "Huamanga"),
    "050107": ("Quinua", "Huamanga"),
    "050108": ("San José de Ticllas", "Huamanga"),
}


def sample_id(number: int) -> str:
    """A UUID version 7 that is always the same."""
    return f"0190a000-0000-7000-8000-{number:012x}"


_RESPONSABLES = (
    Responsable(
        id=sample_id(1),
        entidad="Gobierno Regional de Ayacucho – Gerencia Regional de Desarrollo Social",
        nombre="Marleni Ccorahua Tineo",
        cargo="Especialista en articulación territorial",
    ),
    Responsable(
        id=sample_id(2),
        entidad="Gobierno Regional de Ayacucho – Dirección Regional de Salud",
        nombre="Edwin Janampa Lagos",
        cargo="Coordinador de la etapa de vida niño",
    ),
)
_DESTINATARIOS = tuple(
    Destinatario(
        id=sample_id(10 + number),
        distrito=distrito,
        entidad=f"Municipalidad Distrital de {DISTRITOS[distrito][0]}",
        nombre=nombre,
        cargo=cargo,
    )
    for number, (distrito, nombre, cargo) in enumerate(
        (
            ("050107", "Wilber Ayme Palomino", "Gerente de Desarrollo Social"),
            ("050107", "Yesenia Rúa Mendívil", "Responsable del Área Técnica Municipal"),
            ("050106", "Nélida Sulca Arango", "Subgerenta de Programas Sociales"),
            ("050106", "Percy Oré Ñaupari", "Responsable del Área Técnica Municipal"),
            ("050108", "Gladys Curi Bautista", "Gerenta de Desarrollo Social"),
        )
    )
)
_NUDOS = (
    NudoCritico(
        descripcion="El padrón nominal tiene 14 niñas y niños menores de 12 meses sin número de DNI"
        " registrado.",
        orientacion="Se revisó el listado niño por niño y se explicó cómo programar con la oficina "
        "de registro civil una jornada de DNI en los centros poblados de Patahuayco y "
        "Ccollpa.",
    ),
    NudoCritico(
        descripcion="El cloro residual no se registra todos los meses en 3 de los 5 sistemas de "
        "agua.",
        orientacion="Se practicó el llenado del cuaderno de cloración y se acordó un responsable de"
        " la JASS por cada sistema.",
    ),
    NudoCritico(
        descripcion="Las gestantes de zonas alejadas no completan el paquete de controles.",
        orientacion="Se orientó a coordinar la visita de actores sociales con el puesto de salud "
        "antes de fin de mes.",
    ),
    NudoCritico(
        descripcion="No se cuenta con el listado de viviendas con niñas y niños con anemia para la "
        "visita domiciliaria.",
        orientacion="Se mostró cómo obtener el listado desde el establecimiento de salud y cómo "
        "asignar las visitas por sector y por actor social.",
    ),
    NudoCritico(
        descripcion="Las reuniones de la Instancia de Articulación Local no se convocan con agenda "
        "y los acuerdos no tienen plazo.",
        orientacion="Se trabajó un modelo de agenda y de acta en el que cada acuerdo lleva día, "
        "mes, año y responsable.",
    ),
    NudoCritico(
        descripcion="El área técnica municipal comparte personal con obras y no sale a campo.",
        orientacion="Se revisaron las funciones del área y se preparó el informe de necesidad de "
        "personal para la gerencia municipal.",
    ),
    NudoCritico(
        descripcion="Dos instituciones educativas de inicial no tienen agua segura en el horario de"
        " clases.",
        orientacion="Se orientó a incluir los dos puntos en el plan de cloración y a coordinar con "
        "la directora de cada institución.",
    ),
    NudoCritico(
        descripcion="El presupuesto asignado a la visita domiciliaria se ejecutó en "
        "48 % a octubre.",
        orientacion="Se revisó la ejecución por meta y se identificaron tres requerimientos que "
        "pueden atenderse antes del cierre del año.",
    ),
    NudoCritico(
        descripcion="Los reportes de avance llegan en formatos distintos y no se pueden comparar.",
        orientacion="Se entregó un formato único y se llenó con los datos de octubre durante la "
        "sesión.",
    ),
    NudoCritico(
        descripcion="Hay niñas y niños de dos centros poblados registrados en el padrón de un "
        "distrito vecino.",
        orientacion="Se explicó el procedimiento de transferencia en el padrón nominal y los "
        "documentos que lo sustentan.",
    ),
    NudoCritico(
        descripcion="Los actores sociales cambian cada dos meses y no reciben inducción.",
        orientacion="Se propuso una inducción breve de dos horas con el puesto de salud y un "
        "cuaderno de entrega de cargo.",
    ),
)
_ACUERDOS = tuple(
    Acuerdo(
        id=sample_id(100 + number), descripcion=descripcion, responsable=responsable, plazo=plazo
    )
    for number, (descripcion, responsable, plazo) in enumerate(
        (
            (
                "Realizar la jornada de DNI en Patahuayco y Ccollpa",
                "Wilber Ayme Palomino",
                date(2026, 12, 15),
            ),
            (
                "Enviar el cuaderno de cloración de los 5 sistemas de agua",
                "Yesenia Rúa Mendívil",
                date(2026, 11, 30),
            ),
            (
                "Compartir el calendario de visitas de actores sociales",
                "Wilber Ayme Palomino",
                date(2026, 12, 5),
            ),
            (
                "Asignar un sector a cada actor social y entregar la lista al puesto de salud",
                "Nélida Sulca Arango",
                date(2026, 12, 10),
            ),
            (
                "Convocar a la Instancia de Articulación Local con agenda y modelo de acta",
                "Gladys Curi Bautista",
                date(2026, 12, 12),
            ),
            (
                "Presentar el informe de necesidad de personal del área técnica municipal",
                "Percy Oré Ñaupari",
                date(2026, 12, 18),
            ),
            (
                "Incluir las dos instituciones educativas en el plan de cloración 2027",
                "Percy Oré Ñaupari",
                date(2026, 12, 22),
            ),
            (
                "Atender los tres requerimientos pendientes de la visita domiciliaria",
                "Nélida Sulca Arango",
                date(2026, 12, 20),
            ),
            (
                "Iniciar la transferencia de registros del padrón nominal entre distritos",
                "Gladys Curi Bautista",
                date(2027, 1, 15),
            ),
        )
    )
)
ACUERDOS_ANTERIORES = {
    sample_id(200): ("Actualizar el padrón nominal con el puesto de salud", "30/10/2026"),
    sample_id(201): ("Designar por resolución al responsable del ATM", "15/11/2026"),
    sample_id(202): ("Publicar el cronograma de visitas en el local comunal", "20/11/2026"),
    sample_id(203): ("Entregar kits de cloración a las JASS", "25/11/2026"),
}
_SEGUIMIENTOS = (
    Seguimiento(
        acuerdo=sample_id(200),
        estado=EstadoAcuerdo.CUMPLIDO,
        cumplido_el=date(2026, 10, 28),
        comentario="Acta de homologación vista en la sesión.",
    ),
    Seguimiento(
        acuerdo=sample_id(201),
        estado=EstadoAcuerdo.EN_PROCESO,
        avance=60,
        comentario="La resolución está en asesoría legal.",
    ),
    Seguimiento(
        acuerdo=sample_id(202),
        estado=EstadoAcuerdo.CUMPLIDO,
        cumplido_el=date(2026, 11, 19),
        comentario="Fotografía en el archivo de la municipalidad.",
    ),
    Seguimiento(
        acuerdo=sample_id(203),
        estado=EstadoAcuerdo.REPROGRAMADO,
        nuevo_plazo=date(2026, 12, 10),
        motivo="El proveedor no entregó.",
    ),
)


def short_ficha() -> Ficha:
    """One district, one page: a visit to Quinua, complete but for its signatures."""
    return Ficha(
        codigo="05-2026-K7Q2MX-0012",
        ejecutor=Ejecutor(Nivel.REGIONAL, "05", "Gobierno Regional de Ayacucho"),
        gobierno_regional="05",
        fecha=date(2026, 11, 20),
        hora_inicio="09:00",
        hora_fin="11:30",
        modalidad=Modalidad.PRESENCIAL,
        lugar="Sala de regidores de la Municipalidad Distrital de Quinua",
        distritos=(DistritoAtendido("050107", Sesion.SEGUIMIENTO),),
        temas=(Tema.SALUD, Tema.AGUA),
        responsables=_RESPONSABLES[:1],
        destinatarios=_DESTINATARIOS[:2],
        nudos_criticos=_NUDOS[:3],
        acuerdos=_ACUERDOS[:3],
        seguimientos=_SEGUIMIENTOS[:2],
    )


def long_ficha() -> Ficha:
    """Three districts, two pages and a full complementary sheet; one signed on paper."""
    return Ficha(
        codigo="05-2026-K7Q2MX-0015",
        ejecutor=Ejecutor(Nivel.REGIONAL, "05", "Gobierno Regional de Ayacucho"),
        gobierno_regional="05",
        fecha=date(2026, 11, 27),
        hora_inicio="08:30",
        hora_fin="13:00",
        modalidad=Modalidad.MIXTA,
        lugar="Auditorio de la Municipalidad Distrital de Pacaycasa",
        plataforma="Google Meet",
        distritos=(
            DistritoAtendido("050106", Sesion.DIAGNOSTICO),
            DistritoAtendido("050107", Sesion.SEGUIMIENTO),
            DistritoAtendido("050108", Sesion.SEGUIMIENTO),
        ),
        temas=tuple(Tema),
        indicadores=("PR-01", "PR-03", "PR-05"),
        actividad_plan=sample_id(300),
        responsables=_RESPONSABLES,
        destinatarios=_DESTINATARIOS,
        nudos_criticos=_NUDOS,
        acuerdos=_ACUERDOS,
        seguimientos=_SEGUIMIENTOS,
        adjuntos=(
            Adjunto(
                sha256=_digest("asistencia"),
                nombre="asistencia.jpg",
                tipo="image/jpeg",
                bytes=412_300,
                descripcion="Lista de asistencia de la sesión",
                clase=ClaseAdjunto.LISTA_ASISTENCIA,
            ),
            Adjunto(
                sha256=_digest("firma-curi"),
                nombre="firma-curi.jpg",
                tipo="image/jpeg",
                bytes=380_100,
                descripcion="Ficha firmada en papel por la señora Gladys Curi Bautista",
                clase=ClaseAdjunto.FICHA_FIRMADA,
            ),
        ),
        advertencias=(
            Advertencia(
                code="ficha.seguimiento_before_diagnostico",
                path="/distritos/2",
                motivo="El diagnóstico lo registró en marzo otra especialista; la coordinación "
                "tiene esa ficha.",
            ),
        ),
        observaciones="La conexión se cortó entre las 10:15 y las 10:30; el equipo de San José de "
        "Ticllas volvió a ingresar y continuó la sesión.",
    )


def empty_ficha() -> Ficha:
    """A draft just begun: nothing but what the program fills in."""
    return Ficha(
        codigo="05-2026-K7Q2MX-0016",
        ejecutor=Ejecutor(Nivel.REGIONAL, "05", "Gobierno Regional de Ayacucho"),
    )


def crowded_ficha(signers: int = 30) -> Ficha:
    """A group visit that many people attended and signed."""
    return msgspec.structs.replace(
        short_ficha(),
        codigo="05-2026-K7Q2MX-0017",
        destinatarios=tuple(
            msgspec.structs.replace(
                _DESTINATARIOS[number % len(_DESTINATARIOS)], id=sample_id(400 + number)
            )
            for number in range(signers)
        ),
    )


def trazo(seed: int) -> Trazo:
    """A stroke that looks like a hand: some loops and a line under them."""
    turn = 0.42 + 0.05 * (seed % 4)
    wave = [
        (
            int(120 + 3.1 * step + (20 + 6 * (seed % 3)) * math.sin(turn * 0.65 * step + seed)),
            int(
                170
                - (50 + 55 * ((seed * 7 + step // 30) % 5) / 4)
                * math.sin(turn * step / 2 + 0.7 * seed)
            ),
        )
        for step in range(180)
    ]
    flourish = [(140 + 9 * step, 262 - step // 4 + seed % 5) for step in range(50)]
    return Trazo(ancho=800, alto=360, trazos=(tuple(wave), tuple(flourish)))


def signed(ficha: Ficha, start: datetime, on_paper: Sequence[str] = ()) -> tuple[PaperFirma, ...]:
    """Every person of the ficha signs, one each two minutes; those named, with ink."""
    contenido = contenido_sha256(ficha)
    firmas = []
    people: list[Responsable | Destinatario] = [*ficha.responsables, *ficha.destinatarios]
    for number, person in enumerate(people):
        ink = person.id in on_paper
        firma = Firma(
            participante=person.id,
            tipo=TipoFirma.PAPEL if ink else TipoFirma.TRAZO,
            firmado_en=start + timedelta(minutes=2 * number),
            contenido=contenido,
            blob=_digest("firma-curi") if ink else _digest(f"trazo-{number}"),
        )
        firmas.append(PaperFirma(firma, trazo=None if ink else trazo(number)))
    return tuple(firmas)


def paper_of(
    ficha: Ficha, kind: str = "sellada", firmas: Sequence[PaperFirma] | None = None
) -> FichaPaper:
    """The paper of a sample with everything looked up; signed by all unless told otherwise."""
    if firmas is None:
        firmas = (
            () if kind == "borrador" else signed(ficha, datetime(2026, 11, 20, 11, 20, tzinfo=LIMA))
        )
    ficha = msgspec.structs.replace(ficha, firmas=tuple(item.firma for item in firmas))
    sealed_at = datetime(2026, 11, 20, 11, 42, tzinfo=LIMA) if kind == "sellada" else None
    accepted = avisos(ficha, sealed_at, lambda ubigeo: DISTRITOS.get(ubigeo, (ubigeo, ""))[0])
    return FichaPaper(
        ficha=ficha,
        face=PaperFace(kind=kind, sealed_at=sealed_at),
        gobierno_regional="Gobierno Regional de Ayacucho" if ficha.gobierno_regional else "",
        distritos=DISTRITOS,
        firmas=firmas,
        acuerdos_anteriores=ACUERDOS_ANTERIORES,
        avisos=tuple((message(item.code, item.params), item.motivo) for item in accepted),
    )


def short_paper() -> FichaPaper:
    """The sealed paper of `short_ficha`, three strokes."""
    return paper_of(short_ficha())


def long_paper() -> FichaPaper:
    """The sealed second version of `long_ficha`: six strokes, one signature on paper."""
    ficha = long_ficha()
    firmas = signed(
        ficha, datetime(2026, 11, 27, 13, 2, tzinfo=LIMA), on_paper=[ficha.destinatarios[-1].id]
    )
    return msgspec.structs.replace(
        paper_of(ficha, firmas=firmas),
        face=PaperFace(
            kind="sellada",
            version=2,
            sealed_at=datetime(2026, 11, 27, 13, 20, tzinfo=LIMA),
            supersedes_reason="se corrigió la hora de término, que decía 12:00.",
        ),
        indicadores={
            "PR-01": ("Niñas y niños menores de 12 meses con DNI", "Articulación"),
            "PR-03": ("Sistemas de agua con cloro residual registrado", "Agua"),
            "PR-05": ("Gestantes con paquete completo de atención", "Salud"),
        },
        firmantes=dict.fromkeys(DISTRITOS, "Sí, 14/06/2023"),
        actividad="AT-07 Acompañamiento a municipalidades de Huamanga norte",
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
