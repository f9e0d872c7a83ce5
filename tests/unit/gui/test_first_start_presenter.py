from collections.abc import Sequence
from pathlib import Path

import pytest

from fichaat.application.passphrase import Strength
from fichaat.application.profiles import PRACTICE, NewProfile
from fichaat.application.session import Session
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.gui.gate.first_start_presenter import PASSPHRASE, PLACE, WHO, FirstStartPresenter
from fichaat.gui.gate.words_presenter import WordsPresenter
from tests.support.gate import SESSION, WORDS, FakeProgram
from tests.support.signing import PromptTasks

FRASE = "cuatro palabras nada comunes"


class Form:
    """Remembers what the three screens show."""

    def __init__(self) -> None:
        self.step = 0
        self.errors: dict[str, str | None] = {}
        self.regions: Sequence[tuple[str, str]] = ()
        self.provincias: Sequence[tuple[str, str]] | None = None
        self.entidad = ""
        self.trouble: str | None = None
        self.focused = ""
        self.busy = False
        self.strength: Strength | None = None

    def troubled(self) -> bool:
        return self.trouble is not None

    def at(self) -> int:
        return self.step

    def show_step(self, step: int) -> None:
        self.step = step

    def show_regions(self, names: Sequence[tuple[str, str]]) -> None:
        self.regions = names

    def show_provincias(self, names: Sequence[tuple[str, str]] | None) -> None:
        self.provincias = names

    def propose_entidad(self, name: str) -> None:
        self.entidad = name

    def show_error(self, field: str, sentence: str | None) -> None:
        self.errors[field] = sentence

    def show_trouble(self, sentence: str | None) -> None:
        self.trouble = sentence

    def focus(self, field: str) -> None:
        self.focused = field

    def set_busy(self, *, busy: bool) -> None:
        self.busy = busy

    def show_strength(self, found: Strength | None) -> None:
        self.strength = found

    def show_passphrase_error(self, sentence: str | None) -> None:
        self.errors["first"] = sentence

    def show_repeat_error(self, sentence: str | None) -> None:
        self.errors["second"] = sentence


class Start:
    def __init__(self, *, practice: bool = False) -> None:
        self.form = Form()
        self.program = FakeProgram()
        self.made: list[tuple[NewProfile, str, tuple[str, ...]]] = []
        self.presenter = FirstStartPresenter(
            self.form,
            self.program.as_program,
            Path("/datos"),
            PromptTasks(),
            lambda profile, frase, words: self.made.append((profile, frase, words)),
            practice=practice,
        )
        self.presenter.begin()

    def fill(self, **values: str) -> None:
        for field, text in values.items():
            self.presenter.typed(field, text)

    def to_passphrase(self) -> None:
        self.fill(nombre="Marleni Ñahui", cargo="Especialista")
        self.presenter.go_on()
        self.fill(region="05")
        self.presenter.go_on()
        assert self.form.step == PASSPHRASE


@pytest.fixture
def start() -> Start:
    return Start()


def test_the_25_regions_are_offered_by_name(start: Start) -> None:
    assert len(start.form.regions) == 25
    assert ("05", "Ayacucho") in start.form.regions
    assert list(start.form.regions) == sorted(start.form.regions, key=lambda item: item[1])


def test_nothing_is_wrong_while_it_is_typed_and_empty_fields_wait(start: Start) -> None:
    start.presenter.left("nombre")
    assert not any(start.form.errors.values())
    start.presenter.go_on()
    assert start.form.at() == WHO
    assert start.form.errors["nombre"] == "Escriba sus nombres y apellidos."
    assert start.form.focused == "nombre"
    start.fill(nombre="M")
    assert not start.form.errors["nombre"]


def test_a_text_that_is_too_long_is_told_on_leaving(start: Start) -> None:
    start.fill(cargo="x" * 301)
    assert not start.form.errors.get("cargo")
    start.presenter.left("cargo")
    assert start.form.errors["cargo"] == "Use como máximo 300 letras."


def test_enter_goes_to_the_next_empty_field_then_on(start: Start) -> None:
    start.fill(nombre="Marleni Ñahui")
    start.presenter.entered("nombre")
    assert (start.form.focused, start.form.at()) == ("cargo", WHO)
    start.fill(cargo="Especialista")
    start.presenter.entered("cargo")
    assert start.form.at() == PLACE


def test_a_region_that_is_on_no_list_is_said_before_one_types_on(start: Start) -> None:
    start.fill(nombre="Marleni Ñahui", cargo="Especialista")
    start.presenter.go_on()
    start.presenter.entered("region")
    assert start.form.errors["region"] == "Elija una región de la lista."
    assert start.form.focused == "region"
    start.fill(region="05")
    start.presenter.entered("region")
    assert start.form.step == PASSPHRASE


def test_an_accent_typed_apart_is_the_same_passphrase(start: Start) -> None:
    start.to_passphrase()
    start.presenter.new.typed("n\N{COMBINING TILDE}andú puente", "ñandú puente")
    start.presenter.go_on()
    assert len(start.made) == 1


def test_the_entity_follows_region_and_role_until_it_is_written(start: Start) -> None:
    start.fill(region="05")
    assert start.form.entidad == "Gobierno Regional de Ayacucho"
    start.fill(rol="provincial")
    assert start.form.provincias
    assert ("0504", "Huanta") in start.form.provincias
    start.fill(provincia="0504")
    assert start.form.entidad == "Municipalidad Provincial de Huanta"
    start.fill(entidad="Mancomunidad")
    start.fill(rol="especialista")
    assert list(start.form.provincias or ()) == []
    assert start.presenter.value("entidad") == "Mancomunidad"


def test_a_provincial_role_needs_its_province_of_that_region(start: Start) -> None:
    start.fill(nombre="M", cargo="C")
    start.presenter.go_on()
    start.fill(rol="provincial", region="05", provincia="0504")
    start.fill(region="08")
    start.presenter.go_on()
    assert start.form.errors["provincia"] == "Elija una provincia de la lista."
    assert start.form.at() == PLACE


def test_going_back_keeps_what_was_typed(start: Start) -> None:
    start.to_passphrase()
    start.presenter.back()
    start.presenter.back()
    assert start.form.at() == WHO
    assert start.presenter.value("nombre") == "Marleni Ñahui"
    start.presenter.back()
    assert start.form.at() == WHO


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [("corta", "corta", "first"), (FRASE, "", "second"), (FRASE, "otra", "second")],
)
def test_a_passphrase_is_long_enough_and_typed_twice(
    start: Start, first: str, second: str, field: str
) -> None:
    start.to_passphrase()
    start.presenter.new.typed(first, second)
    start.presenter.go_on()
    assert start.form.focused == field
    assert start.form.errors[field]
    assert start.program.created == []


def test_the_profile_is_made_and_its_words_are_told(start: Start) -> None:
    start.to_passphrase()
    start.presenter.new.typed(FRASE, FRASE)
    assert start.form.strength is Strength.GOOD
    start.presenter.go_on()
    profile = NewProfile(
        Rol.ESPECIALISTA,
        "05",
        None,
        "Marleni Ñahui",
        "Especialista",
        "Gobierno Regional de Ayacucho",
    )
    assert start.program.created == [(Path("/datos"), profile, FRASE)]
    assert start.made == [(profile, FRASE, WORDS)]


def test_a_folder_that_refuses_leaves_everything_typed(start: Start) -> None:
    start.program.failing = UserFacingError("storage.read_only")
    start.to_passphrase()
    start.presenter.new.typed(FRASE, FRASE)
    start.presenter.go_on()
    assert start.form.trouble is not None
    assert start.form.trouble.startswith("NO se abrió")
    assert not start.form.busy
    start.program.failing = None
    start.presenter.go_on()
    assert not start.form.troubled()
    assert len(start.made) == 1


def test_practice_asks_only_for_a_passphrase() -> None:
    start = Start(practice=True)
    assert start.form.at() == PASSPHRASE
    start.presenter.new.typed(FRASE, FRASE)
    start.presenter.go_on()
    assert start.made == [(PRACTICE, FRASE, WORDS)]


class Words:
    def __init__(self) -> None:
        self.saved = ""
        self.trouble: str | None = None
        self.printed = b""
        self.can = False
        self.busy = False

    def trouble_shown(self) -> bool:
        return self.trouble is not None

    def show_saved(self, sentence: str, path: Path) -> None:
        self.saved = sentence

    def show_trouble(self, sentence: str | None) -> None:
        self.trouble = sentence

    def print_sheet(self, pdf: bytes) -> None:
        self.printed = pdf

    def set_can_begin(self, *, can: bool) -> None:
        self.can = can

    def set_busy(self, *, busy: bool) -> None:
        self.busy = busy


def test_the_words_stay_when_the_sheet_cannot_be_saved_and_work_waits_for_them() -> None:
    view, program = Words(), FakeProgram()
    entered: list[Session] = []
    presenter = WordsPresenter(
        view,
        program.as_program,
        PromptTasks(),
        Path("/datos"),
        (PRACTICE, program.right, WORDS),
        entered=entered.append,
    )
    program.failing = UserFacingError("system.no_space", archivo="hoja.pdf")
    presenter.save_sheet(Path("/usb/hoja.pdf"))
    assert view.trouble is not None
    assert "no queda espacio" in view.trouble
    assert view.saved == ""
    program.failing = None
    presenter.save_sheet(Path("/usb/hoja.pdf"))
    assert not view.trouble_shown()
    assert "hoja.pdf" in view.saved
    assert program.written[0][1].endswith(b"palabra12")
    presenter.print_sheet()
    assert view.printed == program.written[0][1]
    presenter.begin_work()
    assert entered == []
    presenter.set_kept(kept=True)
    assert view.can
    presenter.begin_work()
    assert entered == [SESSION]
