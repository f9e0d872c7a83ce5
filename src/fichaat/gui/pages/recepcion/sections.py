"""The sections of *Recepción*: each lists one kind of thing, with the button that settles it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fichaat.gui.pages.inicio.cards import ListCard
from fichaat.gui.pages.recepcion.words import (
    ApartWords,
    AsideWords,
    ClashWords,
    DeviceWords,
    GapsWords,
    LineWords,
    SideWords,
)
from fichaat.gui.text import say, thousands
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import LARGE, IconLabel
from fichaat.gui.widgets.rows import EDGE, Row, named, two_lines
from fichaat.gui.widgets.surfaces import Card, Chip
from fichaat.gui.widgets.words_view import WordsView

OnOne = Callable[[str], object]


class ReceiveCard(Card):
    """Where packages go in: dropped, or chosen."""

    def __init__(self, on_files: Callable[[], object], on_folder: Callable[[], object]) -> None:
        super().__init__()
        self.column.setContentsMargins(20, 16, 20, 16)
        self.files = button(
            say("recepcion.receive_files"),
            on_files,
            role="primary",
            icon="recepcion",
            size="action",
        )
        self.folder = button(say("recepcion.receive_folder"), on_folder, icon="carpeta")
        self._today = labels.card_title()
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._today)
        column.addWidget(labels.second(say("recepcion.receive_what")))
        told.setMinimumWidth(14 * told.fontMetrics().lineSpacing())
        flow = FlowRow(spacing=16, centred=True)
        flow.add(self.files)
        flow.add(self.folder)
        flow.add(told, 1)
        self.column.addLayout(flow)

    def show_today(self, sentence: str) -> None:
        self._today.setText(sentence)


class DevicesCard(ListCard):
    """Who asks to be approved, with the words to compare."""

    def __init__(self, on_approve: OnOne) -> None:
        super().__init__(say("recepcion.approve_list"))
        self._on_approve = on_approve

    def show_devices(self, rows: Sequence[DeviceWords], *, approves: bool) -> None:
        if not rows:
            self.show_empty("confianza", say("recepcion.approve_none"))
            self.show_note("")
            return
        self.show_rows([self._row(row, approves=approves) for row in rows])
        self.show_note(thousands(len(rows)))

    def _row(self, row: DeviceWords, *, approves: bool) -> QWidget:
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(named(row.nombre, f"· {say('recepcion.unverified')}"))
        column.addWidget(labels.hint(" · ".join(filter(None, (row.detalle, row.registros)))))
        column.addWidget(WordsView(row.palabras))
        right = []
        if approves and row.asked:
            made = button(say("recepcion.approve"), partial(self._on_approve, row.device))
            made.setAccessibleDescription(row.nombre)
            right.append(made)
        return Row("equipo", told, *right, tall=True)


class ApartCard(ListCard):
    """What is kept without effect, why, and what helps."""

    def __init__(self, on_see: Callable[[str, str], object]) -> None:
        super().__init__(say("recepcion.apart"))
        self._on_see = on_see

    def show_apart(self, rows: Sequence[ApartWords], more: int) -> None:
        self.setVisible(bool(rows))
        self.show_rows([self._row(row) for row in rows])
        self.show_note(thousands(len(rows) + more))
        self.show_notes([say("recepcion.more", cantidad=thousands(more))] if more else ())

    def _row(self, row: ApartWords) -> QWidget:
        told = two_lines(named(row.titulo), row.detalle)
        column = told.layout()
        assert column is not None  # made with it
        column.addWidget(labels.hint(row.que_hacer))
        right: list[QWidget] = [Chip(row.motivo, "warn", "aviso")]
        if row.codigo:
            see = button(say("recepcion.see"), partial(self._on_see, row.codigo, row.copia))
            see.setAccessibleDescription(row.titulo)
            right.append(see)
        return Row(None, told, *right)


class ClashDeeds(NamedTuple):
    """What the buttons of copies beside each other do."""

    see: Callable[[SideWords], object]
    choose: Callable[[SideWords], object]
    set_aside: Callable[[ClashWords], object]
    toggle_aside: Callable[[], object]


class ClashCard(ListCard):
    """Copies beside each other."""

    def __init__(self, heading: str, on: ClashDeeds) -> None:
        super().__init__(heading)
        self._on = on
        self.aside = button("", on.toggle_aside, role="link")
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(EDGE, 4, EDGE, 4)
        row.addWidget(self.aside, 0, Qt.AlignmentFlag.AlignLeft)
        self._foot.hide()
        self.add(self._foot)

    def show_clashes(self, rows: Sequence[ClashWords], aside: AsideWords, more: int = 0) -> None:
        """What was put aside stays within reach, also where nothing else contradicts."""
        self.setVisible(bool(rows) or bool(aside.cantidad))
        self.show_rows([self._row(row) for row in rows])
        waiting = len(rows) + more - (aside.cantidad if aside.shown else 0)
        self.show_note(thousands(waiting) if waiting else "")
        self.show_notes([say("recepcion.more", cantidad=thousands(more))] if more else ())
        code = "recepcion.aside_hide" if aside.shown else "recepcion.aside_show"
        self.aside.setText(say(code, cantidad=aside.cantidad))
        self._foot.setVisible(bool(aside.cantidad))

    def _row(self, row: ClashWords) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(EDGE, 8, EDGE, 8)
        column.setSpacing(6)
        column.addWidget(named(row.titulo))
        column.addWidget(labels.hint(row.que_hacer))
        sides = FlowRow(spacing=GAP)
        for side in row.lados:
            sides.add(self._side(side, choosable=row.choosable), 1)
        column.addLayout(sides)
        if row.case is not None:
            code = "recepcion.aside_put" if row.case.visto_en is None else "recepcion.aside_take"
            put = button(say(code), partial(self._on.set_aside, row))
            put.setAccessibleDescription(row.titulo)
            column.addWidget(put, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _side(self, side: SideWords, *, choosable: bool) -> QWidget:
        made = QFrame()
        set_role(made, "inset")
        column = QVBoxLayout(made)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(2)
        column.addWidget(labels.body(side.titulo, bold=True))
        for line in side.lineas:
            column.addWidget(labels.hint(line))
        actions = FlowRow(spacing=8)
        if choosable:
            choose = button(say("recepcion.choose"), partial(self._on.choose, side))
            choose.setAccessibleDescription(side.titulo)
            actions.add(choose)
        if side.codigo:
            words = say("recepcion.open", codigo=side.codigo)
            see = button(words, partial(self._on.see, side), role="link")
            see.setAccessibleDescription(side.titulo)
            actions.add(see)
        column.addLayout(actions)
        column.addStretch(1)
        made.setMinimumWidth(15 * made.fontMetrics().lineSpacing())
        return made


class GapsCard(ListCard):
    """What misses of each device, and a text that asks for it."""

    def __init__(self, on_request: Callable[[GapsWords], object]) -> None:
        super().__init__(say("recepcion.gaps"))
        self._on_request = on_request

    def show_gaps(self, rows: Sequence[GapsWords], notes: Sequence[str]) -> None:
        self.setVisible(bool(rows))
        self.show_rows([self._row(row) for row in rows])
        self.show_notes(notes)

    def _row(self, row: GapsWords) -> QWidget:
        ask = button(say("recepcion.gap_ask"), partial(self._on_request, row), icon="copiar")
        ask.setAccessibleDescription(row.titulo)
        return Row(None, two_lines(named(row.titulo), say("recepcion.gap_what")), ask)


class AnswersCard(ListCard):
    """Who waits for an answer."""

    def __init__(self, on_answer: Callable[[str | None], object]) -> None:
        super().__init__(say("recepcion.answers"))
        self._on_answer = on_answer
        self.all = button(say("recepcion.answer_all"), lambda: on_answer(None), icon="paquetes")
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(EDGE, 4, EDGE, 4)
        row.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._foot.hide()
        self.add(self._foot)

    def show_answers(self, rows: Sequence[LineWords]) -> None:
        self._foot.setVisible(bool(rows))
        self.show_note(thousands(len(rows)) if rows else "")
        if not rows:
            self.show_empty("bien", say("recepcion.answers_none"))
            return
        made = [self._button(row) for row in rows]
        self.show_rows([_answered(row, one) for row, one in zip(rows, made, strict=True)])
        # It was made before them, and stands below.
        QWidget.setTabOrder(made[-1], self.all)

    def _button(self, row: LineWords) -> QPushButton:
        answer = button(say("recepcion.answer"), partial(self._on_answer, row.device))
        answer.setAccessibleDescription(row.titulo)
        return answer


def _answered(row: LineWords, answer: QPushButton) -> QWidget:
    return Row(None, two_lines(named(row.titulo), row.detalle), answer)


class ReceivedCard(ListCard):
    """What arrived last."""

    def __init__(self) -> None:
        super().__init__(say("recepcion.received"))

    def show_received(self, rows: Sequence[LineWords], more: int) -> None:
        if not rows:
            self.show_empty("recepcion", say("recepcion.received_none"))
            self.show_notes(())
            return
        self.show_rows([Row(None, two_lines(named(row.titulo), row.detalle)) for row in rows])
        self.show_notes([say("recepcion.more", cantidad=thousands(more))] if more else ())


class FineCard(Card):
    """That nothing of this kind waits."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel("bien", "ok", LARGE), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(labels.second(say("recepcion.fine")), 1)
        self.column.addLayout(row)
