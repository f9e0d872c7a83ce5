"""What everything that is done with one open data folder begins with."""

from functools import cached_property
from pathlib import Path

from fichaat.application.installation import Installation
from fichaat.application.ports.bundles import BundleReader
from fichaat.application.ports.papers import Workbooks
from fichaat.application.ports.slots import SlotFile
from fichaat.application.ports.store import Store
from fichaat.bootstrap.adapters import Adapters


class OpenFolder:
    """One open data folder."""

    def __init__(
        self, adapters: Adapters, here: Installation, folder: Path, slots: SlotFile
    ) -> None:
        self._adapters = adapters
        self._slots = slots
        self.here = here
        self.folder = folder

    @property
    def store(self) -> Store:
        return self.here.store

    @property
    def workbooks(self) -> Workbooks:
        return self._adapters.workbooks

    @cached_property
    def _reader(self) -> BundleReader:
        return self._adapters.reader_of(self.here, self.folder)
