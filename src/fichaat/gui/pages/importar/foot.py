"""What stands at the foot of the page, and what its main button would do."""

from typing import NamedTuple

from fichaat.gui.pages.importar.given import Given, asks
from fichaat.gui.text import say, thousands


class Foot(NamedTuple):
    """What stands at the foot of the page, and what its main button does."""

    note: str
    tone: str
    icon: str
    action: str = ""
    """Words of the main button; none without them."""
    enabled: bool = True
    over: bool = False
    """Whether there is nothing left to cancel."""


def importing_foot() -> Foot:
    """While they are being imported."""
    return Foot(say("paquetes.importing_note"), "info", "nota")


def imported_foot(given: Given, at: str, *, receives: bool) -> Foot:
    """After an import.

    Args:
        given: the packages.
        at: the hour of the import, in words.
        receives: whether who works here receives from others.
    """
    see = say("paquetes.see_reception" if receives else "paquetes.see")
    note = say("paquetes.import_done", hora=at)
    return Foot(note, "ok", "bien", _verb(given) if given.ready else see, over=True)


def looking_foot(given: Given) -> Foot:
    """While they are being checked."""
    return Foot(say("paquetes.untouched"), "info", "nota", _verb(given), enabled=False)


def ready_foot(given: Given) -> Foot:
    """Before an import."""
    good = len(given.ready)
    if given.unseen is not None:
        again = "" if good else say("paquetes.check_again")
        return Foot(say("paquetes.untouched"), "info", "nota", again or _verb(given))
    if good == len(given.files):
        return Foot(say("paquetes.untouched"), "info", "nota", _verb(given))
    if good:
        note = say("paquetes.some", buenos=good, total=len(given.files))
        return Foot(note, "info", "nota", _verb(given))
    refused = any(file.verdict is None or file.verdict.refused for file in given.files)
    code = "paquetes.refused_all" if refused else "paquetes.nothing_new"
    return Foot(say(code), "info", "nota", over=True)


def _verb(given: Given) -> str:
    good = given.ready
    count = sum(file.fresh for file in good)
    if len(good) > 1:
        return say("paquetes.import_all", cantidad=thousands(count), paquetes=len(good))
    if good and not count:
        only_asks = any(asks(file.verdict) for file in good)
        return say("paquetes.import_request" if only_asks else "paquetes.import_files")
    return say("paquetes.import_do", cantidad=thousands(count)) if count else ""
