"""What of the working copy stands in no table: its provinces, and when the plan begins."""

from collections.abc import Sequence

from msgspec.structs import replace

from fichaat.application.catalogue.edit_catalogue import WorkingCopy
from fichaat.application.catalogue.read_catalogue import CatalogueView
from fichaat.gui.pages.catalogo.editing import Editing
from fichaat.gui.pages.catalogo.tables import INICIO_PLAN, PROVINCIAS, RESUMEN
from fichaat.gui.pages.catalogo.view import BodyView, CatalogoSources
from fichaat.gui.pages.catalogo.words import facts


class General:
    def __init__(self, body: BodyView, editing: Editing, sources: CatalogoSources) -> None:
        self._body = body
        self._editing = editing
        self._from = sources

    def choose_provincia(self, code: str, *, on: bool) -> None:
        """A province may act in cascade, or no longer."""
        copy = self._editing.copy
        chosen = {*copy.provincias} - {code} | ({code} if on else set())
        self._editing.change(replace(copy, provincias=tuple(sorted(chosen))), PROVINCIAS)

    def type_inicio(self, text: str) -> None:
        """When the plan begins."""
        copy = replace(self._editing.copy, inicio_plan=text)
        self._editing.change(copy, f"{RESUMEN}/0/{INICIO_PLAN}", whole=False)

    def show(self, copy: WorkingCopy, view: CatalogueView) -> None:
        """As they stand in a copy, beside what is in force."""
        self._body.show_provincias(self._provincias(copy))
        self._body.show_facts(facts(view, self._from.territorio), copy.inicio_plan)

    def _provincias(self, copy: WorkingCopy) -> Sequence[tuple[str, str, bool]]:
        known = self._from.territorio.provincias(self._from.region)
        gone = {code: code for code in copy.provincias if code not in known}
        rows = sorted({**known, **gone}.items())
        return [(code, name, code in copy.provincias) for code, name in rows]
