"""How *Inicio* says when something was, is due, or how far it is: plain functions."""

from datetime import date, datetime
from typing import NamedTuple

from fichaat.application.inicio import Readiness
from fichaat.gui.text import hour, say, weekday

_NOON, _DUSK, _DAWN = 12, 19, 5
_LONG_OVERDUE = 60
"""Days after which the date says more than their number."""


class State(NamedTuple):
    """Words, with the tone and the icon that say the same."""

    text: str
    tone: str
    icon: str


def greeting(now: datetime, name: str) -> str:
    """«Buenos días, Marleni»."""
    first = name.partition(" ")[0]
    if _DAWN <= now.hour < _NOON:
        return say("inicio.morning", nombre=first)
    if _NOON <= now.hour < _DUSK:
        return say("inicio.afternoon", nombre=first)
    return say("inicio.night", nombre=first)


def readiness_state(readiness: Readiness) -> State:
    """How far a draft is from its seal."""
    errors, warnings = readiness.errores, readiness.avisos
    if readiness.firmas:
        return State(say("inicio.signatures", firmas=readiness.firmas), "warn", "firmar")
    if errors and warnings:
        text = say("inicio.errors_warnings", errores=errors, avisos=warnings)
        return State(text, "error", "error")
    if errors:
        return State(say("inicio.errors", errores=errors), "error", "error")
    if warnings:
        return State(say("inicio.warnings", avisos=warnings), "warn", "aviso")
    return State(say("inicio.ready"), "ok", "bien")


def due_state(plazo: date, today: date) -> State:
    """«Vencido hace 2 días», «Vence hoy», «Vence el domingo 22»."""
    days = (plazo - today).days
    if days < -_LONG_OVERDUE:
        return State(say("inicio.overdue_since", fecha=plazo.isoformat()), "error", "error")
    if days < -1:
        return State(say("inicio.overdue", dias=-days), "error", "error")
    if days == -1:
        return State(say("inicio.overdue_yesterday"), "error", "error")
    if days == 0:
        return State(say("inicio.due_today"), "warn", "reloj")
    if days == 1:
        return State(say("inicio.due_tomorrow"), "warn", "reloj")
    return State(say("inicio.due_weekday", dia=weekday(plazo), numero=plazo.day), "warn", "reloj")


def by_days(code: str, moment: datetime, now: datetime) -> str:
    """The sentence `code` + today, yesterday or days, by how long ago a moment was."""
    local = moment.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days <= 0:
        return say(f"{code}today", hora=hour(local))
    if days == 1:
        return say(f"{code}yesterday")
    return say(f"{code}days", dias=days)
