"""What *Inicio* says, and where its buttons lead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from fichaat.application.changes import Changes, Kind
from fichaat.application.inicio import COUNTED, AcuerdoLine, DraftLine, Panorama
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Profile, Undelivered
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.draft_words import (
    districts,
    place_of,
    saved_words,
    visit_words,
    whole_place,
)
from fichaat.gui.pages.inicio import words
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import hour, long_date, say, thousands
from fichaat.texts import message

_LATE_BACKUP = timedelta(days=7)
_SHOWN_KINDS = Changes.of(Kind.DRAFT, Kind.FICHA, Kind.ACUERDO, Kind.RECEPTION)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft as it is shown."""

    codigo: str
    nombre: str
    resto: str
    detalle: str
    estado: words.State


@dataclass(frozen=True, slots=True)
class AcuerdoRow:
    """One agreement as it is shown."""

    codigo: str
    descripcion: str
    detalle: str
    estado: words.State


class InicioView(Protocol):
    def greet(self, title: str, context: str) -> None: ...
    def show_drafts(self, rows: Sequence[DraftRow], total: int) -> None: ...
    def show_no_drafts(self, sentence: str) -> None: ...
    def show_acuerdos(self, rows: Sequence[AcuerdoRow], notes: Sequence[str]) -> None: ...
    def show_no_acuerdos(self, sentence: str) -> None: ...
    def show_open(self, text: str) -> None: ...
    def show_delivery(self, figure: str, what: str, hint: str) -> None: ...
    def show_delivered(self, sentence: str, *, done: bool) -> None: ...
    def show_backup(self, sentence: str, *, late: bool) -> None: ...
    def show_backup_error(self, sentence: str) -> None: ...
    def show_foot(self, saved: str, backup: str) -> None: ...


@dataclass(frozen=True, slots=True)
class InicioSources:
    """What the presenter asks of the program."""

    profile: Profile
    territorio: Territorio
    clock: Clock
    read: Callable[[datetime | None], Panorama]
    last_backup: Callable[[], datetime | None]
    """When the newest backup of this data folder was made."""
    backup: Callable[[Progress], Path]


class InicioPresenter:
    def __init__(
        self, view: InicioView, tasks: Tasks, go: Navigator, sources: InicioSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._backing_up = False
        self._looking: Job | None = None

    def arrived(self) -> None:
        """Look everything up."""
        now = self._from.clock.now()
        self._view.greet(words.greeting(now, self._from.profile.nombre), long_date(now.date()))
        self._look_up()

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & _SHOWN_KINDS:
            self._look_up()

    def new_visit(self) -> None:
        self._go.go(routes.NuevaVisita())

    def go_on(self, codigo: str) -> None:
        """A draft was chosen."""
        self._go.go(routes.EditarFicha(codigo))

    def open_ficha(self, codigo: str) -> None:
        """The ficha of an agreement was chosen."""
        self._go.go(routes.VerFicha(codigo))

    def all_drafts(self) -> None:
        self._go.go(routes.Fichas())

    def export(self) -> None:
        self._go.go(routes.Paquetes())

    def back_up(self) -> None:
        """Make a backup now, unless one is being made."""
        if self._backing_up:
            return
        self._backing_up = True
        self._tasks.long(
            say("inicio.backup_doing"),
            self._make_backup,
            self._on_backed_up,
            self._on_refused,
            self._on_stopped,
        )

    def _make_backup(self, progress: Progress, cancel: CancelToken) -> tuple[Path, Changes]:
        # Between two blobs: what was written so far has no name yet and goes.
        def tell(done: int, total: int) -> None:
            cancel.check()
            progress(done, total)

        return self._from.backup(tell), Changes()

    def _on_backed_up(self, _: Path) -> None:
        self._backing_up = False
        self._go.tell(say("inicio.backup_done"))
        self._look_up()

    def _on_stopped(self) -> None:
        # It may have been complete when it was asked to stop.
        self._backing_up = False
        self._look_up()

    def _on_refused(self, error: UserFacingError) -> None:
        self._backing_up = False
        self._view.show_backup_error(message(error.code, error.params))

    def _look_up(self) -> None:
        """Only the last look is shown: an earlier one may end later."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._tasks.read(self._look, self._on_looked)

    def _look(self) -> tuple[Panorama, datetime | None, UserFacingError | None]:
        # A folder of backups that cannot be read hides nothing else.
        try:
            last, refused = self._from.last_backup(), None
        except UserFacingError as error:
            last, refused = None, error
        return self._from.read(last), last, refused

    def _on_looked(self, found: tuple[Panorama, datetime | None, UserFacingError | None]) -> None:
        panorama, last, refused = found
        self._show_drafts(panorama)
        self._show_acuerdos(panorama)
        self._show_delivery(panorama.entrega, panorama.now)
        self._show_backup(panorama, last)
        if refused is not None:
            self._view.show_backup_error(message(refused.code, refused.params))
        self._show_foot(panorama, last)

    def _show_drafts(self, panorama: Panorama) -> None:
        if panorama.drafts:
            rows = [self._draft_row(line, panorama.now) for line in panorama.drafts]
            self._view.show_drafts(rows, panorama.draft_count)
            return
        any_ficha = panorama.entrega.fichas > 0
        code = "inicio.drafts_none" if any_ficha else "inicio.fichas_none"
        self._view.show_no_drafts(say(code))

    def _draft_row(self, line: DraftLine, now: datetime) -> DraftRow:
        draft = line.draft
        name, rest = place_of(districts(draft.ficha), self._from.territorio)
        visit = visit_words(draft, now.date())
        saved = saved_words(draft.updated_at, now)
        return DraftRow(
            draft.ficha.codigo,
            name,
            rest,
            f"{visit} · {saved}",
            words.readiness_state(line.readiness),
        )

    def _show_acuerdos(self, panorama: Panorama) -> None:
        opened = thousands(panorama.abiertos)
        self._view.show_open(
            say("inicio.acuerdos_open", cantidad=opened) if panorama.abiertos else ""
        )
        lines = (*panorama.vencidos, *panorama.esta_semana)
        if not lines:
            self._view.show_no_acuerdos(say("inicio.acuerdos_none"))
            return
        notes = []
        for code, count, shown in (
            ("inicio.overdue_more", panorama.vencidos_count, panorama.vencidos),
            ("inicio.acuerdos_more", panorama.esta_semana_count, panorama.esta_semana),
        ):
            if count > len(shown):
                notes.append(say(code, cantidad=thousands(count - len(shown))))
        today = panorama.now.date()
        self._view.show_acuerdos([self._acuerdo_row(line, today) for line in lines], notes)

    def _acuerdo_row(self, line: AcuerdoLine, today: date) -> AcuerdoRow:
        row = line.acuerdo
        place = whole_place(list(row.distritos), self._from.territorio)
        who = say("inicio.acuerdo_who", lugar=place, responsable=row.responsable)
        return AcuerdoRow(
            line.codigo,
            " ".join(row.descripcion.split()),
            who if row.responsable else place,
            words.due_state(line.plazo, today),
        )

    def _show_delivery(self, entrega: Undelivered, now: datetime) -> None:
        count = entrega.sin_acuse
        if not entrega.fichas:
            self._view.show_delivered(say("inicio.deliver_none"), done=False)
        elif not count:
            total = thousands(entrega.fichas)
            self._view.show_delivered(say("inicio.delivered", cantidad=total), done=True)
        else:
            code = "inicio.deliver_one_" if count == 1 else "inicio.deliver_"
            hint = "" if entrega.oldest is None else words.by_days(code, entrega.oldest, now)
            what = say("inicio.deliver_words", cantidad=count)
            self._view.show_delivery(thousands(count), what, hint)

    def _show_backup(self, panorama: Panorama, last: datetime | None) -> None:
        since = panorama.selladas_desde
        figures: dict[str, str | int] = {"cantidad": since, "numero": thousands(since)}
        if last is None:
            sentence = say("inicio.backup_none")
            if since:
                sentence += " " + say("inicio.backup_without", **figures)
            self._view.show_backup(sentence, late=since > 0)
            return
        sentence = words.by_days("inicio.backup_", last, panorama.now)
        if since >= COUNTED:
            sentence += " " + say("inicio.backup_since_many", numero=thousands(COUNTED - 1))
        elif since:
            sentence += " " + say("inicio.backup_since", **figures)
        late = since > 0 and panorama.now - last > _LATE_BACKUP
        self._view.show_backup(sentence, late=late)

    def _show_foot(self, panorama: Panorama, last: datetime | None) -> None:
        newest = panorama.drafts[0].draft.updated_at if panorama.drafts else None
        now = panorama.now
        if newest is not None and newest.astimezone(now.tzinfo).date() == now.date():
            saved = say("inicio.foot_saved", hora=hour(newest.astimezone(now.tzinfo)))
        else:
            saved = say("inicio.foot_all_saved")
        if last is None:
            backup = say("inicio.foot_no_backup")
        else:
            local = last.astimezone(now.tzinfo)
            backup = say("inicio.foot_backup", fecha=local.date().isoformat(), hora=hour(local))
        self._view.show_foot(saved, backup)
