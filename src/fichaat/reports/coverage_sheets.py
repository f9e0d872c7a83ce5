"""The sheets of a report of coverage: every figure of the view, and everything behind it."""

from collections.abc import Iterable, Sequence
from typing import Final

from fichaat.application.coverage import CoverageReport, CoverageView, porcentaje
from fichaat.application.sheets import CellKind, Column, Sheet, Value, Workbook
from fichaat.domain.cobertura import Cifra, Exclusion, Ventana
from fichaat.domain.territorio import Territorio
from fichaat.texts import message
from fichaat.texts.cobertura_names import ALCANCES, ESTADOS_ACCION, EXCLUSIONES, SESIONES
from fichaat.texts.cobertura_words import day_words, falta_words, head_lines, title_of

Row = Sequence[Value]

_STEPS: Final = ("approved", "received", "all")
"""Of every figure, as `Cifra` holds them."""


def coverage_workbook(report: CoverageReport) -> Workbook:
    """Resumen, Municipalidades, Acciones, Por provincia, Evolución, Excluidas."""
    view, territorio, _ = report
    return Workbook(
        title=title_of(report),
        sheets=(
            _summary(report),
            _places(view, territorio),
            _actions(view, territorio),
            _provinces(view, territorio),
            _evolution(view),
            _excluded(view, territorio),
        ),
    )


def _summary(report: CoverageReport) -> Sheet:
    view = report.view
    rows: list[Row] = []
    for window in (view.cobertura.periodo, view.cobertura.acumulada):
        if window is None:
            continue
        when = _window_words(view, window)
        for reading, figure in (("strict", window.estricta), ("two", window.dos_acciones)):
            rows += [
                (
                    when,
                    _word(f"reading_{reading}"),
                    _word(f"column_{step}"),
                    count,
                    *_share(count, view),
                )
                for step, count in zip(_STEPS, _counts(figure), strict=True)
            ]
    columns = (
        _column("window"),
        _column("reading"),
        _column("step"),
        _column("count", CellKind.ENTERO),
        _column("total", CellKind.ENTERO),
        _column("share", CellKind.PORCENTAJE),
    )
    return Sheet(_word("sheet_summary"), columns, rows, lead=tuple(head_lines(report)))


def _places(view: CoverageView, territorio: Territorio) -> Sheet:
    rows = [
        (
            *_place(territorio, gl.ubigeo),
            gl.firmo_el,
            gl.diagnostico,
            gl.seguimiento,
            gl.otras,
            len(gl.acciones),
            ALCANCES[gl.estricta],
            ALCANCES[gl.dos_acciones],
            falta_words(gl) or None,
            _word("before") if gl.seguimiento_antes else None,
        )
        for gl in view.cobertura.gl
    ]
    columns = (
        *_PLACE,
        _column("signed", CellKind.FECHA),
        _column("diagnosis", CellKind.FECHA),
        _column("followup", CellKind.FECHA),
        _column("others", CellKind.ENTERO),
        _column("actions", CellKind.ENTERO),
        _column("counts"),
        _column("two"),
        _column("lacks"),
        _column("note"),
    )
    return Sheet(_word("sheet_places"), columns, rows)


def _actions(view: CoverageView, territorio: Territorio) -> Sheet:
    rows = [
        (
            *_place(territorio, gl.ubigeo),
            accion.ficha,
            accion.fecha,
            SESIONES[accion.sesion],
            ESTADOS_ACCION[accion.estado],
            ALCANCES[accion.alcance],
            accion.cascada,
        )
        for gl in view.cobertura.gl
        for accion in gl.acciones
    ]
    columns = (
        *_PLACE,
        _column("ficha"),
        _column("date", CellKind.FECHA),
        _column("session"),
        _column("state"),
        _column("counts_action"),
        _column("cascade"),
    )
    return Sheet(_word("sheet_actions"), columns, rows)


def _provinces(view: CoverageView, territorio: Territorio) -> Sheet:
    rows = [
        (
            territorio.provincia(item.provincia) or item.provincia,
            item.provincia,
            item.firmantes,
            *_counts(item.estricta),
            porcentaje(item.estricta.aprobadas, item.firmantes),
            *_counts(item.dos_acciones),
        )
        for item in view.provincias
    ]
    columns = (
        _column("province"),
        _column("code"),
        _column("total", CellKind.ENTERO),
        *_steps(),
        _column("percent", CellKind.PORCENTAJE),
        *(_column(f"two_{step}", CellKind.ENTERO) for step in _STEPS),
    )
    return Sheet(_word("sheet_provinces"), columns, rows)


def _evolution(view: CoverageView) -> Sheet:
    rows = [(end, firmantes, *_counts(figure)) for end, figure, firmantes in view.evolucion]
    columns = (_column("until", CellKind.FECHA), _column("total", CellKind.ENTERO), *_steps())
    return Sheet(_word("sheet_evolution"), columns, rows)


def _excluded(view: CoverageView, territorio: Territorio) -> Sheet:
    partly = view.left_out.en_parte
    order = {motivo: place for place, motivo in enumerate(EXCLUSIONES)}

    def by_reason(row: tuple[Exclusion, str, str]) -> tuple[int, str, str]:
        return order[row[0]], row[1], row[2]

    left = [(item.motivo, item.ficha, item.ubigeo or "") for item in view.cobertura.excluidas]
    rows: Iterable[Row] = (
        (
            EXCLUSIONES[motivo],
            ficha,
            *(_place(territorio, ubigeo) if ubigeo else (None, None, None)),
            ficha in partly,
        )
        for motivo, ficha, ubigeo in sorted(left, key=by_reason)
    )
    columns = (_column("reason"), _column("ficha"), *_PLACE, _column("partly"))
    return Sheet(_word("sheet_excluded"), columns, tuple(rows))


def _word(code: str) -> str:
    return message(f"cobertura.{code}", {})


def _column(code: str, kind: CellKind = CellKind.TEXTO) -> Column:
    return Column(_word(f"column_{code}"), kind)


_PLACE: Final = (_column("place"), _column("province"), _column("ubigeo"))


def _place(territorio: Territorio, ubigeo: str) -> tuple[str, str, str]:
    place = territorio.lugar(ubigeo)
    return place.distrito, place.provincia, ubigeo


def _steps() -> tuple[Column, ...]:
    return tuple(_column(step, CellKind.ENTERO) for step in _STEPS)


def _counts(figure: Cifra) -> tuple[int, int, int]:
    return figure.aprobadas, figure.recibidas, figure.todas


def _share(count: int, view: CoverageView) -> tuple[Value, Value]:
    return view.firmantes, porcentaje(count, view.firmantes)


def _window_words(view: CoverageView, window: Ventana) -> str:
    if window is view.cobertura.periodo:
        return _word("window_period")
    assert window.desde is not None  # it accumulates since the plan began
    return message("cobertura.window_since", {"dia": day_words(window.desde)})
