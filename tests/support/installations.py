"""Laptops of one region, with real databases and real keys, for tests of merging."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from msgspec.structs import replace

from fichaat.application.import_bundle import ImportBundle
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.rows import FichaFilter, FichaRow, Profile
from fichaat.application.ports.store import Reader, Transaction
from fichaat.application.recorder import (
    CHAIN_PREVIOUS_SETTING,
    CHAIN_SETTING,
    REGION_CHAIN_PREVIOUS_SETTING,
    REGION_CHAIN_SETTING,
    Recorder,
    ToSeal,
)
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, EventoAcuerdo, Seguimiento
from fichaat.domain.authority import Authority
from fichaat.domain.ficha import DistritoAtendido, Ficha, Sesion, make_codigo
from fichaat.domain.firma import Anulacion, Evidencia, Firma, Sujeto, TipoFirma
from fichaat.domain.lineage import Estado, Lineage, history
from fichaat.domain.record import Kind, SealedRecord, Supersedes
from fichaat.domain.rol import Rol
from fichaat.domain.territorio import Territorio
from fichaat.storage.projections import fingerprint
from fichaat.storage.schema import make
from fichaat.storage.store import SqlStore
from fichaat.storage.trust_rows import ROOT_SETTING
from tests.support.fichas import DISTRITOS, LIMA, unsigned_ficha
from tests.support.keys import SeededKey
from tests.support.memory_bundles import MemoryBundles, pack

KEY = bytes(range(32))
START = datetime(2026, 11, 20, 12, tzinfo=LIMA)
UBIGEOS = ("050101", "050108", "050401")


class CountingIds:
    """UUIDs of version 7 that no two laptops share, the same in every run."""

    def __init__(self, prefix: int) -> None:
        self._prefix = prefix
        self._count = 0

    def new_id(self) -> str:
        self._count += 1
        high, low = divmod(self._count, 0x1000)
        return f"0190{self._prefix:04x}-{high:04x}-7{low:03x}-8000-{self._prefix:012x}"


@dataclass
class SteppingClock:
    """Moves a second at every look; starts as wrong as the test wants."""

    moment: datetime

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def template_store(folder: Path) -> Path:
    """An empty, migrated database to copy: migrating anew for every example is slow."""
    path = folder / "fichaat.db"
    make(path, KEY)
    return path


class Laptop:
    """One installation: seals, receives, is restored."""

    def __init__(self, folder: Path, template: Path, *, skew: timedelta, number: int) -> None:
        folder.mkdir(parents=True)
        self._path = folder / "fichaat.db"
        shutil.copy(template, self._path)
        self._ids = CountingIds(number)
        self._key = SeededKey(number)
        self.clock = SteppingClock(START + skew)
        self._profile = Profile(
            Rol.ESPECIALISTA, "05", None, f"Persona {number}", "Especialista", "GORE (ficticio)"
        )
        self._open()
        with self.here.store.write() as tx:
            tx.set_setting(CHAIN_SETTING, self._ids.new_id())
            tx.set_setting(CHAIN_PREVIOUS_SETTING, "")

    # --- what a person does ---

    def seal_new(self, seed: int) -> None:
        """A new ficha with agreements, following up some that are known here."""
        random = Random(seed)
        with self.here.store.write() as tx:
            known = _bearing(tx)
            followed = random.sample(known, min(len(known), random.randrange(3)))
            ficha = self._ficha(tx, random, followed)
            self._seal(tx, ToSeal(Kind.FICHA, ficha, self._ids.new_id()))

    def rectify(self, pick: int) -> None:
        with self.here.store.write() as tx:
            line = self._own_line(tx, pick)
            if line is None:
                return
            head = line.head
            ficha = replace(line.ficha, observaciones=f"corregida {self._ids.new_id()}")
            supersedes = Supersedes(head.record.version, head.sha256, "se corrigió un dato")
            version = head.record.version + 1
            self._seal(tx, ToSeal(Kind.FICHA, ficha, line.id, version, supersedes))

    def annul(self, pick: int) -> None:
        with self.here.store.write() as tx:
            line = self._own_line(tx, pick)
            if line is not None:
                content = Anulacion(_subject(line.head), "registrada dos veces")
                self._seal(tx, ToSeal(Kind.ANULACION, content, self._ids.new_id()))

    def late_signature(self, pick: int) -> None:
        with self.here.store.write() as tx:
            line = self._own_line(tx, pick)
            if line is not None:
                firma = Firma(line.ficha.responsables[0].id, TipoFirma.PENDIENTE, "sin señal")
                content = Evidencia(_subject(line.head), (firma,))
                self._seal(tx, ToSeal(Kind.EVIDENCIA, content, self._ids.new_id()))

    def follow_up(self, pick: int, state: int) -> None:
        """An agreement event outside a visit, about any agreement known here."""
        with self.here.store.write() as tx:
            known = _bearing(tx)
            if known:
                estado = list(EstadoAcuerdo)[state]
                content = EventoAcuerdo(
                    known[pick % len(known)],
                    estado,
                    nuevo_plazo=date(2027, 1, 1 + pick % 28)
                    if estado is EstadoAcuerdo.REPROGRAMADO
                    else None,
                )
                self._seal(tx, ToSeal(Kind.SEGUIMIENTO, content, self._ids.new_id()))

    def copy_id(self, pick: int) -> None:
        """Seal a version 1 with an id that another device began."""
        with self.here.store.write() as tx:
            foreign = [row for row in _rows(tx) if row.origin != self.device]
            if foreign:
                row = foreign[pick % len(foreign)]
                if all(other.origin != self.device for other in tx.fichas_with_id(row.id)):
                    ficha = self._ficha(tx, Random(pick), [])
                    self._seal(tx, ToSeal(Kind.FICHA, ficha, row.id))

    # --- exchange ---

    @property
    def device(self) -> str:
        return self._key.device

    def held(self) -> list[SealedRecord]:
        with self.here.store.read() as reader:
            return list(reader.records())

    def certificates(self) -> dict[str, bytes]:
        with self.here.store.read() as reader:
            devices = {place.device for place in reader.places()}
            return reader.certificates(devices)

    def receive(
        self, sealed: Sequence[SealedRecord], sender: "Laptop", *, stops_after: int | None = None
    ) -> int:
        """Import these records as one bundle, whatever the clock here says; how many that added."""
        bundle = pack(
            sealed,
            sender.certificates(),
            id_=sender._ids.new_id(),
            exporter=sender.device,
            stops_after=stops_after,
        )
        before = self._count()
        job = ImportBundle(self.here, self._bundles)
        verdict, _ = job(self._bundles.put(bundle), accept_clock=True)
        assert verdict.aplicado, verdict.codigo
        return self._count() - before

    # --- accidents ---

    def copy_to(self, target: Path) -> None:
        """A backup: the database as it is now."""
        self.here.store.close()
        shutil.copy(self._path, target)
        self._open()

    def go_back_to(self, backup: Path, *, new_chain: bool) -> None:
        """Back to an earlier state: as the program restores, or as a careless copy does."""
        self.here.store.close()
        shutil.copy(backup, self._path)
        self._open()
        if new_chain:
            with self.here.store.write() as tx:
                head = tx.chain_head(self.device, tx.setting(CHAIN_SETTING) or "")
                tx.set_setting(CHAIN_PREVIOUS_SETTING, "" if head is None else head.sha256)
                tx.set_setting(CHAIN_SETTING, self._ids.new_id())
                chain, root = tx.setting(REGION_CHAIN_SETTING), tx.setting(ROOT_SETTING)
                if chain and root:
                    head = tx.chain_head(root, chain)
                    tx.set_setting(
                        REGION_CHAIN_PREVIOUS_SETTING, "" if head is None else head.sha256
                    )
                    tx.set_setting(REGION_CHAIN_SETTING, "")

    def close(self) -> None:
        self.here.store.close()

    # --- what must be equal everywhere ---

    def fingerprint(self) -> str:
        with self._store._session(writes=False) as session:
            return fingerprint(session)

    def rebuilt(self) -> str:
        return self.here.store.rebuild(no_progress, CancelToken()).projections_sha256

    def view(self) -> tuple[object, ...]:
        """Gaps, forks and states as a person would see them."""
        with self.here.store.read() as reader:
            rows = [(r.id, r.origin, r.version, r.estado, r.sha256) for r in _rows(reader)]
            return tuple(reader.gaps()), tuple(reader.forks()), tuple(sorted(rows))

    # --- inside ---

    def _open(self) -> None:
        self._store = SqlStore(self._path, KEY)
        self._bundles = MemoryBundles()
        self.here = Installation(
            store=self._store,
            profile=self._profile,
            key=self._key,
            clock=self.clock,
            ids=self._ids,
            territorio=Territorio(DISTRITOS.values()),
            app="0.1.0",
        )
        self._recorder = Recorder(self.here)

    def _count(self) -> int:
        with self.here.store.read() as reader:
            return reader.record_count()

    def _seal(self, tx: Transaction, item: ToSeal) -> None:
        tx.add_records(self._recorder.seal(tx, [item]), self._recorder.certificates())

    def _ficha(self, tx: Transaction, random: Random, followed: Sequence[str]) -> Ficha:
        chain = tx.setting(CHAIN_SETTING) or ""
        districts = random.sample(UBIGEOS, random.randint(1, 2))
        return replace(
            unsigned_ficha(),
            codigo=make_codigo("05", 2026, chain, tx.next_numbers(chain, 2026, 1)),
            fecha=date(2026, 11, random.randint(1, 28)),
            distritos=tuple(
                DistritoAtendido(ubigeo, random.choice(list(Sesion))) for ubigeo in districts
            ),
            acuerdos=tuple(
                Acuerdo(self._ids.new_id(), f"Acuerdo {n}", "Gerencia", date(2026, 12, 15))
                for n in range(random.randrange(3))
            ),
            seguimientos=tuple(
                Seguimiento(acuerdo, estado=random.choice(list(EstadoAcuerdo)))
                for acuerdo in followed
            ),
        )

    def _own_line(self, reader: Reader, pick: int) -> Lineage | None:
        """Some living ficha that this laptop began."""
        own = [row for row in _rows(reader) if row.origin == self.device]
        if not own:
            return None
        row = own[pick % len(own)]
        lines = history(reader.records_about([row.id]), Authority()).lineages
        line = next(line for line in lines if line.origin == self.device)
        return line if line.estado is Estado.SELLADA else None


def _rows(reader: Reader) -> list[FichaRow]:
    return reader.fichas(FichaFilter(), limit=10_000)


def _bearing(reader: Reader) -> list[str]:
    """Ids of the agreements known here, in a fixed order."""
    return sorted(
        acuerdo.id
        for sealed in reader.records()
        if isinstance(sealed.record.content, Ficha)
        for acuerdo in sealed.record.content.acuerdos
    )


def _subject(head: SealedRecord) -> Sujeto:
    return Sujeto(head.record.id, head.record.version, head.sha256)
