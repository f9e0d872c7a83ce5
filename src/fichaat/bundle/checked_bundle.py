"""A container that holds as a whole, and its records as they are asked for: each is what its place
says, and bears the signature of the device that its place names.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import BinaryIO

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.keys import Answer, RecordVerifier, SignatureChecks, Trust
from fichaat.application.sealers import check_sealer
from fichaat.bundle import names, strict_zip
from fichaat.bundle.layout import Entry
from fichaat.domain import codec
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.record import SealedRecord, sha256_hex

_BATCH = 256
"""Records whose signatures are verified together."""

_AHEAD = 2
"""Batches that are read while the signatures of an earlier one are verified."""

_RECEPTION = b'"kind":"recepcion"'
"""In every reception, as records are canonical; in nothing else that this version reads."""

MAX_REGION_BYTES = 64 << 20
"""Of records sealed by one key of a region: they are held at once; a thousand devices take less."""


class CheckedBundle:
    """A container whose structure, signature, manifest, digests and `paquete.json` hold."""

    def __init__(
        self,
        file: BinaryIO,
        records: Sequence[Entry],
        blobs: Mapping[str, Entry],
        cancel: CancelToken,
        *,
        sha256: str,
        cifrado: bool,
        info: PaqueteInfo,
        exporter: str,
        certificates: Mapping[str, bytes],
        verifiers: Mapping[str, RecordVerifier],
        trust: Trust,
        checks: SignatureChecks,
    ) -> None:
        self._file = file
        self._sha256 = sha256
        self._cifrado = cifrado
        self._info = info
        self._exporter = exporter
        self._certificates = MappingProxyType(dict(certificates))
        self._verifiers = verifiers
        self._trust = trust
        self._checks = checks
        self._cancel = cancel
        self._records = records
        self._blobs = blobs

    @property
    def sha256(self) -> str:
        """Of the whole file, as it was received."""
        return self._sha256

    @property
    def cifrado(self) -> bool:
        """Whether it came in an envelope."""
        return self._cifrado

    @property
    def info(self) -> PaqueteInfo:
        return self._info

    @property
    def exporter(self) -> str:
        """Device whose signature is on the container."""
        return self._exporter

    @property
    def certificates(self) -> Mapping[str, bytes]:
        """PEM by device."""
        return self._certificates

    @property
    def blobs(self) -> Mapping[str, int]:
        """Size by SHA-256 of every member of `adjuntos/`."""
        return MappingProxyType({sha256: entry.size for sha256, entry in self._blobs.items()})

    @property
    def record_count(self) -> int:
        return len(self._records) // 2

    def records(self) -> Iterator[SealedRecord]:
        """Decoded, signature verified, in the order of the file.

        Signatures are verified beside the work of whoever asks, a few batches ahead of it.

        Raises:
            UserFacingError: "bundle.record_*": a record that is not what its place says;
                "bundle.region_key_*", "bundle.device_key_kind", "bundle.credential_certificate",
                "bundle.catalog_certificate": its key may not seal that;
                "bundle.changed_while_reading": the file is no longer the one that was checked.
            CancelledError: the person cancelled.
        """
        yield from self._checked(self._records)

    def trust_records(self, root: str) -> list[SealedRecord]:
        """What one key of a region sealed, ahead of everything else; see `ports.OpenBundle`.

        Raises:
            UserFacingError: as `records`; "bundle.region_records": too many bytes.
        """
        verifier = self._verifiers.get(root)
        if verifier is None or not verifier.is_region:
            return []
        entries = self._sealed_by((root,))
        if sum(entry.size for entry in entries) > MAX_REGION_BYTES:
            raise UserFacingError("bundle.region_records")
        return [item for item in self._checked(entries) if not item.opaque]

    def receptions(self, devices: Collection[str]) -> Iterator[SealedRecord]:
        """What some devices say to have received, ahead of everything else; see `ports.OpenBundle`.

        Raises:
            UserFacingError: as `records`.
        """
        entries = self._sealed_by(devices)
        members = strict_zip.contents(self._file, entries)
        chosen: list[Entry] = []
        for (entry, raw), (signature, _) in zip(members, members, strict=True):
            self._cancel.check()
            if _RECEPTION in raw:
                chosen += [entry, signature]
        yield from self._checked(chosen)

    def _sealed_by(self, devices: Collection[str]) -> list[Entry]:
        folders = tuple(map(names.records_folder, devices))
        return [entry for entry in self._records if entry.name.startswith(folders)]

    def _checked(self, records: Sequence[Entry]) -> Iterator[SealedRecord]:
        ahead: deque[tuple[list[SealedRecord], Answer]] = deque()
        for batch in self._batches(records):
            ahead.append((batch, self._begin(batch)))
            if len(ahead) > _AHEAD:
                yield from self._verified(*ahead.popleft())
        while ahead:
            yield from self._verified(*ahead.popleft())

    def _batches(self, records: Sequence[Entry]) -> Iterator[list[SealedRecord]]:
        """Decoded, signatures not looked at; small in number and in bytes."""
        members = strict_zip.contents(self._file, records)
        batch: list[SealedRecord] = []
        size = 0
        for (entry, raw), (_, signature) in zip(members, members, strict=True):
            self._cancel.check()
            batch.append(self._record(entry.name, raw, signature))
            size += len(raw)
            if len(batch) >= _BATCH or size >= strict_zip.CHUNK:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _begin(self, batch: Sequence[SealedRecord]) -> Answer:
        return self._checks.begin([(self._verifiers[item.record.device], item) for item in batch])

    def _verified(self, batch: Sequence[SealedRecord], answer: Answer) -> Iterator[SealedRecord]:
        answer()
        for item in batch:
            device = item.record.device
            check_sealer(item, self._verifiers[device], self._certificates[device], self._trust)
        for item in batch:
            self._cancel.check()
            yield item

    def blob(self, sha256: str) -> bytes:
        """Raises:
        KeyError: the file does not hold it.
        UserFacingError: "bundle.changed_while_reading".
        """
        data = strict_zip.read_member(self._file, self._blobs[sha256])
        if sha256_hex(data) != sha256:
            raise UserFacingError("bundle.changed_while_reading")
        return data

    def _record(self, name: str, raw: bytes, signature: bytes) -> SealedRecord:
        place = names.parse_record_name(name)
        try:
            sealed = codec.decode_record(raw, signature)
        except SchemaError as error:
            canonical = error.code == "schema.not_canonical"
            code = "bundle.record_not_canonical" if canonical else "bundle.record_form"
            raise UserFacingError(code, miembro=name, problema=error.code) from error
        record = sealed.record
        if sealed.sha256 != place.sha256:
            raise UserFacingError("bundle.record_hash", miembro=name)
        if sealed.place != (place.device, place.chain, place.sequence):
            raise UserFacingError("bundle.record_place", miembro=name)
        if record.region != self._info.region:
            raise UserFacingError("bundle.record_region", miembro=name, region=record.region)
        if record.practice != self._info.practice:
            raise UserFacingError("bundle.record_practice", miembro=name)
        return sealed
