"""What is signed, and the codes people use."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.domain.acuerdo import Seguimiento
from fichaat.domain.codec import decode_as, encode
from fichaat.domain.ficha import (
    Advertencia,
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    Origen,
    Tema,
    chain_tag,
    contenido_sha256,
    duplicate_ids,
    make_codigo,
)
from fichaat.domain.firma import Adjunto, Firma, TipoFirma
from tests.support.fichas import complete_ficha, uuid7
from tests.support.strategies import incomplete_fichas, uuids

FICHA = complete_ficha()
KNOWN = "9c9271c210ce91e5a5db78bb595bc5647e8b9d1ded7b38d8625aa63fb28f7ea9"
"""By hand: sha256 of json.dumps with sorted keys and no blanks."""
KNOWN_TAG = "M6X90G"
UNSIGNED_CHANGES: dict[str, Any] = {
    "firmas": (Firma(uuid7(1), TipoFirma.PENDIENTE, "después"),),
    "adjuntos": (Adjunto("ab" * 32, "a.jpg", "image/jpeg", 1),),
    "advertencias": (Advertencia("ficha.temas_required", "/temas", "porque"),),
}
SIGNED_CHANGES: dict[str, Any] = {
    "codigo": "05-2026-K7Q2MX-0013",
    "ejecutor": Ejecutor(Nivel.REGIONAL, "05", "otra"),
    "origen": Origen.PAPEL,
    "gobierno_regional": "03",
    "fecha": date(2026, 11, 19),
    "hora_inicio": "09:01",
    "hora_fin": "11:31",
    "modalidad": Modalidad.MIXTA,
    "lugar": "Sala de regidores.",
    "plataforma": "",
    "distritos": (DistritoAtendido("050108"),),
    "temas": (Tema.AGUA,),
    "indicadores": ("I-1",),
    "actividad_plan": uuid7(8),
    "responsables": (replace(FICHA.responsables[0], cargo="otro"),),
    "destinatarios": (),
    "nudos_criticos": (),
    "acuerdos": (),
    "seguimientos": (Seguimiento(descripcion="de 2019"),),
    "observaciones": "\n",
}


def test_contenido_covers_everything_but_signatures_attachments_and_reasons() -> None:
    assert UNSIGNED_CHANGES.keys() | SIGNED_CHANGES.keys() == set(Ficha.__struct_fields__)


@pytest.mark.parametrize("member", UNSIGNED_CHANGES)
def test_what_comes_later_voids_nothing(member: str) -> None:
    changed = replace(FICHA, **{member: UNSIGNED_CHANGES[member]})
    assert changed != FICHA
    assert contenido_sha256(changed) == contenido_sha256(FICHA)


@pytest.mark.parametrize("member", SIGNED_CHANGES)
def test_any_other_change_is_another_content(member: str) -> None:
    changed = replace(FICHA, **{member: SIGNED_CHANGES[member]})
    assert contenido_sha256(changed) != contenido_sha256(FICHA)


@settings(max_examples=40)
@given(incomplete_fichas(), incomplete_fichas())
def test_equal_contents_have_equal_hashes_and_others_not(a: Ficha, b: Ficha) -> None:
    blank: dict[str, Any] = {"firmas": (), "adjuntos": (), "advertencias": ()}
    same = replace(a, **blank) == replace(b, **blank)
    assert (contenido_sha256(a) == contenido_sha256(b)) is same
    assert contenido_sha256(decode_as(encode(a), Ficha)) == contenido_sha256(a)


def test_contenido_is_frozen_for_years() -> None:
    """The hash of one known content: if this changes, every signature of the past is void."""
    assert contenido_sha256(FICHA) == FICHA.firmas[0].contenido
    assert contenido_sha256(FICHA) == KNOWN


def test_the_tag_is_thirty_bits_of_the_hash_of_the_chain_id() -> None:
    assert chain_tag("01900000-0000-7000-8000-000000000000") == KNOWN_TAG
    assert make_codigo("05", 2026, uuid7(0), 12) == f"05-2026-{KNOWN_TAG}-0012"
    assert make_codigo("05", 2026, uuid7(0), 123456) == f"05-2026-{KNOWN_TAG}-123456"


@given(uuids, st.integers(1, 999_999_999), st.integers(1, 9999))
def test_every_codigo_has_the_published_shape(chain: str, number: int, year: int) -> None:
    codigo = make_codigo("05", year, chain, number)
    assert re.fullmatch(r"[0-9]{2}-[0-9]{4}-[0-9A-HJKMNP-TV-Z]{6}-[0-9]{4,9}", codigo)
    ficha = Ficha(codigo, Ejecutor(Nivel.REGIONAL, "05"))
    assert decode_as(encode(ficha), Ficha) == ficha


def test_people_and_agreements_share_one_space_of_ids() -> None:
    assert duplicate_ids(FICHA) == []
    person = FICHA.responsables[0]
    twice = replace(
        FICHA,
        responsables=(person, person),
        acuerdos=(replace(FICHA.acuerdos[0], id=FICHA.destinatarios[0].id),),
    )
    assert duplicate_ids(twice) == ["/responsables/1/id", "/acuerdos/0/id"]
