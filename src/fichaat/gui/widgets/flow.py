"""Rows of fields that wrap when the window is narrow or the letters are large."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowRow(QLayout):
    """Widgets side by side by their weights; those that no longer fit go to the next row."""

    def __init__(self, spacing: int = 12, *, centred: bool = False) -> None:
        """`centred`: low widgets stand at the middle of their row, not at its top."""
        super().__init__()
        self._centred = centred
        self._items: list[tuple[QLayoutItem, int]] = []
        # What was reckoned since something in it changed, as Qt's own layouts remember it.
        self._heights: dict[int, int] = {}
        self._sizes: dict[str, QSize] = {}
        self._naturals: dict[int, int] = {}
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, weight: int = 0) -> None:
        """A widget; one with a weight takes its share of what is left of the row."""
        self.addChildWidget(widget)
        from PySide6.QtWidgets import QWidgetItem

        self._items.append((QWidgetItem(widget), weight))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  # Qt's name
        self._items.append((item, 0))

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index][0] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index)[0] if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation.Horizontal

    def invalidate(self) -> None:
        """Something in it changed."""
        self._heights.clear()
        self._sizes.clear()
        self._naturals.clear()
        super().invalidate()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        found = self._heights.get(width)
        if found is None:
            edges = self.contentsMargins()
            inside = QRect(0, 0, width - edges.left() - edges.right(), 0)
            found = self._arrange(inside, apply=False) + edges.top() + edges.bottom()
            self._heights[width] = found
        return found

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), apply=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        found = self._sizes.get("hint")
        if found is None:
            hints = [item.sizeHint() for item, _ in self._shown()]
            wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
            tall = max((hint.height() for hint in hints), default=0)
            found = self._sizes["hint"] = self._with_edges(QSize(wide, tall))
        return found

    def minimumSize(self) -> QSize:  # noqa: N802
        found = self._sizes.get("minimum")
        if found is None:
            sizes = [item.minimumSize() for item, _ in self._shown()]
            wide = max((size.width() for size in sizes), default=0)
            tall = max((size.height() for size in sizes), default=0)
            found = self._sizes["minimum"] = self._with_edges(QSize(wide, tall))
        return found

    def _with_edges(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[tuple[QLayoutItem, int]]:
        return [(item, weight) for item, weight in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, apply: bool) -> int:
        top = rect.top()
        for row in self._rows(rect.width()):
            top = self._lay(row, rect, top, apply=apply) + self.spacing()
        return max(0, top - self.spacing() - rect.top())

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        rows: list[list[tuple[QLayoutItem, int]]] = []
        used = 0
        for entry in self._shown():
            wide = self._natural(entry[0])
            if rows and used + self.spacing() + wide <= width:
                rows[-1].append(entry)
                used += self.spacing() + wide
            else:
                rows.append([entry])
                used = wide
        return rows

    def _lay(
        self, row: list[tuple[QLayoutItem, int]], rect: QRect, top: int, *, apply: bool
    ) -> int:
        natural = [self._natural(item) for item, _ in row]
        free = rect.width() - sum(natural) - self.spacing() * (len(row) - 1)
        weights = sum(weight for _, weight in row)
        widths = [
            wide + (max(0, free) * weight // weights if weights else 0)
            for wide, (_, weight) in zip(natural, row, strict=True)
        ]
        if len(row) == 1:
            widths = [rect.width() if row[0][1] else min(natural[0], rect.width())]
        tall = max(_height(item, wide) for (item, _), wide in zip(row, widths, strict=True))
        left = rect.left()
        for (item, _), wide in zip(row, widths, strict=True):
            if apply:
                height = _height(item, wide)
                down = (tall - height) // 2 if self._centred else 0
                item.setGeometry(QRect(QPoint(left, top + down), QSize(wide, height)))
            left += wide + self.spacing()
        return top + tall

    def _natural(self, item: QLayoutItem) -> int:
        found = self._naturals.get(id(item))
        if found is None:
            found = max(item.sizeHint().width(), item.minimumSize().width())
            self._naturals[id(item)] = found
        return found


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()
