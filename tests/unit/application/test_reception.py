"""What the inbox lists, from real databases of laptops, and who is answered."""

from collections.abc import Iterator
from dataclasses import replace as with_changes
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.answers import due
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.read_sealed import ReadSealed
from fichaat.application.reception import ReadReception, Reception
from fichaat.application.region.devices import ReadDevices
from fichaat.application.region.requests import kept_requests
from fichaat.application.selection import ANSWERED_SETTING
from fichaat.application.set_aside import SetAside
from fichaat.domain.chains import Gap
from fichaat.domain.errors import UserFacingError
from fichaat.domain.lineage import Estado
from fichaat.domain.paquete import Omitido, Solicitud
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from fichaat.texts.answers_words import why_words
from fichaat.trust.service import TrustService
from tests.support.installations import Laptop
from tests.support.memory_bundles import MemoryBundle, MemoryBundles, pack
from tests.support.offices import Office, judge, of_kind

AGE = "age1" + "q" * 58


class Region:
    """A coordinator, two approved specialists, and a stranger."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.jefe, self.ana, self.beto, self.otro = (
            Laptop(folder / name, template, skew=timedelta(0), number=number)
            for number, name in enumerate(("jefe", "ana", "beto", "otro"), 1)
        )
        profile = replace(self.jefe.here.profile, rol=Rol.COORDINADOR)
        self.jefe.here = with_changes(self.jefe.here, profile=profile)
        self.office = Office(self.jefe)
        for laptop in (self.ana, self.beto):
            self.office.approve(laptop)
        self.office.tell(self.ana, self.beto)
        note_answered(self, self.ana, self.beto)  # what they were told

    def inbox(self) -> Reception:
        here = self.jefe.here
        return ReadReception(here, ReadDevices(here, TrustService()))()

    def take(self, bundle: MemoryBundle, taker: Laptop | None = None) -> None:
        here = (taker or self.jefe).here
        files = MemoryBundles()
        verdict, _ = ImportBundle(here, files)(files.put(bundle))
        assert verdict.aplicado, verdict.codigo

    def close(self) -> None:
        for laptop in (self.jefe, self.ana, self.beto, self.otro):
            laptop.close()


@pytest.fixture
def region(tmp_path: Path, template: Path) -> Iterator[Region]:
    made = Region(tmp_path, template)
    yield made
    made.close()


def fichas(laptop: Laptop) -> list[SealedRecord]:
    return [i for i in of_kind(laptop.held(), Kind.FICHA) if i.record.device == laptop.device]


def bundle_of(
    laptop: Laptop, *items: SealedRecord, left_out: tuple[Omitido, ...] = ()
) -> MemoryBundle:
    packed = pack(
        items, laptop.certificates(), id_=laptop.here.ids.new_id(), exporter=laptop.device
    )
    return with_changes(packed, info=replace(packed.info, omitidos=left_out))


def waits(region: Region) -> list[str]:
    with region.jefe.here.store.read() as reader:
        return [item.quien.device for item in due(reader, region.jefe.here)]


def note_answered(region: Region, *laptops: Laptop) -> None:
    """As an export to each of them does."""
    with region.jefe.here.store.write() as tx:
        for laptop in laptops:
            tx.set_setting(ANSWERED_SETTING + laptop.device, str(tx.last_number()))


def test_an_empty_inbox(region: Region) -> None:
    found = region.inbox()
    assert (found.raiz, found.aprueba, found.pendientes) == (True, True, 0)
    assert not any((found.cuarentena, found.conflictos, found.bifurcaciones, found.huecos))


def test_a_gap_is_shown_with_the_name_of_its_device(region: Region) -> None:
    for seed in range(4):
        region.ana.seal_new(seed)
    first, *_, last = fichas(region.ana)
    region.take(bundle_of(region.ana, first, last))
    (missing,) = region.inbox().huecos
    assert missing.gap == Gap(last.record.chain, 2, 3)
    assert missing.quien.nombre == "María Quispe Ñaupari"  # of the credential


def test_what_its_maker_left_out_on_purpose_is_only_counted(region: Region) -> None:
    for seed in range(4):
        region.ana.seal_new(seed)
    first, two, three, last = fichas(region.ana)
    named = tuple(Omitido(i.record.chain, i.record.sequence, i.sha256) for i in (two, three))
    region.take(bundle_of(region.ana, first, last, left_out=named))
    found = region.inbox()
    assert (found.huecos, found.huecos_total, found.omitidos) == ((), 0, 1)


def test_a_stranger_labels_no_gap_away(region: Region) -> None:
    for seed in range(3):
        region.ana.seal_new(seed)
    first, two, last = fichas(region.ana)
    region.take(bundle_of(region.ana, first, last))
    region.otro.seal_new(9)
    named = (Omitido(two.record.chain, two.record.sequence, two.sha256),)
    region.take(bundle_of(region.otro, *fichas(region.otro), left_out=named))
    found = region.inbox()
    assert (found.huecos_total, found.omitidos) == (1, 0)


def test_a_strangers_copy_of_an_id_stands_apart_and_says_why(region: Region) -> None:
    region.ana.seal_new(1)
    (original,) = fichas(region.ana)
    region.take(bundle_of(region.ana, original))
    region.otro.receive([original], region.ana)
    region.otro.copy_id(0)
    (copy,) = fichas(region.otro)
    assert copy.record.id == original.record.id
    region.take(bundle_of(region.otro, copy))
    found = region.inbox()
    ((apart,), total) = (found.cuarentena, found.cuarentena_total)
    assert total == 1
    assert (apart.row.sha256, apart.row.motivo) == (copy.sha256, "otra_linea")
    assert not apart.quien.verified
    assert found.conflictos == ()


def test_two_approved_copies_are_a_conflict_with_both_sides(region: Region) -> None:
    region.ana.seal_new(1)
    (original,) = fichas(region.ana)
    region.beto.receive([original], region.ana)
    region.beto.copy_id(0)
    (copy,) = fichas(region.beto)
    for laptop, item in ((region.ana, original), (region.beto, copy)):
        region.take(bundle_of(laptop, item))
    (conflict,) = region.inbox().conflictos
    assert {side.sha256 for side in conflict.lados} == {original.sha256, copy.sha256}
    assert not conflict.por_aprobar
    here, codigo = region.jefe.here, conflict.codigo
    seen = {side.sha256: ReadSealed(here)(codigo, side.sha256) for side in conflict.lados}
    for sha256, view in seen.items():
        assert (view.lineage.head.sha256, view.lineage.estado) == (sha256, Estado.CONFLICTO)
    with pytest.raises(UserFacingError) as refused:
        ReadSealed(here)(codigo, "ab" * 32)
    assert refused.value.code == "ficha.unknown"
    assert region.inbox().pendientes == 1 + len(waits(region))


def test_a_fork_that_somebody_looked_at_is_put_aside_until_another_copy_comes(
    region: Region, tmp_path: Path
) -> None:
    """A folder that was copied and used on three laptops."""
    region.ana.copy_to(tmp_path / "copia")
    made = []
    for seed in range(3):
        region.ana.go_back_to(tmp_path / "copia", new_chain=False)
        region.ana.seal_new(seed)
        made += fichas(region.ana)
    first, *others = made
    for item in (first, others[0]):
        region.take(bundle_of(region.ana, item))
    (fork,) = region.inbox().bifurcaciones
    assert fork.visto_en is None
    put = SetAside(region.jefe.here)
    put([fork.matter])
    found = region.inbox()
    assert (found.bifurcaciones, found.bifurcaciones_total) == ((), 0)
    (seen,) = found.dejadas
    assert seen.visto_en is not None
    assert seen.lados == fork.lados
    put.again([seen.matter])
    assert (region.inbox().bifurcaciones, region.inbox().dejadas) == ((fork,), ())
    put([fork.matter])
    region.take(bundle_of(region.ana, others[1]))
    (fork,) = region.inbox().bifurcaciones
    assert len(fork.lados) == 3
    assert region.inbox().dejadas == ()


def test_two_visits_that_looked_like_one_are_put_aside_until_something_new_comes(
    region: Region,
) -> None:
    for laptop in (region.ana, region.beto):
        laptop.seal_new(7)
        region.take(bundle_of(laptop, *fichas(laptop)))
    (pair,) = region.inbox().duplicados
    assert pair.visto_en is None
    put = SetAside(region.jefe.here)
    put([pair.matter])
    found = region.inbox()
    assert found.duplicados == ()
    (seen,) = found.duplicados_vistos
    assert (seen.lados, seen.visto_en is None) == (pair.lados, False)
    put.again([seen.matter])
    assert (region.inbox().duplicados, region.inbox().duplicados_vistos) == ((pair,), ())
    put([pair.matter])
    region.otro.seal_new(7)  # a third alike: it makes two pairs, and the first stays aside
    region.take(bundle_of(region.otro, *fichas(region.otro)))
    found = region.inbox()
    (third,) = {side.sha256 for side in found.duplicados[0].lados} - pair.matter.sha256s
    assert len(found.duplicados) == 2
    assert all(third in other.matter.sha256s for other in found.duplicados)
    assert [other.matter for other in found.duplicados_vistos] == [pair.matter]
    region.ana.rectify(0)  # what was looked at is not what is there now
    region.take(bundle_of(region.ana, *fichas(region.ana)))
    found = region.inbox()
    assert (len(found.duplicados), found.duplicados_vistos) == (3, ())


def test_a_request_is_kept_by_a_coordinator_only(region: Region) -> None:
    asked = Solicitud("Otro", "Esp.", "GORE", Rol.ESPECIALISTA, "05", AGE)
    plain = bundle_of(region.otro)
    certificates = {region.otro.device: region.otro.here.key.certificate_pem}
    request = with_changes(
        plain, info=replace(plain.info, solicitud=asked), certificates=certificates
    )
    for taker, kept in ((region.jefe, [region.otro.device]), (region.ana, [])):
        region.take(request, taker)
        with taker.here.store.read() as reader:
            assert list(kept_requests(reader)) == kept
    (row,) = region.inbox().por_aprobar
    assert row.solicitud == asked


def test_a_device_that_is_not_to_be_approved_is_put_aside_until_it_asks_again(
    region: Region,
) -> None:
    def asked(nombre: str) -> None:
        plain = bundle_of(region.otro)
        request = Solicitud(nombre, "Esp.", "GORE", Rol.ESPECIALISTA, "05", AGE)
        certificates = {region.otro.device: region.otro.here.key.certificate_pem}
        info = replace(plain.info, solicitud=request)
        region.take(with_changes(plain, info=info, certificates=certificates))

    asked("Otro")
    (row,) = region.inbox().por_aprobar
    before = region.inbox().pendientes
    put = SetAside(region.jefe.here)
    put([row.matter])
    assert (region.inbox().por_aprobar, region.inbox().pendientes) == ((), before - 1)
    put.again([row.matter])
    assert region.inbox().por_aprobar == (row,)
    put([row.matter])
    asked("Otro")  # the same request once more is no news
    assert region.inbox().por_aprobar == ()
    asked("Quien no es")
    (row,) = region.inbox().por_aprobar
    assert (row.visto_en, row.waits) == (None, True)
    put([row.matter])
    region.office.approve(region.otro)
    assert region.inbox().por_aprobar == ()


def test_what_concerns_a_sender_is_news_and_what_concerns_others_is_none(region: Region) -> None:
    for laptop, seed in ((region.ana, 1), (region.beto, 2)):
        laptop.seal_new(seed)
        region.take(bundle_of(laptop, *fichas(laptop)))
    assert set(waits(region)) == {region.ana.device, region.beto.device}
    note_answered(region, region.ana, region.beto)
    assert waits(region) == []
    region.office.approve(region.otro)  # everybody will hear, nobody else waits for it
    assert waits(region) == [region.otro.device]
    note_answered(region, region.otro)
    judge(region.jefe, fichas(region.ana)[0], Veredicto.APROBADA)
    assert waits(region) == [region.ana.device]
    region.office.approve(region.beto)  # its own credential
    assert set(waits(region)) == {region.ana.device, region.beto.device}


def test_a_new_catalogue_concerns_whoever_was_answered_before(region: Region) -> None:
    assert waits(region) == []
    note_answered(region, region.ana, region.beto, region.otro, region.jefe)
    assert waits(region) == []
    region.office.publish()
    with region.jefe.here.store.read() as reader:
        found = due(reader, region.jefe.here)
        in_force = reader.catalogo()
    assert in_force is not None
    assert {item.quien.device for item in found} == {region.ana.device, region.beto.device}
    assert {item.catalogo for item in found} == {in_force[0].version}
    assert {why_words(item) for item in found} == {f"Catálogo, versión {in_force[0].version}"}
    note_answered(region, region.ana)
    assert waits(region) == [region.beto.device]
    region.office.revoke(region.beto, region.jefe.here.clock.now())
    assert waits(region) == [region.ana.device]  # it has to stop believing the other


def test_whoever_was_approved_waits_for_its_credential_without_having_asked(
    region: Region,
) -> None:
    region.office.approve(region.otro)
    with region.jefe.here.store.read() as reader:
        (found,) = due(reader, region.jefe.here)
    assert (found.quien.device, found.entregas, found.respondido) == (region.otro.device, 0, False)
    region.office.relieve(region.otro, region.ana)
    assert region.otro.device not in waits(region)  # nobody opens it any more


def test_nobody_who_is_not_approved_waits_for_an_answer(region: Region) -> None:
    region.otro.seal_new(1)
    region.take(bundle_of(region.otro, *fichas(region.otro)))
    assert waits(region) == []
    region.ana.seal_new(2)
    region.take(bundle_of(region.ana, *fichas(region.ana)))
    region.office.revoke(region.ana, region.jefe.here.clock.now())
    assert waits(region) == [region.beto.device]  # it has to stop believing the other
    note_answered(region, region.beto)
    assert waits(region) == []
    region.office.approve(region.otro)
    assert waits(region) == [region.otro.device]


def test_lists_are_cut_and_counted(region: Region) -> None:
    for seed in range(3):
        region.otro.seal_new(seed)
    for item in fichas(region.otro):
        region.take(bundle_of(region.otro, item))
    here = region.jefe.here
    found = ReadReception(here, ReadDevices(here, TrustService()))(1)
    assert (len(found.entregas), found.entregas_total) == (1, 3)
    assert found.entregas[0].en == max(i.en for i in region.inbox().entregas)
