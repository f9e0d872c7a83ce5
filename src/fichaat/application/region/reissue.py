"""What one region key said, sealed anew by another: the key was lost, or somebody else has it."""

from itertools import zip_longest

from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.store import Transaction
from fichaat.application.region.keyed import seal_by_region
from fichaat.domain.authority import Authority
from fichaat.domain.credencial import Credencial, Relevo, Revocacion
from fichaat.domain.record import Kind


def reissue(here: Installation, key: RegionKey, tx: Transaction, before: Authority) -> None:
    """Seal with `key` every credential, revocation and relevo of the region key believed before.

    The credentials of one device keep their order: each knows those before it.
    """
    said = [item for item in tx.region_records() if item.record.device == before.root]
    by_hash = {item.sha256: item for item in said}
    histories = [[by_hash[grant.sha256] for grant in grants] for grants in before.grants.values()]
    for generation in zip_longest(*histories):
        contents = [_renewed(item.record.content, key) for item in generation if item is not None]
        seal_by_region(here, key, tx, [(Kind.CREDENCIAL, content) for content in contents])
    for item in said:
        content = item.record.content
        if isinstance(content, Revocacion):
            seal_by_region(here, key, tx, [(Kind.REVOCACION, content)])
        elif isinstance(content, Relevo):
            seal_by_region(here, key, tx, [(Kind.RELEVO, content)])


def _renewed(content: object, key: RegionKey) -> Credencial:
    assert isinstance(content, Credencial)  # what a grant was drawn from
    certificado = key.reissue(content.certificado, content.desde, content.hasta)
    return replace(content, certificado=certificado)
