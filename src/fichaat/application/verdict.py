"""What a look at a bundle found: *intact*, *valid* and *trusted* are separate (house rule 10)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from fichaat.domain.authority import Grant
from fichaat.domain.chains import Gap
from fichaat.domain.errors import Param, UserFacingError
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Resultado


class RecordVerdict(Struct, frozen=True, gc=False):
    """One record of a bundle, seen from this installation."""

    sha256: str
    kind: str
    id: str
    version: int
    resultado: Resultado
    codigo: str | None = None


class WrongClock(Struct, frozen=True):
    """A device that sealed a record in what is still the future here."""

    device: str
    dias: int
    """Rounded up."""


class Doubt(StrEnum):
    """What this computer's own clock contradicts, the surest first."""

    SEALED_LATER = "sellado_despues"  # what this installation itself sealed last
    APPROVED_LATER = "credencial_futura"  # its own credential has not begun
    ENDED = "credencial_vencida"  # its own credential has ended
    LEAP = "salto"  # nothing was sealed here for a year
    ALL_AHEAD = "otros_adelantados"  # several devices sealed this, all of them in the future
    EXPIRED = "sin_vigencia"  # records come while the credential of their device is not valid


class OwnClock(Struct, frozen=True):
    """Why the clock of this very computer may be wrong."""

    motivo: Doubt
    ahora: datetime
    """What it says."""
    contra: datetime | None = None
    """The moment that it contradicts, where there is one."""
    registros: int = 0
    """How many are kept apart because of its date."""
    detiene: bool = False
    """Whether nothing is applied until the person says that it is right."""


OWN_CLOCK: Final = "reception.own_clock"
"""Code of a verdict that applied nothing because of `OwnClock.detiene`."""


class BundleVerdict(Struct, frozen=True):
    """The whole bundle. Whatever is not accepted here is refused."""

    archivo: str
    intacto: bool
    """Structure, digests and signature bytes verify."""
    valido: bool
    """Profile, certificates and record rules hold."""
    confiable: bool
    """Every signer is approved by the region, or is this installation's own device."""
    codigo: str | None
    params: Mapping[str, Param]
    info: PaqueteInfo | None
    registros: Sequence[RecordVerdict] = ()
    huecos: Sequence[Gap] = ()
    aplicado: bool = False
    adjuntos_nuevos: int = 0
    """Blobs that an import added; they may belong to records that were known before."""
    remitente: Grant | None = None
    """The exporter as the region knows it; what the file says of itself proves nothing."""
    relojes: Sequence[WrongClock] = ()
    """Devices whose clocks run ahead of this one's, as long as this one is believed."""
    cifrado: bool = False
    """Whether it came in an envelope; of a file that never opened, whether that is why."""
    ranura: bool = False
    """Whether from now on the region can open these data if the passphrase is forgotten."""
    reloj_propio: OwnClock | None = None

    @property
    def refused(self) -> bool:
        """Nothing of it was or will be applied."""
        return not (self.intacto and self.valido) or self.codigo == OWN_CLOCK

    @property
    def brings_nothing(self) -> bool:
        """Everything in it was here already."""
        known = all(item.resultado is Resultado.KNOWN for item in self.registros)
        return known and not self.adjuntos_nuevos


INTACT_BUT_INVALID = frozenset({"bundle.other_region", "bundle.practice", "bundle.not_practice"})
"""Refusals that say nothing against the bytes: they come after every record was read."""


CLOSED = frozenset({"bundle.encrypted", "bundle.encrypted_for_others"})
"""Refusals of what cannot be opened here: nothing is known about the bytes."""

_ENVELOPE = CLOSED | {"bundle.encrypted_damaged"}


def refusal(
    archivo: str, error: UserFacingError, info: PaqueteInfo | None, *, cifrado: bool = False
) -> BundleVerdict:
    """The verdict about a bundle that was refused."""
    return BundleVerdict(
        archivo=archivo,
        intacto=error.code in INTACT_BUT_INVALID,
        valido=False,
        confiable=False,
        codigo=error.code,
        params=error.params,
        info=info,
        cifrado=cifrado or error.code in _ENVELOPE,
    )


_UNTRUSTED = frozenset(
    {
        Resultado.QUARANTINED,
        Resultado.OUT_OF_SCOPE,
        Resultado.WRONG_SIGNER,
        Resultado.CONFLICT,
        Resultado.OPAQUE,
    }
)


class Signers(Struct, frozen=True):
    """What is known of those who signed a bundle and its records."""

    exporter_known: bool
    exporter_revoked: bool = False
    pending: bool = False
    """A record is of a device that the region has said nothing of."""
    root_pending: bool = False
    """A region key speaks in the bundle, and the person has accepted none yet."""
    other_root: bool = False
    """A region key speaks that is not the accepted one, and says what was not known here."""
    coordinates: bool = False
    """Who works here coordinates the region: nobody else is there to announce another key."""


def trust_code(records: Sequence[RecordVerdict], signers: Signers) -> str | None:
    """Why an intact and valid bundle is not trusted; None where it is."""
    if signers.root_pending:
        return "trust.region_pending"
    if signers.other_root:
        # A coordinator is told what she can do herself.
        return "trust.other_region_key_own" if signers.coordinates else "trust.other_region_key"
    if signers.exporter_revoked:
        return "trust.exporter_revoked"
    if not signers.exporter_known:
        return "trust.exporter_pending"
    if signers.pending:
        return "trust.signer_pending"
    if any(item.resultado in _UNTRUSTED for item in records):
        return "trust.records_apart"
    return None
