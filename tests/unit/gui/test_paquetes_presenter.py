"""What *Paquetes* offers to take, where to, and what it says of the result; no Qt."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.addressees import Addressees
from fichaat.application.changes import Changes, Kind
from fichaat.application.delivery import Amount, Delivery
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.bundles import BundleFile
from fichaat.application.ports.rows import PastExport, Undelivered
from fichaat.domain.errors import UserFacingError
from fichaat.gui import routes
from fichaat.gui.disks import Disk
from fichaat.gui.pages.paquetes.places import Target
from fichaat.gui.pages.paquetes.presenter import PaquetesPresenter, PaquetesSources, _once
from fichaat.gui.pages.paquetes.words import Choices, FileLine, Result, Secrecy
from tests.support.fichas import LIMA
from tests.support.queued_tasks import QueuedTasks, Steps

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=LIMA)
DOCUMENTS, STICK = Path("/casa/Documentos"), Path("/media/ana/TRABAJO")
USB = Disk(STICK, "TRABAJO", 3_200_000_000, True, False)
HOME = Disk(Path("/"), "sistema", 80_000_000_000, False, False)
SOME = Delivery(
    now=NOW,
    pendiente=Amount(15, 12, 3_400_000),
    todo=Amount(1_020, 812, 96_000_000),
    entrega=Undelivered(12, 9, NOW),
    anteriores=(PastExport("019a0000-0000-7000-8000-00000000beef", NOW, 6),),
    folder=None,
)


class Screen:
    """Remembers what is shown."""

    def __init__(self) -> None:
        self.choices: Choices | None = None
        self.state = ("", False)
        self.targets: Sequence[Target] = ()
        self.chosen: Path | None = None
        self.note = self.space = self.refusal = ""
        self.past: Sequence[FileLine] = ()
        self.secrecy: Secrecy | None = None
        self.busy = False
        self.result: Result | None = None
        self.asked: list[Path] = []
        self.opened: list[Path] = []

    def show_choices(self, choices: Choices | None) -> None:
        self.choices = choices

    def show_state(self, sentence: str, *, done: bool) -> None:
        self.state = (sentence, done)

    def show_targets(self, targets: Sequence[Target], chosen: Path, note: str) -> None:
        self.targets, self.chosen, self.note = targets, chosen, note

    def show_secrecy(self, secrecy: Secrecy | None) -> None:
        self.secrecy = secrecy

    def show_space(self, sentence: str) -> None:
        self.space = sentence

    def show_past(self, lines: Sequence[FileLine]) -> None:
        self.past = lines

    def show_busy(self, *, busy: bool) -> None:
        self.busy = busy

    def show_result(self, result: Result | None) -> None:
        self.result = result

    def show_refusal(self, sentence: str) -> None:
        self.refusal = sentence

    def ask_folder(self, start: Path) -> None:
        self.asked.append(start)

    def ask_bundles(self, start: Path) -> None:
        self.asked.append(start)

    def open_folder(self, folder: Path) -> None:
        self.opened.append(folder)


class Scene:
    """A presenter over a machine whose sticks come and go."""

    def __init__(self, delivery: Delivery = SOME, *sticks: Disk) -> None:
        self.delivery, self.sticks = delivery, list(sticks)
        self.screen, self.tasks, self.go = Screen(), QueuedTasks(), Steps()
        self.folders = {DOCUMENTS}
        self.exports: list[tuple[Path, bool, int | None]] = []
        self.plain: list[bool] = []
        self.remembered: list[Path] = []
        self.refusal: UserFacingError | None = None
        self.forgets = False
        sources = PaquetesSources(
            lambda: self.delivery,
            self._remember,
            self._export,
            lambda: list(self.sticks),
            lambda folder: USB if folder.is_relative_to(STICK) else HOME,
            lambda folder: folder in self.folders,
            lambda: DOCUMENTS,
        )
        self.there = True
        self.presenter = PaquetesPresenter(
            self.screen,
            self.tasks,
            self.go,
            sources,
            lasting=self.tasks,
            there=lambda: self.there,
        )

    def shown(self) -> Screen:
        self.presenter.arrived()
        self.tasks.run()
        return self.screen

    def _remember(self, folder: Path) -> None:
        if self.forgets:
            raise UserFacingError("storage.no_space")
        self.remembered.append(folder)

    def _export(
        self,
        folder: Path,
        *,
        everything: bool,
        plain: bool,
        volume_bytes: int | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> tuple[list[BundleFile], Changes]:
        self.exports.append((folder, everything, volume_bytes))
        self.plain.append(plain)
        if self.refusal is not None:
            raise self.refusal
        files = [
            BundleFile(folder / f"fichaat-{n}.fichaat", "ab" * 32, 1_700_000, 8 - n) for n in (0, 1)
        ]
        return files, Changes()


def test_what_would_leave_is_told_before() -> None:
    screen = Scene().shown()
    assert screen.choices == Choices(
        "Lo que falta entregar",
        "12 fichas, 15 registros en total; unos 3,4 MB",
        "812 fichas, 1\N{THIN SPACE}020 registros en total; unos 96,0 MB",
    )
    assert screen.state == ("9 de sus fichas esperan el acuse de la región.", False)
    assert screen.past == [FileLine("20/11/2026, 10:32", "6 registros · archivo …00beef")]


def test_everything_delivered_is_said_and_may_be_taken_again() -> None:
    screen = Scene(replace(SOME, entrega=Undelivered(12, 0, None))).shown()
    assert screen.state == (
        "Todo entregado: la región acusó recibo de sus 12 fichas.",
        True,
    )
    assert screen.choices is not None
    assert screen.choices.pending == "Lo que usted selló"


def test_nothing_sealed_offers_nothing() -> None:
    empty = Delivery(NOW, Amount(), Amount(), Undelivered(0, 0, None), (), None)
    screen = Scene(empty).shown()
    assert (screen.choices, screen.state) == (None, ("", False))


def test_without_a_catalogue_nothing_is_said_of_secrecy() -> None:
    assert Scene().shown().secrecy is None


@pytest.mark.parametrize(
    ("province", "sentence"),
    [
        (0, "Cifrado para: la región. Nadie más podrá leerlo."),
        (
            2,
            "Cifrado para: la región y 2 equipos más de su provincia. Nadie más podrá leerlo.",
        ),
    ],
)
def test_who_can_open_it_is_said(province: int, sentence: str) -> None:
    known = Addressees(("age1x",), province)
    assert Scene(replace(SOME, destino=known)).shown().secrecy == Secrecy(sentence, False)


def test_plain_is_a_decision_for_one_export() -> None:
    scene = Scene(replace(SOME, destino=Addressees(("age1x",))), USB)
    screen = scene.shown()
    scene.presenter.leave_plain(plain=True)
    assert screen.secrecy == Secrecy(
        "Sin cifrar: cualquiera que tenga el archivo podrá leer los nombres, documentos y firmas "
        "que lleva.",
        True,
    )
    for _ in range(2):
        scene.presenter.export()
        scene.tasks.run()
    assert scene.plain == [True, False]
    assert screen.secrecy is not None
    assert not screen.secrecy.plain


def test_a_stick_comes_first_with_its_room() -> None:
    screen = Scene(SOME, USB).shown()
    assert [target.name for target in screen.targets] == [
        "USB «TRABAJO»",
        "Carpeta «Documentos»",
    ]
    assert screen.targets[0].detail == f"{STICK} · 3,2 GB libres"
    assert (screen.chosen, screen.note) == (STICK, "")


def test_without_a_stick_it_is_said_and_documents_are_offered() -> None:
    screen = Scene().shown()
    assert screen.chosen == DOCUMENTS
    assert screen.note == "No hay un USB conectado. Al conectarlo aparece aquí."


def test_the_folder_of_last_time_is_the_habit_while_it_is_there() -> None:
    last = Path("/casa/Entregas")
    scene = Scene(replace(SOME, folder=last), USB)
    assert scene.shown().chosen == STICK  # it is gone
    scene.folders.add(last)
    assert scene.shown().chosen == last
    assert scene.screen.targets[1].name == "La carpeta de la última vez: «Entregas»"


def test_a_stick_that_is_plugged_in_appears_without_asking() -> None:
    scene = Scene()
    screen = scene.shown()
    scene.sticks.append(USB)
    scene.presenter.look_for_sticks()
    scene.tasks.run()
    assert screen.targets[0].path == STICK
    assert screen.chosen == STICK


def test_what_was_chosen_is_chosen_again_when_its_stick_is_back() -> None:
    scene = Scene(SOME, USB)
    screen = scene.shown()
    scene.presenter.choose(STICK)
    for sticks, expected in (([], DOCUMENTS), ([USB], STICK)):
        scene.sticks[:] = sticks
        scene.presenter.look_for_sticks()
        scene.tasks.run()
        assert screen.chosen == expected


def test_two_looks_for_sticks_never_run_at_once() -> None:
    scene = Scene()
    scene.presenter.look_for_sticks()  # not before the page was looked up
    assert not scene.tasks.waiting
    scene.shown()
    scene.presenter.look_for_sticks()
    scene.presenter.look_for_sticks()
    assert len(scene.tasks.waiting) == 1


def test_another_folder_is_chosen_and_stays() -> None:
    scene = Scene(SOME, USB)
    screen = scene.shown()
    scene.presenter.other_folder()
    assert screen.asked == [STICK]
    other = Path("/casa/Región")
    scene.folders.add(other)
    scene.presenter.pick(other)
    scene.tasks.run()
    assert screen.chosen == other
    assert screen.targets[1].name == "Carpeta «Región»"


def test_too_little_room_is_said_beforehand() -> None:
    scene = Scene(SOME, USB._replace(free=20_000_000))
    screen = scene.shown()
    assert screen.space == ""
    scene.presenter.take(everything=True)
    assert screen.space == ("Quizá no alcance: hay 20,0 MB libres y el paquete ocupa unos 96,0 MB.")
    scene.presenter.choose(DOCUMENTS)
    assert screen.space == ""


@pytest.mark.parametrize(("volume", "size"), [("10", 10_000_000), ("0", None)])
def test_an_export_takes_what_was_chosen_and_tells_what_it_left(
    volume: str, size: int | None
) -> None:
    scene = Scene(SOME, USB)
    screen = scene.shown()
    scene.presenter.take(everything=volume == "0")
    scene.presenter.split(volume)
    scene.presenter.export()
    assert scene.screen.busy
    scene.tasks.run()
    assert scene.exports == [(STICK, volume == "0", size)]
    assert scene.remembered == [STICK]
    assert not screen.busy
    assert screen.result is not None
    assert screen.result.sentence == "Paquete listo: 15 registros en 2 archivos, 3,4 MB."
    assert screen.result.hint == "Expulse el USB antes de retirarlo."
    assert screen.result.files[0] == FileLine("fichaat-0.fichaat", "8 registros · 1,7 MB")
    assert screen.result.folder == STICK


def test_a_second_click_exports_nothing_more() -> None:
    scene = Scene()
    scene.shown()
    scene.presenter.export()
    scene.presenter.export()
    scene.tasks.run()
    assert len(scene.exports) == 1


def test_a_folder_that_cannot_be_noted_spoils_no_export() -> None:
    scene = Scene()
    scene.shown()
    scene.forgets = True
    scene.presenter.export()
    scene.tasks.run()
    assert scene.screen.result is not None
    assert scene.screen.result.hint == "Llévelo en un USB o envíe el archivo por correo."


def test_a_stick_that_goes_away_is_told_as_such() -> None:
    scene = Scene(SOME, USB)
    screen = scene.shown()
    scene.refusal = UserFacingError("system.removed", archivo="x.fichaat")
    scene.presenter.export()
    scene.sticks.clear()
    scene.tasks.run()
    assert screen.refusal == (
        "El USB se retiró antes de terminar. El paquete no quedó en él; conéctelo y exporte otra"
        " vez."
    )
    assert (screen.result, screen.busy) == (None, False)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            UserFacingError("system.removed", archivo="x.fichaat"),
            (
                "No se alcanza la carpeta de «x.fichaat»: el USB se retiró, falló o la carpeta ya"
                " no está. Conéctelo e intente otra vez."
            ),
        ),
        (
            UserFacingError("system.no_space", archivo="x.fichaat"),
            (
                "NO se guardó «x.fichaat»: no queda espacio en el disco de la carpeta donde iba."
                " Libere espacio allí e intente otra vez; lo anterior sigue como estaba."
            ),
        ),
        (
            UserFacingError("bundle.volume_too_small", limite=10_000_000),
            (
                "Una ficha con sus adjuntos no cabe en 10 MB. Elija archivos más grandes o «Sin"
                " dividir»."
            ),
        ),
    ],
)
def test_a_refusal_says_what_to_do(error: UserFacingError, sentence: str) -> None:
    scene = Scene()
    scene.shown()
    scene.refusal = error
    scene.presenter.export()
    scene.tasks.run()
    assert scene.screen.refusal == sentence
    scene.refusal = None
    scene.presenter.export()
    assert scene.screen.refusal == ""


def test_a_cancelled_export_says_that_nothing_is_half_done() -> None:
    scene = Scene()
    screen = scene.shown()
    scene.presenter.export()
    scene.tasks.waiting[0].cancel()
    scene.tasks.run()
    assert screen.refusal == "Se canceló la exportación. Ningún archivo quedó a medias."
    assert not screen.busy
    scene.presenter.export()
    scene.tasks.run()
    assert screen.result is not None


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (None, "Paquete listo: 15 registros en 2 archivos, 3,4 MB."),
        (UserFacingError("system.removed", archivo="x"), "El USB se retiró antes de terminar."),
    ],
)
def test_who_went_elsewhere_hears_what_became_of_the_export(
    refusal: UserFacingError | None, told: str
) -> None:
    scene = Scene(SOME, USB)
    screen = scene.shown()
    scene.refusal = refusal
    scene.presenter.export()
    scene.there = False
    scene.tasks.run()
    assert scene.go.told[0].startswith(told)
    assert (screen.result, screen.refusal) == (None, "")


def test_who_went_elsewhere_hears_that_the_export_was_cancelled() -> None:
    scene = Scene()
    scene.shown()
    scene.presenter.export()
    scene.there = False
    scene.tasks.waiting[0].cancel()
    scene.tasks.run()
    assert scene.go.told == ["Se canceló la exportación. Ningún archivo quedó a medias."]


def test_each_record_is_counted_once() -> None:
    told: list[tuple[int, int]] = []
    progress = _once(lambda done, total: told.append((done, total)))
    for done in (0, 10, 20):
        progress(done, 20)
    assert told == [(0, 10), (5, 10), (10, 10)]


def test_what_was_sealed_or_received_is_counted_again() -> None:
    scene = Scene()
    scene.presenter.changed(Changes.of(Kind.DRAFT))
    assert not scene.tasks.waiting
    scene.presenter.changed(Changes.of(Kind.RECEPTION))
    assert scene.tasks.waiting


def test_chosen_files_are_previewed() -> None:
    scene = Scene()
    scene.shown()
    scene.presenter.choose_bundles()
    scene.presenter.preview([])
    assert scene.go.routes == []
    files = (Path("a.fichaat"), Path("b.fichaat"))
    scene.presenter.preview(list(files))
    assert scene.go.routes == [routes.ImportarPaquetes(files)]
