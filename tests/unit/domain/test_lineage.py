"""Which version of a ficha holds, and what of the rest has an effect."""

from itertools import permutations

import pytest
from msgspec.structs import replace

from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.acuerdo_state import AcuerdoState, acuerdo_state
from fichaat.domain.authority import Standing
from fichaat.domain.ficha import DistritoAtendido, Ficha
from fichaat.domain.lineage import Estado, History, Lineage, history, last_words
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from tests.support.fake_region import (
    COORDINADOR,
    ESPECIALISTA,
    PROVINCIAL,
    FakeRegion,
    day,
    full_authority,
    received,
    review,
)
from tests.support.records import FakeDevice, make_ficha

FICHA = make_ficha(1)
OTHER = make_ficha(1, lugar="Otro local")
TWO_PROVINCES = replace(FICHA, distritos=(DistritoAtendido("050101"), DistritoAtendido("050401")))


class Region:
    """Four approved devices, one that is not, and everything they say."""

    def __init__(self) -> None:
        self.key = FakeRegion()
        names = ("ana", "eva", "jefe", "rosa", "prov", "nadie")
        self.ana, self.eva, self.jefe, self.rosa, self.prov, self.nadie = map(FakeDevice, names)
        self.said = [
            self.key.grant(self.ana),
            self.key.grant(self.eva),
            self.key.grant(self.jefe, COORDINADOR),
            self.key.grant(self.rosa, COORDINADOR),
            self.key.grant(self.prov, PROVINCIAL),
        ]
        self.first = self.ana.ficha(FICHA)

    def story(self, *records: SealedRecord) -> History:
        """Of the first ficha and these; the order in which they came never matters."""
        items = [self.first, *records]
        authority = full_authority(self.key.device, [*self.said, *items])
        found = history(items, authority)
        assert history(reversed(items), authority) == found
        return found

    def line(self, *records: SealedRecord) -> Lineage:
        (found,) = self.story(*records).lineages
        return found

    def revoke(self, device: FakeDevice, number: int, *held: SealedRecord) -> None:
        self.said.append(self.key.revoke(device, day(number), *held))

    def receive(self, number: int, *items: SealedRecord) -> None:
        self.said.append(received(self.jefe, items, day(number)))


@pytest.fixture
def region() -> Region:
    return Region()


def apart(line: Lineage) -> dict[str, Standing]:
    return {found.item.sha256: found.motivo for found in line.apartados}


# --- versions ---


def test_the_newest_version_of_the_author_holds(region: Region) -> None:
    second = region.ana.rectify(region.first, OTHER)
    third = region.ana.rectify(second, OTHER)
    line = region.line(third, second)
    assert (line.head, line.estado) == (third, Estado.SELLADA)
    assert line.versions == (region.first, second, third)
    assert line.apartados == ()


def test_a_late_version_of_a_revoked_device_leaves_the_earlier_one(region: Region) -> None:
    late = region.ana.rectify(region.first, OTHER)
    region.receive(10, region.first)
    region.receive(30, late)
    region.revoke(region.ana, 20)
    line = region.line(late)
    assert (line.head, line.estado, line.aprobacion) == (
        region.first,
        Estado.SELLADA,
        Standing.APROBADO,
    )
    assert apart(line) == {late.sha256: Standing.REVOCADO}


def test_one_that_never_arrived_is_apart_altogether(region: Region) -> None:
    region.revoke(region.ana, 20)
    line = region.line()
    assert (line.estado, line.aprobacion) == (Estado.CUARENTENA, Standing.REVOCADO)


def test_a_strangers_later_version_is_refused(region: Region) -> None:
    for stranger in (region.eva, region.nadie, region.jefe):
        forged = stranger.rectify(region.first, OTHER)
        story = region.story(forged)
        assert [line.head for line in story.lineages] == [region.first]
        assert story.refused == (forged,)


def test_a_relevo_continues_and_one_that_is_not_approved_waits(region: Region) -> None:
    region.said.append(region.key.relieve(region.ana, region.eva))
    region.said.append(region.key.relieve(region.ana, region.nadie))
    by_eva = region.eva.rectify(region.first, OTHER)
    by_nadie = region.nadie.rectify(by_eva, FICHA)
    line = region.line(by_eva, by_nadie)
    assert line.head == by_eva
    assert apart(line) == {by_nadie.sha256: Standing.POR_APROBAR}


def test_the_old_laptop_may_still_correct_after_its_relevo(region: Region) -> None:
    region.said.append(region.key.relieve(region.ana, region.eva))
    by_eva = region.eva.rectify(region.first, OTHER)
    by_ana = region.ana.rectify(region.first, FICHA)
    assert region.line(by_eva, by_ana).estado is Estado.CONFLICTO


def test_a_copy_by_somebody_not_approved_never_uncounts_the_original(region: Region) -> None:
    copy = region.nadie.ficha(OTHER, region.first.record.id)
    lines = {line.origin: line for line in region.story(copy).lineages}
    assert lines[region.ana.device].estado is Estado.SELLADA
    assert lines[region.nadie.device].estado is Estado.CUARENTENA


# --- what others say about it ---


@pytest.mark.parametrize("act", ["annul", "evidence"])
def test_only_believed_devices_change_an_approved_ficha(region: Region, act: str) -> None:
    abroad = FakeDevice("abroad")
    region.said.append(region.key.grant(abroad, COORDINADOR, "03"))
    region.revoke(region.rosa, 20)
    by = {
        Standing.SIN_DERECHO: [region.nadie, region.eva, region.prov],
        Standing.REVOCADO: [region.rosa],
        Standing.FUERA_DE_AMBITO: [abroad],
    }
    for mark, devices in by.items():
        for device in devices:
            record = getattr(device, act)(region.first)
            line = region.line(record)
            assert line.estado is Estado.SELLADA
            assert line.evidencias == line.anulaciones == ()
            assert apart(line) == {record.sha256: mark}


def test_an_author_annuls_and_so_does_a_coordinator(region: Region) -> None:
    for device in (region.ana, region.jefe):
        record = device.annul(region.first)
        line = region.line(record)
        assert (line.estado, line.anulaciones) == (Estado.ANULADA, (record,))


def test_a_thiefs_annulment_of_an_earlier_ficha_has_no_effect(region: Region) -> None:
    forged = region.ana.annul(region.first)
    region.receive(10, region.first)
    region.revoke(region.ana, 20)
    line = region.line(forged)
    assert (line.estado, line.aprobacion) == (Estado.SELLADA, Standing.APROBADO)
    assert apart(line) == {forged.sha256: Standing.REVOCADO}


def test_what_waits_for_approval_is_annulled_by_its_author(region: Region) -> None:
    mine = region.nadie.ficha(OTHER)
    authority = full_authority(region.key.device, region.said)
    (line,) = history([mine, region.nadie.annul(mine)], authority).lineages
    assert (line.estado, line.aprobacion) == (Estado.ANULADA, Standing.POR_APROBAR)


def test_a_statement_about_what_is_not_here_waits(region: Region) -> None:
    second = region.ana.rectify(region.first, OTHER)
    annulment = region.ana.annul(second)
    assert region.story(annulment).refused == (annulment,)
    assert region.line(second, annulment).estado is Estado.ANULADA


# --- reviews ---


def holds(line: Lineage) -> tuple[Veredicto | None, bool]:
    return line.revision, line.contradicha


@pytest.mark.parametrize(
    "veredicto", [Veredicto.APROBADA, Veredicto.OBSERVADA, Veredicto.RECHAZADA]
)
def test_a_coordinators_word_holds(region: Region, veredicto: Veredicto) -> None:
    assert holds(region.line(review(region.jefe, region.first, veredicto))) == (veredicto, False)


def test_the_later_word_replaces_the_one_it_knew(region: Region) -> None:
    observed = review(region.jefe, region.first, Veredicto.OBSERVADA)
    approved = review(region.rosa, region.first, Veredicto.APROBADA, observed)
    rejected = review(region.jefe, region.first, Veredicto.RECHAZADA, approved)
    assert holds(region.line(observed, approved)) == (Veredicto.APROBADA, False)
    assert holds(region.line(observed, approved, rejected)) == (Veredicto.RECHAZADA, False)


def test_nobody_else_stands_between_two_words(region: Region) -> None:
    """The author knew the observation; the coordinator who approves did not."""
    observed = review(region.jefe, region.first, Veredicto.OBSERVADA)
    proof = replace_after(region.ana, region.first, observed)
    approved = review(region.rosa, region.first, Veredicto.APROBADA, proof)
    assert holds(region.line(observed, proof, approved)) == (Veredicto.OBSERVADA, True)
    forged = review(region.ana, region.first, Veredicto.OBSERVADA, observed)
    approved = review(region.rosa, region.first, Veredicto.APROBADA, forged)
    assert holds(region.line(observed, forged, approved)) == (Veredicto.OBSERVADA, True)


def test_a_word_is_known_through_another(region: Region) -> None:
    observed = review(region.jefe, region.first, Veredicto.OBSERVADA)
    rejected = review(region.rosa, region.first, Veredicto.RECHAZADA, observed)
    approved = review(region.jefe, region.first, Veredicto.APROBADA, rejected)
    assert holds(region.line(observed, rejected, approved)) == (Veredicto.APROBADA, False)


def replace_after(device: FakeDevice, subject: SealedRecord, known: SealedRecord) -> SealedRecord:
    """Evidence of a version whose author knew something else about it."""
    content = device.evidence(subject).record.content
    return device.seal("evidencia", content, after=[known.sha256])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (Veredicto.APROBADA, Veredicto.OBSERVADA, Veredicto.OBSERVADA),
        (Veredicto.APROBADA, Veredicto.RECHAZADA, Veredicto.RECHAZADA),
        (Veredicto.OBSERVADA, Veredicto.RECHAZADA, Veredicto.RECHAZADA),
        (Veredicto.APROBADA, Veredicto.RETIRADA, None),
    ],
)
def test_of_words_that_did_not_know_each_other_the_harder_holds(
    region: Region, one: Veredicto, two: Veredicto, expected: Veredicto | None
) -> None:
    first = review(region.jefe, region.first, one)
    second = review(region.rosa, region.first, two)
    assert holds(region.line(first, second)) == (expected, True)
    settled = review(region.jefe, region.first, Veredicto.APROBADA, first, second)
    assert holds(region.line(first, second, settled)) == (Veredicto.APROBADA, False)


def test_two_who_say_the_same_do_not_contradict_each_other(region: Region) -> None:
    both = [review(by, region.first, Veredicto.APROBADA) for by in (region.jefe, region.rosa)]
    assert holds(region.line(*both)) == (Veredicto.APROBADA, False)


def test_taking_it_back_leaves_what_the_province_said(region: Region) -> None:
    approved = review(region.jefe, region.first, Veredicto.APROBADA)
    withdrawn = review(region.jefe, region.first, Veredicto.RETIRADA, approved)
    assert holds(region.line(approved, withdrawn)) == (None, False)
    seen = review(region.prov, region.first, Veredicto.VISADA)
    assert holds(region.line(seen)) == (Veredicto.VISADA, False)
    assert holds(region.line(seen, approved)) == (Veredicto.APROBADA, False)
    assert holds(region.line(seen, approved, withdrawn)) == (Veredicto.VISADA, False)


def test_the_last_words_about_a_version(region: Region) -> None:
    approved = review(region.jefe, region.first, Veredicto.APROBADA)
    withdrawn = review(region.jefe, region.first, Veredicto.RETIRADA, approved)
    apart_ = review(region.rosa, region.first, Veredicto.OBSERVADA, approved)
    settled = review(region.jefe, region.first, Veredicto.RETIRADA, withdrawn, apart_)
    seen = review(region.prov, region.first, Veredicto.VISADA, settled)

    def last(*said: SealedRecord) -> set[Veredicto]:
        return set(last_words([region.line(*said)], region.first.sha256))

    assert last() == last(seen) == set()
    assert last(approved, seen) == {Veredicto.APROBADA}
    assert last(approved, withdrawn) == {Veredicto.RETIRADA}
    assert last(approved, withdrawn, apart_) == {Veredicto.RETIRADA, Veredicto.OBSERVADA}
    assert last(approved, withdrawn, apart_, settled, seen) == {Veredicto.RETIRADA}


def test_a_province_sees_only_what_is_all_its_own(region: Region) -> None:
    region.first = region.ana.ficha(TWO_PROVINCES)
    seen = review(region.prov, region.first, Veredicto.VISADA)
    assert holds(region.line(seen)) == (None, False)


def test_words_without_the_right_have_no_effect(region: Region) -> None:
    abroad = FakeDevice("abroad")
    region.said.append(region.key.grant(abroad, COORDINADOR, "03"))
    region.revoke(region.rosa, 20)
    words = [
        review(region.ana, region.first, Veredicto.APROBADA),
        review(region.eva, region.first, Veredicto.RECHAZADA),
        review(region.nadie, region.first, Veredicto.APROBADA),
        review(region.prov, region.first, Veredicto.APROBADA),
        review(region.rosa, region.first, Veredicto.APROBADA),
        review(abroad, region.first, Veredicto.APROBADA),
        review(region.jefe, region.first, Veredicto.VISADA),
        review(region.nadie, region.first, Veredicto.VISADA),
    ]
    line = region.line(*words)
    assert holds(line) == (None, False)
    assert line.revisiones == ()
    assert apart(line).keys() == {item.sha256 for item in words}


def test_a_forged_word_does_not_replace_the_one_it_knew(region: Region) -> None:
    observed = review(region.jefe, region.first, Veredicto.OBSERVADA)
    forged = review(region.ana, region.first, Veredicto.APROBADA, observed)
    assert holds(region.line(observed, forged)) == (Veredicto.OBSERVADA, False)


def test_even_a_ficha_that_waits_is_judged_by_approved_devices_only(region: Region) -> None:
    mine = region.nadie.ficha(OTHER)
    word = review(FakeDevice("x"), mine, Veredicto.APROBADA)
    authority = full_authority(region.key.device, region.said)
    (line,) = history([mine, word], authority).lineages
    assert (line.aprobacion, line.revision) == (Standing.POR_APROBAR, None)


def test_a_new_version_starts_unreviewed(region: Region) -> None:
    approved = review(region.jefe, region.first, Veredicto.APROBADA)
    second = region.ana.rectify(region.first, OTHER)
    line = region.line(approved, second)
    assert (line.head, holds(line)) == (second, (None, False))
    assert line.revisiones == (approved,)
    again = review(region.jefe, second, Veredicto.OBSERVADA, approved)
    assert holds(region.line(approved, second, again)) == (Veredicto.OBSERVADA, False)


def test_a_revoked_coordinators_earlier_words_stand(region: Region) -> None:
    approved = review(region.rosa, region.first, Veredicto.APROBADA)
    forged = review(region.rosa, region.first, Veredicto.RECHAZADA, approved)
    region.revoke(region.rosa, 20, approved)
    assert holds(region.line(approved, forged)) == (Veredicto.APROBADA, False)


# --- conflicts, and the region's choice ---


def chosen(region: Region, *records: SealedRecord) -> list[SealedRecord]:
    return [line.head for line in region.story(*records).lineages if line.estado is Estado.SELLADA]


def test_two_copies_of_a_version_conflict_until_one_is_chosen(region: Region) -> None:
    twin = region.ana.fork()
    copies = [
        region.ana.rectify(region.first, OTHER),
        twin.rectify(region.first, replace(OTHER, lugar="En la plaza")),
    ]
    assert region.line(*copies).estado is Estado.CONFLICTO
    for copy in copies:
        word = review(region.jefe, copy, Veredicto.ELEGIDA)
        line = region.line(*copies, word)
        assert (line.head, line.estado) == (copy, Estado.SELLADA)


def test_one_may_change_ones_mind_about_the_chosen_copy(region: Region) -> None:
    one = region.ana.fork().rectify(region.first, OTHER)
    two = region.ana.rectify(region.first, replace(OTHER, lugar="En la plaza"))
    first = review(region.jefe, one, Veredicto.ELEGIDA)
    second = review(region.rosa, two, Veredicto.ELEGIDA, first)
    assert region.line(one, two, first, second).head == two
    apart_from_it = review(region.rosa, two, Veredicto.ELEGIDA)
    assert region.line(one, two, first, apart_from_it).estado is Estado.CONFLICTO


@pytest.mark.parametrize("rol", [ESPECIALISTA, PROVINCIAL])
def test_nobody_else_ends_a_conflict(region: Region, rol: object) -> None:
    by = region.prov if rol is PROVINCIAL else region.eva
    one = region.ana.fork().rectify(region.first, OTHER)
    two = region.ana.rectify(region.first, replace(OTHER, lugar="En la plaza"))
    word = review(by, one, Veredicto.ELEGIDA)
    assert region.line(one, two, word).estado is Estado.CONFLICTO


def test_two_approved_lineages_conflict_until_one_is_chosen(region: Region) -> None:
    copy = region.eva.ficha(OTHER, region.first.record.id)
    assert {line.estado for line in region.story(copy).lineages} == {Estado.CONFLICTO}
    word = review(region.jefe, copy, Veredicto.ELEGIDA)
    assert chosen(region, copy, word) == [copy]
    back = review(region.jefe, region.first, Veredicto.ELEGIDA, word)
    assert chosen(region, copy, word, back) == [region.first]
    assert chosen(region, copy, word, review(region.rosa, region.first, Veredicto.ELEGIDA)) == []


def test_the_chosen_lineage_stays_chosen_in_its_next_version(region: Region) -> None:
    copy = region.eva.ficha(OTHER, region.first.record.id)
    word = review(region.jefe, region.first, Veredicto.ELEGIDA)
    second = region.ana.rectify(region.first, OTHER)
    by_eva = region.eva.rectify(copy, OTHER)
    assert chosen(region, copy, word, second, by_eva) == [second]


def test_a_choice_gives_no_right_to_whoever_has_none(region: Region) -> None:
    copy = region.nadie.ficha(OTHER, region.first.record.id)
    word = review(region.jefe, copy, Veredicto.ELEGIDA)
    assert chosen(region, copy, word) == [region.first]


def test_copies_by_two_who_wait_are_disputed(region: Region) -> None:
    one, two = region.nadie.ficha(FICHA), FakeDevice("x")
    copy = two.ficha(OTHER, one.record.id)
    for order in permutations([one, copy]):
        lines = history(order, full_authority(region.key.device, region.said)).lineages
        assert {line.disputed for line in lines} == {True}


# --- agreements ---


def moved(region: Region, *events: SealedRecord) -> AcuerdoState:
    ficha = region.first.record.content
    assert isinstance(ficha, Ficha)
    id_ = ficha.acuerdos[0].id
    authority = full_authority(region.key.device, [*region.said, region.first, *events])
    lines = history([region.first], authority).lineages
    spoken = [item for item in events if isinstance(item.record.content, EventoAcuerdo)]
    state = acuerdo_state(id_, lines, spoken, authority)
    assert state is not None
    return state


def test_an_approved_agreement_is_moved_by_approved_devices_in_their_places(
    region: Region,
) -> None:
    ficha = region.first.record.content
    assert isinstance(ficha, Ficha)
    far = FakeDevice("far")
    region.said.append(region.key.grant(far, PROVINCIAL, "0504"))
    region.revoke(region.rosa, 20)

    def by(device: FakeDevice) -> EstadoAcuerdo:
        event = device.event(
            ficha.acuerdos[0].id, EstadoAcuerdo.CUMPLIDO, after=[region.first.sha256]
        )
        return moved(region, event).estado

    for device in (region.nadie, region.rosa, far):
        assert by(device) is EstadoAcuerdo.PENDIENTE
    for device in (region.ana, region.eva, region.prov, region.jefe):
        assert by(device) is EstadoAcuerdo.CUMPLIDO


def test_an_agreement_that_waits_is_moved_by_anybody_believed(region: Region) -> None:
    region.first = region.nadie.ficha(FICHA)
    id_ = FICHA.acuerdos[0].id
    for device in (region.nadie, FakeDevice("x"), region.ana):
        event = device.event(id_, EstadoAcuerdo.CUMPLIDO, after=[region.first.sha256])
        assert moved(region, event).estado is EstadoAcuerdo.CUMPLIDO
    region.revoke(region.eva, 20)
    event = region.eva.event(id_, EstadoAcuerdo.CUMPLIDO)
    assert moved(region, event).estado is EstadoAcuerdo.PENDIENTE
