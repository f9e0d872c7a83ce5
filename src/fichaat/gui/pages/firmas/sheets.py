"""Signatures on one printed sheet, written together. No Qt here."""

from collections.abc import Sequence

from fichaat.application.add_evidence import AddEvidence, LateSignature
from fichaat.application.changes import Changes
from fichaat.application.sign_ficha import Scan, SignFicha
from fichaat.application.signatures import Signer
from fichaat.domain.firma import ClaseAdjunto, TipoFirma
from fichaat.gui.text import say


def sign_sheet(
    sign: SignFicha, codigo: str, signers: Sequence[Signer], scans: Sequence[Scan]
) -> Changes:
    """Everyone who signed a draft on one sheet; its pages, if any yet, are kept once."""
    first = scans[0] if scans else None
    changes = Changes()
    for signer in signers:
        _, made = sign(codigo, signer.id, TipoFirma.PAPEL, scan=first, pages=scans[1:])
        changes = Changes(changes | made)
    return changes


def add_sheet(
    add: AddEvidence, codigo: str, signers: Sequence[Signer], scans: Sequence[Scan]
) -> Changes:
    """A sheet of a sealed ficha, with at least one page: whoever had not signed signs late; where
    all had, what comes late is only the scan.
    """
    files = [(scan, ClaseAdjunto.FICHA_FIRMADA) for scan in scans]
    late = [signer for signer in signers if not signer.given]
    if not late:
        return add(codigo, files=files, comentario=say("firmas.scan_of"))[1]
    changes = Changes()
    for signer in late:
        signature = LateSignature(signer.id, TipoFirma.PAPEL, scan=scans[0])
        _, made = add(codigo, signature=signature, files=files[1:])
        changes = Changes(changes | made)
    return changes
