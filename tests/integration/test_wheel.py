"""The wheel carries the data that the program reads."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def data_files(folder: str) -> dict[str, bytes]:
    return {
        f"fichaat/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without isolation, so without a network."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = target.glob("*.whl")
    return built


def test_resources_and_migrations_are_inside(wheel: Path) -> None:
    wanted = data_files("resources") | data_files("migrations")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist() if name in wanted}
    assert inside == wanted
    assert "fichaat/resources/ubigeo.csv" in inside
    assert "fichaat/migrations/env.py" in inside


def test_the_manual_is_inside(wheel: Path) -> None:
    pages = {path.name: path.read_bytes() for path in (ROOT / "docs" / "manual").glob("*.md")}
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(f"fichaat/resources/manual/{name}") for name in pages}
    assert inside == pages
    assert "ventana.md" in pages


def test_the_program_is_inside_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "fichaat = fichaat.__main__:main" in archive.read(entry_points).decode()
    assert "fichaat/__init__.py" in names
    assert not [name for name in names if name.startswith(("tests/", "scripts/", "bench/"))]
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_has_the_version_of_the_package(wheel: Path) -> None:
    from fichaat import __version__

    assert wheel.name == f"fichaat-{__version__}-py3-none-any.whl"


_PRINT = """
import hashlib
import fichaat
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from fichaat.system.paths import manual, resource
print(fichaat.__file__)
print(resource("fonts", "NotoSans-Regular.ttf"))
print(resource("ubigeo.csv"))
print(manual())
print(hashlib.sha256(ReportlabPaperRenderer().render_blank()).hexdigest())
"""


def test_an_installed_program_finds_its_files_and_prints_the_same(
    wheel: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    answers = []
    for package in (tmp_path, ROOT / "src"):
        environment = {**os.environ, "PYTHONPATH": str(package)}
        done = subprocess.run(
            [sys.executable, "-c", _PRINT],
            env=environment,
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        )
        answers.append(done.stdout.splitlines())
    *installed, digest = answers[0]
    assert all(Path(line).is_relative_to(tmp_path / "fichaat") for line in installed)
    assert digest == answers[1][-1]
