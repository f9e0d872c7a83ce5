"""The envelope: kinds, sizes, places."""

import re

from fichaat.domain.codec import decode_record, encode
from fichaat.domain.record import (
    KINDS,
    MAX_ENVELOPE,
    SIGNED_BYTES_MAX,
    Kind,
    Record,
    Supersedes,
)
from tests.support.fichas import complete_ficha, record_of, uuid7


def test_every_kind_has_its_type_and_its_size() -> None:
    assert KINDS.keys() == {str(kind) for kind in Kind}
    for kind, spec in KINDS.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", kind)
        assert spec.schema >= 1
        assert spec.type.__struct_config__.frozen
        assert spec.type.__struct_config__.forbid_unknown_fields
        assert spec.max_bytes <= SIGNED_BYTES_MAX - MAX_ENVELOPE


def test_the_largest_envelope_fits_around_a_content() -> None:
    record = record_of(
        complete_ficha(),
        version=9999,
        supersedes=Supersedes(9998, "ab" * 32, "«" * 20_000),
        after=tuple(f"{n:064x}" for n in range(1000)),
        previous="cd" * 32,
        sequence=99_999_999,
        app="ñ" * 40,
    )
    raw = encode(record)
    assert len(raw) - len(encode(record.content)) < MAX_ENVELOPE
    assert decode_record(raw).record == record


def test_a_place_is_device_chain_and_sequence() -> None:
    sealed = decode_record(encode(record_of(complete_ficha())))
    assert sealed.place == ("cd" * 32, uuid7(200), 1)


def test_members_stand_in_the_order_that_the_reader_looks_for() -> None:
    """Nothing that a person typed stands unescaped behind `kind` (`codec.known_kind`)."""
    after_kind = [name for name in sorted(Record.__struct_fields__) if name > "kind"]
    assert after_kind[:4] == ["practice", "previous", "region", "schema"]


def test_texts_that_look_like_an_envelope_do_not_deceive_the_reader() -> None:
    lure = '"kind":"porvenir","practice":true,"previous":null,"region":"05","schema":9,'
    inside = record_of(
        complete_ficha(lugar=lure, observaciones=lure),
        version=2,
        supersedes=Supersedes(1, "ab" * 32, lure),
    )
    sealed = decode_record(encode(inside))
    assert not sealed.opaque
    assert sealed.record == inside
