"""The official list of districts: which one is used here, and what another would change."""

from collections.abc import Callable, Sequence
from pathlib import Path

from fichaat.application.catalogue.update_ubigeo import UbigeoPreview, UbigeoState
from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.domain.problem import Severity
from fichaat.domain.territorio import Distrito
from fichaat.gui.pages.catalogo.view import Asked, BodyView, CatalogoView, Ubigeos
from fichaat.gui.pages.catalogo.words import MOST_LINES, Changed, sentence_of
from fichaat.gui.pages.ficha.board import Line
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say, thousands
from fichaat.texts import message


class UbigeoPresenter:
    def __init__(  # what a page is made of
        self, view: CatalogoView, body: BodyView, tasks: Tasks, go: Navigator, ubigeo: Ubigeos
    ) -> None:
        self._view = view
        self._body = body
        self._tasks = tasks
        self._go = go
        self._ubigeo = ubigeo

    def arrived(self) -> None:
        """Say which list is used."""
        self._tasks.read(self._ubigeo.state, self._show)

    def choose(self, path: Path) -> None:
        """Look into a file; nothing is taken before it was seen."""
        self._tasks.look(
            say("catalogar.reading"),
            lambda *_: self._ubigeo.preview(path),
            lambda preview: self._on_preview(preview, path),
            self._on_refused,
        )

    def restore(self) -> None:
        """Back to the list that came with the program, after showing what that changes."""
        self._tasks.read(self._ubigeo.preview_restore, self._on_restore, self._on_refused)

    def _show(self, state: UbigeoState) -> None:
        kind = "official" if state.official else "own"
        words = say(f"catalogar.ubigeo_{kind}", cantidad=thousands(state.distritos))
        self._body.show_ubigeo(words, can_restore=not state.official)

    def _on_preview(self, preview: UbigeoPreview, path: Path) -> None:
        title = say("catalogar.ubigeo_title", archivo=path.name)
        lines = _lines(preview)
        if preview.errors:
            sentence = say("catalogar.load_refused", cantidad=thousands(preview.errors))
            self._ask(title, sentence, "", preview, lines, lambda: None)
        elif not preview.changes_anything:
            self._ask(title, say("catalogar.ubigeo_same"), "", preview, lines, lambda: None)
        else:
            sentence, verb = say("catalogar.ubigeo_what"), say("catalogar.ubigeo_use")
            self._ask(title, sentence, verb, preview, lines, lambda: self._apply(path))

    def _on_restore(self, preview: UbigeoPreview) -> None:
        title, verb = say("catalogar.ubigeo_restore_title"), say("catalogar.ubigeo_restore_do")
        sentence = say("catalogar.ubigeo_what")
        self._ask(title, sentence, verb, preview, _lines(preview), self._restore)

    def _ask(  # noqa: PLR0917  # what the question shows
        self,
        title: str,
        sentence: str,
        verb: str,
        preview: UbigeoPreview,
        lines: Sequence[Line],
        on_yes: Callable[[], object],
    ) -> None:
        self._view.ask_all(Asked(title, sentence, verb, _groups(preview), tuple(lines), on_yes))

    def _apply(self, path: Path) -> None:
        self._write(lambda: self._ubigeo.apply(path))

    def _restore(self) -> None:
        self._write(self._ubigeo.restore)

    def _write(self, work: Callable[[], tuple[UbigeoPreview, Changes]]) -> None:
        self._tasks.write(work, lambda _: self._on_taken(), self._on_refused)

    def _on_taken(self) -> None:
        self._go.tell(say("catalogar.ubigeo_taken"))
        self.arrived()

    def _on_refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")


def _lines(preview: UbigeoPreview) -> tuple[Line, ...]:
    """Rows that are wrong, or codes in use that would be gone."""
    return tuple(
        Line(
            item.path,
            "",
            "warn" if item.severity is Severity.WARNING else "error",
            say("catalogar.place_line", fila=item.params["fila"])
            if "fila" in item.params
            else say("catalogar.ubigeo_in_use"),
            sentence_of(item),
        )
        for item in preview.problems
    )


def _groups(preview: UbigeoPreview) -> tuple[Changed, ...]:
    pairs = (
        ("added", [_named(row) for row in preview.added]),
        ("removed", [_named(row) for row in preview.removed]),
        ("renamed", [_both(item.before, item.after) for item in preview.renamed]),
        ("moved", [_both(item.before, item.after) for item in preview.moved]),
    )
    return tuple(
        Changed(say(f"catalogar.ubigeo_{name}", cantidad=thousands(len(words))), _shortened(words))
        for name, words in pairs
        if words
    )


def _shortened(words: Sequence[str]) -> tuple[str, ...]:
    more = len(words) - MOST_LINES
    if more <= 0:
        return tuple(words)
    return (*words[:MOST_LINES], say("catalogar.changes_more", cantidad=thousands(more)))


def _named(row: Distrito) -> str:
    return f"{row.ubigeo} {row.distrito} ({row.provincia}, {row.departamento})"


def _both(before: Distrito, after: Distrito) -> str:
    return say("catalogar.ubigeo_pair", antes=_named(before), despues=_named(after))
