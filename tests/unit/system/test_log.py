from pathlib import Path

import pytest

from fichaat.system.log import LogFile


def test_a_bug_is_kept_below_the_data_folder_with_its_traceback(tmp_path: Path) -> None:
    log = LogFile(tmp_path)
    assert LogFile(tmp_path).path is None
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="inesperado") as caught:
        int("inesperado")
    log.bug(caught.value)
    log.note("second")
    log.close()
    assert log.path == tmp_path / "registro" / "fichaat.log"
    text = log.path.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "inesperado" in text
    assert "second" in text


def test_without_a_data_folder_the_account_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    log = LogFile(tmp_path / "nowhere")
    log.note("line")
    log.close()
    assert log.path is not None
    assert log.path.is_relative_to(tmp_path)
    assert not (tmp_path / "nowhere").exists()


def test_it_never_grows_without_end(tmp_path: Path) -> None:
    log = LogFile(tmp_path)
    for _ in range(300):
        log.note("x" * 20_000)
    log.close()
    files = list((tmp_path / "registro").iterdir())
    assert len(files) == 4
    assert sum(file.stat().st_size for file in files) < 3_000_000
