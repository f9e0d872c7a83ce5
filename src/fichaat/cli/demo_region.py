"""A whole region on people who do not exist: what `fichaat demo --region` does and leaves."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from msgspec import to_builtins

from fichaat.application.program import Program
from fichaat.application.rehearsal.cast import FICHAS, Who
from fichaat.application.rehearsal.play import DAYS, Play
from fichaat.application.rehearsal.stage import Stage, StageClock, failed
from fichaat.application.rehearsal.tally import Figures, tally
from fichaat.application.session import Session
from fichaat.cli.answer import shown
from fichaat.cli.files import make_folder
from fichaat.cli.progress import Job
from fichaat.cli.shapes import Shape, file_shape, say
from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import atomic_write

ENCRYPTED: Final = "region-completa.fichaat"
PLAIN: Final = "region-completa-sin-cifrar.fichaat"
ANSWER: Final = "respuesta.fichaat"
CLAVE: Final = "clave.txt"
_PAPERS: Final = 3


@dataclass(slots=True)
class RegionTour:
    """One rehearsal; what it did stands in `steps`, what it left in `files`."""

    program: Program
    out: Path
    folders: str | None
    """Where the data folders of everybody stay; they do not stay where None."""
    job: Job
    steps: list[str] = field(default_factory=list)
    files: list[Shape] = field(default_factory=list)
    data: Shape = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """The figures, for people."""

    def run(self) -> None:
        """Raises:
        UserFacingError: "cli.demo_failed", "ensayo.folder_used", and whatever a step refuses.
        """
        passphrase = secrets.token_hex(16)
        first_day = self.program.clock.now().replace(microsecond=0) - timedelta(days=DAYS)
        clock = StageClock(first_day)
        program = self.program.rehearsal(clock)
        strokes = self.program.resource("demo", "trazos.jsonl").read_bytes().splitlines()
        with self._place(passphrase) as place:
            stage = Stage(program, clock, place, passphrase, strokes, self.job.cancel, first_day)
            try:
                play = Play(stage, self._tell)
                play.run(self.job.progress)
                self._leave(stage, play)
            finally:
                stage.close()
                program.close()

    @contextmanager
    def _place(self, passphrase: str) -> Iterator[Path]:
        if self.folders is None:
            with TemporaryDirectory(prefix="fichaat-demo-", ignore_cleanup_errors=True) as name:
                yield Path(name)
            return
        place = make_folder(self.folders)
        if any(place.iterdir()):
            raise UserFacingError("ensayo.folder_used", carpeta=shown(str(place)))
        try:
            self.program.write_file(place / CLAVE, f"{passphrase}\n".encode())
            yield place
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise

    def _tell(self, code: str, **params: str | int) -> None:
        self.steps.append(say(code, **params))

    def _leave(self, stage: Stage, play: Play) -> None:
        """What the coordinator hands out in the end, and the figures of that moment."""
        coordinator = stage.on(Who.COORDINADORA)
        self._keep(ENCRYPTED, stage.export(Who.COORDINADORA, everything=True))
        self._keep(PLAIN, stage.export(Who.COORDINADORA, everything=True, plain=True))
        told = stage.device(Who.CUMPLIDA)
        self._keep(ANSWER, stage.export(Who.COORDINADORA, para=told))
        self._print(stage, coordinator)
        figures = tally(coordinator)
        self.lines = figure_lines(figures)
        self.data = {
            "fichas_selladas": FICHAS,
            "raiz": {
                "device": play.key.device,
                "palabras": list(stage.program.fingerprint_words(play.key.device)),
            },
            "cifras": to_builtins(figures),
            "sin_acuse": play.sin_acuse,
        }

    def _keep(self, name: str, paths: list[Path]) -> None:
        if len(paths) != 1:
            raise failed("exportar")
        self._write(name, paths[0].read_bytes())

    def _print(self, stage: Stage, coordinator: Session) -> None:
        codigos = stage.codigos(Who.COORDINADORA, stage.device(Who.CUMPLIDA))
        for number, codigo in enumerate(codigos[:_PAPERS], 1):
            self._write(f"ficha-{number}.pdf", coordinator.print_ficha(codigo))

    def _write(self, name: str, data: bytes) -> None:
        path = self.out / name
        atomic_write(path, data)
        self.files.append(file_shape(path, data))


def figure_lines(figures: Figures) -> list[str]:
    """The figures for people."""
    return [
        say(
            "ensayo.records",
            cantidad=figures.registros,
            detalle=_detail(figures.registros_por_clase),
        ),
        say("ensayo.fichas", cantidad=figures.fichas, detalle=_detail(figures.fichas_por_estado)),
        say("ensayo.devices", detalle=_detail(figures.equipos_por_estado)),
        say(
            "ensayo.chains",
            huecos=len(figures.huecos),
            bifurcaciones=len(figures.bifurcaciones),
            conflictos=len(figures.conflictos),
        ),
        say(
            "ensayo.apart",
            cantidad=len(figures.cuarentena),
            detalle=_detail(figures.cuarentena_por_motivo),
        ),
    ]


def _detail(counts: dict[str, int]) -> str:
    return ", ".join(f"{word.replace('_', ' ')}: {count}" for word, count in counts.items())
