"""What stands on the screen of a ficha: its content, and texts that cannot be read yet.

Every change makes a new `Form`; the one before stays for *Deshacer*.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo
from fichaat.domain.ficha import Ficha, Modalidad, Nivel, Origen, Sesion
from fichaat.domain.firma import ClaseAdjunto, Firma, TipoFirma
from fichaat.domain.text import MAX_LINE, MAX_LIST, MAX_LONG, clean
from fichaat.domain.typed_text import parse_date, parse_hour, parse_number
from fichaat.gui.pages.ficha.paths import Value, get, moved, put, section_row

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_ID_FORM: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SEPARATORS: Final = re.compile(r"[\s,;]+")
_GIVEN: Final = (TipoFirma.TRAZO, TipoFirma.PAPEL, TipoFirma.DIGITAL)


class Form(Struct, frozen=True):
    """A ficha and the unread texts of its members (`Draft.textos`)."""

    ficha: Ficha
    textos: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the text of a field becomes a value and back."""

    read: Callable[[str, date], Value]
    """Raises ValueError for what is not understood; is never asked about blank texts."""
    show: Callable[[Value], str]
    empty: Value = None
    """The value of a blank text, and of one that cannot be read."""


def _read_line(text: str, _: date) -> str:
    cleaned = clean(text, multiline=False)
    if len(cleaned) > MAX_LINE:
        raise ValueError
    return cleaned


def _read_long(text: str, _: date) -> str:
    cleaned = clean(text, multiline=True)
    if len(cleaned) > MAX_LONG:
        raise ValueError
    return cleaned


def _read_date(text: str, today: date) -> date:
    return _day(parse_date(text, today))


def _read_deadline(text: str, today: date) -> date:
    """A day and a month without a year are the next ones."""
    return _day(parse_date(text, today, ahead=True))


def _day(iso: str | None) -> date:
    if iso is None:
        raise ValueError
    return date.fromisoformat(iso)


def _read_hour(text: str, _: date) -> str:
    hour = parse_hour(text)
    if hour is None:
        raise ValueError
    return hour


def _read_percent(text: str, _: date) -> int:
    number = parse_number(text)
    if number is None or not 0 <= number <= 100:
        raise ValueError
    return number


def _read_row(text: str, _: date) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) < MAX_LIST):
        raise ValueError
    return int(text)


def _read_id(text: str, _: date) -> str:
    if _ID_FORM.fullmatch(text) is None:
        raise ValueError
    return text


def _read_code(text: str, _: date) -> str:
    if _CODE.fullmatch(text.strip()) is None:
        raise ValueError
    return text.strip()


def _read_codes(text: str, today: date) -> tuple[str, ...]:
    codes = [code for code in _SEPARATORS.split(text.strip()) if code]
    return tuple(dict.fromkeys(_read_code(code, today) for code in codes))


def _choice(options: type[StrEnum], empty: StrEnum | None = None) -> _Kind:
    return _Kind(lambda text, _: options(text), lambda value: value.value, empty)


def _digits(*lengths: int) -> _Kind:
    """A code of INEI."""

    def read(text: str, _: date) -> str:
        if not (text.isascii() and text.isdecimal() and len(text) in lengths):
            raise ValueError
        return text

    return _Kind(read, str)


_LINE: Final = _Kind(_read_line, str, "")
_LINE_OR_NONE: Final = _Kind(_read_line, str)
_LONG: Final = _Kind(_read_long, str, "")
_LONG_OR_NONE: Final = _Kind(_read_long, str)
_DATE: Final = _Kind(_read_date, lambda day: f"{day:%d/%m/%Y}")
_DEADLINE: Final = _Kind(_read_deadline, lambda day: f"{day:%d/%m/%Y}")
_HOUR: Final = _Kind(_read_hour, str)
_CODE_KIND: Final = _Kind(_read_code, str)
_REGION: Final = _digits(2)
_PROVINCE_OR_REGION: Final = _digits(2, 4)
_DISTRICT: Final = _digits(6)
_ROW: Final = _Kind(_read_row, str)
_ID: Final = _Kind(_read_id, str)

_KINDS: Final[Mapping[str, _Kind]] = {
    "gobierno_regional": _REGION,
    "origen": _choice(Origen, Origen.PROGRAMA),
    "ejecutor/nivel": _choice(Nivel, Nivel.REGIONAL),
    "ejecutor/ubigeo": _PROVINCE_OR_REGION,
    "ejecutor/entidad": _LINE,
    "fecha": _DATE,
    "hora_inicio": _HOUR,
    "hora_fin": _HOUR,
    "modalidad": _choice(Modalidad),
    "lugar": _LINE_OR_NONE,
    "plataforma": _LINE_OR_NONE,
    "indicadores": _Kind(_read_codes, ", ".join, ()),
    "observaciones": _LONG,
    "actividad_plan": _ID,
    "distritos/sesion": _choice(Sesion),
    "responsables/entidad": _LINE,
    "responsables/nombre": _LINE,
    "responsables/cargo": _LINE,
    "destinatarios/distrito": _DISTRICT,
    "destinatarios/entidad": _LINE,
    "destinatarios/nombre": _LINE,
    "destinatarios/cargo": _LINE,
    "nudos_criticos/descripcion": _LONG,
    "nudos_criticos/orientacion": _LONG,
    "nudos_criticos/distrito": _DISTRICT,
    "nudos_criticos/indicador": _CODE_KIND,
    "acuerdos/descripcion": _LONG,
    "acuerdos/responsable": _LINE,
    "acuerdos/plazo": _DEADLINE,
    "acuerdos/distrito": _DISTRICT,
    "acuerdos/indicador": _CODE_KIND,
    "acuerdos/nudo": _ROW,
    "seguimientos/descripcion": _LONG_OR_NONE,
    "seguimientos/estado": _choice(EstadoAcuerdo, EstadoAcuerdo.PENDIENTE),
    "seguimientos/avance": _Kind(_read_percent, str),
    "seguimientos/cumplido_el": _DATE,
    "seguimientos/comentario": _LONG,
    "seguimientos/nuevo_plazo": _DEADLINE,
    "seguimientos/motivo": _LONG_OR_NONE,
    "adjuntos/descripcion": _LONG,
    "adjuntos/clase": _choice(ClaseAdjunto, ClaseAdjunto.OTRO),
}
"""Of every member that has a field, rows left out of the pointer."""


def _kind(path: str) -> _Kind:
    section, row, rest = section_row(path)
    return _KINDS[path[1:] if row is None else f"{section}/{rest}"]


def shown(form: Form, path: str) -> str:
    """What stands in a field."""
    text = form.textos.get(path)
    if text is not None:
        return text
    kind = _kind(path)
    value = get(form.ficha, path)
    return "" if value is None else kind.show(value)


def typed(form: Form, path: str, text: str, today: date) -> Form:
    """The form once a text stands in a field: read where it can be, kept as it is where not."""
    kind = _kind(path)
    textos = {key: kept for key, kept in form.textos.items() if key != path}
    value = kind.empty
    cleaned = clean(text, multiline=True)
    if cleaned:
        try:
            value = kind.read(cleaned, today)
        except ValueError:
            textos[path] = cleaned
    return Form(put(form.ficha, path, value), textos)


def with_row(form: Form, section: str, at: int, item: Struct) -> Form:
    """One more row of a list, the others moved down."""
    rows = getattr(form.ficha, section)
    ficha = replace(form.ficha, **{section: (*rows[:at], item, *rows[at:])})
    return _move(Form(ficha, form.textos), section, at, 1)


def without_row(form: Form, section: str, at: int) -> Form:
    """One row less; whoever leaves the ficha takes along that their signature is pending."""
    rows = getattr(form.ficha, section)
    ficha = replace(form.ficha, **{section: (*rows[:at], *rows[at + 1 :])})
    if section in ("responsables", "destinatarios"):
        gone = rows[at].id
        kept = (f for f in ficha.firmas if is_given(f) or f.participante != gone)
        ficha = replace(ficha, firmas=tuple(kept))
    return _move(Form(ficha, form.textos), section, at, -1)


def restored(before: Form, now: Form) -> Form:
    """An earlier form with the signatures given until now: no *Deshacer* takes one away."""
    waiting = tuple(firma for firma in before.ficha.firmas if not is_given(firma))
    given = tuple(firma for firma in now.ficha.firmas if is_given(firma))
    answered = {firma.participante for firma in given}
    left = tuple(firma for firma in waiting if firma.participante not in answered)
    return Form(replace(before.ficha, firmas=(*given, *left)), before.textos)


def is_given(firma: Firma) -> bool:
    """Whether somebody signed, instead of saying why not."""
    return firma.tipo in _GIVEN


def _move(form: Form, section: str, at: int, by: int) -> Form:
    textos = {
        there: text
        for path, text in form.textos.items()
        if (there := moved(path, section, at, by)) is not None
    }
    reasons = tuple(
        replace(reason, path=there)
        for reason in form.ficha.advertencias
        if (there := moved(reason.path, section, at, by)) is not None
    )
    ficha = replace(form.ficha, advertencias=reasons)
    if section == "nudos_criticos":
        acuerdos = tuple(_attending(acuerdo, at, by) for acuerdo in ficha.acuerdos)
        ficha = replace(ficha, acuerdos=acuerdos)
    return Form(ficha, textos)


def _attending(acuerdo: Acuerdo, at: int, by: int) -> Acuerdo:
    """An agreement goes on attending the same nudo."""
    if acuerdo.nudo is None or acuerdo.nudo < at:
        return acuerdo
    if by < 0 and acuerdo.nudo == at:
        return replace(acuerdo, nudo=None)
    return replace(acuerdo, nudo=acuerdo.nudo + by)
