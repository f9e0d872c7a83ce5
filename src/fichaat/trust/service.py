"""Everything with keys and certificates that needs no private key; see `ports.Trust`."""

from contextlib import AbstractContextManager
from datetime import datetime

from fichaat.application.ports.keys import RecordVerifier, SignatureChecks
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial
from fichaat.domain.errors import UserFacingError
from fichaat.trust import certificate, container_signature, region_certificate, words
from fichaat.trust import certificate_form as form
from fichaat.trust.signature_checks import signature_checks


class TrustService:
    """Holds nothing: every answer follows from the bytes alone."""

    def verifier(self, certificate_pem: bytes) -> RecordVerifier:
        """Of a device or of a region: its answer says which.

        Raises:
            UserFacingError: "bundle.certificate": not exactly the profile's certificate.
        """
        data = form.from_pem(certificate_pem)
        if region_certificate.calls_itself_region(data):
            return region_certificate.read_root(data).verifier()
        return certificate.read_der(data).verifier()

    def checks(self, number: int) -> AbstractContextManager[SignatureChecks]:
        """For the signatures of so many records, until the context ends."""
        return signature_checks(number)

    def not_before(self, certificate_pem: bytes) -> datetime:
        """When a device says to have made its key.

        Raises:
            UserFacingError: "bundle.certificate": not exactly a device's certificate.
        """
        return certificate.read_pem(certificate_pem).not_before

    def verify_container(self, manifest: bytes, signature: bytes) -> RecordVerifier:
        """The signer of a container, once its signature holds; never a region.

        Raises:
            UserFacingError: "bundle.signature*" or "bundle.certificate": the rule that failed.
        """
        return container_signature.verify(manifest, signature).verifier()

    def check_credencial(self, credencial: Credencial, region_pem: bytes) -> None:
        """The certificate in a credential is the one that this region issued for its device and
        for its time.

        Raises:
            UserFacingError: "bundle.credential_certificate", "bundle.certificate" (the region's).
        """
        root = region_certificate.read_root(form.from_pem(region_pem))
        issued = region_certificate.from_base64(credencial.certificado)
        region_certificate.check_leaf(
            root, issued or b"", credencial.device, credencial.desde, credencial.hasta
        )

    def check_catalogo(self, catalogo: Catalogo) -> None:
        """The certificate in a catalogue is one of its region. Which one is believed is another
        question.

        Raises:
            UserFacingError: "bundle.catalog_certificate".
        """
        issued = region_certificate.from_base64(catalogo.certificado)
        try:
            region = region_certificate.read_root(issued or b"").region
        except UserFacingError:
            raise UserFacingError("bundle.catalog_certificate") from None
        if region != catalogo.gobierno_regional:
            raise UserFacingError("bundle.catalog_certificate")

    def fingerprint_words(self, device: str) -> tuple[str, ...]:
        """Eight words of the BIP-39 Spanish list: the first 88 bits of `device`."""
        return words.fingerprint_words(device)
