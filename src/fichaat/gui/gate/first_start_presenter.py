"""Decisions of the first start: three short screens, then the words of the recovery code."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.new_passphrase import NewPassphrase, NewPassphraseView
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

if TYPE_CHECKING:
    from fichaat.application.profiles import NewProfile
    from fichaat.application.program import Program

WHO: Final = 1
PLACE: Final = 2
PASSPHRASE: Final = 3
ESPECIALISTA: Final = "especialista"
PROVINCIAL: Final = "provincial"
COORDINADOR: Final = "coordinador"

_MAX_LINE: Final = 300
_TEXTS: Final = ("nombre", "cargo", "entidad")
_PICKED: Final = ("region", "provincia")
_FIELDS: Final = {
    WHO: ("nombre", "cargo"),
    PLACE: ("region", "provincia", "entidad"),
    PASSPHRASE: ("first", "second"),
}


class FirstStartView(NewPassphraseView, Protocol):
    def show_step(self, step: int) -> None:
        """WHO, PLACE or PASSPHRASE."""
        ...

    def show_regions(self, names: Sequence[tuple[str, str]]) -> None:
        """(code, name) to choose from."""
        ...

    def show_provincias(self, names: Sequence[tuple[str, str]] | None) -> None:
        """(code, name) to choose from; None where the role has none."""
        ...

    def propose_entidad(self, name: str) -> None: ...
    def show_error(self, field: str, sentence: str | None) -> None: ...
    def show_trouble(self, sentence: str | None) -> None: ...
    def focus(self, field: str) -> None: ...
    def set_busy(self, *, busy: bool) -> None: ...


Made = Callable[["NewProfile", str, tuple[str, ...]], None]
"""Told the profile, its passphrase and the words, once the profile exists."""


class FirstStartPresenter:
    """Holds what was typed, so that going back loses nothing."""

    def __init__(
        self,
        view: FirstStartView,
        program: "Program",
        folder: Path,
        tasks: Tasks,
        made: Made,
        *,
        practice: bool = False,
    ) -> None:
        self._view = view
        self._program = program
        self._folder = folder
        self._tasks = tasks
        self._made = made
        self._practice = practice
        self._values = {"rol": ESPECIALISTA}
        self._proposed = ""
        self.new = NewPassphrase(view)
        self.step = PASSPHRASE if practice else WHO

    def begin(self) -> None:
        """Show the first screen; what the second needs is looked up meanwhile."""
        self._view.show_step(self.step)
        if not self._practice:
            self._tasks.read(self._regions, self._view.show_regions)

    # what is typed

    def value(self, field: str) -> str:
        """What stands in a field."""
        return self._values.get(field, "")

    def typed(self, field: str, text: str) -> None:
        """A field changed; codes of regions and provinces, not their names."""
        self._values[field] = text
        if self._problem(field) is None:
            self._view.show_error(field, None)
        if field == "region":
            self._values.pop("provincia", None)
        if field in ("region", "rol"):
            self._show_provincias()
        if field in ("region", "rol", "provincia"):
            self._propose()

    def left(self, field: str) -> None:
        """A field is left: an error is shown now, not while typing. An empty field says nothing
        until the person wants to go on.
        """
        if self.value(field):
            self._view.show_error(field, self._problem(field))

    def left_pick(self, field: str, text: str) -> None:
        """A field with a list is left, with a text that may be on no list."""
        if text.strip():
            self._view.show_error(field, self._problem(field))

    def entered(self, field: str) -> None:
        """Enter in a field: on to the next empty one, or to the next screen. What is on no list
        is said at once, before the person types on elsewhere.
        """
        if field in _PICKED and self._problem(field) is not None:
            self._view.show_error(field, self._problem(field))
            self._view.focus(field)
            return
        rest = self._asked()[self._asked().index(field) + 1 :] if field in self._asked() else ()
        for other in rest:
            empty = not self.new.second if other == "second" else not self.value(other)
            if empty:
                self._view.focus(other)
                return
        self.go_on()

    # screens

    def go_on(self) -> None:
        """To the next screen, or make the profile."""
        self._view.show_trouble(None)
        if self.step == PASSPHRASE:
            self._create()
            return
        wrong = [field for field in self._asked() if self._problem(field) is not None]
        for field in self._asked():
            self._view.show_error(field, self._problem(field))
        if wrong:
            self._view.focus(wrong[0])
            return
        self.step += 1
        self._view.show_step(self.step)

    def back(self) -> None:
        """To the screen before; everything typed stays."""
        if self.step > WHO and not self._practice:
            self.step -= 1
            self._view.show_trouble(None)
            self._view.show_step(self.step)

    # inside

    def _asked(self) -> tuple[str, ...]:
        fields = _FIELDS[self.step]
        if self.value("rol") != PROVINCIAL:
            return tuple(field for field in fields if field != "provincia")
        return fields

    def _problem(self, field: str) -> str | None:
        text = self.value(field).strip()
        if not text:
            return say(f"entrada.missing_{field}")
        if field in _TEXTS and len(text) > _MAX_LINE:
            return say("entrada.too_long", maximo=_MAX_LINE)
        return None

    def _regions(self) -> list[tuple[str, str]]:
        territorio = self._program.territorio
        named = ((code, territorio.departamento(code) or code) for code in territorio.regiones)
        return sorted(named, key=lambda item: item[1])

    def _show_provincias(self) -> None:
        if self.value("rol") != PROVINCIAL:
            self._view.show_provincias(None)
            return
        region = self.value("region")
        found = self._program.territorio.provincias(region) if region else {}
        self._view.show_provincias(sorted(found.items(), key=lambda item: item[1]))

    def _propose(self) -> None:
        """The name of the government, unless the person wrote another."""
        territorio = self._program.territorio
        if self.value("rol") == PROVINCIAL:
            provincia = self.value("provincia")
            name = territorio.municipalidad(f"{provincia}01") if provincia else None
        else:
            name = territorio.gobierno_regional(self.value("region"))
        if self.value("entidad") in ("", self._proposed):
            self._proposed = name or ""
            self._values["entidad"] = self._proposed
            self._view.propose_entidad(self._proposed)

    def _create(self) -> None:
        wrong = self.new.check()
        if wrong is not None:
            self._view.focus(wrong)
            return
        self._view.set_busy(busy=True)
        passphrase = self.new.first

        def work() -> tuple[tuple["NewProfile", tuple[str, ...]], Changes]:
            profile = self._profile()
            return (profile, self._program.create(self._folder, profile, passphrase)), Changes()

        self._tasks.write(work, lambda done: self._made(done[0], passphrase, done[1]), self._failed)

    def _profile(self) -> "NewProfile":
        from fichaat.application.profiles import PRACTICE, NewProfile
        from fichaat.domain.rol import Rol

        if self._practice:
            return PRACTICE
        provincial = self.value("rol") == PROVINCIAL
        return NewProfile(
            rol=Rol(self.value("rol")),
            region=self.value("region"),
            provincia=self.value("provincia") if provincial else None,
            nombre=self.value("nombre"),
            cargo=self.value("cargo"),
            entidad=self.value("entidad"),
        )

    def _failed(self, error: UserFacingError) -> None:
        self._view.set_busy(busy=False)
        self._view.show_trouble(message(error.code, error.params))
