"""Which key may seal which kind: the key of a region what it says of devices, and nothing else.

These are rules of form, the same for everybody: whether a key is believed is another question.
"""

from fichaat.application.ports.keys import RecordVerifier, Trust
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import REGION_KEY_KINDS, SealedRecord


def check_sealer(
    item: SealedRecord, sealer: RecordVerifier, certificate_pem: bytes, trust: Trust
) -> None:
    """Whether a record is of a kind, a region and a content that its key may seal.

    Args:
        item: its signature holds.
        sealer: of the device that sealed it.
        certificate_pem: of the same device.
        trust: reads the certificates that are in contents.

    Raises:
        UserFacingError: "bundle.device_key_kind", "bundle.region_key_kind",
            "bundle.region_key_region", "bundle.credential_certificate",
            "bundle.catalog_certificate".
    """
    record = item.record
    if (record.kind in REGION_KEY_KINDS) != sealer.is_region:
        raise UserFacingError(
            "bundle.region_key_kind" if sealer.is_region else "bundle.device_key_kind",
            registro=item.sha256,
        )
    if sealer.is_region and sealer.region != record.region:
        raise UserFacingError("bundle.region_key_region", registro=item.sha256)
    if isinstance(record.content, Credencial):
        trust.check_credencial(record.content, certificate_pem)
    elif isinstance(record.content, Catalogo):
        trust.check_catalogo(record.content)
