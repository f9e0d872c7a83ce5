"""Reading a record: strict decoding, every rule of its form, its hash.

Floor: msgspec's own typed decoder over the same bytes, then SHA-256.
"""

from collections.abc import Iterator

from msgspec.json import Decoder

from bench import fichas
from bench.harness import Case, timed
from bench.places import Workshop
from fichaat.domain.codec import decode_record
from fichaat.domain.ficha import Ficha
from fichaat.domain.record import Record, sha256_hex

_COUNT = 500


def cases(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size is enough
    here = work.installation()
    fichas.seal_many(here, _COUNT)
    raws = [item.raw for item in fichas.records_of(here)]
    here.store.close()
    decoder = Decoder(Record[Ficha])

    def floor() -> None:
        for raw in raws:
            decoder.decode(raw)
            sha256_hex(raw)

    def ours() -> None:
        for raw in raws:
            decode_record(raw)

    size = sum(map(len, raws)) / _COUNT / 1000
    yield Case(
        f"decode + validate + hash a record ({size:.1f} kB)",
        1.5,
        {"msgspec + SHA-256": lambda: timed(floor) / _COUNT},
        lambda: timed(ours) / _COUNT,
        rounds=7,
        calls=5,
    )
