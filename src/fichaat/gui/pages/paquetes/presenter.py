"""What can leave, where it goes, and what became of it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from fichaat.application.addressees import Addressees
from fichaat.application.changes import Changes, Kind
from fichaat.application.delivery import Delivery
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.bundles import BundleFile
from fichaat.domain.errors import UserFacingError
from fichaat.gui import routes
from fichaat.gui.disks import Disk
from fichaat.gui.pages.paquetes import words
from fichaat.gui.pages.paquetes.places import Places, Target, room_warning
from fichaat.gui.pages.paquetes.words import Choices, FileLine, Result, Secrecy
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say

VOLUMES: Final = ("10", "25", "100", "0")
"""Megabytes of a file; 0 for one file however large."""

_SHOWN_KINDS = Changes.of(Kind.FICHA, Kind.RECEPTION)
_MEGA = 1_000_000


class PaquetesView(Protocol):
    def show_choices(self, choices: Choices | None) -> None:
        """None: nothing was ever sealed here."""
        ...

    def show_state(self, sentence: str, *, done: bool) -> None: ...
    def show_targets(self, targets: Sequence[Target], chosen: Path, note: str) -> None: ...
    def show_secrecy(self, secrecy: Secrecy | None) -> None:
        """None: nobody is known to whom it could be encrypted."""
        ...

    def show_space(self, sentence: str) -> None: ...
    def show_past(self, lines: Sequence[FileLine]) -> None: ...
    def show_busy(self, *, busy: bool) -> None: ...
    def show_result(self, result: Result | None) -> None: ...
    def show_refusal(self, sentence: str) -> None: ...
    def ask_folder(self, start: Path) -> None: ...
    def ask_bundles(self, start: Path) -> None: ...
    def open_folder(self, folder: Path) -> None: ...


class Export(Protocol):
    """See `ExportBundle`."""

    def __call__(
        self,
        folder: Path,
        *,
        everything: bool,
        plain: bool,
        volume_bytes: int | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> tuple[list[BundleFile], Changes]: ...


@dataclass(frozen=True, slots=True)
class PaquetesSources:
    """What the presenter asks of the program and of the system."""

    read: Callable[[], Delivery]
    remember: Callable[[Path], object]
    export: Export
    sticks: Callable[[], Sequence[Disk]]
    disk_of: Callable[[Path], Disk | None]
    is_folder: Callable[[Path], bool]
    documents: Callable[[], Path]


class PaquetesPresenter:
    def __init__(
        self,
        view: PaquetesView,
        tasks: Tasks,
        go: Navigator,
        sources: PaquetesSources,
        *,
        lasting: Tasks,
        there: Callable[[], bool],
    ) -> None:
        """`lasting` is for the export, which goes on while the page is not `there` any more."""
        self._view = view
        self._tasks = tasks
        self._lasting = lasting
        self._there = there
        self._go = go
        self._from = sources
        self._delivery: Delivery | None = None
        self._everything = self._plain = False
        self._volume = VOLUMES[0]
        self._picked: list[Path] = []
        self._asked: Path | None = None
        """What the person chose, even while its stick is away."""
        self._chosen: Path | None = None
        self._found = Places((), ())
        self._busy = self._looking = False

    # arriving

    def arrived(self) -> None:
        """Look everything up."""
        self._tasks.read(self._look, self._on_looked)

    def changed(self, changes: Changes) -> None:
        """Something was sealed or received."""
        if changes & _SHOWN_KINDS:
            self.arrived()

    def look_for_sticks(self) -> None:
        """Somebody may have plugged one in, or pulled one out."""
        if self._looking or self._busy or self._delivery is None:
            return
        self._looking = True
        last = self._delivery.folder
        self._tasks.read(lambda: self._find(last), self._on_found, self._on_not_found)

    # choosing

    def take(self, *, everything: bool) -> None:
        """What is to leave."""
        self._everything = everything
        self._weigh()

    def split(self, volume: str) -> None:
        """How large a file may be: one of `VOLUMES`."""
        self._volume = volume

    def leave_plain(self, *, plain: bool) -> None:
        """Whether whoever gets hold of the files may read them."""
        self._plain = plain
        self._show_secrecy()

    def choose(self, folder: Path) -> None:
        """Where it goes: one of those shown."""
        self._asked = self._chosen = folder
        self._weigh()

    def other_folder(self) -> None:
        """Another place is wanted."""
        self._view.ask_folder(self._chosen or self._from.documents())

    def pick(self, folder: Path) -> None:
        """A folder was chosen in the dialog."""
        if folder in self._picked:
            self._picked.remove(folder)
        self._picked.insert(0, folder)
        self._asked = folder
        self.arrived()

    def choose_bundles(self) -> None:
        self._view.ask_bundles(self._chosen or self._from.documents())

    def preview(self, files: Sequence[Path]) -> None:
        """Files to import were chosen."""
        if files:
            self._go.go(routes.ImportarPaquetes(tuple(files)))

    def see_fichas(self) -> None:
        self._go.go(routes.Fichas())

    def open_folder(self, folder: Path) -> None:
        self._view.open_folder(folder)

    # exporting

    def export(self) -> None:
        """Write what is chosen where it was chosen."""
        folder = self._chosen
        if self._busy or folder is None:
            return
        self._busy = True
        self._asked = folder
        everything, plain = self._everything, self._plain
        volume = int(self._volume) * _MEGA or None

        def work(progress: Progress, cancel: CancelToken) -> tuple[list[BundleFile], Changes]:
            files, changes = self._from.export(
                folder,
                everything=everything,
                plain=plain,
                volume_bytes=volume,
                progress=_once(progress),
                cancel=cancel,
            )
            # What was written is written, whether or not its place can be noted.
            with suppress(UserFacingError):
                self._from.remember(folder)
            return files, changes

        self._view.show_result(None)
        self._view.show_refusal("")
        self._view.show_busy(busy=True)
        self._lasting.long(
            say("paquetes.exporting"),
            work,
            lambda files: self._on_exported(folder, files),
            lambda error: self._on_refused(folder, error),
            self._on_stopped,
        )

    def _on_exported(self, folder: Path, files: Sequence[BundleFile]) -> None:
        result = words.result(files, folder, on_stick=self._found.on_stick(folder))
        if not self._there():
            self._go.tell(result.sentence)
            return
        self._end()
        # The next export is a decision of its own.
        self.leave_plain(plain=False)
        self._view.show_result(result)
        self.arrived()

    def _on_refused(self, folder: Path, error: UserFacingError) -> None:
        sentence = words.refusal(error, self._volume, on_stick=self._found.on_stick(folder))
        if not self._there():
            self._go.tell(sentence, tone="error")
            return
        self._end()
        self._view.show_refusal(sentence)
        self.arrived()

    def _on_stopped(self) -> None:
        if not self._there():
            self._go.tell(say("paquetes.stopped"), tone="info")
            return
        self._end()
        self._view.show_refusal(say("paquetes.stopped"))

    def _end(self) -> None:
        self._busy = False
        self._view.show_busy(busy=False)

    # inside

    def _look(self) -> tuple[Delivery, Places]:
        delivery = self._from.read()
        return delivery, self._find(delivery.folder)

    def _on_looked(self, looked: tuple[Delivery, Places]) -> None:
        delivery, found = looked
        self._delivery = delivery
        self._view.show_choices(words.choices(delivery))
        sentence, done = words.state(delivery)
        self._view.show_state(sentence, done=done)
        self._show_secrecy()
        self._view.show_past([words.past_line(line) for line in delivery.anteriores])
        # During an export the sticks stay those it began with.
        self._show_targets(self._found if self._busy else found)

    def _find(self, last: Path | None) -> Places:
        """Sticks first, then where it went before, then where documents are."""
        sticks = self._from.sticks()
        wanted = [*self._picked, *([last] if last else []), self._from.documents()]
        roots = {disk.path for disk in sticks}
        folders = [
            (folder, self._from.disk_of(folder))
            for folder in dict.fromkeys(wanted)
            if folder not in roots and self._from.is_folder(folder)
        ]
        return Places(sticks, folders)

    def _on_found(self, found: Places) -> None:
        self._looking = False
        if not self._busy and found != self._found:
            self._show_targets(found)

    def _on_not_found(self, error: UserFacingError) -> None:
        del error  # the next look may find them
        self._looking = False

    def _show_secrecy(self) -> None:
        destino = Addressees() if self._delivery is None else self._delivery.destino
        self._view.show_secrecy(words.secrecy(destino, plain=self._plain))

    def _show_targets(self, found: Places) -> None:
        self._found = found
        last = None if self._delivery is None else self._delivery.folder
        targets = found.targets(last)
        places = [target.path for target in targets]
        # What was chosen, else the habit of last time, else a stick, else the documents.
        wanted = (folder for folder in (self._asked, last, *places) if folder in places)
        self._chosen = next(wanted, None)
        if self._chosen is not None:
            note = "" if found.sticks else say("paquetes.no_usb")
            self._view.show_targets(targets, self._chosen, note)
        self._weigh()

    def _weigh(self) -> None:
        """Say beforehand where there may not be room."""
        if self._delivery is None:
            return
        wanted = self._delivery.todo if self._everything else self._delivery.pendiente
        self._view.show_space(room_warning(self._found.disk(self._chosen), wanted.bytes))


def _once(progress: Progress) -> Progress:
    """Records are prepared, then written: the person counts each of them once."""

    def halved(done: int, total: int) -> None:
        progress(done // 2, total // 2)

    return halved
