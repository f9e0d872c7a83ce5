"""What every page of the window is: a widget that shows, beside a presenter that decides."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from fichaat.application.changes import Changes
from fichaat.gui.desk import Desk
from fichaat.gui.routes import Route
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import NARROW, SHORT


class Page(QWidget):
    """A place of the window. No page calls another: they meet in records and in `Changes`."""

    place = "inicio"
    """Which entry of the sidebar is marked."""
    rail = False
    """Whether the sidebar is a rail of icons however wide the window is."""
    full = False
    """Whether the page takes the whole window, without a sidebar."""
    foot = False
    """Whether the foot line is shown."""
    help_topic = ""
    """Chapter of the manual that F1 opens."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tasks = desk.tasks_of(self)
        self.gone = False
        """Whether another page took its place for good."""
        set_role(self, "page")

    def takes(self, route: Route) -> bool:
        """Whether this page, as it stands, can show that place: it is then asked to `arrive`."""
        del route
        return False

    def arrive(self, route: Route) -> None:
        """The page is shown: look everything up again and give the focus to where work begins."""

    def changed(self, changes: Changes) -> None:
        """Something was written, here or elsewhere."""

    def leave(self) -> None:
        """The page is about to be hidden or closed: hand over what is typed."""

    def settle(self) -> bool:
        """Whether everything typed here is kept; a window closes only then, or when told to."""
        return True

    def may_leave(self) -> bool:
        """Whether nothing typed here is lost with the page: kept, or about to be."""
        return True

    @property
    def saving(self) -> bool:
        """Whether something typed here waits in line to be kept: the page stays until it is."""
        return False

    def adapt(self, *, narrow: bool, short: bool) -> None:
        """Lay out for a small window: `narrow` under 1200, `short` under 700 logical pixels."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Pages scroll: none keeps the window from being small."""
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Qt tells that the size changed."""
        super().resizeEvent(event)
        window = self.window().size()
        self.adapt(narrow=window.width() < NARROW, short=window.height() < SHORT)
