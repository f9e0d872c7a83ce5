"""Invented visits of about two kilobytes each, with the letters that Spanish has."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.save_draft import new_codigos
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.codec import encode
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
from fichaat.domain.firma import Firma, TipoFirma, Trazo
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.record import Kind, SealedRecord, sha256_hex

STROKE = encode(Trazo(4000, 1000, (tuple((100 + 60 * n, 300 + n * n % 400) for n in range(40)),)))
RARE = "zarzamora"
"""A word that one ficha of a thousand holds."""

COMMON = "niñas"
"""A word that a quarter of them hold."""

_BATCH = 500
_PENDING = 8
"""Agreements of a district that its next visit may still follow up."""

_DAYS = 25
_PEOPLE = (
    "Ñusta Inventado Quispealaya",
    "Félix Ñañez Ficticia",
    "Rosaura Imaginaria Yupanqui",
    "Abdón Supuesto Ccorahua",
    "Nélida Ejemplar Oré",
)
_NUDOS = (
    "Hay niñas y niños menores de doce meses sin número de DNI en el padrón nominal.",
    "El cloro residual no se registra todos los meses en los sistemas de agua del distrito.",
    "La instancia de articulación local no se reúne y sus acuerdos no tienen plazo.",
    "Las gestantes de las zonas más alejadas no completan su paquete de controles.",
)
_ORIENTACIONES = (
    "Programar con el registro civil una jornada en los centros poblados y convocarla por radio.",
    "Llevar el cuaderno de cloración y nombrar un responsable de la JASS por cada sistema.",
    "Fijar un calendario de sesiones y guardar cada acta en el archivo municipal el mismo día.",
)
_ACUERDOS = ("Realizar la jornada de documentación", "Comprar el cloro del próximo trimestre")


def visits(
    here: Installation,
    codigos: list[str],
    seed: int = 1,
    agreed: Callable[[int], int] = lambda number: 1 + number % 2,
    held: Callable[[int], Sesion] = lambda _: Sesion.ESPECIFICA,
) -> Iterator[Ficha]:
    """One visit for each code: newer and newer, every third follows up an agreement that one of
    the last visits left in its district.

    Args:
        here: whose visits they are.
        codigos: one for each.
        seed: of what is chosen at random.
        agreed: how many agreements the n-th visit leaves.
        held: which session it was, by how often its district was visited before.
    """
    random = Random(seed)
    today = here.clock.now().date()
    districts = here.territorio.distritos_of("05")
    born: dict[str, list[str]] = defaultdict(list)
    for number, codigo in enumerate(codigos):
        place = districts[number % len(districts)]
        day = today - timedelta(_DAYS * (len(codigos) - 1 - number) // len(codigos))
        acuerdos = tuple(
            Acuerdo(
                here.ids.new_id(),
                random.choice(_ACUERDOS),
                random.choice(_PEOPLE),
                day + timedelta(random.randrange(15, 90)),
                place.ubigeo,
            )
            for _ in range(agreed(number))
        )
        pending = born[place.ubigeo][-_PENDING:]
        followed = [random.choice(pending)] if pending and number % 3 == 0 else []
        born[place.ubigeo] = [id_ for id_ in pending if id_ not in followed]
        born[place.ubigeo] += [acuerdo.id for acuerdo in acuerdos]
        visit = _visit(here, random, codigo, day, place.ubigeo, acuerdos, followed)
        sesion = held(number // len(districts))
        distritos = (DistritoAtendido(place.ubigeo, sesion),)
        yield _signed(here, replace(visit, distritos=distritos))


def seal_many(here: Installation, count: int) -> None:
    """`count` sealed fichas in an installation, in transactions of some hundreds."""
    recorder = Recorder(here)
    with here.store.write() as tx:
        tx.add_blob(sha256_hex(STROKE), STROKE)
        made = visits(here, new_codigos(tx, here, count))
    while batch := list(islice(made, _BATCH)):
        items = [ToSeal(Kind.FICHA, ficha, here.ids.new_id()) for ficha in batch]
        with here.store.write() as tx:
            tx.add_records(recorder.seal(tx, items), recorder.certificates())


def records_of(here: Installation) -> list[SealedRecord]:
    """Everything an installation holds, in the order of its chains."""
    with here.store.read() as reader:
        return list(reader.records())


def _visit(  # noqa: PLR0917  # what one visit differs from another in
    here: Installation,
    random: Random,
    codigo: str,
    day: date,
    ubigeo: str,
    acuerdos: tuple[Acuerdo, ...],
    followed: list[str],
) -> Ficha:
    new_id = here.ids.new_id
    municipality = here.territorio.municipalidad(ubigeo) or ubigeo
    hour = random.randrange(8, 15)
    number = int(codigo[-4:])
    remark = f"Se vio una {RARE} junto a la posta." if number % 1000 == 7 else ""
    return Ficha(
        codigo=codigo,
        ejecutor=Ejecutor(Nivel.REGIONAL, "05", "Gobierno Regional de Ayacucho"),
        gobierno_regional="05",
        fecha=day,
        hora_inicio=f"{hour:02d}:15",
        hora_fin=f"{hour + 2:02d}:45",
        modalidad=Modalidad.PRESENCIAL,
        lugar="Sala de regidores de la municipalidad",
        distritos=(DistritoAtendido(ubigeo, Sesion.ESPECIFICA),),
        temas=(random.choice(list(Tema)),),
        responsables=(
            Responsable(
                new_id(),
                "Gobierno Regional de Ayacucho",
                random.choice(_PEOPLE),
                "Especialista en articulación territorial",
            ),
        ),
        destinatarios=(
            Destinatario(
                new_id(), ubigeo, municipality, random.choice(_PEOPLE), "Responsable de la IAL"
            ),
        ),
        nudos_criticos=(NudoCritico(_NUDOS[number % 4], random.choice(_ORIENTACIONES)),),
        acuerdos=acuerdos,
        seguimientos=tuple(
            Seguimiento(id_, estado=EstadoAcuerdo.CUMPLIDO, avance=100, cumplido_el=day)
            for id_ in followed
        ),
        observaciones=remark,
    )


def _signed(here: Installation, ficha: Ficha) -> Ficha:
    """Everyone's stroke over the content."""
    contenido = contenido_sha256(ficha)
    moment = here.clock.now().replace(microsecond=0)
    blob = sha256_hex(STROKE)
    people: tuple[Responsable | Destinatario, ...] = (*ficha.responsables, *ficha.destinatarios)
    return replace(
        ficha,
        firmas=tuple(
            Firma(person.id, TipoFirma.TRAZO, None, moment, contenido, blob) for person in people
        ),
    )
