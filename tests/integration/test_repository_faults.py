"""The upload package on disks that fail, fill up, lie or are pulled out, at every single step."""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from fichaat.application.jobs import CancelToken
from fichaat.application.profiles import NewProfile
from fichaat.application.repository.build import Delivered
from fichaat.application.repository.choose import Wanted
from fichaat.application.repository.manifest import checksums, decode_manifest
from fichaat.application.repository.names import CHECKSUMS, MANIFEST
from fichaat.bootstrap import Session
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.domain.rol import Rol
from fichaat.system.repository_folder import DiskFolder
from tests.support.fault_stage import new_machine, opened
from tests.support.rows import jsonl, pending_row
from tests.support.small_disk import SmallDisk

_COORDINATOR = NewProfile(
    Rol.COORDINADOR, "05", None, "Rosa Ñaupari", "Coordinadora", "Gobierno Regional (ficticio)"
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A coordinator with two approved fichas and a third that waits."""
    root = tmp_path_factory.mktemp("region")
    machine = new_machine(root, profile=_COORDINATOR)
    machine.done("region", "crear", "--llave", root / "region.llave")
    rows = jsonl(*(pending_row(number) for number in (1, 2, 3)))
    argv = ("ficha", "importar", "-", "--sellar", "--motivo", "m")
    codes = [item["codigo"] for item in machine.done(*argv, stdin=rows)["detalle"]]
    for code in codes[:2]:
        machine.done("revision", "aprobar", code)
    with opened(machine) as opened_session:
        yield opened_session


class Killed(BaseException):
    """What no code catches."""


def hurt_at(step: int, fault: Callable[[DiskFolder, str], None]) -> Callable[[Path], DiskFolder]:
    """A folder on which the n-th change goes wrong."""
    left = [step]

    class Hurt(DiskFolder):
        def write(self, name: str, data: bytes) -> str:
            self._count(name)
            return super().write(name, data)

        def place(self, name: str) -> Path:
            if name.endswith(".fichaat"):
                self._count(name)
            return super().place(name)

        def remove(self, name: str) -> None:
            self._count(name)
            super().remove(name)

        def tidy(self) -> None:
            self._count("")
            super().tidy()

        def _count(self, name: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                fault(self, name)

    return Hurt


def killed(disk: DiskFolder, name: str) -> None:
    """In the middle of a file."""
    path = DiskFolder.place(disk, name or "x.pdf")
    path.with_name(f".{path.name}.parcial").write_bytes(b"half")
    raise Killed


def full(disk: DiskFolder, name: str) -> None:
    raise UserFacingError("system.no_space", archivo=name)


def build(session: Session, folder: Path, wanted: Wanted | None = None) -> Delivered:
    folder.mkdir(exist_ok=True)
    return session.build_repository(folder, wanted)


def names_in(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def demand_whole(folder: Path) -> None:
    manifest = decode_manifest((folder / MANIFEST).read_bytes())
    assert manifest.completo
    assert (folder / CHECKSUMS).read_bytes() == checksums(manifest, MANIFEST)
    for item in manifest.archivos:
        assert sha256_hex((folder / item.ruta).read_bytes()) == item.sha256
    assert names_in(folder) == {item.ruta for item in manifest.archivos} | {MANIFEST, CHECKSUMS}


def demand_honest(folder: Path) -> None:
    """A folder that a run left half way never says that it is complete."""
    path = folder / MANIFEST
    if path.exists() and (folder / CHECKSUMS).exists():
        for left in folder.rglob(".*.parcial"):
            left.unlink()
        demand_whole(folder)


@pytest.mark.parametrize("fault", [killed, full], ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("again", [False, True], ids=["first", "second"])
def test_whatever_step_goes_wrong_the_next_run_mends_it(
    session: Session,
    tmp_path: Path,
    fault: Callable[[DiskFolder, str], None],
    again: bool,  # noqa: FBT001
) -> None:
    use = session.build_repository
    tools = use._tools
    wanted = Wanted(todas=again)
    tried, folder = 0, tmp_path
    for step in range(40):
        folder = tmp_path / f"{step}"
        if again:
            build(session, folder)
        folder.mkdir(exist_ok=True)
        hurt = type(tools)(
            tools.papers, tools.workbooks, tools.records, hurt_at(step, fault), tools.sentence
        )
        try:
            with patch.object(use, "_tools", hurt):
                use(folder, wanted)
        except (Killed, UserFacingError):
            tried += 1
            demand_honest(folder)
            assert build(session, folder, wanted).fichas == (3 if again else 2)
            demand_whole(folder)
        else:
            break
    assert tried >= 9, tried
    demand_whole(folder)


def test_a_run_that_was_stopped_keeps_what_is_whole(session: Session, tmp_path: Path) -> None:
    token = CancelToken()

    def progress(done: int, total: int) -> None:
        if done == 1:
            token.cancel()

    with pytest.raises(CancelledError):
        session.build_repository(tmp_path, progress=progress, cancel=token)
    papers = list(tmp_path.rglob("*.pdf"))
    moments = {path: path.stat().st_mtime_ns for path in papers}
    assert len(papers) == 1
    build(session, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in papers} == moments
    demand_whole(tmp_path)


@pytest.mark.parametrize("how", ["cut", "changed", "removed"])
def test_what_was_damaged_is_written_again(session: Session, tmp_path: Path, how: str) -> None:
    build(session, tmp_path)
    for pattern in ("*.pdf", "*.fichaat", "INDICE.csv", MANIFEST, CHECKSUMS):
        path = next(tmp_path.rglob(pattern))
        data = path.read_bytes()
        if how == "removed" and pattern != MANIFEST:
            path.unlink()
        elif pattern != MANIFEST:
            path.write_bytes(data[:-1] if how == "cut" else data[:-1] + b"\x00")
        else:
            path.write_bytes(data + b" ")
        build(session, tmp_path)
        demand_whole(tmp_path)
    assert build(session, tmp_path).escritos == 0


def test_a_disk_that_lies_is_found_out(session: Session, tmp_path: Path) -> None:
    def lie(path: Path, data: bytes, **_: object) -> None:
        path.write_bytes(data.replace(b"PDF", b"PDX"))

    with (
        patch("fichaat.system.repository_folder.atomic_write", lie),
        pytest.raises(UserFacingError) as refused,
    ):
        build(session, tmp_path)
    assert refused.value.code == "repositorio.read_back"
    build(session, tmp_path)
    demand_whole(tmp_path)


def test_a_manifest_that_names_files_elsewhere_is_refused(session: Session, tmp_path: Path) -> None:
    folder, mine = tmp_path / "fed", tmp_path / "mine.txt"
    mine.write_text("mine", "utf-8")
    build(session, folder)
    path = folder / MANIFEST
    for name in ("../mine.txt", "/etc/passwd", "a/../../mine.txt", "NUL", "a\\\\b", "a b"):
        data = path.read_bytes()
        path.write_bytes(data.replace(b"INDICE.csv", name.encode()))
        with pytest.raises(UserFacingError) as refused:
            build(session, folder)
        assert refused.value.code == "repositorio.not_ours", name
        path.write_bytes(data)
    assert mine.read_text("utf-8") == "mine"


def test_what_is_somebody_elses_stays_and_links_are_refused(
    session: Session, tmp_path: Path
) -> None:
    build(session, tmp_path)
    (tmp_path / "Huamanga" / "nota.docx").write_bytes(b"mia")
    (tmp_path / "Thumbs.db").write_bytes(b"")
    assert build(session, tmp_path).ajenos == 1
    assert (tmp_path / "Huamanga" / "nota.docx").exists()
    (tmp_path / "enlace").symlink_to(tmp_path.parent)
    with pytest.raises(UserFacingError) as refused:
        build(session, tmp_path)
    assert refused.value.code == "repositorio.link"


def test_a_disk_that_is_full_or_pulled_out(session: Session, tmp_path: Path) -> None:
    disk = SmallDisk(tmp_path / "usb", 2_000)
    try:
        folder = disk.path / "fed"
        for free, code in ((60_000, "system.no_space"), (0, "system.no_space")):
            folder.mkdir(exist_ok=True)
            disk.fill(free)
            with pytest.raises(UserFacingError) as refused:
                build(session, folder)
            assert refused.value.code == code
            assert not list(folder.rglob(".*parcial"))
            demand_honest(folder)
        disk.empty()
        build(session, folder)
        demand_whole(folder)
    finally:
        disk.remove()
    with pytest.raises(UserFacingError) as refused:
        session.build_repository(folder)
    assert refused.value.code == "system.removed"


def test_practice_is_refused(session: Session, tmp_path: Path) -> None:
    from msgspec.structs import replace

    here = session.here
    practice = replace(here.profile, practice=True)
    other = type(here)(
        here.store, practice, here.key, here.clock, here.ids, here.territorio, here.app
    )
    use = session.build_repository
    with patch.object(use, "_here", other), pytest.raises(UserFacingError) as refused:
        use(tmp_path)
    assert refused.value.code == "repositorio.practice"
    assert names_in(tmp_path) == set()
