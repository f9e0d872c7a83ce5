import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.bundle import names
from fichaat.bundle.names import Part
from tests.support.bundles import CHAIN

HEX = "0123456789abcdef" * 4
GOOD = {
    names.MIMETYPE: Part.MIMETYPE,
    names.PAQUETE: Part.PAQUETE,
    names.record_name(HEX, CHAIN, 7, HEX): Part.RECORD,
    names.record_signature_name(HEX, CHAIN, 7, HEX): Part.RECORD_SIGNATURE,
    names.certificate_name(HEX): Part.CERTIFICATE,
    names.blob_name(HEX): Part.BLOB,
    names.pdf_name("05-2026-K7Q2MX-0001", 12, HEX): Part.PDF,
    names.RESUMEN: Part.RESUMEN,
    names.MANIFEST: Part.MANIFEST,
    names.SIGNATURE: Part.SIGNATURE,
}
RECORD = names.record_name(HEX, CHAIN, 7, HEX)


@pytest.mark.parametrize(("name", "part"), GOOD.items())
def test_the_profile_knows_its_names(name: str, part: Part) -> None:
    assert names.part_of(name.encode()) == part


def test_every_part_has_a_name_and_a_limit() -> None:
    assert set(GOOD.values()) == set(Part)
    assert all(names.LIMITS[part] > 0 for part in Part)


def test_the_order_of_the_file() -> None:
    alphabetical = sorted(GOOD)
    assert alphabetical != list(GOOD)
    assert sorted(alphabetical, key=names.order_key) == list(GOOD)


def test_the_longest_name_is_a_record() -> None:
    assert max(map(len, GOOD)) <= names.MAX_NAME
    assert len(names.record_signature_name(HEX, CHAIN, 99_999_999, HEX)) == len(RECORD) - 1


def test_a_record_name_gives_its_place_back() -> None:
    place = names.parse_record_name(RECORD)
    assert (place.device, place.chain, place.sequence, place.sha256) == (HEX, CHAIN, 7, HEX)
    assert names.parse_certificate_name(names.certificate_name(HEX)) == HEX
    assert names.parse_blob_name(names.blob_name(HEX)) == HEX


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mimetype",
        "paquete.json\n",
        "paquete.json\0",
        "./paquete.json",
        "registros/../paquete.json",
        RECORD.upper(),
        RECORD.replace("00000007", "00000000"),
        RECORD.replace("00000007", "7"),
        RECORD.replace("00000007", "\N{ARABIC-INDIC DIGIT SEVEN}" * 8),
        RECORD.replace("-7000-", "-4000-"),
        RECORD + "/",
        RECORD[:-5] + ".JSON",
        names.blob_name(HEX[:-1]),
        names.blob_name(HEX) + ".png",
        "pdf/05-2026-K7Q2MX-0001.v0.01234567.pdf",
        "pdf/05-2026-k7q2mx-0001.v1.01234567.pdf",
        "pdf/05-2026-KILOU0-0001.v1.01234567.pdf",
        "META-INF/signature002.p7s",
        "META-INF/manifest.xml",
    ],
)
def test_other_names_do_not_exist(name: str) -> None:
    assert names.part_of(name.encode()) == 0
    with pytest.raises(ValueError, match="not a name"):
        names.order_key(name)


@given(st.sampled_from(list(GOOD)), st.integers(0, 200), st.characters(codec="utf-8"))
def test_a_name_with_another_character_is_only_good_where_it_is_a_digit(
    name: str, position: int, char: str
) -> None:
    row = position % len(name)
    changed = name[:row] + char + name[row + 1 :]
    if names.part_of(changed.encode()):
        assert changed.isascii()
        assert re.fullmatch(r"[0-9A-Za-z]", char) or changed == name
