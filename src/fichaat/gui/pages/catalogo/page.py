"""What the region tells its devices: read by everybody, prepared and published by one person."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fichaat.application.changes import Changes
from fichaat.domain.rol import Rol
from fichaat.gui import routes
from fichaat.gui.desk import Desk
from fichaat.gui.pages.catalogo.body import Body, Deeds
from fichaat.gui.pages.catalogo.dialog import AllDialog
from fichaat.gui.pages.catalogo.files_presenter import FilesPresenter
from fichaat.gui.pages.catalogo.presenter import CatalogoPresenter
from fichaat.gui.pages.catalogo.ubigeo_presenter import UbigeoPresenter
from fichaat.gui.pages.catalogo.view import Asked, CatalogoSources, Head
from fichaat.gui.pages.ficha.view import Question
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Route
from fichaat.gui.saving.qt_timers import QtTimers
from fichaat.gui.saving.status import Status as Saved
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.dialogs import ask
from fichaat.gui.widgets.surfaces import (
    Banner,
    EmptyState,
    PageHeader,
    PageScroll,
    Status,
    clear_layout,
)

_BESIDE = 46
"""Lines of text that fit in the width where the parts stand at the left of what they show."""


class CatalogoPage(Page):
    """See `CatalogoPresenter`."""

    place = "catalogo"
    help_topic = "catalogo"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        sources = _sources(desk, lambda: self.gone)
        asker = _FileAsker(self)
        deeds = Deeds(
            lambda: asker.load(self.files),
            lambda: asker.save(self.files, self.presenter.version),
            lambda: asker.template(self.files),
            lambda: asker.ubigeo(self.ubigeo),
            lambda: self.ubigeo.restore(),
        )
        self.body = Body(sources.clock.now().date(), deeds)
        self.presenter = CatalogoPresenter(
            self, self.body, self.tasks, QtTimers(self), desk.go, sources
        )
        self.files = FilesPresenter(self, self.tasks, desk.go, sources, self.presenter)
        self.ubigeo = UbigeoPresenter(self, self.body, self.tasks, desk.go, sources.ubigeo)
        self._margins: tuple[int, int] = (MARGIN, GAP)
        self._lay()

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, routes.Catalogo)

    def arrive(self, route: Route) -> None:
        del route
        self.presenter.look_up()
        self.ubigeo.arrived()
        if self.body.editable is not None:
            self.body.focus_parts()

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def leave(self) -> None:
        self.presenter.keeping.leave()

    def settle(self) -> bool:
        return self.presenter.keeping.settle()

    def may_leave(self) -> bool:
        return self.presenter.keeping.may_leave()

    @property
    def saving(self) -> bool:
        return self.presenter.keeping.saving

    def adapt(self, *, narrow: bool, short: bool) -> None:
        self._margins = (MARGIN_NARROW if narrow else MARGIN), (8 if short else 16)
        beside = self.width() > _BESIDE * self.fontMetrics().lineSpacing()
        self.body.parts.setVisible(beside)
        self.body.box.setVisible(not beside)
        self._place_margins()

    # what the presenters show

    def show_none(self, sentence: str, *, to_settings: bool) -> None:
        way = routes.Ajustes() if to_settings else routes.Paquetes()
        words = say("catalogar.to_settings" if to_settings else "catalogar.to_packages")
        self._header.say(say("catalogar.title"))
        for made in (self.publish, self._saved, self.undo, self.redo):
            made.hide()
        clear_layout(self._empty)
        go = button(words, lambda: self.desk.go.go(way))
        self._empty.addWidget(EmptyState("catalogo", sentence, go))
        self._whole.setCurrentWidget(self._nothing)
        go.setFocus()

    def lay(self, *, editable: bool) -> None:
        self._whole.setCurrentWidget(self._known)
        if self.body.editable is editable:
            return
        self.body.lay(self.presenter, editable=editable)
        self._place_margins()
        self.body.focus_parts()
        self.ubigeo.arrived()

    def show_head(self, head: Head) -> None:
        self._header.say(say("catalogar.title"), head.context)
        self.publish.setText(head.publish)
        self.publish.setVisible(bool(head.publish))
        self._note.setVisible(bool(head.note) or head.behind)
        if head.behind:
            self._note.say(say("catalogar.behind"), say("catalogar.behind_what"), "warn")
        else:
            self._note.say(head.note, "", "info")
        self._place_margins()

    def show_steps(self, *, undo: bool, redo: bool) -> None:
        for made, can in ((self.undo, undo), (self.redo, redo)):
            made.setVisible(bool(self.body.editable))
            made.setEnabled(can)

    def show_saving(self, status: Saved) -> None:
        self._saved.show_state(status.words, status.tone, status.icon)
        self._saved.show()

    def ask(self, question: Question) -> None:
        ask(self, question.title, question.sentence, question.verb, question.on_yes)

    def ask_all(self, asked: Asked) -> None:
        AllDialog(self, asked).open()

    # inside

    def _lay(self) -> None:
        self._header = PageHeader(say("catalogar.title"))
        self._saved = Status()
        self._saved.hide()
        self.publish: QPushButton = button("", self.presenter.publish, role="primary")
        self.publish.hide()
        editing = self.presenter.editing
        self.undo = icon_button("deshacer", say("editor.undo"), editing.undo)
        self.redo = icon_button("rehacer", say("editor.redo"), editing.redo)
        self.undo.setToolTip(f"{say('editor.undo')} (Ctrl+Z)")
        self.redo.setToolTip(f"{say('editor.redo')} (Ctrl+Y)")
        for keys, slot in (
            ("Ctrl+Z", editing.undo),
            ("Ctrl+Y", editing.redo),
            ("Ctrl+Shift+Z", editing.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._header.add(self._saved)
        for made in (self.undo, self.redo):
            made.hide()
            self._header.add(made)
        self._header.add(self.publish)
        self._note = Banner("info")
        self._note.hide()
        self._above = QVBoxLayout()
        self._above.setSpacing(8)
        self._above.addWidget(self._note)
        self._above.addWidget(self.body.box)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._above)
        right.addWidget(self.body.stack, 1)
        self._known = QFrame()
        row = QHBoxLayout(self._known)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.body.parts)
        row.addLayout(right, 1)
        self._nothing = PageScroll(self._lay_nothing())
        waiting = QWidget()
        self._whole = QStackedWidget()
        for widget in (waiting, self._nothing, self._known):
            self._whole.addWidget(widget)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(self._whole, 1)

    def _lay_nothing(self) -> QWidget:
        """Where there is no catalogue: what to do, and the list of districts all the same."""
        made = QWidget()
        self._alone = QVBoxLayout(made)
        self._alone.setSpacing(GAP)
        self._empty = QVBoxLayout()
        self._alone.addLayout(self._empty, 1)
        self._alone.addWidget(self.body.list_alone)
        return made

    def _place_margins(self) -> None:
        side, gap = self._margins
        boxed = not self.body.box.isHidden() or not self._note.isHidden()
        self._above.setContentsMargins(side, gap if boxed else 0, side, 0)
        self._alone.setContentsMargins(side, gap, side, gap)
        self.body.place(self, side, gap)


class _FileAsker:
    """The system's own windows for the files of the page."""

    def __init__(self, page: QWidget) -> None:
        self._page = page

    def load(self, files: FilesPresenter) -> None:
        words, kinds = say("catalogar.load_file"), say("catalogar.file_filter")
        self._ask(words, kinds, "", files.load)

    def save(self, files: FilesPresenter, version: int) -> None:
        name = say("catalogar.file_name", version=version)
        self._ask(say("catalogar.save_file"), say("catalogar.save_filters"), name, files.save)

    def template(self, files: FilesPresenter) -> None:
        words, kinds = say("catalogar.save_template"), say("catalogar.template_filter")
        self._ask(words, kinds, say("catalogar.template_name"), files.save_template)

    def ubigeo(self, ubigeo: UbigeoPresenter) -> None:
        words, kinds = say("catalogar.ubigeo_load"), say("catalogar.ubigeo_filter")
        self._ask(words, kinds, "", ubigeo.choose)

    def _ask(self, title: str, kinds: str, name: str, on_chosen: Callable[[Path], object]) -> None:
        """With a name it asks where to save."""
        dialog = QFileDialog(self._page, title)
        dialog.setNameFilters(kinds.split(";;"))
        if name:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("xlsx")
            dialog.selectFile(name)
            dialog.filterSelected.connect(
                lambda chosen: dialog.setDefaultSuffix("json" if "json" in chosen else "xlsx")
            )
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _sources(desk: Desk, gone: Callable[[], bool]) -> CatalogoSources:
    session = desk.session
    here = session.here
    return CatalogoSources(
        region=here.profile.region,
        coordinates=here.profile.rol is Rol.COORDINADOR,
        territorio=here.territorio,
        clock=here.clock,
        ids=here.ids,
        read=session.catalogue,
        publish=session.publish_catalogue,
        keep=session.edit_catalogue,
        files=session.catalogue_files,
        ubigeo=session.update_ubigeo,
        lasting=desk.runner,
        gone=gone,
    )
