"""The card of the upload package: what it asks for and what it says; no Qt."""

from pathlib import Path

from msgspec.structs import replace

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.rows import Profile
from fichaat.application.repository.build import Delivered
from fichaat.application.repository.choose import Wanted
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.gui.pages.paquetes.repository import (
    RepositoryPresenter,
    RepositorySources,
    uploads,
)
from tests.support.queued_tasks import QueuedTasks, Steps

DOCUMENTS, FOLDER = Path("/casa/Documentos"), Path("/casa/fed")
DONE = Delivered(FOLDER, 1_204, 12, 3, ("05-2026-K7Q2MX-0001",), 2_500, 17, 48_000_000, 2, (), 0)


class Screen:
    """Remembers what is shown."""

    def __init__(self) -> None:
        self.busy = False
        self.told: tuple[str, str, Path | None] = ("", "", None)
        self.refusal = ""
        self.asked: list[Path] = []
        self.opened: list[Path] = []

    def show_busy(self, *, busy: bool) -> None:
        self.busy = busy

    def show_told(self, sentence: str, details: str, folder: Path | None) -> None:
        self.told = (sentence, details, folder)

    def show_refusal(self, sentence: str) -> None:
        self.refusal = sentence

    def ask_folder(self, start: Path) -> None:
        self.asked.append(start)

    def open_folder(self, folder: Path) -> None:
        self.opened.append(folder)


class Scene:
    def __init__(self) -> None:
        self.screen, self.tasks, self.go = Screen(), QueuedTasks(), Steps()
        self.here = True
        self.found, self.refusal = DONE, ""
        self.built: list[tuple[Path, Wanted, int | None]] = []
        sources = RepositorySources(lambda: self.build, lambda: DOCUMENTS)
        self.presenter = RepositoryPresenter(
            self.screen, self.tasks, self.go, sources, there=lambda: self.here
        )

    def build(
        self,
        folder: Path,
        wanted: Wanted,
        *,
        volume_mb: int | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> Delivered:
        del progress, cancel
        self.built.append((folder, wanted, volume_mb))
        if self.refusal:
            raise UserFacingError(self.refusal)
        return self.found


def test_what_is_chosen_is_built_where_it_was_chosen() -> None:
    scene = Scene()
    scene.presenter.choose_folder()
    assert scene.screen.asked == [DOCUMENTS]
    scene.presenter.take_all(everything=True)
    scene.presenter.split("25")
    scene.presenter.build(FOLDER)
    scene.presenter.build(DOCUMENTS)  # while the first runs nothing else begins
    scene.presenter.choose_folder()
    shown = [scene.screen.busy]
    scene.tasks.run()
    assert scene.built == [(FOLDER, Wanted(todas=True), 25)]
    assert [*shown, scene.screen.busy] == [True, False]
    sentence, details, folder = scene.screen.told
    assert sentence == "Repositorio al día: 1\u2009204 fichas, 48,0 MB."
    assert details == "Nuevas: 12 · cambiadas: 3 · retiradas: 1."
    assert folder == FOLDER
    scene.presenter.open_folder(FOLDER)
    assert scene.screen.opened == [FOLDER]
    scene.presenter.choose_folder()
    assert scene.screen.asked == [DOCUMENTS, FOLDER]


def test_what_did_not_change_and_what_is_missing_is_said() -> None:
    scene = Scene()
    scene.found = replace(
        DONE, escritos=0, retiradas=(), sin_escaneo=("a", "b"), ajenos=1, grandes=("a",)
    )
    scene.presenter.build(FOLDER)
    scene.tasks.run()
    assert scene.built == [(FOLDER, Wanted(), None)]
    assert scene.screen.told[1].splitlines() == [
        "Nada cambió desde la última vez; cada archivo se comprobó.",
        "1 ficha o paquete ocupa más que una parte: tiene una propia, más grande.",
        "Falta el escaneo de la firma en papel de 2 fichas.",
        "Hay 1 archivo que no es del repositorio: no los suba.",
    ]


def test_a_refusal_is_shown_and_the_next_run_takes_it_away() -> None:
    scene = Scene()
    scene.refusal = "repositorio.none_approved"
    scene.presenter.build(FOLDER)
    scene.tasks.run()
    assert "Apruébelas en Revisión" in scene.screen.refusal
    scene.refusal = ""
    scene.presenter.build(FOLDER)
    assert scene.screen.refusal == ""


def test_who_left_the_page_is_told_in_the_window() -> None:
    scene = Scene()
    scene.presenter.build(FOLDER)
    scene.here = False
    scene.tasks.run()
    assert scene.go.told == ["Repositorio al día: 1\u2009204 fichas, 48,0 MB."]


def test_only_a_coordinator_of_real_work_uploads() -> None:
    profile = Profile(Rol.COORDINADOR, "05", None, "Rosa", "C", "GORE", practice=False)
    assert uploads(profile)
    assert not uploads(replace(profile, practice=True))
    assert not uploads(replace(profile, rol=Rol.ESPECIALISTA))
