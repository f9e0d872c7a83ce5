"""Which packages were given, what is found in each, and what importing them did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.look import Seen
from fichaat.application.ports.keys import Clock
from fichaat.application.preview_bundle import BundlePreview
from fichaat.application.verdict import BundleVerdict
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.record import SealedRecord
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.disks import Disk
from fichaat.gui.pages.importar import foot, words
from fichaat.gui.pages.importar.clock import clock_after, clock_banner, clock_question
from fichaat.gui.pages.importar.foot import Foot
from fichaat.gui.pages.importar.given import Checked, Given, GivenFile
from fichaat.gui.pages.importar.record_words import (
    ChipWords,
    LazyRows,
    RowWords,
    counts_of,
    ordered,
)
from fichaat.gui.pages.importar.words import Box, FileRow, GapWords
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import hour, say
from fichaat.texts import message


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
    def ask_clock(self, sentence: str, on_yes: Callable[[], object]) -> None:
        """Whether this computer's date is right."""
        ...

    def copy(self, text: str) -> None: ...


class Import(Protocol):
    """See `ImportBundle`."""

    def __call__(
        self, path: Path, *, accept_clock: bool, cancel: CancelToken, seen: Seen
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


@dataclass
class _Run:
    """An import under way; filled by the writer's thread, read when it is over."""

    accept_clock: bool
    """Whether the person said that this computer's date is right."""
    verdicts: list[tuple[GivenFile, BundleVerdict]] = field(default_factory=list)
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
        self._given = Given((), approves=sources.approves)
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
        self._given = Given(paths, approves=self._from.approves)
        self._chosen, self._over = 0, None
        self._view.show_title(
            say("paquetes.preview_many", cantidad=len(self._given.files))
            if self._given.many
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
        self._view.ask_bundles(self._given.files[self._chosen].path.parent)

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
        ready = self._given.ready
        asked = clock_question([file.verdict for file in ready])
        if asked:
            self._view.ask_clock(asked, lambda: self._on_clock_right(ready))
        elif ready:
            self._import(ready)
        elif self._given.unseen is not None:
            self._look_at_next()
        elif self._given.any_imported:
            self._go.go(routes.Recepcion() if self._from.receives else routes.Fichas())

    # looking

    def _look_at_next(self) -> None:
        given, waiting = self._given, self._given.unseen
        if waiting is None:
            self._looking = None
            self._show()
            return
        file = waiting

        def done(checked: Checked) -> None:
            file.checked = checked
            self._go_on(given)

        def failed(error: UserFacingError) -> None:
            file.error = error
            self._go_on(given)

        # Each is looked at as if it came alone: what two of them bring counts for both until
        # they are imported, in this order.
        self._looking = self._tasks.look(
            say("paquetes.checking", archivo=file.path.name),
            lambda progress, cancel: self._check(file.path, progress, cancel),
            done,
            failed,
            lambda: self._on_look_stopped(given),
        )
        self._show()

    def _go_on(self, given: Given) -> None:
        if given is self._given:
            self._look_at_next()

    def _on_look_stopped(self, given: Given) -> None:
        if given is self._given:
            self._looking = None
            self._show()

    def _check(self, path: Path, progress: Progress, cancel: CancelToken) -> Checked:
        preview = self._from.preview(path, progress, cancel)
        disk = self._from.disk_of(path)
        stick = disk.name if disk is not None and disk.removable else ""
        return Checked(preview, ordered(preview), self._from.size(path), stick)

    # the import itself

    def _on_clock_right(self, ready: Sequence[GivenFile]) -> None:
        if not self._importing and all(file in self._given.files for file in ready):
            self._import(ready, accept_clock=True)

    def _import(self, chosen: Sequence[GivenFile], *, accept_clock: bool = False) -> None:
        run = _Run(accept_clock)
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
        self, run: _Run, chosen: Sequence[GivenFile], seen: Seen, cancel: CancelToken
    ) -> Changes:
        """Each file in a transaction of its own; what was applied stays applied."""
        changes = Changes()
        for file in chosen:
            try:
                cancel.check()
                verdict, changed = self._from.import_bundle(
                    file.path, accept_clock=run.accept_clock, cancel=cancel, seen=seen
                )
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
        doubt = clock_after(applied)
        told = f"{told} {doubt}".rstrip()
        if run.error is not None:
            why = message(run.error.code, run.error.params)
            self._over = (f"{why} {told}", "error")
        elif stopped:
            self._over = (say("paquetes.import_stopped", resultado=told), "warn")
        elif refused:
            self._over = (f"{words.refusal_words(refused[0])} {told if applied else ''}", "error")
        else:
            self._over = (told, "warn" if doubt else "ok")
        self._show_over()

    def _show_over(self) -> None:
        if self._there():
            self._show()
            if self._given.any_imported:
                self._from.after_import()
        elif self._over is not None:
            sentence, tone = self._over
            self._go.tell(sentence, tone=tone)

    # showing

    def _show(self) -> None:
        given, file = self._given, self._given.files[self._chosen]
        looking = self._looking is not None
        listed = given.files if given.many else []
        rows = [words.file_row(given, one, looking=looking) for one in listed]
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

    def _show_banner(self, file: GivenFile) -> None:
        gap = self._gap()
        self._view.offer_copy(offered=False)
        verdict = file.verdict
        clock = clock_banner(verdict)
        if self._over is not None:
            sentence, tone = self._over
            self._view.show_banner(sentence.strip(), "", tone)
        elif file.error is not None:
            self._view.show_banner(message(file.error.code, file.error.params), "", "error")
        elif verdict is not None and verdict.refused:
            self._view.show_banner(words.refusal_words(verdict), "", "error")
        elif clock is not None and (gap is None or clock.tone == "warn"):
            self._view.show_banner(*clock)
        elif gap is not None:
            self._view.show_banner(gap.sentence, say("paquetes.gap_what"), "warn")
            self._view.offer_copy(offered=True)
        else:
            self._view.show_banner("", "", "info")

    def _show_records(self, file: GivenFile) -> None:
        checked, verdict = file.checked, file.verdict
        if checked is None or verdict is None or verdict.refused:
            self._view.show_records((), (), "")
            return
        entries = checked.entries
        if file.imported is not None:
            # The verdicts of the import: what came before it in the same run is known by now.
            now = {item.sha256: item for item in file.imported.registros}
            entries = [(now.get(was.sha256, was), line) for was, line in entries]
        rows = LazyRows(entries, self._from.territorio)
        counts = counts_of(verdict.registros)
        self._view.show_records(rows, counts, "" if entries else words.empty_words(verdict))

    def _gap(self) -> GapWords | None:
        verdict = self._given.files[self._chosen].verdict
        return None if verdict is None else words.gap_words(verdict)

    def _foot(self) -> Foot:
        if self._importing:
            return foot.importing_foot()
        if self._given.any_imported:
            return foot.imported_foot(self._given, self._imported_at, receives=self._from.receives)
        if self._looking is not None:
            return foot.looking_foot(self._given)
        return foot.ready_foot(self._given)


def _counting(progress: Progress, total: int) -> Seen:
    done = 0

    def seen(_item: SealedRecord, _total: int, /) -> None:
        nonlocal done
        done += 1
        progress(done, total)

    return seen
