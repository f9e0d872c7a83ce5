"""Who may seal what: the table of the design, row by row."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.authority import Authority, Credential, Rol, Standing, continues, standing
from fichaat.domain.ficha import DistritoAtendido, Ejecutor, Nivel
from fichaat.domain.firma import Anulacion, Evidencia, Sujeto
from fichaat.domain.record import Kind, Record, Supersedes
from tests.support.fichas import complete_ficha, record_of, uuid7

A, B, C, D = (letter * 64 for letter in "abcd")
SUJETO = Sujeto(uuid7(100), 1, "ee" * 32)
REGIONAL = complete_ficha()
PROVINCIAL = complete_ficha(ejecutor=Ejecutor(Nivel.PROVINCIAL, "0501", "MPH"))
TWO_PROVINCES = complete_ficha(
    ejecutor=Ejecutor(Nivel.PROVINCIAL, "0501", "MPH"),
    distritos=(DistritoAtendido("050108"), DistritoAtendido("050401")),
)
ABROAD = complete_ficha(distritos=(DistritoAtendido("030101"),))


def approved(device: str, rol: Rol, ambito: str) -> Authority:
    return Authority({device: Credential(device, rol, ambito)})


def version(number: int, device: str) -> Record[Any]:
    supersedes = Supersedes(number - 1, "ee" * 32, "corrige") if number > 1 else None
    return record_of(REGIONAL, version=number, supersedes=supersedes, device=device)


def test_without_a_credential_it_waits_for_approval() -> None:
    assert standing(version(1, A), Authority()) is Standing.POR_APROBAR
    assert standing(version(1, A), approved(B, Rol.COORDINADOR, "05")) is Standing.POR_APROBAR


@pytest.mark.parametrize(
    ("rol", "ambito", "ficha", "expected"),
    [
        (Rol.ESPECIALISTA, "05", REGIONAL, Standing.APROBADO),
        (Rol.ESPECIALISTA, "05", PROVINCIAL, Standing.APROBADO),
        (Rol.ESPECIALISTA, "03", REGIONAL, Standing.FUERA_DE_AMBITO),
        (Rol.ESPECIALISTA, "05", ABROAD, Standing.FUERA_DE_AMBITO),
        (Rol.PROVINCIAL, "0501", PROVINCIAL, Standing.APROBADO),
        (Rol.PROVINCIAL, "0504", PROVINCIAL, Standing.FUERA_DE_AMBITO),
        (Rol.PROVINCIAL, "0501", TWO_PROVINCES, Standing.FUERA_DE_AMBITO),
        (Rol.PROVINCIAL, "0501", REGIONAL, Standing.FUERA_DE_AMBITO),
        (Rol.COORDINADOR, "05", TWO_PROVINCES, Standing.APROBADO),
    ],
)
def test_scope(rol: Rol, ambito: str, ficha: object, expected: Standing) -> None:
    assert standing(record_of(ficha, device=A), approved(A, rol, ambito)) is expected


def test_a_later_version_is_the_authors_or_its_relevo() -> None:
    authority = Authority({d: Credential(d, Rol.ESPECIALISTA, "05") for d in (A, B, C)}, {A: B})
    assert standing(version(2, A), authority, A) is Standing.APROBADO
    assert standing(version(2, B), authority, A) is Standing.APROBADO
    assert standing(version(2, C), authority, A) is Standing.SIN_DERECHO
    assert standing(version(2, A), authority, B) is Standing.SIN_DERECHO
    assert standing(version(1, C), authority, A) is Standing.APROBADO


def test_not_even_a_coordinator_rewrites_a_ficha() -> None:
    assert standing(version(2, B), approved(B, Rol.COORDINADOR, "05"), A) is Standing.SIN_DERECHO


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.EVIDENCIA, Evidencia(SUJETO)),
        (Kind.ANULACION, Anulacion(SUJETO, "registrada dos veces")),
    ],
)
def test_evidence_and_annulment_are_the_authors_or_a_coordinators(
    kind: Kind, content: object
) -> None:
    def by(device: str, authority: Authority) -> Standing:
        return standing(record_of(content, kind, device=device), authority, A)

    assert by(A, Authority()) is Standing.POR_APROBAR
    assert by(B, Authority()) is Standing.SIN_DERECHO
    assert by(B, Authority(relevos={A: B})) is Standing.POR_APROBAR
    assert by(B, approved(B, Rol.ESPECIALISTA, "05")) is Standing.SIN_DERECHO
    assert by(B, approved(B, Rol.PROVINCIAL, "0501")) is Standing.SIN_DERECHO
    assert by(B, approved(B, Rol.COORDINADOR, "05")) is Standing.APROBADO


def test_events_and_receptions_are_anyones_in_scope() -> None:
    event = EventoAcuerdo(uuid7(3), EstadoAcuerdo.CUMPLIDO)
    record = record_of(event, Kind.SEGUIMIENTO, device=B)
    assert standing(record, approved(B, Rol.ESPECIALISTA, "05"), A) is Standing.APROBADO
    assert standing(record, approved(B, Rol.ESPECIALISTA, "03"), A) is Standing.FUERA_DE_AMBITO


@pytest.mark.parametrize("kind", ["credencial", "revocacion", "relevo"])
@pytest.mark.parametrize("rol", Rol)
def test_no_device_says_what_only_the_region_key_says(kind: str, rol: Rol) -> None:
    said = replace(record_of({}, device=A), kind=kind)
    assert standing(said, approved(A, rol, "05")) is Standing.SIN_DERECHO


@pytest.mark.parametrize("kind", ["catalogo", "plan_at", "acta_iar", "purga"])
def test_what_only_a_coordinator_says(kind: str) -> None:
    said = replace(record_of({}, device=A), kind=kind)
    assert standing(said, approved(A, Rol.COORDINADOR, "05")) is Standing.APROBADO
    assert standing(said, approved(A, Rol.ESPECIALISTA, "05")) is Standing.SIN_DERECHO
    assert standing(said, approved(A, Rol.COORDINADOR, "03")) is Standing.FUERA_DE_AMBITO


@given(
    st.dictionaries(st.sampled_from([A, B, C, D]), st.sampled_from([A, B, C, D])),
    st.sampled_from([A, B, C, D]),
    st.sampled_from([A, B, C, D]),
)
def test_relevos_in_steps_and_in_circles(relevos: dict[str, str], new: str, old: str) -> None:
    authority = Authority(relevos=relevos)
    assert continues(old, old, authority)
    if relevos.get(old) == new:
        assert continues(new, old, authority)
    if continues(new, old, authority) and new in relevos:
        assert continues(relevos[new], old, authority)
