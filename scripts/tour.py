"""The main job in the real window, on people who do not exist: `make run` without a screen.

    xvfb-run -a -s "-screen 0 1366x768x24" .venv/bin/python scripts/tour.py --salida out

Fields are filled by keyboard, signatures are drawn by pointer. It leaves the sealed paper, the
bundle, pictures of every step and a summary in the folder, verifies the bundle, prints what it did
and exits with 0; with 1 when something did not happen as it should.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `scripts` is no installed package

from scripts import main_job  # noqa: E402  # after the path
from scripts.pilot import LostError, Pilot  # noqa: E402

if TYPE_CHECKING:
    from fichaat.bootstrap import Program


def main() -> int:
    """Parse the arguments and go."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--salida", type=Path, default=Path("out"))
    out: Path = parser.parse_args().salida.resolve()
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("*.fichaat"), *out.glob("*.pdf"), *out.glob("ventana/*.png")):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="fichaat-") as home:
        _move_in(Path(home), out)
        return _tour(Path(home) / "datos", out)


def _move_in(home: Path, out: Path) -> None:
    """An account of its own: nothing of whoever runs this is read or written."""
    for name in [name for name in os.environ if name.startswith(("FICHAAT_", "XDG_"))]:
        del os.environ[name]
    config = home / "config"
    config.mkdir()
    (config / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{out}"\n', "utf-8")
    os.environ["HOME"] = str(home)
    os.environ["XDG_CONFIG_HOME"] = str(config)
    os.environ["XDG_DATA_HOME"] = str(home / "share")
    # The program's own file dialog can be driven; a desktop's cannot.
    os.environ["QT_QPA_PLATFORMTHEME"] = ""


def _tour(folder: Path, out: Path) -> int:
    from fichaat.application.wanted import WindowWanted
    from fichaat.bootstrap import Program
    from fichaat.gui.app import Desktop, make_application
    from fichaat.system.settings import Settings

    began = time.monotonic()
    program = Program(Settings(datos=str(folder)))
    app = make_application(program.resource)
    desktop = Desktop(program, WindowWanted())
    desktop.start()
    pilot = Pilot(desktop.window, keyboard_only=True)
    try:
        _work(pilot, out)
        said = _verify(program, out)
    except LostError as error:
        pilot.picture(out / "ventana" / "perdido.png")
        print(f"El recorrido se detuvo: {error}", file=sys.stderr)
        return 1
    finally:
        desktop.close()
        program.close()
        app.closeAllWindows()
    told = [
        "Recorrido en la ventana, con personas ficticias:",
        f"  {len(pilot.actions)} acciones: {'; '.join(pilot.actions)}",
        *(f"  {line}" for line in said),
        f"  {len(list((out / 'ventana').glob('*.png')))} imágenes en {out / 'ventana'}",
        f"  {time.monotonic() - began:.0f} s",
    ]
    summary = "".join(f"{line}\n" for line in told)
    (out / "resumen.txt").write_text(summary, "utf-8")
    print(summary, end="")
    return 0


def _work(pilot: Pilot, out: Path) -> None:
    pictures = out / "ventana"
    main_job.first_start(pilot)
    pilot.picture(pictures / "1-inicio.png")
    main_job.begin_visit(pilot)
    main_job.fill_ficha(pilot)
    pilot.until(lambda: not pilot.reads("Guardando"), "the draft saved")
    pilot.picture(pictures / "2-ficha.png")
    main_job.sign_all(pilot, lambda: pilot.picture(pictures / "3-firma.png"))
    main_job.review(pilot)
    pilot.picture(pictures / "4-revisar.png")
    main_job.seal(pilot)
    pilot.picture(pictures / "5-sellada.png")
    main_job.save_pdf(pilot, out / "ficha.pdf")
    main_job.export(pilot)
    pilot.picture(pictures / "6-paquete.png")


def _verify(program: "Program", out: Path) -> list[str]:
    """What stands in the folder, once it is looked at.

    Raises:
        LostError: a file is missing, or not what it should be.
    """
    from fichaat.application.jobs import CancelToken, no_progress

    pdf = out / "ficha.pdf"
    if not pdf.read_bytes().startswith(b"%PDF-"):
        raise LostError(f"{pdf} is no PDF")
    said = [f"{pdf.name}: {pdf.stat().st_size} bytes"]
    bundles = sorted(out.glob("*.fichaat"))
    if not bundles:
        raise LostError("no bundle was written")
    for path in bundles:
        verdict = program.verify(path, None, no_progress, CancelToken())
        if not (verdict.intacto and verdict.valido):
            raise LostError(f"{path.name}: {verdict.codigo}")
        said.append(f"{path.name}: íntegro y válido, {len(verdict.registros)} registro")
    return said


if __name__ == "__main__":
    sys.exit(main())
