"""Decisions of the page of coverage: what is counted, which figures, which lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fichaat.application.changes import Changes, Kind
from fichaat.application.coverage import CoverageView
from fichaat.application.jobs import CancelToken, Progress
from fichaat.domain.catalogo import PeriodoVerificacion
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Tema
from fichaat.gui import routes
from fichaat.gui.pages.municipalidades import periods
from fichaat.gui.pages.municipalidades.figures import (
    Behind,
    make_figures,
    make_goal,
    make_timeline,
    month_bars,
    province_bars,
)
from fichaat.gui.pages.municipalidades.lines import GLColumn, Line, make_lines, sort_lines
from fichaat.gui.pages.municipalidades.periods import Days, Period
from fichaat.gui.pages.municipalidades.view import (
    FALTA,
    TODAS,
    Charts,
    Choices,
    MunicipalidadesSources,
    MunicipalidadesView,
    Shown,
)
from fichaat.gui.pages.municipalidades.visit import StartVisitHere
from fichaat.gui.pages.municipalidades.words import (
    excluded_reasons,
    excluded_words,
    gl_words,
    is_listed,
    list_note,
    make_filters,
)
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import hour, say
from fichaat.texts import message
from fichaat.texts.cobertura_words import left_out_words

_SHOWN_KINDS = Changes.of(*(kind for kind in Kind if kind is not Kind.DRAFT))


class _Found(NamedTuple):
    periods: Sequence[PeriodoVerificacion]
    default: Days
    whole: CoverageView
    """Of the region."""
    shown: CoverageView
    """Of the province that was asked for."""


class MunicipalidadesPresenter:
    def __init__(
        self,
        view: MunicipalidadesView,
        tasks: Tasks,
        go: Navigator,
        sources: MunicipalidadesSources,
        kept: dict[str, object],
    ) -> None:
        """`kept`: what pages remember while the window lives."""
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._kept = kept
        self._visit = StartVisitHere(tasks, go, sources.visits)
        held = kept.get("municipalidades")
        usual = Choices(provincia=sources.provincia)
        self._chosen = held if isinstance(held, Choices) else usual
        self._found: _Found | None = None
        self._asked_for: tuple[Days | None, str] | None = None
        """Of what the region's view is still fresh."""
        self._looking: Job | None = None
        self._periods: list[Period] = []
        self._lines: list[Line] = []

    # what is shown

    def arrived(self, ubigeo: str | None = None) -> None:
        """The page is shown, perhaps for one municipality."""
        if ubigeo is not None:
            self._keep(replace(self._chosen, ubigeo=ubigeo, provincia="", sesion="", lista=TODAS))
        self._look_up()

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & _SHOWN_KINDS:
            self._look_up()

    def filter(self, name: str, value: str) -> None:
        """One of the filters by its name in `Filters`."""
        if name == "periodo":
            self._choose_period(value)
        elif name == "sesion":
            self._keep(replace(self._chosen, sesion=value))
            self._show_lines()
        elif name == "provincia" and value != self._chosen.provincia:
            self._keep(replace(self._chosen, provincia=value))
            self._look_up(fresh=True)
        elif name == "tema" and value != self._chosen.tema:
            self._keep(replace(self._chosen, tema=value))
            self._look_up()

    def choose_days(self, desde: date, hasta: date) -> None:
        """Days of the person's own."""
        self._take_days(periods.OWN, Days(desde, hasta))

    def cancel_days(self) -> None:
        """The filter shows again what is counted."""
        self._show_filters()

    def pick_province(self, provincia: str) -> None:
        """A bar was clicked; the same again shows the region."""
        self.filter("provincia", "" if provincia == self._chosen.provincia else provincia)

    def pick_month(self, end: str) -> None:
        """The bar of a month was clicked: who had received assistance by its last day."""
        self.show(end)

    def chart(self, name: str) -> None:
        """Another of the charts."""
        self._keep(replace(self._chosen, grafico=name))
        self._show_timeline()

    def show(self, lista: str) -> None:
        """Those that lack something, all of them, or others: see `Choices.lista`."""
        self._keep(replace(self._chosen, lista=lista))
        self._show_lines()

    def look_behind(self, behind: Behind) -> None:
        """A figure was pressed."""
        self.show(behind.value)

    def clear(self) -> None:
        """What lacks something, of every session."""
        self._keep(replace(self._chosen, sesion="", lista=FALTA))
        self._show_filters()
        self._show_lines()

    def sort(self, column: GLColumn) -> None:
        """By another column, or the other way round."""
        chosen = self._chosen
        ascending = not chosen.ascending if column is chosen.column else True
        self._keep(replace(chosen, column=column, ascending=ascending))
        self._show_lines()

    def select(self, ubigeo: str) -> None:
        """Another line of the table."""
        if ubigeo != self._chosen.ubigeo:
            self._keep(replace(self._chosen, ubigeo=ubigeo))
            self._show_chosen()

    # what is done

    def open(self, ubigeo: str) -> None:
        """The fichas behind a line."""
        line = self._line(ubigeo)
        if line is not None:
            visit = not self._visit.offered(line).why_not
            self._view.open_gl(gl_words(line, coordinates=self._from.coordinates, visit=visit))

    def open_selected(self) -> None:
        """Those of the chosen line."""
        self.open(self._chosen.ubigeo)

    def start_visit(self) -> None:
        """To the chosen municipality, or go on with that of today."""
        line = self._line(self._chosen.ubigeo)
        if line is not None:
            self._visit.start(line)

    def open_ficha(self, codigo: str) -> None:
        self._go.go(routes.VerFicha(codigo))

    def review(self, codigo: str) -> None:
        self._go.go(routes.Revision(codigo))

    def open_agreements(self, ubigeo: str) -> None:
        self._go.go(routes.Acuerdos(ubigeo))

    def open_excluded(self) -> None:
        """What is left out, and why."""
        if self._found is not None:
            shown = self._found.shown
            reasons = excluded_reasons(shown, self._from.territorio)
            self._view.open_excluded(excluded_words(shown), reasons)

    def act(self) -> None:
        """Where nothing can be counted yet."""
        coordinates = self._from.coordinates
        self._go.go(routes.Catalogo() if coordinates else routes.Paquetes())

    def export(self, kind: str) -> None:
        """Ask where, and write what is shown as "xlsx" or "pdf"."""
        if self._found is None:
            return
        view = self._found.shown
        hasta = view.hasta.isoformat()
        if view.desde is None:
            name = say("municipalidades.file_name_open", hasta=hasta)
        else:
            desde = view.desde.isoformat()
            name = say("municipalidades.file_name", desde=desde, hasta=hasta)
        self._view.ask_where(f"{name}.{kind}", kind, lambda path: self._write(kind, view, path))

    # inside

    def _keep(self, choices: Choices) -> None:
        self._chosen = choices
        self._kept["municipalidades"] = choices

    def _choose_period(self, value: str) -> None:
        if value == periods.ASK:
            if self._found is not None:
                shown = self._found.shown
                self._view.ask_dates(Days(shown.desde or shown.hasta, shown.hasta))
            return
        found = next((item for item in self._periods if item.value == value), None)
        if found is not None:
            self._take_days(value, found.days)

    def _take_days(self, value: str, days: Days) -> None:
        same = next((item.value for item in self._periods if item.days == days), value)
        lista = FALTA if self._chosen.listed_day is not None else self._chosen.lista
        self._keep(replace(self._chosen, periodo=same, days=days, lista=lista))
        self._look_up()

    def _look_up(self, *, fresh: bool = False) -> None:
        """`fresh`: what is known of the region has not changed."""
        if self._looking is not None:
            self._looking.cancel()
        chosen, source = self._chosen, self._from
        tema = Tema(chosen.tema) if chosen.tema else None
        asked_for = (chosen.days, chosen.tema)
        known = self._found.whole if self._found is not None else None
        if not fresh or asked_for != self._asked_for:
            known = None

        def look() -> _Found:
            default = Days(*source.default_period())
            days = chosen.days or default
            whole = known or source.read(days, tema, None)
            shown = source.read(days, tema, chosen.provincia) if chosen.provincia else whole
            return _Found(source.periods(), default, whole, shown)

        def take(found: _Found) -> None:
            self._asked_for = asked_for
            self._show(found)

        self._looking = self._tasks.read(look, take, self._refused)

    def _show(self, found: _Found) -> None:
        self._found = found
        view = found.shown
        territorio = self._from.territorio
        if not found.whole.firmantes:
            self._say_nothing("municipalidades.no_signatories")
            return
        self._lines = make_lines(view.cobertura.gl, territorio)
        self._show_filters()
        moment = view.corte
        self._view.show_cutoff(
            say("municipalidades.cutoff", fecha=moment.date().isoformat(), hora=hour(moment)),
            say(
                "municipalidades.context",
                lugar=territorio.departamento(view.region) or view.region,
                version=view.catalogo.version,
            ),
        )
        self._view.show_figures(make_figures(view, territorio))
        self._view.show_charts(
            Charts(
                province_bars(found.whole, territorio),
                month_bars(view),
                make_goal(found.whole),
                make_goal(view),
                view.firmantes,
            )
        )
        left_out = left_out_words(view)
        words = say("municipalidades.excluded", cuantas=left_out)
        if not left_out:
            words = say("municipalidades.excluded_none")
        self._view.show_excluded(words, any_=bool(left_out))
        self._show_lines()

    def _show_filters(self) -> None:
        found, chosen, territorio = self._found, self._chosen, self._from.territorio
        if found is None:
            return
        view = found.shown
        own = chosen.days if chosen.periodo == periods.OWN else None
        self._periods = periods.offered(
            found.periods,
            found.default,
            self._from.clock.now().date(),
            view.catalogo.inicio_plan,
            own,
        )
        days = chosen.days or found.default
        values = [item.value for item in self._periods if item.days == days]
        if chosen.periodo not in values:
            self._keep(replace(chosen, periodo=values[0] if values else ""))
        places = {item.provincia for item in found.whole.provincias} | {chosen.provincia} - {""}
        named = {code: territorio.provincia(code) or code for code in places}
        self._view.show_filters(make_filters(self._periods, named), self._chosen)

    def _show_lines(self) -> None:
        found, chosen = self._found, self._chosen
        if found is None:
            return
        lines = [line for line in self._lines if is_listed(line.gl, chosen)]
        lines = sort_lines(lines, chosen.column, ascending=chosen.ascending)
        if chosen.ubigeo not in [line.ubigeo for line in lines]:
            self._keep(replace(chosen, ubigeo=lines[0].ubigeo if lines else ""))
        view = found.shown
        empty = say("municipalidades.no_lines")
        if chosen.lista == FALTA and not chosen.sesion:
            empty = say("municipalidades.nothing_lacks")
        shown = Shown(
            say("municipalidades.shown_falta", cantidad=view.firmantes - view.aprobadas),
            say("municipalidades.shown_todas", cantidad=view.firmantes),
            list_note(chosen, len(lines)),
        )
        self._view.show_lines(lines, shown, self._chosen, empty)
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self._line(self._chosen.ubigeo)
        self._view.show_visit(None if line is None else self._visit.offered(line))
        self._show_timeline()

    def _show_timeline(self) -> None:
        if self._found is None:
            return
        line = self._line(self._chosen.ubigeo)
        self._view.show_timeline(None if line is None else make_timeline(line, self._found.shown))

    def _line(self, ubigeo: str) -> Line | None:
        return next((line for line in self._lines if line.ubigeo == ubigeo), None)

    def _write(self, kind: str, view: CoverageView, path: Path) -> None:
        def write(progress: Progress, cancel: CancelToken) -> None:
            del progress
            cancel.check()
            self._from.write(kind, view, path)

        self._tasks.look(
            say("municipalidades.writing"),
            write,
            lambda _: self._go.tell(say("municipalidades.written", archivo=path.name)),
            lambda error: self._go.tell(message(error.code, error.params), tone="error"),
        )

    def _refused(self, error: UserFacingError) -> None:
        if error.code == "cobertura.sin_catalogo":
            self._say_nothing("municipalidades.no_catalog")
        elif self._found is None:
            self._view.show_nothing(message(error.code, error.params), "")
        else:
            self._go.tell(message(error.code, error.params), tone="error")

    def _say_nothing(self, code: str) -> None:
        if self._from.coordinates:
            self._view.show_nothing(say(code), say("municipalidades.to_catalog"))
        else:
            here = say("municipalidades.to_packages")
            self._view.show_nothing(say(f"{code}_here"), here)
