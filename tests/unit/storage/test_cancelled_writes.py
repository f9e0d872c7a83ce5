"""Whatever one record makes the tables say, it stops soon after the person says so."""

from contextlib import suppress

import pytest

from fichaat.application.jobs import CancelToken
from fichaat.domain.errors import CancelledError
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Kind, sha256_hex
from tests.support.databases import empty_store
from tests.support.fake_region import COORDINADOR, FakeRegion, catalogue, day
from tests.support.records import FakeDevice, make_uuid7

MANY = 5_000


class Counting(CancelToken):
    """Cancels at one look."""

    def __init__(self, at: int = 0) -> None:
        super().__init__()
        self.looks = 0
        self._at = at

    def check(self) -> None:
        self.looks += 1
        if self.looks == self._at:
            self.cancel()
        super().check()


def test_a_reception_of_thousands_is_written_in_pieces() -> None:
    region, jefe, ana = FakeRegion(), FakeDevice("jefe"), FakeDevice("ana")
    trust = [region.grant(jefe, COORDINADOR, emisor=True), region.grant(ana), catalogue(jefe)]
    many = (sha256_hex(str(number).encode()) for number in range(MANY))
    content = Recepcion(
        "ab" * 32,
        make_uuid7("package"),
        day(10),
        Remitente(ana.device),
        tuple(Recibido(digest, Resultado.NEW) for digest in many),
    )
    told = jefe.seal(Kind.RECEPCION, content)
    with empty_store() as store:
        with store.write() as tx:
            tx.set_root(region.device)
            tx.add_records(trust, {item.record.device: b"FAKE" for item in trust})
            before = tx.last_number()
        whole = Counting()
        with suppress(CancelledError), store.write(whole) as tx:
            tx.add_records([told], {})
            raise CancelledError  # it was only counted
        assert whole.looks > MANY // 500
        for at in range(1, whole.looks, whole.looks // 7):
            token = Counting(at)
            with pytest.raises(CancelledError), store.write(token) as tx:
                tx.add_records([told], {})
            assert token.looks == at
        with store.read() as reader:
            assert reader.last_number() == before
