"""Which local governments have received assistance (R044, R051, R078-R081, R089-R092, X04-X06).

An *action* is one ficha in one of its districts. «Recibió asistencia técnica» means, in the strict
reading of Anexo N°2: at least one diagnosis and at least one follow-up within the window. Beside
it stands the other reading, two actions of any kind. Every figure comes three times: by what the
region approved, by that and what waits for its review, and by all that is sealed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from msgspec import Struct

from fichaat.domain.authority import BELIEVED, Standing
from fichaat.domain.ficha import Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto

ENOUGH: Final = 2
"""Actions that the other reading asks for."""


class Alcance(IntEnum):
    """How far an action has come; what counts at one step counts at those below."""

    TODAS = 0
    RECIBIDAS = 1
    APROBADAS = 2


class Falta(StrEnum):
    """What keeps a local government from counting."""

    DIAGNOSTICO = "diagnostico"
    SEGUIMIENTO = "seguimiento"
    APROBACION = "aprobacion"  # both were held; the region has not approved them
    ACCION = "accion"  # fewer than two actions of any kind


class Paso(StrEnum):
    """What a ficha waits for until it is approved."""

    CORREGIR = "corregir"  # the region asked for it
    RECIBIR = "recibir"
    EQUIPO = "equipo"  # the region has not approved the laptop that sealed it
    APROBAR = "aprobar"


_STEPS: Final = (None, *Paso)
_BOTH: Final = {Sesion.DIAGNOSTICO: Falta.DIAGNOSTICO, Sesion.SEGUIMIENTO: Falta.SEGUIMIENTO}


class Exclusion(StrEnum):
    """Why a ficha, or one of its districts, is left out."""

    ANULADA = "anulada"
    CONFLICTO = "conflicto"
    CUARENTENA = "cuarentena"
    RECHAZADA = "rechazada"
    EJECUTOR_OTRO = "ejecutor_otro"
    CASCADA_SIN_RECIBIR = "cascada_sin_recibir"
    NO_FIRMANTE = "no_firmante"
    FUERA_DE_PERIODO = "fuera_de_periodo"
    OTRO_TEMA = "otro_tema"
    INCOMPLETA = "incompleta"  # without its day, or without the session of a district


class Visita(Struct, frozen=True, gc=False):
    """The newest version of a ficha, as coverage looks at it."""

    id: str
    codigo: str
    fecha: date | None
    nivel: Nivel
    estado: Estado
    aprobacion: Standing
    disputada: bool
    revision: Veredicto | None
    recibida: bool
    """A coordinator who may say so has received this version, judged it or sealed it."""
    distritos: tuple[tuple[str, Sesion | None], ...]
    """Of a district that stands there twice the first line counts."""
    temas: tuple[Tema, ...]


class Accion(Struct, frozen=True, gc=False):
    """One ficha in one district."""

    ubigeo: str
    ficha: str
    """Its code."""
    fecha: date
    sesion: Sesion
    estado: str
    """What the region or a province said of it, else "recibida" or "sellada"."""
    alcance: Alcance
    cascada: bool
    espera: Paso | None = None
    """None once it is approved."""


class Cifra(Struct, frozen=True):
    """How many local governments, at each step."""

    aprobadas: int
    recibidas: int
    todas: int


class Ventana(Struct, frozen=True):
    """Both figures between two days; without `desde`, from the beginning."""

    desde: date | None
    hasta: date
    estricta: Cifra
    dos_acciones: Cifra


class CoberturaGL(Struct, frozen=True):
    """One signatory in the period."""

    ubigeo: str
    firmo_el: date
    acciones: tuple[Accion, ...]
    """By day, then by code."""
    estricta: Alcance | None
    """The furthest step at which it received assistance; None at none."""
    dos_acciones: Alcance | None
    falta: tuple[Falta, ...]
    seguimiento_antes: bool
    """Every follow-up is dated before the first diagnosis: it counts, with a warning (R081)."""
    acumulada: Alcance | None = None
    """`estricta` since the plan began, whatever the period."""

    @property
    def cuenta(self) -> bool:
        """It stands in the headline."""
        return self.estricta is Alcance.APROBADAS

    @property
    def diagnostico(self) -> date | None:
        """Day of the first one."""
        return min(self._days(Sesion.DIAGNOSTICO), default=None)

    @property
    def seguimiento(self) -> date | None:
        """Day of the last one."""
        return max(self._days(Sesion.SEGUIMIENTO), default=None)

    @property
    def otras(self) -> int:
        """Specific assistance: it is no session of those two (R082)."""
        return len(self._days(Sesion.ESPECIFICA))

    @property
    def pasos(self) -> tuple[tuple[Paso, int], ...]:
        """Where both sessions were held: what has to happen, and to how many fichas, until one of
        each is approved; of several that are as far, the one for which least is asked.
        """
        if Falta.APROBACION not in self.falta:
            return ()
        waiting: dict[str, Paso] = {}
        for sesion in _BOTH:
            held = [item for item in self.acciones if item.sesion is sesion]
            best = max(held, key=lambda item: (item.alcance, -_STEPS.index(item.espera)))
            if best.espera is not None:
                waiting[best.ficha] = best.espera
        steps = list(waiting.values())
        return tuple((step, steps.count(step)) for step in Paso if step in steps)

    def _days(self, sesion: Sesion) -> list[date]:
        return [item.fecha for item in self.acciones if item.sesion is sesion]


class Excluida(Struct, frozen=True, gc=False):
    """What was left out; with `ubigeo` only that district of the ficha."""

    ficha: str
    motivo: Exclusion
    ubigeo: str | None = None


class Cobertura(Struct, frozen=True):
    """Everything that a report of coverage says."""

    periodo: Ventana
    acumulada: Ventana | None
    """Since the plan began; None where no catalogue says when, or it begins after the last day."""
    gl: tuple[CoberturaGL, ...]
    """Every signatory, by ubigeo."""
    excluidas: tuple[Excluida, ...]

    @property
    def firmantes(self) -> int:
        """The denominator."""
        return len(self.gl)


def cobertura(
    visitas: Iterable[Visita],
    firmantes: Mapping[str, date],
    desde: date | None,
    hasta: date,
    *,
    inicio_plan: date | None = None,
    tema: Tema | None = None,
) -> Cobertura:
    """Coverage of a period.

    Args:
        visitas: the newest version of every ficha that is known.
        firmantes: who signed until `hasta`, by ubigeo.
        desde: first day of the period; from the beginning where None.
        hasta: last day of the period, and of what is accumulated.
        inicio_plan: from when actions accumulate.
        tema: only visits about it.
    """
    acciones, excluidas = _parted(visitas, firmantes, hasta, tema)
    en_periodo = [item for item in acciones if desde is None or item.fecha >= desde]
    antes = {item.ficha for item in acciones if desde is not None and item.fecha < desde}
    excluidas += [Excluida(ficha, Exclusion.FUERA_DE_PERIODO) for ficha in antes]
    por_gl, desde_plan, acumulada = _by_gl(en_periodo), dict[str, list[Accion]](), None
    if inicio_plan is not None and inicio_plan <= hasta:
        since = [item for item in acciones if item.fecha >= inicio_plan]
        desde_plan, acumulada = _by_gl(since), _ventana(since, inicio_plan, hasta)
    return Cobertura(
        periodo=_ventana(en_periodo, desde, hasta),
        acumulada=acumulada,
        gl=tuple(
            _gl(ubigeo, day, por_gl.get(ubigeo, ()), desde_plan.get(ubigeo, ()))
            for ubigeo, day in sorted(firmantes.items())
        ),
        excluidas=tuple(sorted(excluidas, key=lambda x: (x.ficha, x.motivo, x.ubigeo or ""))),
    )


def cifra(gls: Collection[CoberturaGL], *, dos_acciones: bool = False) -> Cifra:
    """How many of these received assistance, in the strict reading or in the other."""
    return cuantas([item.dos_acciones if dos_acciones else item.estricta for item in gls])


def estricta(acciones: Iterable[Accion]) -> Alcance | None:
    """The furthest step at which there are both sessions."""
    best: dict[Sesion, Alcance] = {}
    for accion in acciones:
        best[accion.sesion] = max(accion.alcance, best.get(accion.sesion, accion.alcance))
    both = (best.get(Sesion.DIAGNOSTICO), best.get(Sesion.SEGUIMIENTO))
    return None if both[0] is None or both[1] is None else min(both[0], both[1])


def cuantas(reached: Iterable[Alcance | None]) -> Cifra:
    """How many came to each step."""
    steps = [step for step in reached if step is not None]
    return Cifra(*(sum(step >= least for step in steps) for least in reversed(Alcance)))


def _parted(
    visitas: Iterable[Visita], firmantes: Collection[str], hasta: date, tema: Tema | None
) -> tuple[list[Accion], list[Excluida]]:
    """The actions until the last day, and what is none."""
    acciones: list[Accion] = []
    excluidas: list[Excluida] = []
    for visita in visitas:
        motivo = _exclusion(visita, hasta, tema)
        if motivo is not None:
            excluidas.append(Excluida(visita.codigo, motivo))
            continue
        for ubigeo, accion in _acciones(visita):
            if ubigeo not in firmantes:
                excluidas.append(Excluida(visita.codigo, Exclusion.NO_FIRMANTE, ubigeo))
            elif accion is None:
                excluidas.append(Excluida(visita.codigo, Exclusion.INCOMPLETA, ubigeo))
            else:
                acciones.append(accion)
    return acciones, excluidas


def _exclusion(visita: Visita, hasta: date, tema: Tema | None) -> Exclusion | None:
    checks = (
        (visita.estado is Estado.ANULADA, Exclusion.ANULADA),
        (visita.estado is Estado.CONFLICTO or visita.disputada, Exclusion.CONFLICTO),
        (
            visita.estado is Estado.CUARENTENA or visita.aprobacion not in BELIEVED,
            Exclusion.CUARENTENA,
        ),
        (visita.revision is Veredicto.RECHAZADA, Exclusion.RECHAZADA),
        (visita.nivel is Nivel.OTRO, Exclusion.EJECUTOR_OTRO),
        (
            visita.nivel is Nivel.PROVINCIAL and not visita.recibida,
            Exclusion.CASCADA_SIN_RECIBIR,
        ),
        (visita.fecha is None, Exclusion.INCOMPLETA),
        (visita.fecha is not None and visita.fecha > hasta, Exclusion.FUERA_DE_PERIODO),
        (tema is not None and tema not in visita.temas, Exclusion.OTRO_TEMA),
    )
    return next((motivo for holds, motivo in checks if holds), None)


def _acciones(visita: Visita) -> Iterable[tuple[str, Accion | None]]:
    """By district; None where nothing says what the visit was for it."""
    assert visita.fecha is not None  # one without a day is left out before
    espera = _espera(visita)
    alcance = _ALCANCE.get(espera, Alcance.TODAS)
    if visita.revision is not None and visita.revision is not Veredicto.RETIRADA:
        estado = visita.revision.value
    else:
        estado = "recibida" if visita.recibida else "sellada"
    sesiones: dict[str, Sesion | None] = {}
    for ubigeo, sesion in visita.distritos:
        sesiones.setdefault(ubigeo, sesion)
    for ubigeo, held in sesiones.items():
        if held is None:
            yield ubigeo, None
            continue
        yield (
            ubigeo,
            Accion(
                ubigeo=ubigeo,
                ficha=visita.codigo,
                fecha=visita.fecha,
                sesion=held,
                estado=estado,
                alcance=alcance,
                cascada=visita.nivel is Nivel.PROVINCIAL,
                espera=espera,
            ),
        )


def _espera(visita: Visita) -> Paso | None:
    if visita.aprobacion is not Standing.APROBADO:
        return Paso.EQUIPO
    if visita.revision is Veredicto.APROBADA:
        return None
    if visita.revision is Veredicto.OBSERVADA:
        return Paso.CORREGIR
    return Paso.APROBAR if visita.recibida else Paso.RECIBIR


_ALCANCE: Final = {None: Alcance.APROBADAS, Paso.APROBAR: Alcance.RECIBIDAS}
"""What is asked to be corrected is neither approved nor waits for the region."""


def _by_gl(acciones: Iterable[Accion]) -> dict[str, list[Accion]]:
    found: dict[str, list[Accion]] = defaultdict(list)
    for accion in acciones:
        found[accion.ubigeo].append(accion)
    return dict(found)


def _ventana(acciones: Sequence[Accion], desde: date | None, hasta: date) -> Ventana:
    gls = _by_gl(acciones).values()
    return Ventana(
        desde=desde,
        hasta=hasta,
        estricta=cuantas([estricta(items) for items in gls]),
        dos_acciones=cuantas([_enough(items) for items in gls]),
    )


def _gl(
    ubigeo: str, firmo_el: date, acciones: Sequence[Accion], desde_plan: Sequence[Accion]
) -> CoberturaGL:
    strict = estricta(acciones)
    sesiones = {accion.sesion for accion in acciones}
    falta = [what for sesion, what in _BOTH.items() if sesion not in sesiones]
    if not falta and strict is not Alcance.APROBADAS:
        falta.append(Falta.APROBACION)
    if len(acciones) < ENOUGH:
        falta.append(Falta.ACCION)
    return CoberturaGL(
        ubigeo=ubigeo,
        firmo_el=firmo_el,
        acciones=tuple(sorted(acciones, key=lambda item: (item.fecha, item.ficha))),
        estricta=strict,
        dos_acciones=_enough(acciones),
        falta=tuple(falta),
        seguimiento_antes=_precedes(acciones),
        acumulada=estricta(desde_plan),
    )


def _precedes(acciones: Sequence[Accion]) -> bool:
    diagnosed = [item.fecha for item in acciones if item.sesion is Sesion.DIAGNOSTICO]
    followed = [item.fecha for item in acciones if item.sesion is Sesion.SEGUIMIENTO]
    return bool(diagnosed and followed) and max(followed) < min(diagnosed)


def _enough(acciones: Iterable[Accion]) -> Alcance | None:
    """The furthest step at which there are two actions."""
    steps = sorted((accion.alcance for accion in acciones), reverse=True)
    return None if len(steps) < ENOUGH else steps[ENOUGH - 1]
