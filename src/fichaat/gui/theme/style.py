"""The style sheet: only what palette and Fusion cannot say.

A rule always names a class or a property: one without a selector leaks into every child. Roles
are the dynamic property "role", states the property "state"; `restyle` repaints after a change.
"""

from string import Template
from typing import Final

from PySide6.QtWidgets import QWidget

from fichaat.gui.theme.tokens import Tokens

_SHEET: Final = Template("""
QMainWindow, QWidget[role="page"], QScrollArea[role="page"] { background: $bg; }
QScrollArea { border: none; background: transparent; }
QWidget[role="scrolled"] { background: transparent; }

QFrame[role="sidebar"] { background: $side; border: none; border-right: 1px solid $border; }
QFrame[role="header"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[role="foot"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[role="index"] { background: $bg; border: none; border-right: 1px solid $border; }
QFrame[role="desk"] { background: $desk; border: none; border-left: 1px solid $border; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[role="box"] { background: $surface; border: 1px solid $strong; border-radius: 6px; }
QFrame[role="inset"] { background: $surface; border: 1px solid $border; border-radius: 6px; }
QFrame[role="tablehead"] { background: $surface2; border: none;
    border-bottom: 1px solid $strong; }
QFrame[role="inset"][state="chosen"] { background: $sel; border: 1px solid $primary; }
QFrame[role="inset"][state="error"] { background: $errort; border: 1px solid $error; }

QLabel { background: transparent; }
QLabel[role="title"] { color: $text; }
QLabel[role="label"] { color: $text2; }
QLabel[role="second"] { color: $text2; }
QLabel[role="hint"] { color: $text3; }
QLabel[role="hint"][state="error"] { color: $error; font-weight: bold; }
QLabel[role="hint"][state="warn"] { color: $warn; font-weight: bold; }
QLabel[role="number"] { color: $primary; }
QLabel[role="keycap"] { color: $text3; background: $surface2; border: 1px solid $border;
    border-radius: 4px; padding: 1px 7px; }
QLabel[role="badge"] { color: $onprimary; background: $primary; border-radius: 8px;
    padding: 0px 7px; }

QFrame[role="chip"] { border-radius: 12px; border: 1px solid $strong; min-height: 24px; }
QFrame[role="banner"] { border-radius: 8px; border: 1px solid $strong; }
""")

_TONES: Final = Template("""
QFrame[role="chip"][tone="$name"], QFrame[role="banner"][tone="$name"] {
    background: $tint; border-color: $ink; }
QLabel[tone="$name"] { color: $ink; }
""")

_CONTROLS: Final = Template("""
QPushButton, QToolButton[role="tool"] { color: $text; background: $surface; outline: none;
    border: 1px solid $strong; border-radius: 6px; padding: 0px 14px; min-height: 34px;
    font-weight: bold; }
QPushButton:hover, QToolButton[role="tool"]:hover { background: $surface2; }
QPushButton:pressed, QPushButton:checked { background: $ptint; border-color: $primary; }
QPushButton:focus, QToolButton:focus { border: 2px solid $primary; padding: 0px 13px;
    min-height: 32px; }
QPushButton:disabled { color: $text3; background: $surface2; border-color: $border; }

QPushButton[role="primary"] { color: $onprimary; background: $primary;
    border: 1px solid $primary; }
QPushButton[role="primary"]:hover { background: $primary_hover; border-color: $primary_hover; }
QPushButton[role="primary"]:pressed { background: $primary_pressed;
    border-color: $primary_pressed; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { color: $text3; background: $surface2;
    border-color: $border; }

QPushButton[role="danger"] { color: $error; border-color: $error; }
QPushButton[role="danger"]:hover { background: $errort; }

QPushButton[role="link"], QPushButton[role="ghost"], QToolButton[role="ghost"] {
    background: transparent; border: 1px solid transparent; padding: 0px 8px; }
QPushButton[role="link"] { color: $primary; }
QPushButton[role="link"]:hover, QPushButton[role="ghost"]:hover, QToolButton[role="ghost"]:hover {
    background: $surface2; }
QPushButton[role="link"]:focus, QPushButton[role="ghost"]:focus, QToolButton[role="ghost"]:focus {
    border: 2px solid $primary; padding: 0px 7px; }
QPushButton[role="link"]:disabled, QPushButton[role="ghost"]:disabled { color: $text3;
    background: transparent; border-color: transparent; }

QPushButton[role="big"] { color: $onprimary; background: $primary; border: 1px solid $primary;
    border-radius: 8px; min-height: 58px; padding: 0px 28px; }
QPushButton[role="big"]:hover { background: $primary_hover; }
QPushButton[role="big"]:pressed { background: $primary_pressed; }
QPushButton[role="big"]:focus { border: 2px solid $text; min-height: 56px; padding: 0px 27px; }
QPushButton[role="big"]:disabled { color: $text3; background: $surface2; border-color: $border; }
QPushButton[tall="action"] { min-height: 44px; padding: 0px 22px; }
QPushButton[tall="action"]:focus { min-height: 42px; padding: 0px 21px; }
QPushButton[tall="sign"] { min-height: 56px; padding: 0px 16px; }
QPushButton[tall="sign"]:focus { min-height: 54px; padding: 0px 15px; }

QPushButton[role="person"] { background: $surface; border: 1px solid $border;
    border-radius: 8px; padding: 0px; font-weight: normal; }
QPushButton[role="person"]:hover { background: $surface2; }
QPushButton[role="person"]:checked { background: $ptint; border: 2px solid $primary; }
QPushButton[role="person"]:focus { border: 2px solid $primary; padding: 0px; }
QPushButton[role="person"]:checked:focus { border: 2px solid $text; }

QPushButton[role="seg"] { border-radius: 0px; border: 1px solid $strong; font-weight: normal;
    padding: 0px 12px; }
QPushButton[role="seg"]:checked { color: $primary; background: $ptint; font-weight: bold;
    border: 2px solid $primary; }
QPushButton[role="seg"]:focus { border: 2px solid $primary; }
QPushButton[role="seg"]:checked:focus { border: 2px solid $text; }
QFrame[role="segmented"][state="error"] { border: 2px solid $error; border-radius: 3px; }

QPushButton[role="nav"] { color: $text; background: transparent; border: none;
    border-left: 3px solid transparent; border-radius: 0px; text-align: left;
    padding: 0px 10px 0px 12px; min-height: 38px; font-weight: normal; }
QPushButton[role="nav"]:hover { background: $surface2; }
QPushButton[role="nav"]:checked { background: $surface; border-left: 3px solid $primary;
    color: $primary; font-weight: bold; }
QPushButton[role="nav"]:focus { border: 2px solid $primary; padding: 0px 10px 0px 13px;
    min-height: 34px; }

QPushButton[role="row"] { background: transparent; border: none; border-radius: 6px;
    text-align: left; padding: 4px 8px; font-weight: normal; }
QPushButton[role="row"]:hover { background: $surface2; }
QPushButton[role="row"]:checked { background: $sel; font-weight: bold; }
QPushButton[role="row"]:focus { border: 2px solid $primary; padding: 2px 6px; }

QAbstractButton[role="rowbutton"] { background: transparent; border: 2px solid transparent;
    border-radius: 6px; }
QAbstractButton[role="rowbutton"]:hover { background: $surface2; }
QAbstractButton[role="rowbutton"][state="chosen"] { background: $sel; }
QAbstractButton[role="rowbutton"]:focus { border: 2px solid $primary; }

QPushButton[role="section"] { color: $text; background: transparent; border: none;
    border-radius: 6px; text-align: left; padding: 0px 9px; min-height: 34px;
    font-weight: normal; }
QPushButton[role="section"]:hover { background: $surface2; }
QPushButton[role="section"]:checked { background: $sel; font-weight: bold; }
QPushButton[role="section"]:focus { border: 2px solid $primary; padding: 0px 7px;
    min-height: 30px; }
QAbstractButton[role="problem"] { background: $surface; border: 1px solid $border;
    border-radius: 6px; }
QAbstractButton[role="problem"]:hover { background: $surface2; }
QAbstractButton[role="problem"][state="error"] { background: $errort; border-color: $error; }
QAbstractButton[role="problem"][state="warn"] { background: $warnt; border-color: $warn; }
QAbstractButton[role="problem"]:focus { border: 2px solid $primary; }

QLineEdit, QPlainTextEdit, QTextEdit { color: $text; background: $surface;
    border: 1px solid $strong; border-radius: 6px; padding: 0px 11px;
    placeholder-text-color: $text3; selection-background-color: $primary;
    selection-color: $onprimary; }
QLineEdit { min-height: 34px; }
QPlainTextEdit, QTextEdit { padding: 5px 7px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $primary;
    padding: 0px 10px; }
QLineEdit:focus { min-height: 32px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px 6px; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] { border: 2px solid $error;
    padding: 0px 10px; }
QLineEdit[state="error"] { min-height: 32px; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $text3; background: $surface2;
    border-color: $border; }
QPlainTextEdit[role="cell"] { border: none; border-radius: 0px; padding: 0px; }

QHeaderView::section { color: $text2; background: $surface2; border: none;
    border-right: 1px solid $border; border-bottom: 1px solid $strong; padding: 6px 8px;
    font-weight: bold; }
QTableView, QListView { background: $surface; border: 1px solid $border; border-radius: 6px;
    gridline-color: $border; selection-background-color: $sel; selection-color: $text;
    outline: none; }
QTableView:focus, QListView:focus { border: 2px solid $primary; }
QTableView[role="cells"] { border: 1px solid $border; }
QListView[role="queue"], QListView[role="queue"]:focus { background: $bg; border: none; }
QListView[role="offer"] { border: 1px solid $strong; }
QListView[role="offer"]::item { color: $text; padding: 7px 8px; }
QListView[role="offer"]::item:hover { background: $surface2; }
QListView[role="offer"]::item:selected { background: $sel; }
QTableCornerButton::section { background: $surface2; border: none; }
QProgressBar { background: $surface2; border: 1px solid $border; border-radius: 4px;
    min-height: 8px; max-height: 8px; text-align: center; }
QProgressBar::chunk { background: $primary; border-radius: 3px; }
QToolTip { color: $text; background: $surface; border: 1px solid $strong; padding: 4px; }
QFrame[role="sheet"] { background: #FFFFFF; border: 1px solid $border; }
""")


def make_sheet(tokens: Tokens) -> str:
    """The style sheet of one theme."""
    values = tokens._asdict()
    tones = (
        _TONES.substitute(
            name=name,
            ink=getattr(tokens, name),
            tint=tokens.ptint if name == "primary" else getattr(tokens, f"{name}t"),
        )
        for name in ("primary", "ok", "warn", "error", "info", "violet", "neutral")
    )
    return _SHEET.substitute(values) + "".join(tones) + _CONTROLS.substitute(values)


def set_role(widget: QWidget, role: str) -> None:
    """Say once, before it is shown, what a widget is."""
    widget.setProperty("role", role)


def restyle(widget: QWidget, **properties: object) -> None:
    """Change properties that the style sheet looks at, and draw the widget by them."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    if not changed:
        return
    for name in changed:
        widget.setProperty(name, properties[name])
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
