from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from fichaat.application.profiles import PRACTICE, NewProfile
from fichaat.application.session import Session
from fichaat.application.wanted import KnownFolder, WindowWanted
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.entrance import Entrance
from tests.support.gate import SESSION, WORDS, FakeProgram
from tests.support.signing import PromptTasks

MINE = KnownFolder(Path("/datos"), "cuenta", "2026-11-20")
PRACTICA = KnownFolder(Path("/practica"), "practica")


class Screen:
    """Remembers what was shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[Any, ...]] = []

    def last(self) -> tuple[Any, ...]:
        return self.shown[-1]

    def show_wait(self) -> None:
        self.shown.append(("wait",))

    def show_chooser(self, folders: Sequence[KnownFolder]) -> None:
        self.shown.append(("chooser", tuple(folders)))

    def show_unlock(self, folder: KnownFolder, *, others: bool) -> None:
        self.shown.append(("unlock", folder, others))

    def show_unlock_error(self, error: UserFacingError) -> None:
        self.shown.append(("error", error.code))

    def show_recover(self, folder: KnownFolder) -> None:
        self.shown.append(("recover", folder))

    def show_first_start(self, folder: Path, *, practice: bool) -> None:
        self.shown.append(("first", folder, practice))

    def show_words(self, made: tuple[NewProfile, str, tuple[str, ...]]) -> None:
        self.shown.append(("words", made))

    def show_trouble(self, sentence: str) -> None:
        self.shown.append(("trouble", sentence))

    def entered(self, session: Session, *, fresh_practice: bool) -> None:
        self.shown.append(("entered", session, fresh_practice))


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def program() -> FakeProgram:
    return FakeProgram()


def entrance(screen: Screen, program: FakeProgram) -> Entrance:
    return Entrance(screen, program.as_program, WindowWanted(), PromptTasks())


def test_without_a_profile_the_first_start_comes(screen: Screen, program: FakeProgram) -> None:
    entrance(screen, program).begin()
    assert screen.shown == [("first", Path("/datos"), False)]


def test_half_a_profile_is_told_before_anything_is_typed(
    screen: Screen, program: FakeProgram
) -> None:
    program.demanded = UserFacingError("storage.files_missing")
    entrance(screen, program).begin()
    assert screen.last()[0] == "trouble"
    assert "falta una parte del perfil" in screen.last()[1]


def test_one_profile_asks_for_its_passphrase(screen: Screen, program: FakeProgram) -> None:
    program.known = (MINE,)
    entrance(screen, program).begin()
    assert screen.shown == [("unlock", MINE, False)]


def test_of_several_profiles_one_is_chosen(screen: Screen, program: FakeProgram) -> None:
    program.known = (MINE, PRACTICA)
    begun = entrance(screen, program)
    begun.begin()
    assert screen.last() == ("chooser", (MINE, PRACTICA))
    begun.chose(PRACTICA.path)
    assert screen.last() == ("unlock", PRACTICA, True)
    assert begun.folder == PRACTICA.path
    begun.choose_again()
    assert screen.last()[0] == "chooser"
    begun.chose(Path("/nueva"))
    assert screen.last() == ("first", Path("/nueva"), False)


def test_a_passphrase_in_a_file_opens_without_asking(screen: Screen, program: FakeProgram) -> None:
    program.known, program.in_file = (MINE, PRACTICA), program.right
    begun = entrance(screen, program)
    begun.begin()
    assert screen.shown == [("wait",), ("entered", SESSION, False)]
    assert program.remembered == [MINE.path]


def test_a_wrong_passphrase_in_a_file_is_asked_for(screen: Screen, program: FakeProgram) -> None:
    program.known, program.in_file = (MINE,), "otra frase"
    entrance(screen, program).begin()
    assert screen.shown == [
        ("wait",),
        ("unlock", MINE, False),
        ("error", "storage.wrong_passphrase"),
    ]


def test_a_passphrase_file_that_cannot_be_read_is_told(
    screen: Screen, program: FakeProgram
) -> None:
    program.known = (MINE,)
    program.file_error = UserFacingError("system.passphrase_missing", archivo="clave")
    entrance(screen, program).begin()
    assert screen.shown[1:] == [("error", "system.passphrase_missing")]


def test_the_words_come_before_the_work(screen: Screen, program: FakeProgram) -> None:
    begun = entrance(screen, program)
    begun.begin()
    begun.made(PRACTICE, "frase", WORDS)
    assert screen.last() == ("words", (PRACTICE, "frase", WORDS))
    begun.opened(SESSION)
    assert screen.last() == ("entered", SESSION, True)


def test_practice_is_made_once_and_then_opened(screen: Screen, program: FakeProgram) -> None:
    begun = entrance(screen, program)
    begun.begin()
    begun.practise()
    assert screen.last() == ("first", PRACTICA.path, True)
    begun.leave_practice()
    assert screen.last() == ("first", Path("/datos"), False)
    program.known = (PRACTICA,)
    begun.practise()
    assert screen.last() == ("unlock", PRACTICA, True)


def test_who_forgot_goes_to_the_words_and_back(screen: Screen, program: FakeProgram) -> None:
    program.known = (MINE,)
    begun = entrance(screen, program)
    begun.forgotten(MINE)
    assert screen.last() == ("recover", MINE)
    begun.remembered(MINE)
    assert screen.last() == ("unlock", MINE, False)
