"""Writes one container: the same members, key and signature give the same bytes."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from fichaat.application.ports.bundles import BundleFile, BundleMember
from fichaat.application.ports.keys import DeviceKey
from fichaat.bundle import manifest, names
from fichaat.bundle.strict_zip import ZipWriter
from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import atomic_file

_OWN = frozenset({names.MIMETYPE, names.MANIFEST, names.SIGNATURE})


class StrictBundleWriter:
    """Adds `mimetype`, the manifest and its signature around the members it is given."""

    def write(
        self,
        target: Path,
        members: Iterable[BundleMember],
        key: DeviceKey,
        claimed_at: datetime,
    ) -> BundleFile:
        """Sign and write one container atomically; members in the profile's order.

        The members are taken one at a time, so that the caller may produce them as it goes.

        Raises:
            ValueError: a name outside the profile, repeated or out of order, one that the writer
                makes itself, or no `paquete.json`: a bug of the caller.
            UserFacingError: "system.*" (no space, read-only, target removed), "bundle.size",
                "bundle.too_many", "bundle.too_large", "storage.corrupt" (a member has not the
                hash that it must have): nothing is left.
        """
        with atomic_file(target, temporary_name=temporary_name(key)) as out:
            packed = pack(out, members, key, claimed_at)
        return BundleFile(target, packed.sha256, packed.bytes, packed.records)


class Packed(Struct, frozen=True):
    """What one container became."""

    sha256: str
    bytes: int
    records: int


def temporary_name(key: DeviceKey) -> str:
    """Every export has a new name: this one is the same, so that no rest stays on a USB stick."""
    return f".fichaat-{key.device[:8]}.parcial"


def pack(
    out: BinaryIO, members: Iterable[BundleMember], key: DeviceKey, claimed_at: datetime
) -> Packed:
    """Sign and write one container into an open file.

    Raises:
        ValueError: see `StrictBundleWriter.write`.
        UserFacingError: "bundle.size", "bundle.too_many", "bundle.too_large", "storage.corrupt".
        OSError: the file cannot be written.
    """
    with ZipWriter(out) as zip_writer:
        zip_writer.add(names.MIMETYPE, names.MIMETYPE_VALUE)
        listed: list[tuple[str, bytes]] = []
        records = 0
        for member in members:
            if member.name in _OWN:
                raise ValueError(f"the writer makes {member.name!r} itself")
            digest = hashlib.sha256(member.data)
            if member.sha256 not in {None, digest.hexdigest()}:
                raise UserFacingError("storage.corrupt")
            part = zip_writer.add(member.name, member.data)
            listed.append((member.name, digest.digest()))
            records += part == names.Part.RECORD
        if not listed or listed[0][0] != names.PAQUETE:
            raise ValueError(f"a container begins with {names.PAQUETE}")
        index = manifest.encode(listed)
        zip_writer.add(names.MANIFEST, index)
        zip_writer.add(names.SIGNATURE, key.sign_container(index, claimed_at))
        zip_writer.finish()
        return Packed(zip_writer.sha256, zip_writer.size, records)
