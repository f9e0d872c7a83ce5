import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.application.ports.keys import DeviceKey, RegionKey, RegionKeys
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.trust import key_slots
from fichaat.trust.region_key import MAX_FILE
from fichaat.trust.service import TrustService
from tests.support import region
from tests.support.keys import SeededKey

DATA, KEY = region.region_file()
DEVICE: DeviceKey = SeededKey(1)
TRUST = TrustService()
CODES = {"region.key_file", "region.key_file_newer", "region.wrong_passphrase"}


def refusal(data: bytes, passphrase: str = region.PASSPHRASE) -> str:
    with pytest.raises(UserFacingError) as caught:
        region.KEYS.open(data, passphrase)
    return caught.value.code


def test_a_file_opens_to_the_same_key() -> None:
    keys: RegionKeys = region.KEYS
    again: RegionKey = keys.open(DATA, region.PASSPHRASE)
    assert (again.device, again.region, again.certificate_pem) == (
        KEY.device,
        "05",
        KEY.certificate_pem,
    )
    assert (again.age_identity, again.age_recipient) == (KEY.age_identity, KEY.age_recipient)
    verifier = TRUST.verifier(again.certificate_pem)
    assert (verifier.device, verifier.region) == (again.device, "05")
    verifier.verify(b"record", again.sign_record(b"record"))


def test_the_age_identity_opens_what_goes_to_the_region() -> None:
    to = pyrage.x25519.Recipient.from_str(KEY.age_recipient)
    sealed = pyrage.encrypt(b"ficha", [to])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(KEY.age_identity)]) == b"ficha"


def test_every_region_key_is_another() -> None:
    keys = [region.region_key() for _ in range(4)]
    assert len({key.device for key in keys} | {key.age_recipient for key in keys}) == 8


def test_the_passphrase_may_be_typed_in_any_composition() -> None:
    data, _ = region.KEYS.create("05", "Ñandú", region.CREATED_AT)
    region.KEYS.open(data, "N\u0303andu\u0301")


@pytest.mark.parametrize("passphrase", ["", "puna brava 2025", region.PASSPHRASE + " ", "\ud800"])
def test_a_wrong_passphrase_is_told(passphrase: str) -> None:
    assert refusal(DATA, passphrase) == "region.wrong_passphrase"


def test_nothing_secret_is_legible() -> None:
    assert KEY.age_identity.encode() not in DATA
    assert set(json.loads(DATA)) == {
        "certificate",
        "format",
        "nonce",
        "region",
        "secret",
        "slot",
        "version",
    }
    for shown in (repr(KEY), str(KEY)):
        assert KEY.age_identity not in shown


@pytest.mark.parametrize("digits", ["", "5", "0x", "005"])
def test_a_region_has_two_digits(digits: str) -> None:
    with pytest.raises(ValueError, match="two digits"):
        region.KEYS.create(digits, region.PASSPHRASE, region.CREATED_AT)


# --- damaged and hostile files -------------------------------------------------------------------


def test_every_changed_byte_is_told() -> None:
    for place in range(len(DATA)):
        damaged = bytearray(DATA)
        damaged[place] ^= 1 << place % 7
        assert refusal(bytes(damaged)) in CODES, place


def test_every_truncation_and_anything_behind_is_told() -> None:
    for size in range(len(DATA)):
        assert refusal(DATA[:size]) == "region.key_file"
    for more in (b"\n", b" ", b"\0", DATA):
        assert refusal(DATA + more) == "region.key_file"
    assert refusal(b" " * (MAX_FILE + 1)) == "region.key_file"


@given(st.binary(max_size=300))
def test_garbage_is_told(garbage: bytes) -> None:
    assert refusal(garbage) == "region.key_file"


def test_another_kind_of_file_is_told() -> None:
    for data in (b"{}", b"[]", b"null", b"[" * 10_000, b'{"version":1}', b"PK\x03\x04"):
        assert refusal(data) == "region.key_file"


def bent(change: Callable[[dict[str, Any]], None]) -> bytes:
    value = json.loads(DATA)
    change(value)
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def test_a_file_of_a_later_version_says_so() -> None:
    newer = bent(lambda file: file.update(version=2, hint="x"))
    assert refusal(newer) == "region.key_file_newer"
    assert refusal(bent(lambda file: file.update(version=0))) == "region.key_file"


OTHER_DATA, OTHER = region.region_file("06")


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.update(format="fichaat-device-key"),
        lambda file: file.update(hint="puna"),
        lambda file: file.update(region="06"),
        lambda file: file.update(region="005"),
        lambda file: file.update(certificate=json.loads(OTHER_DATA)["certificate"]),
        lambda file: file.update(secret=json.loads(OTHER_DATA)["secret"]),
        lambda file: file.update(secret=""),
        lambda file: file.update(nonce=""),
        lambda file: file["slot"].update(kind="recovery", argon2=None),
        lambda file: file["slot"].update(version=2),
        lambda file: file["slot"].update(salt=""),
        lambda file: file["slot"].pop("argon2"),
    ],
)
def test_no_part_of_a_file_may_be_another(change: Callable[[dict[str, Any]], None]) -> None:
    assert refusal(bent(change)) == "region.key_file"


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 2**40, "passes": 1, "lanes": 1},
        {"memory_kib": 32, "passes": 2**31, "lanes": 1},
        {"memory_kib": 32, "passes": 1, "lanes": 2**20},
        {"memory_kib": -1, "passes": 1, "lanes": 1},
        {"memory_kib": 2**90, "passes": 0, "lanes": 0},
    ],
)
def test_a_hostile_file_cannot_ask_for_everything(
    cost: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(slot: object, secret: bytes) -> bytes:
        raise AssertionError(slot, secret)

    monkeypatch.setattr(key_slots, "_wrapping_key", never)
    assert refusal(bent(lambda file: file["slot"].update(argon2=cost))) == "region.key_file"


# --- what it issues ------------------------------------------------------------------------------


def test_what_it_issues_holds() -> None:
    content = region.credencial(KEY, DEVICE, Rol.ESPECIALISTA)
    TRUST.check_credencial(content, KEY.certificate_pem)
    TRUST.check_catalogo(region.catalogo(KEY))


def credential_refused(**changes: object) -> bool:
    content = replace(region.credencial(KEY, DEVICE), **changes)
    with pytest.raises(UserFacingError) as caught:
        TRUST.check_credencial(content, KEY.certificate_pem)
    return caught.value.code == "bundle.credential_certificate"


def test_a_credential_is_its_certificate() -> None:
    assert credential_refused(device=SeededKey(2).device)
    assert credential_refused(desde=datetime(2025, 12, 31, tzinfo=UTC))
    assert credential_refused(hasta=datetime(2036, 1, 2, tzinfo=UTC))
    assert credential_refused(certificado=KEY.certificate_der64)
    assert credential_refused(certificado=region.credencial(KEY, SeededKey(2)).certificado)
    assert credential_refused(certificado=region.credencial(OTHER, DEVICE).certificado)
    assert credential_refused(certificado="AAAA")
    assert credential_refused(certificado="A===")


def test_a_credential_is_read_beside_the_certificate_of_a_region_only() -> None:
    with pytest.raises(UserFacingError) as caught:
        TRUST.check_credencial(region.credencial(KEY, DEVICE), DEVICE.certificate_pem)
    assert caught.value.code == "bundle.certificate"


def test_only_the_certificate_of_a_device_gets_one() -> None:
    for pem in (b"", OTHER.certificate_pem, KEY.certificate_pem):
        with pytest.raises(UserFacingError) as caught:
            KEY.issue(pem, region.DESDE, region.HASTA)
        assert caught.value.code == "bundle.certificate"


@pytest.mark.parametrize(
    "certificado",
    [
        "AAAA",
        region.credencial(KEY, DEVICE).certificado,
        OTHER.certificate_der64,
        KEY.certificate_der64[:-4],
        KEY.certificate_der64 + "AAAA",
    ],
)
def test_a_catalogue_holds_the_certificate_of_its_region(certificado: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        TRUST.check_catalogo(replace(region.catalogo(KEY), certificado=certificado))
    assert caught.value.code == "bundle.catalog_certificate"


# --- a file of version 1 opens for ever ----------------------------------------------------------


WRITTEN_BY_VERSION_1 = (
    '{"certificate":"MIIBhDCCASqgAwIBAgIUalJRA2F0Ke6qw/cNqbSO4pH0gfkwCgYIKoZIzj0EAwIwLTErMCkG'
    "A1UEAwwiZmljaGFhdCByZWdpb24gMDUgZmU1MzdmZmMyNzllZTc3NTAgFw0yNjAxMDEwMDAwMDBaGA85OTk5MTIz"
    "MTIzNTk1OVowLTErMCkGA1UEAwwiZmljaGFhdCByZWdpb24gMDUgZmU1MzdmZmMyNzllZTc3NTBZMBMGByqGSM49"
    "AgEGCCqGSM49AwEHA0IABI1noaa6Vbay/2Xbqr76BdCSH32lqYLGqczhkB/uh6g9+abkd8hAThehSvoONzAThuSl"
    "uUipcQ0gUSJv3nRc+5KjJjAkMBIGA1UdEwEB/wQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgKEMAoGCCqGSM49BAMC"
    "A0gAMEUCIQC3rW1kPjInzpVODjnQ2XLR+t/GvbRDWRls6K4/6qwtTAIgPZQ77qFbf+S7J5/ySi2qn2tn4NpjcP6a"
    '5+reeaigyMs=","format":"fichaat-region-key","nonce":"DvjvzTzaSSMfod79","region":"05","se'
    'cret":"mo5+/sk/nQbMF+gPwGOP33ITa7npz8tBctM2UrBACAG2c29EFUotMNWuTBKPY+QFKOnel2UzYV3jztWmY'
    "plAPR2Y8pg52JJtUXkzpp8/QgncXUbd1MwtkMBW92Gt3rf22opYKKT++RQzwBNA2kMNi7Vam+WU4X5e/Fr85Ei6/"
    "JgSaDcWdWGQVcKZDItP+xpIX3pGO9DnSy1Q0lp+H1KAAaBw4WF5PEkVUFEmdNRofXMbZw1LXJbDQbrtntZm11Piw"
    "MBxn4G5kYG5h1JzerCw8TKwc3S/HeseKE5x1f+494TdmlMnEaVm+ZaPX/IKC+xvjUSgrLTFfJZ+CVdjb8l+pS/pJ"
    '1hGx7q/kM0YwL+Jl9XyNh9Ap3wy/wL4gS1DsYzw+QhcgMFqvQi/UC0G6A==","slot":{"argon2":{"lanes":1'
    ',"memory_kib":32,"passes":1},"kind":"passphrase","nonce":"Pbr+YW20BzMQ6Xcm","salt":"tYZ1'
    'long0XPcVkqTHzkeVw==","version":1,"wrapped":"Eis5xbxR/jU3Ptxq/j1ukEB1TPEArrECWfej9gVttms'
    '38hOjIhnJh63aYnYX/GIS"},"version":1}'
)


def test_a_file_of_version_1_opens_for_ever() -> None:
    key = region.KEYS.open(WRITTEN_BY_VERSION_1.encode(), "puna brava 2026")
    assert key.device == "edc95efcf79e70724b21b7a4fe37594d0f82e5531993817ec3c4c66d3f3abe07"
    assert key.age_recipient == ("age1la3dx0td5mpnx90gdkl7d8q4j68yhfr7gppy9lsh7hc98v0xmp9sjzmx22")


def test_the_file_is_one_line_of_canonical_json() -> None:
    assert msgspec.json.encode(msgspec.json.decode(DATA), order="sorted") == DATA
