"""Which local governments have received assistance (R044, R051, R078-R081, R089-R092, X04-X06).

An *action* is one ficha in one of its districts. «Recibió asistencia técnica» means, in the strict
reading of Anexo N°2: at least one diagnosis and at least one follow-up within the window. Beside
it stands the other reading, two actions of any kind. Every figure comes three times: by what the
region approved, by that and what waits for its review, and by all that is sealed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from msgspec import Struct

from fichaat.domain.authority import BELIEVED, Standing
from fichaat.domain.ficha import Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto

ENOUGH = 2
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


class Visita(Struct, frozen=True, gc=False):
    """The newest version of a ficha, as coverage looks at it."""

    id: str
    codigo: str
    fecha: date
    nivel: Nivel
    estado: Estado
    aprobacion: Standing
    disputada: bool
    revision: Veredicto | None
    recibida: bool
    """A coordinator who may say so has received this version, or sealed it."""
    distritos: tuple[tuple[str, Sesion], ...]
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

    @property
    def cuenta(self) -> bool:
        """It stands in the headline."""
        return self.estricta is Alcance.APROBADAS


class Excluida(Struct, frozen=True, gc=False):
    """What was left out; with `ubigeo` only that district of the ficha."""

    ficha: str
    motivo: Exclusion
    ubigeo: str | None = None


class Cobertura(Struct, frozen=True):
    """Everything that a report of coverage says."""

    periodo: Ventana
    acumulada: Ventana | None
    """Since the plan began; None where the catalogue does not say when."""
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
    acciones: list[Accion] = []
    excluidas: list[Excluida] = []
    for visita in visitas:
        motivo = _exclusion(visita, hasta, tema)
        if motivo is not None:
            excluidas.append(Excluida(visita.codigo, motivo))
            continue
        for accion in _acciones(visita):
            if accion.ubigeo not in firmantes:
                out = Excluida(visita.codigo, Exclusion.NO_FIRMANTE, accion.ubigeo)
                excluidas.append(out)
            else:
                acciones.append(accion)
    en_periodo = [item for item in acciones if desde is None or item.fecha >= desde]
    antes = sorted({item.ficha for item in acciones} - {item.ficha for item in en_periodo})
    excluidas += [Excluida(ficha, Exclusion.FUERA_DE_PERIODO) for ficha in antes]
    acumulada = None
    if inicio_plan is not None:
        since = [item for item in acciones if item.fecha >= inicio_plan]
        acumulada = _ventana(since, inicio_plan, hasta)
    por_gl = by_gl(en_periodo)
    return Cobertura(
        periodo=_ventana(en_periodo, desde, hasta),
        acumulada=acumulada,
        gl=tuple(
            _gl(ubigeo, firmantes[ubigeo], por_gl.get(ubigeo, [])) for ubigeo in sorted(firmantes)
        ),
        excluidas=tuple(sorted(excluidas, key=lambda x: (x.ficha, x.motivo, x.ubigeo or ""))),
    )


def by_gl(acciones: Iterable[Accion]) -> dict[str, list[Accion]]:
    """The actions of each local government, by day and code."""
    found: dict[str, list[Accion]] = defaultdict(list)
    for accion in acciones:
        found[accion.ubigeo].append(accion)
    for items in found.values():
        items.sort(key=lambda item: (item.fecha, item.ficha))
    return dict(found)


def cifra(gls: Collection[CoberturaGL]) -> Cifra:
    """How many of these received assistance, in the strict reading."""
    return _cifra([item.estricta for item in gls])


def evolucion(gls: Sequence[CoberturaGL], hasta: date) -> tuple[tuple[date, Cifra], ...]:
    """How many had received assistance by the end of each month, the last one cut off at `hasta`;
    from the month of the first action.
    """
    days = [accion.fecha for gl in gls for accion in gl.acciones]
    if not days:
        return ()
    found = []
    end = min(days)
    while True:
        end = min(_end_of_month(end), hasta)
        reached = [_strict([accion for accion in gl.acciones if accion.fecha <= end]) for gl in gls]
        found.append((end, _cifra(reached)))
        if end >= hasta:
            return tuple(found)
        end += timedelta(days=1)


def _exclusion(visita: Visita, hasta: date, tema: Tema | None) -> Exclusion | None:
    checks = (
        (visita.estado is Estado.ANULADA, Exclusion.ANULADA),
        (visita.estado is Estado.CONFLICTO or visita.disputada, Exclusion.CONFLICTO),
        (
            visita.estado is Estado.CUARENTENA or visita.aprobacion not in BELIEVED,
            Exclusion.CUARENTENA,
        ),
        (visita.nivel is Nivel.OTRO, Exclusion.EJECUTOR_OTRO),
        (visita.revision is Veredicto.RECHAZADA, Exclusion.RECHAZADA),
        (
            visita.nivel is Nivel.PROVINCIAL and not visita.recibida,
            Exclusion.CASCADA_SIN_RECIBIR,
        ),
        (visita.fecha > hasta, Exclusion.FUERA_DE_PERIODO),
        (tema is not None and tema not in visita.temas, Exclusion.OTRO_TEMA),
    )
    return next((motivo for holds, motivo in checks if holds), None)


def _acciones(visita: Visita) -> Iterable[Accion]:
    alcance = _alcance(visita)
    if visita.revision is not None and visita.revision is not Veredicto.RETIRADA:
        estado = visita.revision.value
    else:
        estado = "recibida" if visita.recibida else "sellada"
    for ubigeo, sesion in dict.fromkeys(visita.distritos):
        yield Accion(
            ubigeo=ubigeo,
            ficha=visita.codigo,
            fecha=visita.fecha,
            sesion=sesion,
            estado=estado,
            alcance=alcance,
            cascada=visita.nivel is Nivel.PROVINCIAL,
        )


def _alcance(visita: Visita) -> Alcance:
    """What is asked to be corrected is neither approved nor waits for the region."""
    if visita.aprobacion is not Standing.APROBADO:
        return Alcance.TODAS
    if visita.revision is Veredicto.APROBADA:
        return Alcance.APROBADAS
    if visita.recibida and visita.revision is not Veredicto.OBSERVADA:
        return Alcance.RECIBIDAS
    return Alcance.TODAS


def _ventana(acciones: Sequence[Accion], desde: date | None, hasta: date) -> Ventana:
    gls = list(by_gl(acciones).values())
    return Ventana(
        desde=desde,
        hasta=hasta,
        estricta=_cifra([_strict(items) for items in gls]),
        dos_acciones=_cifra([_enough(items) for items in gls]),
    )


def _gl(ubigeo: str, firmo_el: date, acciones: Sequence[Accion]) -> CoberturaGL:
    strict = _strict(acciones)
    sesiones = {accion.sesion for accion in acciones}
    falta = [
        what
        for sesion, what in (
            (Sesion.DIAGNOSTICO, Falta.DIAGNOSTICO),
            (Sesion.SEGUIMIENTO, Falta.SEGUIMIENTO),
        )
        if sesion not in sesiones
    ]
    if not falta and strict is not Alcance.APROBADAS:
        falta.append(Falta.APROBACION)
    if len(acciones) < ENOUGH:
        falta.append(Falta.ACCION)
    return CoberturaGL(
        ubigeo=ubigeo,
        firmo_el=firmo_el,
        acciones=tuple(acciones),
        estricta=strict,
        dos_acciones=_enough(acciones),
        falta=tuple(falta),
        seguimiento_antes=_precedes(acciones),
    )


def _precedes(acciones: Sequence[Accion]) -> bool:
    diagnosed = [item.fecha for item in acciones if item.sesion is Sesion.DIAGNOSTICO]
    followed = [item.fecha for item in acciones if item.sesion is Sesion.SEGUIMIENTO]
    return bool(diagnosed and followed) and max(followed) < min(diagnosed)


def _strict(acciones: Iterable[Accion]) -> Alcance | None:
    """The furthest step at which there are both sessions."""
    best: dict[Sesion, Alcance] = {}
    for accion in acciones:
        best[accion.sesion] = max(accion.alcance, best.get(accion.sesion, accion.alcance))
    both = (best.get(Sesion.DIAGNOSTICO), best.get(Sesion.SEGUIMIENTO))
    return None if both[0] is None or both[1] is None else min(both[0], both[1])


def _enough(acciones: Iterable[Accion]) -> Alcance | None:
    """The furthest step at which there are two actions."""
    steps = sorted((accion.alcance for accion in acciones), reverse=True)
    return None if len(steps) < ENOUGH else steps[ENOUGH - 1]


def _cifra(reached: Iterable[Alcance | None]) -> Cifra:
    steps = [step for step in reached if step is not None]
    return Cifra(*(sum(step >= least for step in steps) for least in reversed(Alcance)))


def _end_of_month(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
