"""The list of the window: every ficha once, in the order that is asked for, by any filter."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from fichaat.application.list_fichas import Kept, ListFichas
from fichaat.application.ports.rows import ListColumn, ListFilter, ListRow
from fichaat.application.save_draft import DiscardDraft, new_codigos, new_draft
from fichaat.domain.ficha import DistritoAtendido, Modalidad, Sesion
from fichaat.domain.record import Kind
from fichaat.domain.text import fold
from tests.support.fichas import AYACUCHO, HUANTA, QUINUA, RESPONSABLE, unsigned_ficha
from tests.support.installations import Laptop
from tests.support.offices import make_region, of_kind


def drafted(laptop: Laptop, **changes: Any) -> str:  # noqa: ANN401  # of a ficha
    with laptop.here.store.write() as tx:
        codigo = new_codigos(tx, laptop.here, 1)[0]
        ficha = unsigned_ficha(codigo=codigo, **changes)
        tx.put_draft(new_draft(laptop.here, ficha))
    return codigo


def shown(laptop: Laptop, wanted: ListFilter | None = None, **order: Any) -> list[ListRow]:  # noqa: ANN401  # of the use case
    lists = ListFichas(laptop.here)
    listing = lists(wanted or ListFilter(), **order)
    rows = lists.rows(listing.numbers)
    return [rows[number] for number in listing.numbers]


def codes(laptop: Laptop, wanted: ListFilter | None = None, **order: Any) -> list[str]:  # noqa: ANN401
    return [row.codigo for row in shown(laptop, wanted, **order)]


@pytest.fixture
def several(laptop: Laptop) -> Laptop:
    for seed in range(12):
        laptop.seal_new(seed)
    for number in range(3):
        drafted(laptop, fecha=date(2026, 11, 5 + 9 * number))
    return laptop


def test_drafts_stand_among_the_sealed_by_their_day(several: Laptop) -> None:
    rows = shown(several)
    assert len(rows) == 15
    assert sum(row.is_draft for row in rows) == 3
    assert [row.fecha for row in rows] == sorted((row.fecha for row in rows), reverse=True)
    assert codes(several, ascending=True) == codes(several)[::-1]


def test_a_draft_without_a_day_stands_with_the_newest(several: Laptop) -> None:
    codigo = drafted(several, fecha=None)
    newest = [row for row in shown(several) if row.fecha <= "2026-11-20"]
    assert newest[0].codigo == codigo


def test_what_is_in_the_bin_is_not_in_the_list(several: Laptop) -> None:
    codigo = drafted(several)
    assert codigo in codes(several)
    DiscardDraft(several.here)(codigo)
    assert codigo not in codes(several)


@pytest.mark.parametrize("column", list(ListColumn))
@pytest.mark.parametrize("ascending", [True, False])
def test_every_column_sorts(several: Laptop, column: ListColumn, *, ascending: bool) -> None:
    rows = shown(several, column=column, ascending=ascending)
    assert sorted(row.codigo for row in rows) == sorted(codes(several))
    territorio = several.here.territorio

    def place(row: ListRow) -> str:
        found = territorio.get(row.distrito.split()[0])
        assert found is not None
        return fold(found.distrito)

    keys: dict[ListColumn, Callable[[ListRow], Any]] = {
        ListColumn.DISTRITO: place,
        ListColumn.RESPONSABLE: lambda row: fold(row.responsable),
        ListColumn.ESTADO: lambda row: row.estado != "borrador",
        ListColumn.SESION: lambda row: ("diagnostico", "seguimiento", "especifica").index(
            row.sesion.split()[0]
        ),
        ListColumn.MODALIDAD: lambda row: row.modalidad,
    }

    def plain(row: ListRow) -> Any:  # noqa: ANN401  # of any column
        return getattr(row, column.value)

    key = keys.get(column, plain)
    found = [key(row) for row in rows]
    assert found == sorted(found, reverse=not ascending)


def test_equal_lines_stay_newest_first(several: Laptop) -> None:
    days = [row.fecha for row in shown(several, column=ListColumn.VERSION)]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (ListFilter(estado="borrador"), lambda row: row.is_draft),
        (ListFilter(estado="sellada"), lambda row: not row.is_draft),
        (ListFilter(provincia="0501"), lambda row: "0501" in row.distrito),
        (ListFilter(provincia="0504"), lambda row: "0504" in row.distrito),
        (ListFilter(sesion="especifica"), lambda row: "especifica" in row.sesion),
        (
            ListFilter(desde=date(2026, 11, 5), hasta=date(2026, 11, 14)),
            lambda row: "2026-11-05" <= row.fecha <= "2026-11-14",
        ),
        (ListFilter(texto="¡…!"), lambda row: True),
        (ListFilter(texto="nadie se llama así"), lambda row: False),
        (ListFilter(texto="NIÑAS regid"), lambda row: True),
        (ListFilter(estado="anulada"), lambda row: False),
    ],
)
def test_filters_hold_for_drafts_and_sealed_alike(
    several: Laptop, wanted: ListFilter, holds: Callable[[ListRow], bool]
) -> None:
    everything = shown(several)
    assert codes(several, wanted) == [row.codigo for row in everything if holds(row)]


def test_a_code_is_found_whole_in_drafts_and_sealed(several: Laptop) -> None:
    for row in shown(several):
        assert codes(several, ListFilter(texto=row.codigo)) == [row.codigo]


def test_a_line_shows_what_the_content_says(laptop: Laptop) -> None:
    other = replace(RESPONSABLE, nombre="Édgar Ñahui")
    ficha: dict[str, Any] = {
        "distritos": (
            DistritoAtendido(QUINUA, Sesion.DIAGNOSTICO),
            DistritoAtendido(HUANTA, Sesion.SEGUIMIENTO),
            DistritoAtendido(AYACUCHO, Sesion.DIAGNOSTICO),
        ),
        "modalidad": Modalidad.MIXTA,
        "responsables": (RESPONSABLE, other),
    }
    codigo = drafted(laptop, **ficha)
    (row,) = shown(laptop)
    assert row == ListRow(
        number=row.number,
        estado="borrador",
        codigo=codigo,
        fecha="2026-11-20",
        distrito=f"{QUINUA} {HUANTA} {AYACUCHO}",
        sesion="diagnostico seguimiento",
        modalidad="mixta",
        responsable="Marleni Ñahui; Édgar Ñahui",
        acuerdos=1,
        version=1,
    )


def test_states_follow_what_happened_to_a_ficha(laptop: Laptop, other: Laptop) -> None:
    make_region(other, laptop)
    for seed in range(4):
        laptop.seal_new(seed)
    first, second, third, _ = of_kind(laptop.held(), Kind.FICHA)

    def state(sealed: Any) -> str:  # noqa: ANN401  # a record
        return next(r.estado for r in shown(laptop) if r.codigo == sealed.record.content.codigo)

    with laptop.here.store.write() as tx:
        tx.mark_exported([first.sha256, second.sha256], "un paquete", laptop.clock.now())
    assert (state(first), state(second), state(third)) == ("exportada", "exportada", "sellada")
    other.receive([second], laptop)
    laptop.receive([item for item in other.held() if item.sha256 != second.sha256], other)
    assert (state(first), state(second)) == ("exportada", "recibida")
    assert [row.estado for row in shown(other)] == ["recibida"]
    assert codes(laptop, ListFilter(estado="recibida")) == [second.record.content.codigo]  # type: ignore[attr-defined]
    assert len(codes(laptop, ListFilter(estado="exportada"))) == 1
    assert len(codes(laptop, ListFilter(estado="sellada"))) == 2


def test_the_line_that_was_chosen_is_found_again(several: Laptop) -> None:
    lists = ListFichas(several.here)
    rows = shown(several)
    for place, row in enumerate(rows):
        kept = Kept(row.codigo, row.is_draft)
        assert lists(ListFilter(), keep=kept).kept == place
    gone = next(row for row in rows if not row.is_draft)
    assert lists(ListFilter(estado="borrador"), keep=Kept(gone.codigo, draft=False)).kept is None
    assert lists(ListFilter(), keep=Kept("05-2026-ZZZZZZ-9999", draft=False)).kept is None


def test_lines_that_are_gone_have_no_row(several: Laptop) -> None:
    assert ListFichas(several.here).rows([10_000, -10_000]) == {}
