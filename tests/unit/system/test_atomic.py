import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fichaat.domain.errors import UserFacingError
from fichaat.system import atomic
from fichaat.system.atomic import atomic_file, atomic_write, system_error
from fichaat.texts import MESSAGES, message

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_whole_file_is_written(tmp_path: Path) -> None:
    target = tmp_path / "ñandú.json"
    atomic_write(target, b"uno")
    atomic_write(target, b"dos")
    assert target.read_bytes() == b"dos"
    assert names(tmp_path) == ["ñandú.json"]


def test_the_old_file_stays_until_the_end(tmp_path: Path) -> None:
    target = tmp_path / "a"
    atomic_write(target, b"antes")
    with atomic_file(target) as out:
        out.write(b"despu")
        out.flush()
        assert target.read_bytes() == b"antes"
        out.write(b"es")
    assert target.read_bytes() == b"despues"


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), UserFacingError("a.b")])
def test_an_exception_of_the_caller_leaves_nothing(error: BaseException, tmp_path: Path) -> None:
    target = tmp_path / "a"
    atomic_write(target, b"antes")

    def interrupted() -> None:
        with atomic_file(target) as out:
            out.write(b"x")
            raise error

    with pytest.raises(type(error)):
        interrupted()
    assert target.read_bytes() == b"antes"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "system.no_space"),
        (errno.EDQUOT, "system.no_space"),
        (errno.EROFS, "system.read_only"),
        (errno.EACCES, "system.no_permission"),
        (errno.EPERM, "system.no_permission"),
        (errno.ENODEV, "system.removed"),
        (errno.EIO, "system.removed"),
        (errno.ENOENT, "system.removed"),
        (errno.EISDIR, "system.is_folder"),
        (errno.EMFILE, "system.io"),
        (None, "system.io"),
    ],
)
def test_each_failure_has_its_sentence(number: int | None, code: str) -> None:
    raised = OSError(number, os.strerror(number)) if number else OSError("raro")
    error = system_error(raised, Path("carpeta") / "a.fichaat")
    assert error.code == code
    assert error.code in MESSAGES
    assert error.params["archivo"] == "a.fichaat"
    assert str(raised.strerror) not in message(code, error.params)


@pytest.mark.parametrize(
    ("number", "code"),
    [(19, "system.read_only"), (32, "system.in_use"), (112, "system.no_space")],
)
def test_the_numbers_of_windows(number: int, code: str) -> None:
    raised = OSError(errno.EACCES, "Access is denied")
    raised.winerror = number  # type: ignore[attr-defined,unused-ignore]  # only Windows has it
    assert system_error(raised, Path("a")).code == code


@pytest.mark.parametrize("step", ["_create", "_flush_folder"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_failure_before_or_after_leaves_no_temporary_file(
    step: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(atomic, step, fail)
    with pytest.raises(UserFacingError, match="system"):
        atomic_write(tmp_path / "a", b"x")
    assert names(tmp_path) == ([] if step == "_create" else ["a"])


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_on_the_way_keeps_the_old_file(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "a"
    atomic_write(target, b"antes")
    if call == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UserFacingError, match=r"system\.no_space"):
        atomic_write(target, b"despues")
    monkeypatch.undo()
    assert target.read_bytes() == b"antes"
    assert names(tmp_path) == ["a"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_that_shows_only_when_the_buffer_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a"
    atomic_write(target, b"antes")
    monkeypatch.setattr(atomic, "_create", lambda *_: os.fdopen(os.open("/dev/full", 1), "wb"))
    with pytest.raises(UserFacingError, match=r"system\.no_space"):
        atomic_write(target, b"x" * 10)
    assert target.read_bytes() == b"antes"


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"system\.removed"):
        atomic_write(tmp_path / "usb" / "a", b"x")


def test_what_a_killed_process_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / ".a.parcial").write_bytes(b"resto")
    atomic_write(tmp_path / "a", b"x")
    assert names(tmp_path) == ["a"]


def test_a_rest_is_replaced_though_every_target_has_another_name(tmp_path: Path) -> None:
    (tmp_path / ".resto").write_bytes(b"resto")
    with atomic_file(tmp_path / "b", temporary_name=".resto") as out:
        out.write(b"x")
    assert names(tmp_path) == ["b"]


@POSIX
def test_another_process_with_the_same_target_is_noticed(tmp_path: Path) -> None:
    target = tmp_path / "a"

    def overtaken() -> None:
        with atomic_file(target) as out:
            out.write(b"uno")
            (tmp_path / ".a.parcial").unlink()
            (tmp_path / ".a.parcial").write_bytes(b"dos")

    with pytest.raises(UserFacingError, match=r"system\.in_use"):
        overtaken()
    assert names(tmp_path) == [".a.parcial"]
    assert (tmp_path / ".a.parcial").read_bytes() == b"dos"


@POSIX
def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "tubo", tmp_path / "carpeta"
    os.mkfifo(pipe)
    folder.mkdir()
    (tmp_path / "al_tubo").symlink_to(pipe)
    (tmp_path / "a_la_carpeta").symlink_to(folder)
    (tmp_path / "vuelta").symlink_to(tmp_path / "vuelta")
    before = names(tmp_path)
    for name, code in (
        ("tubo", "system.not_a_file"),
        ("al_tubo", "system.not_a_file"),
        ("carpeta", "system.is_folder"),
        ("a_la_carpeta", "system.is_folder"),
        ("vuelta", "system."),
    ):
        with pytest.raises(UserFacingError, match=code) as refused:
            atomic_write(tmp_path / name, b"x")
        assert refused.value.params["archivo"] == name
    assert names(tmp_path) == before
    assert pipe.is_fifo()


@POSIX
def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    real = tmp_path / "otra" / "real"
    real.parent.mkdir()
    link = tmp_path / "enlace"
    link.symlink_to(Path("otra") / "real")
    atomic_write(link, b"nuevo")
    assert real.read_bytes() == b"nuevo"
    atomic_write(link, b"cambiado")
    assert link.is_symlink()
    assert real.read_bytes() == b"cambiado"
    assert (names(tmp_path), names(real.parent)) == (["enlace", "otra"], ["real"])


@POSIX
def test_permissions(tmp_path: Path) -> None:
    previous = os.umask(0o022)
    try:
        atomic_write(tmp_path / "a", b"x")
        atomic_write(tmp_path / "b", b"x", mode=0o600)
    finally:
        os.umask(previous)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


@POSIX
def test_a_link_in_the_place_of_the_temporary_file_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "otro"
    victim.write_bytes(b"intacto")
    (tmp_path / ".a.parcial").symlink_to(victim)
    atomic_write(tmp_path / "a", b"x")
    assert victim.read_bytes() == b"intacto"


@POSIX
def test_a_killed_process_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    atomic_write(target, b"antes")
    program = (
        "import os, sys; from pathlib import Path; from fichaat.system.atomic import atomic_file\n"
        "with atomic_file(Path(sys.argv[1])) as out:\n"
        "    out.write(b'x' * 100_000)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    source = Path(atomic.__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", program, str(target)], env={"PYTHONPATH": str(source)}, check=False
    )
    assert killed.returncode == -9
    assert target.read_bytes() == b"antes"
    atomic_write(target, b"despues")
    assert names(tmp_path) == ["a"]
