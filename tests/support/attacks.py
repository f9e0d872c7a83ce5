"""The attacks on the container (bundle.md, 1 to 37), each made from a good one.

Where an attack needs a manifest that fits, a stranger signs it again with a key of their own: a
self-signed certificate costs nothing.
"""

import hashlib
import re
import zlib
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fichaat.bundle import manifest, names
from tests.support import cms
from tests.support.bundles import AT
from tests.support.keys import SeededKey
from tests.support.raw_zip import Member, assemble, disassemble

INDEX, SIGNATURE = names.MANIFEST.encode(), names.SIGNATURE.encode()
_NOT_LISTED = {names.MIMETYPE.encode(), INDEX, SIGNATURE}
_DEFLATED = 8


@dataclass(frozen=True)
class Kit:
    """A good container with a member of every kind, and a stranger who can sign."""

    good: bytes
    members: tuple[Member, ...]
    stranger: SeededKey

    def find(self, fragment: str) -> int:
        """Where the first member stands whose name holds the fragment."""
        return next(
            row for row, member in enumerate(self.members) if fragment.encode() in member.name
        )

    def changed(self, fragment: str, **fields: object) -> list[Member]:
        row = self.find(fragment)
        return [*self.members[:row], self.members[row].change(**fields), *self.members[row + 1 :]]

    def inserted(self, *extra: Member, before: str = "certificados/") -> list[Member]:
        row = self.find(before)
        return [*self.members[:row], *extra, *self.members[row:]]

    def without(self, fragment: str) -> list[Member]:
        row = self.find(fragment)
        return [*self.members[:row], *self.members[row + 1 :]]

    def data(self, fragment: str) -> bytes:
        return self.members[self.find(fragment)].data

    def with_manifest(self, old: bytes, new: bytes) -> bytes:
        """The manifest changed in one place, signed afresh by the stranger."""
        index = self.data("ASiCManifest").replace(old, new, 1)
        assert index != self.data("ASiCManifest")
        return assemble(signed(self.members, index, self.stranger))

    def with_signature(self, signature: bytes, index: bytes | None = None) -> bytes:
        members = self.changed(names.SIGNATURE, data=signature)
        if index is not None:
            members[-2] = members[-2].change(data=index)
        return assemble(members)


@dataclass(frozen=True)
class Attack:
    number: str
    title: str
    code: str
    make: Callable[[Kit], bytes]


def make_kit(good: bytes, stranger: SeededKey) -> Kit:
    return Kit(good, tuple(disassemble(good)), stranger)


def signed(members: Sequence[Member], index: bytes, key: SeededKey) -> list[Member]:
    """Members with this manifest and its signature in the place of their own."""
    return [
        *(member for member in members if member.name not in {INDEX, SIGNATURE}),
        Member(INDEX, index),
        Member(SIGNATURE, key.sign_container(index, AT)),
    ]


def resigned(members: Sequence[Member], key: SeededKey) -> bytes:
    """Members with a manifest that fits them, signed."""
    listed = [
        (member.name.decode("latin-1"), hashlib.sha256(member.data).digest())
        for member in members
        if member.name not in _NOT_LISTED
    ]
    return assemble(signed(members, encode_manifest(listed), key))


def signed_like_the_program(
    key: SeededKey, paquete: bytes, rest: Sequence[tuple[str, bytes]]
) -> list[Member]:
    """A whole container around members that the program itself would never write."""
    listed = [
        Member(name.encode(), data)
        for name, data in ((names.MIMETYPE, names.MIMETYPE_VALUE), (names.PAQUETE, paquete), *rest)
    ]
    return disassemble(resigned(listed, key))


def encode_manifest(listed: Sequence[tuple[str, bytes]]) -> bytes:
    """As the program's, for any name."""
    marks = [(f"@{row}@", digest) for row, (_, digest) in enumerate(listed)]
    return re.sub(
        rb"@([0-9]+)@",
        lambda mark: listed[int(mark[1])][0].encode("latin-1"),
        manifest.encode(marks),
    )


def flip(data: bytes, position: int, bit: int = 0) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 1 << bit
    return bytes(changed)


# --- 1 to 22: the ZIP ----------------------------------------------------------------------------


def _zip_in_comment(kit: Kit) -> bytes:
    """A second directory and end record, fitting each other, inside the comment of the first."""
    length = kit.good[-10:-6]
    start = int.from_bytes(kit.good[-6:-2], "little")
    directory = kit.good[start:-22]
    inner_end = kit.good[-22:-10] + length + len(kit.good).to_bytes(4, "little") + bytes(2)
    return assemble(kit.members, comment=directory + inner_end)


def _foreign(name: str, **fields: object) -> Callable[[Kit], bytes]:
    def make(kit: Kit) -> bytes:
        return resigned(kit.inserted(Member(name.encode(), b"x").change(**fields)), kit.stranger)

    return make


def _case_clash(kit: Kit) -> bytes:
    twin = kit.members[kit.find("registros/")]
    twin = twin.change(name=twin.name.upper())
    return resigned(kit.inserted(twin), kit.stranger)


def _below_a_file(kit: Kit) -> bytes:
    name = kit.members[kit.find("adjuntos/")].name + b"/x"
    return resigned(kit.inserted(Member(name, b"x"), before="pdf/"), kit.stranger)


def _twice(kit: Kit) -> bytes:
    return assemble(kit.inserted(kit.members[kit.find("certificados/")], before="adjuntos/"))


def _ratio_bomb(kit: Kit) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(50)) + packer.flush()
    name = names.blob_name("0" * 64).encode()
    bomb = Member(name, packed, size=50 << 20, packed=len(packed), method=_DEFLATED)
    return assemble(kit.inserted(bomb, before="adjuntos/"))


def overlap_bomb(kit: Kit, entries: int = 20_000, size: int = 10_000_000) -> bytes:
    """Many entries that share the bytes of one large member."""
    row = kit.find("adjuntos/")
    offset = sum(len(member.local()) for member in kit.members[:row])
    data = bytes(size)
    crc = zlib.crc32(data)
    first = Member(names.blob_name("0" * 64).encode(), data)
    twins = (
        Member(
            names.blob_name(f"{index:064x}").encode(),
            b"",
            crc=crc,
            size=size,
            offset=offset,
            headless=True,
        )
        for index in range(1, entries)
    )
    return assemble([*kit.members[:row], first, *twins, *kit.members[row:]])


def _mimetype_second(kit: Kit) -> bytes:
    return assemble([kit.members[1], kit.members[0], *kit.members[2:]])


def _mimetype_compressed(kit: Kit) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(names.MIMETYPE_VALUE) + packer.flush()
    return assemble(
        kit.changed(
            names.MIMETYPE,
            data=packed,
            crc=zlib.crc32(names.MIMETYPE_VALUE),
            size=len(names.MIMETYPE_VALUE),
            packed=len(packed),
            method=_DEFLATED,
        )
    )


_UNICODE_PATH = b"\x75\x70\x08\0\1\0\0\0\0../x"[:12]

ZIP: tuple[Attack, ...] = (
    Attack("1", "cut by one byte", "bundle.truncated", lambda kit: kit.good[:-1]),
    Attack("1b", "cut in half", "bundle.truncated", lambda kit: kit.good[: len(kit.good) // 2]),
    Attack("2", "one byte behind the end", "bundle.trailing_data", lambda kit: kit.good + b"\0"),
    Attack("3", "data before the first member", "bundle.prepended", lambda kit: b"MZ" + kit.good),
    Attack(
        "3b",
        "data before the first member, offsets repaired",
        "bundle.prepended",
        lambda kit: assemble(kit.members, before=b"#!/bin/sh\n"),
    ),
    Attack("4", "two containers in one file", "bundle.concatenated", lambda kit: kit.good * 2),
    Attack(
        "5",
        "hidden bytes between two members",
        "bundle.gap",
        lambda kit: assemble(kit.changed("adjuntos/", gap=b"oculto")),
    ),
    Attack(
        "5b",
        "hidden bytes before the directory",
        "bundle.gap",
        lambda kit: assemble(kit.members, before_directory=b"oculto"),
    ),
    Attack("6", "second directory and end inside the comment", "bundle.gap", _zip_in_comment),
    Attack(
        "6b",
        "comment behind the end record",
        "bundle.comment",
        lambda kit: assemble(kit.members, comment=b"hola"),
    ),
    Attack(
        "7",
        "count higher than the directory",
        "bundle.count",
        lambda kit: assemble(kit.members, count=len(kit.members) + 1),
    ),
    Attack(
        "7b",
        "count lower than the directory",
        "bundle.count",
        lambda kit: assemble(kit.members, count=len(kit.members) - 1),
    ),
    Attack(
        "8",
        "directory said to lie elsewhere",
        "bundle.directory_offset",
        lambda kit: assemble(kit.members, shift=1),
    ),
    Attack("9", "one name twice", "bundle.duplicate_name", _twice),
    Attack("10", "names equal but for case", "bundle.case_clash", _case_clash),
    Attack("11", "../ in a name", "bundle.name_traversal", _foreign("adjuntos/../../x")),
    Attack("11b", "absolute name", "bundle.name_traversal", _foreign("/etc/cron.d/x")),
    Attack("11c", "backslash in a name", "bundle.name_traversal", _foreign("..\\x.exe")),
    Attack("11d", "drive letter in a name", "bundle.name_traversal", _foreign("C:x.exe")),
    Attack("12", "Windows device name", "bundle.name_device", _foreign("adjuntos/con.txt")),
    Attack("13", "name in NFD", "bundle.name_nfd", _foreign("nin\u0303o.txt", flags=0x800)),
    Attack(
        "14",
        "symbolic link",
        "bundle.symlink",
        lambda kit: assemble(kit.changed("adjuntos/", attributes=0o120777 << 16, made_by=0x30A)),
    ),
    Attack("15", "name below a file", "bundle.name_folder", _below_a_file),
    Attack("15b", "entry that is a folder", "bundle.name_folder", _foreign("registros/otros/")),
    Attack(
        "16",
        "local header: other name",
        "bundle.header_mismatch",
        lambda kit: assemble(kit.changed("paquete", local_name=b"paquete.jsom")),
    ),
    Attack(
        "16b",
        "local header: other size",
        "bundle.header_mismatch",
        lambda kit: assemble(kit.changed("paquete", local_size=1)),
    ),
    Attack(
        "16c",
        "local header: other CRC",
        "bundle.header_mismatch",
        lambda kit: assemble(kit.changed("paquete", local_crc=1)),
    ),
    Attack(
        "16d",
        "local header: other method",
        "bundle.header_mismatch",
        lambda kit: assemble(kit.changed("paquete", local_method=_DEFLATED)),
    ),
    Attack(
        "17",
        "two members share their bytes",
        "bundle.overlap",
        lambda kit: assemble(kit.changed("pdf/", offset=0)),
    ),
    Attack("18", "deflated bomb, 50 MB out of 50 kB", "bundle.method", _ratio_bomb),
    Attack("18b", "20,000 entries over the same 10 MB", "bundle.overlap", overlap_bomb),
    Attack(
        "19",
        "size reaches into the next member",
        "bundle.overlap",
        lambda kit: assemble(kit.changed("adjuntos/", size=100)),
    ),
    Attack(
        "19b",
        "packed and unpacked size differ",
        "bundle.size_differs",
        lambda kit: assemble(kit.changed("adjuntos/", packed=1)),
    ),
    Attack(
        "19c",
        "size of 4 GiB",
        "bundle.size",
        lambda kit: assemble(kit.changed("adjuntos/", size=0xFFFF_FFFF)),
    ),
    Attack(
        "20",
        "encrypted member",
        "bundle.encrypted_member",
        lambda kit: assemble(kit.changed("adjuntos/", flags=1)),
    ),
    Attack(
        "20b",
        "unknown method",
        "bundle.method",
        lambda kit: assemble(kit.changed("adjuntos/", method=99)),
    ),
    Attack(
        "21",
        "extra field 0x7075 with another name",
        "bundle.extra_field",
        lambda kit: assemble(kit.changed("adjuntos/", extra=_UNICODE_PATH)),
    ),
    Attack(
        "21b",
        "extra field in the local header only",
        "bundle.gap",
        lambda kit: assemble(kit.changed("pdf/", local_extra=_UNICODE_PATH[:4])),
    ),
    Attack(
        "22",
        "mimetype missing",
        "bundle.mimetype",
        lambda kit: assemble(kit.without(names.MIMETYPE)),
    ),
    Attack("22b", "mimetype not first", "bundle.mimetype", _mimetype_second),
    Attack("22c", "mimetype compressed", "bundle.mimetype", _mimetype_compressed),
    Attack(
        "22d",
        "another mimetype",
        "bundle.mimetype",
        lambda kit: assemble(kit.changed(names.MIMETYPE, data=b"application/zip")),
    ),
)

# --- 23 to 30: the manifest ----------------------------------------------------------------------

_LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>\n'
)
_REFERENCE = b'<asic:DataObjectReference URI="paquete.json">'


def _first_line(kit: Kit) -> bytes:
    index = kit.data("ASiCManifest")
    start = index.index(_REFERENCE)
    return index[start : index.index(b"\n", start) + 1]


def _listed_twice(kit: Kit) -> bytes:
    line = _first_line(kit)
    return kit.with_manifest(line, line + line)


def _sha1(kit: Kit) -> bytes:
    line = _first_line(kit)
    data = kit.data("paquete.json")
    weak = line.replace(manifest.SHA256.encode(), b"http://www.w3.org/2000/09/xmldsig#sha1")
    weak = weak.replace(
        b64encode(hashlib.sha256(data).digest()), b64encode(hashlib.sha1(data).digest())
    )
    return kit.with_manifest(line, weak)


def _extra_blob(kit: Kit) -> bytes:
    data = b"nadie lo firm\xc3\xb3"
    name = names.blob_name(hashlib.sha256(data).hexdigest()).encode()
    before = "adjuntos/" if name < kit.members[kit.find("adjuntos/")].name else "pdf/"
    return assemble(kit.inserted(Member(name, data), before=before))


MANIFEST: tuple[Attack, ...] = (
    Attack(
        "23",
        "data byte flipped, CRC repaired",
        "bundle.digest",
        lambda kit: assemble(kit.changed("pdf/", data=flip(kit.data("pdf/"), 3))),
    ),
    Attack(
        "23b",
        "data byte flipped",
        "bundle.crc",
        lambda kit: flip(kit.good, kit.good.index(kit.data("pdf/"))),
    ),
    Attack("24", "member that the manifest does not list", "bundle.member_unlisted", _extra_blob),
    Attack(
        "25",
        "listed member missing",
        "bundle.member_missing",
        lambda kit: assemble(kit.without("adjuntos/")),
    ),
    Attack(
        "25b",
        "listed with percent-encoding",
        "bundle.member_missing",
        lambda kit: kit.with_manifest(b"paquete.json", b"paquete%2Ejson"),
    ),
    Attack("26", "listed twice", "bundle.manifest_repeated", _listed_twice),
    Attack("27", "weaker digest (SHA-1)", "bundle.manifest_weak_digest", _sha1),
    Attack(
        "28",
        "DOCTYPE",
        "bundle.manifest_doctype",
        lambda kit: kit.with_manifest(b"<asic:ASiC", b"<!DOCTYPE x>\n<asic:ASiC"),
    ),
    Attack(
        "28b",
        "entities that multiply",
        "bundle.manifest_doctype",
        lambda kit: kit.with_manifest(b"<asic:ASiC", _LAUGHS + b"<asic:ASiC"),
    ),
    Attack(
        "28c",
        "another form of the same XML",
        "bundle.manifest_form",
        lambda kit: kit.with_manifest(b'"/>\n', b'" />\n'),
    ),
    Attack(
        "29",
        "manifest byte flipped, CRC repaired",
        "bundle.signature_digest",
        lambda kit: assemble(kit.changed("ASiCManifest", data=flip(kit.data("ASiCManifest"), 300))),
    ),
    Attack(
        "30",
        "reference to another signature",
        "bundle.manifest_signature_reference",
        lambda kit: kit.with_manifest(b"signature001.p7s", b"signature002.p7s"),
    ),
)

# --- 31 to 37: the signature ---------------------------------------------------------------------


def _without_signing_certificate(kit: Kit) -> bytes:
    index, key = kit.data("ASiCManifest"), kit.stranger
    certificate = cms.certificate_der(key.certificate_pem)
    attributes = cms.signed_attributes(index, certificate, signing_certificate=False)
    signer = cms.signer_info(key.private, certificate, index, attributes)
    return kit.with_signature(cms.container(certificate, [signer]))


def _attribute_confusion(kit: Kit) -> bytes:
    """The signed attributes of a real signature, shown as if they were the content."""
    key = kit.stranger
    certificate = cms.certificate_der(key.certificate_pem)
    attributes = cms.signed_attributes(kit.data("ASiCManifest"), certificate)
    content = attributes.dump(force=True)
    signer = cms.signer_info(key.private, certificate, content, None)
    return kit.with_signature(cms.container(certificate, [signer]), content)


def _two_signers(kit: Kit) -> bytes:
    index, key = kit.data("ASiCManifest"), kit.stranger
    certificate = cms.certificate_der(key.certificate_pem)
    attributes = cms.signed_attributes(index, certificate)
    signer = cms.signer_info(key.private, certificate, index, attributes)
    return kit.with_signature(cms.container(certificate, [signer, signer]))


def _embedded(kit: Kit) -> bytes:
    index, key = kit.data("ASiCManifest"), kit.stranger
    certificate = cms.certificate_der(key.certificate_pem)
    attributes = cms.signed_attributes(index, certificate)
    signer = cms.signer_info(key.private, certificate, index, attributes)
    return kit.with_signature(cms.container(certificate, [signer], embedded=index))


def _weak(kit: Kit) -> bytes:
    index, key = kit.data("ASiCManifest"), kit.stranger
    certificate = cms.certificate_der(key.certificate_pem)
    attributes = cms.signed_attributes(index, certificate, digest="sha1")
    signer = cms.signer_info(key.private, certificate, index, attributes, digest="sha1")
    return kit.with_signature(cms.container(certificate, [signer], digest="sha1"))


CMS: tuple[Attack, ...] = (
    Attack(
        "31",
        "bit of the signature value flipped",
        "bundle.signature_value",
        lambda kit: kit.with_signature(flip(kit.data("p7s"), -5)),
    ),
    Attack(
        "31b",
        "signature of another manifest",
        "bundle.signature_digest",
        lambda kit: kit.with_signature(kit.stranger.sign_container(b"otro", AT)),
    ),
    Attack(
        "32",
        "signed attributes shown as content",
        "bundle.signature_attribute_confusion",
        _attribute_confusion,
    ),
    Attack(
        "33",
        "no signing-certificate attribute",
        "bundle.signature_no_signing_certificate",
        _without_signing_certificate,
    ),
    Attack("34", "two signers", "bundle.signature_two_signers", _two_signers),
    Attack("35", "embedded content", "bundle.signature_embedded_content", _embedded),
    Attack(
        "36",
        "DER cut by one byte",
        "bundle.signature_der",
        lambda kit: kit.with_signature(kit.data("p7s")[:-1]),
    ),
    Attack(
        "36b",
        "a byte behind the DER",
        "bundle.signature_der",
        lambda kit: kit.with_signature(kit.data("p7s") + b"\0"),
    ),
    Attack("37", "SHA-1", "bundle.signature_weak_digest", _weak),
)

ALL: tuple[Attack, ...] = ZIP + MANIFEST + CMS
