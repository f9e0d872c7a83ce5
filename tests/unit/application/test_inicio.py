"""What Inicio is told: the newest drafts and how far they are, what falls due, what waits."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from fichaat.application.acuerdo_line import end_of_week
from fichaat.application.inicio import (
    COUNTED,
    DUE,
    OVERDUE,
    ReadPanorama,
    readiness,
)
from fichaat.application.ports.rows import Draft
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.domain.acuerdo import Acuerdo
from fichaat.domain.ficha import Ficha
from fichaat.domain.problems import Problem, Severity
from fichaat.domain.record import Kind
from tests.support.fichas import unsigned_ficha
from tests.support.installations import Laptop
from tests.support.offices import make_region

TODAY = date(2026, 11, 20)  # a Friday


def seal(laptop: Laptop, *plazos: date) -> str:
    """A sealed ficha with an agreement for each date; its code."""
    here = laptop.here
    with here.store.write() as tx:
        codigo = new_codigos(tx, here, 1)[0]
        acuerdos = tuple(
            Acuerdo(here.ids.new_id(), f"Acuerdo {n}", "Gerencia", plazo)
            for n, plazo in enumerate(plazos)
        )
        ficha = replace(unsigned_ficha(), codigo=codigo, acuerdos=acuerdos)
        recorder = Recorder(here)
        tx.add_records(
            recorder.seal(tx, [ToSeal(Kind.FICHA, ficha, here.ids.new_id())]),
            recorder.certificates(),
        )
    return codigo


def keep_draft(laptop: Laptop, **changes: object) -> Draft:
    here = laptop.here
    with here.store.write() as tx:
        codigo = new_codigos(tx, here, 1)[0]
        draft = new_draft(here, replace(unsigned_ficha(), codigo=codigo, **changes))
        tx.put_draft(draft)
    return draft


def test_an_empty_folder_has_nothing_to_show(laptop: Laptop) -> None:
    found = ReadPanorama(laptop.here)(None)
    assert (found.drafts, found.draft_count, found.abiertos) == ((), 0, 0)
    assert (found.entrega.fichas, found.entrega.sin_acuse, found.selladas_desde) == (0, 0, 0)


def test_drafts_come_newest_first_with_what_they_lack(laptop: Laptop) -> None:
    first = keep_draft(laptop)
    second = keep_draft(laptop, fecha=None)
    found = ReadPanorama(laptop.here)(None)
    assert [line.draft.id for line in found.drafts] == [second.id, first.id]
    lacking = {line.draft.id: line.readiness for line in found.drafts}
    assert lacking[first.id].firmas == 2
    assert (lacking[second.id].firmas, lacking[second.id].errores) == (0, 3)


def test_more_drafts_than_are_shown_are_counted(laptop: Laptop) -> None:
    for _ in range(7):
        keep_draft(laptop)
    found = ReadPanorama(laptop.here)(None)
    assert (len(found.drafts), found.draft_count) == (5, 7)


def test_agreements_of_this_week_and_the_last_overdue_ones(laptop: Laptop) -> None:
    codigo = seal(
        laptop,
        *(TODAY - timedelta(days=n) for n in range(1, 6)),
        *(TODAY + timedelta(days=n) for n in range(4)),
    )
    found = ReadPanorama(laptop.here)(None)
    overdue = [line.plazo for line in found.vencidos]
    assert overdue == [TODAY - timedelta(days=n) for n in (3, 2, 1)]
    assert len(overdue) == OVERDUE
    assert found.vencidos_count == 5
    assert [line.plazo for line in found.esta_semana] == [
        TODAY,
        TODAY + timedelta(days=1),
        TODAY + timedelta(days=2),
    ]
    assert found.esta_semana_count == 3 <= DUE
    assert found.abiertos == 9  # the ninth falls due on Monday
    assert {line.codigo for line in (*found.vencidos, *found.esta_semana)} == {codigo}


def test_what_was_sealed_waits_until_the_region_has_it(laptop: Laptop, other: Laptop) -> None:
    make_region(other, laptop)
    seal(laptop)
    before = laptop.clock.moment
    seal(laptop)
    read = ReadPanorama(laptop.here)
    assert (read(None).entrega.fichas, read(None).entrega.sin_acuse) == (2, 2)
    assert read.undelivered() == 2
    other.receive(laptop.held(), laptop)
    laptop.receive(other.held(), other)
    found = read(before)
    assert (found.entrega.fichas, found.entrega.sin_acuse, found.entrega.oldest) == (2, 0, None)
    assert read.undelivered() == 0


def test_fichas_sealed_after_the_backup_are_counted(laptop: Laptop) -> None:
    seal(laptop)
    backup: datetime = laptop.clock.moment
    laptop.clock.moment += timedelta(seconds=5)
    seal(laptop)
    read = ReadPanorama(laptop.here)
    assert read(backup).selladas_desde == 1 < COUNTED
    assert read(None).selladas_desde == 2


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        ((), (0, 0, 0)),
        ((("ficha.fecha_required", Severity.ERROR),), (1, 0, 0)),
        ((("ficha.firma_responsable_missing", Severity.ERROR),), (1, 0, 1)),
        (
            (
                ("ficha.firma_responsable_missing", Severity.ERROR),
                ("ficha.fecha_required", Severity.ERROR),
                ("ficha.temas_required", Severity.WARNING),
            ),
            (2, 1, 0),
        ),
        ((("ficha.temas_required", Severity.WARNING),), (0, 1, 0)),
    ],
)
def test_how_far_a_draft_is(
    problems: tuple[tuple[str, Severity], ...], expected: tuple[int, int, int]
) -> None:
    ficha: Ficha = unsigned_ficha()
    draft = Draft("x", ficha, datetime(2026, 11, 20, tzinfo=None))  # noqa: DTZ001  # not looked at
    found = readiness(draft, [Problem(code, severity, "/x") for code, severity in problems])
    assert (found.errores, found.avisos, found.firmas) == expected


def test_a_week_ends_on_sunday() -> None:
    assert end_of_week(TODAY) == date(2026, 11, 22)
    assert end_of_week(date(2026, 11, 22)) == date(2026, 11, 22)
    assert end_of_week(date(2026, 11, 23)) == date(2026, 11, 29)
