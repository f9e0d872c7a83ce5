"""What stands behind a line or a figure: the fichas of a municipality, those that do not count,
and the question for days of one's own.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fichaat.gui.pages.municipalidades.periods import Days
from fichaat.gui.pages.municipalidades.view import GlFicha, GlWords, Reason
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.rows import RowButton, between, two_lines
from fichaat.gui.widgets.surfaces import CHIPS, Banner, Chip
from fichaat.gui.widgets.typed_fields import DateField
from fichaat.texts.cobertura_names import ESTADOS_ACCION

_FOOT: Final = 76
"""The button below what is read."""
_LEAST: Final = 260


class ReadingDialog(FormDialog):
    """Only to be read, and left by Esc or *Cerrar*; what is pressed in it leads elsewhere."""

    def __init__(self, parent: QWidget, title: str, sentence: str) -> None:
        super().__init__(parent, title, sentence, say("ventana.close"), self.reject)
        self.no.hide()

    def finish(self) -> None:
        """No taller than what there is to read."""
        super().finish()
        self.ensurePolished()
        inside = self.column.parentWidget()
        wanted = 0 if inside is None else inside.sizeHint().height() + _FOOT
        self.resize(self.width(), min(self.height(), max(_LEAST, wanted)))

    def leave_to(self, go: Callable[[], object]) -> None:
        """Somewhere else."""
        self.accept()
        go()


class Ways(Protocol):
    """Where the fichas of a municipality lead."""

    def open_ficha(self, codigo: str) -> None: ...
    def start_visit(self) -> None: ...
    def review(self, codigo: str) -> None: ...
    def open_agreements(self, ubigeo: str) -> None: ...


class GlDialog(ReadingDialog):
    """The fichas of one municipality that count in the period."""

    def __init__(
        self,
        parent: QWidget,
        words: GlWords,
        ways: Ways,
    ) -> None:
        super().__init__(parent, words.lugar, words.sentence)
        if words.warning:
            warning = Banner("warn")
            warning.say(words.warning)
            self.add(warning)
        self.add(labels.hint(words.signed))
        self.rows: list[RowButton] = []
        held = QVBoxLayout()
        held.setSpacing(0)
        for number, ficha in enumerate(words.fichas):
            if number:
                held.addWidget(between())
            self.rows.append(self._row(ficha, ways))
            held.addWidget(self.rows[-1])
        self.column.addLayout(held)
        if not words.fichas:
            self.add(labels.second(say("municipalidades.gl_none")))
        row = FlowRow(spacing=4, centred=True)
        if words.visit:
            visit = partial(self.leave_to, ways.start_visit)
            row.add(button(say("municipalidades.visit"), visit, icon="mas"))
        if words.waiting:
            review = partial(self.leave_to, partial(ways.review, words.waiting))
            row.add(button(say("municipalidades.gl_review"), review, role="link"))
        agreements = partial(self.leave_to, partial(ways.open_agreements, words.ubigeo))
        row.add(button(say("municipalidades.gl_agreements"), agreements, role="link"))
        self.column.addLayout(row)
        self.finish()
        (self.rows[0] if self.rows else self.yes).setFocus()

    def _row(self, ficha: GlFicha, ways: Ways) -> RowButton:
        tone, icon = CHIPS[ficha.estado]
        state = ESTADOS_ACCION[ficha.estado]
        return RowButton(
            f"{ficha.words}, {ficha.detail}, {state}",
            partial(self.leave_to, partial(ways.open_ficha, ficha.codigo)),
            two_lines(labels.body(ficha.words, bold=True), ficha.detail),
            Chip(state, tone, icon),
        )


class ExcludedDialog(ReadingDialog):
    """What is left out, by why; each ficha opens."""

    def __init__(
        self,
        parent: QWidget,
        what: str,
        reasons: Sequence[Reason],
        on_ficha: Callable[[str], object],
    ) -> None:
        super().__init__(parent, say("municipalidades.excluded_title"), what)
        self.links: list[RowButton] = []
        for reason in reasons:
            self.add(self._group(reason, on_ficha))
        self.finish()
        self.yes.setFocus()

    def _group(self, reason: Reason, on_ficha: Callable[[str], object]) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(labels.body(reason.title, bold=True))
        for codigo, place in reason.fichas:
            words = f"{codigo} · {place}" if place else codigo
            open_it = partial(self.leave_to, partial(on_ficha, codigo))
            link = RowButton(f"{words}: {reason.words}", open_it, labels.body(words))
            self.links.append(link)
            column.addWidget(link)
        more = reason.total - len(reason.fichas)
        if more:
            column.addWidget(labels.hint(say("municipalidades.excluded_more", cantidad=more)))
        return made


class DaysDialog(FormDialog):
    """From which day until which."""

    def __init__(
        self, parent: QWidget, days: Days, today: date, on_days: Callable[[date, date], object]
    ) -> None:
        super().__init__(
            parent,
            say("municipalidades.dates_title"),
            say("municipalidades.dates_what"),
            say("municipalidades.dates_yes"),
            self._on_yes,
        )
        self._on_days = on_days
        self.first = DateField(say("municipalidades.dates_from"), today)
        self.last = DateField(say("municipalidades.dates_until"), today)
        self._first = Field(say("municipalidades.dates_from"), self.first)
        self._last = Field(say("municipalidades.dates_until"), self.last)
        for box, day in ((self.first, days.desde), (self.last, days.hasta)):
            if day is not None:
                box.show_text(day.strftime("%d/%m/%Y"))
        self.add(self._first)
        self.add(self._last)
        self.finish()
        self.first.setFocus()
        self.resize(self.width(), min(self.height(), 380))

    def _on_yes(self) -> None:
        for field, box in ((self._first, self.first), (self._last, self.last)):
            missing = box.value is None
            field.show_error(say("municipalidades.dates_missing") if missing else None)
            if missing:
                box.setFocus()
                return
        assert self.first.value is not None
        assert self.last.value is not None
        desde, hasta = date.fromisoformat(self.first.value), date.fromisoformat(self.last.value)
        if hasta < desde:
            self._last.show_error(say("municipalidades.dates_inverted"))
            self.last.setFocus()
            return
        self.accept()
        self._on_days(desde, hasta)
