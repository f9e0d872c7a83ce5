"""What a region tells its devices (record kind `catalogo`): who signed the Pacto, which indicators
and goals it has, when it is verified, who acts in cascade (data-model.md, "Catalogue").
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Final

from msgspec import Meta, Struct

from fichaat.domain.credencial import AgeRecipient, CertificateDer
from fichaat.domain.ficha import Tema
from fichaat.domain.text import MAX_LIST, Code, DistritoUbigeo, Fecha, Line, Region, Uuid7

MAX_ROWS: Final = 50_000
"""Of any list of a catalogue."""

ProvinciaUbigeo = Annotated[str, Meta(pattern=r"^[0-9]{4}(?!\n)$")]

Porcentaje = Annotated[
    str, Meta(pattern=r"^(?:100|(?:0|[1-9][0-9]?)(?:\.(?:[0-9][1-9]|[1-9]))?)(?!\n)$")
]
"""0 to 100 with at most two decimals and no idle zero: records hold no floats."""

Cantidad = Annotated[str, Meta(pattern=r"^(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,3}[1-9])?(?!\n)$")]
"""A decimal number in its shortest form, whose unit is the indicator's."""


class Firmante(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A local government that signed the Pacto: the denominator of every coverage (R010, X13)."""

    ubigeo: DistritoUbigeo
    firmo_el: Fecha


class Indicador(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An indicator of the Pacto (R015). Its code is retired, never reused."""

    codigo: Code
    nombre: Annotated[Line, Meta(min_length=1)]
    tema: Tema
    retirado: bool = False


class MetaIndicador(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What one local government has to reach, and when that is measured (R015, R032)."""

    indicador: Code
    distrito: DistritoUbigeo
    meta: Cantidad
    mide_desde: Fecha
    mide_hasta: Fecha


class PeriodoVerificacion(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One verification of ART-01: its period, its cut-offs, its windows and its thresholds."""

    numero: Annotated[int, Meta(ge=1, le=99)]
    desde: Fecha
    hasta: Fecha
    """The period in which actions count."""
    corte: Fecha
    """Cut-off of the verification."""
    corte_acuerdos: Fecha
    """Agreements due until then enter the 80 % (X02)."""
    meta: Porcentaje | None = None
    """Of signatories that received assistance; the document leaves it to each region (R019)."""
    minimo_acuerdos: Porcentaje = "80"
    """Of agreements of the IAR that have to be fulfilled (R039)."""
    minimo_analisis: Annotated[int, Meta(ge=0, le=99)] = 0
    minimo_socializacion: Annotated[int, Meta(ge=0, le=99)] = 0
    minimo_evaluacion: Annotated[int, Meta(ge=0, le=99)] = 0
    """Sessions of each kind (R027-R031)."""
    minimo_compromisos: Porcentaje | None = None
    """Of the commitments of the CAD (step 3 of the second verification)."""
    plan_desde: Fecha | None = None
    plan_hasta: Fecha | None = None
    """Window in which the plan is approved (R016)."""
    valida_desde: Fecha | None = None
    valida_hasta: Fecha | None = None
    """Months in which the IAR validates the percentage."""
    evalua_desde: Fecha | None = None
    evalua_hasta: Fecha | None = None
    """Months in which the goals are evaluated (R031)."""


class PersonaDirectorio(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Someone of an entity, to complete what is typed."""

    entidad: Annotated[Line, Meta(min_length=1)]
    nombre: Line = ""
    cargo: Line = ""
    distrito: DistritoUbigeo | None = None


class ActividadPlan(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An activity of the Plan de asistencia técnica, which a ficha may name (R018)."""

    id: Uuid7
    nombre: Annotated[Line, Meta(min_length=1)]


class Catalogo(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the catalogue; the highest that an issuing coordinator sealed is in force."""

    version: Annotated[int, Meta(ge=1, le=99_999)]
    gobierno_regional: Region
    certificado: CertificateDer
    """Of the region key."""
    age: AgeRecipient
    """The region's: exports are encrypted to it."""
    provincias: Annotated[tuple[ProvinciaUbigeo, ...], Meta(max_length=MAX_LIST)]
    """Entitled to act in cascade."""
    inicio_plan: Fecha | None = None
    """Accumulated figures begin there (X05)."""
    firmantes: Annotated[tuple[Firmante, ...], Meta(max_length=MAX_ROWS)] = ()
    indicadores: Annotated[tuple[Indicador, ...], Meta(max_length=MAX_ROWS)] = ()
    metas: Annotated[tuple[MetaIndicador, ...], Meta(max_length=MAX_ROWS)] = ()
    verificaciones: Annotated[tuple[PeriodoVerificacion, ...], Meta(max_length=MAX_LIST)] = ()
    directorio: Annotated[tuple[PersonaDirectorio, ...], Meta(max_length=MAX_ROWS)] = ()
    actividades: Annotated[tuple[ActividadPlan, ...], Meta(max_length=MAX_ROWS)] = ()

    def firmantes_al(self, day: date) -> dict[str, date]:
        """Signatories until a day, by ubigeo, and when they signed."""
        return {item.ubigeo: item.firmo_el for item in self.firmantes if item.firmo_el <= day}

    def fechas(self) -> Iterator[tuple[str, date]]:
        """Every day that it names, with its RFC 6901 pointer."""
        sections = {
            "firmantes": self.firmantes,
            "metas": self.metas,
            "verificaciones": self.verificaciones,
        }
        return dated(self.inicio_plan, sections)


def dated(
    inicio_plan: date | None, sections: Mapping[str, Iterable[Struct]]
) -> Iterator[tuple[str, date]]:
    """The days of a catalogue, or of what becomes one."""
    if inicio_plan is not None:
        yield "/inicio_plan", inicio_plan
    for section, items in sections.items():
        for row, item in enumerate(items):
            for name in item.__struct_fields__:
                value = getattr(item, name)
                if isinstance(value, date):
                    yield f"/{section}/{row}/{name}", value


DEFAULT_VERIFICACIONES: Final = (
    PeriodoVerificacion(
        numero=1,
        desde=date(2023, 8, 1),
        hasta=date(2023, 12, 31),
        corte=date(2023, 12, 31),
        corte_acuerdos=date(2023, 12, 30),
        minimo_analisis=2,
        minimo_socializacion=1,
        plan_desde=date(2023, 8, 1),
        plan_hasta=date(2023, 9, 30),
        valida_desde=date(2023, 11, 1),
        valida_hasta=date(2023, 12, 31),
    ),
    PeriodoVerificacion(
        numero=2,
        desde=date(2024, 1, 1),
        hasta=date(2024, 6, 30),
        corte=date(2024, 6, 30),
        corte_acuerdos=date(2024, 6, 30),
        minimo_analisis=4,
        minimo_socializacion=2,
        minimo_evaluacion=1,
        minimo_compromisos="50",
        valida_desde=date(2024, 5, 1),
        valida_hasta=date(2024, 6, 30),
        evalua_desde=date(2024, 4, 1),
        evalua_hasta=date(2024, 6, 30),
    ),
)
"""As the document ART-01 has them for 2023-2024."""
