"""The ficha: one scrolling page in the order of the paper. Layout and signals only."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from fichaat.application.edit_ficha import Review, Suggestions
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import ClaseAdjunto
from fichaat.gui import routes
from fichaat.gui.desk import Desk
from fichaat.gui.files import read_scans
from fichaat.gui.pages.ficha.board import Line, Shown
from fichaat.gui.pages.ficha.body import Body
from fichaat.gui.pages.ficha.find_distrito import FindDistrito
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.head import Head, Signer
from fichaat.gui.pages.ficha.header import Header
from fichaat.gui.pages.ficha.index import Index, Strip
from fichaat.gui.pages.ficha.presenter import FichaPresenter
from fichaat.gui.pages.ficha.view import FichaView, Question, WhileHere
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Route
from fichaat.gui.saving.qt_timers import QtTimers
from fichaat.gui.saving.status import Status
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.dialogs import Question as QuestionDialog
from fichaat.gui.widgets.paper_preview import PaperPreview
from fichaat.gui.widgets.surfaces import EmptyState
from fichaat.texts import message

# Room for the form beside the index, and for the paper beside both; larger letters need more.
_LETTERS_OF_FORM = 50
_LETTERS_WITH_PAPER = 112


class FichaPage(Page):
    """A draft."""

    place = "fichas"
    rail = True
    help_topic = "ficha"

    def __init__(self, desk: Desk, codigo: str) -> None:
        super().__init__(desk)
        self.presenter = FichaPresenter(
            cast(FichaView, WhileHere(self, lambda: self.gone)),
            desk.session,
            tasks=self.tasks,
            lasting=desk.runner,
            timers=QtTimers(self),
            go=desk.go,
            codigo=codigo,
            gone=lambda: self.gone,
        )
        here = desk.session.here
        self.header = Header()
        self.index = Index()
        self.strip = Strip()
        self.body = Body(self, here.territorio, here.clock.now().date())
        self.paper = PaperPreview()
        self._arrived = False
        self._narrow = False
        self._paper_beside, self._paper_instead = True, False
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.index)
        middle.addWidget(self.body.scroll, 13)
        middle.addWidget(self.paper, 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        self._middle = (self.index, self.body.scroll, self.paper, self.strip)
        self.body.hide()
        self._connect()
        self._keys()

    # Page

    def takes(self, route: Route) -> bool:
        """A problem of the same draft is mended here."""
        return isinstance(route, routes.EditarFicha) and route.codigo == self.presenter.codigo

    def arrive(self, route: Route) -> None:
        """Open the draft, or go to the field that is asked for."""
        path = route.path if isinstance(route, routes.EditarFicha) else None
        if not self._arrived:
            self._arrived = True
            self.presenter.open(path)
        elif path is not None:
            self.presenter.jump(path)

    def leave(self) -> None:
        """Keep what is typed."""
        self.presenter.leave()

    def settle(self) -> bool:
        """Whether everything typed is on the disk."""
        return self.presenter.settle()

    def may_leave(self) -> bool:
        """Whether what is typed is kept, or waits in line to be."""
        return self.presenter.may_leave()

    @property
    def saving(self) -> bool:
        return self.presenter.saving

    def adapt(self, *, narrow: bool, short: bool) -> None:
        """Paper beside the form only where there is room; problems at the foot of short windows."""
        letter = QFontMetrics(font()).horizontalAdvance("0")
        beside = self.width() - self.index.sizeHint().width()
        self.index.setVisible(beside >= letter * _LETTERS_OF_FORM)
        self._narrow = narrow or beside < letter * _LETTERS_WITH_PAPER
        self.header.set_narrow(narrow=narrow)
        self.index.problems.setVisible(not short)
        self.strip.setVisible(short)
        self._lay_paper()

    # hands of the fields

    def edit(self, path: str, text: str) -> None:
        """A key was pressed in a field."""
        self.presenter.sheet.edit(path, text)
        self.body.know(self.presenter.sheet.form)

    def left(self, path: str) -> None:
        """The focus left a field."""
        self.presenter.left(path)

    def choose(self, path: str, value: str) -> None:
        """Something was chosen."""
        self.presenter.choose(path, value)

    # view

    def show_form(self, form: Form) -> None:
        """Every card again."""
        self.body.show_form(form)

    def show_field(self, path: str, text: str) -> None:
        self.body.show_field(path, text)

    def show_head(self, head: Head) -> None:
        self.header.show_head(head)
        self.body.show_rectified(head.rectifies)

    def show_signers(self, signers: Sequence[Signer]) -> None:
        self.body.firmas.show_signers(signers)

    def show_saving(self, status: Status) -> None:
        self.header.show_saving(status)

    def show_steps(self, *, undo: bool, redo: bool) -> None:
        self.header.show_steps(undo=undo, redo=redo)

    def show_problems(self, shown: Shown) -> None:
        self.index.show_shown(shown)
        self.strip.show_shown(shown)
        self.body.show_notes(shown.notes)

    def show_current(self, line: Line) -> None:
        self.index.problems.mark(line)

    def show_earlier(self, review: Review) -> None:
        self.body.seguimiento.show_earlier(review)

    def show_suggestions(self, suggestions: Suggestions) -> None:
        self.body.known.suggestions = suggestions

    def show_guide(self, guide: Guide) -> None:
        self.body.show_guide(guide)

    def show_paper(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.paper.show_error(sentence)

    def show_gone(self, sentence: str) -> None:
        """Instead of everything."""
        self.header.show_gone()
        for widget in self._middle:
            widget.hide()
        go_home = button(say("editor.go_home"), lambda: self.desk.go.go(routes.Inicio()))
        layout = self.layout()
        assert layout is not None  # made in __init__
        layout.addWidget(EmptyState("nota", sentence, go_home))

    def focus_path(self, path: str) -> None:
        self._show_form_again()
        self.body.focus_path(path)

    def focus_section(self, section: str) -> None:
        self._show_form_again()
        self.index.mark(section)
        self.body.focus_section(section)

    def ask(self, question: Question) -> None:
        """Open it; nothing waits for its answer."""
        dialog = QuestionDialog(
            self, question.title, question.sentence, question.verb, question.on_yes, no=question.no
        )
        if question.on_no is not None:
            dialog.rejected.connect(question.on_no)
        dialog.open()

    # inside

    def _connect(self) -> None:
        presenter, sheet, body = self.presenter, self.presenter.sheet, self.body
        header = self.header
        for signal, slot in (
            (header.back_asked, self.desk.go.back),
            (header.undo_asked, sheet.undo),
            (header.redo_asked, sheet.redo),
            (header.revert_asked, sheet.revert),
            (header.check_asked, presenter.check_all),
            (header.signatures_asked, presenter.sign),
            (header.review_asked, presenter.seal),
            (header.discard_asked, presenter.discard),
            (header.paper_asked, self._turn_paper),
            (self.paper.hide_asked, self._turn_paper),
            (self.strip.go_asked, presenter.next_problem),
            (self.index.section_chosen, self.focus_section),
            (self.index.problem_chosen, presenter.go_to),
            (body.datos.tema_chosen, lambda tema, on: sheet.set_tema(tema, on=on)),
            (body.datos.add_distrito_asked, self._find_distrito),
            (body.datos.distrito_removed, self._on_distrito_removed),
            (body.personas.responsable_asked, lambda: sheet.add_row("responsables")),
            (body.seguimiento.paper_asked, lambda: sheet.add_row("seguimientos")),
            (body.seguimiento.open_asked, sheet.add_earlier),
            (body.seguimiento.removed, self._on_seguimiento_removed),
            (body.firmas.asked, presenter.sign),
            (body.adjuntos.asked, self._choose_files),
            (body.adjuntos.removed, self._on_file_removed),
        ):
            signal.connect(slot)
        for card in body.tables:
            card.row_added.connect(sheet.add_table_row)
            card.row_removed.connect(sheet.remove_table_row)
            card.burst_began.connect(sheet.begin_burst)
            card.burst_ended.connect(sheet.end_burst)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # a widget exists only inside one
        app.focusChanged.connect(self._on_focus_changed)

    def _keys(self) -> None:
        presenter = self.presenter
        for keys, slot in (
            ("Ctrl+Z", presenter.sheet.undo),
            ("Ctrl+Y", presenter.sheet.redo),
            ("Ctrl+Shift+Z", presenter.sheet.redo),
            ("F4", lambda: presenter.next_problem(1)),
            ("Shift+F4", lambda: presenter.next_problem(-1)),
            ("F8", self._turn_paper),
            ("F9", presenter.sign),
            ("Ctrl+Return", presenter.seal),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WindowShortcut)
            made.activated.connect(slot)

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        # The focus also moves while a closed window is taken down, and then the cards are gone.
        section = self.body.section_at(now) if isValid(self) and self.isVisible() else ""
        if section:
            self.index.mark(section)

    def _find_distrito(self) -> None:
        here = self.desk.session.here
        dialog = FindDistrito(
            self, here.territorio, here.profile.region, self.presenter.sheet.add_distrito
        )
        dialog.open()

    def _on_distrito_removed(self, row: int) -> None:
        ubigeo = self.presenter.sheet.ficha.distritos[row].ubigeo
        place = self.desk.session.here.territorio.get(ubigeo)
        name = ubigeo if place is None else place.distrito
        told = say("editor.distrito_removed", distrito=name)
        self.presenter.sheet.remove_row("distritos", row, told)

    def _on_seguimiento_removed(self, row: int) -> None:
        told = say("editor.row_removed", fila=row + 1)
        self.presenter.sheet.remove_row("seguimientos", row, told)

    def _on_file_removed(self, row: int, name: str) -> None:
        told = say("editor.adjunto_removed", nombre=name)
        self.presenter.sheet.remove_row("adjuntos", row, told)

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, say("editor.add_file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = "*.jpg *.jpeg *.png *.pdf *.webp *.heic *.tif *.tiff"
        dialog.setNameFilter(f"{say('editor.files')} ({kinds})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.attach([Path(name) for name in names]))
        dialog.open()

    def attach(self, paths: Sequence[Path]) -> None:
        """Keep these files with the draft."""
        session, codigo = self.desk.session, self.presenter.codigo
        self.presenter.leave()
        self.tasks.write(
            lambda: session.attach(codigo, read_scans(paths), ClaseAdjunto.FOTO),
            self.presenter.sheet.take_files,
            self._on_not_attached,
        )

    def _on_not_attached(self, error: UserFacingError) -> None:
        self.desk.go.tell(message(error.code, error.params), tone="error")

    # the paper

    def _turn_paper(self) -> None:
        if self._narrow:
            self._paper_instead = not self._paper_instead
        else:
            self._paper_beside = not self._paper_beside
        self._lay_paper()

    def _show_form_again(self) -> None:
        if self._narrow and self._paper_instead:
            self._paper_instead = False
            self._lay_paper()

    def _lay_paper(self) -> None:
        seen = self._paper_instead if self._narrow else self._paper_beside
        self.paper.setVisible(seen)
        self.body.scroll.setVisible(not (self._narrow and seen))
        code = "editor.show_form" if self._narrow else "editor.hide_paper"
        self.header.show_paper_words(say(code if seen else "editor.show_paper") + "\tF8")
        self.presenter.watch_paper(seen=seen)
