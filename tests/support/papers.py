"""Pages that show papers, without Qt: what would be opened, saved, printed or asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fichaat.gui.paper_actions import Paper, PaperActions, PaperSources
from tests.support.editor import HandGo, HandTasks


@dataclass
class HandShower:
    """Remembers what the window was told to do with papers."""

    opened: list[Path] = field(default_factory=list)
    printed: list[list[Paper]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    where: Path | None = None
    """What the person answers."""

    def open_outside(self, path: Path) -> None:
        self.opened.append(path)

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        self.names.append(name)
        if self.where is not None:
            on_chosen(self.where)

    def show_for_print(self, papers: Sequence[Paper]) -> None:
        self.printed.append(list(papers))


@dataclass
class HandAsker:
    """Remembers questions; the test answers them."""

    titles: list[str] = field(default_factory=list)
    yes: Callable[[], object] = lambda: None
    reason: Callable[[str], object] = lambda _: None

    def ask(self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]) -> None:
        del sentence, verb
        self.titles.append(title)
        self.yes = on_yes

    def ask_reason(
        self,
        title: str,
        sentence: str,
        verb: str,
        on_reason: Callable[[str], object],
        *,
        danger: bool = False,
    ) -> None:
        del sentence, verb, danger
        self.titles.append(title)
        self.reason = on_reason


class HandPapers(PaperActions):
    """Papers that say which they are."""

    def __init__(self, tasks: HandTasks, go: HandGo) -> None:
        self.shower = HandShower()
        self.files: dict[str, bytes] = {}
        sources = PaperSources(
            lambda codigo: b"borrador " + codigo.encode(),
            lambda codigo, copia: b" ".join(
                [b"sellada", *(part.encode() for part in (codigo, copia) if part)]
            ),
            lambda: b"en blanco",
            self._lend,
            self._write,
        )
        super().__init__(self.shower, tasks, go, sources)

    def _lend(self, name: str, data: bytes) -> Path:
        self.files[name] = data
        return Path("/prestado") / name

    def _write(self, path: Path, data: bytes) -> None:
        self.files[str(path)] = data
