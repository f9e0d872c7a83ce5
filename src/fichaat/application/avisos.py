"""What a ficha says of the warnings that were accepted with a reason, as statements for a reader.

The record keeps code, path and reason of each; names and numbers come from the content itself, so
that the same record says the same whoever prints it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone

from msgspec import Struct

from fichaat.domain.errors import Param
from fichaat.domain.ficha import Advertencia, Ficha
from fichaat.domain.problem import blank

PlaceName = Callable[[str], str]
"""The name of a district by its ubigeo."""

MAX_NAMES = 250
"""Letters of the names that one statement joins: a sentence holds no longer parameter."""

_LIMA = timezone(timedelta(hours=-5))


class Aviso(Struct, frozen=True):
    """A warning, or several of one kind with the same reason."""

    code: str
    """Of its statement: "aviso.firma_pending"."""
    params: dict[str, Param]
    motivo: str


def statement_codes(code: str) -> tuple[str, str]:
    """The statements about a warning: with what it is about, and without where the content does
    not say it.
    """
    name = code.removeprefix("ficha.")
    if code != f"ficha.{name}" or name not in _NAMED | _MEASURED | _PLAIN:
        return "aviso.other", "aviso.other"
    return f"aviso.{name}", f"aviso.{name}" if name in _PLAIN else f"aviso.{name}_bare"


def avisos(ficha: Ficha, sealed_at: datetime | None, place: PlaceName) -> list[Aviso]:
    """In the order of the record; what is said of several people or rows stands in one line.

    Args:
        ficha: the content.
        sealed_at: None of a draft.
        place: what the paper calls a district.
    """
    told: list[Aviso] = []
    groups: dict[tuple[str, str], list[str]] = {}
    order: list[tuple[str, str] | Aviso] = []
    for item in ficha.advertencias:
        code, bare = statement_codes(item.code)
        name = _name(ficha, item, place)
        if name is not None:
            key = (code, item.motivo)
            if key not in groups:
                groups[key] = []
                order.append(key)
            if name not in groups[key]:
                groups[key].append(name)
        else:
            params = _measure(ficha, item.code, sealed_at)
            missing = params is None
            aviso = Aviso(bare if missing else code, params or {"code": item.code}, item.motivo)
            if aviso not in order:
                order.append(aviso)
    for entry in order:
        if isinstance(entry, Aviso):
            told.append(entry)
            continue
        code, motivo = entry
        for names in _lines(groups[entry]):
            params = {"nombres": _joined(names), "cantidad": len(names)}
            told.append(Aviso(code, params, motivo))
    return told


def _name(ficha: Ficha, item: Advertencia, place: PlaceName) -> str | None:
    """Whom or what a warning is about, by its pointer."""
    name = item.code.removeprefix("ficha.")
    if name not in _NAMED:
        return None
    section, _, rest = item.path.removeprefix("/").partition("/")
    row, _, member = rest.partition("/")
    rows: Sequence[object] = getattr(ficha, section, ()) if section in _SECTIONS else ()
    if not (row.isascii() and row.isdecimal() and len(row) < 4 and int(row) < len(rows)):
        return None
    found = rows[int(row)]
    if section == "firmas":
        return _person(ficha, str(getattr(found, "participante", "")))
    if section == "distritos":
        return place(str(getattr(found, "ubigeo", "")))
    if section == "seguimientos":
        return str(int(row) + 1)
    value = found if section == "indicadores" else getattr(found, member, None)
    return value if isinstance(value, str) else None


def _person(ficha: Ficha, id_: str) -> str | None:
    names = {person.id: person.nombre for person in ficha.responsables}
    names.update((person.id, person.nombre) for person in ficha.destinatarios)
    name = names.get(id_)
    return None if blank(name) else name


def _measure(ficha: Ficha, code: str, sealed_at: datetime | None) -> dict[str, Param] | None:
    """The numbers of a statement; None where the content does not hold them."""
    if code == "ficha.fecha_old":
        days = _days(ficha.fecha, sealed_at)
        return None if days is None else {"dias": days}
    if code == "ficha.duration_long":
        if ficha.hora_inicio is None or ficha.hora_fin is None:
            return None
        minutes = _minutes(ficha.hora_fin) - _minutes(ficha.hora_inicio)
        return {"horas": minutes // 60, "minutos": minutes % 60} if minutes > 0 else None
    if code == "ficha.lugar_unexpected":
        return None if blank(ficha.lugar) else {"lugar": str(ficha.lugar)}
    return None


def _days(fecha: date | None, sealed_at: datetime | None) -> int | None:
    if fecha is None or sealed_at is None:
        return None
    try:
        days = (sealed_at.astimezone(_LIMA).date() - fecha).days
    except OverflowError:  # the first or the last day of the calendar
        return None
    return days if days > 0 else None


def _minutes(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:5])


def _lines(names: Sequence[str]) -> Iterator[list[str]]:
    """The names, so many in each line as a sentence holds."""
    line: list[str] = []
    for name in names:
        if line and sum(len(item) + 3 for item in (*line, name)) > MAX_NAMES:
            yield line
            line = []
        line.append(name)
    yield line


def _joined(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    last = "e" if names[-1][:1] in "IiÍí" and names[-1][1:2] not in "aáeéoóuú" else "y"
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


_SECTIONS = frozenset(
    ("firmas", "distritos", "seguimientos", "indicadores", "nudos_criticos", "acuerdos")
)
_NAMED = frozenset(
    (
        "distrito_not_signatory",
        "seguimiento_before_diagnostico",
        "indicador_unknown",
        "seguimiento_unknown_acuerdo",
        "seguimiento_cumplido_el_future",
        "seguimiento_nuevo_plazo_before_fecha",
        "seguimiento_repeated",
        "firma_pending",
        "firma_refused",
        "firma_scan_missing",
    )
)
_MEASURED = frozenset(("fecha_old", "duration_long", "lugar_unexpected"))
_PLAIN = frozenset(
    ("possible_duplicate", "acuerdos_empty", "temas_required", "open_acuerdos_not_followed")
)
