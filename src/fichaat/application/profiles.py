"""Use case: the first start. A device makes its key, its chain and its profile, and can work."""

import base64

from msgspec import Struct

from fichaat.application.ports.keys import StoredDeviceKey
from fichaat.application.ports.rows import Profile
from fichaat.application.ports.store import Reader, Transaction
from fichaat.application.recorder import CHAIN_PREVIOUS_SETTING, CHAIN_SETTING
from fichaat.domain.codec import check_shape, decode_as, encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.domain.territorio import Territorio
from fichaat.domain.text import MAX_LINE, normalise

PROFILE_SETTING = "profile"
DEVICE_KEY_SETTING = "device_key"
DEVICE_CERTIFICATE_SETTING = "device_certificate"
AGE_IDENTITY_SETTING = "age_identity"
AGE_RECIPIENT_SETTING = "age_recipient"
ACCEPTED_ROOT_SETTING = "region_root_accepted:"
"""Before a device: a region key that was accepted here once and replaced; the number of the last
record that was here by then.
"""

REGION_AGE_IDENTITY_SETTING = "region_age_identity"
"""Of a coordinator's installation: what opens the exports that go to the region, the newest first,
with a blank between them: what was encrypted to an earlier key may still arrive.
"""


class NewProfile(Struct, frozen=True):
    """What the person says at the first start."""

    rol: Rol
    region: str
    provincia: str | None
    nombre: str
    cargo: str
    entidad: str
    practice: bool = False


PRACTICE = NewProfile(
    rol=Rol.ESPECIALISTA,
    region="05",
    provincia=None,
    nombre="Persona Ficticia de Práctica",
    cargo="Especialista de práctica",
    entidad="Entidad ficticia de práctica",
    practice=True,
)
"""Who works in a practice profile unless somebody says more."""


def make_profile(wanted: NewProfile, territorio: Territorio) -> Profile:
    """The profile, once what was said makes sense.

    Raises:
        UserFacingError: "perfil.region_unknown", "perfil.provincia_required",
            "perfil.provincia_unknown", "perfil.provincia_unexpected", "perfil.text_required".
        SchemaError: a text that no record may hold.
    """
    if wanted.region not in territorio.regiones:
        raise UserFacingError("perfil.region_unknown", region=wanted.region)
    provincial = wanted.rol is Rol.PROVINCIAL
    if provincial and wanted.provincia is None:
        raise UserFacingError("perfil.provincia_required")
    if not provincial and wanted.provincia is not None:
        raise UserFacingError("perfil.provincia_unexpected")
    if wanted.provincia is not None and wanted.provincia not in territorio.provincias(
        wanted.region
    ):
        raise UserFacingError("perfil.provincia_unknown", provincia=wanted.provincia)
    profile = Profile(
        rol=wanted.rol,
        region=wanted.region,
        provincia=wanted.provincia,
        nombre=normalise(wanted.nombre),
        cargo=normalise(wanted.cargo),
        entidad=normalise(wanted.entidad),
        practice=wanted.practice,
    )
    for field in ("nombre", "cargo", "entidad"):
        text = getattr(profile, field)
        if not text or len(text) > MAX_LINE:
            raise UserFacingError("perfil.text_required", campo=field, maximo=MAX_LINE)
    check_shape(profile)
    return profile


def found_profile(
    tx: Transaction, profile: Profile, stored: StoredDeviceKey, age: tuple[str, str], chain: str
) -> None:
    """Keep what the first start made: profile, device key, age identity, first chain.

    Args:
        tx: the commit in which all of it begins to exist.
        profile: from `make_profile`.
        stored: a fresh device key.
        age: a fresh age identity and its recipient.
        chain: a fresh UUID version 7.
    """
    identity, recipient = age
    tx.set_setting(PROFILE_SETTING, encode(profile).decode())
    tx.set_setting(DEVICE_KEY_SETTING, base64.b64encode(stored.private_key).decode())
    tx.set_setting(DEVICE_CERTIFICATE_SETTING, stored.certificate_pem.decode())
    tx.set_setting(AGE_IDENTITY_SETTING, identity)
    tx.set_setting(AGE_RECIPIENT_SETTING, recipient)
    tx.set_setting(CHAIN_SETTING, chain)
    tx.set_setting(CHAIN_PREVIOUS_SETTING, "")


def age_identities(reader: Reader) -> list[str]:
    """What opens the envelopes that come here: that of the device and, for a coordinator, that of
    the region.
    """
    own = reader.setting(AGE_IDENTITY_SETTING) or ""
    return [*own.split(), *_region_identities(reader)]


def keep_region_identity(tx: Transaction, identity: str) -> None:
    """Remember what opens the exports that go to the region, beside that of earlier keys."""
    earlier = [item for item in _region_identities(tx) if item != identity]
    tx.set_setting(REGION_AGE_IDENTITY_SETTING, " ".join([identity, *earlier]))


def _region_identities(reader: Reader) -> list[str]:
    return (reader.setting(REGION_AGE_IDENTITY_SETTING) or "").split()


def read_profile(reader: Reader) -> Profile:
    """Raises:
    UserFacingError: "perfil.missing".
    """
    return decode_as(_setting(reader, PROFILE_SETTING).encode(), Profile)


def read_device_key(reader: Reader) -> StoredDeviceKey:
    """Raises:
    UserFacingError: "perfil.missing".
    """
    return StoredDeviceKey(
        base64.b64decode(_setting(reader, DEVICE_KEY_SETTING)),
        _setting(reader, DEVICE_CERTIFICATE_SETTING).encode(),
    )


def _setting(reader: Reader, key: str) -> str:
    value = reader.setting(key)
    if value is None:
        raise UserFacingError("perfil.missing")
    return value
