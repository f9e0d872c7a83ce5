"""What the signatures page asks of the data folder, and its presenter of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from fichaat.application.add_evidence import AddEvidence
from fichaat.application.keep_stroke import KeepStroke
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.signatures import Signatures, Signer
from fichaat.domain.firma import Trazo
from fichaat.gui.pages.firmas.screen import Screen


class SigningSession(Protocol):
    """What this page asks of the open data folder."""

    @property
    def signatures(self) -> Signatures: ...
    @property
    def keep_stroke(self) -> KeepStroke: ...
    @property
    def sign(self) -> SignFicha: ...
    @property
    def add_evidence(self) -> AddEvidence: ...
    @property
    def print_ficha(self) -> PrintFicha: ...


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """What the paper dialog asks about."""

    signer: Signer
    others: tuple[Signer, ...]
    """Who may have signed the same sheet."""
    sealed: bool


class FirmasView(Protocol):
    """The page as its presenter sees it."""

    def show_screen(self, screen: Screen) -> None:
        """Everything but what is drawn."""
        ...

    def put_stroke(self, trazo: Trazo | None, *, locked: bool) -> None:
        """What the pad shows."""
        ...

    def drawn(self) -> Trazo | None:
        """What is on the pad."""
        ...

    def set_busy(self, *, busy: bool) -> None:
        """Whether a signature is being written."""
        ...

    def ask(
        self,
        title: str,
        sentence: str,
        verb: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None: ...
    def ask_reason(
        self, title: str, sentence: str, verb: str, on_reason: Callable[[str], object]
    ) -> None: ...
    def offer_paper(self, offer: PaperOffer) -> None: ...
    def read_paper(self, pdf: bytes) -> None: ...
    def print_paper(self, pdf: bytes) -> None: ...
    def keep_again_soon(self) -> None:
        """Call `stroke_changed` in a few seconds: what is drawn could not be kept."""
        ...
