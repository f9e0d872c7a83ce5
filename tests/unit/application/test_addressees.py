"""To whom what leaves is encrypted."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from fichaat.application.addressees import Addressees, addressees, demand_answerable
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Profile
from fichaat.application.ports.store import Reader
from fichaat.domain.authority import Authority, Grant
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from tests.support.bundles import AT

REGION, OWN = "age1region", "age1own"
CATALOGO = Catalogo(1, "05", "AAAA", REGION, ("0501",))
PROFILE = Profile(Rol.PROVINCIAL, "05", "0501", "Ana", "Responsable", "Municipalidad")
NOW = AT


def grant(device: str, rol: Rol = Rol.PROVINCIAL, ambito: str = "0501", **changes: Any) -> Grant:  # noqa: ANN401  # of any field
    values: dict[str, Any] = {
        "device": device,
        "nombre": "Ana",
        "cargo": "",
        "entidad": "",
        "rol": rol,
        "ambito": ambito,
        "desde": NOW - timedelta(days=30),
        "hasta": NOW + timedelta(days=30),
        "emisor": False,
        "age": f"age1{device}",
        "sha256": "ab" * 32,
        **changes,
    }
    return Grant(**values)


def _desk(
    grants: tuple[Grant, ...],
    catalogo: Catalogo | None = CATALOGO,
    profile: Profile = PROFILE,
    revoked: tuple[str, ...] = (),
) -> tuple[Reader, Installation]:
    authority = Authority(
        root="r",
        grants={item.device: (item,) for item in grants},
        revoked=dict.fromkeys(revoked, NOW),
    )
    reader = SimpleNamespace(
        catalogo=lambda: None if catalogo is None else (catalogo, "cd" * 32),
        authority=lambda: authority,
        setting={"age_recipient": OWN}.get,
    )
    here = SimpleNamespace(
        profile=profile,
        key=SimpleNamespace(device="own"),
        clock=SimpleNamespace(now=lambda: NOW),
        ambito=profile.provincia or profile.region,
    )
    return cast(Reader, reader), cast(Installation, here)


def found(
    *grants: Grant,
    catalogo: Catalogo | None = CATALOGO,
    profile: Profile = PROFILE,
    revoked: tuple[str, ...] = (),
) -> Addressees:
    return addressees(*_desk(grants, catalogo, profile, revoked))


def test_without_a_catalogue_there_is_nobody() -> None:
    assert found(grant("a"), catalogo=None) == Addressees()
    assert not Addressees().known


def test_a_specialist_writes_to_the_region_and_to_nobody_else() -> None:
    specialist = Profile(Rol.ESPECIALISTA, "05", None, "Ana", "Especialista", "GORE")
    assert found(grant("a"), profile=specialist) == Addressees((REGION, OWN))


def test_a_province_writes_to_its_other_devices_too() -> None:
    to = found(grant("own"), grant("b"), grant("a"))
    assert to == Addressees((REGION, "age1a", "age1b", OWN), 2)


def test_who_is_not_believed_or_of_another_place_is_left_out() -> None:
    to = found(
        grant("revoked"),
        grant("expired", hasta=NOW - timedelta(days=20)),
        grant("later", desde=NOW + timedelta(days=20)),
        grant("plain", age=None),
        grant("elsewhere", ambito="0504"),
        grant("specialist", Rol.ESPECIALISTA, "05"),
        revoked=("revoked",),
    )
    assert to == Addressees((REGION, OWN), 0)


@pytest.mark.parametrize(
    ("own", "para", "code"),
    [
        (Rol.ESPECIALISTA, "another", "bundle.answer_by_specialist"),
        (Rol.PROVINCIAL, "own", "bundle.answer_to_self"),
        (Rol.PROVINCIAL, "region", "bundle.answer_to_region"),
        (Rol.PROVINCIAL, "another", None),
        (Rol.COORDINADOR, "another", None),
        (Rol.COORDINADOR, "region", None),
        (Rol.COORDINADOR, "stranger", None),
        (Rol.COORDINADOR, "lost", "bundle.answer_revoked"),
        (Rol.PROVINCIAL, "lost", "bundle.answer_revoked"),
    ],
)
def test_who_answers_whom(own: Rol, para: str, code: str | None) -> None:
    desk = _desk(
        (
            grant("own", own, "05"),
            grant("another", Rol.ESPECIALISTA, "05"),
            grant("region", Rol.COORDINADOR, "05"),
            grant("lost", Rol.ESPECIALISTA, "05"),
        ),
        revoked=("lost",),
    )
    if code is None:
        demand_answerable(*desk, para)
        return
    with pytest.raises(UserFacingError) as refused:
        demand_answerable(*desk, para)
    assert refused.value.code == code
