"""One value has one encoding; nothing else is accepted, and nothing crashes the reader."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from fichaat.domain import codec
from fichaat.domain.codec import (
    check_shape,
    convert,
    decode_as,
    decode_record,
    encode,
)
from fichaat.domain.errors import SchemaError
from fichaat.domain.ficha import MAX_CONTENT, Ficha, NudoCritico
from fichaat.domain.firma import Trazo
from fichaat.domain.foreign_json import parse_foreign
from fichaat.domain.normal_texts import check_texts, surely_normal
from fichaat.domain.paquete import PaqueteInfo, Solicitud
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import SIGNED_BYTES_MAX, Kind, Record, sha256_hex
from fichaat.domain.rol import Rol
from fichaat.domain.text import defect
from tests.support.fichas import complete_ficha, record_of, uuid7
from tests.support.strategies import incomplete_fichas, records, trazos, valid_fichas

RECORD = encode(record_of(complete_ficha()))
OPAQUE = RECORD.replace(b'"kind":"ficha"', b'"kind":"porvenir"')
A_TEXT = b'"Sala de regidores"'
A_NUMBER = b'"version":1}'


def code_of(raw: bytes) -> str:
    with pytest.raises(SchemaError) as caught:
        decode_record(raw)
    return caught.value.code


def with_text(new: bytes) -> bytes:
    assert RECORD.count(A_TEXT) == 1
    return RECORD.replace(A_TEXT, new)


def with_content(content: bytes, raw: bytes = OPAQUE) -> bytes:
    start = raw.index(b'"content":') + len(b'"content":')
    return raw[:start] + content + raw[raw.index(b',"device"') :]


# --- round trip -----------------------------------------------------------------------------------


@given(records())
def test_a_record_comes_back_as_it_was(record: Record[Any]) -> None:
    raw = encode(record)
    sealed = decode_record(raw, b"sig")
    assert sealed.record == record
    assert encode(sealed.record) == raw == sealed.raw
    assert (sealed.sha256, sealed.signature, sealed.opaque) == (sha256_hex(raw), b"sig", False)


@given(valid_fichas() | incomplete_fichas())
def test_a_ficha_comes_back_from_bytes_and_from_an_imported_row(ficha: Ficha) -> None:
    raw = encode(ficha)
    assert decode_as(raw, Ficha) == ficha
    assert convert(parse_foreign(raw), Ficha) == ficha
    check_shape(ficha)


@given(trazos)
def test_a_stroke_comes_back(trazo: Trazo) -> None:
    assert decode_as(encode(trazo), Trazo) == trazo


@given(records())
def test_canonical_json_is_what_the_documents_say(record: Record[Any]) -> None:
    """Sorted keys, no white space, UTF-8, only the escapes JSON requires: as json writes it."""
    raw = encode(record)
    again = json.dumps(json.loads(raw), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert again.encode() == raw


def test_a_request_is_the_only_paquete_with_solicitud() -> None:
    info = PaqueteInfo(
        formato=1,
        id=uuid7(1),
        region="05",
        exportador=Remitente("ab" * 32),
        creado=record_of(None).sealed_at,
        volumen=(1, 1),
        registros=0,
    )
    assert b"solicitud" not in encode(info)
    assert decode_as(encode(info), PaqueteInfo).solicitud is UNSET
    asking = replace(
        info, solicitud=Solicitud("n", "c", "e", Rol.ESPECIALISTA, "05", "age1" + "q" * 58)
    )
    assert decode_as(encode(asking), PaqueteInfo) == asking


# --- every byte counts ----------------------------------------------------------------------------

SMALL = encode(record_of(complete_ficha(observaciones="ñ «dos»\nlíneas")))


def survives(mutant: bytes) -> bool:
    """Whether it is read at all; if so it is another record, never the same."""
    try:
        sealed = decode_record(mutant)
    except SchemaError:
        return False
    assert sealed.sha256 != sha256_hex(SMALL)
    assert encode(sealed.record) == mutant
    return True


def test_every_flipped_bit_and_every_lost_or_doubled_byte_is_seen() -> None:
    for at in range(len(SMALL)):
        for bit in range(8):
            mutant = bytearray(SMALL)
            mutant[at] ^= 1 << bit
            survives(bytes(mutant))
        survives(SMALL[:at] + SMALL[at + 1 :])
        survives(SMALL[:at] + SMALL[at : at + 1] + SMALL[at:])


@settings(max_examples=300)
@given(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=4))
def test_any_bytes_in_any_place_are_seen(at: int, piece: bytes) -> None:
    mutant = SMALL[:at] + piece + SMALL[at + len(piece) :]
    if mutant != SMALL:
        survives(mutant)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(SchemaError):
        decode_record(noise)


@pytest.mark.parametrize("cut", [0, 1, 50, len(SMALL) // 2, len(SMALL) - 1])
def test_a_cut_record_is_refused(cut: int) -> None:
    assert code_of(SMALL[:cut]) == "schema.not_json"


# --- hostile bytes --------------------------------------------------------------------------------

HOSTILE = {
    "duplicate member": (RECORD.replace(b'{"after"', b'{"after":[],"after"', 1), "not_canonical"),
    "duplicate below": (RECORD.replace(b'"lugar":', b'"lugar":null,"lugar":'), "not_canonical"),
    "unknown member": (RECORD.replace(A_NUMBER, b'"version":1,"zz":1}'), "unknown_member"),
    "unknown below": (RECORD.replace(b'"lugar":', b'"lugaz":1,"lugar":'), "unknown_member"),
    "missing member": (RECORD.replace(b'"practice":false,', b""), "missing_member"),
    "default left out": (RECORD.replace(b'"observaciones":"",', b""), "not_canonical"),
    "unsorted": (
        RECORD.replace(b'"after":[],"app":"1.0.0"', b'"app":"1.0.0","after":[]'),
        "not_canonical",
    ),
    "float": (RECORD.replace(A_NUMBER, b'"version":1.0}'), "type"),
    "exponent": (RECORD.replace(A_NUMBER, b'"version":1e0}'), "type"),
    "huge int": (RECORD.replace(A_NUMBER, b'"version":' + b"9" * 400 + b"}"), "range"),
    "longest int": (RECORD.replace(A_NUMBER, b'"version":' + b"9" * 3_000_000 + b"}"), "range"),
    "true for one": (RECORD.replace(A_NUMBER, b'"version":true}'), "type"),
    "text for one": (RECORD.replace(A_NUMBER, b'"version":"1"}'), "type"),
    "25:00": (RECORD.replace(b'"09:00"', b'"25:00"'), "pattern"),
    "09:60": (RECORD.replace(b'"09:00"', b'"09:60"'), "pattern"),
    "09:00 and a line end": (RECORD.replace(b'"09:00"', b'"09:00\\n"'), "pattern"),
    "fullwidth digits": (RECORD.replace(b'"09:00"', '"０９:００"'.encode()), "pattern"),  # noqa: RUF001
    "arabic digits": (
        RECORD.replace(b'"09:00"', '"\u0660\u0669:\u0660\u0660"'.encode()),
        "pattern",
    ),
    "ubigeo and a line end": (RECORD.replace(b'"050108"', b'"050108\\n"'), "pattern"),
    "upper-case hash": (RECORD.replace(b'"' + b"cd" * 32, b'"' + b"CD" * 32), "pattern"),
    "no such day": (RECORD.replace(b"2026-11-20T", b"2026-02-30T"), "date"),
    "no offset": (RECORD.replace(b"12-05:00", b"12"), "date"),
    "blank for T": (RECORD.replace(b"2026-11-20T", b"2026-11-20 "), "not_canonical"),
    "blank": (RECORD.replace(b'{"after"', b'{ "after"'), "not_canonical"),
    "line end": (RECORD + b"\n", "not_canonical"),
    "two records": (RECORD + RECORD, "not_json"),
    "byte order mark": (b"\xef\xbb\xbf" + RECORD, "not_json"),
    "utf-16": (RECORD.decode().encode("utf-16"), "not_json"),
    "needless escape": (with_text(b'"\\u0053ala"'), "not_canonical"),
    "escaped slash": (with_text(b'"a\\/b"'), "not_canonical"),
    "escaped ñ": (with_text(b'"\\u00f1"'), "not_canonical"),
    "lone surrogate": (with_text(b'"a\\ud800"'), "not_json"),
    "raw surrogate": (with_text(b'"a\xed\xa0\x80"'), "not_utf8"),
    "overlong": (with_text(b'"a\xc0\xaf"'), "not_utf8"),
    "not utf-8": (with_text(b'"a\xff"'), "not_utf8"),
    "nul": (with_text(b'"a\\u0000b"'), "control_character"),
    "raw nul": (with_text(b'"a\x00b"'), "not_json"),
    "delete": (with_text(b'"a\x7fb"'), "control_character"),
    "c1": (with_text('"a\u0085b"'.encode()), "control_character"),
    "line end in a line": (with_text(b'"a\\nb"'), "control_character"),
    "nfd": (with_text('"san\u0303o"'.encode()), "not_nfc"),
    "singleton": (with_text('"\u212b"'.encode()), "not_nfc"),
    "blank first": (with_text(b'" a"'), "outer_blanks"),
    "blank last": (with_text(b'"a "'), "outer_blanks"),
    "only a blank": (with_text(b'" "'), "outer_blanks"),
    "nbsp first": (with_text('"\u00a0a"'.encode()), "outer_blanks"),
    "ideographic blank last": (with_text('"a\u3000"'.encode()), "outer_blanks"),
    "301 characters": (with_text(b'"' + b"x" * 301 + b'"'), "length"),
    "1 MB": (with_text(b'"' + b"x" * 1_000_000 + b'"'), "length"),
    "depth": (with_text(b"[" * 100_000 + b"]" * 100_000), "type"),
    "depth in a list": (
        RECORD.replace(b'"after":[]', b'"after":' + b"[" * 100_000 + b"]" * 100_000),
        "type",
    ),
    "version 0": (RECORD.replace(A_NUMBER, b'"version":0}'), "range"),
    "version without supersedes": (RECORD.replace(A_NUMBER, b'"version":2}'), "supersedes"),
    "place without previous": (RECORD.replace(b'"sequence":1,', b'"sequence":2,'), "previous"),
    "null": (b"null", "type"),
    "list": (b"[]", "type"),
    "nothing": (b"", "not_json"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_refused_with_their_code(name: str) -> None:
    raw, code = HOSTILE[name]
    assert raw != RECORD
    assert code_of(raw) == f"schema.{code}"


def test_the_pointer_says_where() -> None:
    with pytest.raises(SchemaError) as caught:
        decode_record(RECORD.replace(b'"distrito":"050108"', b'"distrito":"0501"'))
    assert caught.value.path == "/content/destinatarios/0/distrito"


def test_too_large() -> None:
    assert code_of(b" " * (SIGNED_BYTES_MAX + 1)) == "schema.too_large"
    nudo = NudoCritico("x" * 20_000, "y" * 20_000)
    assert code_of(encode(record_of(complete_ficha(nudos_criticos=(nudo,) * 26)))) == (
        "schema.too_large"
    )
    with pytest.raises(SchemaError) as caught:
        check_shape(complete_ficha(nudos_criticos=(nudo,) * 26))
    assert (caught.value.code, caught.value.params["limit"]) == ("schema.too_large", MAX_CONTENT)
    assert not decode_record(encode(record_of(complete_ficha(nudos_criticos=(nudo,) * 24)))).opaque


def test_other_kinds_may_be_longer() -> None:
    rows = (Recibido("ab" * 32, Resultado.NEW),) * 20_000
    content = Recepcion("ab" * 32, uuid7(4), record_of(None).sealed_at, Remitente("ab" * 32), rows)
    raw = encode(record_of(content, Kind.RECEPCION))
    assert len(raw) > MAX_CONTENT
    assert decode_record(raw).record.content == content


def test_rules_between_members() -> None:
    twice = complete_ficha()
    same = replace(twice, acuerdos=(replace(twice.acuerdos[0], id=uuid7(1)),))
    assert code_of(encode(record_of(same))) == "schema.duplicate_id"
    outside = replace(twice, acuerdos=(replace(twice.acuerdos[0], nudo=1),))
    assert code_of(encode(record_of(outside))) == "schema.nudo_index"
    for after in (("bb" * 32, "aa" * 32), ("aa" * 32, "aa" * 32)):
        assert code_of(encode(record_of(twice, after=after))) == "schema.after_order"


# --- what this version does not know --------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"null",
        b'"x"',
        b"[1,2]",
        b'{"a":1,"b":{"c":[]}}',
        b"9" * 30,
        b"-" + b"9" * 30,
        '"ñ«»漢"'.encode(),
    ],
)
def test_an_unknown_kind_stays_opaque(content: bytes) -> None:
    sealed = decode_record(with_content(content))
    assert sealed.opaque
    assert sealed.record.kind == "porvenir"
    assert encode(sealed.record) == sealed.raw


def test_a_newer_schema_stays_opaque_and_an_older_one_does_not_exist() -> None:
    sealed = decode_record(RECORD.replace(b'"schema":1', b'"schema":2'))
    assert sealed.opaque
    assert isinstance(sealed.record.content, dict)
    assert code_of(RECORD.replace(b'"schema":1', b'"schema":0')) == "schema.range"


OPAQUE_REFUSED = {
    "float": (b"1.5", "float"),
    "float far below": (b'{"a":[{"b":0.5}]}', "float"),
    "exponent": (b"1E5", "float"),
    "endless float": (b"1e400", "shape"),
    "endless int": (b"9" * 5000, "range"),
    "minus zero": (b"-0", "not_canonical"),
    "duplicate": (b'{"a":1,"a":2}', "not_canonical"),
    "unsorted": (b'{"b":1,"a":2}', "not_canonical"),
    "blank": (b"[1, 2]", "not_canonical"),
    "nfd key": ('{"n\u0303":1}'.encode(), "not_nfc"),
    "blank in a key": (b'{" a":1}', "outer_blanks"),
    "line end in a key": (b'{"a\\nb":1}', "control_character"),
    "nul": (b'"a\\u0000"', "control_character"),
    "lone surrogate": (b'"\\ud800"', "not_json"),
    "depth": (b"[" * 100_000 + b"]" * 100_000, "nesting"),
}


@pytest.mark.parametrize("name", OPAQUE_REFUSED)
def test_an_opaque_content_is_canonical_too(name: str) -> None:
    content, code = OPAQUE_REFUSED[name]
    assert code_of(with_content(content)) == f"schema.{code}"


@pytest.mark.parametrize("text", [b"", '"漢"'.encode()])
def test_depth_has_one_limit_whatever_the_stack(text: bytes) -> None:
    def nested(levels: int) -> bytes:
        return with_content(b"[" * levels + text + b"]" * levels)

    limit = codec.MAX_NESTING if text else codec.MAX_NESTING + 1
    assert decode_record(nested(limit)).opaque
    for levels in (limit + 1, *range(900, 1010)):
        assert code_of(nested(levels)) == "schema.nesting"


# --- the fast path --------------------------------------------------------------------------------

TRICKY = st.text(
    st.sampled_from(
        ' ab"\\/\u00a0\u00a1\u00ad\u0085\u007f\n\té\u0301\u2010\u2027\u2028\u200b\u3000😀'
    ),
    max_size=12,
)


@settings(max_examples=400)
@given(TRICKY | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.booleans())
def test_the_fast_look_never_passes_what_the_slow_one_refuses(text: str, short: bool) -> None:  # noqa: FBT001
    ficha = complete_ficha(**{"lugar" if short else "observaciones": text})
    raw = encode(record_of(ficha))
    if surely_normal(raw):
        check_texts(ficha, "")


@pytest.mark.parametrize("first", range(0x00, 0x3000, 0x100))
def test_the_fast_look_is_sound_for_every_character(first: int) -> None:
    """Alone, at each edge, and after a letter it could compose with."""
    for code in range(first, first + 0x100):
        for text in (chr(code), f"a{chr(code)}", f"{chr(code)}a", f"e{chr(code)}e"):
            value = [text]
            if surely_normal(encode(value)):
                for member in value:
                    assert defect(member, multiline=False) is None, hex(code)


def test_ordinary_fichas_take_the_fast_path() -> None:
    assert surely_normal(RECORD)
    assert surely_normal(encode(complete_ficha(observaciones="«Sí» – dijo “ñandú”…")))


# --- what people and other programs write ---------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff", "not_utf8"),
        (b"[1.5]", "float"),
        (b"[1e5]", "float"),
        (b"[1e400]", "float"),
        (b"[NaN]", "float"),
        (b"[-Infinity]", "float"),
        (b"[" + b"9" * 5000 + b"]", "range"),
        (b'{"a":NaN', "not_json"),
        (b'{"a":1,"a":1}', "duplicate_member"),
        (b'{"x":{"a":1,"\\u0061":1}}', "duplicate_member"),
        (b'{"\\ud800":1,"\\ud800":2}', "duplicate_member"),
        (b'["\\ud800"]', "lone_surrogate"),
        (b'{"a\\udfff":1}', "lone_surrogate"),
        (b"[" * 100_000, "nesting"),
        (b'{"a":' * 100_000, "nesting"),
    ],
)
def test_foreign_json_is_refused_with_its_code(data: bytes, code: str) -> None:
    with pytest.raises(SchemaError) as caught:
        parse_foreign(data)
    assert caught.value.code == f"schema.{code}"
    str(caught.value.params).encode()


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b'{"fecha": NaN, "otra": 1.5}', "/fecha"),
        (b'{"a": [0, {"b/c": 1e400}]}', "/a/1/b~1c"),
        (b'{"a": {"avance": -' + b"9" * 5000 + b"}}", "/a/avance"),
    ],
)
def test_a_number_that_nothing_takes_is_refused_by_its_pointer(data: bytes, path: str) -> None:
    with pytest.raises(SchemaError) as caught:
        parse_foreign(data)
    assert caught.value.path == path


@pytest.mark.parametrize("data", [b"1.5", b"NaN", b"9" * 5000])
def test_a_lone_number_is_read_and_is_nothing_that_anybody_takes(data: bytes) -> None:
    assert not isinstance(parse_foreign(data), dict | list | float)


@pytest.mark.parametrize(
    ("changes", "code", "limit"),
    [({"lugar": "x" * 301}, "length", 300), ({"nudos_criticos": [{}] * 201}, "length", 200)],
)
def test_a_length_says_its_limit(changes: dict[str, Any], code: str, limit: int) -> None:
    row = json.loads(encode(complete_ficha()))
    with pytest.raises(SchemaError) as caught:
        convert({**row, **changes}, Ficha)
    assert (caught.value.code, caught.value.params["limit"]) == (f"schema.{code}", limit)


def test_foreign_json_may_be_written_freely() -> None:
    assert parse_foreign(b'\xef\xbb\xbf {"b": 1,\r\n "a": "\\u00f1\\ud83d\\ude00"} ') == {
        "b": 1,
        "a": "ñ😀",
    }


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=8,
    ),
    st.sampled_from(list(Ficha.__struct_fields__)),
)
def test_any_value_in_any_member_is_read_or_refused(value: object, member: str) -> None:
    row = json.loads(encode(complete_ficha()))
    row[member] = value
    try:
        ficha = convert(row, Ficha)
    except SchemaError:
        return
    assert decode_as(encode(ficha), Ficha) == ficha


@pytest.mark.parametrize(
    ("member", "value", "code", "path"),
    [
        ("fecha", "2026-02-30", "date", "/fecha"),
        ("hora_inicio", "09:00\n", "pattern", "/hora_inicio"),
        ("lugar", "x\ud800", "lone_surrogate", "/lugar"),
        ("lugar", "x" * 301, "length", "/lugar"),
        ("lugar", "a\u00a0", "outer_blanks", "/lugar"),
        ("otro", 1, "unknown_member", "/otro"),
        ("distritos", [{"sesion": None}], "missing_member", "/distritos/0/ubigeo"),
        ("temas", ["salud"] * 201, "length", "/temas"),
        ("temas", ["pesca"], "value", "/temas/0"),
        ("observaciones", "x" * 20_001, "length", "/observaciones"),
        ("observaciones", "x" * 1_000_000, "length", "/observaciones"),
        ("indicadores", [10**5000], "type", "/indicadores/0"),
    ],
)
def test_an_imported_row_says_what_is_wrong_and_where(
    member: str, value: object, code: str, path: str
) -> None:
    row = {**json.loads(encode(complete_ficha())), member: value}
    with pytest.raises(SchemaError) as caught:
        convert(row, Ficha)
    assert (caught.value.code, caught.value.path) == (f"schema.{code}", path)


def test_an_imported_row_of_endless_depth() -> None:
    value: Any = "x"
    for _ in range(50_000):
        value = [value]
    row = {**json.loads(encode(complete_ficha())), "lugar": value}
    with pytest.raises(SchemaError):
        convert(row, Ficha)
