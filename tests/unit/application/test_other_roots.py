"""Another region's key speaks of the same devices: what this region says later is not confused."""

from dataclasses import replace as with_changes
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.region.approve_devices import ApproveDevices, Terms
from fichaat.application.region.create_region import CreateRegion
from fichaat.application.region.requests import Asked
from fichaat.domain.codec import decode_record, encode
from fichaat.domain.credencial import Credencial
from fichaat.domain.paquete import Solicitud
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.rol import Rol
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.service import TrustService
from tests.support.installations import Laptop
from tests.support.keys import SeededKey
from tests.support.region import KEYS, region_key

TRUST = TrustService()
STRANGERS_CHAIN = "chain_of_a_stranger"
DEVICE = SeededKey(77)
ASKED = Asked(
    DEVICE.device,
    DEVICE.certificate_pem,
    Solicitud("Ana", "Cargo", "Entidad", Rol.PROVINCIAL, "0501", create_age_identity()[1]),
)


def write_file(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.fixture
def here(laptop: Laptop) -> Installation:
    profile = replace(laptop.here.profile, rol=Rol.COORDINADOR)
    return with_changes(laptop.here, profile=profile)


@pytest.fixture
def key(here: Installation, tmp_path: Path) -> RegionKey:
    made, _ = CreateRegion(here, TRUST, KEYS, write_file)(tmp_path / "llave", "puna brava 26")
    return made


def intrude(here: Installation, credencial: Credencial) -> SealedRecord:
    """A stranger's key approves the same device, and says to know what the region said."""
    stranger = region_key()
    span = (credencial.desde, credencial.hasta)
    forged = replace(credencial, certificado=stranger.issue(DEVICE.certificate_pem, *span))
    with here.store.write() as tx:
        said = {item.sha256 for item in tx.region_records()}
        tx.set_setting(STRANGERS_CHAIN, here.ids.new_id())
        recorder = Recorder(here, stranger, STRANGERS_CHAIN, "")
        (plain,) = recorder.seal(tx, [ToSeal(Kind.CREDENCIAL, forged, here.ids.new_id())])
        raw = encode(replace(plain.record, after=tuple(sorted(said))))
        item = decode_record(raw, stranger.sign_record(raw))
        tx.add_records([item], recorder.certificates())
    return item


@pytest.mark.parametrize("attempt", range(3))
def test_a_stranger_between_two_credentials_does_not_keep_the_first_alive(
    here: Installation, key: RegionKey, laptop: Laptop, attempt: int
) -> None:
    approve = ApproveDevices(here, TRUST)
    (first,), _ = approve(key, [ASKED])
    forged = intrude(here, first.credencial)
    laptop.clock.moment += timedelta(days=1 + attempt)
    (second,), _ = approve(key, [ASKED], Terms(ambito="0504"))
    assert first.sealed is not None
    assert second.sealed is not None
    assert first.sealed.sha256 in second.sealed.record.after
    assert forged.sha256 not in second.sealed.record.after
    with here.store.read() as reader:
        grant = reader.authority().grant(DEVICE.device)
    assert grant is not None
    assert grant.ambito == "0504"
