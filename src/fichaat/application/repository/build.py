"""Use case: the folder that a region uploads to the repository of the FED coordinator.

A run writes what is new or changed, one whole file after the other, and the manifest last. What a
run that was stopped left whole is taken up by the next.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.papers import Papers
from fichaat.application.ports.papers import FichaPaper, Workbooks
from fichaat.application.ports.store import Reader
from fichaat.application.repository import names
from fichaat.application.repository.choose import (
    BATCH,
    Wanted,
    candidates,
    choose,
    records_of,
)
from fichaat.application.repository.folder import OpenFolder, RepositoryFolder
from fichaat.application.repository.index import Index, IndexLine, Sentence, index_lines
from fichaat.application.repository.ledger import Ledger
from fichaat.application.repository.manifest import (
    FORMATO,
    Archivo,
    FichaEntregada,
    Manifiesto,
    Parts,
    decode_manifest,
    oversize,
)
from fichaat.application.repository.plan import Plan, Planner
from fichaat.application.repository.records import Carried, RecordFiles, carried
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.domain.rol import Rol

_MEGA: Final = 1_000_000
_CHECKPOINT: Final = 200
"""Fichas after which what was written is noted: a run that is killed loses no more."""


class Delivered(Struct, frozen=True):
    """What a run found and did."""

    folder: Path
    fichas: int
    nuevas: int
    cambiadas: int
    """Another version, another paper, or files that had to be written again."""
    retiradas: tuple[str, ...]
    """Codes of fichas that stood there and may not any more."""
    archivos: int
    """Files in all, manifest and check sums aside."""
    escritos: int
    bytes: int
    partes: int
    """0 where there are none."""
    sin_escaneo: tuple[str, ...]
    """Codes of fichas that name a scan whose bytes are not here."""
    ajenos: int
    """Files in the folder that are not of this program: they stay."""
    grandes: tuple[str, ...] = ()
    """What is larger than a part and has one of its own: codes of fichas, names of packages."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a run works with besides the data."""

    papers: Papers
    workbooks: Workbooks
    records: RecordFiles
    open_folder: OpenFolder
    sentence: Sentence


class BuildRepository:
    def __init__(self, here: Installation, tools: Tools) -> None:
        self._here = here
        self._tools = tools

    def __call__(
        self,
        folder: Path,
        wanted: Wanted | None = None,
        *,
        volume_mb: int | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Delivered:
        """Bring a folder to what the region may show.

        Args:
            folder: empty, or one that this made before; it must exist.
            wanted: which fichas; those that stand there already stay whatever days are asked for.
            volume_mb: largest part; that of the first run where None, and it may not change.
            progress: units are fichas.
            cancel: looked at between files; what is whole stays for the next run.

        Raises:
            UserFacingError: as `check`; "repositorio.not_ours", "repositorio.other_region",
                "repositorio.other_volume", "repositorio.nothing", "repositorio.none_approved",
                "repositorio.read_back", "repositorio.link", "system.*".
            CancelledError: somebody stopped it.
        """
        profile, asked = self._here.profile, wanted or Wanted()
        self.check(asked)
        disk = self._tools.open_folder(folder)
        before = _manifest(disk, profile.region, volume_mb)
        if before is None:
            before = Manifiesto(FORMATO, profile.region, True, self._here.clock.now(), volume_mb)
        run = _Run(self._here, self._tools, disk, before, cancel or CancelToken())
        return run(folder, asked, progress)

    def check(self, wanted: Wanted) -> None:
        """What is known before there is a folder.

        Raises:
            UserFacingError: "repositorio.coordinator_only", "repositorio.practice",
                "repositorio.period".
        """
        if self._here.profile.rol is not Rol.COORDINADOR:
            raise UserFacingError("repositorio.coordinator_only")
        if self._here.profile.practice:
            raise UserFacingError("repositorio.practice")
        desde, hasta = wanted.desde, wanted.hasta
        if desde is not None and hasta is not None and desde > hasta:
            raise UserFacingError(
                "repositorio.period", desde=desde.isoformat(), hasta=hasta.isoformat()
            )


class _Run:
    """One run: plans, writes, and tells."""

    def __init__(
        self,
        here: Installation,
        tools: Tools,
        disk: RepositoryFolder,
        before: Manifiesto,
        cancel: CancelToken,
    ) -> None:
        self._here, self._tools, self._disk, self._cancel = here, tools, disk, cancel
        self._before = before
        self._planner = Planner(here, tools.papers, disk, cancel)
        sound = [item for item in before.paquetes if self._planner.stands(item.archivo)]
        self._ledger = Ledger(here.clock, disk, before, sound, cancel)
        self._stems = {item.stem: item.id for item in before.fichas}
        held = [(item.parte, item.bytes) for item in before.fichas]
        held += [(item.parte, item.archivo.bytes) for item in sound]
        self._limit = None if before.volumen_mb is None else before.volumen_mb * _MEGA
        self._parts = Parts(self._limit, held)
        self._lines: list[IndexLine] = []
        self._carry: dict[str, Carried] = {}
        self._nuevas = self._cambiadas = self._noted = 0
        self._sin_escaneo: list[str] = []

    def __call__(self, folder: Path, wanted: Wanted, progress: Progress) -> Delivered:
        seen: set[str] = set()
        with self._here.store.read() as reader:
            ids = candidates(reader, wanted, self._ledger.fichas)
            for number, batch in enumerate(choose(reader, ids, wanted)):
                plans = self._planner.plans(reader, batch, self._ledger.fichas)
                for chosen in batch:
                    self._carry |= {x.sha256: carried(x) for x in chosen.registros}
                self._write_fichas(reader, plans, progress, seen, (number, len(ids)))
            if not seen and not self._before.fichas:
                raise UserFacingError(
                    "repositorio.nothing" if wanted.todas else "repositorio.none_approved"
                )
            gone = [item for item in self._before.fichas if item.id not in seen]
            if gone:
                told = records_of(reader, [item.id for item in gone])
                self._carry |= {item.sha256: carried(item) for item in told}
                self._ledger.begin()
                for item in gone:
                    del self._ledger.fichas[item.id]
                    self._parts.leave(item.parte, item.bytes)
            self._write_records(reader)
        index = self._write_index()
        ajenos = self._ledger.close(index)
        return self._told(folder, gone, index, ajenos)

    # what is written

    def _write_fichas(
        self,
        reader: Reader,
        plans: Sequence[Plan],
        progress: Progress,
        seen: set[str],
        at: tuple[int, int],
    ) -> None:
        """`at`: the number of the batch, and how many fichas may come in all."""
        stale = [plan for plan in plans if not plan.intact]
        kept = reader.papers([plan.paper for plan in stale])
        faces = [
            self._tools.papers.paper(reader, plan.chosen.version, plan.chosen.late)
            for plan in stale
            if plan.paper not in kept
        ]
        done = at[0] * BATCH
        with closing(_rendered(self._tools.papers, faces)) as rendered:
            for place, plan in enumerate(plans, 1):
                self._cancel.check()
                delivered = plan.before
                if delivered is None or not plan.intact:
                    pdf = kept.get(plan.paper) or next(rendered)
                    delivered = self._deliver(reader, plan, pdf)
                seen.add(plan.id)
                if plan.missing:
                    self._sin_escaneo.append(plan.chosen.ficha.codigo)
                self._lines += index_lines(plan.chosen, delivered, self._here.territorio)
                progress(min(done + place, at[1]), at[1])
        progress(min(done + BATCH, at[1]), at[1])

    def _deliver(self, reader: Reader, plan: Plan, pdf: bytes) -> FichaEntregada:
        self._ledger.begin()
        version, before = plan.chosen.version, plan.before
        codigo = plan.chosen.ficha.codigo
        size = len(pdf) + sum(bytes_ for _, bytes_ in plan.scans)
        stood = None if before is None else (before.parte, before.bytes)
        part = self._parts.take(size, stood)
        stem = f"{names.plain(codigo)}-v{version.record.version}"
        if self._stems.setdefault(stem, plan.id) != plan.id:
            stem = f"{names.plain(codigo)}-{plan.id[-8:]}-v{version.record.version}"
        base = f"{names.part_folder(part)}{plan.folder}/{stem}"
        files = [self._ledger.put(f"{base}.pdf", pdf)]
        for number, (blob, _) in enumerate(plan.scans, 1):
            self._cancel.check()
            data = reader.blob(blob) or b""
            files.append(self._ledger.put(f"{base}-firmada-{number}.{names.extension(data)}", data))
        if before is None:
            self._nuevas += 1
        else:
            self._cambiadas += 1
        self._ledger.fichas[plan.id] = made = FichaEntregada(
            plan.id,
            codigo,
            version.record.version,
            version.sha256,
            plan.papel,
            part,
            tuple(files),
        )
        if self._nuevas + self._cambiadas >= self._noted + _CHECKPOINT:
            self._noted = self._nuevas + self._cambiadas
            self._ledger.note()
        return made

    def _write_records(self, reader: Reader) -> None:
        """What no sound package carries yet, and what says whose keys those are."""
        known = {digest for item in self._ledger.paquetes for digest in item.registros}
        missing = [item for digest, item in self._carry.items() if digest not in known]
        if not missing:
            return
        said = (carried(item) for item in reader.region_records())
        missing += [item for item in said if item.sha256 not in known]
        self._ledger.begin()
        last = max((names.records_number(x.archivo.ruta) for x in self._before.paquetes), default=0)
        made = self._tools.records.write(self._disk, missing, last + 1, self._parts, self._cancel)
        for item in made:
            self._ledger.written += 1
            self._ledger.paquetes.append(item)

    def _write_index(self) -> tuple[Archivo, ...]:
        here = self._here
        region = here.territorio.gobierno_regional(here.profile.region) or here.profile.region
        index = Index(self._lines, region, self._tools.sentence)
        book = self._tools.workbooks.write(index.workbook())
        self._cancel.check()
        files = []
        for name, data in ((names.INDEX_XLSX, book), (names.INDEX_CSV, index.csv())):
            wanted = Archivo(name, sha256_hex(data), len(data))
            if not self._planner.stands(wanted):
                self._ledger.begin()
                self._ledger.put(name, data)
            files.append(wanted)
        return tuple(files)

    def _told(
        self,
        folder: Path,
        gone: Sequence[FichaEntregada],
        index: tuple[Archivo, ...],
        ajenos: int,
    ) -> Delivered:
        manifest = self._ledger.manifest(index, completo=True)
        files = list(manifest.archivos)
        parts = {item.parte for item in self._ledger.fichas.values()}
        parts |= {item.parte for item in self._ledger.paquetes}
        return Delivered(
            folder=folder,
            fichas=len(self._ledger.fichas),
            nuevas=self._nuevas,
            cambiadas=self._cambiadas,
            retiradas=tuple(sorted(item.codigo for item in gone)),
            archivos=len(files),
            escritos=self._ledger.written,
            bytes=sum(item.bytes for item in files),
            partes=len(parts - {0}),
            sin_escaneo=tuple(sorted(self._sin_escaneo)),
            ajenos=ajenos,
            grandes=oversize(manifest, self._limit),
        )


def _manifest(disk: RepositoryFolder, region: str, volume_mb: int | None) -> Manifiesto | None:
    """What a run before left; None in a folder that holds nothing.

    Raises:
        UserFacingError: "repositorio.not_ours", "repositorio.other_region",
            "repositorio.other_volume", "repositorio.undivided".
    """
    data = disk.read(names.MANIFEST)
    if data is None:
        if disk.files():
            raise UserFacingError("repositorio.not_ours")
        return None
    found = decode_manifest(data)
    if found.region != region:
        raise UserFacingError("repositorio.other_region", region=found.region, propia=region)
    if volume_mb is not None and volume_mb != found.volumen_mb:
        if not found.volumen_mb:
            raise UserFacingError("repositorio.undivided")
        raise UserFacingError("repositorio.other_volume", volumen=found.volumen_mb)
    return found


def _rendered(papers: Papers, faces: Sequence[FichaPaper]) -> Generator[bytes, None, None]:
    """One at a time; closing it lets the processes go that render."""
    if faces:
        yield from papers.render_many(faces)
