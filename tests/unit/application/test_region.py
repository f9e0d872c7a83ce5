"""The region key in use: who may use it, what it says of devices, what it refuses to say."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace as with_changes
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.store import Transaction
from fichaat.application.recorder import REGION_CHAIN_SETTING
from fichaat.application.region.approve_devices import Approval, ApproveDevices, Terms
from fichaat.application.region.believe_region import AcceptRegion, OpenRegion
from fichaat.application.region.change_devices import (
    RelieveDevice,
    RenewCredential,
    RevokeDevice,
)
from fichaat.application.region.create_region import CreateRegion
from fichaat.application.region.devices import Aprobacion, ReadDevices, find_device
from fichaat.application.region.keyed import since, years_later
from fichaat.application.region.read_region import ReadRegion
from fichaat.application.region.requests import Asked, keep_request, kept_requests
from fichaat.domain.authority import Grant
from fichaat.domain.credencial import Credencial, Revocacion
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import Solicitud
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.rol import Rol
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.service import TrustService
from tests.support.installations import Laptop
from tests.support.keys import CREATED_AT, SeededKey
from tests.support.offices import say
from tests.support.region import KEYS, region_key

TRUST = TrustService()
PASSPHRASE = "puna brava 2026"
AGE = create_age_identity()[1]


def write_file(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def as_coordinator(laptop: Laptop) -> Installation:
    return with_changes(laptop.here, profile=replace(laptop.here.profile, rol=Rol.COORDINADOR))


@pytest.fixture
def here(laptop: Laptop) -> Installation:
    return as_coordinator(laptop)


@pytest.fixture
def key(here: Installation, tmp_path: Path) -> RegionKey:
    made, _ = CreateRegion(here, TRUST, KEYS, write_file)(tmp_path / "llave", PASSPHRASE)
    return made


def asks(seed: int, rol: Rol = Rol.ESPECIALISTA, ambito: str = "05", nombre: str = "Ana") -> Asked:
    device = SeededKey(1000 + seed)
    solicitud = Solicitud(nombre, "Cargo", "Entidad", rol, ambito, AGE)
    return Asked(device.device, device.certificate_pem, solicitud)


def approve(
    here: Installation, key: RegionKey, asked: Asked, terms: Terms | None = None
) -> Approval:
    approvals, _ = ApproveDevices(here, TRUST)(key, [asked], terms or Terms())
    return approvals[0]


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(UserFacingError) as error:
        yield
    assert error.value.code == code


def count(here: Installation) -> int:
    with here.store.read() as reader:
        return reader.record_count()


# --- the key ---


def test_the_region_begins_with_its_own_device_and_a_catalogue(
    here: Installation, key: RegionKey
) -> None:
    state = ReadRegion(here, TRUST)()
    assert state.aprobacion is Aprobacion.APROBADO
    assert state.grant is not None
    assert state.grant.emisor
    assert state.grant.desde == CREATED_AT
    assert state.root is not None
    assert state.root.device == key.device
    assert state.opens
    assert state.catalogo is not None
    assert state.catalogo.age == key.age_recipient
    assert state.catalogo.provincias == tuple(sorted(here.territorio.provincias("05")))


def test_only_who_coordinates_makes_or_opens_a_region(laptop: Laptop, tmp_path: Path) -> None:
    with refused("region.coordinator_only"):
        CreateRegion(laptop.here, TRUST, KEYS, write_file)(tmp_path / "llave", PASSPHRASE)
    with refused("region.coordinator_only"):
        OpenRegion(laptop.here)(region_key())
    assert not (tmp_path / "llave").exists()
    assert count(laptop.here) == 0


def test_a_key_of_another_region_opens_nothing_here(here: Installation) -> None:
    with refused("region.other_region"):
        OpenRegion(here)(region_key("09"))


def test_a_region_is_not_made_twice_by_accident(
    here: Installation, key: RegionKey, tmp_path: Path
) -> None:
    before = count(here)
    with refused("region.exists"):
        CreateRegion(here, TRUST, KEYS, write_file)(tmp_path / "otra", PASSPHRASE)
    with refused("region.key_exists"):
        CreateRegion(here, TRUST, KEYS, write_file)(tmp_path / "llave", PASSPHRASE, replace=True)
    assert not (tmp_path / "otra").exists()
    assert count(here) == before


def test_a_key_file_that_cannot_be_written_leaves_no_region(
    here: Installation, tmp_path: Path
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise UserFacingError("system.no_space")

    with refused("system.no_space"):
        CreateRegion(here, TRUST, KEYS, full)(tmp_path / "llave", PASSPHRASE)
    assert count(here) == 0
    assert ReadRegion(here, TRUST)().root is None


def test_a_region_that_cannot_be_kept_leaves_no_key_file(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = here.store.write

    @contextmanager
    def failing() -> Iterator[Transaction]:
        with write() as tx:
            yield tx
            raise UserFacingError("storage.no_space")

    monkeypatch.setattr(here.store, "write", failing)
    with refused("storage.no_space"):
        CreateRegion(here, TRUST, KEYS, write_file)(tmp_path / "llave", PASSPHRASE)
    monkeypatch.undo()
    assert not (tmp_path / "llave").exists()
    CreateRegion(here, TRUST, KEYS, write_file)(tmp_path / "llave", PASSPHRASE)


def test_two_laptops_with_copies_of_the_key_file_never_fork(
    laptop: Laptop, other: Laptop, here: Installation, key: RegionKey
) -> None:
    other.receive(laptop.held(), laptop)
    there = as_coordinator(other)
    OpenRegion(there)(key)
    approve(here, key, asks(1))
    approve(there, key, asks(2))
    approve(there, key, asks(3))
    while laptop.receive(other.held(), other) + other.receive(laptop.held(), laptop):
        pass
    for installation in (here, there):
        with installation.store.read() as reader:
            assert reader.forks() == []
            assert reader.gaps() == []
            assert len(reader.authority().grants) == 4
    chains = {i.record.chain for i in laptop.held() if i.record.device == key.device}
    assert len(chains) == 2
    assert laptop.fingerprint() == other.fingerprint()


def test_another_root_is_believed_only_on_purpose_and_its_words_are_compared(
    laptop: Laptop, other: Laptop, here: Installation, key: RegionKey, tmp_path: Path
) -> None:
    other.receive(laptop.held(), laptop)
    words = list(TRUST.fingerprint_words(key.device))
    accept = AcceptRegion(other.here, TRUST)
    for wrong in ([], words[:7], [*words, "uno"], [*words[1:], words[0]]):
        with refused("region.words"):
            accept(" ".join(wrong))
    accept(" ".join(words).upper())
    new, _ = CreateRegion(here, TRUST, KEYS, write_file)(
        tmp_path / "nueva", PASSPHRASE, replace=True
    )
    other.receive(laptop.held(), laptop)
    with refused("region.other_root"):
        accept(" ".join(TRUST.fingerprint_words(new.device)))
    root = ReadRegion(other.here, TRUST)().root
    assert root is not None
    assert root.device == key.device
    accept(" ".join(TRUST.fingerprint_words(new.device)), replace=True)
    with refused("region.other_root"):
        OpenRegion(here)(key)


def test_a_new_root_repeats_all_that_the_old_one_said(
    here: Installation, key: RegionKey, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        approve(here, key, asks(number))
    RenewCredential(here)(key, [asks(1).device])
    RevokeDevice(here)(key, asks(2).device, "robada")
    RelieveDevice(here)(key, asks(2).device, asks(3).device, "laptop nueva")
    with here.store.read() as reader:
        before = reader.authority()
    new, _ = CreateRegion(here, TRUST, KEYS, write_file)(
        tmp_path / "nueva", PASSPHRASE, replace=True
    )
    with here.store.read() as reader:
        after = reader.authority()
        said = {i.sha256: i for i in reader.region_records()}
    assert after.root == new.device
    assert (after.revoked, after.relevos, after.conocidos) == (
        before.revoked,
        before.relevos,
        before.conocidos,
    )
    for device, grants in before.grants.items():
        assert [_said(grant) for grant in after.grants[device]] == [_said(g) for g in grants]
    for grants in after.grants.values():
        for grant in grants:
            content = said[grant.sha256].record.content
            assert isinstance(content, Credencial)
            TRUST.check_credencial(content, new.certificate_pem)
    state = ReadRegion(here, TRUST)()
    assert state.catalogo is not None
    assert state.catalogo.version == 2


def test_a_revoked_laptop_makes_no_new_root(
    laptop: Laptop, other: Laptop, here: Installation, key: RegionKey, tmp_path: Path
) -> None:
    there = as_coordinator(other)
    OpenRegion(there)(key)
    RevokeDevice(there)(key, here.key.device, "robada")
    laptop.receive(other.held(), other)
    with refused("region.device_revoked"):
        CreateRegion(here, TRUST, KEYS, write_file)(tmp_path / "nueva", PASSPHRASE, replace=True)


# --- approval ---


def test_without_a_region_or_with_another_key_nothing_is_approved(here: Installation) -> None:
    with refused("region.none"):
        approve(here, region_key(), asks(1))


def test_the_key_of_yesterday_approves_nobody(here: Installation, key: RegionKey) -> None:
    with refused("region.other_key"):
        approve(here, region_key(), asks(1))
    with refused("region.other_key"):
        RevokeDevice(here)(region_key(), asks(1).device, "robada")


@pytest.mark.parametrize(
    ("asked", "terms", "code"),
    [
        (asks(1, ambito="09"), Terms(), "credencial.other_region"),
        (asks(1, Rol.PROVINCIAL, "0901"), Terms(), "credencial.other_region"),
        (asks(1, Rol.PROVINCIAL, "0599"), Terms(), "credencial.province_unknown"),
        (asks(1, Rol.PROVINCIAL, "050101"), Terms(), "credencial.province_unknown"),
        (asks(1, Rol.PROVINCIAL, "05"), Terms(), "credencial.province_required"),
        (asks(1), Terms(rol=Rol.PROVINCIAL), "credencial.province_required"),
        (asks(1), Terms(ambito="0501"), "credencial.scope_region"),
        (asks(1), Terms(emisor=True), "credencial.issuer_role"),
        (asks(1, nombre=""), Terms(), "credencial.name_required"),
        (asks(1), Terms(hasta=datetime(2020, 1, 1, tzinfo=UTC)), "credencial.hasta_past"),
        (asks(1), Terms(hasta=datetime(9999, 12, 31, tzinfo=UTC)), "credencial.hasta_far"),
    ],
)
def test_what_contradicts_the_territory_or_itself_is_not_approved(
    here: Installation, key: RegionKey, asked: Asked, terms: Terms, code: str
) -> None:
    before = count(here)
    with refused(code):
        ApproveDevices(here, TRUST)(key, [asks(7), asked], terms)
    assert count(here) == before


def test_the_coordinator_decides_role_scope_and_time(here: Installation, key: RegionKey) -> None:
    until = datetime(2027, 6, 1, tzinfo=UTC)
    terms = Terms(Rol.PROVINCIAL, "0504", until)
    given = approve(here, key, asks(1), terms).credencial
    assert (given.rol, given.ambito, given.hasta) == (Rol.PROVINCIAL, "0504", until)
    back = approve(here, key, asks(2, Rol.PROVINCIAL, "0501"), Terms(rol=Rol.ESPECIALISTA))
    assert back.credencial.ambito == "05"


def test_approval_reaches_back_to_the_birth_of_the_key_and_changes_from_now_on(
    here: Installation, key: RegionKey
) -> None:
    first = approve(here, key, asks(1))
    assert first.credencial.desde == CREATED_AT
    assert approve(here, key, asks(1)).sealed is None
    second = approve(here, key, asks(1), Terms(rol=Rol.COORDINADOR, emisor=True))
    assert second.sealed is not None
    assert second.credencial.desde > CREATED_AT
    assert first.sealed is not None
    assert first.sealed.sha256 in second.sealed.record.after
    kept = approve(here, key, asks(1), Terms(rol=Rol.COORDINADOR))
    assert kept.sealed is None


def test_the_same_request_twice_is_one_and_two_that_differ_are_refused(
    here: Installation, key: RegionKey
) -> None:
    approvals, _ = ApproveDevices(here, TRUST)(key, [asks(1), asks(1)])
    assert len(approvals) == 1
    with refused("credencial.asked_twice"):
        ApproveDevices(here, TRUST)(key, [asks(2), asks(2, nombre="Otra")])


def test_a_hostile_certificate_is_not_issued_for(here: Installation, key: RegionKey) -> None:
    with refused("bundle.certificate"):
        approve(here, key, replace(asks(1), certificate_pem=key.certificate_pem))


def test_a_request_is_kept_and_listed_until_it_is_approved(
    here: Installation, key: RegionKey
) -> None:
    asked = asks(1)
    with here.store.write() as tx:
        keep_request(tx, asked)
        assert kept_requests(tx) == {asked.device: asked}
    row = ReadDevices(here, TRUST)()[0]
    assert (row.device, row.aprobacion) == (asked.device, Aprobacion.POR_APROBAR)
    assert row.solicitud == asked.solicitud
    approve(here, key, asked)
    rows = {row.device: row.aprobacion for row in ReadDevices(here, TRUST)()}
    assert rows == dict.fromkeys((asked.device, here.key.device), Aprobacion.APROBADO)


# --- later ---


def test_renewal_begins_now_and_never_ends_earlier(here: Installation, key: RegionKey) -> None:
    own = here.key.device
    with here.store.read() as reader:
        before = reader.authority().grant(own)
    renewed, _ = RenewCredential(here)(key, [own, own])
    assert before is not None
    assert len(renewed) == 1
    assert renewed[0].credencial.hasta == before.hasta
    assert renewed[0].credencial.desde > before.desde
    assert renewed[0].credencial.emisor
    TRUST.check_credencial(renewed[0].credencial, key.certificate_pem)


def test_a_renewal_never_shortens(here: Installation, key: RegionKey) -> None:
    """The credential before it would go on until its own end."""
    approve(here, key, asks(1))
    device, hasta = asks(1).device, years_later(here.clock.now(), 12)
    RenewCredential(here)(key, [device], hasta)
    RenewCredential(here)(key, [device], hasta)
    for earlier in (hasta - timedelta(seconds=1), years_later(here.clock.now(), 1)):
        with pytest.raises(UserFacingError) as caught:
            RenewCredential(here)(key, [device], earlier)
        assert caught.value.code == "credencial.hasta_shorter"
        assert caught.value.params["fecha"] == hasta.date().isoformat()
    again, _ = RenewCredential(here)(key, [device])
    assert again[0].credencial.hasta == hasta


def test_a_replaced_key_is_never_offered_as_a_new_one(
    here: Installation, key: RegionKey, tmp_path: Path
) -> None:
    new, _ = CreateRegion(here, TRUST, KEYS, write_file)(
        tmp_path / "nueva", PASSPHRASE, replace=True
    )
    state = ReadRegion(here, TRUST)()
    marks = {root.device: (root.accepted, root.replaced) for root in state.roots}
    assert marks == {key.device: (False, True), new.device: (True, False)}
    assert state.offered == []
    # Whoever believed the wrong one can still go back, by its words.
    old = " ".join(TRUST.fingerprint_words(key.device))
    AcceptRegion(here, TRUST)(old, replace=True)
    state = ReadRegion(here, TRUST)()
    marks = {root.device: (root.accepted, root.replaced) for root in state.roots}
    assert marks == {key.device: (True, False), new.device: (False, True)}


@pytest.mark.parametrize("action", ["renew", "relieve"])
def test_only_an_approved_device_is_renewed_or_relieves(
    here: Installation, key: RegionKey, action: str
) -> None:
    def attempt(device: str) -> object:
        if action == "renew":
            return RenewCredential(here)(key, [here.key.device, device])
        return RelieveDevice(here)(key, here.key.device, device, "motivo")

    with refused("credencial.not_approved"):
        attempt(asks(1).device)
    approve(here, key, asks(1))
    RevokeDevice(here)(key, asks(1).device, "robada")
    before = count(here)
    with refused("credencial.revoked"):
        attempt(asks(1).device)
    with refused("credencial.revoked"):
        approve(here, key, asks(1))
    assert count(here) == before


def test_a_specialist_publishes_no_catalogue(here: Installation, key: RegionKey) -> None:
    approve(here, key, asks(1))
    with refused("credencial.issuer_role"):
        RenewCredential(here)(key, [asks(1).device], emisor=True)


def test_revocation_holds_what_the_region_held_and_is_said_once(
    laptop: Laptop, other: Laptop, here: Installation, key: RegionKey
) -> None:
    for seed in range(3):
        other.seal_new(seed)
    laptop.receive(other.held(), other)
    revoke = RevokeDevice(here)
    now = here.clock.now()
    sealed, _ = revoke(key, other.device, "robada", now)
    assert sealed is not None
    content = sealed.record.content
    assert isinstance(content, Revocacion)
    assert {(p.sequence, p.sha256) for p in content.conocidos} == {
        (max(i.record.sequence for i in other.held()), _head(other).sha256)
    }
    assert revoke(key, other.device, "otra vez")[0] is None
    earlier, _ = revoke(key, other.device, "robada antes", now - timedelta(days=2))
    assert earlier is not None
    with here.store.read() as reader:
        assert reader.authority().revoked[other.device] <= now - timedelta(days=2)


def test_nobody_vouches_for_what_came_after_the_theft(
    laptop: Laptop, other: Laptop, here: Installation, key: RegionKey
) -> None:
    now = here.clock.now().replace(microsecond=0)
    other.seal_new(1)
    (honest,) = other.held()
    laptop.receive([honest], other)
    sender = Remitente(other.device)
    listed = (Recibido(honest.sha256, Resultado.NEW),)
    bundle = Recepcion("ab" * 32, here.ids.new_id(), now - timedelta(days=2), sender, listed)
    say(laptop, Kind.RECEPCION, bundle)
    other.seal_new(2)
    laptop.receive(other.held(), other)
    sealed, _ = RevokeDevice(here)(key, other.device, "robada", now - timedelta(days=1))
    assert sealed is not None
    content = sealed.record.content
    assert isinstance(content, Revocacion)
    assert [place.sha256 for place in content.conocidos] == [honest.sha256]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (("own", "x", 0), "credencial.own_device"),
        (("region", "x", 0), "credencial.region_key"),
        (("other", " \n", 0), "credencial.motivo_required"),
        (("other", "x", 3600), "credencial.desde_future"),
    ],
)
def test_what_is_not_revoked(
    here: Installation, key: RegionKey, what: tuple[str, str, int], code: str
) -> None:
    device, motivo, ahead = what
    named = {"own": here.key.device, "region": key.device, "other": asks(1).device}[device]
    moment = here.clock.now() + timedelta(seconds=ahead)
    with refused(code):
        RevokeDevice(here)(key, named, motivo, moment)


def test_a_device_relieves_another_once_and_never_itself(
    here: Installation, key: RegionKey
) -> None:
    approve(here, key, asks(1))
    new, old = asks(1).device, asks(2).device
    relieve = RelieveDevice(here)
    with refused("credencial.never_approved"):
        relieve(key, old, new, "motivo")
    approve(here, key, asks(2))
    RevokeDevice(here)(key, old, "robada")
    with refused("credencial.same_device"):
        relieve(key, new, new, "motivo")
    with refused("credencial.motivo_required"):
        relieve(key, old, new, "")
    assert relieve(key, old, new, "laptop nueva")[0] is not None
    assert relieve(key, old, new, "laptop nueva")[0] is None


def test_a_region_chain_begins_again_with_another_root(here: Installation, key: RegionKey) -> None:
    with here.store.read() as reader:
        before = reader.setting(REGION_CHAIN_SETTING)
    OpenRegion(here)(key)
    with here.store.read() as reader:
        assert reader.setting(REGION_CHAIN_SETTING) == before
    OpenRegion(here)(region_key(), replace=True)
    with here.store.read() as reader:
        assert reader.setting(REGION_CHAIN_SETTING) == ""


@pytest.mark.parametrize(
    ("made", "desde"),
    [
        (datetime.min.replace(tzinfo=UTC), datetime(2000, 1, 1, 12, tzinfo=UTC)),
        (datetime(1970, 1, 1, tzinfo=UTC), datetime(2000, 1, 1, 12, tzinfo=UTC)),
        (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
        (datetime.max.replace(tzinfo=UTC), datetime(2026, 11, 20, 12, tzinfo=UTC)),
    ],
)
def test_a_clock_that_was_wrong_when_the_key_was_made(made: datetime, desde: datetime) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert since(made, now.astimezone(timezone(timedelta(hours=-5)))) == desde


# --- names of devices ---


def test_a_device_is_found_by_its_first_digits_or_its_words() -> None:
    devices = ["ab" * 32, "ab" * 31 + "cd", "12" * 32]
    assert find_device("121212", devices, TRUST) == devices[2]
    assert find_device(" 1212121 ".upper(), devices, TRUST) == devices[2]
    assert find_device(" ".join(TRUST.fingerprint_words(devices[2])), devices, TRUST) == devices[2]
    with refused("credencial.device_ambiguous"):
        find_device("ababab", devices, TRUST)
    for text in ("", "uno", "ffffff", "12" * 32 + "0", "ab cd", "../../etc", "\udcff"):
        with refused("credencial.device_unknown"):
            find_device(text, devices, TRUST)
    with refused("credencial.device_short"):
        find_device("12121", devices, TRUST)


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [((2026, 11, 20), 3, (2029, 11, 20)), ((2028, 2, 29), 3, (2031, 3, 1))],
)
def test_years_later(day: tuple[int, int, int], years: int, later: tuple[int, int, int]) -> None:
    moment: Callable[..., datetime] = datetime
    assert years_later(moment(*day, tzinfo=UTC), years) == moment(*later, tzinfo=UTC)


def _said(grant: Grant) -> tuple[object, ...]:
    who = (grant.nombre, grant.cargo, grant.entidad, grant.age)
    return (*who, grant.rol, grant.ambito, grant.desde, grant.hasta, grant.emisor)


def _head(laptop: Laptop) -> SealedRecord:
    own = [item for item in laptop.held() if item.record.device == laptop.device]
    return max(own, key=lambda item: item.record.sequence)
