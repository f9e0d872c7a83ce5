"""Questions over a page, as `ficha_deeds.Asker` has them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from fichaat.gui.widgets.dialogs import ask, ask_reason


class PageAsker:
    def __init__(self, page: QWidget) -> None:
        self._page = page

    def ask(self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]) -> None:
        """What can be taken back."""
        ask(self._page, title, sentence, verb, on_yes)

    def ask_reason(
        self,
        title: str,
        sentence: str,
        verb: str,
        on_reason: Callable[[str], object],
        *,
        danger: bool = False,
    ) -> None:
        """What needs a reason."""
        ask_reason(self._page, title, sentence, verb, on_reason, danger=danger)
