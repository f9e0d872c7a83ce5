"""Approving one device, from whatever page: what is asked, and what becomes of the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Profile
from fichaat.application.region.approve_devices import Approval, Terms
from fichaat.application.region.keyed import years_later
from fichaat.application.region.requests import Asked
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.domain.territorio import Territorio
from fichaat.gui.key_file import KeyFile
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

YEARS: Final = (1, 2, 3)
"""Validities that can be chosen; the last is the usual one."""


class Question(NamedTuple):
    """What is asked before a device is approved."""

    device: str
    nombre: str
    detalle: str
    palabras: tuple[str, ...]
    rol: str
    provincia: str
    provincias: tuple[tuple[str, str], ...]
    """(four digits, name) of every province of the region."""


class Decision(NamedTuple):
    """What the person chose."""

    device: str
    rol: str
    provincia: str
    years: int
    key: KeyFile


class ApprovingView(Protocol):
    def ask_approval(self, question: Question) -> None: ...
    def show_approval_error(self, sentence: str) -> None:
        """The question stays open."""
        ...

    def close_approval(self) -> None: ...


class Approve(Protocol):
    """Opens the key and approves one device."""

    def __call__(
        self, key: KeyFile, asked: Asked, terms: Terms, /
    ) -> tuple[list[Approval], Changes]: ...


@dataclass(frozen=True, slots=True)
class ApprovingSources:
    """What is asked of the program."""

    profile: Profile
    territorio: Territorio
    clock: Clock
    kept: Callable[[], dict[str, Asked]]
    approve: Approve


class Approving:
    def __init__(
        self,
        view: ApprovingView,
        tasks: Tasks,
        go: Navigator,
        sources: ApprovingSources,
        look_up: Callable[[], object],
    ) -> None:
        """`look_up` shows again what is so, where nobody knows whether it was sealed."""
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._look_up = look_up
        self._busy = False

    def ask(self, device: str, palabras: tuple[str, ...]) -> None:
        """Ask what there is to decide about a device."""
        self._tasks.read(self._from.kept, lambda kept: self._ask(kept.get(device), palabras))

    def decided(self, decision: Decision) -> None:
        """Seal the credential."""
        if self._busy:
            return
        self._busy = True

        def work(_progress: Progress, _cancel: CancelToken) -> tuple[list[Approval], Changes]:
            asked = self._from.kept()[decision.device]
            return self._from.approve(decision.key, asked, self._terms(decision))

        self._tasks.long(
            say("recepcion.approving"),
            work,
            self._on_approved,
            self._on_not_approved,
            self._on_stopped,
        )

    def _ask(self, asked: Asked | None, palabras: tuple[str, ...]) -> None:
        if asked is None:
            return  # approved or forgotten meanwhile: the list says so
        solicitud = asked.solicitud
        territorio, region = self._from.territorio, self._from.profile.region
        self._view.ask_approval(
            Question(
                asked.device,
                solicitud.nombre,
                " · ".join(filter(None, (solicitud.cargo, solicitud.entidad))),
                palabras,
                solicitud.rol.value,
                solicitud.ambito if len(solicitud.ambito) > len(region) else "",
                tuple(
                    (ubigeo, territorio.provincia(ubigeo) or ubigeo)
                    for ubigeo in territorio.provincias(region)
                ),
            )
        )

    def _terms(self, decision: Decision) -> Terms:
        rol = Rol(decision.rol)
        region = self._from.profile.region
        hasta: datetime = years_later(self._from.clock.now(), decision.years)
        return Terms(rol, decision.provincia if rol is Rol.PROVINCIAL else region, hasta)

    def _on_approved(self, approvals: list[Approval]) -> None:
        self._busy = False
        self._view.close_approval()
        for approval in approvals:
            code = "approved" if approval.sealed is not None else "approved_before"
            self._go.tell(say(f"recepcion.{code}", nombre=approval.credencial.nombre))

    def _on_stopped(self) -> None:
        # It may have been sealed when it was asked to stop: the list says so.
        self._busy = False
        self._view.close_approval()
        self._look_up()

    def _on_not_approved(self, error: UserFacingError) -> None:
        self._busy = False
        self._view.show_approval_error(message(error.code, error.params))
