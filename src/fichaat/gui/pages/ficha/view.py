"""What the page of a ficha shows, as its presenters see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from fichaat.application.edit_ficha import Review, Suggestions
from fichaat.gui.pages.ficha.board import Line, Shown
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.head import Head, Signer
from fichaat.gui.saving.status import Status


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot go on without an answer; Esc says no."""

    title: str
    sentence: str
    verb: str
    on_yes: Callable[[], object]
    on_no: Callable[[], object] | None = None
    no: str = ""
    """The other button, where *Cancelar* would be unclear."""


class WhileHere:
    """A page as its presenter sees it: once it is gone, nothing is shown any more. *Deshacer* at
    the foot of the next page still changes the draft.
    """

    def __init__(self, page: "FichaView", gone: Callable[[], bool]) -> None:
        self._page = page
        self._gone = gone

    def __getattr__(self, name: str) -> Callable[..., object]:
        if self._gone():
            return lambda *_args, **_more: None
        shows: Callable[..., object] = getattr(self._page, name)
        return shows


class FichaView(Protocol):
    """What the page shows."""

    def show_form(self, form: Form) -> None:
        """Every field and table; the one with the focus keeps it."""
        ...

    def show_field(self, path: str, text: str) -> None:
        """One field in its full form."""
        ...

    def show_head(self, head: Head) -> None: ...
    def show_signers(self, signers: Sequence[Signer]) -> None: ...
    def show_saving(self, status: Status) -> None: ...
    def show_steps(self, *, undo: bool, redo: bool) -> None: ...
    def show_problems(self, shown: Shown) -> None: ...
    def show_current(self, line: Line) -> None:
        """The problem that is being mended."""
        ...

    def show_earlier(self, review: Review) -> None:
        """The earlier agreements that are followed up, and those that could be."""
        ...

    def show_suggestions(self, suggestions: Suggestions) -> None: ...
    def show_guide(self, guide: Guide) -> None:
        """What the catalogue in force offers."""
        ...

    def show_paper(self, pdf: bytes) -> None: ...
    def show_paper_error(self, sentence: str) -> None: ...
    def show_gone(self, sentence: str) -> None:
        """There is no such draft any more."""
        ...

    def focus_path(self, path: str) -> None: ...
    def focus_section(self, section: str) -> None: ...
    def ask(self, question: Question) -> None: ...
