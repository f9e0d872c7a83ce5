"""Sheets of paper on a desk, drawn from a PDF."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from fichaat.gui.text import say
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import GAP, PAPER

_Key = Qt.Key
_STEP: Final = 1.25
_ZOOMS: Final = (0.5, 4.0)


class Sheets(QAbstractScrollArea):
    """All pages one below the other, as wide as the desk times the zoom."""

    page_changed = Signal(int, int)
    """Which page is in sight, from 1, and of how many."""
    version_shown = Signal()
    """The last version that was given is drawn."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._shown: _Version | None = None
        self._coming: _Version | None = None
        self._zoom = 1.0
        self._told = (0, 0)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(24)
        theme().changed.connect(self.viewport().update)

    def show_pdf(self, data: bytes) -> bool:
        """Replace the paper as soon as the new one is drawn; False if these bytes are none."""
        if self._coming is not None:
            self._coming.drop()
            self._coming = None
        if self._shown is not None and self._shown.data == data:
            return True
        coming = _Version(data, self)
        if not coming.sizes:
            coming.drop()
            return False
        self._coming = coming
        coming.drawn.connect(self._on_drawn)
        self._request(coming)
        return True

    def forget(self) -> None:
        """Show nothing of what was here: another paper comes, or none."""
        for version in (self._shown, self._coming):
            if version is not None:
                version.drop()
        self._shown = self._coming = None
        self._told = (0, 0)
        self.viewport().update()

    @property
    def pages(self) -> int:
        """Of the paper on show."""
        return len(self._shown.sizes) if self._shown is not None else 0

    @property
    def zoom(self) -> float:
        """1 where a page is as wide as the desk."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Larger or smaller; what is in the middle stays there."""
        middle = self._middle()
        self._zoom = min(max(zoom, _ZOOMS[0]), _ZOOMS[1])
        self._follow_size()
        self._centre(middle)

    def zoom_in(self) -> None:
        self.set_zoom(self._zoom * _STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self._zoom / _STEP)

    def fit_width(self) -> None:
        self.set_zoom(1.0)

    def page_rect(self, page: int) -> QRect:
        """Where a page of the paper on show stands in the viewport."""
        assert self._shown is not None  # asked only of a paper that is shown
        rect = self._layout(self._shown)[page]
        return rect.translated(
            -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        bar = self.verticalScrollBar()
        match event.key():
            case _Key.Key_Plus:
                self.zoom_in()
            case _Key.Key_Minus:
                self.zoom_out()
            case _Key.Key_0:
                self.fit_width()
            case _Key.Key_Home:
                bar.setValue(bar.minimum())
            case _Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        middle = self._middle()
        super().resizeEvent(event)
        self._follow_size()
        if event.oldSize().width() > 0 and event.oldSize().width() != event.size().width():
            self._centre(middle)
        for version in (self._shown, self._coming):
            if version is not None:
                self._request(version)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802
        self.viewport().update()
        if self._shown is not None:
            self._request(self._shown)
        self._tell_page()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tokens = theme().tokens
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(tokens.desk))
        for page in range(self.pages):
            rect = self.page_rect(page)
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, QColor(PAPER))
            image = self._shown.images.get(page) if self._shown is not None else None
            if image is not None:
                painter.drawImage(rect, image)
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.primary), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    # Where things are

    def _layout(self, version: "_Version") -> list[QRect]:
        """Pages from the top of the desk; the widest fills it."""
        room = max(1, self.viewport().width() - 2 * GAP)
        scale = room * self._zoom / max(size.width() for size in version.sizes)
        rects, top = [], GAP
        for size in version.sizes:
            wide, tall = round(size.width() * scale), round(size.height() * scale)
            left = max(GAP, (self.viewport().width() - wide) // 2)
            rects.append(QRect(left, top, wide, tall))
            top += tall + GAP
        return rects

    def _in_sight(self, version: "_Version") -> list[int]:
        seen = self.viewport().rect().translated(0, self.verticalScrollBar().value())
        return [page for page, rect in enumerate(self._layout(version)) if rect.intersects(seen)]

    def _middle(self) -> float:
        """The middle of what is seen, as a part of the whole."""
        bar = self.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        return (bar.value() + bar.pageStep() / 2) / whole if whole else 0.0

    def _centre(self, middle: float) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def _follow_size(self) -> None:
        if self._shown is None:
            return
        seen = self.viewport().size()
        rects = self._layout(self._shown)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(seen.height())
        down.setRange(0, max(0, rects[-1].bottom() + 1 + GAP - seen.height()))
        across.setPageStep(seen.width())
        across.setRange(0, max(0, max(r.right() for r in rects) + 1 + GAP - seen.width()))
        self._request(self._shown)
        self.viewport().update()
        self._tell_page()

    # Drawing

    def _request(self, version: "_Version") -> None:
        ratio = self.devicePixelRatio()
        rects = self._layout(version)
        wanted = self._in_sight(version) or [0]
        for page in wanted:
            size = rects[page].size() * ratio
            version.request(page, size)
        version.wanted = set(wanted)

    def _on_drawn(self) -> None:
        """A page is there: the paper that waits takes the place once all that is seen is."""
        coming = self._coming
        if coming is not None and coming.wanted <= coming.images.keys():
            self._coming = None
            if self._shown is not None:
                self._shown.drop()
            self._shown = coming
            self._follow_size()
            self.version_shown.emit()
        self.viewport().update()

    def _tell_page(self) -> None:
        if not self.pages:
            return
        middle = self.viewport().height() // 2
        page = next((n for n in range(self.pages) if self.page_rect(n).bottom() >= middle), None)
        told = (self.pages if page is None else page + 1, self.pages)
        if QAccessible.isActive() and self._shown is not None:
            text = self._shown.text(told[0] - 1)
            self.setAccessibleDescription(
                f"{say('editor.preview_page', pagina=told[0], total=told[1])}. {text}"
            )
        if told != self._told:
            self._told = told
            self.page_changed.emit(*told)


class _Version(QObject):
    """One version of the paper and its drawn pages."""

    drawn = Signal()

    def __init__(self, data: bytes, parent: QObject) -> None:
        from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer

        super().__init__(parent)
        self.data = data
        self.images: dict[int, QImage] = {}
        self.wanted: set[int] = set()
        self._asked: dict[int, QSize] = {}
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        ready = self._document.status() == QPdfDocument.Status.Ready
        pages = range(self._document.pageCount() if ready else 0)
        self.sizes = [self._document.pagePointSize(page) for page in pages]
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(self._document)
        self._renderer.pageRendered.connect(self._on_page_rendered)

    def request(self, page: int, size: QSize) -> None:
        """Draw a page in this many dots; the picture that is there stays until then."""
        if self._asked.get(page) != size:
            self._asked[page] = size
            self._renderer.requestPage(page, size)

    def text(self, page: int) -> str:
        """The words of a page, for who cannot see it."""
        return str(self._document.getAllText(page).text())

    def drop(self) -> None:
        """Not wanted any more: what is still being drawn is forgotten."""
        self.blockSignals(True)
        self._renderer.blockSignals(True)
        self.deleteLater()

    def _on_page_rendered(self, page: int, size: QSize, image: QImage) -> None:
        if self._asked.get(page) == size and not image.isNull():
            self.images[page] = image
            self.drawn.emit()
