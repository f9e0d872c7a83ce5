"""What became of an import of fichas: the JSON of scripts, and the lines of people."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from fichaat.application.import_fichas import ImportedRow, ImportReport
from fichaat.application.sheet_table import MISSHAPEN
from fichaat.cli.answer import shown
from fichaat.cli.shapes import (
    MAX_LINES,
    Shape,
    problem_lines,
    problem_sentence,
    problem_shape,
    say,
    shortened,
)
from fichaat.domain.problems import Problem, Severity
from fichaat.domain.text import fold
from fichaat.texts import message
from fichaat.texts.ordenes import SEVERITIES

MAX_RUNS = 8
"""Runs of codes that a person gets; --json has every code beside its row."""


def import_shape(report: ImportReport) -> Shape:
    return {
        "filas": report.filas,
        "importadas": report.importadas,
        "selladas": report.selladas,
        "rechazadas": report.rechazadas,
        "detalle": [_row_shape(row) for row in report.detalle],
    }


def _row_shape(row: ImportedRow) -> Shape:
    """Where a row comes from a workbook, it and its problems also name their place there."""
    shape: Shape = {"fila": row.fila, "codigo": row.codigo, "estado": row.estado}
    if not row.hoja:
        return {**shape, "problemas": [problem_shape(problem) for problem in row.problemas]}
    return {
        **shape,
        "hoja": shown(row.hoja),
        "celda": shown(row.celdas[0]) if row.celdas else None,
        "problemas": [
            {**problem_shape(problem), "celda": celda and shown(celda)}
            for problem, celda in _placed(row)
        ],
    }


def _placed(row: ImportedRow) -> list[tuple[Problem, str | None]]:
    """The problems of a row, each with its cell where it comes from a workbook."""
    return list(zip_longest(row.problemas, row.celdas)) if row.problemas else []


def import_lines(report: ImportReport, asked: str, *, preview: bool = False) -> list[str]:
    """The count, then the rows that need the person, the refused ones before all others, then in
    one line each the good rows and the codes that were given; what to do now comes last. Only the
    rows are cut where they are too many.
    """
    if any(problem.code in MISSHAPEN for row in report.detalle for problem in row.problemas):
        # Nothing else of the book was read: there are no rows to count, nor good ones to take.
        told = [line for row in report.detalle for line in _placed_lines(row)]
        return shortened([say("cli.book_misshapen"), *told])
    rows = sorted(filter(lambda row: _is_told(row, asked), report.detalle), key=_urgency)
    body = [line for row in rows for line in _row_lines(row, preview=preview)]
    lines = [*_counts(report, preview=preview), *shortened(body)]
    good = sum(row.estado == "no_importada" for row in report.detalle)
    if good:
        lines.append(say("cli.rows_good_preview" if preview else "cli.rows_good", cantidad=good))
    codigos = [row.codigo for row in report.detalle if row.codigo is not None]
    named = sum(row.codigo is not None for row in rows)
    if not preview and (named < len(codigos) or len(body) > MAX_LINES):
        lines.extend(_code_lines(codigos))
    if report.rechazadas and not report.importadas and not preview:
        lines.append(say("cli.nothing_imported"))
    return lines


def _counts(report: ImportReport, *, preview: bool) -> Iterator[str]:
    loose = sum(map(_is_loose, report.detalle))
    yield say(
        "cli.import_preview" if preview else "cli.imported",
        filas=report.filas - loose,
        importadas=report.importadas,
        selladas=report.selladas,
        rechazadas=report.rechazadas - loose,
    )
    if loose:
        yield say("cli.import_loose", cantidad=loose)


def _is_loose(row: ImportedRow) -> bool:
    """A row of another sheet of a book, which belongs to no ficha."""
    return bool(row.hoja) and fold(row.hoja) != fold(message("plantilla.hoja_fichas", {}))


def _is_told(row: ImportedRow, asked: str) -> bool:
    """Whether a row has lines of its own: something is to be known of it besides its code."""
    return row.estado != "no_importada" and (row.estado != asked or bool(row.problemas))


def _urgency(row: ImportedRow) -> int:
    return {"rechazada": 0, "borrador": 1}.get(row.estado, 2)


def _row_lines(row: ImportedRow, *, preview: bool) -> list[str]:
    line = _row_line(row, preview=preview)
    if row.estado == "sellada":
        # It was sealed: each of its warnings has its reason, and asks for nothing.
        return [line, say("cli.row_explained", cantidad=len(row.problemas))]
    return [line, *(_placed_lines(row) if row.celdas else problem_lines(row.problemas))]


def _row_line(row: ImportedRow, *, preview: bool) -> str:
    if row.hoja and row.estado == "rechazada":
        return say("cli.sheet_row_rechazada", hoja=shown(row.hoja), fila=row.fila)
    later = "_previa" if preview and row.estado != "rechazada" else ""
    return say(f"cli.row_{row.estado}{later}", fila=row.fila, codigo=row.codigo or "")


def _placed_lines(row: ImportedRow) -> list[str]:
    ordered = sorted(_placed(row), key=lambda pair: pair[0].severity is Severity.WARNING)
    return [
        say(
            "cli.problem_at",
            gravedad=SEVERITIES[problem.severity],
            celda=shown(celda or ""),
            mensaje=problem_sentence(problem),
        )
        for problem, celda in ordered
    ]


def _code_lines(codigos: Sequence[str]) -> Iterator[str]:
    runs = _runs(codigos)
    words = ", ".join(_run_words(run) for run in runs[:MAX_RUNS])
    left = sum(map(len, runs[MAX_RUNS:]))
    if left:
        yield say("cli.import_codes_some", codigos=words, cantidad=left)
    elif words:
        yield say("cli.import_codes", codigos=words, cantidad=len(codigos))


def _run_words(run: Sequence[str]) -> str:
    if len(run) == 1:
        return run[0]
    return say("cli.code_run", primero=run[0], ultimo=run[-1])


def _runs(codigos: Iterable[str]) -> list[list[str]]:
    """Codes that count up by one, together."""
    runs: list[list[str]] = []
    for codigo in codigos:
        if runs and _place(codigo) == _next(runs[-1][-1]):
            runs[-1].append(codigo)
        else:
            runs.append([codigo])
    return runs


def _place(codigo: str) -> tuple[str, int]:
    chain, _, number = codigo.rpartition("-")
    return chain, int(number)


def _next(codigo: str) -> tuple[str, int]:
    chain, number = _place(codigo)
    return chain, number + 1
