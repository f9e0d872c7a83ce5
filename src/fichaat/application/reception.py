"""What *Recepción* shows: what arrived, what contradicts or misses, who waits for an answer."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.answers import Waiting, due
from fichaat.application.installation import Installation
from fichaat.application.omitted import is_omitted, omitted_spans
from fichaat.application.party import Party, party
from fichaat.application.ports.rows import ApartRow, FichaRow
from fichaat.application.ports.store import Reader
from fichaat.application.region.devices import DeviceRow, ReadDevices
from fichaat.application.sealed import history_of
from fichaat.application.set_aside import (
    FORK_SETTING,
    PAIR_SETTING,
    Matter,
    fork_setting,
    pair_matter,
)
from fichaat.domain.authority import Authority
from fichaat.domain.chains import Gap
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Estado, Lineage
from fichaat.domain.problems import overlaps
from fichaat.domain.recepcion import Recepcion, Resultado
from fichaat.domain.record import SealedRecord
from fichaat.domain.rol import Rol

SHOWN: Final = 50
"""Lines of each list of the window; the rest is counted."""

_COMPARED: Final = 400
"""Fichas that are read to find those that may record one visit twice."""


class Apart(Struct, frozen=True):
    """A record without effect, and who sealed it."""

    row: ApartRow
    quien: Party


class Copy(Struct, frozen=True):
    """One of several records where only one should be."""

    sha256: str
    kind: str
    version: int
    quien: Party
    codigo: str = ""
    """What follows is known of fichas only."""
    distritos: tuple[str, ...] = ()
    fecha: str = ""
    horas: str = ""
    responsable: str = ""
    sellada_en: datetime | None = None
    """As the clock of its device said."""


class Conflict(Struct, frozen=True):
    """Copies of one ficha with an equal right."""

    codigo: str
    lados: tuple[Copy, ...]
    por_aprobar: bool
    """None of the devices is approved yet: approving one decides."""


class Fork(Struct, frozen=True):
    """Two records in one place of a chain."""

    quien: Party
    chain: str
    sequence: int
    lados: tuple[Copy, ...]
    visto_en: datetime | None = None
    """When somebody here looked at these records and put them aside."""

    @property
    def matter(self) -> Matter:
        setting = fork_setting(self.quien.device, self.chain, self.sequence)
        return Matter(setting, frozenset(side.sha256 for side in self.lados))


class Twice(Struct, frozen=True):
    """Two fichas that may record one visit."""

    lados: tuple[Copy, Copy]
    visto_en: datetime | None = None
    """When somebody here found that they are two visits, and put them aside."""

    @property
    def matter(self) -> Matter:
        return pair_matter([side.sha256 for side in self.lados])


class Missing(Struct, frozen=True):
    """Records of a chain that are known to exist and are not here."""

    quien: Party
    gap: Gap


class Delivered(Struct, frozen=True):
    """A bundle that was received here."""

    sha256: str
    """Of the reception's record."""
    en: datetime
    quien: Party
    dice: str
    """The name that the bundle itself gives: a claim."""
    resultados: dict[Resultado, int]

    @property
    def registros(self) -> int:
        return sum(self.resultados.values())


class Reception(Struct, frozen=True):
    """Everything at one moment; lists hold as many lines as were asked for, totals count all."""

    now: datetime
    raiz: bool
    """Whether a region key is believed here."""
    aprueba: bool
    """Whether who works here may approve devices."""
    por_aprobar: tuple[DeviceRow, ...]
    """Those that somebody here put aside are not among them."""
    cuarentena: tuple[Apart, ...]
    cuarentena_total: int
    conflictos: tuple[Conflict, ...]
    conflictos_total: int
    bifurcaciones: tuple[Fork, ...]
    bifurcaciones_total: int
    huecos: tuple[Missing, ...]
    huecos_total: int
    omitidos: int
    """Gaps that bundles named as left out on purpose; not among `huecos`."""
    duplicados: tuple[Twice, ...]
    entregas: tuple[Delivered, ...]
    """The last first."""
    entregas_total: int
    por_responder: tuple[Waiting, ...]
    dejadas: tuple[Fork, ...] = ()
    """Forks that somebody here put aside; not among `bifurcaciones`."""
    duplicados_vistos: tuple[Twice, ...] = ()
    """Pairs that somebody here put aside; not among `duplicados`."""

    @property
    def pendientes(self) -> int:
        """What waits for a person, and ends when the person acts."""
        devices = len(self.por_aprobar) if self.aprueba else 0
        return devices + self.conflictos_total + len(self.por_responder)


class ReadReception:
    def __init__(self, here: Installation, devices: ReadDevices) -> None:
        self._here = here
        self._devices = devices

    def __call__(self, shown: int = SHOWN) -> Reception:
        """Look everything up in one view of the database.

        Args:
            shown: lines of each list.
        """
        with self._here.store.read() as reader:
            authority = reader.authority()
            apart, apart_total = reader.apart(shown)
            contested, contested_total = reader.contested(shown)
            receptions, receptions_total = reader.own_receptions(self._here.key.device, shown)
            forks, aside = _forks(reader, authority)
            missing, omitted = _missing(reader, authority)
            twice, two_visits = _duplicates(reader, authority, shown)
            return Reception(
                now=self._here.clock.now(),
                raiz=authority.root is not None,
                aprueba=self._approves,
                por_aprobar=tuple(self._to_approve(reader)),
                cuarentena=tuple(Apart(row, party(authority, row.device)) for row in apart),
                cuarentena_total=apart_total,
                conflictos=tuple(_conflict(reader, authority, id_) for id_ in contested),
                conflictos_total=contested_total,
                bifurcaciones=tuple(_fork(reader, authority, *at) for at in forks[:shown]),
                dejadas=tuple(aside[:shown]),
                bifurcaciones_total=len(forks),
                huecos=tuple(missing[:shown]),
                huecos_total=len(missing),
                omitidos=omitted,
                duplicados=tuple(twice[:shown]),
                duplicados_vistos=tuple(two_visits[:shown]),
                entregas=tuple(_delivered(item, authority) for item in receptions),
                entregas_total=receptions_total,
                por_responder=tuple(due(reader, self._here)),
            )

    def pending(self) -> int:
        """`Reception.pendientes` alone: the badge."""
        with self._here.store.read() as reader:
            _, contested = reader.contested(0)
            devices = len(self._to_approve(reader)) if self._approves else 0
            return devices + contested + len(due(reader, self._here))

    @property
    def _approves(self) -> bool:
        return self._here.profile.rol is Rol.COORDINADOR

    def _to_approve(self, reader: Reader) -> list[DeviceRow]:
        return [row for row in self._devices.of(reader) if row.waits]


def _missing(reader: Reader, authority: Authority) -> tuple[list[Missing], int]:
    spans = omitted_spans(reader)
    rows = reader.gaps()
    missing = [row for row in rows if not is_omitted(row.gap, spans)]
    lines = [Missing(party(authority, row.device), row.gap) for row in missing]
    return lines, len(rows) - len(missing)


def _conflict(reader: Reader, authority: Authority, id_: str) -> Conflict:
    story = history_of(reader, id_)
    lines = [line for line in story.lineages if line.estado is Estado.CONFLICTO or line.disputed]
    copies = [_copy(item, authority) for line in lines for item in _heads(line)]
    return Conflict(lines[0].ficha.codigo, tuple(copies), any(line.disputed for line in lines))


def _heads(line: Lineage) -> list[SealedRecord]:
    newest = line.head.record.version
    return [item for item in line.versions if item.record.version == newest]


_Place = tuple[str, str, int]


def _forks(reader: Reader, authority: Authority) -> tuple[list[_Place], list[Fork]]:
    """The places that nobody looked at yet, and those that were put aside. Only what was looked at
    is read: others can make any number.
    """
    marks = reader.settings(FORK_SETTING)
    waiting, aside = [], []
    for place in reader.forks():
        mark = marks.get(fork_setting(*place))
        fork = _fork(reader, authority, *place) if mark else None
        seen = fork.matter.seen_at(mark) if fork and mark else None
        if fork and seen:
            aside.append(replace(fork, visto_en=seen))
        else:
            waiting.append(place)
    return waiting, aside


def _fork(reader: Reader, authority: Authority, device: str, chain: str, sequence: int) -> Fork:
    held = [
        reader.record(link.sha256) for link in reader.records_at(device, chain, sequence, sequence)
    ]
    sides = tuple(_copy(item, authority) for item in held if item is not None)
    return Fork(party(authority, device), chain, sequence, sides)


def _duplicates(
    reader: Reader, authority: Authority, shown: int
) -> tuple[list[Twice], list[Twice]]:
    """Pairs that may record one visit twice, the newest first, and those that were put aside; of
    very many only the first.
    """
    marks = reader.settings(PAIR_SETTING)
    waiting, aside = dict[str, Twice](), dict[str, Twice]()
    compared = 0
    for day, ubigeo in reader.crowded_days():
        fichas = reader.namesakes(day, ubigeo)
        compared += len(fichas)
        for first, second in _overlapping(fichas):
            pair = Twice((_visit(*first, authority), _visit(*second, authority)))
            setting = pair.matter.setting
            seen = pair.matter.seen_at(marks.get(setting, ""))
            into = waiting if seen is None else aside
            into.setdefault(setting, replace(pair, visto_en=seen))
        if compared >= max(_COMPARED, shown) or len(waiting) >= shown:
            break
    return list(waiting.values()), list(aside.values())


_Visit = tuple[FichaRow, Ficha]


def _overlapping(fichas: Sequence[_Visit]) -> Iterator[tuple[_Visit, _Visit]]:
    ordered = sorted(fichas, key=lambda visit: visit[0].sha256)
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if first[0].id != second[0].id and overlaps(first[1], second[1]):
                yield first, second


def _visit(row: FichaRow, ficha: Ficha, authority: Authority) -> Copy:
    return Copy(
        row.sha256,
        "ficha",
        row.version,
        party(authority, row.origin),
        row.codigo,
        row.distritos,
        row.fecha,
        _hours(ficha),
        row.responsable,
    )


def _copy(item: SealedRecord, authority: Authority) -> Copy:
    record, content = item.record, item.record.content
    who = party(authority, record.device)
    if not isinstance(content, Ficha):
        return Copy(item.sha256, record.kind, record.version, who, sellada_en=record.sealed_at)
    return Copy(
        item.sha256,
        record.kind,
        record.version,
        who,
        content.codigo,
        tuple(place.ubigeo for place in content.distritos),
        "" if content.fecha is None else content.fecha.isoformat(),
        _hours(content),
        "; ".join(person.nombre for person in content.responsables),
        record.sealed_at,
    )


def _hours(ficha: Ficha) -> str:
    return " – ".join(filter(None, (ficha.hora_inicio, ficha.hora_fin)))


def _delivered(item: SealedRecord, authority: Authority) -> Delivered:
    content = item.record.content
    assert isinstance(content, Recepcion)  # the reader picks this kind
    counts: dict[Resultado, int] = {}
    for received in content.registros:
        counts[received.resultado] = counts.get(received.resultado, 0) + 1
    sender = content.remitente
    return Delivered(
        item.sha256, content.recibido_en, party(authority, sender.device), sender.nombre, counts
    )
