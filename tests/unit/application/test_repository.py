"""Names, parts, manifest and index of the upload package."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.application.repository import names
from fichaat.application.repository.index import Index, IndexLine
from fichaat.application.repository.manifest import (
    FORMATO,
    Archivo,
    FichaEntregada,
    Manifiesto,
    Parts,
    checksums,
    decode_manifest,
    encode_manifest,
)
from fichaat.domain.errors import UserFacingError
from fichaat.system.territorio_file import load_territorio
from fichaat.texts import message

SHA = "ab" * 32
PAPER = "Huamanga/050108-Quinua/2026-11-02/05-2026-K7Q2MX-0001-v1.pdf"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quinua", "Quinua"),
        ("Ñahuimpuquio", "Nahuimpuquio"),
        ("San Juan de Dios (c)", "San-Juan-de-Dios-c"),
        ("CON", "CON_"),
        ("lpt1", "lpt1_"),
        ("  ..  ", "sin-nombre"),
        ("日本", "sin-nombre"),
        ("x" * 90, "x" * 40),
    ],
)
def test_a_word_that_every_system_takes(text: str, expected: str) -> None:
    assert names.plain(text) == expected


@given(st.text())
def test_no_text_makes_a_name_that_is_not_safe(text: str) -> None:
    assert names.is_safe(f"{names.plain(text)}/x-{names.plain(text)}.pdf")


def test_every_district_of_the_country_has_a_folder_that_is_safe_and_its_own() -> None:
    territorio = load_territorio()
    day = date(2026, 11, 2)
    for region in ("05", "10", "15"):
        codes = [
            item.ubigeo
            for provincia in territorio.provincias(region)
            for item in territorio.distritos_of(provincia)
        ]
        folders = [names.ficha_folder(territorio, code, day) for code in codes]
        assert len({folder.casefold() for folder in folders}) == len(codes) > 0
        paper = "05-2026-K7Q2MX-0001-v1.pdf"
        assert all(names.is_safe(f"{folder}/{paper}") for folder in folders)
        assert all(names.is_ours(f"PARTE-01/{folder}/{paper}") for folder in folders)
    assert names.ficha_folder(territorio, "059999", day) == "0599/059999-distrito/2026-11-02"


@pytest.mark.parametrize(
    "name",
    [
        *("", "..", "../a", "a/../b", "/a", "a//b", "a\\b", "a b", ".a", "a.", "a:b", "nul"),
        *("a/con.txt", "a/" * 7 + "b", "x" * 201, "a\n", "á"),
    ],
)
def test_a_name_that_leads_elsewhere_is_not_safe(name: str) -> None:
    assert not names.is_safe(name)


@pytest.mark.parametrize("name", ["carta.docx", "Huamanga/nota.pdf", "paquetes/otro.fichaat"])
def test_what_somebody_else_named_is_not_ours(name: str) -> None:
    assert not names.is_ours(name)


@pytest.mark.parametrize(
    ("data", "end"),
    [
        *((b"%PDF-1.7", "pdf"), (b"\xff\xd8\xff\xe0", "jpg"), (b"\x89PNG\r\n", "png")),
        *((b"RIFF....WEBP", "webp"), (b"....ftypheic", "heic"), (b"II*\x00", "tif")),
        *((b"", "bin"), (b"MZ", "bin")),
    ],
)
def test_a_scan_is_named_by_what_it_is(data: bytes, end: str) -> None:
    assert names.extension(data) == end


@given(st.lists(st.integers(1, 150)), st.lists(st.integers(1, 150)))
def test_no_part_is_larger_than_it_may_be(first: list[int], second: list[int]) -> None:
    parts = Parts(100, [])
    held = [(parts.take(size), size) for size in first]
    again = Parts(100, held)
    held += [(again.take(size), size) for size in second]
    for part in {part for part, _ in held}:
        inside = [size for number, size in held if number == part]
        assert sum(inside) <= 100 or len(inside) == 1, "what is too large is alone"
    assert sorted({part for part, _ in held}) == list(range(1, len({p for p, _ in held}) + 1))


def test_a_ficha_stays_in_its_part_while_it_fits() -> None:
    parts = Parts(100, [(1, 60), (2, 40), (2, 30)])
    assert parts.take(50, (2, 40)) == 2
    assert parts.take(90, (2, 50)) == 3
    assert parts.take(101) == 4, "a part of its own"
    assert parts.take(1) == 1, "and nothing beside it"
    assert parts.take(500, (4, 101)) == 4
    assert Parts(None, []).take(10**12) == 0


def manifest(name: str = PAPER) -> Manifiesto:
    ficha = FichaEntregada("id", "05-2026-K7Q2MX-0001", 1, SHA, SHA, 0, (Archivo(name, SHA, 3),))
    now = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    return Manifiesto(
        FORMATO, "05", True, now, None, (ficha,), (), (Archivo("INDICE.csv", SHA, 1),)
    )


def test_a_manifest_is_read_as_it_was_written() -> None:
    made = manifest()
    assert decode_manifest(encode_manifest(made)) == made
    lines = checksums(made, names.MANIFEST).decode().splitlines()
    assert [line[66:] for line in lines] == [PAPER, "INDICE.csv", "MANIFIESTO.json"]
    assert all(line[64:66] == "  " for line in lines)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 50_000,
        encode_manifest(manifest("../x")),
        b'{"formato": 1}',
    ],
)
def test_what_is_no_manifest_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(UserFacingError) as refused:
        decode_manifest(data)
    assert refused.value.code == "repositorio.not_ours"


def test_the_index_says_the_same_in_both_forms_and_runs_no_formula() -> None:
    line = IndexLine(
        provincia="Huamanga",
        distrito="Quinua",
        ubigeo="050108",
        fecha=date(2026, 11, 2),
        ficha="05-2026-K7Q2MX-0001",
        version=1,
        sesion="diagnostico",
        modalidad="mixta",
        responsables=("=1+1", "Ñ; «x»"),
        entidades=('a"b',),
        aprobada=True,
        papel=PAPER,
        escaneos=2,
        sha256=SHA,
    )
    index = Index([line], "Ayacucho", message)
    book = index.workbook()
    head, row = index.csv().decode("utf-8-sig").split("\r\n")[:2]
    assert head.split(";") == [column.title for column in book.sheets[0].columns]
    assert row.startswith("Huamanga;Quinua;050108;02/11/2026;05-2026-K7Q2MX-0001;1;Diagnóstico;")
    assert '"\'=1+1; Ñ; «x»"' in row
    assert list(book.sheets[1].rows) == [("Huamanga", "Quinua", "050108", 1)]
