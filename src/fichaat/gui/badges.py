"""How much work waits in a place: the figures of the sidebar, whatever page is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fichaat.application.changes import Changes, Kind
from fichaat.domain.rol import Rol
from fichaat.gui.task_runner import TaskRunner
from fichaat.gui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from fichaat.application.session import Session

_TELLING = Changes.of(Kind.FICHA, Kind.RECEPTION, Kind.DEVICE, Kind.ACUERDO)


class WaitingBadges(QObject):
    """Counts again whenever something was sealed or received."""

    def __init__(self, session: "Session", runner: TaskRunner, sidebar: Sidebar) -> None:
        super().__init__(sidebar)
        self._session = session
        self._runner = runner
        self._sidebar = sidebar
        runner.changed.connect(self._on_changed)
        self._count()

    def _on_changed(self, changes: Changes) -> None:
        if changes & _TELLING:
            self._count()

    def _count(self) -> None:
        # A badge that cannot be counted is no news: the page beside it says what is wrong.
        self._runner.read(
            lambda: self._session.panorama.undelivered(), self._show, lambda _: None, self
        )
        self._runner.read(
            lambda: self._session.list_acuerdos.disputed(),
            lambda count: self._sidebar.show_badge("acuerdos", count),
            lambda _: None,
            self,
        )

        if self._session.here.profile.rol is not Rol.ESPECIALISTA:
            self._runner.read(
                lambda: self._session.reception.pending(),
                lambda count: self._sidebar.show_badge("recepcion", count),
                lambda _: None,
                self,
            )
            self._runner.read(
                lambda: self._session.review_queue.pending(),
                lambda count: self._sidebar.show_badge("revision", count),
                lambda _: None,
                self,
            )

    def _show(self, count: int) -> None:
        self._sidebar.show_badge("paquetes", count)
