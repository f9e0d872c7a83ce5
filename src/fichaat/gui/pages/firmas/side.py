"""What stands beside the pad: who signs, what is signed, and what becomes of the data."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.pages.firmas.screen import Screen
from fichaat.gui.text import say
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.tokens import CARD_PAD, GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.icons import MEDIUM, SMALL, IconLabel
from fichaat.gui.widgets.surfaces import Card, PageScroll


class SideColumn(PageScroll):
    """Three cards; in a short window the summary of what is signed gives its room away."""

    def __init__(self, on_read: Callable[[], object]) -> None:
        inside = QWidget()
        super().__init__(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._who = _WhoCard()
        self._what = _WhatCard(on_read)
        self._notice = NoticeCard()
        self._column = column
        for card in (self._who, self._what, self._notice):
            column.addWidget(card)
        column.addStretch(1)

    def show_screen(self, screen: Screen) -> None:
        self._who.show_person(screen.person)
        self._what.show_facts(screen.facts)
        self._notice.say(screen.notice)

    def set_short(self, *, short: bool) -> None:
        """The notice must be seen before anyone signs: it comes before the summary."""
        self._who.set_short(short=short)
        self._what.set_short(short=short)
        self._column.removeWidget(self._notice)
        self._column.insertWidget(1 if short else 2, self._notice)
        self._notice.set_short(short=short)


class NoticeCard(QFrame):
    """The privacy notice: two sentences that every signer sees."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "banner")
        restyle(self, tone="info")
        row = QHBoxLayout(self)
        row.setSpacing(10)
        self._icon = IconLabel("confianza", "info", MEDIUM)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = labels.body(say("firmas.notice"), bold=True)
        self._text = labels.body()
        self._small = labels.hint()
        set_role(self._small, "body")
        for label in (self._title, self._text, self._small):
            words.addWidget(label)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.set_short(short=False)

    def say(self, text: str) -> None:
        self._text.setText(text)
        self._small.setText(text)
        self.setAccessibleName(text)

    def set_short(self, *, short: bool) -> None:
        """Without its title and in smaller letters."""
        self._title.setVisible(not short)
        self._text.setVisible(not short)
        self._small.setVisible(short)
        self._set_margins(14, 6 if short else 10)

    def set_plain(self) -> None:
        """Nothing but its words: every row is dear."""
        self.set_short(short=True)
        restyle(self, role="plain")
        self._set_margins(2, 0)

    def _set_margins(self, across: int, above: int) -> None:
        inside = self.layout()
        if inside is not None:
            inside.setContentsMargins(across, above, across, above)


class _WhoCard(Card):
    def __init__(self) -> None:
        super().__init__()
        self.column.setSpacing(3)
        self._caption = labels.hint(say("firmas.who"))
        self._name = labels.card_title()
        self._cargo = labels.body()
        self._entidad = labels.second()
        self._role = labels.hint()
        for label in (self._caption, self._name, self._cargo, self._entidad, self._role):
            self.add(label)

    def show_person(self, person: tuple[str, str, str, str]) -> None:
        for label, text in zip(
            (self._name, self._cargo, self._entidad, self._role), person, strict=True
        ):
            label.setText(text)
            label.setVisible(bool(text))

    def set_short(self, *, short: bool) -> None:
        self._caption.setVisible(not short)


class _WhatCard(Card):
    def __init__(self, on_read: Callable[[], object]) -> None:
        super().__init__()
        self.column.setSpacing(7)
        self._caption = labels.hint(say("firmas.what"))
        self.add(self._caption)
        self._rows = QWidget()
        self._lines = QVBoxLayout(self._rows)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(7)
        self.add(self._rows)
        self.read = button(say("firmas.read_all"), on_read, icon="hoja", size="sign")
        self.add(self.read)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.deleteLater()
        for icon, words in facts:
            made = QWidget()
            row_of = QHBoxLayout(made)
            row_of.setContentsMargins(0, 0, 0, 0)
            row_of.setSpacing(10)
            row_of.addWidget(IconLabel(icon, "text2", SMALL), 0, Qt.AlignmentFlag.AlignTop)
            row_of.addWidget(labels.body(words), 1)
            self._lines.addWidget(made)

    def set_short(self, *, short: bool) -> None:
        self._caption.setVisible(not short)
        self._rows.setVisible(not short)
        # A frame around nothing but a button says nothing.
        restyle(self, role="plain" if short else "card")
        across = 0 if short else CARD_PAD
        self.column.setContentsMargins(across, 0 if short else GAP, across, across)
