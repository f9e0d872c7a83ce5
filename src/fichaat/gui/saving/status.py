"""What a header says of the last save."""

from dataclasses import dataclass

from fichaat.domain.errors import UserFacingError
from fichaat.gui.saving.autosave import Saving
from fichaat.gui.text import hour, say
from fichaat.texts import message

_FULL = ("storage.no_space", "system.no_space")
_READ_ONLY = ("storage.read_only", "system.read_only", "system.no_permission")


@dataclass(frozen=True, slots=True)
class Status:
    """An icon and words of one tone."""

    words: str
    tone: str
    icon: str


def saving_status(saving: Saving) -> Status:
    """«Guardado 10:32», «Guardando…», or what keeps it from being saved."""
    if saving.error is not None:
        return Status(_why_not(saving.error), "error", "no_guardado")
    if saving.at is None:
        return Status(say("editor.saving"), "neutral", "guardando")
    return Status(say("editor.saved", hora=hour(saving.at)), "ok", "guardado")


def _why_not(error: UserFacingError) -> str:
    if error.code in _FULL:
        return say("editor.not_saved_full")
    if error.code in _READ_ONLY:
        return say("editor.not_saved_read_only")
    return say("editor.not_saved", motivo=message(error.code, error.params))
