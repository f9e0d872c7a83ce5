"""Laptops, a calendar and the ways on which bundles travel, for the rehearsal."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.rows import FichaFilter
from fichaat.application.program import Program
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.region.approve_devices import Terms
from fichaat.application.rehearsal.cast import CAST, Who
from fichaat.application.session import Session
from fichaat.application.sign_ficha import people
from fichaat.application.verdict import BundleVerdict
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import TipoFirma
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto

_PAGE = 1000
REASON = "FICTICIO: motivo dado para la demostración."


class StageClock:
    """Stands still until the next scene."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """The moment of the scene."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """The next scene; a wrong clock may as well go back."""
        self._moment = moment


@dataclass(slots=True)
class Stage:
    """The laptops of the rehearsal, each with its own data folder, all open at once."""

    program: Program
    clock: StageClock
    place: Path
    passphrase: str
    strokes: Sequence[bytes]
    cancel: CancelToken
    first_day: datetime
    _open: dict[Who, Session] = field(default_factory=dict)
    _bundles: int = 0
    _seeds: int = 0

    def day(self, number: int) -> None:
        """Go to a day of the rehearsal, and look whether the person still wants it."""
        self.cancel.check()
        self.clock.set(self.first_day + timedelta(days=number))

    def folder(self, who: Who) -> Path:
        """Where a laptop keeps its data."""
        return self.place / who.value

    def begin(self, who: Who) -> Session:
        """A laptop's first start."""
        self.program.create(self.folder(who), CAST[who], self.passphrase)
        return self._unlock(who)

    def on(self, who: Who) -> Session:
        """A laptop at work."""
        return self._open[who]

    def device(self, who: Who) -> str:
        """The device id of a laptop."""
        return self._open[who].here.key.device

    def copy(self, who: Who, twin: Who) -> None:
        """Somebody copies a data folder and opens both: what nobody should do."""
        self._open.pop(who).close()
        shutil.copytree(self.folder(who), self.folder(twin))
        self._unlock(who)
        self._unlock(twin)

    def restore(self, who: Who, snapshot: Path) -> None:
        """Bring a laptop's backup back."""
        self._open.pop(who).close()
        self.program.restore(snapshot, self.folder(who), self.passphrase, no_progress)
        self._unlock(who)

    def close(self) -> None:
        """Shut every laptop."""
        with ExitStack() as stack:
            for session in self._open.values():
                stack.callback(session.close)
            self._open.clear()

    # --- what people do ---

    def seed(self, who: Who, count: int) -> None:
        """Visits, sealed."""
        self._seeds += 1
        self.on(who).seed(count, self._seeds, cancel=self.cancel)

    def codigos(self, who: Who, origin: str | None = None) -> list[str]:
        """The codes of the fichas that a device began, in the order of their numbers.

        Args:
            who: at whose laptop one looks.
            origin: the device; the laptop's own where None.
        """
        wanted = origin or self.device(who)
        rows = self.on(who).queries.fichas(FichaFilter(), limit=_PAGE)
        return sorted((row.codigo for row in rows if row.origin == wanted), key=_number)

    def rectify(self, who: Who, codigo: str, note: str) -> SealedRecord:
        """Correct a ficha, have it signed again, seal it."""
        session = self.on(who)
        content = session.queries.ficha(codigo).contenido
        draft, _ = session.rectify(codigo, REASON, replace(content, observaciones=note))
        for number, person in enumerate(people(draft.ficha)):
            stroke = self.strokes[number % len(self.strokes)]
            session.sign(codigo, person.id, TipoFirma.TRAZO, stroke=stroke)
        (outcome,), _ = session.seal([codigo], REASON)
        if outcome.record is None:
            raise failed("rectificar")
        return outcome.record

    def forge(self, who: Who, item: ToSeal) -> SealedRecord:
        """Seal what the program would not let its user seal."""
        recorder = Recorder(self.on(who).here)
        with self.on(who).here.store.write() as tx:
            (record,) = recorder.seal(tx, [item])
            tx.add_records([record], recorder.certificates())
        return record

    def approve(
        self,
        by: Who,
        key: RegionKey,
        who: Who,
        *,
        ambito: str | None = None,
        days: int | None = None,
    ) -> None:
        """A laptop asks by file, a coordinator approves it for so many days."""
        request = self.on(who).request(self._next_place() / "solicitud.fichaat").path
        asked = self.on(by).read_request(request)
        hasta = None if days is None else self.clock.now() + timedelta(days=days)
        self.on(by).approve_devices(key, [asked], Terms(ambito=ambito, hasta=hasta))

    def region(self, who: Who, name: str) -> RegionKey:
        """A coordinator makes a region, its key in a file of that name."""
        key, _ = self.on(who).create_region(self.place / name, self.passphrase)
        return key

    def believe(self, who: Who, key: RegionKey) -> None:
        """Somebody compared the eight words with the region."""
        self.on(who).accept_region(" ".join(self.program.fingerprint_words(key.device)))

    def export(
        self,
        who: Who,
        *,
        everything: bool = False,
        para: str | None = None,
        plain: bool = False,
        volume_bytes: int | None = None,
    ) -> list[Path]:
        """The files of one export."""
        files, _ = self.on(who).export(
            self._next_place(),
            everything=everything,
            para=para,
            plain=plain,
            volume_bytes=volume_bytes,
            cancel=self.cancel,
        )
        return [file.path for file in files]

    def hand(self, path: Path, who: Who) -> BundleVerdict:
        """One file to one laptop; what that made of it."""
        verdict, _ = self.on(who).import_bundle(path, cancel=self.cancel)
        if not verdict.aplicado:
            raise failed(f"importar ({verdict.codigo})")
        return verdict

    def send(self, sender: Who, receiver: Who) -> Path:
        """What waits at one laptop, as one file, to another."""
        (path,) = self.export(sender)
        self.hand(path, receiver)
        return path

    def cascade(self, province: Who, laptop: Who, *, visadas: int = 0) -> Path:
        """A laptop's work through its province, which marks some of it as seen; the first file."""
        path = self.send(laptop, province)
        for codigo in self.codigos(province, self.device(laptop))[:visadas]:
            self.on(province).review(codigo, Veredicto.VISADA)
        self.send(province, Who.COORDINADORA)
        return path

    def answer(self, sender: Who, receiver: Who) -> Path:
        """What one laptop has to tell another."""
        (path,) = self.export(sender, para=self.device(receiver))
        self.hand(path, receiver)
        return path

    def _next_place(self) -> Path:
        self._bundles += 1
        place = self.place / "entregas" / f"{self._bundles:03d}"
        place.mkdir(parents=True)
        return place

    def _unlock(self, who: Who) -> Session:
        session = self.program.unlock(self.folder(who), self.passphrase)
        self._open[who] = session
        return session


def failed(paso: str) -> UserFacingError:
    """A step did not do what the program promises."""
    return UserFacingError("cli.demo_failed", paso=paso)


def _number(codigo: str) -> int:
    return int(codigo.rpartition("-")[2])
