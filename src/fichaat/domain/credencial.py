"""What the region key says of devices: record kinds `credencial`, `revocacion` and `relevo`."""

from typing import Annotated

from msgspec import Meta, Struct

from fichaat.domain.rol import Rol
from fichaat.domain.text import Instant, Line, LongText, Sha256, Ubigeo, Uuid7

AgeRecipient = Annotated[str, Meta(pattern=r"^age1[02-9ac-hj-np-z]{58}(?!\n)$")]
"""To whom a bundle is encrypted, as the `age` command writes it."""

CertificateDer = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9+/]+={0,2}(?!\n)$", min_length=4, max_length=4000)
]
"""An X.509 certificate, DER in base 64 without line ends."""


class Credencial(Struct, frozen=True, forbid_unknown_fields=True):
    """The region knows a device: whose it is, what it may do and where, from when until when.

    A later credential of the same device (one that names this one in `after`) takes its place for
    everything received from its own `desde` on.
    """

    device: Sha256
    certificado: CertificateDer
    """Issued by the region key for the device's key: for `openssl verify`, outside the program."""
    nombre: Annotated[Line, Meta(min_length=1)]
    cargo: Line
    entidad: Line
    rol: Rol
    ambito: Ubigeo
    """The region's two digits, or the province's four for a provincial device."""
    desde: Instant
    hasta: Instant
    age: AgeRecipient | None
    """Null where the device was approved without its request: its answers travel unencrypted."""
    emisor: bool
    """Whether it publishes the catalogue; only a coordinator's device may."""


class LugarConocido(Struct, frozen=True, forbid_unknown_fields=True):
    """The last record of a chain that the region held."""

    chain: Uuid7
    sequence: Annotated[int, Meta(ge=1, le=99_999_999)]
    sha256: Sha256


class Revocacion(Struct, frozen=True, forbid_unknown_fields=True):
    """A device that is no longer believed: what a coordinator first received after `desde` is kept
    apart, what came earlier stands. Nothing ever takes a revocation back.
    """

    device: Sha256
    desde: Instant
    motivo: Annotated[LongText, Meta(min_length=1)]
    conocidos: Annotated[tuple[LugarConocido, ...], Meta(max_length=10_000)]
    """What the region held of it when it revoked it: what nobody receives (a coordinator's own
    receptions and reviews) stands up to there.
    """


class Relevo(Struct, frozen=True, forbid_unknown_fields=True):
    """The device `nuevo` continues the fichas that `anterior` began."""

    anterior: Sha256
    nuevo: Sha256
    motivo: Annotated[LongText, Meta(min_length=1)]
