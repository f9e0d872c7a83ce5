"""The bin lists what was discarded and gives it back; no Qt."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.ports.rows import Draft
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.pages.papelera.presenter import (
    SHOWN,
    BinRow,
    PapeleraPresenter,
    PapeleraSources,
)
from tests.support.fichas import DISTRITOS, LIMA, unsigned_ficha
from tests.support.queued_tasks import QueuedTasks, Steps

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=LIMA)


class Screen:
    def __init__(self) -> None:
        self.rows: Sequence[BinRow] = ()
        self.count = self.note = self.empty = self.error = ""

    def show_rows(self, rows: Sequence[BinRow], count: str, note: str) -> None:
        self.rows, self.count, self.note, self.empty = rows, count, note, ""

    def show_empty(self, sentence: str) -> None:
        self.rows, self.empty = (), sentence

    def show_error(self, sentence: str) -> None:
        self.error = sentence


class FixedClock:
    def now(self) -> datetime:
        return NOW


class Bin:
    def __init__(self, *drafts: Draft) -> None:
        self.drafts = list(drafts)

    def discarded(self) -> list[Draft]:
        return list(self.drafts)

    def __call__(self, codigo: str) -> tuple[Draft, Changes]:
        for draft in self.drafts:
            if draft.ficha.codigo == codigo:
                self.drafts.remove(draft)
                return draft, Changes.of(Kind.DRAFT)
        raise UserFacingError("ficha.draft_unknown", codigo=codigo)


def a_draft(number: int) -> Draft:
    ficha = unsigned_ficha(codigo=f"05-2026-K7Q2MX-{number:04d}")
    return replace(Draft(str(number), ficha, NOW), discarded_at=NOW - timedelta(days=number))


def scene(*drafts: Draft) -> tuple[PapeleraPresenter, Screen, QueuedTasks, Steps]:
    screen, tasks, go = Screen(), QueuedTasks(), Steps()
    sources = PapeleraSources(Bin(*drafts), Territorio(DISTRITOS.values()), FixedClock())
    presenter = PapeleraPresenter(screen, tasks, go, sources)
    presenter.arrived()
    tasks.run()
    return presenter, screen, tasks, go


def test_an_empty_bin_says_what_it_is_for() -> None:
    presenter, screen, _, go = scene()
    assert screen.empty == "La papelera está vacía. Lo que descarte se podrá recuperar aquí."
    presenter.fichas()
    presenter.back()
    assert (go.routes, go.backs) == ([routes.Fichas()], 1)


def test_each_draft_says_what_it_was_and_until_when_it_stays() -> None:
    _, screen, _, _ = scene(a_draft(2))
    (row,) = screen.rows
    assert (row.nombre, row.resto) == ("Quinua", "(Huamanga)")
    assert row.detalle.endswith("descartado el 18/11/2026")
    assert row.hasta == "hasta el 18/12/2026"
    assert (screen.count, screen.note) == ("1 borrador descartado", "")


def test_a_very_full_bin_shows_the_last_and_counts_all() -> None:
    _, screen, _, _ = scene(*(a_draft(n) for n in range(1, SHOWN + 3)))
    assert len(screen.rows) == SHOWN
    assert screen.count == "102 borradores descartados"
    assert screen.note == "Se muestran los 100 últimos."


def test_taking_one_back_says_where_it_is() -> None:
    presenter, screen, tasks, go = scene(a_draft(1))
    presenter.restore("05-2026-K7Q2MX-0001")
    tasks.run()
    assert go.told == ["Se recuperó la ficha de Quinua (Huamanga). Está en Por terminar."]
    presenter.changed(Changes.of(Kind.DRAFT))
    tasks.run()
    assert screen.empty != ""
    presenter.restore("05-2026-K7Q2MX-0001")
    tasks.run()
    assert "05-2026-K7Q2MX-0001" in screen.error


def test_other_changes_are_no_news() -> None:
    presenter, _, tasks, _ = scene()
    presenter.changed(Changes.of(Kind.DEVICE))
    assert tasks.waiting == []
