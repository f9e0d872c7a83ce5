"""Decisions of the signatures page: who signs, what is kept of a stroke, and what follows."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from fichaat.application.add_evidence import LateSignature
from fichaat.application.changes import Changes
from fichaat.application.sign_ficha import Scan
from fichaat.application.signatures import EstadoFirma, Signer, SigningView
from fichaat.domain.codec import encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import TipoFirma, Trazo
from fichaat.gui import routes
from fichaat.gui.files import read_scans
from fichaat.gui.pages.firmas.keeper import StrokeKeeper
from fichaat.gui.pages.firmas.screen import (
    Deed,
    Mode,
    Note,
    Screen,
    find,
    first_to_sign,
    make_screen,
    next_to_sign,
)
from fichaat.gui.pages.firmas.sheets import add_sheet, sign_sheet
from fichaat.gui.pages.firmas.view import FirmasView, PaperOffer, SigningSession
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class FirmasPresenter:
    """One ficha, one participant at a time."""

    def __init__(
        self, view: FirmasView, tasks: Tasks, session: SigningSession, go: Navigator
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._session = session
        self._go = go
        self._codigo = ""
        self._known: SigningView | None = None
        self._kept: tuple[str, Trazo] | None = None
        """Participant, and what was last known to be on the pad."""
        self._current: str | None = None
        self._again: str | None = None
        """Whose signature, given before, is being replaced."""
        self._screen: Screen | None = None
        self._busy = False
        self._trouble: Note | None = None
        self._unkept = False
        """Whether what is on the pad could not be written."""
        self._keeper = StrokeKeeper(tasks, session.keep_stroke, self._on_kept, self._on_not_kept)

    @property
    def settled(self) -> bool:
        """Whether everything drawn is kept, as far as is known."""
        return not self._unkept

    # arriving

    def arrive(self, codigo: str, participante: str | None) -> None:
        """Look the ficha up, and ask whose turn it is."""
        self._codigo = codigo
        self._look(partial(self._on_arrived, participante), self._on_missing)

    def _look(
        self, done: Callable[[SigningView], None], failed: Callable[[UserFacingError], None]
    ) -> None:
        codigo = self._codigo
        self._tasks.read(lambda: self._session.signatures(codigo), done, failed)

    def _learn(self, view: SigningView) -> None:
        self._known, self._kept = view, view.kept

    def _on_missing(self, error: UserFacingError) -> None:
        """There is nothing to show here."""
        self._go.back()
        self._go.tell(message(error.code, error.params), tone="error")

    def _on_arrived(self, wanted: str | None, view: SigningView) -> None:
        self._learn(view)
        signer = first_to_sign(view, wanted)
        self._show(signer)
        if wanted is not None and signer is not None and wanted != signer.id:
            self.choose(wanted)

    def _show(self, signer: Signer | None) -> None:
        """Whose turn it is now, with what that person drew before."""
        kept = self._kept
        trazo = kept[1] if kept is not None and signer and kept[0] == signer.id else None
        self._current = None if signer is None else signer.id
        if signer is not None and signer.given and trazo is not None:
            self._again = signer.id
        elif self._again != self._current:
            self._again = None
        self._trouble = None
        self._unkept = False
        self._tell()
        screen = self._screen
        if screen is not None and screen.mode is Mode.SHOWN and signer is not None:
            self._view.put_stroke(signer.trazo, locked=True)
        else:
            self._view.put_stroke(trazo, locked=screen is None or screen.mode is not Mode.PAD)

    def _tell(self) -> None:
        """Show the page as it stands, with what went wrong before all else."""
        if self._known is None:
            return
        signer = find(self._known, self._current)
        again = self._again is not None and self._again == self._current
        self._screen = make_screen(self._known, signer, again=again, trouble=self._trouble)
        self._view.show_screen(self._screen)

    # whose turn

    def choose(self, id_: str) -> None:
        """Another participant; what was drawn and not accepted is not thrown away unasked."""
        signer = None if self._known is None else find(self._known, id_)
        if self._busy or signer is None or id_ == self._current:
            return
        if self._pad_open and self._view.drawn() is not None:
            name = self._name
            self._view.ask(
                say("firmas.unaccepted"),
                say("firmas.unaccepted_what", nombre=name),
                say("firmas.unaccepted_yes"),
                lambda: self._drop_and_show(signer),
                danger=True,
            )
        else:
            self._show(signer)

    def _drop_and_show(self, signer: Signer) -> None:
        if self._current is not None:
            self._keeper.keep(self._codigo, self._current, None)
        self._kept = None
        self._show(signer)

    def sign_again(self) -> None:
        """Replace a signature that stands; asked first."""
        if self._known is None or self._known.sealed or self._current is None or self._busy:
            return
        self._view.ask(
            say("firmas.again_ask"),
            say("firmas.again_what", nombre=self._name),
            say("firmas.again_yes"),
            self._on_again,
        )

    def _on_again(self) -> None:
        self._again = self._current
        self._tell()
        self._view.put_stroke(None, locked=False)

    # what is drawn

    def stroke_changed(self) -> None:
        """Keep what is on the pad: the page calls this within a second of any change."""
        if self._pad_open and not self._busy and self._current is not None:
            trazo = self._view.drawn()
            self._kept = None if trazo is None else (self._current, trazo)
            self._keeper.keep(self._codigo, self._current, trazo)

    def pad_full(self) -> None:
        """Nothing more fits on the pad."""
        self._trouble = Note("warn", say("firmas.pad_full"), say("firmas.pad_full_what"))
        self._tell()

    def leave(self) -> None:
        """The page goes: what is drawn is kept for when it comes back."""
        self.stroke_changed()

    def _on_kept(self) -> None:
        self._unkept = False
        if self._trouble is not None and self._trouble.tone == "error":
            self._trouble = None
            self._tell()

    def _on_not_kept(self, error: UserFacingError) -> None:
        self._unkept = True
        self._refuse(error)
        self._view.keep_again_soon()

    # signing

    def do(self) -> None:
        """The large button."""
        if self._screen is None or self._busy or self._known is None:
            return
        match self._screen.deed:
            case Deed.ACCEPT:
                self._accept()
            case Deed.NEXT:
                self._show(next_to_sign(self._known, self._current))
            case Deed.FINISH:
                self._go.back()
            case Deed.FIX:
                self._fix()
            case Deed.ATTACH:
                self.on_paper()

    def _accept(self) -> None:
        trazo, id_ = self._view.drawn(), self._current
        if trazo is None or id_ is None or self._known is None:
            return
        if not self._known.sealed:
            sign, codigo, stroke = self._session.sign, self._codigo, encode(trazo)
            self._write(lambda: sign(codigo, id_, TipoFirma.TRAZO, stroke=stroke))
            return
        self._view.ask(
            say("firmas.late_ask", nombre=self._name),
            say("firmas.late_ask_what", codigo=self._codigo),
            say("firmas.late_yes"),
            lambda: self._add_late(LateSignature(id_, TipoFirma.TRAZO, stroke=encode(trazo))),
        )

    def _add_late(self, signature: LateSignature) -> None:
        add, codigo = self._session.add_evidence, self._codigo
        said = say("firmas.done_late", nombre=self._name, codigo=codigo)
        self._write(lambda: add(codigo, signature=signature), said)

    def _write(self, work: Callable[[], tuple[object, Changes]], said: str = "") -> None:
        """Give a signature, then go on to who follows; `said` at the end, where nobody does."""
        self._busy = True
        self._keeper.drop()
        self._view.set_busy(busy=True)
        self._tasks.write(work, partial(self._on_given, said), self._on_refused)

    def _on_given(self, said: str, _: object) -> None:
        self._look(partial(self._on_signed, said), self._on_refused)

    def _on_signed(self, said: str, view: SigningView) -> None:
        self._over()
        self._learn(view)
        self._again = None
        following = next_to_sign(view, self._current)
        if following is not None:
            self._show(following)
            return
        # What is still on the pad was accepted: leaving must not keep it again.
        self._current = None
        self._go.back()
        self._go.tell(said or _done(view))

    def _on_refused(self, error: UserFacingError) -> None:
        """Of several on one sheet some may be written: the chips say which."""
        self._over()
        self._refuse(error)
        if self._pad_open:
            # What is drawn was not given: it is kept like any stroke, once that is possible.
            self._unkept = self._view.drawn() is not None
            self._view.keep_again_soon()
        self._look(self._on_refreshed, self._refuse)

    def _on_refreshed(self, view: SigningView) -> None:
        self._learn(view)
        self._tell()

    def _over(self) -> None:
        self._busy = False
        self._view.set_busy(busy=False)

    def _refuse(self, error: UserFacingError) -> None:
        """What was drawn stays on the pad; the sentence stands above it."""
        sentence = message(error.code, error.params)
        if self._pad_open:
            self._trouble = Note("error", sentence)
            self._tell()
        else:
            self._go.tell(sentence, tone="error")

    # without a stroke

    def refuses(self) -> None:
        """The participant does not sign."""
        self._excuse(TipoFirma.NO_FIRMO, "refused")

    def signs_later(self) -> None:
        """The participant will sign after the visit."""
        self._excuse(TipoFirma.PENDIENTE, "pending")

    def _excuse(self, tipo: TipoFirma, words: str) -> None:
        id_ = self._current
        if self._busy or id_ is None or self._known is None or self._known.sealed:
            return
        sign, codigo = self._session.sign, self._codigo

        def written(motivo: str) -> None:
            self._write(lambda: sign(codigo, id_, tipo, motivo=motivo))

        self._view.ask_reason(
            say(f"firmas.{words}_ask", nombre=self._name),
            say(f"firmas.{words}_what"),
            say(f"firmas.{words}_yes"),
            written,
        )

    def leave_for_later(self) -> None:
        """Back to where the person came from; nobody is marked, nothing drawn is lost."""
        self._go.back()
        left = 0 if self._known is None else sum(item.waits for item in self._known.signers)
        if left and self._known is not None and not self._known.sealed:
            self._go.tell(say("firmas.kept_for_later", cantidad=left), tone="info")

    def _fix(self) -> None:
        problems = () if self._known is None else self._known.problems
        path = problems[0].path if problems else None
        self._go.go(routes.EditarFicha(self._codigo, path))

    # paper

    def read(self) -> None:
        """Show everything that is signed, as it is printed."""
        self._render(self._view.read_paper)

    def print_to_sign(self) -> None:
        """Print the sheet that is signed with ink."""
        self._render(self._view.print_paper)

    def _render(self, show: Callable[[bytes], None]) -> None:
        self._tasks.read(lambda: self._session.print_ficha(self._codigo), show)

    def on_paper(self) -> None:
        """The participant signs, or signed, on the printed sheet."""
        known = self._known
        signer = None if known is None else find(known, self._current)
        if self._busy or known is None or signer is None:
            return
        others = tuple(
            item
            for item in known.signers
            if item is not signer
            and (not item.given or item.estado is EstadoFirma.PAPEL_SIN_ESCANEO)
        )
        self._view.offer_paper(PaperOffer(signer, others, known.sealed))

    def signed_on_paper(self, ids: Sequence[str], paths: Sequence[Path]) -> None:
        """These signed on one sheet; its pages, or none yet."""
        if not self._busy and self._known is not None:
            signers = [signer for signer in self._known.signers if signer.id in ids]
            done = partial(self._add_scans, signers)
            self._tasks.read(lambda: read_scans(paths), done, self._refuse)

    def _add_scans(self, signers: Sequence[Signer], scans: Sequence[Scan]) -> None:
        known, codigo = self._known, self._codigo
        if known is None or not signers or self._busy or (known.sealed and not scans):
            return
        if known.sealed:
            add, said = self._session.add_evidence, say("firmas.done_scan", codigo=codigo)
            self._write(lambda: (None, add_sheet(add, codigo, signers, scans)), said)
        else:
            sign = self._session.sign
            self._write(lambda: (None, sign_sheet(sign, codigo, signers, scans)))

    @property
    def _pad_open(self) -> bool:
        return self._screen is not None and self._screen.mode is Mode.PAD

    @property
    def _name(self) -> str:
        signer = None if self._known is None else find(self._known, self._current)
        return "" if signer is None else signer.nombre


def _done(view: SigningView) -> str:
    """The sentence at the end."""
    given = sum(signer.given for signer in view.signers)
    if given == len(view.signers):
        return say("firmas.done_all", total=given)
    return say("firmas.done_some", dadas=given, total=len(view.signers))
