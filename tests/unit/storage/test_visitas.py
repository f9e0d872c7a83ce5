"""What coverage is computed from: records, receptions and reviews, as the database draws them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest
from msgspec.structs import replace

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.domain.authority import Standing
from fichaat.domain.cobertura import Cifra, Visita, cobertura
from fichaat.domain.ficha import DistritoAtendido, Ejecutor, Ficha, Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.storage.store import SqlStore
from tests.support.databases import empty_store
from tests.support.fake_region import (
    COORDINADOR,
    ESPECIALISTA,
    PROVINCIAL,
    FakeRegion,
    day,
    received,
    review,
)
from tests.support.records import FakeDevice, make_ficha

QUINUA, VINCHOS = "050108", "050114"
SIGNED = {QUINUA: date(2023, 6, 14), VINCHOS: date(2023, 6, 14)}
D, S = Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO
VISIT = date(2026, 8, 5)


class Cast:
    """A region, its coordinator, a province and a specialist, all approved."""

    def __init__(self) -> None:
        self.region = FakeRegion()
        self.coord, self.prov = FakeDevice("coord"), FakeDevice("prov")
        self.ana, self.stranger = FakeDevice("ana"), FakeDevice("otro")
        self.approved = [
            self.region.grant(self.coord, COORDINADOR, emisor=True),
            self.region.grant(self.prov, PROVINCIAL),
            self.region.grant(self.ana, ESPECIALISTA),
        ]

    @contextmanager
    def store(self, *records: SealedRecord, reverse: bool = False) -> Iterator[SqlStore]:
        """A database that holds these records, in either order."""
        devices = (self.region, self.coord, self.prov, self.ana, self.stranger)
        pems = {name: pem for device in devices for name, pem in device.certificates.items()}
        parts = [*self.approved, *records]
        with empty_store() as store:
            with store.write() as tx:
                tx.set_root(self.region.device)
            for item in reversed(parts) if reverse else parts:
                with store.write() as tx:
                    tx.add_records([item], pems)
            yield store

    def visitas(self, *records: SealedRecord) -> list[Visita]:
        """Whatever comes first, and drawn anew."""
        found = []
        for reverse in (False, True):
            with self.store(*records, reverse=reverse) as store:
                found.append(seen(store))
                store.rebuild(no_progress, CancelToken())
                found.append(seen(store))
                there = {place for visita in found[0] for place, _ in visita.distritos}
                for place in there:
                    with store.read() as reader:
                        some = reader.visitas([place])
                    assert some == [v for v in found[0] if place in dict(v.distritos)]
        assert all(other == found[0] for other in found)
        return found[0]

    def visita(self, *records: SealedRecord) -> Visita:
        (found,) = self.visitas(*records)
        return found


def seen(store: SqlStore) -> list[Visita]:
    with store.read() as reader:
        return reader.visitas()


@pytest.fixture
def cast() -> Cast:
    return Cast()


def about(
    device: FakeDevice,
    number: int,
    *distritos: tuple[str, Sesion | None],
    nivel: Nivel = Nivel.REGIONAL,
    temas: Sequence[Tema] = (),
    fecha: date | None = VISIT,
) -> SealedRecord:
    """A sealed visit."""
    ejecutor = Ejecutor(nivel, "0501" if nivel is Nivel.PROVINCIAL else "05", "E")
    ficha = make_ficha(number, fecha=VISIT, acuerdos=0, ejecutor=ejecutor, temas=tuple(temas))
    places = tuple(DistritoAtendido(ubigeo, sesion) for ubigeo, sesion in distritos)
    return device.ficha(replace(ficha, distritos=places, fecha=fecha))


def content_of(item: SealedRecord) -> Ficha:
    content = item.record.content
    assert isinstance(content, Ficha)
    return content


def test_a_ficha_as_coverage_looks_at_it(cast: Cast) -> None:
    item = about(cast.ana, 1, (VINCHOS, S), (QUINUA, D), temas=(Tema.AGUA, Tema.SALUD))
    found = cast.visita(item)
    assert found == Visita(
        id=item.record.id,
        codigo="05-2026-K7Q2MX-0001",
        fecha=VISIT,
        nivel=Nivel.REGIONAL,
        estado=Estado.SELLADA,
        aprobacion=Standing.APROBADO,
        disputada=False,
        revision=None,
        recibida=False,
        distritos=((QUINUA, D), (VINCHOS, S)),
        temas=(Tema.AGUA, Tema.SALUD),
    )


def test_a_district_twice_keeps_its_first_session_and_one_without_a_session_none(
    cast: Cast,
) -> None:
    item = about(cast.ana, 1, (QUINUA, S), (QUINUA, D), (VINCHOS, None), fecha=None)
    found = cast.visita(item)
    assert found.distritos == ((QUINUA, S), (VINCHOS, None))
    assert found.fecha is None


def test_the_newest_version_moves_to_the_other_district(cast: Cast) -> None:
    first = about(cast.ana, 1, (QUINUA, D))
    ficha = content_of(first)
    moved = cast.ana.rectify(first, replace(ficha, distritos=(DistritoAtendido(VINCHOS, S),)))
    got = received(cast.coord, [first], day(300))
    found = cast.visita(first, moved, got, review(cast.coord, first, Veredicto.APROBADA))
    assert found.distritos == ((VINCHOS, S),)
    assert (found.revision, found.recibida) == (None, False)


@pytest.mark.parametrize(
    ("who", "moment", "recibida"),
    [("coord", 300, True), ("prov", 300, False), ("stranger", 300, False), ("coord", -30, False)],
)
def test_only_a_coordinator_valid_then_receives_for_the_region(
    cast: Cast, who: str, moment: int, *, recibida: bool
) -> None:
    item = about(cast.ana, 1, (QUINUA, D))
    device: FakeDevice = getattr(cast, who)
    assert cast.visita(item, received(device, [item], day(moment))).recibida is recibida


def test_what_the_coordinator_seals_the_region_has(cast: Cast) -> None:
    assert cast.visita(about(cast.coord, 1, (QUINUA, D))).recibida


def test_what_the_region_judged_it_has_even_where_its_reception_has_yet_to_come(
    cast: Cast,
) -> None:
    item = about(cast.prov, 1, (QUINUA, D), nivel=Nivel.PROVINCIAL)
    assert not cast.visita(item, review(cast.prov, item, Veredicto.VISADA)).recibida
    found = cast.visita(item, review(cast.coord, item, Veredicto.APROBADA))
    assert (found.recibida, found.nivel) == (True, Nivel.PROVINCIAL)


def test_annulled_quarantined_and_waiting_fichas_say_so(cast: Cast) -> None:
    annulled = about(cast.ana, 1, (QUINUA, D))
    items = [
        annulled,
        cast.ana.annul(annulled),
        about(cast.stranger, 2, (QUINUA, D)),
        about(cast.prov, 3, (QUINUA, D)),  # not its right: it is not of its level
    ]
    found = {visita.codigo[-1]: visita for visita in cast.visitas(*items)}
    assert found["1"].estado is Estado.ANULADA
    assert (found["2"].estado, found["2"].aprobacion) == (Estado.SELLADA, Standing.POR_APROBAR)
    assert (found["3"].estado, found["3"].aprobacion) == (
        Estado.CUARENTENA,
        Standing.FUERA_DE_AMBITO,
    )


def test_a_revoked_signer_keeps_what_the_region_had(cast: Cast) -> None:
    held, later = about(cast.ana, 1, (QUINUA, D)), about(cast.ana, 2, (QUINUA, S))
    got = received(cast.coord, [held], day(200))
    gone = cast.region.revoke(cast.ana, day(250), held)
    found = {visita.codigo[-1]: visita for visita in cast.visitas(held, later, got, gone)}
    assert (found["1"].estado, found["1"].aprobacion) == (Estado.SELLADA, Standing.APROBADO)
    assert (found["2"].estado, found["2"].aprobacion) == (Estado.CUARENTENA, Standing.REVOCADO)


def test_two_versions_in_conflict_count_neither_until_the_region_chooses(cast: Cast) -> None:
    first = about(cast.ana, 1, (QUINUA, D))
    twin = cast.ana.fork()
    ficha = content_of(first)
    here = cast.ana.rectify(first, replace(ficha, lugar="aquí"))
    there = twin.rectify(first, replace(ficha, lugar="allá"))
    assert cast.visita(first, here, there).estado is Estado.CONFLICTO
    chosen = review(cast.coord, here, Veredicto.ELEGIDA)
    found = cast.visita(first, here, there, chosen)
    assert (found.estado, found.revision) == (Estado.SELLADA, None)


def test_records_receptions_and_reviews_become_figures(cast: Cast) -> None:
    """A diagnosis and a follow-up of two municipalities, on their way to the headline."""
    first = about(cast.ana, 1, (QUINUA, D), (VINCHOS, D))
    second = about(cast.prov, 2, (QUINUA, S), nivel=Nivel.PROVINCIAL)
    third = about(cast.ana, 3, (VINCHOS, S))
    approvals = [review(cast.coord, item, Veredicto.APROBADA) for item in (first, second)]
    steps: list[tuple[list[SealedRecord], Cifra]] = [
        ([first, second, third], Cifra(0, 0, 1)),
        ([received(cast.coord, [second], day(300))], Cifra(0, 0, 2)),
        ([received(cast.coord, [first, third], day(300))], Cifra(0, 2, 2)),
        (approvals, Cifra(1, 2, 2)),
        ([review(cast.coord, first, Veredicto.OBSERVADA, approvals[0])], Cifra(0, 0, 2)),
    ]
    held: list[SealedRecord] = []
    for records, figure in steps:
        held += records
        found = cobertura(cast.visitas(*held), SIGNED, date(2026, 7, 1), date(2026, 12, 31))
        assert found.periodo.estricta == figure, len(held)
