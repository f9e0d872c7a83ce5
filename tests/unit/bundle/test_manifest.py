import hashlib
from base64 import b64encode
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.bundle import manifest, names
from fichaat.domain.errors import UserFacingError

MEMBERS = [
    (names.PAQUETE, hashlib.sha256(b"1").digest()),
    (names.RESUMEN, hashlib.sha256(b"2").digest()),
]
ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"


def refused(raw: bytes, members: list[tuple[str, bytes]] = MEMBERS) -> str:
    with pytest.raises(UserFacingError) as refusal:
        manifest.check(raw, members)
    return refusal.value.code


def test_it_is_the_xml_of_the_standard() -> None:
    root = ET.fromstring(manifest.encode(MEMBERS))
    assert root.tag == f"{ASIC}ASiCManifest"
    signature, *references = root
    assert signature.tag == f"{ASIC}SigReference"
    assert signature.attrib == {
        "URI": "META-INF/signature001.p7s",
        "MimeType": "application/x-pkcs7-signature",
    }
    found = [
        (reference.attrib["URI"], method.attrib["Algorithm"], value.text)
        for reference in references
        for method, value in [reference]
    ]
    assert [reference.tag for reference in references] == [f"{ASIC}DataObjectReference"] * 2
    assert references[0][0].tag == f"{DS}DigestMethod"
    assert found == [
        (name, "http://www.w3.org/2001/04/xmlenc#sha256", b64encode(digest).decode())
        for name, digest in MEMBERS
    ]


def test_its_own_form_is_accepted() -> None:
    manifest.check(manifest.encode(MEMBERS), MEMBERS)
    manifest.check(manifest.encode([]), [])


def test_what_differs_has_its_code() -> None:
    raw = manifest.encode(MEMBERS)
    other = [MEMBERS[0], (names.RESUMEN, hashlib.sha256(b"3").digest())]
    assert refused(raw, other) == "bundle.digest"
    assert refused(raw, MEMBERS[:1]) == "bundle.member_missing"
    assert refused(manifest.encode(MEMBERS[:1])) == "bundle.member_unlisted"
    assert refused(manifest.encode(MEMBERS[::-1])) == "bundle.manifest_form"
    assert refused(manifest.encode(MEMBERS + MEMBERS[:1])) == "bundle.manifest_repeated"
    assert refused(raw.replace(b"\n", b"\r\n")) == "bundle.manifest_form"
    assert refused(raw.replace(b"sha256", b"sha384")) == "bundle.manifest_weak_digest"
    assert refused(raw.replace(b"asic:", b"a:")) == "bundle.manifest_form"
    assert refused(raw + b"<!-- hola -->") == "bundle.manifest_doctype"
    assert refused(b"") == "bundle.manifest_form"
    assert refused(b"\xef\xbb\xbf" + raw) == "bundle.manifest_form"
    assert refused(raw.removesuffix(b"\n")) == "bundle.manifest_form"


@given(st.integers(0), st.integers(0, 255))
def test_no_byte_may_differ(position: int, value: int) -> None:
    raw = bytearray(manifest.encode(MEMBERS))
    row = position % len(raw)
    if raw[row] != value:
        raw[row] = value
        assert refused(bytes(raw)).startswith("bundle.")


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused(data: bytes) -> None:
    head = manifest.encode(MEMBERS)
    for raw in (data, head + data if data else data, head[:120] + data, head[:-40] + data):
        if raw != head:
            assert refused(raw)
