"""Everything with keys and certificates that needs no private key; see `ports.Trust`."""

from fichaat.application.ports import RecordVerifier
from fichaat.trust import certificate, container_signature, words


class TrustService:
    """Holds nothing: every answer follows from the bytes alone."""

    def verifier(self, certificate_pem: bytes) -> RecordVerifier:
        """Raises:
        UserFacingError: "bundle.certificate": not exactly the profile's certificate.
        """
        return certificate.read_pem(certificate_pem).verifier()

    def verify_container(self, manifest: bytes, signature: bytes) -> RecordVerifier:
        """The signer of a container, once its signature holds.

        Raises:
            UserFacingError: "bundle.signature*" or "bundle.certificate": the rule that failed.
        """
        return container_signature.verify(manifest, signature).verifier()

    def fingerprint_words(self, device: str) -> tuple[str, ...]:
        """Eight words of the BIP-39 Spanish list: the first 88 bits of `device`."""
        return words.fingerprint_words(device)
