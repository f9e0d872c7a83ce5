"""The manifest: every member with its SHA-256, in the one form the writer makes.

An ASiCManifest of ETSI EN 319 162-1, annex A.4: one reference to the signature, one line for each
member but `mimetype` (a constant) and META-INF itself, in the order of the file. No XML library
reads it: whatever is not byte for byte what `encode` makes is refused.
"""

import re
from binascii import b2a_base64
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from fichaat.bundle import names
from fichaat.bundle.diagnosis import shown
from fichaat.domain.errors import UserFacingError

SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"

_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
)
_SIGNATURE_LINE = (
    f'<asic:SigReference URI="{names.SIGNATURE}" MimeType="application/x-pkcs7-signature"/>\n'
)
_BEFORE_URI = '<asic:DataObjectReference URI="'
_BEFORE_DIGEST = f'"><ds:DigestMethod Algorithm="{SHA256}"/><ds:DigestValue>'
_AFTER_DIGEST = "</ds:DigestValue></asic:DataObjectReference>\n"
_END = "</asic:ASiCManifest>\n"

# Diagnosis only: any reference to a member, whatever its method.
_REFERENCE = re.compile(
    rb'<asic:DataObjectReference URI="([^"<>&\n]{1,400})">'
    rb'<ds:DigestMethod Algorithm="([^"<>&\n]{1,200})"/>'
    rb"<ds:DigestValue>([A-Za-z0-9+/=]{1,200})</ds:DigestValue></asic:DataObjectReference>\n"
)
_SIG_REFERENCE = re.compile(
    rb'<asic:SigReference URI="([^"<>&\n]{0,400})" MimeType="([^"<>&\n]{0,200})"/>'
)


def encode(members: Sequence[tuple[str, bytes]]) -> bytes:
    """The manifest of these members (name, SHA-256), in the order of the file."""
    lines = [
        f"{_BEFORE_URI}{name}{_BEFORE_DIGEST}{_base64(digest)}{_AFTER_DIGEST}"
        for name, digest in members
    ]
    return "".join((_BEGIN, _SIGNATURE_LINE, *lines, _END)).encode("ascii")


def check(raw: bytes, members: Sequence[tuple[str, bytes]]) -> None:
    """Refuse a manifest that is not the one of these members.

    Raises:
        UserFacingError: "bundle.manifest_*", "bundle.member_*", "bundle.digest": what differs.
    """
    if raw != encode(members):
        raise _difference(raw, dict(members))


def _base64(digest: bytes) -> str:
    return b2a_base64(digest, newline=False).decode("ascii")


def _difference(raw: bytes, members: dict[str, bytes]) -> UserFacingError:
    """First the form, then which members are listed, then their digests."""
    if b"<!" in raw or b"&" in raw:
        return UserFacingError("bundle.manifest_doctype")
    begin, end = _BEGIN.encode(), _END.encode()
    if not (raw.startswith(begin) and raw.endswith(end)):
        return UserFacingError("bundle.manifest_form")
    first, _, rest = raw[len(begin) : -len(end)].partition(b"\n")
    if first + b"\n" != _SIGNATURE_LINE.encode():
        known = _SIG_REFERENCE.fullmatch(first)
        return UserFacingError(
            "bundle.manifest_signature_reference" if known else "bundle.manifest_form"
        )
    try:
        listed = _listed(rest)
    except UserFacingError as error:
        return error
    return _membership(listed, members)


def _listed(lines: bytes) -> dict[str, bytes]:
    """Base64 digest by name, of lines that are at least references.

    Raises:
        UserFacingError: "bundle.manifest_form", "_weak_digest", "_repeated".
    """
    listed: dict[str, bytes] = {}
    for line in BytesIO(lines):
        match = _REFERENCE.fullmatch(line)
        if match is None:
            raise UserFacingError("bundle.manifest_form")
        name = match[1].decode("utf-8", "replace")
        if match[2] != SHA256.encode():
            raise UserFacingError("bundle.manifest_weak_digest", miembro=shown(match[1]))
        if name in listed:
            raise UserFacingError("bundle.manifest_repeated", miembro=shown(match[1]))
        listed[name] = match[3]
    return listed


def _membership(listed: dict[str, bytes], members: dict[str, bytes]) -> UserFacingError:
    for name in listed:
        if name not in members:
            return UserFacingError("bundle.member_missing", miembro=shown(name.encode()))
    for name in members:
        if name not in listed:
            return UserFacingError("bundle.member_unlisted", miembro=name)
    for name, digest in members.items():
        if listed[name] != _base64(digest).encode():
            return UserFacingError("bundle.digest", miembro=name)
    return UserFacingError("bundle.manifest_form")
