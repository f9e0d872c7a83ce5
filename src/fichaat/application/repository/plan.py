"""What becomes of each ficha of a repository: it stands as it should, or has to be written."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.extracto import ExtractoFicha, extract
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken
from fichaat.application.papers import Late, Papers, written_under
from fichaat.application.ports.store import Reader
from fichaat.application.repository import names
from fichaat.application.repository.choose import Chosen
from fichaat.application.repository.folder import RepositoryFolder
from fichaat.application.repository.manifest import Archivo, FichaEntregada
from fichaat.domain.codec import encode
from fichaat.domain.record import sha256_hex


class Plan(Struct, frozen=True):
    """One ficha to be delivered, and whether what stands there still holds."""

    chosen: Chosen
    paper: str
    """Under which its paper may be kept."""
    papel: str
    """See `FichaEntregada.papel`."""
    folder: str
    scans: tuple[tuple[str, int], ...]
    """Hash and size of each that is here."""
    missing: bool
    """A scan that it names is not here."""
    before: FichaEntregada | None
    intact: bool

    @property
    def id(self) -> str:
        return self.chosen.version.record.id


class Planner:
    def __init__(
        self, here: Installation, papers: Papers, disk: RepositoryFolder, cancel: CancelToken
    ) -> None:
        self._here = here
        self._papers = papers
        self._disk = disk
        self._cancel = cancel
        self._sizes = disk.files()

    def plans(
        self, reader: Reader, batch: Sequence[Chosen], before: dict[str, FichaEntregada]
    ) -> list[Plan]:
        """`before`: what stands there, by id of the ficha."""
        keys = self._keys(reader, batch)
        sizes = reader.blob_sizes({blob for item in batch for blob in item.escaneos})
        plans = []
        for item in batch:
            self._cancel.check()
            day = item.ficha.fecha
            assert day is not None  # candidates have one
            first = item.ficha.distritos[0].ubigeo
            folder = names.ficha_folder(self._here.territorio, first, day)
            scans = tuple((blob, sizes[blob]) for blob in item.escaneos if blob in sizes)
            paper = keys[item.version.sha256]
            papel = sha256_hex(encode((paper, folder, [blob for blob, _ in scans])))
            held = before.get(item.version.record.id)
            same = held is not None and held.papel == papel and all(map(self.stands, held.archivos))
            missing = len(scans) < len(item.escaneos)
            plans.append(Plan(item, paper, papel, folder, scans, missing, held, same))
        return plans

    def stands(self, item: Archivo) -> bool:
        """Whether a file is as it was written."""
        return (
            self._sizes.get(item.ruta) == item.bytes
            and self._disk.digest(item.ruta, self._cancel) == item.sha256
        )

    def _keys(self, reader: Reader, batch: Sequence[Chosen]) -> dict[str, str]:
        asked: dict[str, tuple[ExtractoFicha, Late]] = {}
        for item in batch:
            version = item.version
            content = extract(version.raw, version.sha256).content
            if isinstance(content, ExtractoFicha):
                late = replace(item.late, catalogo=written_under(version.record))
                asked[version.sha256] = content, late
        return self._papers.keys(reader, asked)
