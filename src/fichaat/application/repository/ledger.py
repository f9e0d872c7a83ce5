"""What stands in the folder of a repository by now, and the manifest that says so.

From the first file on the folder says that it is not complete, until it is closed: a run that was
stopped leaves no manifest that promises too much.
"""

from collections.abc import Iterable

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.keys import Clock
from fichaat.application.repository import names
from fichaat.application.repository.folder import RepositoryFolder
from fichaat.application.repository.manifest import (
    FORMATO,
    Archivo,
    Manifiesto,
    PaqueteEntregado,
    checksums,
    encode_manifest,
)
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import sha256_hex


class Ledger:
    """`fichas` (by id) and `paquetes` are what the manifest would say by now."""

    def __init__(
        self,
        clock: Clock,
        disk: RepositoryFolder,
        before: Manifiesto,
        paquetes: Iterable[PaqueteEntregado],
        cancel: CancelToken,
    ) -> None:
        """Begin with what stands.

        Args:
            clock: dates the manifest.
            disk: the folder.
            before: what the run before left.
            paquetes: of those, the ones that stand as they should.
            cancel: looked at between files.
        """
        self._clock, self._disk, self._cancel = clock, disk, cancel
        self._before = before
        self.fichas = {item.id: item for item in before.fichas}
        self.paquetes = list(paquetes)
        self.written = 0
        """Files that had to be written."""
        self._begun = False

    def put(self, name: str, data: bytes) -> Archivo:
        """A file, unless a run that was stopped left it as it should be.

        Raises:
            UserFacingError: "repositorio.read_back"; as `RepositoryFolder.write`.
        """
        wanted = Archivo(name, sha256_hex(data), len(data))
        if self._disk.digest(name, self._cancel) != wanted.sha256:
            if self._disk.write(name, data) != wanted.sha256:
                raise UserFacingError("repositorio.read_back", archivo=name)
            self.written += 1
        return wanted

    def begin(self) -> None:
        """From here on the folder says that it is not complete."""
        if not self._begun:
            self._begun = True
            self._disk.remove(names.CHECKSUMS)
            self.note()

    def note(self) -> None:
        """What was written so far, for a run that takes it up."""
        manifest = self.manifest(self._before.indice, completo=False)
        self._disk.write(names.MANIFEST, encode_manifest(manifest))

    def close(self, index: tuple[Archivo, ...]) -> int:
        """The manifest and what it is checked with, and away with what is not wanted any more;
        how many files are somebody else's.
        """
        manifest = self.manifest(index, completo=True)
        expected = {item.ruta for item in manifest.archivos} | {names.MANIFEST, names.CHECKSUMS}
        found = self._disk.files()
        stale = [name for name in found if name not in expected and names.is_ours(name)]
        if not self._begun and not stale and self._before.completo:
            sums = checksums(self._before, names.MANIFEST)
            if self._disk.read(names.CHECKSUMS) == sums:
                self._disk.tidy()
                return len(found.keys() - expected)
        self.begin()
        for name in stale:
            self._cancel.check()
            self._disk.remove(name)
        self._disk.tidy()
        self._disk.write(names.MANIFEST, encode_manifest(manifest))
        self._disk.write(names.CHECKSUMS, checksums(manifest, names.MANIFEST))
        return len(found.keys() - expected - set(stale))

    def manifest(self, index: tuple[Archivo, ...], *, completo: bool) -> Manifiesto:
        """What it says now of fichas and packages, with this index."""
        return Manifiesto(
            FORMATO,
            self._before.region,
            completo,
            self._clock.now().replace(microsecond=0),
            self._before.volumen_mb,
            tuple(sorted(self.fichas.values(), key=lambda x: (x.codigo, x.id))),
            tuple(self.paquetes),
            index,
        )
