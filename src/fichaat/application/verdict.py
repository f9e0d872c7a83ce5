"""What a look at a bundle found: *intact*, *valid* and *trusted* are separate (house rule 10)."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from fichaat.domain.chains import Gap
from fichaat.domain.errors import Param, UserFacingError
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Resultado


class RecordVerdict(Struct, frozen=True):
    """One record of a bundle, seen from this installation."""

    sha256: str
    kind: str
    id: str
    version: int
    resultado: Resultado
    codigo: str | None = None


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

    @property
    def refused(self) -> bool:
        """Nothing of it was or will be applied."""
        return not (self.intacto and self.valido)

    @property
    def brings_nothing(self) -> bool:
        """Everything in it was here already."""
        known = all(item.resultado is Resultado.KNOWN for item in self.registros)
        return known and not self.adjuntos_nuevos


INTACT_BUT_INVALID = frozenset({"bundle.other_region", "bundle.practice", "bundle.not_practice"})
"""Refusals that say nothing against the bytes: they come after every record was read."""


def refusal(archivo: str, error: UserFacingError, info: PaqueteInfo | None) -> BundleVerdict:
    """The verdict about a bundle that was refused."""
    return BundleVerdict(
        archivo=archivo,
        intacto=error.code in INTACT_BUT_INVALID,
        valido=False,
        confiable=False,
        codigo=error.code,
        params=error.params,
        info=info,
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


def trust_code(
    records: Sequence[RecordVerdict], *, exporter_known: bool, pending: bool
) -> str | None:
    """Why an intact and valid bundle is not trusted; None where it is.

    As long as the region issues no credentials, only what this very device signed is trusted.
    """
    if not exporter_known:
        return "trust.exporter_pending"
    if pending:
        return "trust.signer_pending"
    if any(item.resultado in _UNTRUSTED for item in records):
        return "trust.records_apart"
    return None
