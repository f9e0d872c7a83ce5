"""A disk of its own that is really full, or really read-only."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


class SmallDisk:
    """A file system in memory, mounted for one test; needs root."""

    def __init__(self, folder: Path, kilobytes: int) -> None:
        if not sys.platform.startswith("linux") or os.geteuid() != 0:
            pytest.skip("only root may mount a small disk")
        folder.mkdir()
        self.path = folder
        self._filler = folder / "relleno"
        made = self._mount("-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs")
        if made.returncode:
            pytest.skip(f"no disk can be mounted here: {made.stderr.strip()}")

    def fill(self, free: int) -> None:
        """Leave this many bytes free, as far as the blocks of the disk allow."""
        self.empty()
        size = max(0, shutil.disk_usage(self.path).free - free)
        with self._filler.open("wb") as file:
            if size:
                os.posix_fallocate(file.fileno(), 0, size)

    def empty(self) -> None:
        self._filler.unlink(missing_ok=True)

    def read_only(self, *, on: bool) -> None:
        done = self._mount("-o", f"remount,{'ro' if on else 'rw'}")
        assert done.returncode == 0, done.stderr

    def remove(self) -> None:
        """Pulled out, whoever uses it."""
        subprocess.run(["umount", "-l", self.path], check=False, capture_output=True)

    def _mount(self, *options: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["mount", *options, self.path], capture_output=True, text=True, check=False
        )
