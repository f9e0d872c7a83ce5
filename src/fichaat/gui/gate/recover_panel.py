"""The twelve words instead of a forgotten passphrase, and a new one."""

from collections.abc import Callable

from fichaat.gui.gate.panels import FormPanel, foot, words_box
from fichaat.gui.gate.passphrase_fields import PassphraseFields, ShowsNewPassphrase
from fichaat.gui.gate.recover_presenter import RecoverPresenter
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field


class RecoverPanel(ShowsNewPassphrase, FormPanel):
    """See `RecoverPresenter`."""

    def __init__(
        self,
        tasks: Tasks,
        recover: Callable[[str, str], object],
        recovered: Callable[[str], None],
        on_back: Callable[[], object],
        on_region: Callable[[], object],
    ) -> None:
        """`on_region` goes on without the words."""
        super().__init__(say("entrada.recover"), say("entrada.recover_what"))
        self._presenter = RecoverPresenter(self, tasks, recover, recovered)
        self._code = words_box()
        self._code_field = Field(say("entrada.code"), self._code)
        self.fields = PassphraseFields(self._presenter.new, self._on_asked)
        self._back = button(say("entrada.back"), on_back, icon="atras")
        self.region_button = button(say("entrada.region_link"), on_region, role="link")
        self.go_button = button(say("entrada.recover_button"), self._on_asked, role="primary")
        self.card.add(self._code_field)
        self.card.add(self.fields)
        self.card.add(foot(self._back, self.region_button, primary=self.go_button))

    def begin(self) -> None:
        self._code.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        for widget in (self._code, self.fields, self._back, self.region_button, self.go_button):
            widget.setEnabled(not busy)

    def show_code_error(self, sentence: str | None) -> None:
        self._code_field.show_error(sentence)

    def focus(self, field: str) -> None:
        if field == "code":
            self._code.setFocus()
        else:
            self.fields.focus(field)

    def _on_asked(self) -> None:
        self._presenter.asked(self._code.toPlainText())
