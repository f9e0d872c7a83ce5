"""What *Ajustes* says of this profile, its device, its passphrase and its backups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.new_passphrase import NewPassphrase, NewPassphraseView
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import hour, say, short_date, thousands
from fichaat.texts import message

if TYPE_CHECKING:
    from fichaat.application.program import BackupInfo, Program
    from fichaat.application.session import Session

MINUTES: Final = (5, 10, 20, 30, 60, 0)
"""What can be chosen for the lock; 0 is never."""

_SHOWN_BACKUPS: Final = 5
_GROUP: Final = 4
_SHORT_ID: Final = 16


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """Who works here, as (label, value), and which device this is."""

    facts: tuple[tuple[str, str], ...]
    practice: bool
    device: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One snapshot: when, how large, what it is called."""

    when: str
    size: str
    name: str


class AjustesView(NewPassphraseView, Protocol):
    def show_profile(self, found: ProfileFacts) -> None: ...
    def show_request(self, sentence: str, *, done: bool) -> None:
        """What became of the request for approval."""
        ...

    def show_current_error(self, sentence: str | None) -> None:
        """About the passphrase that is still in force."""
        ...

    def show_change(self, sentence: str | None, *, done: bool) -> None:
        """What became of the change of passphrase."""
        ...

    def show_help(self, sentence: str) -> None:
        """Who can help when the passphrase is forgotten."""
        ...

    def set_changing(self, *, busy: bool) -> None: ...
    def focus(self, field: str) -> None: ...
    def show_minutes(self, minutes: int) -> None: ...
    def show_lock_error(self, sentence: str | None) -> None: ...
    def show_backups(
        self, last: str, rows: Sequence[BackupRow], more: int, *, folder: Path
    ) -> None: ...
    def show_backup_result(self, sentence: str, *, done: bool) -> None: ...


class AjustesPresenter:
    def __init__(
        self,
        view: AjustesView,
        program: "Program",
        session: "Session",
        tasks: Tasks,
        watch_idle: Callable[[int], object],
    ) -> None:
        self._view = view
        self._program = program
        self._session = session
        self._tasks = tasks
        self._watch_idle = watch_idle
        self.new = NewPassphrase(view)

    def begin(self) -> None:
        """Show everything as it is now."""
        self._tasks.read(self._profile, self._view.show_profile)
        self._tasks.read(self._help, self._view.show_help)
        self._tasks.read(lambda: self._program.idle_minutes, self._view.show_minutes)
        self._look_up_backups()

    # the device

    @property
    def request_name(self) -> str:
        """What the file of the request is called unless the person says otherwise."""
        return say("ajustes.request_file", equipo=self._session.here.key.device[:8])

    def request(self, path: Path) -> None:
        """Write the file with which the region approves this device."""

        def work() -> tuple[Path, Changes]:
            return self._session.request(path).path, Changes()

        self._tasks.write(
            work,
            lambda made: self._view.show_request(
                say("ajustes.request_made", archivo=made.name), done=True
            ),
            lambda error: self._view.show_request(_sentence(error), done=False),
        )

    # the passphrase

    def change_passphrase(self, current: str) -> None:
        """Put the new passphrase in the place of the current one."""
        self._view.show_change(None, done=False)
        if not current:
            self._view.show_current_error(say("ajustes.current_missing"))
            self._view.focus("current")
            return
        self._view.show_current_error(None)
        wrong = self.new.check()
        if wrong is not None:
            self._view.focus(wrong)
            return
        new = self.new.first

        def work() -> tuple[None, Changes]:
            self._session.change_passphrase(current, new)
            return None, Changes()

        self._view.set_changing(busy=True)
        self._tasks.write(work, self._changed, self._not_changed)

    def _changed(self, _: None) -> None:
        self._view.set_changing(busy=False)
        self._view.show_change(say("ajustes.passphrase_changed"), done=True)

    def _not_changed(self, error: UserFacingError) -> None:
        self._view.set_changing(busy=False)
        if error.code == "storage.wrong_passphrase":
            self._view.show_current_error(say("ajustes.current_wrong"))
            self._view.focus("current")
        else:
            self._view.show_change(_sentence(error), done=False)

    # the lock

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes without a key or a click, from now on."""

        def work() -> tuple[int, Changes]:
            self._program.set_idle_minutes(minutes)
            return minutes, Changes()

        self._watch_idle(minutes)
        self._tasks.write(
            work,
            lambda _: self._view.show_lock_error(None),
            lambda error: self._view.show_lock_error(
                say("ajustes.minutes_not_kept", motivo=_sentence(error))
            ),
        )

    # backups

    @property
    def backup_folder(self) -> Path:
        """Where backups go by themselves."""
        return self._program.backup_folder(self._session.folder)

    def back_up(self, folder: Path | None = None) -> None:
        """Write a snapshot now: beside the data, or in a folder that was chosen."""

        def work(progress: Progress, cancel: CancelToken) -> tuple[Path, Changes]:
            del cancel
            return self._session.backup(folder, progress), Changes()

        self._tasks.long(say("ajustes.backing_up"), work, self._backed_up, self._not_backed_up)

    def _backed_up(self, path: Path) -> None:
        code = "ajustes.backed_up" if path.parent == self.backup_folder else "ajustes.backed_up_to"
        self._view.show_backup_result(
            say(code, archivo=path.name, carpeta=str(path.parent)), done=True
        )
        self._look_up_backups()

    def _not_backed_up(self, error: UserFacingError) -> None:
        self._view.show_backup_result(_sentence(error), done=False)

    def _look_up_backups(self) -> None:
        folder = self.backup_folder
        self._tasks.read(
            lambda: self._program.backups(folder),
            self._show_backups,
            lambda error: self._view.show_backup_result(_sentence(error), done=False),
        )

    def _show_backups(self, found: "Sequence[BackupInfo]") -> None:
        zone = self._session.here.clock.now().tzinfo
        rows = []
        for item in found[:_SHOWN_BACKUPS]:
            moment = item.instant.astimezone(zone)
            when = say("ajustes.moment", dia=short_date(moment.date()), hora=hour(moment))
            size = say("ajustes.kilobytes", cantidad=thousands(-(-item.bytes // 1000)))
            rows.append(BackupRow(when, size, item.path.name))
        last = (
            say("ajustes.last_backup", momento=rows[0].when) if rows else say("ajustes.no_backup")
        )
        more = max(0, len(found) - len(rows))
        self._view.show_backups(last, rows, more, folder=self.backup_folder)

    def _help(self) -> str:
        since = self._session.keep_region_slot.since()
        if since is None:
            return say("ajustes.no_region_slot")
        return say("ajustes.region_slot", dia=short_date(since.date()))

    def _profile(self) -> ProfileFacts:
        here = self._session.here
        profile, territorio = here.profile, here.territorio
        facts = [
            (say("ajustes.nombre"), profile.nombre),
            (say("ajustes.cargo"), profile.cargo),
            (say("ajustes.entidad"), profile.entidad),
            (say("ajustes.rol"), say(f"entrada.rol_{profile.rol.value}")),
            (say("ajustes.region"), territorio.departamento(profile.region) or profile.region),
        ]
        if profile.provincia is not None:
            name = territorio.provincia(profile.provincia) or profile.provincia
            facts.append((say("ajustes.provincia"), name))
        device = here.key.device
        return ProfileFacts(
            tuple(facts),
            profile.practice,
            " ".join(device[n : n + _GROUP] for n in range(0, _SHORT_ID, _GROUP)).upper(),
            self._program.fingerprint_words(device),
        )


def _sentence(error: UserFacingError) -> str:
    return message(error.code, error.params)
