"""Shows the screens of the gate in the window, and tells the program when the way is free."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fichaat.application.wanted import KnownFolder, WindowWanted
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.entrance import Entrance
from fichaat.gui.gate.gate import Gate
from fichaat.gui.gate.panels import UnlockPanel
from fichaat.gui.gate.unlock_presenter import UnlockPresenter
from fichaat.gui.task_runner import PageTasks, TaskRunner
from fichaat.gui.text import say

if TYPE_CHECKING:
    from fichaat.application.profiles import NewProfile
    from fichaat.application.program import Program
    from fichaat.application.session import Session


class Keeper(QObject):
    """See `entrance.EntranceView`."""

    def __init__(
        self,
        program: "Program",
        wanted: WindowWanted,
        runner: TaskRunner,
        entered: "Callable[[Session, bool], object]",
    ) -> None:
        """`entered` hears of the open data, and whether they are a new practice profile."""
        super().__init__()
        self._program = program
        self._runner = runner
        self._entered = entered
        self._gate = Gate()
        self._tasks = PageTasks(runner, self._gate)
        self._unlock: UnlockPresenter[Session] | None = None
        self.entrance = Entrance(self, program, wanted, self._tasks)

    @property
    def gate(self) -> Gate:
        return self._gate

    @property
    def folder(self) -> Path:
        """Whose screens are shown."""
        return self.entrance.folder

    def show_wait(self) -> None:
        from fichaat.gui.gate.short_panels import WaitPanel

        self._gate.show_panel(WaitPanel())

    def show_chooser(self, folders: Sequence[KnownFolder]) -> None:
        from fichaat.gui.gate.short_panels import ChooserPanel

        practises = any(folder.kind == "practica" for folder in folders)
        self._gate.show_panel(
            ChooserPanel(
                folders, self.entrance.chose, None if practises else self.entrance.practise
            )
        )

    def show_unlock(self, folder: KnownFolder, *, others: bool) -> None:
        practice = folder.kind == "practica"
        panel = UnlockPanel(
            say("entrada.unlock_practice" if practice else "entrada.unlock"),
            "",
            say("entrada.open"),
            lambda passphrase: presenter.tried(passphrase),
        )
        presenter: UnlockPresenter[Session] = UnlockPresenter(
            panel,
            self._tasks,
            lambda passphrase: self._program.unlock(folder.path, passphrase),
            self.entrance.opened,
        )
        if folder.kind == "otra":
            panel.say_where(folder.path)
        panel.finish(
            (say("entrada.forgotten"), lambda: self.entrance.forgotten(folder)),
            *([(say("entrada.others"), self.entrance.choose_again)] if others else []),
        )
        self._unlock = presenter
        self._gate.show_panel(panel)

    def show_unlock_error(self, error: UserFacingError) -> None:
        if self._unlock is not None:
            self._unlock.told(error)

    def show_recover(self, folder: KnownFolder) -> None:
        from fichaat.gui.gate.recover_panel import RecoverPanel

        self._gate.show_panel(
            RecoverPanel(
                self._tasks,
                lambda code, new: self._program.recover(folder.path, code, new),
                lambda passphrase: self._recovered(folder, passphrase),
                lambda: self.entrance.remembered(folder),
                lambda: self._show_region_recover(folder),
            )
        )

    def _show_region_recover(self, folder: KnownFolder) -> None:
        from fichaat.gui.gate.region_recover_panel import RegionRecoverPanel
        from fichaat.gui.gate.region_recover_presenter import RegionHelp
        from fichaat.gui.recovery_files import read_answer_file

        path, program = folder.path, self._program
        region = RegionHelp(
            lambda: program.recovery_request(path),
            program.write_file,
            read_answer_file,
            lambda answer, words, new: program.recover_by_region(path, answer, words, new),
        )
        self._gate.show_panel(
            RegionRecoverPanel(
                self._tasks,
                region,
                lambda passphrase: self._recovered(folder, passphrase),
                lambda: self.show_recover(folder),
            )
        )

    def _recovered(self, folder: KnownFolder, passphrase: str) -> None:
        """The new passphrase is in force: it opens the data at once."""

        def failed(error: UserFacingError) -> None:
            self.entrance.remembered(folder)
            self.show_unlock_error(error)

        self.show_wait()
        self._runner.read(
            lambda: self._program.unlock(folder.path, passphrase),
            self.entrance.opened,
            failed,
            self._gate,
        )

    def show_first_start(self, folder: Path, *, practice: bool) -> None:
        from fichaat.gui.gate.first_start_panel import FirstStartPanel

        self._gate.show_panel(
            FirstStartPanel(
                self._program,
                folder,
                self._tasks,
                self.entrance.made,
                practice=practice,
                on_practise=self.entrance.practise,
                on_leave=self.entrance.leave_practice,
            )
        )

    def show_words(self, made: "tuple[NewProfile, str, tuple[str, ...]]") -> None:
        from fichaat.gui.gate.words_panel import WordsPanel

        self._gate.show_panel(
            WordsPanel(self._program, self._tasks, self.folder, made, entered=self.entrance.opened)
        )

    def show_trouble(self, sentence: str) -> None:
        from fichaat.gui.gate.short_panels import TroublePanel

        self._gate.show_panel(
            TroublePanel(sentence, self.entrance.begin, self.entrance.choose_again)
        )

    def entered(self, session: "Session", *, fresh_practice: bool) -> None:
        self._entered(session, fresh_practice)


def locked_gate(
    runner: TaskRunner, program: "Program", session: "Session", unlocked: Callable[[], None]
) -> Gate:
    """What hides the pages until the passphrase is given again; the data stay open behind it."""
    gate = Gate()
    tasks = PageTasks(runner, gate)
    profile = session.here.profile

    def ask() -> None:
        panel = UnlockPanel(
            say("entrada.locked"),
            say("entrada.locked_what"),
            say("entrada.unlock_button"),
            lambda passphrase: presenter.tried(passphrase),
        )
        presenter: UnlockPresenter[None] = UnlockPresenter(
            panel, tasks, session.check_passphrase, lambda _: unlocked()
        )
        panel.say_who(say("entrada.locked_who", nombre=profile.nombre, entidad=profile.entidad))
        panel.finish((say("entrada.forgotten"), recover))
        gate.show_panel(panel)

    def recover() -> None:
        from fichaat.gui.gate.recover_panel import RecoverPanel

        gate.show_panel(
            RecoverPanel(tasks, session.recover, lambda _: unlocked(), ask, recover_by_region)
        )

    def recover_by_region() -> None:
        from fichaat.gui.gate.region_recover_panel import RegionRecoverPanel
        from fichaat.gui.gate.region_recover_presenter import RegionHelp
        from fichaat.gui.recovery_files import read_answer_file

        region = RegionHelp(
            session.recovery_request,
            program.write_file,
            read_answer_file,
            session.recover_by_region,
        )
        gate.show_panel(RegionRecoverPanel(tasks, region, lambda _: unlocked(), recover))

    ask()
    return gate
