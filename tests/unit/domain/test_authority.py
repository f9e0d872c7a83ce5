"""Who may seal what: the table of the design, row by row, and at which moment it is asked."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.authority import (
    TOLERANCE,
    Authority,
    Reception,
    Standing,
    continues,
    draw_authority,
    first_moments,
    fixes_moment,
    is_provinces,
    may_visar,
    standing,
    successors,
)
from fichaat.domain.ficha import DistritoAtendido, Ejecutor, Ficha, Nivel
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from tests.support.fake_region import (
    COORDINADOR,
    DESDE,
    ESPECIALISTA,
    HASTA,
    PROVINCIAL,
    FakeRegion,
    catalogue,
    day,
    full_authority,
    received,
    review,
)
from tests.support.records import FakeDevice, make_ficha, make_uuid7

MPH = Ejecutor(Nivel.PROVINCIAL, "0501", "MPH")
REGIONAL = make_ficha(1)
PROVINCIAL_FICHA = make_ficha(1, ejecutor=MPH)
TWO_PROVINCES = replace(
    PROVINCIAL_FICHA, distritos=(DistritoAtendido("050108"), DistritoAtendido("050401"))
)
ABROAD = replace(REGIONAL, distritos=(DistritoAtendido("030101"),))


class World:
    """A region key, some devices, and all that was said."""

    def __init__(self) -> None:
        self.region = FakeRegion()
        self.ana, self.eva, self.rosa, self.jefe, self.prov = (
            FakeDevice(name) for name in ("ana", "eva", "rosa", "jefe", "prov")
        )
        self.said: list[SealedRecord] = []

    def say(self, *items: SealedRecord) -> SealedRecord:
        self.said += items
        return items[-1]

    def approve(
        self, device: FakeDevice, rol: Rol = ESPECIALISTA, **options: object
    ) -> SealedRecord:
        return self.say(self.region.grant(device, rol, **options))  # type: ignore[arg-type]

    def receive(self, items: Sequence[SealedRecord], number: int) -> SealedRecord:
        """A coordinator's reception on a day."""
        return self.say(received(self.jefe, items, day(number)))

    @property
    def authority(self) -> Authority:
        return full_authority(self.region.device, self.said)

    def stands(self, item: SealedRecord, origin: FakeDevice | None = None) -> Standing:
        self.say(item)
        return standing(item, self.authority, None if origin is None else origin.device)


@pytest.fixture
def world() -> World:
    """With a coordinator, who issues the catalogue."""
    made = World()
    made.approve(made.jefe, COORDINADOR, emisor=True)
    return made


# --- who has no credential ---


def test_without_a_credential_it_waits_for_approval(world: World) -> None:
    ficha = world.ana.ficha(REGIONAL)
    assert standing(ficha, Authority(), world.ana.device) is Standing.POR_APROBAR
    assert world.stands(ficha, world.ana) is Standing.POR_APROBAR


def test_nobody_is_believed_before_a_root_is_accepted(world: World) -> None:
    world.approve(world.ana)
    ficha = world.say(world.ana.ficha(REGIONAL))
    assert standing(ficha, full_authority(None, world.said)) is Standing.POR_APROBAR
    assert full_authority(None, world.said) == Authority()


def test_what_another_region_key_says_has_no_effect(world: World) -> None:
    impostor = FakeRegion("impostor")
    credential = impostor.grant(world.ana)
    world.say(credential, impostor.revoke(world.jefe, DESDE))
    world.say(impostor.relieve(world.eva, world.ana))
    assert world.stands(world.ana.ficha(REGIONAL), world.ana) is Standing.POR_APROBAR
    assert world.authority.revoked == {}
    assert world.authority.relevos == {}
    assert world.stands(credential) is Standing.SIN_DERECHO
    other = full_authority(impostor.device, world.said)
    assert set(other.grants) == {world.ana.device}
    assert standing(credential, other) is Standing.APROBADO


# --- scope ---


@pytest.mark.parametrize(
    ("rol", "ambito", "ficha", "expected"),
    [
        (ESPECIALISTA, "05", REGIONAL, Standing.APROBADO),
        (ESPECIALISTA, "05", PROVINCIAL_FICHA, Standing.APROBADO),
        (ESPECIALISTA, "03", REGIONAL, Standing.FUERA_DE_AMBITO),
        (ESPECIALISTA, "05", ABROAD, Standing.FUERA_DE_AMBITO),
        (PROVINCIAL, "0501", PROVINCIAL_FICHA, Standing.APROBADO),
        (PROVINCIAL, "0504", PROVINCIAL_FICHA, Standing.FUERA_DE_AMBITO),
        (PROVINCIAL, "0501", TWO_PROVINCES, Standing.FUERA_DE_AMBITO),
        (PROVINCIAL, "0501", REGIONAL, Standing.FUERA_DE_AMBITO),
        (COORDINADOR, "05", TWO_PROVINCES, Standing.APROBADO),
    ],
)
def test_scope(world: World, rol: Rol, ambito: str, ficha: Ficha, expected: Standing) -> None:
    world.approve(world.ana, rol, ambito=ambito)
    assert world.stands(world.ana.ficha(ficha), world.ana) is expected


def test_another_regions_record_is_out_of_scope_whatever_its_kind(world: World) -> None:
    abroad = FakeDevice("abroad", region="03")
    world.approve(abroad)
    event = abroad.event(make_uuid7("a"), EstadoAcuerdo.CUMPLIDO)
    assert world.stands(event) is Standing.FUERA_DE_AMBITO


# --- the kinds ---


def test_a_later_version_is_the_authors_or_its_relevo(world: World) -> None:
    for device in (world.ana, world.eva, world.rosa):
        world.approve(device)
    first = world.say(world.ana.ficha(REGIONAL))
    by_eva = world.eva.rectify(first, REGIONAL)
    assert world.stands(world.ana.rectify(first, REGIONAL), world.ana) is Standing.APROBADO
    assert world.stands(by_eva, world.ana) is Standing.SIN_DERECHO
    world.say(world.region.relieve(world.ana, world.eva))
    assert world.stands(by_eva, world.ana) is Standing.APROBADO
    assert world.stands(world.rosa.rectify(first, REGIONAL), world.ana) is Standing.SIN_DERECHO
    assert world.stands(world.ana.rectify(first, REGIONAL), world.eva) is Standing.SIN_DERECHO
    assert world.stands(world.rosa.ficha(REGIONAL), world.ana) is Standing.APROBADO


def test_not_even_a_coordinator_rewrites_a_ficha(world: World) -> None:
    rewritten = world.jefe.rectify(world.ana.ficha(REGIONAL), REGIONAL)
    assert world.stands(rewritten, world.ana) is Standing.SIN_DERECHO


@pytest.mark.parametrize("act", ["evidence", "annul"])
def test_evidence_and_annulment_are_the_authors_or_a_coordinators(world: World, act: str) -> None:
    first = world.ana.ficha(REGIONAL)

    def by(device: FakeDevice) -> Standing:
        return world.stands(getattr(device, act)(first), world.ana)

    assert by(world.ana) is Standing.POR_APROBAR
    assert by(world.eva) is Standing.SIN_DERECHO
    assert by(world.jefe) is Standing.APROBADO
    world.approve(world.eva)
    world.approve(world.prov, PROVINCIAL)
    assert by(world.eva) is Standing.SIN_DERECHO
    assert by(world.prov) is Standing.SIN_DERECHO
    world.say(world.region.relieve(world.ana, world.eva))
    assert by(world.eva) is Standing.APROBADO


def test_events_and_receptions_are_anyones_in_scope(world: World) -> None:
    world.approve(world.eva)
    world.approve(world.rosa, ambito="03")
    for device, expected in (
        (world.ana, Standing.POR_APROBAR),
        (world.eva, Standing.APROBADO),
        (world.rosa, Standing.FUERA_DE_AMBITO),
    ):
        assert world.stands(device.event(make_uuid7(1), EstadoAcuerdo.CUMPLIDO)) is expected
        assert world.stands(received(device, [], day(1))) is expected


@pytest.mark.parametrize("veredicto", Veredicto)
@pytest.mark.parametrize("rol", Rol)
def test_a_province_sees_and_a_coordinator_judges(
    world: World, rol: Rol, veredicto: Veredicto
) -> None:
    world.approve(world.eva, rol)
    said = review(world.eva, world.ana.ficha(PROVINCIAL_FICHA), veredicto)
    judge = PROVINCIAL if veredicto is Veredicto.VISADA else COORDINADOR
    expected = Standing.APROBADO if rol is judge else Standing.SIN_DERECHO
    assert world.stands(said, world.ana) is expected


def test_the_author_does_not_judge_the_own_ficha(world: World) -> None:
    world.approve(world.ana)
    own = review(world.ana, world.ana.ficha(REGIONAL), Veredicto.APROBADA)
    assert world.stands(own, world.ana) is Standing.SIN_DERECHO


def test_a_province_sees_what_is_all_its_own(world: World) -> None:
    world.approve(world.prov, PROVINCIAL)
    grant = world.authority.grant(world.prov.device)
    assert grant is not None
    assert may_visar(grant, REGIONAL)  # a specialist's visit in one of its districts
    assert may_visar(grant, PROVINCIAL_FICHA)
    assert not may_visar(grant, TWO_PROVINCES)
    coordinator = world.authority.grant(world.jefe.device)
    assert coordinator is not None
    assert not may_visar(coordinator, REGIONAL)


@pytest.mark.parametrize("rol", [None, *Rol])
def test_no_device_says_what_only_the_region_key_says(world: World, rol: Rol | None) -> None:
    if rol is not None:
        world.approve(world.eva, rol)
    hers = FakeRegion("eva")
    hers.device, hers.is_region = world.eva.device, False
    for said in (
        hers.grant(world.eva, COORDINADOR),
        hers.revoke(world.jefe, DESDE),
        hers.relieve(world.ana, world.eva),
    ):
        assert world.stands(said) is Standing.SIN_DERECHO
    authority = world.authority
    assert (authority.revoked, authority.relevos) == ({}, {})
    grant = authority.grant(world.eva.device)
    assert (None if grant is None else grant.rol) is rol


def test_the_region_key_says_nothing_else(world: World) -> None:
    assert world.stands(world.region.ficha(REGIONAL)) is Standing.SIN_DERECHO
    assert world.stands(catalogue(world.region)) is Standing.SIN_DERECHO
    subject = world.ana.ficha(REGIONAL)
    assert world.stands(review(world.region, subject, Veredicto.APROBADA)) is Standing.SIN_DERECHO
    assert world.stands(world.region.annul(subject), world.ana) is Standing.SIN_DERECHO
    assert world.stands(received(world.region, [subject], day(1))) is Standing.SIN_DERECHO
    assert subject.sha256 not in world.authority.moments


@pytest.mark.parametrize("kind", ["plan_at", "acta_iar"])
def test_what_any_coordinator_says(world: World, kind: str) -> None:
    world.approve(world.eva)
    world.approve(world.rosa, COORDINADOR)
    assert world.stands(world.rosa.seal(kind, {})) is Standing.APROBADO
    assert world.stands(world.eva.seal(kind, {})) is Standing.SIN_DERECHO


def test_only_the_issuing_coordinator_publishes_and_withdraws(world: World) -> None:
    world.approve(world.rosa, COORDINADOR)
    for device, expected in (
        (world.jefe, Standing.APROBADO),
        (world.rosa, Standing.SIN_DERECHO),
        (world.ana, Standing.POR_APROBAR),
    ):
        assert world.stands(catalogue(device)) is expected
        assert world.stands(device.seal("purga", {})) is expected


# --- relevo ---


def test_the_right_to_continue_passes_on_and_never_back(world: World) -> None:
    world.say(world.region.relieve(world.ana, world.eva))
    world.say(world.region.relieve(world.eva, world.rosa))
    authority = world.authority
    ana, eva, rosa = (device.device for device in (world.ana, world.eva, world.rosa))
    assert continues(rosa, ana, authority)
    assert continues(eva, ana, authority)
    assert not continues(ana, eva, authority)
    assert not continues(world.prov.device, ana, authority)


DEVICES = ("a", "b", "c", "d")


@given(
    st.dictionaries(st.sampled_from(DEVICES), st.frozensets(st.sampled_from(DEVICES), max_size=3)),
    st.sampled_from(DEVICES),
)
def test_relevos_in_steps_and_in_circles(relevos: dict[str, frozenset[str]], old: str) -> None:
    authority = Authority(relevos=relevos)
    reached = {old}
    for _ in DEVICES:
        reached |= {new for device in reached for new in relevos.get(device, ())}
    assert successors(old, authority) == reached
    assert {new for new in DEVICES if continues(new, old, authority)} == reached


def test_a_relevo_in_the_middle_changes_whoever_stands_further_on(world: World) -> None:
    """Neither end of the new step holds a record of what the last one continues."""
    world.say(world.region.relieve(world.ana, world.eva))
    world.say(world.region.relieve(world.rosa, world.prov))
    before = world.authority
    world.say(world.region.relieve(world.eva, world.rosa))
    assert world.prov.device in before.changed_devices(world.authority)


# --- revocation ---


def test_what_the_region_received_in_time_stands(world: World) -> None:
    world.approve(world.ana)
    early, on_time, late, never = (world.say(world.ana.ficha(make_ficha(n))) for n in range(4))
    world.receive([early], 10)
    world.receive([on_time], 20)
    world.receive([late], 21)
    world.say(world.region.revoke(world.ana, day(20)))
    found = [world.stands(item, world.ana) for item in (early, on_time, late, never)]
    assert found == [
        Standing.APROBADO,
        Standing.APROBADO,
        Standing.REVOCADO,
        Standing.REVOCADO,
    ]


def test_the_first_reception_counts(world: World) -> None:
    world.approve(world.ana)
    world.approve(world.rosa, COORDINADOR)
    ficha = world.say(world.ana.ficha(REGIONAL))
    world.say(world.region.revoke(world.ana, day(20)))
    world.say(received(world.rosa, [ficha], day(30)))
    assert world.stands(ficha, world.ana) is Standing.REVOCADO
    world.receive([ficha], 15)
    assert world.stands(ficha, world.ana) is Standing.APROBADO


def test_the_earliest_of_several_revocations_counts(world: World) -> None:
    world.approve(world.ana)
    ficha = world.say(world.ana.ficha(REGIONAL))
    world.receive([ficha], 15)
    first = world.say(world.region.revoke(world.ana, day(20)))
    assert world.stands(ficha, world.ana) is Standing.APROBADO
    world.say(world.region.revoke(world.ana, day(10), after=[first]))
    assert world.stands(ficha, world.ana) is Standing.REVOCADO
    world.say(world.region.revoke(world.ana, day(30)))  # nothing takes it back
    assert world.authority.revoked == {world.ana.device: day(10)}


def test_no_credential_brings_a_revoked_device_back(world: World) -> None:
    world.approve(world.ana)
    revoked = world.say(world.region.revoke(world.ana, day(20)))
    world.say(world.region.grant(world.ana, after=[revoked], desde=day(40)))
    ficha = world.say(world.ana.ficha(REGIONAL))
    world.receive([ficha], 50)
    assert world.stands(ficha, world.ana) is Standing.REVOCADO


def test_one_revoked_before_it_was_ever_approved_is_revoked(world: World) -> None:
    world.say(world.region.revoke(world.ana, day(20)))
    assert world.stands(world.ana.ficha(REGIONAL), world.ana) is Standing.REVOCADO


def test_what_the_region_held_stands_though_nobody_said_to_receive_it(world: World) -> None:
    world.approve(world.rosa, COORDINADOR)
    subject = world.say(world.ana.ficha(REGIONAL))
    held = [world.say(review(world.rosa, subject, Veredicto.APROBADA)) for _ in range(3)]
    later = world.say(review(world.rosa, subject, Veredicto.RECHAZADA))
    world.say(world.region.revoke(world.rosa, day(20), held[-1]))
    assert [world.stands(item) for item in held] == [Standing.APROBADO] * 3
    assert world.stands(later) is Standing.REVOCADO


def test_of_a_fork_only_the_held_branch_is_vouched_for(world: World) -> None:
    world.approve(world.rosa, COORDINADOR)
    subject = world.say(world.ana.ficha(REGIONAL))
    common = world.say(review(world.rosa, subject, Veredicto.APROBADA))
    thief = world.rosa.fork()
    held = world.say(review(world.rosa, subject, Veredicto.OBSERVADA))
    forged = world.say(review(thief, subject, Veredicto.RECHAZADA))
    world.say(world.region.revoke(world.rosa, day(20), held))
    assert world.stands(common) is Standing.APROBADO
    assert world.stands(held) is Standing.APROBADO
    assert world.stands(forged) is Standing.REVOCADO


def test_being_revoked_again_vouches_for_nothing_that_came_meanwhile(world: World) -> None:
    world.approve(world.rosa, COORDINADOR)
    subject = world.say(world.ana.ficha(REGIONAL))
    held = world.say(review(world.rosa, subject, Veredicto.APROBADA))
    first = world.say(world.region.revoke(world.rosa, day(20), held))
    forged = world.say(review(world.rosa, subject, Veredicto.RECHAZADA))
    world.say(world.region.revoke(world.rosa, day(10), forged, after=[first]))
    assert world.stands(held) is Standing.APROBADO
    assert world.stands(forged) is Standing.REVOCADO


# --- moments ---


def test_only_a_coordinator_valid_then_fixes_a_moment(world: World) -> None:
    world.approve(world.eva)
    world.approve(world.prov, PROVINCIAL)
    world.approve(world.rosa, COORDINADOR, desde=day(100), hasta=day(200))
    ficha = world.say(world.ana.ficha(REGIONAL))
    for device in (world.ana, world.eva, world.prov, FakeDevice("nobody")):
        world.say(received(device, [ficha], day(150)))
    world.say(received(world.rosa, [ficha], day(90)), received(world.rosa, [ficha], day(210)))
    assert ficha.sha256 not in world.authority.moments
    world.say(received(world.rosa, [ficha], day(150)))
    assert world.authority.moments[ficha.sha256] == day(150)


def test_a_provinces_reception_informs_while_it_is_believed(world: World) -> None:
    world.approve(world.prov, PROVINCIAL)
    said = Reception("aa" * 32, world.prov.device, day(5), "bb" * 32)
    assert is_provinces(said, world.authority)
    assert not is_provinces(replace(said, device=world.jefe.device), world.authority)
    world.say(world.region.revoke(world.prov, day(20)))
    assert not is_provinces(said, world.authority)


def test_a_stolen_coordinators_receptions_fix_nothing(world: World) -> None:
    """Neither those it dates back nor those it dates later; what the region held of it stands."""
    world.approve(world.ana)
    world.approve(world.rosa, COORDINADOR)
    honest, forged, later = (world.say(world.ana.ficha(make_ficha(n))) for n in range(3))
    true = world.say(received(world.rosa, [honest], day(10)))
    world.say(world.region.revoke(world.rosa, day(20), true))
    world.say(world.region.revoke(world.ana, day(20)))
    world.say(received(world.rosa, [forged], day(5)))  # by the thief, dated back
    world.say(received(world.rosa, [later], day(19)))
    assert set(world.authority.moments) == {honest.sha256}
    found = [world.stands(item, world.ana) for item in (honest, forged, later)]
    assert found == [Standing.APROBADO, Standing.REVOCADO, Standing.REVOCADO]


def test_a_held_reception_dated_after_the_theft_fixes_nothing(world: World) -> None:
    world.approve(world.rosa, COORDINADOR)
    ficha = world.say(world.ana.ficha(REGIONAL))
    said = world.say(received(world.rosa, [ficha], day(21)))
    world.say(world.region.revoke(world.rosa, day(20), said))
    assert ficha.sha256 not in world.authority.moments


def test_a_held_reception_that_arrived_after_the_theft_fixes_nothing(world: World) -> None:
    """Dated back, handed in, and only then was the laptop reported."""
    world.approve(world.rosa, COORDINADOR)
    ficha = world.say(world.ana.ficha(REGIONAL))
    forged = world.say(received(world.rosa, [ficha], day(5)))
    world.receive([forged], 22)
    world.say(world.region.revoke(world.rosa, day(20), forged))
    assert ficha.sha256 not in world.authority.moments


# --- validity ---


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (day(100) - TOLERANCE - timedelta(seconds=1), Standing.FUERA_DE_VIGENCIA),
        (day(100) - TOLERANCE, Standing.APROBADO),
        (day(100), Standing.APROBADO),
        (day(200), Standing.APROBADO),
        (day(200) + TOLERANCE, Standing.APROBADO),
        (day(200) + TOLERANCE + timedelta(seconds=1), Standing.FUERA_DE_VIGENCIA),
        (None, Standing.APROBADO),
    ],
)
def test_validity_is_asked_at_the_moment_of_reception(
    world: World, moment: object, expected: Standing
) -> None:
    world.approve(world.ana, desde=day(100), hasta=day(200))
    ficha = world.ana.ficha(REGIONAL)
    if moment is not None:
        world.say(received(world.jefe, [ficha], moment))  # type: ignore[arg-type]
    assert world.stands(ficha, world.ana) is expected


def test_a_renewal_governs_from_its_own_beginning(world: World) -> None:
    old = world.approve(world.prov, PROVINCIAL, ambito="0504")
    ficha = world.say(world.prov.ficha(PROVINCIAL_FICHA))  # of 0501
    world.receive([ficha], 10)
    assert world.stands(ficha, world.prov) is Standing.FUERA_DE_AMBITO
    world.say(world.region.grant(world.prov, PROVINCIAL, ambito="0501", desde=day(50), after=[old]))
    assert world.stands(ficha, world.prov) is Standing.FUERA_DE_AMBITO
    second = world.say(world.prov.ficha(PROVINCIAL_FICHA))
    assert world.stands(second, world.prov) is Standing.APROBADO  # no moment: the newest
    world.receive([second], 60)
    assert world.stands(second, world.prov) is Standing.APROBADO


def test_the_exact_validity_comes_before_the_tolerated_one(world: World) -> None:
    old = world.approve(world.ana, desde=day(0), hasta=day(50))
    new = world.region.grant(world.ana, ambito="03", desde=day(50) + timedelta(1), after=[old])
    world.say(new)
    authority = world.authority
    assert authority.grant(world.ana.device, day(49)).ambito == "05"  # type: ignore[union-attr]
    assert authority.grant(world.ana.device, day(52)).ambito == "03"  # type: ignore[union-attr]


def test_a_promotion_is_not_dated_back(world: World) -> None:
    """A specialist who becomes a coordinator judges from then on."""
    old = world.approve(world.ana)
    subject = world.say(world.eva.ficha(REGIONAL))
    early = world.say(review(world.ana, subject, Veredicto.APROBADA))
    world.receive([early], 10)
    world.say(world.region.grant(world.ana, COORDINADOR, desde=day(50), after=[old]))
    assert world.stands(early) is Standing.SIN_DERECHO


def test_of_credentials_that_did_not_know_each_other_the_less_allowing_governs(
    world: World,
) -> None:
    both = [
        world.region.grant(world.ana, COORDINADOR),
        FakeRegionTwin(world.region).grant(world.ana, ESPECIALISTA),
    ]
    for order in permutations(both):
        authority = draw_authority(world.region.device, order)
        assert authority.grant(world.ana.device).rol is ESPECIALISTA  # type: ignore[union-attr]
        assert authority.grant(world.ana.device, day(5)).rol is ESPECIALISTA  # type: ignore[union-attr]


def test_many_renewals_do_not_outweigh_one_that_they_did_not_know(world: World) -> None:
    chain = [world.region.grant(world.ana, COORDINADOR)]
    for _ in range(3):
        chain.append(world.region.grant(world.ana, COORDINADOR, after=chain[-1:]))
    alone = FakeRegionTwin(world.region).grant(world.ana, ESPECIALISTA)
    authority = draw_authority(world.region.device, [*chain, alone])
    assert authority.grant(world.ana.device).rol is ESPECIALISTA  # type: ignore[union-attr]
    last = world.region.grant(world.ana, COORDINADOR, after=[chain[-1], alone])
    authority = draw_authority(world.region.device, [*chain, alone, last])
    assert authority.grant(world.ana.device).sha256 == last.sha256  # type: ignore[union-attr]


def test_a_renewal_may_know_the_old_one_through_a_relevo(world: World) -> None:
    """What it names is the last that was said of the device, of whatever kind."""
    old = world.region.grant(world.ana, ESPECIALISTA)
    relieved = world.region.relieve(world.eva, world.ana, after=[old])
    new = world.region.grant(world.ana, COORDINADOR, after=[relieved])
    for order in permutations([old, relieved, new]):
        authority = draw_authority(world.region.device, order)
        assert authority.grant(world.ana.device).rol is COORDINADOR  # type: ignore[union-attr]


class FakeRegionTwin(FakeRegion):
    """The same key on another laptop: a chain of its own."""

    def __init__(self, region: FakeRegion) -> None:
        super().__init__(region.seed)
        self.chain = make_uuid7("another chain of the region")


# --- what storage asks ---


def test_only_a_moment_that_changes_what_governs_matters(world: World) -> None:
    old = world.approve(world.ana, desde=day(10), hasta=day(200))
    ana = world.ana.device
    assert world.authority.is_indifferent(ana, day(50))
    assert not world.authority.is_indifferent(ana, day(1))
    assert world.authority.is_indifferent("ab" * 32, day(50))
    world.say(world.region.grant(world.ana, desde=day(100), after=[old]))
    assert world.authority.is_indifferent(ana, day(50))  # the same rights as before
    newer = world.region.grant(world.ana, COORDINADOR, desde=day(150), after=[world.said[-1]])
    world.say(newer)
    assert not world.authority.is_indifferent(ana, day(50))
    assert world.authority.is_indifferent(ana, day(160))
    world.say(world.region.revoke(world.ana, HASTA))
    assert not world.authority.is_indifferent(ana, day(160))


def test_the_order_of_arrival_says_nothing(world: World) -> None:
    first = world.region.grant(world.ana)
    second = world.region.grant(world.ana, PROVINCIAL, after=[first])
    said = [
        first,
        second,
        world.region.revoke(world.eva, day(3)),
        world.region.relieve(world.eva, world.ana),
    ]
    drawn = [draw_authority(world.region.device, order) for order in permutations(said)]
    assert all(other == drawn[0] for other in drawn)
    assert all(not other.changed_devices(drawn[0]) for other in drawn)


def test_moments_of_nothing_are_none() -> None:
    assert first_moments([], Authority()) == {}
    assert not fixes_moment(Reception("aa" * 32, "bb" * 32, day(1), "cc" * 32), Authority())
