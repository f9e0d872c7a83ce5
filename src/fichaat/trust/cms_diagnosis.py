"""Why a container signature that is not the template is refused.

Nothing is accepted here: the file is refused already, this only finds the code that tells a person
and a test what was attempted. Whatever is not recognised is "bundle.signature_profile".
"""

from msgspec import Struct

from fichaat.trust import der
from fichaat.trust.der import DerError, Element

_SHA256 = der.oid("2.16.840.1.101.3.4.2.1")
_SIGNING_CERTIFICATE_V2 = der.oid("1.2.840.113549.1.9.16.2.47")
_WEAK = frozenset(
    map(
        der.oid,
        (
            "1.2.840.113549.2.5",  # MD5
            "1.3.14.3.2.26",  # SHA-1
            "2.16.840.1.101.3.4.2.4",  # SHA-224
            "1.2.840.10045.4.1",  # ECDSA with SHA-1
            "1.2.840.10045.4.3.1",  # ECDSA with SHA-224
            "1.2.840.113549.1.1.4",  # RSA with MD5
            "1.2.840.113549.1.1.5",  # RSA with SHA-1
        ),
    )
)


class _Signer(Struct, frozen=True):
    digest_algorithm: Element
    signature_algorithm: Element
    attributes: Element | None


def diagnose(p7s: bytes) -> str:
    """The code of the first rule that this signature breaks."""
    try:
        return _diagnose(p7s)
    except DerError:
        return "bundle.signature_der"
    except (IndexError, ValueError):
        return "bundle.signature_profile"


def _diagnose(p7s: bytes) -> str:
    content_info = der.children(der.one(p7s, der.SEQUENCE).content)
    version, digests, content, *rest = der.children(
        der.one(content_info[1].content, der.SEQUENCE).content
    )
    del version
    signers = der.children(rest[-1].content)
    if len(signers) > 1:
        return "bundle.signature_two_signers"
    if len(der.children(content.content)) > 1:
        return "bundle.signature_embedded_content"
    signer = _signer(signers[0])
    algorithms = (*der.children(digests.content), signer.digest_algorithm)
    if any(_identifier(each) in _WEAK for each in (*algorithms, signer.signature_algorithm)):
        return "bundle.signature_weak_digest"
    if signer.attributes is None:
        return "bundle.signature_attribute_confusion"
    types = [_identifier(each) for each in der.children(signer.attributes.content)]
    if _SIGNING_CERTIFICATE_V2 not in types:
        return "bundle.signature_no_signing_certificate"
    return "bundle.signature_profile"


def _signer(element: Element) -> _Signer:
    fields = der.children(element.content)
    attributes = fields[3] if fields[3].tag == der.CONTEXT | 0 else None
    signature_algorithm = fields[4] if attributes else fields[3]
    return _Signer(fields[2], signature_algorithm, attributes)


def _identifier(element: Element) -> bytes:
    """The OID with which an AlgorithmIdentifier or an Attribute begins."""
    return der.children(element.content)[0].raw
