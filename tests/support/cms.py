"""Container signatures built by hand, right and wrong: what an attacker makes of their own key."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_pem_x509_certificate

_HASHES = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}


def certificate_der(pem: bytes) -> bytes:
    return load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)


def signed_attributes(
    content: bytes,
    certificate: bytes,
    *,
    digest: str = "sha256",
    signing_certificate: bool = True,
    at: datetime = datetime(2026, 11, 20, 16, 0, tzinfo=UTC),
) -> cms.CMSAttributes:
    attributes = [
        cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
        cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": at})]}),
        cms.CMSAttribute(
            {"type": "message_digest", "values": [hashlib.new(digest, content).digest()]}
        ),
    ]
    if signing_certificate:
        own = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})
        value = tsp.SigningCertificateV2({"certs": [own]})
        attributes.append(cms.CMSAttribute({"type": "signing_certificate_v2", "values": [value]}))
    return cms.CMSAttributes(attributes)


def signer_info(
    private: ec.EllipticCurvePrivateKey,
    certificate: bytes,
    content: bytes,
    attributes: cms.CMSAttributes | None,
    *,
    digest: str = "sha256",
) -> cms.SignerInfo:
    parsed = x509.Certificate.load(certificate)
    to_sign = content if attributes is None else attributes.dump(force=True)
    fields = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            name="issuer_and_serial_number",
            value=cms.IssuerAndSerialNumber(
                {"issuer": parsed.issuer, "serial_number": parsed.serial_number}
            ),
        ),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": f"{digest}_ecdsa"}),
        "signature": private.sign(to_sign, ec.ECDSA(_HASHES[digest]())),
    }
    if attributes is not None:
        fields["signed_attrs"] = attributes
    return cms.SignerInfo(fields)


def container(
    certificate: bytes,
    signers: Sequence[cms.SignerInfo],
    *,
    digest: str = "sha256",
    embedded: bytes | None = None,
) -> bytes:
    encapsulated: dict[str, object] = {"content_type": "data"}
    if embedded is not None:
        encapsulated["content"] = core.OctetString(embedded)
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
            "encap_content_info": encapsulated,
            "certificates": [
                cms.CertificateChoices(name="certificate", value=x509.Certificate.load(certificate))
            ],
            "signer_infos": list(signers),
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())
