"""How *Paquetes* tells what can be taken, who will read it and what was written."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fichaat.application.addressees import Addressees
from fichaat.application.delivery import Amount, Delivery
from fichaat.application.ports.bundles import BundleFile
from fichaat.application.ports.rows import PastExport, Undelivered
from fichaat.domain.errors import UserFacingError
from fichaat.gui.text import hour, say, size_words, thousands
from fichaat.texts import message


class Choices(NamedTuple):
    """What can be taken, in words."""

    pending: str
    pending_detail: str
    everything_detail: str


class Secrecy(NamedTuple):
    """Who will be able to read what leaves."""

    sentence: str
    plain: bool


class FileLine(NamedTuple):
    """A file that was written, or an export of before."""

    name: str
    detail: str


class Result(NamedTuple):
    """What an export left."""

    sentence: str
    hint: str
    files: Sequence[FileLine]
    folder: Path


def choices(delivery: Delivery) -> Choices | None:
    """What can be taken; None where nothing was ever sealed here."""
    if not delivery.todo.registros:
        return None
    return Choices(
        say("paquetes.export_again" if _delivered(delivery.entrega) else "paquetes.export_pending"),
        _amount_words(delivery.pendiente),
        _amount_words(delivery.todo),
    )


def state(delivery: Delivery) -> tuple[str, bool]:
    """What became of what left before, and whether all of it arrived; "" where there is nothing
    to say.
    """
    entrega = delivery.entrega
    if not delivery.todo.registros:
        return "", False
    if _delivered(entrega):
        return say("paquetes.delivered", cantidad=thousands(entrega.fichas)), True
    if entrega.sin_acuse:
        return say("paquetes.waiting", cantidad=thousands(entrega.sin_acuse)), False
    return "", False


def secrecy(destino: Addressees, *, plain: bool) -> Secrecy | None:
    """Who will be able to read it; None where nobody is known to whom it could be encrypted."""
    if not destino.known:
        return None
    if plain:
        sentence = say("paquetes.plain_warning")
    elif destino.provincia:
        sentence = say("paquetes.sealed_province", cantidad=thousands(destino.provincia))
    else:
        sentence = say("paquetes.sealed_region")
    return Secrecy(sentence, plain)


def result(files: Sequence[BundleFile], folder: Path, *, on_stick: bool) -> Result:
    """What was written there."""
    sentence = say(
        "paquetes.done",
        registros=thousands(sum(file.records for file in files)),
        archivos=thousands(len(files)),
        bytes=size_words(sum(file.bytes for file in files)),
    )
    hint = say("paquetes.done_usb" if on_stick else "paquetes.done_send")
    return Result(sentence, hint, [_file_line(file) for file in files], folder)


def refusal(error: UserFacingError, volume: str, *, on_stick: bool) -> str:
    """Why nothing could be written, and what helps.

    Args:
        error: what the use case said.
        volume: the size of a file that was asked for, one of the presenter's `VOLUMES`.
        on_stick: whether it was to go to a stick.
    """
    if error.code == "system.removed" and on_stick:
        return say("paquetes.usb_gone")
    if error.code == "bundle.volume_too_small":
        return say("paquetes.volume_small", limite=say(f"paquetes.volume_{volume}"))
    return message(error.code, error.params)


def past_line(past: PastExport) -> FileLine:
    """An export of before."""
    when = say("paquetes.past_when", fecha=past.at.date().isoformat(), hora=hour(past.at))
    what = say("paquetes.past_what", registros=thousands(past.registros), final=past.bundle[-6:])
    return FileLine(when, what)


def _delivered(entrega: Undelivered) -> bool:
    return entrega.fichas > 0 and not entrega.sin_acuse


def _file_line(file: BundleFile) -> FileLine:
    words = say(
        "paquetes.done_file", registros=thousands(file.records), bytes=size_words(file.bytes)
    )
    return FileLine(file.path.name, words)


def _amount_words(amount: Amount) -> str:
    if not amount.registros:
        return say("paquetes.amount_nothing")
    return say(
        "paquetes.amount",
        fichas=thousands(amount.fichas),
        registros=thousands(amount.registros),
        bytes=size_words(amount.bytes),
    )
