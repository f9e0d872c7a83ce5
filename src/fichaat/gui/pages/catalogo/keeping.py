"""The working copy on the disk: kept soon after every change, and before the page is left."""

from fichaat.application.catalogue.edit_catalogue import WorkingCopy
from fichaat.gui.pages.catalogo.view import CatalogoSources, CatalogoView
from fichaat.gui.saving.autosave import Autosave, Saving
from fichaat.gui.saving.keeps import KeepsTyping
from fichaat.gui.saving.status import saving_status
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Tasks


class Keeping(KeepsTyping[WorkingCopy]):
    """The working copy, kept as it changes."""

    def __init__(
        self, view: CatalogoView, tasks: Tasks, timers: Timers, sources: CatalogoSources
    ) -> None:
        self._view = view
        self._from = sources
        self._saves = Autosave(tasks, timers, sources.keep.save, self._on_saving, lambda: None)

    def give(self, copy: WorkingCopy) -> None:
        """Something changed, perhaps after the page was left: *Deshacer* outlives it."""
        if self._from.gone():
            self._from.lasting.write(lambda: self._from.keep.save(copy), lambda _: None)
        else:
            self._saves.give(copy)

    def _on_saving(self, saving: Saving) -> None:
        self._view.show_saving(saving_status(saving))
