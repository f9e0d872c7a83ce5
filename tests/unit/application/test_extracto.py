"""What an export reads says the same as the record that was judged."""

from typing import Any

import msgspec
import pytest
from hypothesis import given

from fichaat.application.contexto import blobs_of_record
from fichaat.application.extracto import ExtractoEvidencia, ExtractoFicha, extract
from fichaat.domain.codec import decode_record, encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Evidencia
from fichaat.domain.record import KINDS, Kind, Record, sha256_hex
from tests.support.records import FakeDevice, make_ficha
from tests.support.strategies import records


def assert_says_the_same(lean: object, full: object) -> None:
    """Every member of the extract, down to the leaves."""
    if isinstance(lean, msgspec.Struct):
        for name in lean.__struct_fields__:
            assert_says_the_same(getattr(lean, name), getattr(full, name, None))
    elif isinstance(lean, tuple):
        assert isinstance(full, tuple)
        for one, other in zip(lean, full, strict=True):
            assert_says_the_same(one, other)
    else:
        assert lean == full
        assert encode(lean) == encode(full)


@given(records())
def test_an_extract_says_what_the_record_says(record: Record[Any]) -> None:
    raw = encode(record)
    full = decode_record(raw)
    found = extract(raw, full.sha256)
    assert (found.id, found.version) == (full.record.id, full.record.version)
    assert found.sealed_at.isoformat() == full.record.sealed_at.isoformat()
    assert isinstance(found.content, ExtractoFicha) == isinstance(record.content, Ficha)
    assert isinstance(found.content, ExtractoEvidencia) == isinstance(record.content, Evidencia)
    if isinstance(found.content, ExtractoFicha | ExtractoEvidencia):
        assert_says_the_same(found.content, full.record.content)
    assert blobs_of_record(found) == blobs_of_record(full.record)


@pytest.mark.parametrize("content", [{"firmas": 1, "adjuntos": "x"}, {"codigo": [None]}, {}])
def test_of_an_opaque_record_only_the_envelope_is_read(content: dict[str, object]) -> None:
    sealed = FakeDevice().seal("cosa_nueva", content)
    found = extract(sealed.raw, sealed.sha256)
    assert found.id == sealed.record.id
    assert blobs_of_record(found) == frozenset()


def test_a_newer_schema_of_a_known_kind_is_opaque() -> None:
    sealed = FakeDevice().ficha(make_ficha(1))
    raw = sealed.raw.replace(b'"schema":1,', b'"schema":9999,')
    assert decode_record(raw).opaque
    assert not isinstance(extract(raw, sha256_hex(raw)).content, ExtractoFicha)


def test_other_bytes_than_those_that_were_kept_are_refused() -> None:
    sealed = FakeDevice().ficha(make_ficha(1))
    for raw in (sealed.raw + b" ", sealed.raw[:-1], b"{}", b""):
        with pytest.raises(UserFacingError) as refused:
            extract(raw, sealed.sha256)
        assert refused.value.code == "storage.corrupt"


@pytest.mark.parametrize("raw", [b"{}", b"", b"\xff", b'{"id":1}', b"[" * 100_000])
def test_what_no_record_could_be_is_refused_whatever_its_hash(raw: bytes) -> None:
    with pytest.raises(UserFacingError) as refused:
        extract(raw, sha256_hex(raw))
    assert refused.value.code == "storage.corrupt"


def test_every_kind_that_names_blobs_has_an_extract() -> None:
    """Where a new kind began to name blobs, they would stay behind without a word."""
    members = {kind: set(spec.type.__struct_fields__) for kind, spec in KINDS.items()}
    naming = {kind for kind, names in members.items() if names & {"firmas", "adjuntos"}}
    assert naming == {Kind.FICHA, Kind.EVIDENCIA}
