"""What speaks against this computer's clock, in words: for a window and for an order alike."""

from datetime import datetime

from fichaat.application.verdict import BundleVerdict, Doubt, OwnClock
from fichaat.texts import message


def doubt_words(clock: OwnClock) -> str:
    """What the clock says, and what contradicts it."""
    params: dict[str, str | int] = {"registros": clock.registros}
    params |= _moment("ahora", "hora", clock.ahora)
    if clock.contra is not None:
        there = clock.contra.astimezone(clock.ahora.tzinfo)
        params |= _moment("contra", "contra_hora", there)
    return message(f"reloj.{clock.motivo.value}", params)


def remedy_words(verdict: BundleVerdict) -> str:
    """What an order tells the person to do about it; "" where nothing speaks against the clock."""
    clock = verdict.reloj_propio
    if clock is None:
        return ""
    if verdict.aplicado:
        return message("reloj.accepted" if clock.detiene else "reloj.do_after", {})
    if not clock.detiene:
        return message("reloj.do_before", {})
    return message("reloj.do_renew" if clock.motivo is Doubt.ENDED else "reloj.do_stop", {})


def window_words(clock: OwnClock) -> str:
    """What the window tells the person to do before anything is imported."""
    if not clock.detiene:
        return message("reloj.do_before", {})
    ended = clock.motivo is Doubt.ENDED
    return message("reloj.window_renew" if ended else "reloj.window_stop", {})


def _moment(day: str, hour: str, moment: datetime) -> dict[str, str]:
    return {day: moment.date().isoformat(), hour: f"{moment:%H:%M}"}
