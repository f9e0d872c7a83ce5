"""How a draft is told apart from others: its place, its visit, when it was saved."""

from collections.abc import Sequence
from datetime import date, datetime

from fichaat.application.ports.rows import Draft
from fichaat.domain.ficha import Ficha
from fichaat.domain.territorio import Territorio
from fichaat.gui.text import hour, say, weekday


def place_of(ubigeos: Sequence[str], territorio: Territorio) -> tuple[str, str]:
    """Name and province of the first district, with how many more there are."""
    if not ubigeos:
        return say("inicio.no_place"), ""
    found = territorio.known(ubigeos[0])
    name, province = (ubigeos[0], "") if found is None else (found.distrito, found.provincia)
    rest = f"({province})" if province else ""
    if len(ubigeos) > 1:
        rest = say("inicio.places", lugar=rest, cantidad=len(ubigeos) - 1).strip()
    return name, rest


def whole_place(ubigeos: Sequence[str], territorio: Territorio) -> str:
    """The same in one text."""
    return " ".join(part for part in place_of(ubigeos, territorio) if part)


def districts(ficha: Ficha) -> list[str]:
    return [item.ubigeo for item in ficha.distritos]


def visit_words(draft: Draft, today: date) -> str:
    """«Visita de hoy, 09:00», or what the draft corrects."""
    ficha = draft.ficha
    if draft.supersedes is not None:
        return say("inicio.correction", codigo=ficha.codigo)
    if ficha.fecha is None:
        return say("inicio.visit_undated")
    if ficha.fecha == today:
        visit = say("inicio.visit_today")
    else:
        visit = say("inicio.visit_day", fecha=ficha.fecha.isoformat())
    if ficha.hora_inicio is None or ficha.fecha != today:
        return visit
    return say("inicio.visit_hour", visita=visit, hora=ficha.hora_inicio)


def saved_words(moment: datetime, now: datetime) -> str:
    """«guardado 10:32», «guardado ayer 16:40», «guardado el martes»."""
    local = moment.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days <= 0:
        return say("inicio.saved_today", hora=hour(local))
    if days == 1:
        return say("inicio.saved_yesterday", hora=hour(local))
    if days < 7:
        return say("inicio.saved_weekday", dia=weekday(local.date()))
    return say("inicio.saved_day", fecha=local.date().isoformat())
