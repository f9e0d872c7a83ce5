"""What is kept apart: its agreements are nobody's, and its reason is the true one."""

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.storage.store import SqlStore
from tests.support.databases import empty_store
from tests.support.fake_region import ESPECIALISTA, FakeRegion
from tests.support.records import FakeDevice, make_ficha


def test_a_new_ficha_out_of_scope_brings_no_agreement_in_one_step_or_in_two() -> None:
    region, ana = FakeRegion(), FakeDevice("ana")
    credential = region.grant(ana, ESPECIALISTA, "06")
    ficha = ana.ficha(make_ficha(1, acuerdos=2))
    found = []
    for parts in ([[credential], [ficha]], [[ficha], [credential]], [[credential, ficha]]):
        with empty_store() as store:
            with store.write() as tx:
                tx.set_root(region.device)
            for part in parts:
                with store.write() as tx:
                    tx.add_records(part, region.certificates | ana.certificates)
            with store.read() as reader:
                assert [row.estado for row in reader.fichas_with_id(ficha.record.id)] == [
                    "cuarentena"
                ]
                assert reader.open_plazos() == []
            found.append(store.rebuild(no_progress, CancelToken()).projections_sha256)
            with store.read() as reader:
                assert reader.open_plazos() == []
    assert len(set(found)) == 1


def test_a_word_about_a_ficha_that_has_yet_to_come_waits_and_accuses_nobody() -> None:
    ana, eva = FakeDevice("ana"), FakeDevice("eva")
    ficha = ana.ficha(make_ficha(1, acuerdos=0))
    proof, strangers = ana.evidence(ficha), eva.evidence(ficha)
    version = eva.rectify(ficha, make_ficha(1, acuerdos=0))
    about_it = eva.evidence(version)
    with empty_store() as store:
        with store.write() as tx:
            tx.add_records([proof, strangers], ana.certificates | eva.certificates)
        assert reasons(store) == {proof.sha256: "en_espera", strangers.sha256: "en_espera"}
        with store.write() as tx:
            tx.add_records([ficha, version, about_it], ana.certificates | eva.certificates)
        refused = {item.sha256: "sin_derecho" for item in (strangers, version, about_it)}
        assert reasons(store) == refused


def reasons(store: SqlStore) -> dict[str, str]:
    """Why each record is kept apart, by hash."""
    with store.read() as reader:
        return {row.sha256: row.motivo for row in reader.apart(10)[0]}
