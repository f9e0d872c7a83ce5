"""What holds for the repository itself: no foreign traces, plain files, honest locks."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import check_locks

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "fichaat"

# Written in pieces, so that this file does not contain what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home|work|Users)/\w|[A-Z]:\\Users\\|file:/" + r"//")
REGISTRY = re.compile(
    "|".join(
        rf"{name}\.{top}"
        for name, top in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("deb", r"debian\.org"),
            ("anaconda", "org"),
            ("npmjs", "(?:org|com)"),
        )
    )
)
INNER_ROOMS = ("domain", "application", "texts")


def repository_files() -> list[Path]:
    """Files that are tracked or about to be."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def text_files() -> Iterator[tuple[str, bytes]]:
    for path in repository_files():
        data = path.read_bytes()
        if b"\0" not in data and ROOT / "tests" / "fixtures" not in path.parents:
            yield path.relative_to(ROOT).as_posix(), data


def test_no_path_of_a_machine_and_no_registry() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, data in text_files()
        for pattern in (MACHINE_PATH, REGISTRY)
        for match in pattern.finditer(data.decode("utf-8"))
    ]
    assert not found


def test_texts_are_utf8_with_lf_and_a_last_line_end() -> None:
    for name, data in text_files():
        data.decode("utf-8")
        assert b"\r" not in data, name
        assert not data or data.endswith(b"\n"), name


def test_programs_are_executable() -> None:
    programs = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").glob("*.sh"))]
    assert [path.name for path in programs if not path.stat().st_mode & 0o100] == []


def test_locks_hold() -> None:
    texts = [
        (ROOT / name).read_text("utf-8")
        for name in ("pyproject.toml", check_locks.RUN_LOCK, check_locks.DEV_LOCK)
    ]
    assert check_locks.check(*texts) == []


PYPROJECT = """
[project]
dependencies = ["Some_Library>=1"]
[dependency-groups]
dev = []
"""
DIGEST = "--hash=sha256:" + "0" * 64
LOCK = f"some-library==1.0 ; sys_platform == 'win32' \\\n    {DIGEST} \\\n    {DIGEST}\n"


def test_a_good_lock_has_no_finding() -> None:
    assert check_locks.check(PYPROJECT, LOCK, LOCK) == []


@pytest.mark.parametrize(
    ("lock", "finding"),
    [
        ("--index-url https:" + f"//example.invalid/simple\n{LOCK}", "an address"),
        (f"# made with index.example.org\n{LOCK}", "an address"),
        (f"{LOCK}other @ https:" + f"//example.invalid/other.whl {DIGEST}\n", "an address"),
        ("some-library==1.0\n", "no hash"),
        (f"some-library>=1.0 {DIGEST}\n", "not pinned"),
        ("some-library==1.0 --hash=md5:00\n", "not a SHA-256 hash"),
        (f"other==1.0 {DIGEST}\n", "asks for Some_Library"),
    ],
)
def test_a_bad_lock_is_reported(lock: str, finding: str) -> None:
    assert any(finding in line for line in check_locks.check(PYPROJECT, lock, lock))


def test_both_locks_agree() -> None:
    other = LOCK.replace("1.0", "1.1")
    assert check_locks.check(PYPROJECT, LOCK, other) == [
        "requirements-dev.lock: some-library differs from requirements.lock"
    ]


def rooms() -> set[str]:
    return {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.is_dir() and (path / "__init__.py").exists()) or path.suffix == ".py"
    } - {"__init__"}


def test_a_contract_about_a_library_covers_every_other_room() -> None:
    """import-linter checks the sources a contract lists; a new room must not be forgotten."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for contract in project["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "forbidden" and "allow_indirect_imports" in contract:
            listed = {name.removeprefix("fichaat.") for name in contract["source_modules"]}
            assert len(rooms() - listed - {"gui"}) <= 1, contract["id"]


@pytest.mark.parametrize("room", INNER_ROOMS)
def test_inner_rooms_know_no_library_but_msgspec(room: str) -> None:
    known = sys.stdlib_module_names | {"fichaat", "msgspec"}
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.partition(".")[0] for name in names} <= known, path
