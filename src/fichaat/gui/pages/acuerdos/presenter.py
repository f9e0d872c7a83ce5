"""Agreements: which are shown, what is said of the chosen one, files that go out and come in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from fichaat.application.acuerdo_line import AcuerdoFilter, Segmento
from fichaat.application.acuerdos.add_evento import Evento, Moved
from fichaat.application.acuerdos.event_sheet import Imported, ReadEvents
from fichaat.application.acuerdos.list_acuerdos import AcuerdoListing
from fichaat.application.acuerdos.read_acuerdo import AcuerdoDetail
from fichaat.application.changes import Changes, Kind
from fichaat.application.jobs import CancelToken, Progress
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.errors import UserFacingError
from fichaat.gui.pages.acuerdos.view import AcuerdosSources, AcuerdosView, Preview, Typed
from fichaat.gui.pages.acuerdos.words import detail_words, preview_line, row_words
from fichaat.gui.routes import Acuerdos, Navigator, NuevaVisita, VerFicha
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import beginning, say
from fichaat.texts import message

SHOWN: Final = (
    Segmento.ABIERTOS,
    Segmento.VENCIDOS,
    Segmento.SEMANA,
    Segmento.CONTRADICCIONES,
    Segmento.CERRADOS,
    Segmento.TODOS,
)
"""The segments of the page."""

FIELD_OF: Final = {
    "acuerdo.estado_missing": "estado",
    "acuerdo.cumplido_el_unread": "cumplido_el",
    "acuerdo.nuevo_plazo_unread": "nuevo_plazo",
    "acuerdo.avance_range": "avance",
    "acuerdo.avance_not_full": "avance",
    "acuerdo.cumplido_el_required": "cumplido_el",
    "acuerdo.cumplido_el_future": "cumplido_el",
    "acuerdo.cumplido_el_before_visit": "cumplido_el",
    "acuerdo.nuevo_plazo_required": "nuevo_plazo",
    "acuerdo.nuevo_plazo_past": "nuevo_plazo",
    "acuerdo.motivo_required": "motivo",
    "acuerdo.motivo_no_cumplido": "motivo",
}
_UNREAD: Final = {
    "cumplido_el": "acuerdo.cumplido_el_unread",
    "nuevo_plazo": "acuerdo.nuevo_plazo_unread",
}
_LINES: Final = 200
"""Of a file, in its preview."""


class AcuerdosPresenter:
    def __init__(
        self, view: AcuerdosView, tasks: Tasks, go: Navigator, sources: AcuerdosSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._wanted = AcuerdoFilter()
        self._listing: AcuerdoListing | None = None
        self._chosen = ""
        self._detail: AcuerdoDetail | None = None
        self._looking: Job | None = None
        self._reading: Job | None = None
        self._file: bytes = b""
        self._busy = False

    # arriving

    def arrived(self, route: Acuerdos) -> None:
        """Of one municipality where the way here says so."""
        if route.ubigeo is not None:
            self._wanted = AcuerdoFilter(ambito=route.ubigeo)
        self._show_places()
        self._look_up()

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & Changes.of(Kind.ACUERDO, Kind.FICHA, Kind.DEVICE):
            self._look_up()

    # filters

    def segment(self, value: str) -> None:
        self._filter(replace(self._wanted, segmento=Segmento(value)))

    def search(self, text: str) -> None:
        self._filter(replace(self._wanted, texto=" ".join(text.split())))

    def provincia(self, code: str) -> None:
        self._filter(replace(self._wanted, ambito=code))
        self._show_places()

    def municipio(self, ubigeo: str) -> None:
        province = self._wanted.ambito[:4] if len(self._wanted.ambito) >= 4 else ""
        self._filter(replace(self._wanted, ambito=ubigeo or province))
        self._show_places()

    def responsable(self, text: str) -> None:
        self._filter(replace(self._wanted, responsable=" ".join(text.split())))

    def clear(self) -> None:
        """No filter; the segment stays."""
        self._filter(AcuerdoFilter(self._wanted.segmento))
        self._show_places()

    @property
    def filtered(self) -> bool:
        return self._wanted != AcuerdoFilter(self._wanted.segmento)

    # the chosen one

    def choose(self, id_: str) -> None:
        if id_ != self._chosen:
            self._chosen = id_
            self._read()

    def open_ficha(self, codigo: str) -> None:
        self._go.go(VerFicha(codigo))

    def new_visit(self) -> None:
        self._go.go(NuevaVisita())

    def register(self, typed: Typed) -> None:
        """Seal what the form says of the chosen agreement."""
        detail = self._detail
        if detail is None or self._busy:
            return
        try:
            evento = _evento(detail, typed)
        except UserFacingError as error:
            self._refuse(error)
            return
        self._busy = True
        self._tasks.write(lambda: self._from.add(evento), self._on_added, self._on_refused)

    # files

    def export(self) -> None:
        """The matrix of what is shown."""
        wanted = self._wanted
        self._view.ask_where(
            "matriz-acuerdos.xlsx",
            lambda path: self._save(path, lambda: self._from.matrix(wanted)),
        )

    def save_template(self) -> None:
        """Of the open agreements of the place that is shown."""
        wanted = replace(self._wanted, segmento=Segmento.ABIERTOS)
        self._view.ask_where(
            "novedades-acuerdos.xlsx",
            lambda path: self._save(path, lambda: self._from.template(wanted)),
        )

    def load(self) -> None:
        self._view.ask_file(self._look_at)

    def apply(self) -> None:
        """Register everything of the file that was looked at."""
        if self._busy or not self._file:
            return
        self._busy = True
        data = self._file
        self._tasks.long(
            say("acuerdos.registering"),
            lambda _progress, _cancel: self._from.apply(data),
            self._on_applied,
            self._on_not_applied,
            self._on_stopped,
        )

    # inside

    def _filter(self, wanted: AcuerdoFilter) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._look_up()

    def _show_places(self) -> None:
        """The municipalities of the chosen province, and which of both is chosen."""
        territorio, ambito = self._from.territorio, self._wanted.ambito
        region = self._from.ambito[:2]
        provinces = [
            (code, name)
            for code, name in territorio.provincias(region).items()
            if code.startswith(self._from.ambito) or self._from.ambito.startswith(code)
        ]
        province = ambito[:4] if len(ambito) >= 4 else ""
        districts = [
            (place.ubigeo, place.distrito)
            for place in territorio.distritos.values()
            if province and place.ubigeo.startswith(province)
        ]
        everywhere = ("", say("acuerdos.all_provinces"))
        all_of_it = ("", say("acuerdos.all_municipalities"))
        self._view.show_filters(
            [everywhere, *sorted(provinces, key=lambda item: item[1])],
            [all_of_it, *sorted(districts, key=lambda item: item[1])],
        )
        self._view.show_place(province, ambito if len(ambito) == 6 else "")

    def _look_up(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        wanted = self._wanted
        self._looking = self._tasks.read(lambda: self._from.listing(wanted), self._show)

    def _show(self, listing: AcuerdoListing) -> None:
        self._listing = listing
        self._view.show_counts(listing.counts)
        ids = [line.id for line in listing.lines]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        if not ids:
            self._view.show_empty(self._empty_words(listing), filtered=self.filtered)
        else:
            rows = [row_words(line, listing.hoy, self._from.territorio) for line in listing.lines]
            self._view.show_rows(rows, self._chosen)
        self._read()

    def _empty_words(self, listing: AcuerdoListing) -> str:
        if self._wanted.texto:
            return say("acuerdos.no_matches", texto=beginning(self._wanted.texto))
        if self.filtered:
            return say("acuerdos.none_filtered")
        if not listing.counts[Segmento.TODOS]:
            return say("acuerdos.none")
        return say(f"acuerdos.none_{self._wanted.segmento.value}")

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        chosen = self._chosen
        if not chosen:
            self._show_detail(None)
            return
        self._reading = self._tasks.read(
            lambda: self._from.detail(chosen), self._show_detail, self._on_gone
        )

    def _on_gone(self, error: UserFacingError) -> None:
        """It fell with its visit meanwhile."""
        self._show_detail(None)
        self._view.show_error(message(error.code, error.params))

    def _show_detail(self, detail: AcuerdoDetail | None) -> None:
        self._detail = detail
        listing = self._listing
        assert listing is not None  # the list comes first
        line = next((line for line in listing.lines if line.id == self._chosen), None)
        if detail is None or line is None:
            self._view.show_detail(None, listing.hoy)
            return
        words = detail_words(line, detail, self._from.territorio)
        self._view.show_detail(words, detail.hoy)

    def _refuse(self, error: UserFacingError) -> None:
        field = FIELD_OF.get(error.code, "")
        self._view.show_form_error(field, message(error.code, error.params))

    def _on_refused(self, error: UserFacingError) -> None:
        self._busy = False
        self._refuse(error)
        if error.code == "acuerdo.moved":
            self._look_up()

    def _on_added(self, moved: Moved) -> None:
        self._busy = False
        self._view.show_registered()
        if moved.espera:
            self._go.tell(say("acuerdos.registered_waits"), tone="warn")
        else:
            self._go.tell(say("acuerdos.registered"))

    def _save(self, path: Path, make: Callable[[], bytes]) -> None:
        def work(_progress: Progress, _cancel: CancelToken) -> tuple[Path, Changes]:
            self._from.write(path, make())
            return path, Changes()

        self._tasks.long(
            say("acuerdos.writing"),
            work,
            lambda written: self._go.tell(say("acuerdos.saved", archivo=written.name)),
        )

    def _look_at(self, path: Path) -> None:
        def work(_progress: Progress, _cancel: CancelToken) -> tuple[bytes, ReadEvents]:
            data = self._from.read_file(path)
            return data, self._from.preview(data)

        self._tasks.look(
            say("acuerdos.reading"), work, lambda found: self._show_preview(path.name, *found)
        )

    def _show_preview(self, name: str, data: bytes, found: ReadEvents) -> None:
        self._file = b"" if found.problems else data
        lines = [
            preview_line(item, line, self._from.territorio)
            for item, line in zip(found.eventos, found.lines, strict=True)
        ]
        if len(lines) > _LINES:
            lines = [*lines[:_LINES], say("acuerdos.more_lines", cantidad=len(lines) - _LINES)]
        problems = [(p.celda, message(p.code, p.params)) for p in found.problems[:_LINES]]
        self._view.show_preview(Preview(name, tuple(lines), tuple(problems), found.sin_cambio))

    def _on_applied(self, done: Imported) -> None:
        self._busy = False
        self._file = b""
        self._view.close_preview()
        if done.read.problems:  # something arrived between looking and registering
            self._view.show_error(say("acuerdos.changed_meanwhile"))
            return
        waits = any(moved.espera for moved in done.moved)
        code = "acuerdos.loaded_waits" if waits else "acuerdos.loaded"
        self._go.tell(say(code, cantidad=len(done.moved)), tone="warn" if waits else "ok")

    def _on_not_applied(self, error: UserFacingError) -> None:
        self._busy = False
        self._view.close_preview()
        self._view.show_error(message(error.code, error.params))

    def _on_stopped(self) -> None:
        self._busy = False
        self._view.close_preview()
        self._look_up()


def _evento(detail: AcuerdoDetail, typed: Typed) -> Evento:
    """Raises:
    UserFacingError: "acuerdo.*": something cannot be read, or is missing.
    """
    if not typed.estado:
        raise UserFacingError("acuerdo.estado_missing")
    estado = EstadoAcuerdo(typed.estado)
    if typed.avance and not typed.avance.isdecimal():
        raise UserFacingError("acuerdo.avance_range")
    done = estado is EstadoAcuerdo.CUMPLIDO
    moved = estado is EstadoAcuerdo.REPROGRAMADO
    why = estado in (EstadoAcuerdo.REPROGRAMADO, EstadoAcuerdo.NO_CUMPLIDO)
    return Evento(
        detail.state.acuerdo.id,
        estado,
        int(typed.avance) if typed.avance and not done else None,
        _day(typed.cumplido_el, "cumplido_el") if done else None,
        typed.comentario,
        _day(typed.nuevo_plazo, "nuevo_plazo") if moved else None,
        typed.motivo if why else "",
        detail.state.heads,
    )


def _day(iso: str | None, field: str) -> date | None:
    if iso is None:
        raise UserFacingError(_UNREAD[field])
    return date.fromisoformat(iso) if iso else None
