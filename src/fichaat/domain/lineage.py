"""Which version of a ficha holds, from the set of records about its id (data-model.md, "Record").

A *lineage* is what one device began with version 1 and it, or its `relevo`, continued. A stranger
who copies an id begins another lineage: the copy never uncounts the original. Nothing here depends
on the order of arrival, on clocks or on whose installation asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from fichaat.domain.authority import (
    BELIEVED,
    Authority,
    Standing,
    continues,
    may_visar,
    standing,
)
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision, Veredicto


class Estado(StrEnum):
    """Where a sealed lineage stands."""

    SELLADA = "sellada"
    ANULADA = "anulada"
    CONFLICTO = "conflicto"  # two valid copies of one version: neither counts until decided
    CUARENTENA = "cuarentena"  # kept apart: its signer had no right, or another lineage has


class Apartado(Struct, frozen=True):
    """A record that is kept and has no effect, and why."""

    item: SealedRecord
    motivo: Standing


class Lineage(Struct, frozen=True, gc=False):
    """One lineage of a ficha id."""

    id: str
    origin: str
    """Device of version 1 (of the earliest version held, while version 1 is missing)."""
    head: SealedRecord
    """The newest version that is believed; of several in conflict, the smallest hash."""
    estado: Estado
    aprobacion: Standing
    disputed: bool
    """Another lineage of the same id exists and none has the right: shown, decided by approval."""
    versions: tuple[SealedRecord, ...]
    evidencias: tuple[SealedRecord, ...] = ()
    anulaciones: tuple[SealedRecord, ...] = ()
    revisiones: tuple[SealedRecord, ...] = ()
    """What province and region said of any of its versions, as far as they had the right."""
    revision: Veredicto | None = None
    """What holds of the newest version: the region's word before the province's."""
    contradicha: bool = False
    """Two of the region's last words, which did not know each other, disagree: the harder holds."""
    apartados: tuple[Apartado, ...] = ()

    @property
    def ficha(self) -> Ficha:
        content = self.head.record.content
        assert isinstance(content, Ficha)  # `versions` holds nothing else
        return content


class History(Struct, frozen=True):
    """Everything known about one ficha id."""

    lineages: tuple[Lineage, ...]
    refused: tuple[SealedRecord, ...]
    """Records whose signer may not touch any lineage held here: kept, shown, without effect."""


def history(records: Iterable[SealedRecord], authority: Authority) -> History:
    """The lineages of one ficha id, by origin device. `records` are all those about that id."""
    ordered = sorted({item.sha256: item for item in records}.values(), key=_by_version)
    fichas = [item for item in ordered if isinstance(item.record.content, Ficha)]
    others = [item for item in ordered if not isinstance(item.record.content, Ficha)]
    versions, refused = _assign_versions(fichas, authority)
    words = [
        item
        for item in others
        if isinstance(item.record.content, Revision)
        and standing(item, authority) is Standing.APROBADO
    ]
    known = _ancestors(words)
    elected = _elected(words, known)
    drawn = [
        _draw(origin, versions[origin], others, _Words(known, elected), authority)
        for origin in sorted(versions)
    ]
    lineages = tuple(_settle(drawn, elected))
    hashes = {item.sha256 for found in versions.values() for item in found}
    lost = [item for item in others if _subject(item) not in hashes]
    return History(lineages, tuple(sorted([*refused, *lost], key=_by_version)))


def waits(item: SealedRecord, story: History) -> bool:
    """Whether the version that a signature, an annulment or a review is about has yet to come:
    until then nobody can say whose it is.
    """
    subject = _subject(item)
    held = {other.sha256 for other in story.refused if isinstance(other.record.content, Ficha)}
    for line in story.lineages:
        held |= {version.sha256 for version in line.versions}
        held |= {apart.item.sha256 for apart in line.apartados}
    return subject is not None and subject not in held


def last_words(story: Iterable[Lineage], sha256: str) -> frozenset[Veredicto]:
    """What the region said last of a version: several where words did not know each other. A visa
    is the province's, and a choice between copies is none of these.
    """
    words = [
        (item, item.record.content)
        for line in story
        for item in line.revisiones
        if isinstance(item.record.content, Revision)
    ]
    known = _ancestors([item for item, _ in words])
    about = [
        (item, content.veredicto)
        for item, content in words
        if content.sujeto.sha256 == sha256 and content.veredicto in _HARDEST_FIRST
    ]
    replaced = {digest for item, _ in about for digest in known[item.sha256]}
    return frozenset(word for item, word in about if item.sha256 not in replaced)


def _by_version(item: SealedRecord) -> tuple[int, str]:
    return item.record.version, item.sha256


def _assign_versions(
    fichas: Sequence[SealedRecord], authority: Authority
) -> tuple[dict[str, list[SealedRecord]], list[SealedRecord]]:
    """Version 1 begins a lineage; a later version joins the one it supersedes, else any that its
    device may continue; while no version 1 of its device is here it stands for its own lineage.
    """
    lineages: dict[str, list[SealedRecord]] = defaultdict(list)
    home: dict[str, str] = {}  # hash of a version -> origin of its lineage
    refused = []
    for item in fichas:
        origin = _origin(item, lineages, home, authority)
        if origin is None:
            refused.append(item)
        else:
            home[item.sha256] = origin
            lineages[origin].append(item)
    return lineages, refused


def _origin(
    item: SealedRecord,
    lineages: dict[str, list[SealedRecord]],
    home: dict[str, str],
    authority: Authority,
) -> str | None:
    device = item.record.device
    replaced = item.record.supersedes
    if replaced is None:
        return device
    known = home.get(replaced.sha256)
    if known is not None:
        return known if continues(device, known, authority) else None
    for origin in sorted(lineages):
        if continues(device, origin, authority):
            return origin
    return device


def _subject(item: SealedRecord) -> str | None:
    content = item.record.content
    if isinstance(content, Evidencia | Anulacion | Revision):
        return content.sujeto.sha256
    return None


class _Words(Struct, frozen=True):
    """The reviews of one ficha by whoever had the right to them."""

    known: Mapping[str, set[str]]
    """What each knew of the others."""
    elected: frozenset[str]


def _draw(
    origin: str,
    versions: Sequence[SealedRecord],
    others: Sequence[SealedRecord],
    words: "_Words",
    authority: Authority,
) -> Lineage:
    stands = {item.sha256: standing(item, authority, origin) for item in versions}
    best = next((mark for mark in BELIEVED if mark in stands.values()), None)
    living = [item for item in versions if best is None or stands[item.sha256] is best]
    hashes = {item.sha256 for item in versions}
    about = [item for item in others if _subject(item) in hashes]
    judged = [(item, standing(item, authority, origin)) for item in about]
    taken = [item for item, mark in judged if _is_taken(item, mark, best)]
    newest = living[-1].record.version
    heads = [item for item in living if item.record.version == newest]
    revisions = [item for item in taken if isinstance(item.record.content, Revision)]
    chosen = [item for item in heads if item.sha256 in words.elected]
    head = chosen[0] if len(chosen) == 1 else heads[0]
    annulments = tuple(item for item in taken if isinstance(item.record.content, Anulacion))
    estado = Estado.SELLADA
    if best is None:
        estado = Estado.CUARENTENA
    elif len(heads) > 1 and len(chosen) != 1:
        estado = Estado.CONFLICTO
    elif annulments:
        estado = Estado.ANULADA
    revision, contradicted = _verdict(head, revisions, words.known, authority)
    left = [(item, mark) for item, mark in judged if item not in taken]
    left += [(item, stands[item.sha256]) for item in versions if item not in living]
    return Lineage(
        id=head.record.id,
        origin=origin,
        head=head,
        estado=estado,
        aprobacion=stands[head.sha256],
        disputed=False,
        versions=tuple(living),
        evidencias=tuple(item for item in taken if isinstance(item.record.content, Evidencia)),
        anulaciones=annulments,
        revisiones=tuple(revisions),
        revision=revision,
        contradicha=contradicted,
        apartados=tuple(Apartado(item, mark) for item, mark in left),
    )


def _is_taken(item: SealedRecord, mark: Standing, best: Standing | None) -> bool:
    """What changes an approved ficha comes from an approved device; a review always does."""
    if isinstance(item.record.content, Revision) or best is Standing.APROBADO:
        return mark is Standing.APROBADO
    return mark in BELIEVED


def _elected(words: Iterable[SealedRecord], known: Mapping[str, set[str]]) -> frozenset[str]:
    """The versions that the region chose in its last words about this ficha: more than one where
    two of them did not know each other.
    """
    said = [
        item
        for item in words
        if isinstance(item.record.content, Revision)
        and item.record.content.veredicto is Veredicto.ELEGIDA
    ]
    replaced = {digest for item in said for digest in known[item.sha256]}
    named = (_subject(item) for item in said if item.sha256 not in replaced)
    return frozenset(digest for digest in named if digest is not None)


_HARDEST_FIRST = (
    Veredicto.RECHAZADA,
    Veredicto.OBSERVADA,
    Veredicto.RETIRADA,
    Veredicto.APROBADA,
)


def _verdict(
    head: SealedRecord,
    revisions: Sequence[SealedRecord],
    known: Mapping[str, set[str]],
    authority: Authority,
) -> tuple[Veredicto | None, bool]:
    """What holds of a version, and whether the region's last words disagree. Order is causal: a
    word that knew another replaces it.
    """
    said = [
        (item, item.record.content)
        for item in revisions
        if isinstance(item.record.content, Revision) and _subject(item) == head.sha256
    ]
    words = [(item, content.veredicto) for item, content in said]
    words = [(item, word) for item, word in words if word in _HARDEST_FIRST]
    last = {
        word
        for item, word in words
        if not any(item.sha256 in known[other.sha256] for other, _ in words)
    }
    holds = next((word for word in _HARDEST_FIRST if word in last), None)
    if holds in (None, Veredicto.RETIRADA):
        seen = any(_is_visa(item, head, authority) for item, _ in said)
        return (Veredicto.VISADA if seen else None), len(last) > 1
    return holds, len(last) > 1


def _is_visa(item: SealedRecord, head: SealedRecord, authority: Authority) -> bool:
    content, ficha = item.record.content, head.record.content
    assert isinstance(content, Revision)  # the caller picks this kind
    assert isinstance(ficha, Ficha)  # heads are nothing else
    grant = authority.grant(item.record.device, authority.moments.get(item.sha256))
    is_visa = content.veredicto is Veredicto.VISADA
    return is_visa and grant is not None and may_visar(grant, ficha)


def _ancestors(words: Sequence[SealedRecord]) -> dict[str, set[str]]:
    """What each of the region's words knew of the others, directly or through another of them:
    what anybody else claims to have known never stands between two of them.
    """
    direct = {item.sha256: item.record.after for item in words}
    found: dict[str, set[str]] = {}
    for digest, named in direct.items():
        seen: set[str] = set()
        waiting = list(named)
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting.extend(direct.get(other, ()))
        found[digest] = seen
    return found


def _settle(lineages: Sequence[Lineage], elected: frozenset[str]) -> Iterable[Lineage]:
    """Of several lineages of one id the approved one counts; two approved are a conflict, until
    the region chooses one, with whatever versions follow in it.
    """
    if len(lineages) < 2:
        return lineages
    approved = [line for line in lineages if line.aprobacion is Standing.APROBADO]
    chosen = [line for line in approved if any(v.sha256 in elected for v in line.versions)]
    if len(chosen) == 1:
        approved = chosen
    if not approved:
        waiting = [line for line in lineages if line.estado is not Estado.CUARENTENA]
        return [_replace(line, disputed=len(waiting) > 1 and line in waiting) for line in lineages]
    if len(approved) == 1:
        return [
            line if line is approved[0] else _replace(line, estado=Estado.CUARENTENA)
            for line in lineages
        ]
    return [
        _replace(line, estado=Estado.CONFLICTO if line in approved else Estado.CUARENTENA)
        for line in lineages
    ]


def _replace(
    line: Lineage, *, estado: Estado | None = None, disputed: bool | None = None
) -> Lineage:
    return replace(
        line,
        estado=line.estado if estado is None else estado,
        disputed=line.disputed if disputed is None else disputed,
    )
