"""Use case: seal drafts. What is sealed never changes again; a correction is a new version."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.contexto import gather
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.ports.rows import Draft
from fichaat.application.ports.store import Reader, Transaction
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.sealed import history_of
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Advertencia, Ficha
from fichaat.domain.lineage import Estado
from fichaat.domain.problems import (
    Problem,
    Severity,
    said_with_signatures,
    unanswered,
    validate,
    waiting,
)
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord
from fichaat.domain.unread_texts import with_unread


class SealOutcome(Struct, frozen=True):
    """What became of one draft."""

    codigo: str
    record: SealedRecord | None
    """None where errors or unexplained warnings forbid sealing: the draft stays as it was."""
    problems: tuple[Problem, ...]
    waiting: tuple[Problem, ...] = ()
    """Of these the errors and the warnings without a reason."""


class Validator:
    """The rules over a draft of this installation, with everything it knows."""

    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(self, reader: Reader, draft: Draft) -> list[Problem]:
        """All problems, in the order of the paper."""
        contexto = gather(
            reader,
            draft.ficha,
            id_=draft.id,
            version=draft.version,
            today=self._here.clock.now().date(),
            region=self._here.profile.region,
            territorio=self._here.territorio,
        )
        found = with_unread(validate(draft.ficha, contexto), draft.textos)
        return [*_overtaken(reader, draft), *found]


def _overtaken(reader: Reader, draft: Draft) -> list[Problem]:
    """What happened to the ficha since the draft began: a restored or copied draft may have been
    sealed before, and what a rectification replaces may have been annulled or replaced.
    """
    lines = history_of(reader, draft.id).lineages
    replaced = draft.supersedes
    if replaced is None:
        code = "ficha.sealed_meanwhile" if lines else None
    elif any(
        line.head.sha256 == replaced.sha256 and line.estado is Estado.SELLADA for line in lines
    ):
        code = None
    else:
        code = "ficha.rectification_stale"
    return [] if code is None else [Problem(code, Severity.ERROR, "", {})]


class SealFicha:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._recorder = Recorder(here)
        self._validator = Validator(here)

    def __call__(
        self,
        codigos: Sequence[str] | None,
        motivo: str | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[list[SealOutcome], Changes]:
        """Seal these drafts (every draft where None), each on its own, in one commit.

        Args:
            codigos: codes of drafts.
            motivo: answers every warning that has no reason yet.
            progress: units are drafts.
            cancel: looked at between drafts; nothing is sealed if it is set.

        Raises:
            UserFacingError: "ficha.draft_unknown", and those of `Store.write`.
        """
        with self._store.write() as tx:
            drafts = find_drafts(tx, codigos)
            outcomes = self.seal_in(tx, drafts, motivo, progress, cancel)
        sealed = any(outcome.record is not None for outcome in outcomes)
        changes = (Kind.DRAFT, Kind.FICHA, Kind.ACUERDO) if sealed else ()
        return outcomes, Changes.of(*changes)

    def seal_in(
        self,
        tx: Transaction,
        drafts: Sequence[Draft],
        motivo: str | None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> list[SealOutcome]:
        """The same inside a transaction of the caller."""
        outcomes = []
        for done, draft in enumerate(drafts):
            if cancel is not None:
                cancel.check()
            outcomes.append(self._seal_one(tx, draft, motivo))
            progress(done + 1, len(drafts))
        return outcomes

    def _seal_one(self, tx: Transaction, draft: Draft, motivo: str | None) -> SealOutcome:
        problems = self._validator(tx, draft)
        ficha = answer(draft.ficha, problems, motivo)
        left = tuple(waiting(ficha, problems))
        if left:
            return SealOutcome(ficha.codigo, None, tuple(problems), left)
        item = ToSeal(RecordKind.FICHA, ficha, draft.id, draft.version, draft.supersedes)
        record = self._recorder.seal(tx, [item])[0]
        tx.add_records([record], self._recorder.certificates())
        tx.delete_drafts([draft.id])
        return SealOutcome(ficha.codigo, record, tuple(problems))


def find_drafts(reader: Reader, codigos: Sequence[str] | None) -> list[Draft]:
    """These drafts, or all of them.

    Raises:
        UserFacingError: "ficha.draft_unknown".
    """
    if codigos is None:
        return reader.drafts()
    return [find_draft(reader, codigo) for codigo in dict.fromkeys(codigos)]


def find_draft(reader: Reader, codigo: str) -> Draft:
    """Raises:
    UserFacingError: "ficha.draft_unknown", or "ficha.already_sealed" where only a record is.
    """
    draft = reader.draft(codigo)
    if draft is None:
        sealed = reader.fichas_with_codigo(codigo)
        raise UserFacingError(
            "ficha.already_sealed" if sealed else "ficha.draft_unknown", codigo=codigo
        )
    return draft


def answer(ficha: Ficha, problems: Sequence[Problem], motivo: str | None) -> Ficha:
    """The ficha with a reason for every warning that has one: its own, that of the signature it is
    about, else `motivo`. Reasons for warnings that no longer hold are dropped, so that the record
    explains exactly what it shows.
    """
    warned = {(p.code, p.path) for p in problems if p.severity is Severity.WARNING}
    kept = tuple(item for item in ficha.advertencias if (item.code, item.path) in warned)
    ficha = replace(ficha, advertencias=kept)
    ficha = replace(ficha, advertencias=_reasoned(kept, said_with_signatures(ficha, problems)))
    if not motivo:
        return ficha
    added = tuple(Advertencia(p.code, p.path, motivo) for p in unanswered(ficha, problems))
    return replace(ficha, advertencias=_reasoned(ficha.advertencias, added))


def _reasoned(
    given: tuple[Advertencia, ...], added: tuple[Advertencia, ...]
) -> tuple[Advertencia, ...]:
    """Both, where a new reason takes the place of a blank one."""
    new = {(item.code, item.path) for item in added}
    return (*(item for item in given if (item.code, item.path) not in new), *added)
