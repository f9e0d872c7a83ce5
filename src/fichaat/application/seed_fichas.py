"""Use case: fill a practice profile with fictitious sealed fichas, to learn with and to measure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.ports.keys import IdGenerator
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.save_draft import new_codigos
from fichaat.application.sign_ficha import people
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.codec import encode
from fichaat.domain.errors import UserFacingError
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
from fichaat.domain.firma import Firma, TipoFirma, Trazo
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.territorio import Distrito

MAX_SEEDED = 1_000_000
_BATCH = 500
_SPAN_DAYS = 600
_STROKES = 8
_OLD_DAYS = 30

_NOMBRES = ("Ñusta", "Wilber", "Marleni", "Yolanda", "Edwin", "Rosaura", "Félix", "Nieves", "Abdón")
_APELLIDOS = ("Inventado", "Ficticia", "Supuesto", "Imaginaria", "Ejemplar", "Ñañez", "Quispealaya")
_CARGOS = ("Alcaldesa", "Gerente municipal", "Responsable de la IAL", "Jefe de salud", "Regidora")
_LUGARES = ("Sala de regidores", "Local comunal", "Puesto de salud", "Auditorio municipal")
_NUDOS = (
    "Hay niñas y niños sin DNI y su visita domiciliaria no se registra.",
    "El sistema de agua no tiene cloro desde hace semanas.",
    "La instancia de articulación local no se reúne.",
    "Se desconoce qué hogares tienen gestantes con anemia.",
)
_ORIENTACIONES = (
    "Programar una jornada con el registro civil y convocarla por radio.",
    "Pedir el cloro al área técnica y llevar el control diario del residual.",
    "Fijar un calendario de sesiones y dejar las actas en el archivo municipal.",
    "Cruzar el padrón nominal con el establecimiento de salud cada mes.",
)
_ACUERDOS = (
    "Realizar la jornada de documentación",
    "Comprar el cloro del trimestre",
    "Convocar la sesión de la instancia local",
    "Actualizar el padrón nominal",
)
_PRACTICA = "FICTICIO: dato de práctica."


@dataclass(slots=True)
class _Open:
    id: str
    plazo: date


class SeedFichas:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._recorder = Recorder(here)

    def __call__(
        self,
        count: int,
        seed: int,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[int, Changes]:
        """Seal `count` invented fichas of this region. The same seed tells the same visits.

        Args:
            count: how many.
            seed: of the random choices.
            progress: units are fichas.
            cancel: looked at between batches; whole batches stay.

        Raises:
            UserFacingError: "perfil.practice_only": such data never enters a real profile.
        """
        if not self._here.profile.practice:
            raise UserFacingError("perfil.practice_only")
        token = cancel or CancelToken()
        visits = _Visits(self._here, Random(seed), count)
        done = 0
        while done < count:
            token.check()
            batch = min(_BATCH, count - done)
            self._seal_batch(visits, batch)
            done += batch
            progress(done, count)
        return done, Changes.of(Kind.FICHA, Kind.ACUERDO)

    def _seal_batch(self, visits: "_Visits", count: int) -> None:
        with self._here.store.write() as tx:
            for digest, data in visits.strokes:
                tx.add_blob(digest, data)
            codigos = new_codigos(tx, self._here, count)
            items = [
                ToSeal(RecordKind.FICHA, ficha, self._recorder.new_id())
                for ficha in visits.take(codigos)
            ]
            tx.add_records(self._recorder.seal(tx, items), self._recorder.certificates())


class _Visits:
    """Invents one visit after the other, in the order of their days."""

    def __init__(self, here: Installation, random: Random, count: int) -> None:
        self._here = here
        self._ids: IdGenerator = here.ids
        self._random = random
        self._count = count
        self._today = here.clock.now().date()
        self._districts = _districts(here)
        self._open: dict[str, list[_Open]] = defaultdict(list)
        self._seen: set[str] = set()
        self._made = 0
        self.strokes = [_stroke(Random(number)) for number in range(_STROKES)]

    def take(self, codigos: Sequence[str]) -> Iterator[Ficha]:
        for codigo in codigos:
            yield self._signed(self._visit(codigo))
            self._made += 1

    def _visit(self, codigo: str) -> Ficha:
        pick = self._random.choice
        district = self._districts[self._made % len(self._districts)]
        day = self._today - timedelta(_SPAN_DAYS * (self._count - 1 - self._made) // self._count)
        first = district.ubigeo not in self._seen
        self._seen.add(district.ubigeo)
        modalidad = pick(list(Modalidad))
        hour = self._random.randrange(8, 15)
        municipality = self._here.territorio.municipalidad(district.ubigeo) or district.distrito
        region = self._here.profile.region
        follow_up = [] if first else self._follow_up(district.ubigeo, day)
        return Ficha(
            codigo=codigo,
            ejecutor=self._executor(),
            gobierno_regional=region,
            fecha=day,
            hora_inicio=f"{hour:02d}:{pick((0, 15, 30)):02d}",
            hora_fin=f"{hour + self._random.randrange(1, 4):02d}:45",
            modalidad=modalidad,
            lugar=None if modalidad is Modalidad.VIRTUAL else pick(_LUGARES),
            plataforma=None if modalidad is Modalidad.PRESENCIAL else "Videollamada",
            distritos=(
                DistritoAtendido(
                    district.ubigeo, Sesion.DIAGNOSTICO if first else Sesion.SEGUIMIENTO
                ),
            ),
            temas=tuple(self._random.sample(list(Tema), self._random.randrange(1, 4))),
            responsables=(
                Responsable(
                    self._ids.new_id(), self._here.profile.entidad, self._name(), "Especialista"
                ),
            ),
            destinatarios=tuple(
                Destinatario(
                    self._ids.new_id(), district.ubigeo, municipality, self._name(), pick(_CARGOS)
                )
                for _ in range(self._random.randrange(1, 5))
            ),
            nudos_criticos=tuple(
                NudoCritico(pick(_NUDOS), pick(_ORIENTACIONES))
                for _ in range(self._random.randrange(1, 4))
            ),
            acuerdos=tuple(self._agree(district.ubigeo, day)),
            seguimientos=tuple(follow_up),
            advertencias=self._reasons(day),
            observaciones=_PRACTICA,
        )

    def _executor(self) -> Ejecutor:
        profile = self._here.profile
        if profile.provincia is not None:
            return Ejecutor(Nivel.PROVINCIAL, profile.provincia, profile.entidad)
        return Ejecutor(Nivel.REGIONAL, profile.region, profile.entidad)

    def _agree(self, ubigeo: str, day: date) -> Iterator[Acuerdo]:
        for _ in range(self._random.randrange(1, 4)):
            agreed = _Open(self._ids.new_id(), day + timedelta(self._random.randrange(15, 90)))
            self._open[ubigeo].append(agreed)
            yield Acuerdo(
                agreed.id, self._random.choice(_ACUERDOS), self._name(), agreed.plazo, ubigeo
            )

    def _follow_up(self, ubigeo: str, day: date) -> Iterator[Seguimiento]:
        """Every open agreement of the municipality gets its answer; some stay open."""
        still_open = []
        answers = []
        for agreed in self._open[ubigeo]:
            chance = self._random.random()
            if chance < 0.6:
                answers.append(
                    Seguimiento(
                        agreed.id, estado=EstadoAcuerdo.CUMPLIDO, avance=100, cumplido_el=day
                    )
                )
            elif chance < 0.75:
                answers.append(Seguimiento(agreed.id, estado=EstadoAcuerdo.NO_CUMPLIDO))
            else:
                still_open.append(agreed)
                answers.append(Seguimiento(agreed.id, estado=EstadoAcuerdo.EN_PROCESO, avance=50))
        self._open[ubigeo] = still_open
        return iter(answers)

    def _reasons(self, day: date) -> tuple[Advertencia, ...]:
        """A visit of long ago is sealed today: the rules want a reason."""
        if (self._today - day).days <= _OLD_DAYS:
            return ()
        return (Advertencia("ficha.fecha_old", "/fecha", _PRACTICA),)

    def _name(self) -> str:
        pick = self._random.choice
        return f"{pick(_NOMBRES)} {pick(_APELLIDOS)} {pick(_APELLIDOS)}"

    def _signed(self, ficha: Ficha) -> Ficha:
        contenido = contenido_sha256(ficha)
        moment = self._here.clock.now().replace(microsecond=0)
        return replace(
            ficha,
            firmas=tuple(
                Firma(
                    person.id,
                    TipoFirma.TRAZO,
                    firmado_en=moment,
                    contenido=contenido,
                    blob=self._random.choice(self.strokes)[0],
                )
                for person in people(ficha)
            ),
        )


def _districts(here: Installation) -> tuple[Distrito, ...]:
    profile = here.profile
    return here.territorio.distritos_of(profile.provincia or profile.region)


def _stroke(random: Random) -> tuple[str, bytes]:
    """A made-up scribble and its hash."""
    x, y, line = 300, 500, []
    for _ in range(40):
        x, y = x + random.randrange(10, 70), min(900, max(100, y + random.randrange(-160, 161)))
        line.append((x, y))
    data = encode(Trazo(4000, 1000, (tuple(line),)))
    return hashlib.sha256(data).hexdigest(), data
