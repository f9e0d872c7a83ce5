"""What keys of regions seal, and what only they may seal."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.bundles import BundleReader
from fichaat.application.ports.keys import RecordKey
from fichaat.bundle import checked_bundle
from fichaat.bundle.reader import StrictBundleReader
from fichaat.domain import codec
from fichaat.domain.errors import UserFacingError
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Content, Kind, SealedRecord
from fichaat.domain.rol import Rol
from fichaat.trust.service import TrustService
from tests.support import bundles, region
from tests.support.keys import SeededKey
from tests.support.region import catalogo, credencial, relevo, revocacion, seal

DEVICE, OTHER = SeededKey(1), SeededKey(2)
REGION, IMPOSTOR, NEIGHBOUR = region.region_key(), region.region_key(), region.region_key("06")
READER: BundleReader = StrictBundleReader(TrustService())


def write(folder: Path, records: list[SealedRecord], *sealers: RecordKey) -> Path:
    path = folder / "paquete.fichaat"
    ordered = sorted(records, key=lambda item: (*item.place, item.sha256))
    parts = bundles.members(DEVICE, ordered, certificates=[DEVICE, *sealers])
    bundles.write(path, DEVICE, parts)
    return path


def refused(path: Path) -> str:
    with (
        READER.open(path, no_progress, CancelToken()) as bundle,
        pytest.raises(UserFacingError) as caught,
    ):
        list(bundle.records())
    return caught.value.code


def three() -> list[SealedRecord]:
    first = seal(REGION, Kind.CREDENCIAL, credencial(REGION, DEVICE))
    second = seal(REGION, Kind.REVOCACION, revocacion(OTHER), 2, first.sha256)
    third = seal(REGION, Kind.RELEVO, relevo(OTHER, DEVICE), 3, second.sha256)
    return [first, second, third]


def test_what_a_region_seals_is_read_ahead_and_again_in_its_place(tmp_path: Path) -> None:
    ficha = bundles.seal(DEVICE)
    published = seal(DEVICE, Kind.CATALOGO, catalogo(REGION), 2, ficha.sha256)
    foreign = seal(IMPOSTOR, Kind.REVOCACION, revocacion(DEVICE))
    path = write(tmp_path, [*three(), foreign, ficha, published], REGION, IMPOSTOR)
    with READER.open(path, no_progress, CancelToken()) as bundle:
        ahead = bundle.trust_records(REGION.device)
        everything = list(bundle.records())
        assert bundle.trust_records(REGION.device) == ahead
        assert bundle.trust_records(IMPOSTOR.device) == [foreign]
        assert bundle.trust_records(DEVICE.device) == []
    assert {item.sha256 for item in ahead} == {item.sha256 for item in three()}
    assert {item.sha256 for item in everything} >= {item.sha256 for item in ahead}
    assert len(everything) == 6


def test_a_bundle_without_a_region_has_nothing_ahead(tmp_path: Path) -> None:
    path = write(tmp_path, [bundles.seal(DEVICE)])
    with READER.open(path, no_progress, CancelToken()) as bundle:
        assert bundle.trust_records(REGION.device) == []


def test_an_impostor_of_the_same_region_is_another_key(tmp_path: Path) -> None:
    """Its records are in order: whether anybody believes them is not asked here."""
    path = write(tmp_path, [seal(IMPOSTOR, Kind.CREDENCIAL, credencial(IMPOSTOR, OTHER))], IMPOSTOR)
    with READER.open(path, no_progress, CancelToken()) as bundle:
        (item,) = bundle.trust_records(IMPOSTOR.device)
    assert item.record.device == IMPOSTOR.device != REGION.device


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.FICHA, bundles.seal(DEVICE).record.content),
        (Kind.CATALOGO, catalogo(REGION)),
        ("purga", {"que": "todo"}),
    ],
)
def test_a_region_seals_nothing_else(kind: Kind, content: Content, tmp_path: Path) -> None:
    assert refused(write(tmp_path, [seal(REGION, kind, content)], REGION)) == (
        "bundle.region_key_kind"
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.CREDENCIAL, credencial(REGION, DEVICE, Rol.COORDINADOR)),
        (Kind.REVOCACION, revocacion(OTHER)),
        (Kind.RELEVO, relevo(OTHER, DEVICE)),
    ],
)
def test_a_device_seals_nothing_that_is_the_regions(
    kind: Kind, content: Content, tmp_path: Path
) -> None:
    assert refused(write(tmp_path, [seal(DEVICE, kind, content)])) == "bundle.device_key_kind"


def test_a_region_speaks_of_its_own_region_only(tmp_path: Path) -> None:
    sealed = seal(NEIGHBOUR, Kind.REVOCACION, revocacion(OTHER))
    assert refused(write(tmp_path, [sealed], NEIGHBOUR)) == "bundle.region_key_region"


@pytest.mark.parametrize(
    "content",
    [
        credencial(IMPOSTOR, DEVICE),
        replace(credencial(REGION, DEVICE), device=OTHER.device),
        replace(credencial(REGION, DEVICE), desde=region.DESDE.replace(hour=1)),
        replace(credencial(REGION, DEVICE), hasta=region.HASTA.replace(hour=1)),
        replace(credencial(REGION, DEVICE), certificado=REGION.certificate_der64),
        replace(credencial(REGION, DEVICE), certificado="AAAA"),
    ],
)
def test_a_credential_that_is_not_its_certificate(content: Content, tmp_path: Path) -> None:
    sealed = seal(REGION, Kind.CREDENCIAL, content)
    assert refused(write(tmp_path, [sealed], REGION)) == "bundle.credential_certificate"


@pytest.mark.parametrize(
    "content",
    [
        replace(catalogo(REGION), certificado=credencial(REGION, DEVICE).certificado),
        replace(catalogo(REGION), certificado=NEIGHBOUR.certificate_der64),
        replace(catalogo(REGION), certificado="AAAA"),
    ],
)
def test_a_catalogue_without_the_certificate_of_a_region(content: Content, tmp_path: Path) -> None:
    sealed = seal(DEVICE, Kind.CATALOGO, content)
    assert refused(write(tmp_path, [sealed])) == "bundle.catalog_certificate"


def test_what_is_wrong_is_found_ahead_too(tmp_path: Path) -> None:
    good = seal(REGION, Kind.REVOCACION, revocacion(OTHER))
    flipped = replace(good, signature=REGION.sign_record(b"another"))
    path = write(tmp_path, [flipped], REGION)
    with (
        READER.open(path, no_progress, CancelToken()) as bundle,
        pytest.raises(UserFacingError) as caught,
    ):
        bundle.trust_records(REGION.device)
    assert caught.value.code == "bundle.record_signature"


def test_what_a_region_sealed_must_fit_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, three(), REGION)
    monkeypatch.setattr(checked_bundle, "MAX_REGION_BYTES", 1000)
    with (
        READER.open(path, no_progress, CancelToken()) as bundle,
        pytest.raises(UserFacingError) as caught,
    ):
        bundle.trust_records(REGION.device)
    assert caught.value.code == "bundle.region_records"


def test_another_region_that_seals_without_end_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nobody could read a bundle any more in which a coordinator hands that on."""
    own = seal(REGION, Kind.REVOCACION, revocacion(OTHER))
    foreign = [seal(IMPOSTOR, Kind.CREDENCIAL, credencial(IMPOSTOR, OTHER))]
    foreign.append(seal(IMPOSTOR, Kind.REVOCACION, revocacion(DEVICE), 2, foreign[0].sha256))
    path = write(tmp_path, [own, *foreign], REGION, IMPOSTOR)
    size = len(own.raw) + len(own.signature)
    monkeypatch.setattr(checked_bundle, "MAX_REGION_BYTES", size)
    with READER.open(path, no_progress, CancelToken()) as bundle:
        assert bundle.trust_records(REGION.device) == [own]


def test_receptions_are_read_ahead_by_who_says_them(tmp_path: Path) -> None:
    ficha = bundles.seal(DEVICE, observaciones='dice "kind":"recepcion"')
    content = Recepcion(
        paquete=ficha.sha256,
        paquete_id=bundles.uuid7(9),
        recibido_en=bundles.AT,
        remitente=Remitente(DEVICE.device),
        registros=(Recibido(ficha.sha256, Resultado.NEW),),
    )
    own = seal(DEVICE, Kind.RECEPCION, content, 2, ficha.sha256)
    others = seal(OTHER, Kind.RECEPCION, content)
    path = write(tmp_path, [ficha, own, others], OTHER)
    with READER.open(path, no_progress, CancelToken()) as bundle:
        assert list(bundle.receptions({DEVICE.device})) == [own]
        assert list(bundle.receptions({OTHER.device})) == [others]
        assert {*bundle.receptions({OTHER.device, DEVICE.device})} == {own, others}
        assert list(bundle.receptions(set())) == []
        assert len(list(bundle.records())) == 3


def test_a_forged_reception_is_found_ahead_too(tmp_path: Path) -> None:
    content = Recepcion(
        paquete="ab" * 32,
        paquete_id=bundles.uuid7(9),
        recibido_en=bundles.AT,
        remitente=Remitente(DEVICE.device),
        registros=(),
    )
    forged = replace(seal(OTHER, Kind.RECEPCION, content), signature=DEVICE.sign_record(b"another"))
    path = write(tmp_path, [forged], OTHER)
    with (
        READER.open(path, no_progress, CancelToken()) as bundle,
        pytest.raises(UserFacingError) as caught,
    ):
        list(bundle.receptions({OTHER.device}))
    assert caught.value.code == "bundle.record_signature"


def test_what_this_version_cannot_read_only_comes_in_its_place(tmp_path: Path) -> None:
    later = _of_schema_2(seal(REGION, Kind.REVOCACION, revocacion(OTHER)))
    path = write(tmp_path, [later], REGION)
    with READER.open(path, no_progress, CancelToken()) as bundle:
        assert bundle.trust_records(REGION.device) == []
        (item,) = bundle.records()
    assert item.opaque


def _of_schema_2(item: SealedRecord) -> SealedRecord:
    raw = codec.encode(replace(item.record, schema=2))
    return codec.decode_record(raw, REGION.sign_record(raw))
