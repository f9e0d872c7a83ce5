"""How a table that is edited in place looks, and a height that is its rows'."""

from PySide6.QtCore import QEvent, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets.cell_editor import CellEditor
from fichaat.gui.widgets.cells_delegate import CellsDelegate
from fichaat.gui.widgets.cells_fit import Fit
from fichaat.gui.widgets.cells_head import Head
from fichaat.gui.widgets.cells_model import Cell, CellsModel, Index, Part
from fichaat.gui.widgets.scrolling import keep_in_sight

_Trigger = QAbstractItemView.EditTrigger


class CellsView(QTableView):
    """Cells that are as tall as their texts; the page scrolls, never the table."""

    width_changed = Signal()

    def __init__(self, name: str, model: CellsModel) -> None:
        super().__init__()
        self.cells = model
        self.delegate = CellsDelegate(self, model)
        self.sizes = Fit(self, model, self.delegate.cell_height)
        self._near = -1
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(Head(model))
        self._dress()
        for changed in (model.rowsInserted, model.rowsRemoved):
            changed.connect(self.fit_rows)
        model.dataChanged.connect(lambda first: self.fit_line(first))

    def _dress(self) -> None:
        set_role(self, "cells")
        self.setFont(font())
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(
            _Trigger.AnyKeyPressed | _Trigger.DoubleClicked | _Trigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setCornerButtonEnabled(False)
        self.viewport().setMouseTracking(True)
        below = self.verticalHeader()
        below.hide()
        below.setMinimumSectionSize(1)
        below.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def editor(self) -> CellEditor | None:
        """What is open over a cell."""
        found = self.indexWidget(self.currentIndex())
        return found if isinstance(found, CellEditor) else None

    @property
    def here(self) -> Cell | None:
        """The current cell."""
        index = self.currentIndex()
        spot = self.cells.spot(index) if index.isValid() else None
        return (spot.row, spot.key) if spot is not None and spot.part is Part.CELL else None

    def is_at_work(self, index: Index) -> bool:
        """Whether this cell is the one that keys would change."""
        return index == self.currentIndex() and (self.hasFocus() or self.editor is not None)

    def is_open(self, index: Index) -> bool:
        """Whether an editor stands over this cell."""
        return index == self.currentIndex() and self.editor is not None

    def is_near(self, index: Index) -> bool:
        """Whether the cursor or the mouse is in the record of this place."""
        row = self.cells.spot(index).row
        here = self.currentIndex()
        at_work = self.hasFocus() or self.editor is not None
        return row == self._near or (
            at_work and here.isValid() and self.cells.spot(here).row == row
        )

    def write(self, place: QPersistentModelIndex, text: str) -> None:
        """A keystroke in the editor of a cell."""
        self.cells.setData(place, text, Qt.ItemDataRole.EditRole)

    def keep_current_in_sight(self) -> None:
        """Scroll the page to the current cell."""
        keep_in_sight(self.viewport(), lambda: self.visualRect(self.currentIndex()))

    # Size

    def fit_rows(self) -> None:
        """Every row as tall as its text."""
        self.sizes.all()
        self.fit_line(self.currentIndex())

    def fit_line(self, index: Index) -> None:
        """One row as tall as its text, or what is written over it."""
        if self.sizes.line(index, self.editor) and self.editor is not None:
            self.updateEditorGeometries()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, self.sizes.tall)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As tall as at its present width: it asks again once it has another."""
        del width
        return self.sizes.tall

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, self.sizes.tall)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.width_changed.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self.width_changed.emit()

    def scrollTo(  # noqa: N802
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Nothing: the page scrolls, not the table."""

    # Mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(self.cells.spot(index).row if index.isValid() else -1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self._hover(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The wheel scrolls the page."""
        event.ignore()

    def _hover(self, row: int) -> None:
        if row != self._near:
            self._near = row
            self.viewport().update()
