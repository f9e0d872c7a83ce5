"""The main job from beginning to end on people who do not exist, in folders that do not stay."""

import re
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
import typer

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.rows import Integrity
from fichaat.application.profiles import NewProfile
from fichaat.application.program import Program
from fichaat.application.session import Session
from fichaat.application.sign_ficha import people
from fichaat.cli.answer import Answer, WrongUsageError, shown
from fichaat.cli.command import command
from fichaat.cli.demo_region import RegionTour
from fichaat.cli.files import make_folder
from fichaat.cli.progress import Job, busy
from fichaat.cli.shapes import Shape, file_shape, say, verdict_shape
from fichaat.cli.state import Cli
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import TipoFirma
from fichaat.domain.problems import Severity
from fichaat.domain.rol import Rol
from fichaat.system.atomic import atomic_write
from fichaat.texts.ordenes import YES_NO

_DAY = re.compile(r'"(20[0-9]{2}-[0-9]{2}-[0-9]{2})"')
_VISIT = re.compile(r'"fecha":"(20[0-9]{2}-[0-9]{2}-[0-9]{2})"')
_REASON = "FICTICIO: motivo dado para la demostración."

SPECIALIST = NewProfile(
    rol=Rol.ESPECIALISTA,
    region="05",
    provincia=None,
    nombre="Marleni Ficticia Ñahui",
    cargo="Especialista en articulación territorial",
    entidad="Gobierno Regional de Ayacucho (FICTICIO)",
)
COORDINATOR = NewProfile(
    rol=Rol.COORDINADOR,
    region="05",
    provincia=None,
    nombre="Abdón Ejemplar Inventado",
    cargo="Coordinador regional",
    entidad="Gobierno Regional de Ayacucho (FICTICIO)",
)


def register(app: typer.Typer) -> None:
    command(app, "demo")(demo)


def demo(
    cli: Cli,
    *,
    salida: Annotated[str, typer.Option("--salida", metavar="DIR")] = "out",
    region: Annotated[bool, typer.Option("--region")] = False,
    carpetas: Annotated[str | None, typer.Option("--carpetas", metavar="DIR")] = None,
) -> Answer:
    if carpetas is not None and not region:
        raise WrongUsageError("ensayo.only_region", opcion="--carpetas")
    folder = make_folder(salida)
    return _region(cli, folder, carpetas) if region else _main_job(cli, folder)


def _main_job(cli: Cli, folder: Path) -> Answer:
    workshop = TemporaryDirectory(prefix="fichaat-demo-", ignore_cleanup_errors=True)
    with workshop as place, busy(say("cli.demo_head")) as job:
        tour = _Tour(cli.program, Path(place), folder, job)
        tour.run()
    data = {
        "salida": shown(str(folder)),
        "fichas": tour.codigos,
        "verificacion": tour.verdict,
        "archivos": tour.files,
        "pasos": tour.steps,
    }
    lines = [say("cli.demo_head"), *_numbered(tour.steps), *_left(folder, tour.files)]
    return _summary(folder, data, lines)


def _region(cli: Cli, folder: Path, carpetas: str | None) -> Answer:
    with busy(say("ensayo.head")) as job:
        tour = RegionTour(cli.program, folder, carpetas, job)
        tour.run()
    data = {
        "salida": shown(str(folder)),
        **tour.data,
        "archivos": tour.files,
        "pasos": tour.steps,
    }
    lines = [say("ensayo.head"), *_numbered(tour.steps), *tour.lines, *_left(folder, tour.files)]
    if carpetas is not None:
        lines.append(say("ensayo.folders", carpeta=shown(carpetas)))
    return _summary(folder, data, lines)


def _numbered(steps: Sequence[str]) -> list[str]:
    return [f"{n}. {step}" for n, step in enumerate(steps, 1)]


def _left(folder: Path, files: Sequence[Shape]) -> list[str]:
    listed = [f"  {Path(item['ruta']).name}" for item in files]
    head = say("cli.demo_left", carpeta=shown(str(folder)))
    return [head, *listed, "  resumen.txt", "  resumen.json"]


def _summary(folder: Path, data: Shape, lines: list[str]) -> Answer:
    """The answer, which stays in two files as well."""
    atomic_write(folder / "resumen.txt", "".join(f"{line}\n" for line in lines).encode())
    atomic_write(folder / "resumen.json", msgspec.json.format(msgspec.json.encode(data)) + b"\n")
    return Answer(data, lines)


@dataclass(slots=True)
class _Tour:
    """One walk; what it did stands in `steps`, what it left in `files`."""

    program: Program
    place: Path
    out: Path
    job: Job
    steps: list[str] = field(default_factory=list)
    files: list[Shape] = field(default_factory=list)
    codigos: list[str] = field(default_factory=list)
    verdict: Shape = field(default_factory=dict)

    def run(self) -> None:
        """Raises:
        UserFacingError: "cli.demo_failed" and whatever a step refuses.
        """
        with self._profile("especialista", SPECIALIST) as session:
            self.steps.append(say("cli.demo_profile", nombre=SPECIALIST.nombre))
            self._import(session)
            self._sign(session)
            self._validate(session)
            self._seal(session)
            self._print(session)
            package = self._export(session)
            sent = session.check(self.job.progress, self.job.cancel)
        self._verify(package)
        with self._profile("coordinador", COORDINATOR) as session:
            self._receive(session, package, sent)

    def _profile(self, name: str, wanted: NewProfile) -> AbstractContextManager[Session]:
        passphrase = secrets.token_hex(16)
        folder = self.place / name
        self.program.create(folder, wanted, passphrase)
        return self.program.open(folder, passphrase)

    def _import(self, session: Session) -> None:
        text = self.program.resource("demo", "fichas.jsonl").read_text(encoding="utf-8")
        rows = moved_to(text, session.here.clock.now().date() - timedelta(days=1))
        report, _ = session.import_fichas(rows.encode().splitlines(), cancel=self.job.cancel)
        if not report.complete or not report.importadas:
            raise UserFacingError("cli.demo_failed", paso="importar")
        self.codigos = [row.codigo for row in report.detalle if row.codigo is not None]
        self.steps.append(say("cli.demo_imported", cantidad=report.importadas))

    def _sign(self, session: Session) -> None:
        strokes = self.program.resource("demo", "trazos.jsonl").read_bytes().splitlines()
        signed = 0
        for codigo in self.codigos:
            ficha = session.queries.ficha(codigo).contenido
            for person in people(ficha):
                stroke = strokes[signed % len(strokes)]
                session.sign(codigo, person.id, TipoFirma.TRAZO, stroke=stroke)
                signed += 1
        self.steps.append(say("cli.demo_signed", cantidad=signed))

    def _validate(self, session: Session) -> None:
        problems = [p for codigo in self.codigos for p in session.queries.problems(codigo)]
        warnings = sum(problem.severity is Severity.WARNING for problem in problems)
        errors = len(problems) - warnings
        self.steps.append(say("cli.demo_validated", errores=errors, avisos=warnings))

    def _seal(self, session: Session) -> None:
        outcomes, _ = session.seal(self.codigos, _REASON, cancel=self.job.cancel)
        if any(outcome.record is None for outcome in outcomes):
            raise UserFacingError("cli.demo_failed", paso="sellar")
        self.steps.append(say("cli.demo_sealed", cantidad=len(outcomes)))

    def _print(self, session: Session) -> None:
        for number, codigo in enumerate(self.codigos, 1):
            self._leave(f"ficha-{number}.pdf", session.print_ficha(codigo))
        self._leave("anexo-3-en-blanco.pdf", self.program.blank_form())
        self.steps.append(say("cli.demo_printed"))

    def _export(self, session: Session) -> Path:
        exported, _ = session.export(self.place, cancel=self.job.cancel)
        if len(exported) != 1:
            raise UserFacingError("cli.demo_failed", paso="exportar")
        name = "fichas.fichaat"
        self._leave(name, exported[0].path.read_bytes())
        self.steps.append(say("cli.demo_exported", archivo=name))
        return self.out / name

    def _verify(self, package: Path) -> None:
        verdict = self.program.verify(package, None, self.job.progress, CancelToken())
        if verdict.refused:
            raise UserFacingError("cli.demo_failed", paso="verificar")
        self.verdict = verdict_shape(verdict, self.program)
        self.steps.append(
            say(
                "cli.demo_verified",
                intacto=YES_NO[verdict.intacto],
                valido=YES_NO[verdict.valido],
                confiable=YES_NO[verdict.confiable],
            )
        )

    def _receive(self, session: Session, package: Path, sent: Integrity) -> None:
        verdict, _ = session.import_bundle(package, cancel=self.job.cancel)
        found = session.check(self.job.progress, self.job.cancel)
        if not verdict.aplicado or sent.differences or found.differences:
            raise UserFacingError("cli.demo_failed", paso="importar el paquete")
        self.steps.append(say("cli.demo_received", nuevos=len(verdict.registros)))
        self.steps.append(say("cli.demo_equal", registros=sent.records, recibidos=found.records))

    def _leave(self, name: str, data: bytes) -> None:
        path = self.out / name
        atomic_write(path, data)
        self.files.append(file_shape(path, data))


def moved_to(text: str, last_visit: date) -> str:
    """The rows with every date moved, so that the latest visit was on that day: a demonstration
    never looks like old work.
    """
    latest = max(date.fromisoformat(found) for found in _VISIT.findall(text))
    shift = last_visit - latest
    return _DAY.sub(lambda day: f'"{date.fromisoformat(day[1]) + shift}"', text)
