"""Which packages were given, what is found in each, and what importing them did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import UNSET

from fichaat.application.changes import Changes
from fichaat.application.import_bundle import Seen
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock
from fichaat.application.preview_bundle import BundlePreview
from fichaat.application.verdict import BundleVerdict
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import SealedRecord
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.disks import Disk
from fichaat.gui.pages.importar import words
from fichaat.gui.pages.importar.words import Box, ChipWords, Entry, GapWords, RowWords
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import hour, say, thousands
from fichaat.texts import message


class FileRow(NamedTuple):
    """One of several packages."""

    name: str
    state: str
    tone: str
    icon: str


class Foot(NamedTuple):
    """What stands at the foot of the page, and what its main button does."""

    note: str
    tone: str
    icon: str
    action: str = ""
    """Words of the main button; none without them."""
    enabled: bool = True
    over: bool = False
    """Whether there is nothing left to cancel."""


class ImportarView(Protocol):
    def show_title(self, title: str) -> None: ...
    def show_files(self, rows: Sequence[FileRow], chosen: int) -> None:
        """None where there is but one."""
        ...

    def show_head(self, name: str, detail: str) -> None: ...
    def show_boxes(self, boxes: Sequence[Box]) -> None: ...
    def show_banner(self, sentence: str, what: str, tone: str) -> None:
        """An empty sentence hides it."""
        ...

    def offer_copy(self, *, offered: bool) -> None: ...
    def show_records(
        self, rows: Sequence[RowWords], counts: Sequence[ChipWords], empty: str
    ) -> None: ...
    def show_foot(self, foot: Foot) -> None: ...
    def ask_bundles(self, start: Path) -> None: ...
    def copy(self, text: str) -> None: ...


class Import(Protocol):
    """See `ImportBundle`."""

    def __call__(
        self, path: Path, *, cancel: CancelToken, seen: Seen
    ) -> tuple[BundleVerdict, Changes]: ...


@dataclass(frozen=True, slots=True)
class ImportarSources:
    """What the presenter asks of the program and of the system."""

    own_device: str
    territorio: Territorio
    clock: Clock
    preview: Callable[[Path, Progress, CancelToken], BundlePreview]
    import_bundle: Import
    size: Callable[[Path], int | None]
    disk_of: Callable[[Path], Disk | None]
    receives: bool = False
    """Whether who works here receives from others."""
    approves: bool = False
    """Whether requests to be approved are kept here."""
    after_import: Callable[[], object] = lambda: None
    """Called in the window's thread once something was applied, while the page is there."""


class _Checked(NamedTuple):
    """What a look at one file brought."""

    preview: BundlePreview
    entries: list[Entry]
    size: int | None
    disk: str


@dataclass
class _File:
    """One of the packages on its way."""

    path: Path
    checked: _Checked | None = None
    error: UserFacingError | None = None
    """It could not even be looked at."""
    imported: BundleVerdict | None = None

    @property
    def verdict(self) -> BundleVerdict | None:
        if self.imported is not None:
            return self.imported
        return None if self.checked is None else self.checked.preview.verdict

    @property
    def fresh(self) -> int:
        """Records that it would bring."""
        found = () if self.verdict is None else self.verdict.registros
        return sum(item.resultado is not Resultado.KNOWN for item in found)

    def importable(self, *, approves: bool) -> bool:
        """`approves`: requests are kept here."""
        found = self.verdict
        if self.imported is not None or found is None or self.error is not None:
            return False
        brings = not found.brings_nothing or (approves and _asks(found))
        return not found.refused and brings


@dataclass
class _Run:
    """An import under way; filled by the writer's thread, read when it is over."""

    verdicts: list[tuple[_File, BundleVerdict]] = field(default_factory=list)
    error: UserFacingError | None = None
    """Why it went no further."""


class ImportarPresenter:
    def __init__(
        self,
        view: ImportarView,
        tasks: Tasks,
        go: Navigator,
        sources: ImportarSources,
        *,
        lasting: Tasks,
        there: Callable[[], bool],
    ) -> None:
        """`lasting` is for the import, which goes on while the page is not `there` any more."""
        self._view = view
        self._tasks = tasks
        self._lasting = lasting
        self._there = there
        self._go = go
        self._from = sources
        self._files: list[_File] = []
        self._chosen = 0
        self._looking: Job | None = None
        self._importing = False
        self._over: tuple[str, str] | None = None
        """What the import did, and its tone."""
        self._imported_at = ""

    # arriving and leaving

    def arrived(self, paths: Sequence[Path]) -> None:
        """Look at these files."""
        if self._importing:
            self._go.tell(say("paquetes.wait"), tone="warn")
            return
        self.left()
        self._files = [_File(path) for path in dict.fromkeys(paths)]
        self._chosen, self._over = 0, None
        many = len(self._files) > 1
        self._view.show_title(
            say("paquetes.preview_many", cantidad=len(self._files))
            if many
            else say("paquetes.preview")
        )
        self._show()
        self._look_at_next()

    def left(self) -> None:
        """Nobody waits for the look any more; an import goes on."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    # what the person does

    def choose(self, number: int) -> None:
        """Show another of the files."""
        if number != self._chosen:
            self._chosen = number
            self._show()

    def another(self) -> None:
        """Other files are wanted."""
        self._view.ask_bundles(self._files[self._chosen].path.parent)

    def preview(self, paths: Sequence[Path]) -> None:
        """Other files were chosen."""
        if paths:
            self._go.go(routes.ImportarPaquetes(tuple(paths)))

    def copy_request(self) -> None:
        """What misses, for a message to who has it."""
        gap = self._gap()
        if gap is not None:
            self._view.copy(gap.request)
            self._go.tell(say("paquetes.gap_copied"), tone="info")

    def cancel(self) -> None:
        """Back to where one came from; what is being imported goes on."""
        if not self._importing:
            self._go.back()

    def act(self) -> None:
        """The main button: import, look again, or see what came."""
        if self._importing or self._looking is not None:
            return
        ready = [file for file in self._files if self._can_import(file)]
        if ready:
            self._import(ready)
        elif self._unseen():
            self._look_at_next()
        elif self._any_imported():
            self._go.go(routes.Recepcion() if self._from.receives else routes.Fichas())

    # looking

    def _look_at_next(self) -> None:
        waiting = next((file for file in self._files if self._waits(file)), None)
        if waiting is None:
            self._looking = None
            self._show()
            return
        file = waiting
        files = self._files

        def done(checked: _Checked) -> None:
            file.checked = checked
            self._go_on(files)

        def failed(error: UserFacingError) -> None:
            file.error = error
            self._go_on(files)

        # Each is looked at as if it came alone: what two of them bring counts for both until
        # they are imported, in this order.
        self._looking = self._tasks.look(
            say("paquetes.checking", archivo=file.path.name),
            lambda progress, cancel: self._check(file.path, progress, cancel),
            done,
            failed,
            lambda: self._on_look_stopped(files),
        )
        self._show()

    def _go_on(self, files: Sequence[_File]) -> None:
        if files is self._files:
            self._look_at_next()

    def _on_look_stopped(self, files: Sequence[_File]) -> None:
        if files is self._files:
            self._looking = None
            self._show()

    def _check(self, path: Path, progress: Progress, cancel: CancelToken) -> _Checked:
        preview = self._from.preview(path, progress, cancel)
        disk = self._from.disk_of(path)
        stick = disk.name if disk is not None and disk.removable else ""
        return _Checked(preview, words.ordered(preview), self._from.size(path), stick)

    def _waits(self, file: _File) -> bool:
        return file.checked is None and file.error is None

    def _unseen(self) -> bool:
        return any(self._waits(file) for file in self._files)

    def _any_imported(self) -> bool:
        return any(file.imported is not None and file.imported.aplicado for file in self._files)

    # the import itself

    def _import(self, chosen: Sequence[_File]) -> None:
        run = _Run()
        total = sum(len(file.checked.entries) for file in chosen if file.checked is not None)
        self._importing, self._over = True, None

        def work(progress: Progress, cancel: CancelToken) -> tuple[None, Changes]:
            return None, self._apply(run, chosen, _counting(progress, total), cancel)

        self._lasting.long(
            say("paquetes.importing"),
            work,
            lambda _: self._on_imported(run, stopped=False),
            self._on_bug,
            lambda: self._on_imported(run, stopped=True),
        )
        self._show()

    def _apply(
        self, run: _Run, chosen: Sequence[_File], seen: Seen, cancel: CancelToken
    ) -> Changes:
        """Each file in a transaction of its own; what was applied stays applied."""
        changes = Changes()
        for file in chosen:
            try:
                cancel.check()
                verdict, changed = self._from.import_bundle(file.path, cancel=cancel, seen=seen)
            except CancelledError:
                break
            except UserFacingError as error:
                run.error = error
                break
            run.verdicts.append((file, verdict))
            changes = Changes(changes | changed)
        return changes

    def _on_bug(self, error: UserFacingError) -> None:
        self._importing = False
        self._over = (message(error.code, error.params), "error")
        self._show_over()

    def _on_imported(self, run: _Run, *, stopped: bool) -> None:
        self._importing = False
        self._imported_at = hour(self._from.clock.now())
        for file, verdict in run.verdicts:
            file.imported = verdict
        applied = [verdict for _, verdict in run.verdicts if verdict.aplicado]
        refused = [verdict for _, verdict in run.verdicts if not verdict.aplicado]
        told = words.imported_words(applied) if applied else say("paquetes.import_untouched")
        if any(verdict.ranura for verdict in applied):
            told = f"{told} {say('paquetes.region_slot')}"
        if run.error is not None:
            why = message(run.error.code, run.error.params)
            self._over = (f"{why} {told}", "error")
        elif stopped:
            self._over = (say("paquetes.import_stopped", resultado=told), "warn")
        elif refused:
            self._over = (f"{words.refusal_words(refused[0])} {told if applied else ''}", "error")
        else:
            self._over = (told, "ok")
        self._show_over()

    def _show_over(self) -> None:
        if self._there():
            self._show()
            if self._any_imported():
                self._from.after_import()
        elif self._over is not None:
            sentence, tone = self._over
            self._go.tell(sentence, tone=tone)

    # showing

    def _show(self) -> None:
        file = self._files[self._chosen]
        many = len(self._files) > 1
        rows = [self._file_row(one) for one in self._files] if many else []
        self._view.show_files(rows, self._chosen)
        checked, verdict = file.checked, file.verdict
        detail = ""
        if checked is not None:
            info = checked.preview.verdict.info
            zone = self._from.clock.now().tzinfo
            detail = words.sender_words(info, checked.size, checked.disk, zone)
        self._view.show_head(file.path.name, detail)
        self._view.show_boxes(words.boxes_of(verdict, self._from.own_device))
        self._show_banner(file)
        self._show_records(file)
        self._view.show_foot(self._foot())

    def _show_banner(self, file: _File) -> None:
        gap = self._gap()
        self._view.offer_copy(offered=False)
        verdict = file.verdict
        if self._over is not None:
            sentence, tone = self._over
            self._view.show_banner(sentence.strip(), "", tone)
        elif file.error is not None:
            self._view.show_banner(message(file.error.code, file.error.params), "", "error")
        elif verdict is not None and verdict.refused:
            self._view.show_banner(words.refusal_words(verdict), "", "error")
        elif gap is not None:
            self._view.show_banner(gap.sentence, say("paquetes.gap_what"), "warn")
            self._view.offer_copy(offered=True)
        else:
            self._view.show_banner("", "", "info")

    def _show_records(self, file: _File) -> None:
        checked, verdict = file.checked, file.verdict
        if checked is None or verdict is None or verdict.refused:
            self._view.show_records((), (), "")
            return
        entries = checked.entries
        if file.imported is not None:
            # The verdicts of the import: what came before it in the same run is known by now.
            now = {item.sha256: item for item in file.imported.registros}
            entries = [(now.get(was.sha256, was), line) for was, line in entries]
        rows = words.LazyRows(entries, self._from.territorio)
        counts = words.counts_of(verdict.registros)
        self._view.show_records(rows, counts, "" if entries else words.empty_words(verdict))

    def _gap(self) -> GapWords | None:
        verdict = self._files[self._chosen].verdict
        return None if verdict is None else words.gap_words(verdict)

    def _file_row(self, file: _File) -> FileRow:
        verdict, name = file.verdict, file.path.name
        if file.error is not None or (verdict is not None and verdict.refused):
            return FileRow(name, say("paquetes.file_refused"), "error", "error")
        if verdict is None:
            busy = self._looking is not None
            code = "paquetes.checking_box" if busy else "paquetes.not_checked"
            return FileRow(name, say(code), "neutral", "reloj")
        if _asks(verdict):
            return FileRow(name, say("paquetes.file_request"), "info", "confianza")
        if file.imported is not None:
            count = thousands(file.fresh)
            return FileRow(name, say("paquetes.file_imported", cantidad=count), "ok", "bien")
        if not self._can_import(file):
            return FileRow(name, say("paquetes.file_known"), "neutral", "igual")
        tone, icon = ("ok", "bien") if verdict.confiable else ("warn", "aviso")
        count = thousands(file.fresh)
        return FileRow(name, say("paquetes.file_ready", cantidad=count), tone, icon)

    def _foot(self) -> Foot:
        if self._importing:
            return Foot(say("paquetes.importing_note"), "info", "nota")
        if self._any_imported():
            left = any(self._can_import(file) for file in self._files)
            note = say("paquetes.import_done", hora=self._imported_at)
            return Foot(note, "ok", "bien", self._verb() if left else self._see(), over=True)
        if self._looking is not None:
            return Foot(say("paquetes.untouched"), "info", "nota", self._verb(), enabled=False)
        return self._ready_foot()

    def _ready_foot(self) -> Foot:
        good = sum(self._can_import(file) for file in self._files)
        if self._unseen():
            again = "" if good else say("paquetes.check_again")
            return Foot(say("paquetes.untouched"), "info", "nota", again or self._verb())
        if good == len(self._files):
            return Foot(say("paquetes.untouched"), "info", "nota", self._verb())
        if good:
            note = say("paquetes.some", buenos=good, total=len(self._files))
            return Foot(note, "info", "nota", self._verb())
        refused = [file for file in self._files if file.verdict is None or file.verdict.refused]
        code = "paquetes.refused_all" if refused else "paquetes.nothing_new"
        return Foot(say(code), "info", "nota", over=True)

    def _see(self) -> str:
        return say("paquetes.see_reception" if self._from.receives else "paquetes.see")

    def _can_import(self, file: _File) -> bool:
        return file.importable(approves=self._from.approves)

    def _verb(self) -> str:
        good = [file for file in self._files if self._can_import(file)]
        count = sum(file.fresh for file in good)
        if len(good) > 1:
            return say("paquetes.import_all", cantidad=thousands(count), paquetes=len(good))
        if good and not count:
            asks = any(_asks(file.verdict) for file in good)
            return say("paquetes.import_request" if asks else "paquetes.import_files")
        return say("paquetes.import_do", cantidad=thousands(count)) if count else ""


def _asks(verdict: BundleVerdict | None) -> bool:
    """Whether it is the request of a device."""
    info = None if verdict is None else verdict.info
    return info is not None and info.solicitud is not UNSET


def _counting(progress: Progress, total: int) -> Seen:
    done = 0

    def seen(_item: SealedRecord, _total: int, /) -> None:
        nonlocal done
        done += 1
        progress(done, total)

    return seen
