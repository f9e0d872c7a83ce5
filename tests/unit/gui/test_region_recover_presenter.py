"""The region's help at the gate: a request goes out, an answer and twelve words come back."""

from pathlib import Path

import pytest

from fichaat.application.passphrase import Strength
from fichaat.application.region_recovery import MAX_FILE, RecoveryRequest
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.region_recover_presenter import (
    RegionHelp,
    RegionRecoverPresenter,
)
from fichaat.gui.recovery_files import read_answer_file, read_request_file
from tests.support.signing import PromptTasks

NEW = "frase nueva y larga"
ANSWER, REQUEST = Path("/usb/respuesta.json"), Path("/usb/pedido.json")


class Panel:
    def __init__(self) -> None:
        self.request = ("", "")
        self.answer = self.focused = ""
        self.answer_error: str | None = None
        self.code_error: str | None = None
        self.trouble: str | None = None
        self.error: str | None = None
        self.busy: list[bool] = []

    def set_busy(self, *, busy: bool) -> None:
        self.busy.append(busy)

    def show_request(self, sentence: str, words: str) -> None:
        self.request = (sentence, words)

    def show_answer(self, name: str) -> None:
        self.answer = name

    def show_answer_error(self, sentence: str | None) -> None:
        self.answer_error = sentence

    def show_code_error(self, sentence: str | None) -> None:
        self.code_error = sentence

    def show_trouble(self, sentence: str | None) -> None:
        self.trouble = sentence

    def show_strength(self, found: Strength | None) -> None: ...

    def show_passphrase_error(self, sentence: str | None) -> None:
        self.error = sentence

    def show_repeat_error(self, sentence: str | None) -> None: ...

    def focus(self, field: str) -> None:
        self.focused = field


class Region:
    """Answers one request, or fails as told."""

    def __init__(self) -> None:
        self.code: str | None = None
        self.written: list[tuple[Path, bytes]] = []
        self.used: list[tuple[bytes, str, str]] = []

    def _fail(self) -> None:
        if self.code is not None:
            raise UserFacingError(self.code, archivo="pedido.json")

    def request(self) -> RecoveryRequest:
        self._fail()
        return RecoveryRequest(b"pedido", ("ala", "mar"))

    def write(self, path: Path, data: bytes) -> None:
        self.written.append((path, data))

    def read(self, path: Path) -> bytes:
        self._fail()
        return path.name.encode()

    def recover(self, answer: bytes, words: str, new: str) -> None:
        self._fail()
        self.used.append((answer, words, new))


@pytest.fixture
def panel() -> Panel:
    return Panel()


@pytest.fixture
def region() -> Region:
    return Region()


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def presenter(panel: Panel, region: Region, opened: list[str]) -> RegionRecoverPresenter:
    sources = RegionHelp(region.request, region.write, region.read, region.recover)
    return RegionRecoverPresenter(panel, PromptTasks(), sources, opened.append)


def test_the_request_is_written_and_its_words_shown(
    presenter: RegionRecoverPresenter, panel: Panel, region: Region
) -> None:
    presenter.save_request(REQUEST)
    assert region.written == [(REQUEST, b"pedido")]
    assert panel.request == (
        "El pedido quedó en «pedido.json». Envíelo y lea por teléfono estas ocho palabras:",
        "ala · mar",
    )


def test_data_without_a_slot_are_told(
    presenter: RegionRecoverPresenter, panel: Panel, region: Region
) -> None:
    region.code = "recuperacion.no_slot"
    presenter.save_request(REQUEST)
    assert panel.trouble is not None
    assert "Use las doce palabras de su hoja" in panel.trouble
    assert region.written == []


def test_what_is_missing_is_asked_for_in_its_order(
    presenter: RegionRecoverPresenter, panel: Panel, region: Region, opened: list[str]
) -> None:
    presenter.asked("doce")
    assert (panel.focused, bool(panel.answer_error)) == ("answer", True)
    presenter.choose_answer(ANSWER)
    assert (panel.answer, panel.answer_error) == ("respuesta.json", None)
    presenter.asked(" ")
    assert (panel.focused, bool(panel.code_error)) == ("code", True)
    presenter.asked("doce")
    assert (panel.focused, bool(panel.error)) == ("first", True)
    assert panel.busy == []
    presenter.new.typed(NEW, NEW)
    presenter.asked("doce")
    assert region.used == [(b"respuesta.json", "doce", NEW)]
    assert opened == [NEW]


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("recuperacion.wrong_words", "code"),
        ("trust.recovery_code", "code"),
        ("recuperacion.other_folder", "answer"),
        ("recuperacion.not_an_answer", "answer"),
        ("system.no_space", ""),
    ],
)
def test_a_refusal_stands_where_it_is_mended(
    presenter: RegionRecoverPresenter,
    panel: Panel,
    region: Region,
    code: str,
    field: str,
) -> None:
    presenter.choose_answer(ANSWER)
    presenter.new.typed(NEW, NEW)
    region.code = code
    presenter.asked("doce")
    told = {"code": panel.code_error, "answer": panel.answer_error, "": panel.trouble}
    assert [name for name, sentence in told.items() if sentence] == [field]
    assert (panel.focused, panel.busy) == (field, [True, False])


def test_an_answer_that_cannot_be_read_is_told(
    presenter: RegionRecoverPresenter, panel: Panel, region: Region
) -> None:
    region.code = "system.removed"
    presenter.choose_answer(ANSWER)
    assert panel.answer_error is not None
    assert panel.answer == ""


def test_only_a_small_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "respuesta.json"
    path.write_bytes(b"{}")
    assert read_answer_file(path) == b"{}"
    path.write_bytes(bytes(MAX_FILE + 1))
    for wrong in (path, tmp_path, tmp_path / "nada"):
        with pytest.raises(UserFacingError) as refusal:
            read_answer_file(wrong)
        assert refusal.value.code == "recuperacion.not_an_answer"
        with pytest.raises(UserFacingError) as refusal:
            read_request_file(wrong)
        assert refusal.value.code == "recuperacion.not_a_request"
