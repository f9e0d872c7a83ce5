from fichaat.application.passphrase import Strength
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.recover_presenter import RecoverPresenter
from fichaat.gui.gate.unlock_presenter import UnlockPresenter
from tests.support.signing import PromptTasks


class Panel:
    def __init__(self) -> None:
        self.error: str | None = None
        self.trouble: str | None = None
        self.code: str | None = None
        self.repeat: str | None = None
        self.busy: list[bool] = []
        self.focused = ""

    def set_busy(self, *, busy: bool) -> None:
        self.busy.append(busy)

    def errors(self) -> list[str]:
        return [text for text in (self.error, self.trouble) if text is not None]

    def show_error(self, sentence: str | None) -> None:
        self.error = sentence

    def show_trouble(self, sentence: str | None) -> None:
        self.trouble = sentence

    def show_code_error(self, sentence: str | None) -> None:
        self.code = sentence

    def show_strength(self, found: Strength | None) -> None: ...

    def show_passphrase_error(self, sentence: str | None) -> None:
        self.error = sentence

    def show_repeat_error(self, sentence: str | None) -> None:
        self.repeat = sentence

    def focus(self, field: str) -> None:
        self.focused = field


class Door:
    """Opens with one passphrase, or fails as told."""

    def __init__(self) -> None:
        self.code: str | None = None

    def open(self, passphrase: str) -> str:
        if self.code is not None:
            raise UserFacingError(self.code)
        if passphrase != "la buena":
            raise UserFacingError("storage.wrong_passphrase")
        return "abierto"

    def recover(self, code: str, new: str) -> None:
        if self.code is not None:
            raise UserFacingError(self.code)


def test_a_wrong_passphrase_is_told_under_it_and_may_be_tried_again() -> None:
    panel = Panel()
    opened: list[str] = []
    presenter = UnlockPresenter(panel, PromptTasks(), Door().open, opened.append)
    presenter.tried("")
    assert panel.error == "Escriba su frase de acceso."
    assert panel.busy == []
    presenter.tried("la mala")
    assert panel.error == (
        "La frase de acceso no coincide. Intente otra vez o use su código de recuperación."
    )
    assert panel.busy == [True, False]
    presenter.tried("la buena")
    assert opened == ["abierto"]
    assert not panel.errors()


def test_data_that_do_not_open_are_told_above_and_tried_again() -> None:
    panel, door = Panel(), Door()
    opened: list[str] = []
    presenter = UnlockPresenter(panel, PromptTasks(), door.open, opened.append)
    for code in ("storage.in_use", "storage.read_only", "storage.corrupt", "storage.newer_schema"):
        door.code = code
        presenter.tried("la buena")
        assert panel.trouble
        assert panel.error is None
    door.code = None
    presenter.tried("la buena")
    assert (panel.trouble, opened) == (None, ["abierto"])


def test_the_words_give_a_new_passphrase() -> None:
    panel, door = Panel(), Door()
    recovered: list[str] = []
    presenter = RecoverPresenter(panel, PromptTasks(), door.recover, recovered.append)
    presenter.asked("  ")
    assert (bool(panel.code), panel.focused) == (True, "code")
    presenter.asked("doce palabras")
    assert (panel.code, panel.focused) == (None, "first")
    presenter.new.typed("frase nueva y larga", "frase nueva y larga")
    door.code = "trust.recovery_code"
    presenter.asked("doce palabras")
    assert panel.code is not None
    assert "Revise las doce palabras" in panel.code
    door.code = "system.no_space"
    presenter.asked("doce palabras")
    assert panel.trouble is not None
    door.code = None
    presenter.asked("doce palabras")
    assert recovered == ["frase nueva y larga"]
