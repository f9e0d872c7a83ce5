"""A review is sealed only where it will have an effect, and says which copy it means."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as with_changes
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.rows import FichaFilter
from fichaat.application.region.approve_devices import ApproveDevices, Terms
from fichaat.application.region.believe_region import AcceptRegion
from fichaat.application.region.change_devices import RevokeDevice
from fichaat.application.region.create_region import CreateRegion
from fichaat.application.region.requests import Asked
from fichaat.application.review_ficha import ReviewFicha
from fichaat.application.sealed import find_lineage
from fichaat.domain.authority import TOLERANCE
from fichaat.domain.errors import UserFacingError
from fichaat.domain.lineage import Estado, Lineage
from fichaat.domain.paquete import Solicitud
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.service import TrustService
from tests.support.installations import Laptop
from tests.support.region import KEYS
from tests.unit.application.test_sealed_fichas import rectified, sealed

TRUST = TrustService()
AGE = create_age_identity()[1]


def in_role(laptop: Laptop, rol: Rol, provincia: str | None = None) -> Installation:
    return with_changes(
        laptop.here, profile=replace(laptop.here.profile, rol=rol, provincia=provincia)
    )


def exchange(one: Laptop, two: Laptop) -> None:
    while one.receive(two.held(), two) + two.receive(one.held(), one):
        pass


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(UserFacingError) as error:
        yield
    assert error.value.code == code


def write_file(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.fixture
def coordinator(other: Laptop) -> Installation:
    return in_role(other, Rol.COORDINADOR)


@pytest.fixture
def key(coordinator: Installation, tmp_path: Path) -> RegionKey:
    make = CreateRegion(coordinator, TRUST, KEYS, write_file)
    return make(tmp_path / "llave", "puna brava 2026")[0]


def approve(
    coordinator: Installation,
    key: RegionKey,
    laptop: Laptop,
    terms: Terms | None = None,
    ambito: str = "05",
) -> None:
    rol = Rol.ESPECIALISTA if len(ambito) == 2 else Rol.PROVINCIAL
    solicitud = Solicitud("Ana", "Cargo", "Entidad", rol, ambito, AGE)
    asked = Asked(laptop.device, laptop.here.key.certificate_pem, solicitud)
    ApproveDevices(coordinator, TRUST)(key, [asked], terms or Terms())


@pytest.fixture
def codigo(laptop: Laptop, other: Laptop, coordinator: Installation, key: RegionKey) -> str:
    """A ficha of an approved specialist, held by both."""
    approve(coordinator, key, laptop)
    exchange(laptop, other)
    AcceptRegion(laptop.here, TRUST)(" ".join(TRUST.fingerprint_words(key.device)))
    made = sealed(laptop)
    exchange(laptop, other)
    return made


def line_of(here: Installation, codigo: str) -> Lineage:
    with here.store.read() as reader:
        return find_lineage(reader, codigo, here.key.device)


def test_the_last_word_of_the_region_holds_everywhere(
    laptop: Laptop, other: Laptop, coordinator: Installation, codigo: str
) -> None:
    review = ReviewFicha(coordinator)
    first, _ = review(codigo, Veredicto.OBSERVADA, " falta\r\nun dato ", plazo=date(2026, 12, 15))
    content = first.record.content
    assert isinstance(content, Revision)
    assert (content.motivo, content.plazo) == ("falta\nun dato", date(2026, 12, 15))
    second, _ = review(codigo, Veredicto.APROBADA)
    assert first.sha256 in second.record.after
    exchange(laptop, other)
    for here in (laptop.here, coordinator):
        assert line_of(here, codigo).revision is Veredicto.APROBADA
    review(codigo, Veredicto.RETIRADA, "se aprobó por error")
    assert line_of(coordinator, codigo).revision is None


def test_what_was_taken_back_is_not_taken_back_again(
    coordinator: Installation, codigo: str
) -> None:
    review = ReviewFicha(coordinator)
    review(codigo, Veredicto.APROBADA)
    review(codigo, Veredicto.RETIRADA, "se aprobó por error")
    with coordinator.store.read() as reader:
        before = reader.record_count()
    with refused("revision.nothing_to_retract"):
        review(codigo, Veredicto.RETIRADA, "otra vez")
    with coordinator.store.read() as reader:
        assert reader.record_count() == before
    review(codigo, Veredicto.OBSERVADA, "falta un dato")
    review(codigo, Veredicto.RETIRADA, "no faltaba")
    assert line_of(coordinator, codigo).revision is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ((Veredicto.OBSERVADA, " \n", None), "revision.motivo_required"),
        ((Veredicto.RECHAZADA, "", None), "revision.motivo_required"),
        ((Veredicto.RETIRADA, "", None), "revision.motivo_required"),
        ((Veredicto.OBSERVADA, "x", date(2020, 1, 1)), "revision.plazo_past"),
        ((Veredicto.APROBADA, "x", date(2027, 1, 1)), "revision.plazo_unexpected"),
        ((Veredicto.RETIRADA, "x", None), "revision.nothing_to_retract"),
        ((Veredicto.VISADA, "", None), "revision.province_only"),
        ((Veredicto.ELEGIDA, "", None), "revision.nothing_to_choose"),
        ((Veredicto.RECHAZADA, "x" * 30_000, None), "schema.length"),
        ((Veredicto.RECHAZADA, "x\x00", None), "schema.control_character"),
    ],
)
def test_what_makes_no_review(
    coordinator: Installation,
    codigo: str,
    said: tuple[Veredicto, str, date | None],
    code: str,
) -> None:
    veredicto, motivo, plazo = said
    with coordinator.store.read() as reader:
        before = reader.record_count()
    with refused(code):
        ReviewFicha(coordinator)(codigo, veredicto, motivo, plazo=plazo)
    with coordinator.store.read() as reader:
        assert reader.record_count() == before


@pytest.mark.parametrize("codigo_", ["05-2026-AAAAAA-0001", "", "x" * 5000])
def test_an_unknown_ficha_is_said(coordinator: Installation, codigo: str, codigo_: str) -> None:
    with refused("ficha.unknown"):
        ReviewFicha(coordinator)(codigo_, Veredicto.APROBADA)


def test_who_has_no_right_seals_nothing(
    laptop: Laptop, other: Laptop, coordinator: Installation, key: RegionKey
) -> None:
    codigo = sealed(laptop)
    review = ReviewFicha(laptop.here)
    with refused("revision.no_region"):
        review(codigo, Veredicto.APROBADA)
    exchange(laptop, other)
    AcceptRegion(laptop.here, TRUST)(" ".join(TRUST.fingerprint_words(key.device)))
    with refused("revision.not_approved"):
        review(codigo, Veredicto.APROBADA)
    approve(coordinator, key, laptop, Terms(hasta=coordinator.clock.now() + timedelta(days=30)))
    exchange(laptop, other)
    with refused("revision.coordinator_only"):
        review(codigo, Veredicto.APROBADA)
    laptop.clock.moment += timedelta(days=30) + TOLERANCE
    with refused("revision.expired"):
        review(codigo, Veredicto.APROBADA)
    RevokeDevice(coordinator)(key, laptop.device, "robada")
    exchange(laptop, other)
    with refused("revision.device_revoked"):
        review(codigo, Veredicto.APROBADA)


def test_a_province_is_told_who_can_undo_its_visa(
    laptop: Laptop, other: Laptop, coordinator: Installation, key: RegionKey, codigo: str
) -> None:
    approve(coordinator, key, laptop, ambito="0501")
    exchange(laptop, other)
    with refused("revision.visa_stands"):
        ReviewFicha(laptop.here)(codigo, Veredicto.RETIRADA, "me equivoqué")


@pytest.fixture
def province(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "provincia", template, skew=timedelta(0), number=3)
    yield made
    made.close()


@pytest.mark.parametrize("case", [("0501", None), ("0504", "revision.out_of_scope")])
def test_a_province_sees_only_its_own(
    other: Laptop, province: Laptop, key: RegionKey, codigo: str, case: tuple[str, str | None]
) -> None:
    provincia, code = case
    coordinator = in_role(other, Rol.COORDINADOR)
    approve(coordinator, key, province, ambito=provincia)
    exchange(province, other)
    AcceptRegion(province.here, TRUST)(" ".join(TRUST.fingerprint_words(key.device)))
    visar = ReviewFicha(in_role(province, Rol.PROVINCIAL, provincia))
    if code is not None:
        with refused(code):
            visar(codigo, Veredicto.VISADA)
        return
    visar(codigo, Veredicto.VISADA)
    exchange(province, other)
    assert line_of(coordinator, codigo).revision is Veredicto.VISADA


def test_versions_are_told_apart(
    laptop: Laptop, other: Laptop, coordinator: Installation, codigo: str
) -> None:
    rectified(laptop, codigo)
    exchange(laptop, other)
    review = ReviewFicha(coordinator)
    newest, _ = review(codigo, Veredicto.APROBADA)
    older, _ = review(codigo, Veredicto.RECHAZADA, "la primera no", version=1)
    versions = []
    for item in (newest, older):
        assert isinstance(item.record.content, Revision)
        versions.append(item.record.content.sujeto.version)
    assert versions == [2, 1]
    assert line_of(coordinator, codigo).revision is Veredicto.APROBADA
    with refused("revision.version_unknown"):
        review(codigo, Veredicto.APROBADA, version=3)
    with refused("revision.copy_unknown"):
        review(codigo, Veredicto.APROBADA, sha256="0" * 64)
    with refused("revision.copy_unknown"):
        review(codigo, Veredicto.APROBADA, sha256="")


def test_what_was_annulled_is_not_reviewed_any_more(
    laptop: Laptop, other: Laptop, coordinator: Installation, codigo: str
) -> None:
    ReviewFicha(coordinator)(codigo, Veredicto.APROBADA)
    AnnulFicha(laptop.here)(codigo, "registrada dos veces")
    exchange(laptop, other)
    with refused("revision.annulled"):
        ReviewFicha(coordinator)(codigo, Veredicto.OBSERVADA, "x")
    ReviewFicha(coordinator)(codigo, Veredicto.RETIRADA, "está anulada")


def test_of_two_copies_the_region_chooses_one(
    laptop: Laptop, other: Laptop, coordinator: Installation, codigo: str, tmp_path: Path
) -> None:
    laptop.copy_to(tmp_path / "copia")
    rectified(laptop, codigo)
    exchange(laptop, other)
    laptop.go_back_to(tmp_path / "copia", new_chain=True)
    with_other_hour = line_of(laptop.here, codigo)
    assert with_other_hour.head.record.version == 1
    rectified(laptop, codigo)
    exchange(laptop, other)
    line = line_of(coordinator, codigo)
    assert line.estado is Estado.CONFLICTO
    review = ReviewFicha(coordinator)
    with refused("revision.conflict"):
        review(codigo, Veredicto.APROBADA, sha256=line.versions[-1].sha256)
    with refused("revision.copies"):
        review(codigo, Veredicto.ELEGIDA)
    chosen = line.versions[-1].sha256
    review(codigo, Veredicto.ELEGIDA, sha256=chosen[:8].upper())
    line = line_of(coordinator, codigo)
    assert (line.estado, line.head.sha256) == (Estado.SELLADA, chosen)
    review(codigo, Veredicto.APROBADA, sha256=chosen)
    with refused("revision.nothing_to_choose"):
        review(codigo, Veredicto.ELEGIDA, sha256=chosen)
    exchange(laptop, other)
    assert line_of(laptop.here, codigo).revision is Veredicto.APROBADA


def test_of_two_lineages_of_one_id_the_region_chooses_one(
    laptop: Laptop, other: Laptop, province: Laptop, coordinator: Installation, key: RegionKey
) -> None:
    laptop.seal_new(1)
    exchange(laptop, province)
    province.copy_id(0)
    exchange(laptop, other)
    exchange(province, other)
    for author in (laptop, province):
        approve(coordinator, key, author)
    with coordinator.store.read() as reader:
        rows = reader.fichas(FichaFilter())
    assert [row.estado for row in rows] == ["conflicto", "conflicto"]
    chosen, left = rows
    ReviewFicha(coordinator)(chosen.codigo, Veredicto.ELEGIDA, sha256=chosen.sha256)
    with coordinator.store.read() as reader:
        states = {row.origin: row.estado for row in reader.fichas(FichaFilter())}
    assert states == {chosen.origin: "sellada", left.origin: "cuarentena"}
