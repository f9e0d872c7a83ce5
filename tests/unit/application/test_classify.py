"""What each record of a bundle is told to be, for whatever its signer may."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import pytest

from fichaat.application.classify import Classifier
from fichaat.application.overlay import Overlay
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.ficha import DistritoAtendido
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.storage.store import SqlStore
from tests.support.databases import empty_store
from tests.support.fake_region import (
    COORDINADOR,
    PROVINCIAL,
    FakeRegion,
    catalogue,
    day,
    received,
    review,
)
from tests.support.records import FakeDevice, make_ficha, make_uuid7

Found = tuple[Resultado, str | None]
TODAY = day(50)

REVOKED = (Resultado.QUARANTINED, "record.revoked")
EXPIRED = (Resultado.QUARANTINED, "record.expired")
OUT_OF_SCOPE = (Resultado.OUT_OF_SCOPE, "record.out_of_scope")
WRONG_SIGNER = (Resultado.WRONG_SIGNER, "record.wrong_signer")
PENDING = (Resultado.NEW, "record.device_pending")
NEW = (Resultado.NEW, None)


class Desk:
    """A database that believes a region key, and whoever sits in front of it."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.region = FakeRegion()
        self.jefe, self.ana, self.eva, self.prov, self.nadie = (
            FakeDevice(name) for name in ("jefe", "ana", "eva", "prov", "nadie")
        )
        with store.write() as tx:
            tx.set_root(self.region.device)
        self.hold(
            self.region.grant(self.jefe, COORDINADOR, emisor=True),
            self.region.grant(self.ana),
            self.region.grant(self.eva),
            self.region.grant(self.prov, PROVINCIAL),
        )

    def hold(self, *records: SealedRecord) -> None:
        with self.store.write() as tx:
            tx.add_records(records, {item.record.device: b"FAKE" for item in records})

    def judge(
        self,
        *records: SealedRecord,
        own: FakeDevice | None = None,
        extra: Sequence[SealedRecord] = (),
        now: datetime = TODAY,
    ) -> list[Found]:
        with self.store.read() as reader:
            classify = Classifier(reader, (own or self.nadie).device, now, extra)
            return [(item.resultado, item.codigo) for item in classify(records)]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with empty_store() as store:
        yield Desk(store)


def test_an_approved_device_brings_news(desk: Desk) -> None:
    ficha = desk.ana.ficha(make_ficha(1))
    second = desk.ana.rectify(ficha, make_ficha(1, lugar="Otro"))
    assert desk.judge(ficha, second) == [NEW, (Resultado.NEW_VERSION, None)]
    desk.hold(ficha)
    assert desk.judge(ficha) == [(Resultado.KNOWN, None)]


def test_one_that_nobody_approved_waits(desk: Desk) -> None:
    stranger = FakeDevice("stranger")
    ficha = stranger.ficha(make_ficha(1))
    assert desk.judge(ficha) == [PENDING]
    event = stranger.event(make_uuid7(1), EstadoAcuerdo.CUMPLIDO)
    assert desk.judge(event) == [PENDING]
    assert desk.judge(ficha, own=stranger) == [NEW]


def test_the_bundle_itself_may_bring_the_approval(desk: Desk) -> None:
    stranger = FakeDevice("stranger")
    credential = desk.region.grant(stranger)
    ficha = stranger.ficha(make_ficha(1))
    assert desk.judge(ficha, credential, extra=[credential]) == [NEW, NEW]
    forged = FakeRegion("impostor").grant(stranger)
    assert desk.judge(ficha, forged, extra=[forged]) == [PENDING, WRONG_SIGNER]


def test_scope(desk: Desk) -> None:
    abroad = desk.ana.ficha(make_ficha(1, distritos=("030101",)))
    regional = desk.prov.ficha(make_ficha(2))  # a province seals its own visits only
    assert desk.judge(abroad, regional) == [OUT_OF_SCOPE, OUT_OF_SCOPE]


def test_wrong_signers(desk: Desk) -> None:
    first = desk.ana.ficha(make_ficha(1))
    desk.hold(first)
    forged = [
        desk.eva.rectify(first, make_ficha(1)),
        desk.eva.annul(first),
        desk.prov.evidence(first),
        review(desk.ana, first, Veredicto.APROBADA),
        review(desk.jefe, first, Veredicto.VISADA),
        catalogue(desk.ana),
    ]
    assert desk.judge(*forged) == [WRONG_SIGNER] * len(forged)
    told = [review(desk.jefe, first, Veredicto.APROBADA), desk.jefe.annul(first)]
    assert desk.judge(*told) == [NEW, NEW]
    assert desk.judge(review(desk.prov, first, Veredicto.VISADA)) == [NEW]


def test_a_statement_about_a_version_that_has_yet_to_come_waits(desk: Desk) -> None:
    first = desk.ana.ficha(make_ficha(1))
    second = desk.ana.rectify(first, make_ficha(1, lugar="Otro"))
    said = [desk.ana.annul(second), review(desk.jefe, second, Veredicto.OBSERVADA)]
    assert desk.judge(*said) == [NEW, NEW]
    desk.hold(first)
    assert desk.judge(*said) == [NEW, NEW]


def test_revoked(desk: Desk) -> None:
    early, late = (desk.ana.ficha(make_ficha(n)) for n in (1, 2))
    revocation = desk.region.revoke(desk.ana, day(20))
    told = received(desk.jefe, [early], day(10))
    assert desk.judge(late, extra=[revocation]) == [REVOKED]
    desk.hold(revocation, told)
    assert desk.judge(early, late) == [NEW, REVOKED]
    assert desk.judge(desk.ana.annul(early)) == [NEW]  # until it is known whose it is
    desk.hold(early)
    assert desk.judge(desk.ana.annul(early), desk.ana.rectify(early, make_ficha(9))) == [
        REVOKED,
        REVOKED,
    ]


def test_a_coordinator_receives_now_and_others_do_not_know_when(desk: Desk) -> None:
    desk.hold(desk.region.revoke(desk.eva, day(60)))
    expiring = FakeDevice("expiring")
    desk.hold(desk.region.grant(expiring, hasta=day(30)))
    records = [desk.eva.ficha(make_ficha(1)), expiring.ficha(make_ficha(2))]
    assert desk.judge(*records, own=desk.jefe)[1] == EXPIRED
    assert desk.judge(*records, own=desk.jefe, now=day(70)) == [REVOKED, EXPIRED]
    assert desk.judge(*records, own=desk.jefe, now=day(32))[1] == NEW  # clocks are days off
    assert desk.judge(*records, own=desk.ana) == [REVOKED, NEW]
    desk.hold(received(desk.jefe, records, day(10)))
    assert desk.judge(*records, own=desk.jefe, now=day(70))[1] == NEW


def test_copies(desk: Desk) -> None:
    first = desk.ana.ficha(make_ficha(1))
    desk.hold(first)
    by_stranger = FakeDevice("stranger").ficha(make_ficha(2), first.record.id)
    by_eva = desk.eva.ficha(make_ficha(3), first.record.id)
    quarantined = (Resultado.QUARANTINED, "record.quarantined")
    conflict = (Resultado.CONFLICT, "record.conflict")
    assert desk.judge(by_stranger) == [quarantined]
    assert desk.judge(by_eva) == [conflict]
    chosen = review(desk.jefe, first, Veredicto.ELEGIDA)
    assert desk.judge(by_eva, chosen) == [quarantined, NEW]
    twin = desk.ana.fork()
    one, two = (by.rectify(first, make_ficha(n)) for by, n in ((desk.ana, 4), (twin, 5)))
    assert desk.judge(one, two) == [conflict, conflict]


def test_a_fork_and_an_unknown_kind(desk: Desk) -> None:
    twin = desk.ana.fork()
    one, two = desk.ana.ficha(make_ficha(1)), twin.ficha(make_ficha(2), make_uuid7(2))
    assert desk.judge(one, two) == [(Resultado.FORK, "record.fork")] * 2
    assert desk.judge(desk.ana.seal("cosa_nueva", {})) == [(Resultado.OPAQUE, "record.opaque")]


def test_looking_through_an_overlay_says_the_same(desk: Desk) -> None:
    """What was seen earlier in the bundle counts as held, though only the bones of it are kept."""
    first = desk.ana.ficha(make_ficha(1, distritos=("050101", "050401")))
    assert isinstance(first.record.content.distritos[0], DistritoAtendido)  # type: ignore[attr-defined]
    second = desk.ana.rectify(first, make_ficha(1))
    forged = desk.eva.rectify(first, make_ficha(1))
    seen = review(desk.prov, first, Veredicto.VISADA)
    with desk.store.read() as reader:
        overlay = Overlay(reader)
        overlay.add([first])
        classify = Classifier(overlay, desk.nadie.device, TODAY)
        found = [(item.resultado, item.codigo) for item in classify([second, forged, seen])]
    assert found == [(Resultado.NEW_VERSION, None), WRONG_SIGNER, NEW]
    desk.hold(first)
    assert desk.judge(second, forged, seen) == found


def test_who_is_trusted(desk: Desk) -> None:
    desk.hold(desk.region.revoke(desk.eva, day(20)))
    with desk.store.read() as reader:
        classify = Classifier(reader, desk.nadie.device, TODAY)
    trusted = [desk.jefe, desk.ana, desk.prov, desk.nadie, desk.region]
    assert all(classify.is_trusted(device.device) for device in trusted)
    for device in (desk.eva, FakeDevice("stranger"), FakeRegion("impostor")):
        assert not classify.is_trusted(device.device)
    assert classify.is_known(desk.eva.device)
    assert not classify.is_known(FakeDevice("stranger").device)
